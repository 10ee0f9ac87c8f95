/** What the command line says of itself. */
import { version } from '../app/version.ts';
import { exit, type Command } from './command.ts';
import type { Output } from './output.ts';
import { everywhere } from './parse.ts';

export function showVersion(out: Output): number {
  out.line(`gestand ${version()}`);
  out.result({ version: version() });
  return exit.ok;
}

export function overview(out: Output, commands: readonly Command[]): number {
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
  out.result({ commands: commands.map(({ name, summary, usage }) => ({ name, summary: out.t(summary), usage })) });
  return exit.ok;
}

const exits = {
  nl: 'Uitgang: 0 goed · 1 er is iets mis of niet alles is gedaan · 2 het bevel of de bestanden kloppen niet, of een naam die er niet in staat · 3 geweigerd, of niet in de home bekend',
  en: 'Exit: 0 well · 1 something is wrong, or not all was done · 2 the command or the files are not right, or a name that is not in them · 3 refused, or not known in the home',
} as const;

export function help(out: Output, command: Command): number {
  out.line(out.t(command.summary));
  out.line();
  out.line(`  ${command.usage}`);
  out.line();
  const options = Object.entries({ ...command.options, ...everywhere });
  for (const [name, option] of options) out.line(`  --${name.padEnd(14)} ${out.t(option.help)}`);
  out.line();
  out.line(out.t({ nl: 'Voorbeelden', en: 'Examples' }));
  for (const example of command.examples) out.line(`  ${example}`);
  out.line();
  out.line(out.t(exits));
  out.result({
    command: command.name,
    summary: out.t(command.summary),
    usage: command.usage,
    options: options.map(([name, option]) => ({ name, help: out.t(option.help) })),
    examples: command.examples,
  });
  return exit.ok;
}
