/**
 * From the reference policy: its statement as a page, a register of 500 activities as a workbook, and a lint, each beside the
 * least that could be done instead: filling in text that is already written, joining the same cells by commas, reading the YAML.
 */
import JSZip from 'jszip';
import { parse } from 'yaml';
import { openPolicyFolder } from '../src/app/folder.ts';
import { parsePolicy, type Policy } from '../src/policy/index.ts';
import { lint, type LintReport } from '../src/policy/lint/index.ts';
import { html, xlsx } from '../src/promises/publication/document/formats/index.ts';
import { sentences, type Document } from '../src/promises/publication/document/model.ts';
import { controllerRegister } from '../src/promises/publication/register/derive.ts';
import { registerSheets } from '../src/promises/publication/register/sheets.ts';
import { statement } from '../src/promises/publication/statement/index.ts';
import { gate, median, timed, type Bench } from './bench.ts';

const at = '2026-11-24';
/** Seconds that a person does not notice, or waits for a file. */
const limits = { statement: 0.05, register: 2, lint: 0.1 } as const;
type Part = keyof typeof limits;

interface Pair {
  readonly ours: () => unknown;
  readonly baseline: () => unknown;
}

export const policy: Bench = {
  name: 'policy',
  run: async (options) => {
    const folder = openPolicyFolder(new URL('../policies/it-provider', import.meta.url).pathname);
    const { value } = folder.parsed;
    if (value === null) throw new Error('the reference policy does not read');
    const pairs: Readonly<Record<Part, Pair>> = {
      statement: await pageOf(value, folder.book),
      register: await workbookOf(value, folder.book, options.size ?? 500),
      lint: lintOf(folder),
    };
    const took: Record<Part, { ours: number[]; baseline: number[] }> = {
      statement: { ours: [], baseline: [] },
      register: { ours: [], baseline: [] },
      lint: { ours: [], baseline: [] },
    };
    const parts = Object.keys(limits) as Part[];
    for (let round = 0; round < options.rounds; round += 1)
      for (const part of parts) {
        took[part].ours.push(await timed(pairs[part].ours));
        took[part].baseline.push(await timed(pairs[part].baseline));
        const [o, b] = [took[part].ours.at(-1) ?? 0, took[part].baseline.at(-1) ?? 0];
        options.log(`round ${round + 1}: ${part} ${(o * 1000).toFixed(1)} ms, baseline ${(b * 1000).toFixed(1)} ms`);
      }
    const ours = parts.map((part) => [part, median(took[part].ours)] as const);
    const base = parts.map((part) => [part, median(took[part].baseline)] as const);
    const sum = (of: readonly (readonly [Part, number])[]): number => of.reduce((all, [, seconds]) => all + seconds, 0);
    return {
      bench: 'policy',
      ours_s: sum(ours),
      baseline_s: sum(base),
      ratio: sum(ours) / sum(base),
      gate: 'pass',
      ...Object.fromEntries(ours.map(([part, seconds]) => [`${part}_s`, seconds])),
      ...Object.fromEntries(base.map(([part, seconds]) => [`${part}_baseline_s`, seconds])),
      ...Object.fromEntries(ours.map(([part, seconds]) => [`${part}_within`, seconds <= limits[part]])),
    };
  },
};

type Book = ReturnType<typeof openPolicyFolder>['book'];

async function pageOf(value: Policy, lawBook: Book): Promise<Pair> {
  const write = (): Document => statement(value, 'nl', { lawBook });
  const said = sentences(write().blocks);
  const shown = html(write())
    .replaceAll(/<[^>]*>/gu, '\n')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
  gate(said.length > 300 && said.every(({ text }) => shown.includes(text)), 'a sentence is not in the page');
  const filled = (): string =>
    `<!doctype html><html lang="nl"><body>${said.map(({ text }) => `<p>${text}</p>`).join('')}</body></html>`;
  return { ours: () => html(write()), baseline: filled };
}

async function workbookOf(value: Policy, book: Book, size: number): Promise<Pair> {
  const own = value.purposes.filter((one) => one.role === 'controller');
  const purposes = Array.from({ length: size }, (_, n) => {
    const one = own[n % own.length];
    if (!one) throw new Error('no purpose');
    return { ...one, id: `${one.id}-${n}` };
  });
  const sheets = () => registerSheets(controllerRegister({ ...value, purposes }, { book, day: at }), 'nl');
  const made = await JSZip.loadAsync(await xlsx(sheets()));
  const strings = (await made.file('xl/sharedStrings.xml')?.async('string')) ?? '';
  gate(
    purposes.every(({ id }) => strings.includes(`>${id}<`)),
    'an activity is not in the workbook',
  );
  const cells = sheets();
  gate(
    cells.some(({ rows }) => rows.length === size),
    'not a row for each activity',
  );
  const joined = (): string =>
    cells
      .map(({ rows }) => rows.map((row) => row.map((cell) => `"${String(cell ?? '')}"`).join(',')).join('\r\n'))
      .join('\r\n');
  return { ours: () => xlsx(sheets()), baseline: joined };
}

function lintOf({ file, text, book, has }: ReturnType<typeof openPolicyFolder>): Pair {
  const report = (of: string): LintReport => {
    const parsed = parsePolicy({ name: file, text: of });
    if (parsed.value === null) throw new Error('the policy does not read');
    return lint({ policy: parsed.value, parsed, book, at, has, estate: null });
  };
  const { errors, warnings } = report(text);
  gate(errors === 0 && warnings === 0, `${errors} errors and ${warnings} warnings in the reference policy`);
  gate(report(text.replace(/^complaint:\n(?: .*\n)+/mu, '')).errors > 0, 'a planted gap is not found');
  return { ours: () => report(text), baseline: () => parse(text) as unknown };
}
