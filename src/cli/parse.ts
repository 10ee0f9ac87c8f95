/** From words to a command with its options, or a Mistake in the asked language: nothing is opened, nothing is done. */
import { parseArgs } from 'node:util';
import type { Language, Text } from '../base/language.ts';
import { nearest } from '../base/yaml.ts';
import { Mistake } from '../promises/world.ts';
import { refuseSurplus, wrongOption, type Command, type Context } from './command.ts';

export const everywhere = {
  json: { type: 'boolean', help: { nl: 'één JSON-waarde op de uitvoer', en: 'one JSON value on the output' } },
  lang: { type: 'string', help: { nl: 'nl of en', en: 'nl or en' } },
  home: {
    type: 'string',
    help: { nl: 'de home (anders GESTAND_HOME of ./.gestand)', en: 'the home (else GESTAND_HOME or ./.gestand)' },
  },
  help: { type: 'boolean', help: { nl: 'deze uitleg', en: 'this help' } },
} as const satisfies NonNullable<Command['options']>;

/** Only without a command. */
const alone = {
  version: { type: 'boolean', help: { nl: 'welke versie dit is', en: 'which version this is' } },
} as const satisfies NonNullable<Command['options']>;

export interface Parsed {
  /** Null: none was named, which asks for the overview. */
  readonly command: Command | null;
  readonly args: readonly string[];
  readonly values: Context['values'];
}

/** Throws a Mistake. What is asked of `--help` is not looked at further. */
export function parse(argv: readonly string[], commands: readonly Command[]): Parsed {
  const at = nameAt(argv);
  const name = at < 0 ? undefined : argv[at];
  const rest = argv.filter((_, i) => i !== at);
  if (name === undefined)
    return { command: null, args: [], values: valuesOf(rest, { ...everywhere, ...alone }).values };
  if (name === 'help') return asHelp(rest, commands);
  const command = known(name, commands);
  const { values, args } = valuesOf(rest, { ...command.options, ...everywhere });
  const given = { command, args, values };
  if (values['help'] === true) return given;
  firstWord(command, args[0]);
  refuseSurplus(command, args);
  return given;
}

/** "gestand help plan" is "gestand plan --help". */
function asHelp(rest: readonly string[], commands: readonly Command[]): Parsed {
  const { values, args } = valuesOf(rest, everywhere);
  const [name] = args;
  return { command: name === undefined ? null : known(name, commands), args: [], values: { ...values, help: true } };
}

/** Where the command stands: the first word that is no option and no option's value. */
function nameAt(argv: readonly string[]): number {
  const { tokens } = parseArgs({ args: [...argv], options: typesOf(everywhere), strict: false, tokens: true });
  return tokens.find((one) => one.kind === 'positional')?.index ?? -1;
}

function known(name: string, commands: readonly Command[]): Command {
  const command = commands.find((one) => one.name === name);
  if (command) return command;
  const near = nearest(
    name,
    commands.map((one) => one.name),
  );
  throw new Mistake('command-unknown', {
    nl: `Onbekend bevel "${name}".${near === undefined ? ' "gestand" noemt ze alle.' : ` Bedoelde u "${near}"?`}`,
    en: `Unknown command "${name}".${near === undefined ? ' "gestand" lists them all.' : ` Did you mean "${near}"?`}`,
  });
}

type Options = NonNullable<Command['options']>;

const typesOf = (options: Options): Record<string, { type: 'string' | 'boolean'; multiple: boolean }> =>
  Object.fromEntries(
    Object.entries(options).map(([name, { type, multiple }]) => [name, { type, multiple: multiple === true }]),
  );

/** Every option is known and has a value where it takes one, and none where it does not. */
function valuesOf(given: readonly string[], options: Options): { values: Context['values']; args: string[] } {
  // A habit of every shell; it has one meaning only.
  const args = given.map((one) => (one === '-h' ? '--help' : one));
  const { values, positionals, tokens } = parseArgs({
    args,
    options: typesOf(options),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    const option = Object.hasOwn(options, name) && rawName.startsWith('--') ? options[name] : undefined;
    if (option === undefined) throw unknownOption(rawName, Object.keys(options));
    if (option.type === 'boolean' && value !== undefined)
      throw wrongOption({
        nl: `--${name} neemt geen waarde; schrijf alleen --${name}.`,
        en: `--${name} takes no value; write --${name} alone.`,
      });
    if (option.type === 'string' && value === undefined)
      throw wrongOption({ nl: `Na --${name} hoort een waarde.`, en: `--${name} needs a value after it.` });
    if (option.type === 'string' && inlineValue === false && /^-./.test(value ?? ''))
      throw wrongOption({
        nl: `Na --${name} hoort een waarde, en "${value}" lijkt een optie. Begint de waarde zo, schrijf dan --${name}="…".`,
        en: `--${name} needs a value after it, and "${value}" looks like an option. If the value begins like that, write --${name}="…".`,
      });
  }
  return { values, args: positionals };
}

function unknownOption(rawName: string, names: readonly string[]): Mistake {
  const near = nearest(rawName.replace(/^-+/, ''), names);
  const all = names.map((one) => `--${one}`).join(', ');
  return wrongOption({
    nl: `Er is hier geen optie ${rawName}. ${near === undefined ? `Wel: ${all}.` : `Bedoelde u --${near}?`}`,
    en: `There is no option ${rawName} here. ${near === undefined ? `There are: ${all}.` : `Did you mean --${near}?`}`,
  });
}

/** Of a command with words of its own: one of them, or none where it also does something without. */
function firstWord({ name, words }: Command, word: string | undefined): void {
  if (words === undefined || words.others === true) return;
  if (word === undefined ? words.needed !== true : words.known.includes(word)) return;
  const near = word === undefined ? undefined : nearest(word, words.known);
  const listed = (last: string): string =>
    words.known.length < 2
      ? words.known.join('')
      : `${words.known.slice(0, -1).join(', ')} ${last} ${words.known.at(-1)}`;
  const rest: Text = words.needed === true ? { nl: '', en: '' } : { nl: ', of niets', en: ', or nothing' };
  throw new Mistake(`${name}-what`, {
    nl: `Noem na "gestand ${name}" ${listed('of')}${rest.nl}.${near === undefined ? '' : ` Bedoelde u "${near}"?`}`,
    en: `After "gestand ${name}" name ${listed('or')}${rest.en}.${near === undefined ? '' : ` Did you mean "${near}"?`}`,
  });
}

/** The asked language as far as it can be read: also for what is said of a command line that is wrong elsewhere. */
export function languageIn(argv: readonly string[], otherwise: Language): Language {
  const at = argv.indexOf('--lang');
  const asked = at >= 0 ? argv[at + 1] : argv.find((one) => one.startsWith('--lang='))?.slice(7);
  return asked === 'nl' || asked === 'en' ? asked : otherwise;
}
