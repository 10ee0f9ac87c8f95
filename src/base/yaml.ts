/**
 * YAML files read against a schema: every mistake at once, each with file, line, column, what was expected and the nearest
 * valid word. Knows nothing of privacy; policy, estate, profiles and law all come in this way.
 */
import { isMap, LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import type { Language, Text } from './language.ts';
import { mistakeOf, unknownKey, type Mistake } from './yaml-mistakes.ts';
import { idsIn, keysIn, noNames, wrongAt, type Names, type Partly } from './yaml-parts.ts';
import { nodeAt, offsetOf, renamed, repeatedKeys } from './yaml-places.ts';
import { looseStar, syntaxFaults } from './yaml-syntax.ts';

export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Where in the file, as "retention[2].keep". */
  readonly path: string;
  /** In English. */
  readonly message: string;
  /** The same in Dutch, where it exists. */
  readonly dutch?: string;
  /** The nearest valid word, when there is one. */
  readonly nearest?: string;
}

export interface Source {
  readonly name: string;
  readonly text: string;
}

export type Path = readonly (string | number)[];

export interface Read<T, Given = unknown> {
  /** Null as soon as there is one mistake. */
  readonly value: T | null;
  /** In the order of the file. */
  readonly problems: Problem[];
  /** A problem at a place in the file, for checks that come after the schema's. */
  problem(path: Path, message: string | Text, nearest?: string): Problem;
  /** As it is written, without what is wrong; undefined when nothing of it can be read. */
  readonly part: Partly<Given> | undefined;
  /** Whether the schema has a mistake at this place, in it, or in what holds it. */
  wrong(path: Path): boolean;
  /** The ids of a list, also of what is wrong in it. */
  ids(path: Path): Names;
  /** The keys of a block, also of what is wrong in it. */
  keys(path: Path): Names;
}

const mostBytes = 2_000_000;
/** How often a key that is a slip is taken for what it was meant to be, before the rest is left for the next time. */
const mostRounds = 5;

/** Reads one file. Never throws on its content. */
export function readYaml<T extends z.ZodType>(source: Source, schema: T): Read<z.output<T>, z.input<T>> {
  const lines = new LineCounter();
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(Math.max(0, offset));
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const located = (offset: number, path: Path, message: string | Text, nearest?: string): Problem => ({
    file: source.name,
    ...at(offset),
    path: pathText(path),
    ...(typeof message === 'string' ? { message } : { message: message.en, dutch: message.nl }),
    ...(nearest === undefined ? {} : { nearest }),
  });
  const unread = (problems: Problem[], problem: Read<unknown>['problem']): Read<z.output<T>, z.input<T>> => ({
    value: null,
    problems,
    problem,
    part: undefined,
    wrong: () => true,
    ids: () => noNames,
    keys: () => noNames,
  });
  if (Buffer.byteLength(source.text) > mostBytes) {
    const tooLarge = {
      nl: `het bestand is groter dan ${mostBytes} bytes`,
      en: `the file is larger than ${mostBytes} bytes`,
    };
    return unread([located(0, [], tooLarge)], (path, message) => located(0, path, message));
  }
  const document = parseDocument(source.text, {
    lineCounter: lines,
    strict: true,
    uniqueKeys: true,
    // Without this a list as a key is turned into text, and its content goes to standard error as a warning of the process.
    stringKeys: true,
    merge: false,
    version: '1.2',
  });
  const problem = (path: Path, message: string | Text, nearest?: string): Problem =>
    located(offsetOf(document, path), path, message, nearest);
  const syntax = syntaxFaults(source.text, document).map((one) => located(one.at, [], one.text));
  // A key that is there twice leaves the rest of the file as readable as it was.
  if ([...document.errors, ...document.warnings].some((one) => one.code !== 'DUPLICATE_KEY'))
    return unread(inOrder(syntax), problem);
  const twice = syntax.length === 0 ? [] : repeatedKeys(document.contents, []);
  let plain: unknown;
  let slips: Slip[] = [];
  let told: Told[] = [];
  for (let round = 0; ; round += 1) {
    try {
      plain = document.toJS({ maxAliasCount: 20 });
    } catch (cause) {
      const message = cause instanceof Error ? firstLine(cause.message) : '';
      const star = looseStar(document) ?? {
        at: 0,
        text: { nl: `dit kan niet worden gelezen: ${message}`, en: `this cannot be read: ${message}` },
      };
      return unread([...syntax, located(star.at, [], star.text)], problem);
    }
    const parsed = schema.safeParse(plain);
    if (parsed.success && slips.length === 0 && syntax.length === 0)
      return {
        value: parsed.data,
        problems: [],
        problem,
        part: plain as Partly<z.input<T>>,
        wrong: () => false,
        ids: (path) => idsIn(valueAt(plain, path), path, wrongAt([])),
        keys: (path) => keysIn(valueAt(plain, path), path, wrongAt([])),
      };
    told = parsed.success ? [] : parsed.error.issues.flatMap((issue) => explain(issue, plain, problem, schema));
    const next = round < mostRounds ? mended(document, plain, told) : [];
    slips = [...slips, ...next];
    if (next.length === 0) break;
  }
  const meant = new Set(slips.map((one) => pathText(one.path)));
  const wrong = wrongAt([...told.map((one) => one.path), ...twice]);
  return {
    value: null,
    problems: inOrder([
      ...syntax,
      ...slips.map((one) => one.problem),
      // What was taken for another key, and is not even of its kind, was told as the unknown key that it is.
      ...told.filter((one) => !one.shape || !meant.has(pathText(one.path))).map((one) => one.problem),
    ]),
    problem,
    part: wrong.cut(plain) as Partly<z.input<T>> | undefined,
    wrong: wrong.at,
    ids: (path) => idsIn(valueAt(plain, path), path, wrong),
    keys: (path) => keysIn(valueAt(plain, path), path, wrong),
  };
}

