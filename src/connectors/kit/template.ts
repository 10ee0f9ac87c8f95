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
import type { Text } from '../../base/language.ts';
import { evenDay, fromWall, instant, wallCutoff } from '../../base/time.ts';
import type { Item } from './condition.ts';
import type { Clock, Dataset, Key, Layer, Scalar } from './dataset.ts';

interface Token {
  readonly name: string;
  readonly kind: 'until' | 'greedy' | 'words' | 'digits' | 'month';
  readonly words: readonly string[];
  readonly digits: number;
}

type Part = string | Token;

export interface Template {
  readonly text: string;
  /** What the name of each folder and, last, of the file is made of: no token reaches over a "/". */
  readonly names: readonly (readonly Part[])[];
}

const dateDigits: Record<string, number> = { yyyy: 4, MM: 2, dd: 2, HH: 2, mm: 2, ss: 2 };
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** What is wrong with a template. */
export class TemplateFault extends RangeError {
  readonly text: Text;
  constructor(text: Text) {
    super(text.en);
    this.name = 'TemplateFault';
    this.text = text;
  }
}

const fault = (template: string, nl: string, en: string): TemplateFault =>
  new TemplateFault({ nl: `het sjabloon "${template}" ${nl}`, en: `the template "${template}" ${en}` });

/** Throws TemplateFault. */
export function parseTemplate(text: string): Template {
  const parts: Part[] = [];
  for (let at = 0; at < text.length;) {
    const open = text.indexOf('{', at);
    if (open < 0 || open > at) parts.push(text.slice(at, open < 0 ? undefined : open));
    if (open < 0) break;
    const close = text.indexOf('}', open);
    if (close < 0) throw fault(text, 'opent een { en sluit die niet', 'opens a { and does not close it');
    parts.push(parseToken(text.slice(open + 1, close), text));
    at = close + 1;
  }
  for (const [i, part] of parts.entries()) {
    const next = parts[i + 1];
    if (typeof part === 'object' && part.kind === 'until' && typeof next === 'object' && next.kind === 'until') {
      throw fault(
        text,
        `heeft {${part.name}} en {${next.name}} naast elkaar: nergens aan is te zien waar de eerste ophoudt`,
        `has {${part.name}} and {${next.name}} side by side: nothing tells where one ends`,
      );
    }
  }
  if (text.startsWith('/') || text.split('/').includes('..'))
    throw fault(text, 'moet onder zijn hoofdmap blijven', 'must stay below its root');
  return { text, names: namesOf(parts) };
}

function namesOf(parts: readonly Part[]): Part[][] {
  let name: Part[] = [];
  const names = [name];
  for (const part of parts) {
    const [first = '', ...more] = typeof part === 'string' ? part.split('/') : [part];
    if (first !== '') name.push(first);
    for (const next of more) names.push((name = next === '' ? [] : [next]));
  }
  return names;
}

function parseToken(body: string, text: string): Token {
  const colon = body.indexOf(':');
  const name = colon < 0 ? body : body.slice(0, colon);
  const how = colon < 0 ? '' : body.slice(colon + 1);
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name))
    throw fault(text, 'heeft een { } zonder goede naam', 'has a token without a proper name');
  const base = { name, words: [], digits: 0 };
  if (how === '' && name === 'Mon') return { ...base, kind: 'month' };
  if (how === '' && dateDigits[name] !== undefined) return { ...base, kind: 'digits', digits: dateDigits[name] };
  if (how === '') return { ...base, kind: 'until' };
  if (how === '*') return { ...base, kind: 'greedy' };
  if (how.includes('/'))
    throw fault(
      text,
      `heeft een "/" in {${name}}: een { } blijft binnen één naam`,
      `has a "/" in {${name}}: a token stays within one name`,
    );
  return { ...base, kind: 'words', words: how.split('|').toSorted((a, b) => b.length - a.length) };
}

/** The names of the groups, in order of appearance. */
export function groupsOf(template: Template): string[] {
  return template.names.flat().flatMap((part) => (typeof part === 'string' ? [] : [part.name]));
}

/** The groups of a path that fits the template wholly; null when it does not fit. */
export function match(template: Template, path: string): Record<string, string> | null {
  const names = path.split('/');
  if (names.length !== template.names.length) return null;
  const groups: Record<string, string> = {};
  return names.every((name, i) => take(template.names[i] ?? [], name, groups)) ? groups : null;
}

function take(parts: readonly Part[], name: string, groups: Record<string, string>): boolean {
  const spans: number[] = [];
  if (!fits(parts, name, spans)) return false;
  tokensOf(parts).forEach((token, i) => (groups[token.name] = name.slice(spans[2 * i], spans[2 * i + 1])));
  return true;
}

