import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import JSZip from 'jszip';
import { freshFolder } from '../../../test/worlds/folder.ts';
import { main } from '../main.ts';

/** One command line in this process: its exit code and what it printed. */
async function run(...args: string[]): Promise<{ code: number; out: string }> {
  const said: string[] = [];
  const code = await main(args, (text) => void said.push(text));
  return { code, out: said.join('') };
}
const json = async (...args: string[]) => {
  const { code, out } = await run(...args, '--json');
  return { code, value: JSON.parse(out) as Record<string, unknown> };
};
const reference = 'policies/it-provider';
const at = ['--at', '2026-11-24'];

describe('gestand register', () => {
  it('writes each format, by its name', async () => {
    const folder = freshFolder();
    for (const [name, start] of [
      ['register.xlsx', 'PK'],
      ['register.pdf', '%PDF-'],
      ['register.html', '<!doctype html>'],
      ['register.csv', '\ufeffKenmerk'],
      ['register.jsonld', '{'],
    ] as const) {
      const file = join(folder.path, name);
      assert.equal((await run('register', reference, ...at, '--lang', 'nl', '--out', file)).code, 0);
      assert.ok(readFileSync(file, 'utf8').toLowerCase().startsWith(start.toLowerCase()), name);
    }
    const zip = await JSZip.loadAsync(readFileSync(join(folder.path, 'register.xlsx')));
    assert.match((await zip.file('xl/workbook.xml')?.async('string')) ?? '', /ISO 27001 en 27701/);
    folder.close();
  });

  it('is of today where the organisation is: of two ends of the world at least one is not at the day of UTC', async () => {
    const days = [];
    for (const zone of ['Pacific/Kiritimati', 'Etc/GMT+12']) {
      const folder = freshFolder();
      cpSync(reference, folder.path, { recursive: true });
      const file = join(folder.path, 'policy.yaml');
      writeFileSync(file, readFileSync(file, 'utf8').replace('zone: Europe/Amsterdam', `zone: ${zone}`));
      days.push((await json('register', folder.path, '--controls')).value['at']);
      folder.close();
    }
    const [east, west] = ['Pacific/Kiritimati', 'Etc/GMT+12'].map((timeZone) =>
      new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date()),
    );
    assert.deepEqual(days, [east, west]);
    assert.notEqual(east, west);
  });

  it('keeps one client apart, and names the clients that there are', async () => {
    const own = await run('register', reference, ...at, '--lang', 'nl', '--client', 'bakery', '--format', 'csv');
    assert.equal(own.code, 0);
    assert.match(own.out, /Korenaar/);
    assert.doesNotMatch(own.out, /Salaris|Sollicitant/i);
    const wrong = await json('register', reference, '--client', 'butcher');
    assert.equal(wrong.code, 2);
    assert.match(JSON.stringify(wrong.value), /unknown-client.*bakery/);
    assert.equal((await json('register', reference, '--role', 'controller', '--client', 'bakery')).code, 2);
    assert.equal((await json('register', reference, '--format', 'docx')).code, 2);
  });

  it('says what is missing, and ends accordingly', async () => {
    const whole = await json('register', reference, ...at, '--completeness');
    assert.equal(whole.code, 0);
    assert.deepEqual([whole.value['missing'], whole.value['weak']], [0, 0]);
    const gaps = await json('register', `${reference}-2019`, ...at, '--completeness');
    assert.equal(gaps.code, 1);
    assert.equal(gaps.value['missing'], 15);
    // Nothing missing is not yet complete: what is only weak is not ticked off.
    const folder = freshFolder();
    cpSync(reference, folder.path, { recursive: true });
    const policy = join(folder.path, 'policy.yaml');
    writeFileSync(policy, readFileSync(policy, 'utf8').replaceAll(/^ +reviewed: .*\n/gm, ''));
    const weak = await run('register', folder.path, ...at, '--lang', 'en', '--completeness');
    folder.close();
    assert.equal(weak.code, 0);
    assert.match(weak.out, /! 0 of \d+ activities complete; 0 missing, \d+ weak/);
    assert.match(
      (await run('register', reference, ...at, '--lang', 'en', '--completeness')).out,
      /✔ (\d+) of \1 activities/,
    );
    assert.deepEqual(Object.keys(gaps.value), ['role', 'day', 'activities', 'complete', 'missing', 'weak', 'gaps']);
  });

  it('writes the ISO controls to the file that was asked for, each promise with its name', async () => {
    const folder = freshFolder();
    const file = join(folder.path, 'controls.csv');
    assert.equal((await run('register', reference, ...at, '--controls', '--lang', 'nl', '--out', file)).code, 0);
    const text = readFileSync(file, 'utf8');
    assert.match(text, /^\ufeffNorm,Nummer/);
    assert.match(text, /P08 Gespreksopnames niet langer dan beloofd/);
    const sheet = join(folder.path, 'controls.xlsx');
    await run('register', reference, ...at, '--controls', '--out', sheet);
    assert.ok(readFileSync(sheet, 'latin1').startsWith('PK'));
    // What it cannot write it refuses, and leaves no file.
    const other = join(folder.path, 'controls.pdf');
    assert.equal((await run('register', reference, ...at, '--controls', '--format', 'pdf', '--out', other)).code, 2);
    assert.ok(!existsSync(other));
    folder.close();
  });

  it('maps the measures to ISO controls', async () => {
    const { code, value } = await json('register', reference, ...at, '--controls');
    assert.equal(code, 0);
    assert.ok((value['controls'] as object[]).length > 80);
    assert.deepEqual(value['unknown'], []);
  });

  it('imports what it exported, and tells what it cannot read', async () => {
    const folder = freshFolder();
    const file = join(folder.path, 'register.csv');
    const part = join(folder.path, 'part.yaml');
    await run('register', reference, ...at, '--lang', 'en', '--out', file);
    const back = await json('register', 'import', file, '--out', part);
    assert.equal(back.code, 1); // the columns about the organisation itself
    assert.equal((back.value['counts'] as Record<string, number>)['purposes'], 14);
    assert.ok(existsSync(part));
    writeFileSync(
      file,
      'Doel;Betrokkenen;Persoonsgegevens;Bewaartermijn\nLoon;Medewerkers;NAW;2 jaar na uitdiensttreding\n',
    );
    const clean = await json('register', 'import', file);
    assert.equal(clean.code, 0);
    const one = (lang: string): Promise<{ out: string }> => run('register', 'import', file, '--lang', lang);
    assert.match(
      (await one('nl')).out,
      /1 verwerking, 1 soort gegevens, 1 groep mensen, 0 ontvangers, 1 termijn; 0 keer/,
    );
    assert.match((await one('en')).out, /1 activity, 1 kind of data, 1 group of people, 0 recipients, 1 term; 0 times/);
    assert.match(String(clean.value['yaml']), /keep: P2Y/);
    assert.equal((await json('register', 'import', join(folder.path, 'none.csv'))).code, 2);
    assert.equal((await json('register', 'import')).code, 2);
    folder.close();
  });
});

describe('gestand agreement', () => {
  it('drafts one for a client, in a file or on the screen', async () => {
    const folder = freshFolder();
    const file = join(folder.path, 'agreement.docx');
    assert.equal((await run('agreement', reference, '--client', 'bakery', '--lang', 'nl', '--out', file)).code, 0);
    assert.ok(readFileSync(file).subarray(0, 2).equals(Buffer.from('PK')));
    const shown = await run('agreement', reference, '--client', 'bakery', '--lang', 'en', '--format', 'md');
    assert.match(shown.out, /^# Data processing agreement/);
    assert.equal((await json('agreement', reference, '--client', 'butcher')).code, 2);
    assert.equal((await json('agreement', reference)).code, 2);
    folder.close();
  });

  it('checks all that there are', async () => {
    const good = await json('agreement', 'check', reference, ...at);
    assert.equal(good.code, 0);
    assert.deepEqual(Object.keys(good.value), ['at', 'suppliers', 'clients', 'agreements']);
    const bad = await json('agreement', 'check', `${reference}-2019`, ...at);
    assert.equal(bad.code, 1);
    assert.match((await run('agreement', 'check', `${reference}-2019`, ...at, '--lang', 'nl')).out, /geheimhouding/);
  });
});
