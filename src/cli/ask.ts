/** The first questions at a terminal, or on piped lines: an answer that cannot be is told at once, not after the last question. */
import { isAsked, partLists, partQuestions, parts, type Part, type PartList } from '../app/parts.ts';
import { mistakeIn, questions, type Question } from '../app/questions.ts';
import type { Text } from '../base/language.ts';
import { Mistake } from '../promises/world.ts';

export interface Given {
  readonly given: ReadonlyMap<Question['name'], string>;
  readonly does: ReadonlySet<Part>;
}

export interface Asking {
  readonly t: (text: Text) => string;
  readonly lines: AsyncIterator<string>;
  readonly write: (text: string) => void;
  /** Somebody sits there, and can answer once more. Of lines from a file the next is the answer to the next question. */
  readonly again: boolean;
}

/** `told` are the parts that were named already: then those are not asked. */
export async function askAll(asking: Asking, told?: ReadonlySet<Part>): Promise<Given> {
  const { t, write } = asking;
  const given = new Map<Question['name'], string>();
  for (const question of questions) {
    if (question.after !== undefined && given.get(question.after) === '') continue;
    const said = await ask(asking, t(question.text), `${t(question.text)}:`, (line) =>
      mistakeIn(question.name, line, given),
    );
    given.set(question.name, said);
  }
  if (told !== undefined) return { given, does: told };
  const does = new Set<Part>();
  for (const list of Object.keys(partLists) as PartList[]) {
    const so = new Set<string>([...does, ...(given.get('website') === '' ? [] : ['website'])]);
    const choices = parts.filter((part) => partQuestions[part].in === list && isAsked(part, so));
    const name = t(partLists[list]);
    write(`\n  ${name}\n`);
    for (const [i, part] of choices.entries())
      write(`    ${String(i + 1).padStart(2)}  ${t(partQuestions[part].text)}\n`);
    const said = await ask(asking, name, t(which), (line) =>
      numbersIn(line, choices.length) === null ? notNumbers(choices.length) : null,
    );
    for (const n of numbersIn(said, choices.length) ?? []) {
      const chosen = choices[n - 1];
      if (chosen !== undefined) does.add(chosen);
    }
  }
  return { given, does };
}

const which: Text = {
  nl: 'De nummers van wat zo is, zoals 1 3 (Enter: niets hiervan):',
  en: 'The numbers of what is so, such as 1 3 (Enter: none of these):',
};
const notNumbers = (most: number): Text => ({
  nl: `Noem nummers van 1 tot en met ${most}, met spaties ertussen.`,
  en: `Name numbers from 1 to ${most}, with spaces between them.`,
});

/** Null when it is anything but numbers of the list. */
function numbersIn(line: string, most: number): readonly number[] | null {
  const words = line.split(/[\s,]+/).filter((word) => word !== '');
  const numbers = words.map(Number);
  return numbers.every((n) => Number.isInteger(n) && n >= 1 && n <= most) ? numbers : null;
}

async function ask(
  { t, lines, write, again }: Asking,
  name: string,
  question: string,
  wrong: (line: string) => Text | null,
): Promise<string> {
  for (;;) {
    write(`  ${question} `);
    const line = await lines.next();
    if (line.done === true) {
      write('\n');
      throw ended(name);
    }
    const said = line.value.trim();
    const why = wrong(said);
    if (why === null) return said;
    if (!again)
      throw new Mistake('answer-wrong', {
        nl: `"${name}": ${why.nl} Er is niets gemaakt.`,
        en: `"${name}": ${why.en} Nothing was made.`,
      });
    write(`    ${t(why)}\n`);
  }
}

const ended = (name: string): Mistake =>
  new Mistake('answers-ended', {
    nl: `Er kwam geen antwoord op "${name}", en er is niets gemaakt. Beantwoord elke vraag op een eigen regel, of geef de antwoorden mee: gestand init --name … --post … --email … Het hele voorbeeld, met de feiten van een ander: gestand init --example.`,
    en: `No answer came to "${name}", and nothing was made. Answer each question on a line of its own, or give the answers along: gestand init --name … --post … --email … The whole example, with somebody else's facts: gestand init --example.`,
  });