/** A template in one folder: what the folder's own path says is read once for all the names in it. */
export interface InFolder {
  fits(name: string): boolean;
  /** A group of the name that was asked about last, and fitted. */
  group(name: string): string | undefined;
}

/** Null when nothing in this folder ("a/b/", "" for the root) can fit. */
export function inFolder(template: Template, folder: string): InFolder | null {
  const folders = folder === '' ? [] : folder.slice(0, -1).split('/');
  const last = template.names.at(-1) ?? [];
  const groups: Record<string, string> = {};
  if (folders.length !== template.names.length - 1) return null;
  if (!folders.every((name, i) => take(template.names[i] ?? [], name, groups))) return null;
  const tokens = tokensOf(last);
  const spans: number[] = [];
  let read = '';
  return {
    fits: (name) => fits(last, (read = name), spans),
    group: (name) => {
      // Of two tokens of one name the last one counts, and the file's before the folders'.
      for (let i = tokens.length - 1; i >= 0; i -= 1)
        if (tokens[i]?.name === name) return read.slice(spans[2 * i], spans[2 * i + 1]);
      return groups[name];
    },
  };
}

function tokensOf(parts: readonly Part[]): Token[] {
  return parts.filter((part) => typeof part !== 'string');
}

/** Whether the whole name fits; then `spans` tells where each token begins and ends. */
function fits(parts: readonly Part[], name: string, spans: number[]): boolean {
  let at = 0;
  let n = 0;
  for (let i = 0; i < parts.length; i += 1) {
    const part = parts[i];
    if (typeof part === 'string') {
      if (!name.startsWith(part, at)) return false;
      at += part.length;
    } else if (part !== undefined) {
      const end = tokenEnd(part, parts[i + 1], name, at);
      if (end <= at) return false;
      spans[n] = at;
      spans[n + 1] = at = end;
      n += 2;
    }
  }
  return at === name.length;
}

/** Where the token's text ends; -1 where it does not fit. */
function tokenEnd(token: Token, next: Part | undefined, name: string, at: number): number {
  switch (token.kind) {
    case 'digits': {
      const end = at + token.digits;
      return end <= name.length && isDigits(name, at, end) ? end : -1;
    }
    case 'month':
      return months.includes(name.slice(at, at + 3)) ? at + 3 : -1;
    case 'words': {
      for (const word of token.words) if (name.startsWith(word, at)) return at + word.length;
      return -1;
    }
    case 'until':
      return typeof next === 'string' ? name.indexOf(next.charAt(0), at) : name.length;
    case 'greedy':
      return typeof next === 'string' ? name.lastIndexOf(next) : name.length;
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

/** A time that says it is UTC lies in the folder of the day that the zone showed then; one without a zone is that day's already. */
function asShown(value: string, zone: string): string {
  const utc = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d+)?)(?:Z|\+00(?::?00)?)$/.exec(value);
  return utc ? wallCutoff(instant(`${utc[1]}T${utc[2]}Z`), zone) : value;
}

function datePart(text: string, part: string, zone: string): string {
  const value = asShown(text, zone);
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d):(\d\d))?/.exec(value);
  const [, yyyy = '', MM = '', dd = '', HH = '00', mm = '00', ss = '00'] = found ?? [];
  const parts: Record<string, string> = { yyyy, MM, dd, HH, mm, ss, Mon: months[Number(MM) - 1] ?? '' };
  return parts[part] ?? '';
}

/** What the clock reads from a path's groups, in milliseconds; the file is looked at only when the chain comes to its time. */
export function readTreeClock(
  clock: Clock,
  group: (name: string) => string | undefined,
  stat: () => { readonly mtimeMs: number } | null,
): number | null {
  for (const reading of clock.readings) {
    if ('groups' in reading) {
      const at = fromGroups(reading.groups, group, clock.zone);
      if (at !== null) return at;
    } else if ('epochGroup' in reading) {
      const seconds = Number(group(reading.epochGroup));
      if (Number.isFinite(seconds) && seconds > 0) return Math.round(seconds * 1000);
    } else if ('mtime' in reading) {
      const ms = stat()?.mtimeMs ?? 0;
      if (ms > 0) return Math.floor(ms);
    }
  }
  return null;
}

function fromGroups(
  names: readonly string[],
  group: (name: string) => string | undefined,
  zone: string,
): number | null {
  let [count, day, time] = [0, 0, 0];
  for (const name of names) {
    const value = group(name);
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
