/** What a command needs that works on a policy folder: the policy or its mistakes, the day, and where the result goes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import { openPolicyFolder, type PolicyFolder } from '../app/folder.ts';
import { DeclaredWrongly } from '../app/home.ts';
import { dayOf as dayIn, systemClock } from '../base/time.ts';
import type { Policy } from '../policy/index.ts';
import { Mistake } from '../promises/world.ts';
import { oneOf, text, type Context } from './command.ts';
import { faultText } from './faults.ts';

/** The folder that was named, else the home. Throws DeclaredWrongly with every mistake when its files are not right. */
export function policyFolder(context: Context, named: string | undefined): PolicyFolder & { readonly policy: Policy } {
  const folder = openPolicyFolder(named ?? context.config.home);
  if (!folder.parsed.value || folder.problems.length > 0)
    throw new DeclaredWrongly(folder.mistakes(dayOf(context, folder.parsed.value ?? null)));
  return { ...folder, policy: folder.parsed.value };
}

/** The day whose law counts: --at, else today where the organisation is. */
export function dayOf(context: Context, policy: Pick<Policy, 'organisation'> | null): string {
  const day = text(context, 'at') ?? dayIn(systemClock(), policy?.organisation.zone ?? 'UTC');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day)))
    throw new Mistake('not-a-day', {
      nl: `"${day}" is geen dag; schrijf bijvoorbeeld 2026-11-24.`,
      en: `"${day}" is not a day; write 2026-11-24 for example.`,
    });
  return day;
}

/** A file that was named: what cannot be read there is a mistake in what was typed. */
export function readNamed(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw atFile(file, cause);
  }
}

export function writeNamed(file: string, bytes: string | Uint8Array): void {
  try {
    writeFileSync(file, bytes);
  } catch (cause) {
    throw atFile(file, cause);
  }
}

/** A full disk is nobody's mistake. */
function atFile(file: string, cause: unknown): unknown {
  const { code, syscall } = cause as NodeJS.ErrnoException;
  if (syscall === undefined || code === 'ENOSPC' || code === 'EIO') return cause;
  const { nl, en } = faultText({ code, path: file });
  return new Mistake(code === 'ENOENT' ? 'no-such-file' : 'file', { nl: `${nl}.`, en: `${en}.` });
}

/** A choice among words; the first when none was made. */
export function choice<T extends string>(context: Context, name: string, words: readonly [T, ...T[]]): T {
  const asked = text(context, name);
  return asked === undefined ? words[0] : oneOf({ nl: `--${name}`, en: `--${name}` }, asked, words);
}

/** What --format asks for, else what the name of --out says, else the first. */
export function formatOf<T extends string>(context: Context, formats: readonly [T, ...T[]]): T {
  const out = text(context, 'out');
  const ending = out === undefined ? undefined : formats.find((one) => `.${one}` === extname(out).toLowerCase());
  return text(context, 'format') === undefined && ending !== undefined ? ending : choice(context, 'format', formats);
}

/** To the file of --out, else to standard output; what is not text goes to no screen. */
export function deliver(context: Context, bytes: Uint8Array, isText: boolean): void {
  const { out } = context;
  const file = text(context, 'out');
  if (file === undefined && !isText) {
    if (out.raw(bytes)) return;
    throw new Mistake('out-needed', {
      nl: 'Dit formaat past niet op een scherm: noem met --out een bestand.',
      en: 'This format does not fit a screen: name a file with --out.',
    });
  }
  if (file === undefined) {
    const shown = new TextDecoder().decode(bytes);
    out.line(shown.replace(/\n$/, ''));
    out.result({ text: shown });
    return;
  }
  writeNamed(file, bytes);
  out.line(`  ${out.paint('✔', 'green')} ${file}`);
  out.result({ out: file, bytes: bytes.length });
}
