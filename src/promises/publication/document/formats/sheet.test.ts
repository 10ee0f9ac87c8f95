import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import JSZip from 'jszip';
import { hostile } from '../../../../../test/worlds/document.ts';
import { readMarkup } from '../../../../../test/worlds/markup.ts';
import { cleanLines } from './clean.ts';
import { csv, fromCsvCell, xlsx, type Sheet } from './sheet.ts';

const sheet: Sheet = {
  name: 'Verwerkingen',
  columns: [{ title: 'Naam', width: 30 }, { title: '=Aantal' }, { title: 'Sinds' }],
  rows: [...hostile, "'=1", "'' -x", 'twee\nregels', 'met "aanhaling", en komma'].map((text, n) => [
    text,
    n - 3,
    n % 2 === 0 ? new Date('2026-12-01T00:00:00Z') : null,
  ]),
};

/** What a spreadsheet would count: at the start of a cell, whichever character separates cells in its language. */
const formulas = (text: string): string[] =>
  text.split(/[;\t\r\n]/u).filter((part) => /^\ufeff?"?\s*(?!-?\d*(?:,|$))[=+\-@＝＋－＠]/u.test(part));

describe('a register as CSV', () => {
  const text = csv(sheet);
  it('is what RFC 4180 says, in UTF-8 that Excel knows', () => {
    assert.ok(text.startsWith('\ufeff'));
    assert.ok(text.endsWith('\r\n'));
    const rows = parse(text, { bom: true });
    assert.equal(rows.length, sheet.rows.length + 1);
    assert.ok(rows.every((row) => row.length === 3));
    assert.deepEqual(rows[1]?.slice(1), ['-3', '2026-12-01']);
  });
  it('holds no text that a spreadsheet counts', () => {
    const cells = parse(text, { bom: true }).flat();
    assert.deepEqual(cells.flatMap(formulas), []);
    assert.deepEqual(
      cells.filter((cell) => /^[\t\n]/u.test(cell)),
      [],
    );
    assert.deepEqual(formulas(text), []);
  });
  it('and a writer that leaves them is caught', () => {
    const careless = hostile.map((one) => `${one},1,\r\n`).join('');
    assert.ok(formulas(careless).length >= 10, formulas(careless).join(' · '));
  });
  it('gives every text back', () => {
    const rows = parse(text, { bom: true });
    assert.deepEqual(
      rows.slice(1).map(([name = '']) => fromCsvCell(name)),
      sheet.rows.map(([name]) => cleanLines(String(name))),
    );
  });
});

describe('a register as XLSX', () => {
  const open = async (sheets: readonly Sheet[]) => {
    const zip = await JSZip.loadAsync(await xlsx(sheets));
    const read = async (name: string) => readMarkup((await zip.file(name)?.async('string')) ?? assert.fail(name));
    return { names: Object.keys(zip.files), read };
  };
  it('types text as text, numbers as numbers and dates as dates; nothing is a formula', async () => {
    const { read, names } = await open([sheet]);
    for (const name of names.filter((one) => /\.(?:xml|rels)$/u.test(one))) await read(name);
    const { elements } = await read('xl/worksheets/sheet1.xml');
    assert.deepEqual(
      elements.filter((one) => one.name === 'f'),
      [],
    );
    const types = elements
      .filter((one) => one.name === 'c')
      .map(({ attributes: { r = '', t = 'n' } }) => `${r.replace(/\d+/u, '')}${t}`);
    assert.deepEqual(
      [...new Set(types.slice(3))].toSorted(),
      ['An', 'Cn']
        .map((one) => one.replace('An', 'As'))
        .concat('Bn')
        .toSorted(),
    );
    const strings = (await read('xl/sharedStrings.xml')).texts.map((one) => one.replaceAll('_x005F_', '_'));
    const wanted = sheet.rows.map(([name]) => cleanLines(String(name)).replaceAll('\ufffd', ''));
    assert.deepEqual(
      wanted.filter((one) => !strings.includes(one)),
      [],
    );
  });
  it('keeps its head in view, and its sheets have names that Excel takes', async () => {
    const long = 'lang '.repeat(12);
    const many = ['A/B', 'A:B', 'a b', long, long, "'", ''].map((name) => ({
      ...sheet,
      name,
    }));
    const { read } = await open(many);
    const names = (await read('xl/workbook.xml')).elements
      .filter((one) => one.name === 'sheet')
      .map((one) => one.attributes['name'] ?? '');
    assert.equal(new Set(names.map((name) => name.toLowerCase())).size, many.length);
    assert.ok(
      names.every((name) => /^[^[\]:*?/\\]{1,31}$/u.test(name) && !/^'|'$/u.test(name)),
      names.join(' · '),
    );
    const pane = (await read('xl/worksheets/sheet1.xml')).elements.find((one) => one.name === 'pane');
    assert.equal(pane?.attributes['state'], 'frozen');
  });
  it('and a formula is caught when there is one', () => {
    const { elements } = readMarkup('<row><c r="A1"><f>1+1</f><v>2</v></c></row>');
    assert.equal(elements.filter((one) => one.name === 'f').length, 1);
  });
  it('cuts a text that Excel cannot hold', async () => {
    const { read } = await open([{ ...sheet, rows: [['w'.repeat(40_000), 1, null]] }]);
    const longest = Math.max(...(await read('xl/sharedStrings.xml')).texts.map((text) => text.length));
    assert.equal(longest, 32_767);
  });
});
