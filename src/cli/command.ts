/** The shape of a command. One file a command; main.ts lists them. */
import type { Text } from '../base/language.ts';
import { Refusal } from '../promises/world.ts';
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
  readonly options?: Readonly<Record<string, { type: 'string' | 'boolean'; multiple?: boolean; help: Text }>>;
  readonly examples: readonly string[];
  /** The exit code: see docs/cli.md. */
  run(context: Context): Promise<number>;
}

/** 0 done · 1 found something wrong, or not wholly done · 2 the call or the files are not right · 3 refused. */
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
    throw new Refusal('option-needed', { nl: `--${name} is nodig.`, en: `--${name} is needed.` });
  return value;
}

export function argument(context: Context, at: number, what: Text): string {
  const value = context.args[at];
  if (value === undefined) throw new Refusal('argument-needed', { nl: `Noem ${what.nl}.`, en: `Name ${what.en}.` });
  return value;
}

/** An option whose value cannot be: ends like a wrong command line. */
export function wrongOption(out: Output, what: Text): Error {
  return Object.assign(new Error(out.t(what)), { code: 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' });
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
