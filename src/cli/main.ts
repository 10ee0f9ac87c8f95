/** The command line: finds the command, reads its options, and turns every expected failure into one clear sentence. */
import { resolve } from 'node:path';
import { languageAsked, readConfig } from '../app/config.ts';
import { DeclaredWrongly } from '../app/home.ts';
import type { Language } from '../base/language.ts';
import { inLanguage, problemIn } from '../base/yaml.ts';
import { ConnectorFault } from '../connectors/kit/index.ts';
import { LedgerFault } from '../ledger/index.ts';
import { Fault, Mistake, Refusal } from '../promises/world.ts';
import { exit, wrongOption, type Command } from './command.ts';
import { agreement } from './commands/agreement.ts';
import { apply } from './commands/apply.ts';
import { approve } from './commands/approve.ts';
import { check } from './commands/check.ts';
import { declare } from './commands/declare.ts';
import { demo } from './commands/demo.ts';
import { diff } from './commands/diff.ts';
import { doctor } from './commands/doctor.ts';
import { evidence } from './commands/evidence.ts';
import { hold } from './commands/hold.ts';
import { init } from './commands/init.ts';
import { lint } from './commands/lint.ts';
import { people } from './commands/people.ts';
import { plan } from './commands/plan.ts';
import { promises } from './commands/promises.ts';
import { publish } from './commands/publish.ts';
import { register } from './commands/register.ts';
import { review } from './commands/review.ts';
import { serve } from './commands/serve.ts';
import { start } from './commands/start.ts';
import { statement } from './commands/statement.ts';
import { systems } from './commands/systems.ts';
import { tasks } from './commands/tasks.ts';
import { worker } from './commands/worker.ts';
import { faultText } from './faults.ts';
import { help, overview, showVersion } from './help.ts';
import { output } from './output.ts';
import { languageIn, parse } from './parse.ts';

export const commands: readonly Command[] = [
  init,
  check,
  lint,
  diff,
  plan,
  approve,
  review,
  apply,
  hold,
  promises,
  statement,
  publish,
  declare,
  register,
  agreement,
  evidence,
  systems,
  tasks,
  people,
  serve,
  worker,
  demo,
  doctor,
  start,
];

/** Runs one command line; the exit code. Never throws for something a user can mend. */
export async function main(argv: readonly string[], write?: (text: string) => void): Promise<number> {
  const language = languageIn(argv, languageAsked());
  const json = argv.includes('--json');
  let asked: Command | null = null;
  try {
    const config = readConfig();
    const { command, args, values } = parse(argv, commands);
    asked = command;
    const { lang } = values;
    if (lang !== undefined && lang !== 'nl' && lang !== 'en')
      throw wrongOption({
        nl: `--lang is nl of en; niet "${String(lang)}".`,
        en: `--lang is nl or en; not "${String(lang)}".`,
      });
    const out = output({ language, json, colour: config.colour && !json, ...(write ? { write } : {}) });
    if (values['version'] === true) return showVersion(out);
    if (command === null) return overview(out, commands);
    if (values['help'] === true) return help(out, command);
    const home = values['home'];
    if (home === '') throw wrongOption({ nl: '--home is leeg: noem een map.', en: '--home is empty: name a folder.' });
    const where = typeof home === 'string' ? { ...config, home: resolve(home) } : config;
    return await command.run({ config: where, out, args, values });
  } catch (cause) {
    return explain(withUsage(cause, asked), language, json, write);
  }
}

/** What is missing is told with how the whole goes: else one would hear of it a word at a time. */
function withUsage(cause: unknown, command: Command | null): unknown {
  if (!(cause instanceof Mistake) || command === null || !['option-needed', 'argument-needed'].includes(cause.code))
    return cause;
  const { nl, en } = cause.text;
  return new Mistake(cause.code, {
    nl: `${nl} Zo gaat het: ${command.usage} (meer: gestand ${command.name} --help)`,
    en: `${en} This is how: ${command.usage} (more: gestand ${command.name} --help)`,
  });
}

/** One rule for every command: what was given is not right 2, any other no 3, and what is at fault 1. */
function explain(cause: unknown, language: Language, json: boolean, write?: (text: string) => void): number {
  const say = (code: string, message: string, more: object, end: number): number => {
    if (json)
      (write ?? ((text: string) => void process.stdout.write(text)))(
        `${JSON.stringify({ error: { code, message, ...more } })}\n`,
      );
    process.stderr.write(`${message}\n`);
    return end;
  };
  if (cause instanceof Refusal)
    return say(cause.code, cause.text[language], {}, cause instanceof Mistake ? exit.usage : exit.refused);
  if (cause instanceof DeclaredWrongly)
    return say(
      'declared-wrongly',
      cause.problems.map((one) => problemIn(one, language)).join('\n'),
      { problems: cause.problems.map((one) => inLanguage(one, language)) },
      exit.usage,
    );
  const code =
    cause instanceof ConnectorFault
      ? `system-${cause.kind}`
      : cause instanceof LedgerFault
        ? 'ledger'
        : cause instanceof Fault
          ? 'fault'
          : 'unexpected';
  return say(code, faultText(cause)[language], {}, exit.wrong);
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
