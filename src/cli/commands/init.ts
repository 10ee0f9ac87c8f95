import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { beginHome } from '../../app/begin.ts';
import { checkHome, isHome, mayBeHome, places } from '../../app/home.ts';
import { Answers, beginningOf, mistakeIn, questions } from '../../app/questions.ts';
import { parts, type Part } from '../../app/parts.ts';
import type { Beginning } from '../../app/starter.ts';
import { Mistake, Refusal } from '../../promises/world.ts';
import { systemClock } from '../../base/time.ts';
import { inLanguage, nearest, problemIn } from '../../base/yaml.ts';
import { askAll, type Given } from '../ask.ts';
import { exit, text, wrongOption, type Command, type Context } from '../command.ts';

export const init: Command = {
  name: 'init',
  summary: { nl: 'maakt een home met een beleid om aan te passen', en: 'makes a home with a policy to adapt' },
  usage: 'gestand init [--name NAME --post ADDRESS --email ADDRESS [--website URL] [--does PART,…] | --example]',
  options: {
    ...Object.fromEntries(questions.map(({ option, help }) => [option, { type: 'string' as const, help }])),
    does: {
      type: 'string',
      help: {
        nl: `wat u doet, met komma's, of none; anders alles: ${parts.join(', ')}`,
        en: `what you do, with commas, or none; else all: ${parts.join(', ')}`,
      },
    },
    example: {
      type: 'boolean',
      help: {
        nl: 'het hele voorbeeld, met de feiten van een ander',
        en: "the whole example, with somebody else's facts",
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
    mayBeHome(config.home);
    const facts = await factsOf(context);
    const at = places(config.home);
    const [made, kept] = [out.t({ nl: 'Gemaakt', en: 'Made' }), out.t({ nl: 'Stond er al', en: 'Was there already' })];
    const estate = existsSync(at.estate) ? kept : made;
    beginHome(config.home, facts, out.language);
    out.line(`  ${made}: ${at.policy}`);
    out.line(`  ${estate}: ${at.estate}`);
    out.line(`  ${out.t(facts === null ? next.example : next.own)}`);
    // An estate or profiles that stood there already may not fit the new policy.
    const { problems } = checkHome(config.home, systemClock().toString().slice(0, 10));
    for (const one of problems) out.line(`  ${out.paint('✘', 'red')} ${problemIn(one, out.language)}`);
    const told = problems.map((one) => inLanguage(one, out.language));
    out.result({ home: config.home, policy: at.policy, estate: at.estate, problems: told });
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

/** From the options; else asked. Null for the example as it is. */
async function factsOf(context: Context): Promise<Beginning | null> {
  const given = new Map(questions.map(({ name, option }) => [name, text(context, option)]));
  const listed = partsOf(text(context, 'does'));
  let { does } = listed;
  const none = [...given.values()].every((value) => value === undefined);
  if (context.values['example'] === true) {
    if (none && does === undefined) return null;
    throw wrongOption({
      nl: '--example neemt het voorbeeld zoals het is: geef er geen antwoorden bij.',
      en: '--example takes the example as it is: give no answers with it.',
    });
  }
  if (none) {
    // A script that gives no answer at all wants a home to look at: that is the example, and the output says so.
    const answers = context.out.json || listed.wrong.length > 0 ? null : await asked(context, does);
    if (answers === null && does === undefined && listed.wrong.length === 0) return null;
    if (answers !== null) ({ does } = answers);
    for (const [name, value] of answers?.given ?? []) given.set(name, value);
  }
  const wrong = [
    ...questions.flatMap(({ name, option, needed }) => {
      const why = mistakeIn(name, given.get(name) ?? '', given);
      const code = needed ? 'option-needed' : 'option-wrong';
      return why === null ? [] : [{ code, nl: `--${option}: ${why.nl}`, en: `--${option}: ${why.en}` }];
    }),
    ...listed.wrong,
  ];
  const [first] = wrong;
  if (first)
    throw new Mistake(first.code, {
      nl: wrong.map((one) => one.nl).join('\n'),
      en: wrong.map((one) => one.en).join('\n'),
    });
  return beginningOf(Answers.parse(Object.fromEntries(given)), does);
}

/** How long a script that gives answers may take for the first: some leave their input open and never write. */
const patience = 3_000;

/** Null where nobody sits at a terminal and no line comes. */
async function asked({ out }: Context, told: ReadonlySet<Part> | undefined): Promise<Given | null> {
  const terminal = createInterface({ input: process.stdin });
  try {
    // Line by line from one queue: of answers that are pasted at once, none is lost.
    const lines = terminal[Symbol.asyncIterator]();
    const write = (one: string): void => void process.stdout.write(one);
    if (process.stdin.isTTY) return await askAll({ t: out.t, lines, write, again: true }, told);
    const first = await Promise.race([lines.next(), sleep(patience, null, { ref: false })]);
    if (first === null || first.done === true) return null;
    return await askAll({ t: out.t, lines: after(first.value, lines), write, again: false }, told);
  } finally {
    terminal.close();
  }
}

async function* after(first: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

function partsOf(listed: string | undefined): {
  readonly does: ReadonlySet<Part> | undefined;
  readonly wrong: readonly { readonly code: string; readonly nl: string; readonly en: string }[];
} {
  if (listed === undefined) return { does: undefined, wrong: [] };
  const words = listed === 'none' ? [] : listed.split(',').map((one) => one.trim());
  const known = words.flatMap((word) => parts.find((one) => one === word) ?? []);
  const wrong = words
    .filter((word) => !parts.some((one) => one === word))
    .map((word) => {
      const near = nearest(word, parts);
      return {
        code: 'unknown-choice',
        nl: `--does: "${word}" is er niet bij${near === undefined ? `; wel ${parts.join(', ')}, of none` : `. Bedoelde u "${near}"?`}`,
        en: `--does: there is no "${word}"${near === undefined ? `; there are ${parts.join(', ')}, or none` : `. Did you mean "${near}"?`}`,
      };
    });
  return { does: new Set(known), wrong };
}