const lastRead = new WeakMap<z.ZodType, Map<string, { readonly text: string; readonly read: unknown }>>();
/** A home and the program have a few dozen files; of more only the last are kept. */
const mostKept = 64;

/**
 * As `readYaml`; a file whose text is what it was the last time is not read anew. For files that stay while another is written:
 * a server holds every draft of a policy against the same law and profiles. What is read is shared: nobody may change it.
 */
export function readUnchanged<T extends z.ZodType>(source: Source, schema: T): Read<z.output<T>, z.input<T>> {
  const kept = lastRead.get(schema) ?? new Map<string, { readonly text: string; readonly read: unknown }>();
  const last = kept.get(source.name);
  if (last?.text === source.text) return last.read as Read<z.output<T>, z.input<T>>;
  const read = readYaml(source, schema);
  if (kept.size >= mostKept) kept.clear();
  kept.set(source.name, { text: source.text, read });
  lastRead.set(schema, kept);
  return read;
}

/** By place in the file; what is told twice of one part only once. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .filter((one) => {
      const name = JSON.stringify([one.file, one.line, one.column, one.path, one.message]);
      if (seen.has(name)) return false;
      seen.add(name);
      return true;
    });
}

/** A mistake of the schema: where, and how it is told. */
interface Told {
  readonly path: Path;
  readonly problem: Problem;
  /** Nothing of this kind belongs there, or nothing is there. */
  readonly shape: boolean;
  /** An unknown key: what was most likely meant, when that is not there. */
  readonly meant?: string;
}

interface Slip {
  /** Where it belongs. */
  readonly path: Path;
  readonly problem: Problem;
}

/** Takes each slip in a key for the key that was meant, in the document: what stands under it is then looked at as well. */
function mended(document: Document, plain: unknown, told: readonly Told[]): Slip[] {
  const slips: Slip[] = [];
  const taken = new Set<string>();
  for (const { path, problem, meant } of told) {
    if (meant === undefined) continue;
    const meantPath = [...path.slice(0, -1), meant];
    const holder = nodeAt(document, path.slice(0, -1));
    if (!isMap(holder) || valueAt(plain, meantPath) !== undefined) continue;
    if (taken.has(pathText(meantPath))) continue;
    if (!renamed(holder, path.at(-1) ?? '', meant)) continue;
    taken.add(pathText(meantPath));
    slips.push({ path: meantPath, problem });
  }
  return slips;
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}

function explain(
  issue: z.core.$ZodIssue,
  plain: unknown,
  problem: Read<unknown>['problem'],
  schema: z.ZodType,
): Told[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  const say = (at: Path, { text, words, meant }: Mistake, word: unknown): Problem =>
    problem(at, text, meant ?? nearest(word === null || word === undefined ? '' : String(word), words));
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path, plain);
    return issue.keys.map((key) => {
      // A key without a value within brackets is the rest of a text with a comma.
      const near = nearest(key, known) ?? '';
      const rest =
        valueAt(plain, [...path, key]) === null && (near === '' || valueAt(plain, [...path, near]) !== undefined);
      const slip = say([...path, key], unknownKey(key, known, rest), key);
      return {
        path: [...path, key],
        problem: slip,
        shape: false,
        ...(slip.nearest === undefined ? {} : { meant: slip.nearest }),
      };
    });
  }
  const given = valueAt(plain, path);
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const inner = nearestShape(issue.errors);
    if (inner.some((one) => one.path.length > 0))
      return inner.flatMap((one) => explain({ ...one, path: [...issue.path, ...one.path] }, plain, problem, schema));
  }
  const shape =
    issue.code === 'invalid_type' ||
    (issue.code === 'invalid_union' && issue.errors.flat().every((one) => one.code === 'invalid_type'));
  const mistake = mistakeOf(issue, given, keysAt(schema, path, plain));
  return [{ path, problem: say(path, mistake, typeof given === 'object' ? undefined : given), shape }];
}

