/** The command line: finds the command, reads its options, and turns every expected failure into one clear sentence. */
import { parseArgs } from 'node:util';
import { readConfig, type Config } from '../app/config.ts';
import { DeclaredWrongly } from '../app/home.ts';
import type { Language } from '../base/language.ts';
import { inLanguage, nearest, problemIn } from '../base/yaml.ts';
import { ConnectorFault } from '../connectors/kit/index.ts';
import { LedgerFault } from '../ledger/index.ts';
import { Refusal } from '../promises/world.ts';
import { exit, refuseSurplus, wrongOption, type Command } from './command.ts';
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
import { output, type Output } from './output.ts';

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

const everywhere = {
  json: { type: 'boolean', help: { nl: 'één JSON-waarde op de uitvoer', en: 'one JSON value on the output' } },
  lang: { type: 'string', help: { nl: 'nl of en', en: 'nl or en' } },
  home: {
    type: 'string',
    help: { nl: 'de home (anders GESTAND_HOME of ./.gestand)', en: 'the home (else GESTAND_HOME or ./.gestand)' },
  },
  help: { type: 'boolean', help: { nl: 'deze uitleg', en: 'this help' } },
} as const;

/** Runs one command line; the exit code. Never throws for something a user can mend. */
export async function main(argv: readonly string[], write?: (text: string) => void): Promise<number> {
  let config: Config;
  try {
    config = readConfig();
  } catch (cause) {
    process.stderr.write(`${(cause as Error).message}\n`);
    return exit.usage;
  }
  const [name, ...rest] = argv;
  const language = languageIn(rest, config.language);
  const plain = output({ language, json: false, colour: config.colour, ...(write ? { write } : {}) });
  if (name === undefined || name === '--help' || name === 'help') {
    overview(plain);
    return exit.ok;
  }
  const command = commands.find((one) => one.name === name);
  if (!command) {
    const near = nearest(
      name,
      commands.map((one) => one.name),
    );
    process.stderr.write(
      `${plain.t({ nl: `Onbekend bevel "${name}".`, en: `Unknown command "${name}".` })}${near === undefined ? '' : ` ${plain.t({ nl: 'Bedoelde u', en: 'Did you mean' })} "${near}"?`}\n`,
    );
    return exit.usage;
  }
  let json = rest.includes('--json');
  try {
    const options = Object.fromEntries(
      Object.entries({ ...everywhere, ...command.options }).map(([key, option]) => [
        key,
        { type: option.type, multiple: 'multiple' in option && option.multiple === true },
      ]),
    );
    const { values, positionals } = parseArgs({ args: [...rest], options, allowPositionals: true, strict: true });
    json = values['json'] === true;
    const out = output({ language, json, colour: config.colour && !json, ...(write ? { write } : {}) });
    if (values['help'] === true) {
      help(plain, command);
      return exit.ok;
    }
    const asked = values['lang'];
    if (asked !== undefined && asked !== 'nl' && asked !== 'en')
      throw wrongOption(plain, {
        nl: `--lang is nl of en; niet "${String(asked)}".`,
        en: `--lang is nl or en; not "${String(asked)}".`,
      });
    refuseSurplus(command, plain, positionals);
    const home = values['home'];
    const context = {
      config: typeof home === 'string' ? { ...config, home } : config,
      out,
      args: positionals,
      values: values as Record<string, string | boolean | string[] | undefined>,
    };
    return await command.run(context);
  } catch (cause) {
    return explain(cause, language, json, write);
  }
}

function languageIn(args: readonly string[], otherwise: Language): Language {
  const at = args.indexOf('--lang');
  const asked = at >= 0 ? args[at + 1] : args.find((one) => one.startsWith('--lang='))?.slice(7);
  return asked === 'nl' || asked === 'en' ? asked : otherwise;
}

function explain(cause: unknown, language: Language, json: boolean, write?: (text: string) => void): number {
  const say = (code: string, message: string, more: object, end: number): number => {
    if (json)
      (write ?? ((text: string) => void process.stdout.write(text)))(
        `${JSON.stringify({ error: { code, message, ...more } })}\n`,
      );
    process.stderr.write(`${message}\n`);
    return end;
  };
  if (cause instanceof Refusal) return say(cause.code, cause.text[language], {}, exit.refused);
  if (cause instanceof DeclaredWrongly)
    return say(
      'declared-wrongly',
      cause.problems.map((one) => problemIn(one, language)).join('\n'),
      { problems: cause.problems.map((one) => inLanguage(one, language)) },
      exit.usage,
    );
  if (cause instanceof ConnectorFault) return say(`system-${cause.kind}`, cause.message, {}, exit.wrong);
  if (cause instanceof LedgerFault) return say('ledger', cause.message, {}, exit.wrong);
  const { code, message } = cause as { code?: string; message?: string };
  if (code?.startsWith('ERR_PARSE_ARGS')) return say('usage', message ?? '', {}, exit.usage);
  return say('unexpected', message ?? String(cause), {}, exit.wrong);
}

function overview(out: Output): void {
  out.line(
    out.t({
      nl: 'Gestand maakt elke belofte van een privacyverklaring waar, houdt haar waar, en bewijst het.',
      en: 'Gestand makes every promise of a privacy statement true, keeps it true, and proves it.',
    }),
  );
  out.line();
  for (const command of commands) out.line(`  gestand ${command.name.padEnd(10)} ${out.t(command.summary)}`);
  out.line();
  out.line(
    out.t({ nl: 'Meer over een bevel: gestand BEVEL --help', en: 'More about a command: gestand COMMAND --help' }),
  );
}

function help(out: Output, command: Command): void {
  out.line(out.t(command.summary));
  out.line();
  out.line(`  ${command.usage}`);
  out.line();
  for (const [name, option] of Object.entries({ ...command.options, ...everywhere }))
    out.line(`  --${name.padEnd(14)} ${out.t(option.help)}`);
  out.line();
  out.line(out.t({ nl: 'Voorbeelden', en: 'Examples' }));
  for (const example of command.examples) out.line(`  ${example}`);
  out.line();
  out.line(
    out.t({
      nl: 'Uitgang: 0 goed · 1 er is iets mis of niet alles is gedaan · 2 het bevel of de bestanden kloppen niet · 3 geweigerd',
      en: 'Exit: 0 well · 1 something is wrong, or not all was done · 2 the command or the files are not right · 3 refused',
    }),
  );
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
