import { createInterface } from 'node:readline/promises';
import { beginHome, type Beginning } from '../../app/begin.ts';
import { isHome, places } from '../../app/home.ts';
import { Refusal } from '../../promises/world.ts';
import { exit, text, type Command, type Context } from '../command.ts';

export const init: Command = {
  name: 'init',
  summary: { nl: 'maakt een home met een beleid om aan te passen', en: 'makes a home with a policy to adapt' },
  usage: 'gestand init [--name NAME --post ADDRESS --email ADDRESS [--website URL]]',
  options: {
    name: { type: 'string', help: { nl: 'naam van de organisatie', en: 'name of the organisation' } },
    post: { type: 'string', help: { nl: 'postadres', en: 'post address' } },
    email: { type: 'string', help: { nl: 'e-mailadres voor privacy', en: 'e-mail address for privacy' } },
    website: { type: 'string', help: { nl: 'website (https)', en: 'website (https)' } },
  },
  examples: [
    'GESTAND_HOME=/srv/gestand gestand init',
    'gestand init --name "Voorbeeld BV" --post "Dorpsstraat 1, Haps" --email privacy@voorbeeld.nl',
  ],
  run: async (context) => {
    const { config, out } = context;
    if (isHome(config.home))
      throw new Refusal('home-exists', {
        nl: `${config.home} heeft al een beleid; er is niets veranderd.`,
        en: `${config.home} has a policy already; nothing was changed.`,
      });
    beginHome(config.home, await factsOf(context));
    const at = places(config.home);
    out.line(`  ${out.t({ nl: 'Gemaakt', en: 'Made' })}: ${at.policy}`);
    out.line(`  ${out.t({ nl: 'Gemaakt', en: 'Made' })}: ${at.estate}`);
    out.line(
      `  ${out.t({ nl: 'Pas beide aan en kijk dan met: gestand check, en gestand lint voor wat de wet nog mist. Een voorbeeld van begin tot eind: docs/connect-a-freepbx.md', en: 'Adapt both, then look with: gestand check, and gestand lint for what the law still misses. An example from zero: docs/connect-a-freepbx.md' })}`,
    );
    out.result({ home: config.home, policy: at.policy, estate: at.estate });
    return exit.ok;
  },
};

const questions = [
  ['name', { nl: 'Naam van de organisatie', en: 'Name of the organisation' }],
  ['post', { nl: 'Postadres', en: 'Post address' }],
  ['email', { nl: 'E-mailadres voor vragen over privacy', en: 'E-mail address for questions on privacy' }],
  ['website', { nl: 'Website (https, mag leeg)', en: 'Website (https, may be empty)' }],
] as const;

/** From the options; else asked, where somebody sits at a terminal; else none, and the example keeps its own. */
async function factsOf(context: Context): Promise<Beginning | null> {
  const given = new Map(questions.map(([name]) => [name, text(context, name)]));
  if ([...given.values()].every((value) => value === undefined)) {
    if (!process.stdin.isTTY || context.out.json) return null;
    const ask = createInterface({ input: process.stdin, output: process.stdout });
    try {
      for (const [name, question] of questions)
        given.set(name, (await ask.question(`  ${context.out.t(question)}: `)).trim());
    } finally {
      ask.close();
    }
    if (given.get('name') === '') return null;
  }
  const must = (name: 'name' | 'post' | 'email'): string => {
    const value = given.get(name)?.trim() ?? '';
    if (value === '' || (name === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)))
      throw new Refusal('option-needed', {
        nl: `--${name} is nodig, en moet kloppen.`,
        en: `--${name} is needed, and must be right.`,
      });
    return value;
  };
  const website = given.get('website')?.trim() ?? '';
  if (website !== '' && !website.startsWith('https://'))
    throw new Refusal('option-wrong', { nl: '--website begint met https://', en: '--website begins with https://' });
  return { organisation: must('name'), post: must('post'), email: must('email'), website };
}
