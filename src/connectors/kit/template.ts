/**
 * Path templates as data: "{yyyy}/{MM}/{dd}/{type}-{called}-{caller}-{stamp}-{uniqueid}.{ext:wav|mp3}".
 *
 * {name}      one or more characters except "/" and the literal character that follows the token
 * {name:*}    as many as possible up to the last such literal, within one folder name
 * {name:a|b}  one of these words
 * {yyyy} {MM} {dd} {HH} {mm} {ss}  digits; {Mon} an English month name of three letters
 *
 * Matching reads each character at most a few times: no expression of an author can make it slow.
 */
import { evenDay, fromWall } from '../../base/time.ts';
import type { Item } from './condition.ts';
import type { Clock, Dataset, Key, Layer, Scalar } from './dataset.ts';

interface Token {
  readonly name: string;
  readonly kind: 'until' | 'greedy' | 'words' | 'digits' | 'month';
  readonly words: readonly string[];
  readonly digits: number;
}

export interface Template {
  readonly text: string;
  readonly parts: readonly (string | Token)[];
}

const dateDigits: Record<string, number> = { yyyy: 4, MM: 2, dd: 2, HH: 2, mm: 2, ss: 2 };
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Throws RangeError that says what is wrong with the template. */
export function parseTemplate(text: string): Template {
  const parts: (string | Token)[] = [];
  for (let at = 0; at < text.length;) {
    const open = text.indexOf('{', at);
    if (open < 0 || open > at) parts.push(text.slice(at, open < 0 ? undefined : open));
    if (open < 0) break;
    const close = text.indexOf('}', open);
    if (close < 0) throw new RangeError(`the template "${text}" opens a { and does not close it`);
    parts.push(parseToken(text.slice(open + 1, close), text));
    at = close + 1;
  }
  for (const [i, part] of parts.entries()) {
    const next = parts[i + 1];
    if (typeof part === 'object' && part.kind === 'until' && typeof next === 'object' && next.kind === 'until') {
      throw new RangeError(
        `the template "${text}" has {${part.name}} and {${next.name}} side by side: nothing tells where one ends`,
      );
    }
  }
  if (text.startsWith('/') || text.split('/').includes('..'))
    throw new RangeError(`the template "${text}" must stay below its root`);
  return { text, parts };
}

function parseToken(body: string, text: string): Token {
  const colon = body.indexOf(':');
  const name = colon < 0 ? body : body.slice(0, colon);
  const how = colon < 0 ? '' : body.slice(colon + 1);
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name))
    throw new RangeError(`the template "${text}" has a token without a proper name`);
  const base = { name, words: [], digits: 0 };
  if (how === '' && name === 'Mon') return { ...base, kind: 'month' };
  if (how === '' && dateDigits[name] !== undefined) return { ...base, kind: 'digits', digits: dateDigits[name] };
  if (how === '') return { ...base, kind: 'until' };
  if (how === '*') return { ...base, kind: 'greedy' };
  return { ...base, kind: 'words', words: how.split('|').toSorted((a, b) => b.length - a.length) };
}

/** The names of the groups, in order of appearance. */
export function groupsOf(template: Template): string[] {
  return template.parts.flatMap((part) => (typeof part === 'string' ? [] : [part.name]));
}

/** The groups of a path that fits the template wholly; null when it does not fit. */
export function match(template: Template, path: string): Record<string, string> | null {
  const groups: Record<string, string> = {};
  const { parts } = template;
  let at = 0;
  for (let i = 0; i < parts.length; i += 1) {
    const part = parts[i];
    if (typeof part === 'string') {
      if (!path.startsWith(part, at)) return null;
      at += part.length;
    } else if (part !== undefined) {
      const end = tokenEnd(part, parts[i + 1], path, at);
      if (end <= at) return null;
      groups[part.name] = path.slice(at, end);
      at = end;
    }
  }
  return at === path.length ? groups : null;
}

/** Where the token's text ends; -1 where it does not fit. */
function tokenEnd(token: Token, next: string | Token | undefined, path: string, at: number): number {
  switch (token.kind) {
    case 'digits': {
      const end = at + token.digits;
      return end <= path.length && isDigits(path, at, end) ? end : -1;
    }
    case 'month':
      return months.includes(path.slice(at, at + 3)) ? at + 3 : -1;
    case 'words': {
      const word = token.words.find((one) => path.startsWith(one, at));
      return word === undefined ? -1 : at + word.length;
    }
    case 'until':
    case 'greedy': {
      const slash = path.indexOf('/', at);
      const folderEnd = slash < 0 ? path.length : slash;
      if (typeof next !== 'string' || next.startsWith('/')) return folderEnd;
      const end =
        token.kind === 'until'
          ? path.indexOf(next.charAt(0), at)
          : path.slice(0, folderEnd).lastIndexOf(next.split('/')[0] ?? next);
      return end > folderEnd ? -1 : end;
    }
  }
}

