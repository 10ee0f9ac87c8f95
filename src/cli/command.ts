/** The shape of a command. One file a command; main.ts lists them. */
import type { Text } from '../base/language.ts';
import { instant, type Instant } from '../base/time.ts';
import { nearest } from '../base/yaml.ts';
import { Mistake } from '../promises/world.ts';
import { openWorld, type OpenWorld } from '../app/world.ts';
import type { Config } from '../app/config.ts';
import type { Output } from './output.ts';

export interface Context {
  readonly config: Config;
  readonly out: Output;
  readonly args: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | string[] | undefined>>;
}

export interface Command {
  readonly name: string;
  readonly summary: Text;
  readonly usage: string;
  /** How many words it takes besides its options: none unless said; where that differs by the first word, by that word, and '' for any other. */
  readonly takes?: number | Readonly<Record<string, number>>;
  /** The first words that it knows. `needed`: it does nothing without one; `others`: any other word means something too. */
  readonly words?: { readonly known: readonly string[]; readonly needed?: true; readonly others?: true };
  readonly options?: Readonly<Record<string, { type: 'string' | 'boolean'; multiple?: boolean; help: Text }>>;
  readonly examples: readonly string[];
  /** The exit code: see docs/cli.md. */
  run(context: Context): Promise<number>;
}

/**
 * 0 done · 1 found something wrong, or not wholly done · 2 the call or the files are not right · 3 refused. Which of the last
 * two a Refusal ends with is its own to say: a Mistake is 2.
 */
export const exit = { ok: 0, wrong: 1, usage: 2, refused: 3 } as const;

export function text(context: Context, name: string): string | undefined {
  const value = context.values[name];
  return typeof value === 'string' ? value : undefined;
}

export function list(context: Context, name: string): string[] {
  const value = context.values[name];
  return Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
}

export function required(context: Context, name: string): string {
  const value = text(context, name);
  if (value === undefined || value.trim() === '')
    throw new Mistake('option-needed', { nl: `--${name} is nodig.`, en: `--${name} is needed.` });
  return value;
}

/** A day (its noon) or a full time; null when the option was not given. */
export function moment(context: Context, name: string): Instant | null {
  const given = text(context, name);
  if (given === undefined) return null;
  try {
    return instant(given.length === 10 ? `${given}T12:00:00Z` : given);
  } catch {
    throw new Mistake('date', {
      nl: `"${given}" is geen datum zoals 2026-12-31.`,
      en: `"${given}" is not a date such as 2026-12-31.`,
    });
  }
}

/** Systems that were named; all of them when none was. */
export function systemsNamed(world: OpenWorld, names: readonly string[]): string[] {
  const known = world.systems.systems.map((system) => system.id);
  for (const name of names)
    if (!known.includes(name)) {
      if (known.length === 0)
        throw new Mistake('no-such-system', {
          nl: `Er is geen systeem "${name}": estate.yaml heeft er nog geen.`,
          en: `There is no system "${name}": estate.yaml has none yet.`,
        });
      const near = nearest(name, known);
      throw new Mistake('no-such-system', {
        nl: `Er is geen systeem "${name}"${near === undefined ? `; er zijn ${known.join(', ')}.` : `. Bedoelde u "${near}"?`}`,
        en: `There is no system "${name}"${near === undefined ? `; there are ${known.join(', ')}.` : `. Did you mean "${near}"?`}`,
      });
    }
  return names.length === 0 ? known : [...names];
}

export function argument(context: Context, at: number, what: Text): string {
  const value = context.args[at];
  if (value === undefined) throw new Mistake('argument-needed', { nl: `Noem ${what.nl}.`, en: `Name ${what.en}.` });
  return value;
}

/** A word that a command has no use for is a mistake: whoever named a folder would think that it was looked at. */
export function refuseSurplus(command: Command, args: readonly string[]): void {
  const { takes = 0, usage } = command;
  const first = args[0] ?? '';
  const most = typeof takes === 'number' ? takes : Object.hasOwn(takes, first) ? takes[first] : takes[''];
  const surplus = args[most ?? 0];
  if (surplus !== undefined)
    throw wrongOption({
      nl: `"${surplus}" is hier een woord te veel. Zo gaat het: ${usage}`,
      en: `"${surplus}" is a word too many here. This is how: ${usage}`,
    });
}

/** Which of these words it is. `what` was asked. */
export function oneOf<T extends string>(what: Text, asked: string, words: readonly T[], code = 'unknown-choice'): T {
  const found = words.find((one) => one === asked);
  if (found !== undefined) return found;
  const near = nearest(asked, words);
  throw new Mistake(code, {
    nl: `${what.nl} is een van ${words.join(', ')}; niet "${asked}".${near === undefined ? '' : ` Bedoelde u "${near}"?`}`,
    en: `${what.en} is one of ${words.join(', ')}; not "${asked}".${near === undefined ? '' : ` Did you mean "${near}"?`}`,
  });
}

/** An option that cannot be like this. */
export function wrongOption(what: Text): Mistake {
  return new Mistake('usage', what);
}

/** Opens the home's world for one command and closes it, whatever happens. */
export async function withWorld<T>(context: Context, work: (world: OpenWorld) => Promise<T>): Promise<T> {
  const world = await openWorld({ config: context.config });
  try {
    return await work(world);
  } finally {
    await world.close();
  }
}
