/**
 * YAML files read against a schema: every mistake at once, each with file, line, column, what was expected and the nearest
 * valid word. Knows nothing of privacy; policy, estate, profiles and law all come in this way.
 */
import { isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { z } from 'zod';
import type { Language, Text } from './language.ts';
import { mistakeOf, unknownKey, type Mistake } from './yaml-mistakes.ts';
import { syntaxText } from './yaml-syntax.ts';

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

export interface Read<T> {
  readonly value: T | null;
  readonly problems: Problem[];
  /** A problem at a place in the file, for checks that come after the schema's. */
  problem(path: Path, message: string | Text, nearest?: string): Problem;
}

const mostBytes = 2_000_000;

/** Reads one file. Never throws on its content. */
export function readYaml<T extends z.ZodType>(source: Source, schema: T): Read<z.output<T>> {
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
  if (Buffer.byteLength(source.text) > mostBytes) {
    const tooLarge = {
      file: source.name,
      line: 1,
      column: 1,
      path: '',
      message: `the file is larger than ${mostBytes} bytes`,
      dutch: `het bestand is groter dan ${mostBytes} bytes`,
    };
    return { value: null, problems: [tooLarge], problem: (path, message) => located(0, path, message) };
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
  const syntax = [...document.errors, ...document.warnings].map((error) =>
    located(error.pos[0], [], syntaxText(error.code, firstLine(error.message))),
  );
  if (syntax.length > 0) return { value: null, problems: syntax, problem };
  let plain: unknown;
  try {
    plain = document.toJS({ maxAliasCount: 20 });
  } catch (cause) {
    return {
      value: null,
      problems: [located(0, [], syntaxText('', cause instanceof Error ? firstLine(cause.message) : 'cannot be read'))],
      problem,
    };
  }
  const parsed = schema.safeParse(plain);
  if (parsed.success) return { value: parsed.data, problems: [], problem };
  return {
    value: null,
    problems: parsed.error.issues.flatMap((issue) => explain(issue, plain, problem, schema)),
    problem,
  };
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}

function explain(
  issue: z.core.$ZodIssue,
  plain: unknown,
  problem: Read<unknown>['problem'],
  schema: z.ZodType,
): Problem[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  const say = (at: Path, { text, words, meant }: Mistake, word: unknown): Problem =>
    problem(at, text, meant ?? nearest(word === null || word === undefined ? '' : String(word), words));
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path, plain);
    return issue.keys.map((key) => say([...path, key], unknownKey(key, known), key));
  }
  const given = valueAt(plain, path);
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const inner = nearestShape(issue.errors);
    if (inner.some((one) => one.path.length > 0))
      return inner.flatMap((one) => explain({ ...one, path: [...issue.path, ...one.path] }, plain, problem, schema));
  }
  return [
    say(path, mistakeOf(issue, given, keysAt(schema, path, plain)), typeof given === 'object' ? undefined : given),
  ];
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

/** Where a path stands in the file: its key when there is one, else the nearest place above it. */
function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part));
      if (!pair) return offset;
      offset = (isNode(pair.key) ? startOf(pair.key) : null) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(part)];
      if (item === undefined) return offset;
      node = isPair(item) ? item.value : item;
      offset = startOf(node) ?? offset;
    } else return offset;
  }
  return offset;
}

function startOf(node: unknown): number | null {
  return isNode(node) ? ((node as Node).range?.[0] ?? null) : null;
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
