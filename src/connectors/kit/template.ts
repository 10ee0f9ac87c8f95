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
import { fromWall, instantFromEpochMs, type Instant } from '../../base/time.ts';
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
  let at = 0;
  for (const [i, part] of template.parts.entries()) {
    if (typeof part === 'string') {
      if (!path.startsWith(part, at)) return null;
      at += part.length;
      continue;
    }
    const end = tokenEnd(part, template.parts[i + 1], path, at);
    if (end === null || end <= at) return null;
    groups[part.name] = path.slice(at, end);
    at = end;
  }
  return at === path.length ? groups : null;
}

function tokenEnd(token: Token, next: string | Token | undefined, path: string, at: number): number | null {
  const slash = path.indexOf('/', at);
  const folderEnd = slash < 0 ? path.length : slash;
  switch (token.kind) {
    case 'digits': {
      const end = at + token.digits;
      if (end > folderEnd) return null;
      for (let i = at; i < end; i += 1) {
        const code = path.charCodeAt(i);
        if (code < 48 || code > 57) return null;
      }
      return end;
    }
    case 'month':
      return months.includes(path.slice(at, at + 3)) ? at + 3 : null;
    case 'words': {
      const word = token.words.find((one) => path.startsWith(one, at));
      return word === undefined ? null : at + word.length;
    }
    case 'until':
    case 'greedy': {
      if (typeof next !== 'string' || next.startsWith('/')) return folderEnd;
      const stop = next[0] ?? '';
      const whole = next.split('/')[0] ?? next;
      const end = token.kind === 'until' ? path.indexOf(stop, at) : path.slice(0, folderEnd).lastIndexOf(whole);
      return end < 0 || end > folderEnd ? null : end;
    }
  }
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

/** What the clock reads from a path's groups; `mtime` (milliseconds) is asked for only when the chain comes to it. */
export function readTreeClock(
  clock: Clock,
  groups: Readonly<Record<string, string>>,
  mtime: () => number | null,
): Instant | null {
  for (const reading of clock.readings) {
    if ('groups' in reading) {
      const at = fromGroups(reading.groups, groups, clock.zone);
      if (at) return at;
    } else if ('epochGroup' in reading) {
      const seconds = Number(groups[reading.epochGroup]);
      if (Number.isFinite(seconds) && seconds > 0) return instantFromEpochMs(Math.round(seconds * 1000));
    } else if ('mtime' in reading) {
      const ms = mtime();
      if (ms !== null && ms > 0) return instantFromEpochMs(Math.floor(ms));
    }
  }
  return null;
}

function fromGroups(names: readonly string[], groups: Readonly<Record<string, string>>, zone: string): Instant | null {
  let digits = '';
  for (const name of names) {
    const value = groups[name];
    if (value === undefined) return null;
    const month = name === 'Mon' ? months.indexOf(value) + 1 : 0;
    digits += name === 'Mon' ? String(month).padStart(2, '0') : value.replace(/\D/g, '');
  }
  const found = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(?:(\d\d)(\d\d)?)?)?$/.exec(digits);
  if (!found) return null;
  const [, y = '', m = '', d = '', H, M, S] = found;
  // What is not told is taken as late as it can be: a day without a time is over at its end.
  return wallOf(`${y}-${m}-${d} ${H ?? '23'}:${M ?? '59'}:${S ?? '59'}`, zone);
}

/** Days repeat in a tree of files: a few thousand readings are remembered, then forgotten together. */
const walls = new Map<string, Instant | null>();

function wallOf(text: string, zone: string): Instant | null {
  const name = `${zone} ${text}`;
  const known = walls.get(name);
  if (known !== undefined) return known;
  const at = fromWall(text, zone);
  if (walls.size >= 5_000) walls.clear();
  walls.set(name, at);
  return at;
}