function isDigits(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

/** A path from an item's fields; {field:yyyy} takes a part of a time as the zone shows it. Null when a field is empty. */
export function render(text: string, fields: Readonly<Record<string, Scalar>>, zone: string): string | null {
  let missing = false;
  const path = text.replace(
    /\{([A-Za-z][A-Za-z0-9_]*)(?::([A-Za-z]+))?\}/g,
    (_, name: string, part: string | undefined) => {
      const value = fields[name];
      if (value === null || value === undefined || value === '') {
        missing = true;
        return '';
      }
      return part === undefined
        ? String(value)
        : datePart(String(value instanceof Date ? value.toISOString() : value), part, zone);
    },
  );
  return missing ? null : path.replace(/\/{2,}/g, '/');
}

/** The file of a layer that goes with this item; null where the item has none. */
export function layerKey(dataset: Dataset, layer: Layer, item: Item): Key | null {
  if (layer.path === undefined) return null;
  const zone = Object.values(dataset.clocks)[0]?.zone ?? 'UTC';
  const path = render(layer.path, item.fields, zone);
  return path === null ? null : [path];
}

/** Every field that such a path is made of. */
export function fieldsIn(text: string): string[] {
  return [...text.matchAll(/\{([A-Za-z][A-Za-z0-9_]*)(?::[A-Za-z]+)?\}/g)].flatMap((found) => found[1] ?? []);
}

/** The fields that stand in such a path as they are: "{calldate:yyyy}/{recordingfile}" has one. */
export function wholeFields(text: string): string[] {
  return [...text.matchAll(/\{([A-Za-z][A-Za-z0-9_]*)\}/g)].flatMap((found) => found[1] ?? []);
}

function datePart(value: string, part: string, _zone: string): string {
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d):(\d\d))?/.exec(value);
  const [, yyyy = '', MM = '', dd = '', HH = '00', mm = '00', ss = '00'] = found ?? [];
  const parts: Record<string, string> = { yyyy, MM, dd, HH, mm, ss, Mon: months[Number(MM) - 1] ?? '' };
  return parts[part] ?? '';
}

/** What the clock reads from a path's groups, in milliseconds; the file is looked at only when the chain comes to its time. */
export function readTreeClock(
  clock: Clock,
  groups: Readonly<Record<string, string>>,
  stat: () => { readonly mtimeMs: number } | null,
): number | null {
  for (const reading of clock.readings) {
    if ('groups' in reading) {
      const at = fromGroups(reading.groups, groups, clock.zone);
      if (at !== null) return at;
    } else if ('epochGroup' in reading) {
      const seconds = Number(groups[reading.epochGroup]);
      if (Number.isFinite(seconds) && seconds > 0) return Math.round(seconds * 1000);
    } else if ('mtime' in reading) {
      const ms = stat()?.mtimeMs ?? 0;
      if (ms > 0) return Math.floor(ms);
    }
  }
  return null;
}

function fromGroups(names: readonly string[], groups: Readonly<Record<string, string>>, zone: string): number | null {
  let [count, day, time] = [0, 0, 0];
  for (const name of names) {
    const value = groups[name];
    if (value === undefined) return null;
    if (name === 'Mon') {
      count += 2;
      day = day * 100 + months.indexOf(value) + 1;
      continue;
    }
    for (let i = 0; i < value.length; i += 1) {
      const digit = value.charCodeAt(i) - 48;
      if (digit < 0 || digit > 9) continue;
      count += 1;
      if (count <= 8) day = day * 10 + digit;
      else time = time * 10 + digit;
    }
  }
  // What is not told is taken as late as it can be: a day without a time is over at its end.
  if (count === 8) return wallOf(day, 235_959, zone);
  if (count === 10) return wallOf(day, time * 10_000 + 5_959, zone);
  if (count === 12) return wallOf(day, time * 100 + 59, zone);
  return count === 14 ? wallOf(day, time, zone) : null;
}

/** Days repeat in a tree of files: for each zone a few thousand are remembered, then forgotten together. */
const days = new Map<string, Map<number, number | null>>();

/** The instant at which the wall clock of this zone shows yyyyMMdd and HHmmss. */
function wallOf(day: number, time: number, zone: string): number | null {
  let known = days.get(zone);
  if (!known) days.set(zone, (known = new Map()));
  let start = known.get(day);
  if (start === undefined) {
    start = evenDay(dayText(day), zone);
    if (known.size >= 5_000) known.clear();
    known.set(day, start);
  }
  const [H, M, S] = [Math.floor(time / 10_000), Math.floor(time / 100) % 100, time % 100];
  if (start !== null && H < 24 && M < 60 && S < 60) return start + ((H * 60 + M) * 60 + S) * 1000;
  return fromWall(`${dayText(day)} ${two(H)}:${two(M)}:${two(S)}`, zone)?.epochMilliseconds ?? null;
}

function dayText(day: number): string {
  return `${String(Math.floor(day / 10_000)).padStart(4, '0')}-${two(Math.floor(day / 100) % 100)}-${two(day % 100)}`;
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