/** Of a choice between shapes, the mistakes in the one that was most likely meant: what is there has it, and it is wrong least. */
function nearestShape(errors: z.core.$ZodIssueInvalidUnion['errors']): z.core.$ZodIssue[] {
  const shaped = errors.filter((one) => one.some(({ path, code }) => path.length > 0 || code === 'unrecognized_keys'));
  return shaped.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

function valueAt(plain: unknown, path: Path): unknown {
  let value = plain;
  for (const part of path) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}

/** The keys that a strict object allows at this place of the schema; none when it cannot be told. */
function keysAt(schema: z.ZodType, path: Path, plain: unknown): string[] {
  let here: unknown = schema;
  let value = plain;
  for (const part of [...path, null]) {
    here = unwrap(here, value);
    if (part === null) break;
    if (here instanceof z.ZodObject) here = here.shape[String(part)];
    else if (here instanceof z.ZodArray) here = here.element;
    else if (here instanceof z.ZodRecord) here = here.valueType;
    else return [];
    value = valueAt(value, [part]);
  }
  return here instanceof z.ZodObject ? Object.keys(here.shape) : [];
}

function unwrap(schema: unknown, value: unknown): unknown {
  let here = schema;
  for (;;) {
    if (
      here instanceof z.ZodOptional ||
      here instanceof z.ZodNullable ||
      here instanceof z.ZodDefault ||
      here instanceof z.ZodReadonly
    )
      here = here.unwrap();
    else if (here instanceof z.ZodPipe) here = here.in;
    else if (here instanceof z.ZodUnion) {
      const objects = here.options.filter((option): option is z.ZodObject => option instanceof z.ZodObject);
      const given = value !== null && typeof value === 'object' ? Object.keys(value) : [];
      const score = (option: z.ZodObject): number => given.filter((key) => key in option.shape).length;
      const best = objects.toSorted((a, b) => score(b) - score(a))[0];
      if (!best) return here;
      here = best;
    } else return here;
  }
}

function pathText(path: Path): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
}

/** The word that a person most likely meant, if any is near enough (Damerau-Levenshtein, at most a third of its letters). */
export function nearest(word: string, words: readonly string[]): string | undefined {
  let best: { word: string; distance: number } | undefined;
  for (const one of words) {
    const distance = editDistance(word.toLowerCase(), one.toLowerCase());
    if (!best || distance < best.distance) best = { word: one, distance };
  }
  return best && best.distance <= Math.max(2, Math.floor(best.word.length / 3)) ? best.word : undefined;
}

function editDistance(a: string, b: string): number {
  if (a.length > 64 || b.length > 64) return 64;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 64;
}

/** "policy.yaml:12:5 retention[2].keep: … (did you mean …?)" */
export function problemText(problem: Problem): string {
  return problemIn(problem, 'en');
}

export function problemIn(problem: Problem, language: Language): string {
  const { file, line, column, path } = problem;
  return `${file}:${line}:${column} ${path === '' ? '' : `${path}: `}${messageIn(problem, language)}`;
}

/** What is wrong and what was probably meant, without the place. */
export function messageIn(problem: Problem, language: Language): string {
  const { message, nearest: near } = inLanguage(problem, language);
  const meant = { nl: 'bedoelt u', en: 'did you mean' }[language];
  return near === undefined ? message : `${message} (${meant} "${near}"?)`;
}

/** With its message in this language, where it exists in it. */
export function inLanguage({ dutch, ...problem }: Problem, language: Language): Problem {
  return language === 'nl' && dutch !== undefined ? { ...problem, message: dutch } : problem;
}

/** Of many, for a refusal that is said in both languages. */
export function problemsText(problems: readonly Problem[]): Text {
  const said = (language: Language): string => problems.map((one) => problemIn(one, language)).join('\n');
  return { nl: said('nl'), en: said('en') };
}
