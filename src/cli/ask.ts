/** The first questions at a terminal, or on piped lines: an answer that cannot be is told at once, not after the last question. */
import { isAsked, partQuestions, parts, type Part } from '../app/parts.ts';
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

const yes = new Set(['j', 'ja', 'y', 'yes']);
const no = new Set(['n', 'nee', 'no', '']);

/** `told` are the parts that were named already: then those are not asked. */
export async function askAll(asking: Asking, told?: ReadonlySet<Part>): Promise<Given> {
  const { t } = asking;
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
  for (const part of parts) {
    if (!isAsked(part, new Set([...does, ...(given.get('website') === '' ? [] : ['website'])]))) continue;
    const said = await ask(
      asking,
      t(partQuestions[part].text),
      `${t(partQuestions[part].text)} ${t({ nl: '(j/n; Enter is n)', en: '(y/n; Enter is n)' })}`,
      (line) => (yes.has(line.toLowerCase()) || no.has(line.toLowerCase()) ? null : notYesOrNo),
    );
    if (yes.has(said.toLowerCase())) does.add(part);
  }
  return { given, does };
}

const notYesOrNo: Text = { nl: 'Antwoord met j of n.', en: 'Answer with y or n.' };

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
