import { createInterface } from 'node:readline';
import { beginHome } from '../../app/begin.ts';
import { isHome, places } from '../../app/home.ts';
import { Answers, beginningOf, officerReached, questions, type Question } from '../../app/questions.ts';
import { partQuestions, parts, type Beginning, type Part } from '../../app/starter.ts';
import { Refusal } from '../../promises/world.ts';
import { exit, text, type Command, type Context } from '../command.ts';

export const init: Command = {
  name: 'init',
  summary: { nl: 'maakt een home met een beleid om aan te passen', en: 'makes a home with a policy to adapt' },
  usage: 'gestand init [--name NAME --post ADDRESS --email ADDRESS [--website URL] [--does PART,…]]',
  options: {
    ...Object.fromEntries(questions.map(({ option, help }) => [option, { type: 'string' as const, help }])),
    does: {
      type: 'string',
      help: {
        nl: `wat u doet, met komma's, of none; anders alles: ${parts.join(', ')}`,
        en: `what you do, with commas, or none; else all: ${parts.join(', ')}`,
      },
    },
  },
  examples: [
    'GESTAND_HOME=/srv/gestand gestand init',
    'gestand init --name "Voorbeeld BV" --post "Dorpsstraat 1, Haps" --email privacy@voorbeeld.nl --does staff,news',
  ],
  run: async (context) => {
    const { config, out } = context;
    if (isHome(config.home))
      throw new Refusal('home-exists', {
        nl: `${config.home} heeft al een beleid; er is niets veranderd.`,
        en: `${config.home} has a policy already; nothing was changed.`,
      });
    const facts = await factsOf(context);
    beginHome(config.home, facts);
    const at = places(config.home);
    out.line(`  ${out.t({ nl: 'Gemaakt', en: 'Made' })}: ${at.policy}`);
    out.line(`  ${out.t({ nl: 'Gemaakt', en: 'Made' })}: ${at.estate}`);
    out.line(`  ${out.t(facts === null ? next.example : next.own)}`);
    out.result({ home: config.home, policy: at.policy, estate: at.estate });
    return exit.ok;
  },
};

const next = {
  example: {
    nl: 'Dit is het hele voorbeeld, met de feiten van een ander: pas het aan en kijk met gestand lint wat de wet nog mist. Van hier tot een gepubliceerde verklaring: docs/first-statement.md',
    en: "This is the whole example, with somebody else's facts: adapt it, and see with gestand lint what the law still misses. From here to a published statement: docs/first-statement.md",
  },
  own: {
    nl: 'Lees policy.yaml: elke zin moet voor u waar zijn. Daarna: gestand lint zegt wat de wet nog mist, en gestand statement laat de verklaring zien. Van hier tot een gepubliceerde verklaring: docs/first-statement.md',
    en: 'Read policy.yaml: every sentence must be true of you. Then: gestand lint says what the law still misses, and gestand statement shows the statement. From here to a published statement: docs/first-statement.md',
  },
} as const;

/** From the options; else asked, where somebody sits at a terminal; else none, and the example keeps its own. */
async function factsOf(context: Context): Promise<Beginning | null> {
  const given = new Map(questions.map(({ name, option }) => [name, text(context, option)]));
  let does = partsOf(text(context, 'does'));
  if ([...given.values()].every((value) => value === undefined)) {
    if (!process.stdin.isTTY || context.out.json) return null;
    const answers = await asked(context);
    if (answers === null) return null;
    ({ does } = answers);
    for (const [name, value] of answers.given) given.set(name, value);
  }
  const read = Answers.superRefine(officerReached).safeParse(Object.fromEntries(given));
  if (!read.success) {
    const { option, needed } = questions.find(({ name }) => name === read.error.issues[0]?.path[0]) ?? {
      option: 'name',
      needed: true,
    };
    throw needed
      ? new Refusal('option-needed', {
          nl: `--${option} is nodig, en moet kloppen.`,
          en: `--${option} is needed, and must be right.`,
        })
      : new Refusal('option-wrong', { nl: `--${option} klopt niet.`, en: `--${option} is not right.` });
  }
  return beginningOf(read.data, does);
}

interface Given {
  readonly given: ReadonlyMap<Question['name'], string>;
  readonly does: ReadonlySet<Part>;
}

/** Null when nobody gives a name: then the example as it is. */
async function asked({ out }: Context): Promise<Given | null> {
  const terminal = createInterface({ input: process.stdin });
  // Line by line from one queue: of answers that are pasted at once, none is lost.
  const lines = terminal[Symbol.asyncIterator]();
  const ask = async (question: string): Promise<string> => {
    process.stdout.write(`  ${question} `);
    const line = await lines.next();
    return line.done === true ? '' : line.value.trim();
  };
  const given = new Map<Question['name'], string>();
  const does = new Set<Part>();
  try {
    for (const { name, text: question, after } of questions) {
      if (after !== undefined && given.get(after) === '') continue;
      given.set(name, await ask(`${out.t(question)}:`));
      if (given.get('organisation') === '') return null;
    }
    for (const part of parts) {
      const answer = await ask(`${out.t(partQuestions[part])} ${out.t({ nl: '(j/n)', en: '(y/n)' })}`);
      if (/^\s*[jy]/i.test(answer)) does.add(part);
    }
  } finally {
    terminal.close();
  }
  return { given, does };
}

function partsOf(listed: string | undefined): ReadonlySet<Part> | undefined {
  if (listed === undefined) return undefined;
  const words = listed === 'none' ? [] : listed.split(',').map((one) => one.trim());
  return new Set(
    words.map((word) => {
      const part = parts.find((one) => one === word);
      if (part === undefined)
        throw new Refusal('unknown-choice', {
          nl: `--does noemt een of meer van ${parts.join(', ')}, of none; niet "${word}".`,
          en: `--does names one or more of ${parts.join(', ')}, or none; not "${word}".`,
        });
      return part;
    }),
  );
}
