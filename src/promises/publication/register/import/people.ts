/** Whose data it is, which data, where it comes from and what permits it. */
import { subjectKinds } from '../../../../policy/sections/subjects.ts';
import { informed, kindsOfData } from '../../../../policy/phrases.ts';
import { named, notRead, remark, said, type At, type Cell } from './at.ts';
import { lines, type Item } from './cells.ts';
import type { DataDraft } from './draft.ts';
import { dataKind, isNothing, subjectKind } from './words.ts';

export function subjectsIn(at: At): string[] {
  const ids = named(at, 'subjects').map(
    ({ one }) =>
      at.draft.subjects.of(one.text, one.id, (id) => ({
        id,
        text: one.text,
        kind: subjectKinds.find((kind) => one.words.includes(kind)) ?? subjectKind(one.text),
      })).id,
  );
  return [...new Set(ids)];
}

export function dataIn(at: At, subjects: readonly string[]): DataDraft[] {
  return [...new Set(named(at, 'data', 'special').map(({ one, cell }) => category(at, one, cell, subjects)))];
}

function category(at: At, one: Item, cell: Cell, subjects: readonly string[]): DataDraft {
  const kinds = Object.keys(kindsOfData) as DataDraft['kind'][];
  const given = kinds.find((kind) => one.words.includes(kind));
  const guessed = cell.column === 'special' && dataKind(one.text) === 'ordinary' ? 'special' : dataKind(one.text);
  const text = given === undefined ? one.text : withoutKind(one.text, given);
  let isNew = false;
  const data = at.draft.data.of(text, one.id, (id) => {
    isNew = true;
    return {
      id,
      text,
      column: one.id === null ? cell.header : null,
      kind: given ?? guessed,
      subjects: new Set<string>(),
      sources: new Map(),
      condition: null,
      statute: null,
    };
  });
  const own = one.values['of']?.split(',').filter((id) => subjects.includes(id)) ?? subjects;
  for (const id of own.length === 0 ? subjects : own) data.subjects.add(id);
  if (isNew && given === undefined && data.kind !== 'ordinary')
    remark(
      at,
      'check',
      cell,
      text,
      `Gelezen als "${data.kind}" (${kindsOfData[data.kind].nl}): klopt dat?`,
      `Read as "${data.kind}" (${kindsOfData[data.kind].en}): is that right?`,
    );
  return data;
}

function withoutKind(text: string, kind: DataDraft['kind']): string {
  const tail = [kindsOfData[kind].nl, kindsOfData[kind].en]
    .map((word) => ` (${word})`)
    .find((one) => text.endsWith(one));
  return tail === undefined ? text : text.slice(0, -tail.length);
}

/** "Facturen: …" is about that one; null when the words name none of the data. */
export function about(text: string, data: readonly DataDraft[]): { one: DataDraft; rest: string } | null {
  const found = data.find((one) => text.toLowerCase().startsWith(`${one.text.toLowerCase()}:`));
  return found ? { one: found, rest: text.slice(found.text.length + 1).trim() } : null;
}

const self = /^(de )?(betrokkenen?|persoon)( zelf)?$|^(the )?(data subjects?|person|individual)$/i;

export function readSources(at: At, data: readonly DataDraft[]): void {
  for (const cell of said(at, 'sources'))
    for (const { text } of lines(cell.value)) {
      if (isNothing(text)) continue;
      const of = about(text, data);
      for (const part of (of?.rest ?? text).split(/;\s+/).filter((one) => one.trim() !== ''))
        for (const one of of ? [of.one] : data) {
          const source = sourceIn(part);
          one.sources.set(source.from, source.inform);
        }
    }
}

function sourceIn(text: string): { from: string | null; inform: keyof typeof informed | null } {
  if (self.test(text.trim())) return { from: null, inform: null };
  for (const key of Object.keys(informed) as (keyof typeof informed)[])
    for (const word of Object.values(informed[key]))
      if (text.endsWith(` (${word})`)) return { from: text.slice(0, -word.length - 3), inform: key };
  return { from: text.trim(), inform: null };
}

export function readExceptions(at: At, data: readonly DataDraft[]): void {
  const guarded = data.filter(({ kind }) => kind !== 'ordinary');
  for (const cell of said(at, 'exceptions'))
    for (const one of lines(cell.value)) {
      if (isNothing(one.text)) continue;
      const of = about(one.text, data);
      const target = of?.one ?? data.find(({ id }) => id === one.id) ?? (guarded.length === 1 ? guarded[0] : undefined);
      if (!target || !permit(target, one, of?.rest ?? one.text))
        notRead(
          at,
          cell,
          one.whole,
          'Bij welk gegeven hoort dit? Zet het onder "data" in "condition" of "statute".',
          'Which data is this about? Put it under "data" in "condition" or "statute".',
        );
    }
}

function permit(target: DataDraft, one: Item, text: string): boolean {
  const { statute } = one.values;
  if (statute !== undefined) {
    target.statute = statute;
    return true;
  }
  const letter = /\b9\W{0,2}(?:lid )?2\W{0,3}(?:onder |sub )?([a-j])\b\)?/i.exec(text);
  const national = text.replace(letter?.[0] ?? '', '').replaceAll(/^[\s;,.]+|[\s;,]+$/g, '');
  if (!letter && !/uavg|wet|art/i.test(national)) return false;
  const found = {
    gdpr: letter ? `9(2)(${letter[1]?.toLowerCase() ?? ''})` : null,
    national: national === '' ? null : inBrackets(national),
  };
  const known = target.condition;
  // The same data for another activity says the same again.
  if (known) return known.gdpr === found.gdpr && known.national === found.national;
  target.condition = found;
  return true;
}

/** "UAVG art. 30 lid 1 onder a" as law/ and policies write it: "UAVG art. 30(1)(a)". */
const inBrackets = (article: string): string =>
  article.replaceAll(/ lid (\d{1,2})/gi, '($1)').replaceAll(/(?<=[\d)]),? (?:onder|sub) ([a-z])\b/gi, '($1)');
