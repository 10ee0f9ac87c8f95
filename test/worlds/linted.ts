/** The reference policies, linted by the law of a day, with what of them is changed. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  lint,
  parsePolicy,
  readLaw,
  type EstateSummary,
  type LintReport,
  type Living,
} from '../../src/policy/index.ts';

export const lawFiles = ['nl.yaml', 'nl-duties.yaml', 'eu.yaml', 'packs/digital-omnibus.yaml'].map((name) => ({
  name,
  text: readFileSync(`law/${name}`, 'utf8'),
}));
const books = new Map(['', 'digital-omnibus'].map((pack) => [pack, readLaw(lawFiles, [pack])]));
export const provider = readFileSync('policies/it-provider/policy.yaml', 'utf8');
export const published = readFileSync('policies/it-provider-2019/policy.yaml', 'utf8');
export const today = '2026-11-25';

interface How {
  readonly at?: string;
  readonly pack?: string;
  readonly has?: (document: string) => boolean;
  readonly estate?: EstateSummary;
  readonly living?: Living;
}
export function linted(
  text: string,
  { at = today, pack = '', has = () => true, estate, living }: How = {},
): LintReport {
  const parsed = parsePolicy({ name: 'policy.yaml', text });
  assert.ok(parsed.value, JSON.stringify(parsed.problems));
  const book = books.get(pack);
  assert.ok(book);
  return lint({
    policy: parsed.value,
    parsed,
    book,
    at,
    has,
    estate: estate ?? null,
    ...(living ? { living } : {}),
  });
}
export const fired = (report: LintReport): string[] => [...new Set(report.findings.map((one) => one.rule))];
export const of = (report: LintReport, rule: string): LintReport['findings'] =>
  report.findings.filter((one) => one.rule === `GST-${rule}`);
export const change = (text: string, from: string | RegExp, to: string): string => {
  const changed = text.replace(from, to);
  assert.notEqual(changed, text);
  return changed;
};
export const rules = (letters: string): string[] =>
  letters
    .trim()
    .split(/\s+/)
    .map((one) => `GST-${one}`);
