/** The registers of a published version: every format, fixed by its hash, ours for staff and for each client only its own. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { unzipSync } from 'fflate';
import { publicationOf } from '../../src/app/publication.ts';
import { registerFormats } from '../../src/promises/publication/register/formats.ts';
import { verifyVersions, type Publishing } from '../../src/promises/publication/versions/publishing.ts';
import { draft } from '../../src/promises/publication/versions/service.ts';
import { twoClients } from '../worlds/clients.ts';
import { testSite, type TestSite } from '../worlds/site.ts';
import { bringOut, parsed } from '../worlds/statement.ts';
import { hashOf } from '../../src/promises/publication/versions/publishing.ts';

const called = (version: string, text = twoClients): string =>
  text.replace("version: '2026-1'", `version: '${version}'`);

describe('the registers of a published version', () => {
  let site: TestSite;
  let desk: Publishing;
  let old: string;
  let other: string;
  let whole: string;
  let wordOfBefore: Uint8Array;

  before(async () => {
    site = await testSite({ policy: twoClients, unlimited: true });
    const real = { ...publicationOf(site.world), lint: () => Promise.resolve({ findings: [] }) };
    const saying = (text: string): Publishing => ({
      ...real,
      policyText: text,
      policy: parsed(text),
      policyHash: hashOf(parsed(text)),
    });
    desk = saying(called('2026-3'));
    // As versions were made before: the statement, and nothing packed.
    const asBefore: Publishing['render'] = async (...of) =>
      new Map([...(await real.render(...of))].filter(([name]) => !/^register|\.docx$/u.test(name)));
    old = (await bringOut({ ...saying(called('2026-1')), render: asBefore }, '2026-11-24')).version.id;
    wordOfBefore = await (await site.ask('/privacy/statement.docx?lang=nl')).bytes();
    // Then "bakery" was somebody else.
    site.home.setNow('2026-11-24T10:02:00Z');
    const before = called('2026-2', twoClients.replace('name: Bakkerij De Korenaar', 'name: De Oude Molen'));
    assert.match(before, /De Oude Molen/);
    other = (await bringOut(saying(before), '2026-11-24')).version.id;
    site.home.setNow('2026-11-24T10:04:00Z');
    whole = (await bringOut(desk, '2026-11-24')).version.id;
  });
  after(() => site.close());

  it('are kept in every format and language, with the statement in every format too', async () => {
    const { files } = JSON.parse(readFileSync(join(desk.folder, whole, 'manifest.json'), 'utf8'));
    for (const whose of ['controller', 'processor', 'client.bakery', 'client.florist'])
      for (const format of registerFormats)
        for (const language of ['nl.', 'en.']) {
          const name = `register.${whose}.${format === 'jsonld' ? '' : language}${format}`;
          assert.ok(Object.hasOwn(files, name), name);
        }
    for (const format of ['html', 'pdf', 'md', 'txt', 'json', 'docx'])
      assert.ok(Object.hasOwn(files, `statement.en.${format}`), format);
    // Made again it is the same version: every file came out the same.
    assert.equal((await draft(desk, { name: 'Cor' })).id, whole);
  });

  it('are fixed: what was changed is seen, and given to nobody', async () => {
    const file = join(desk.folder, whole, 'register.controller.en.csv');
    const right = readFileSync(file);
    writeFileSync(file, `${right.toString()}x`);
    const found = (await verifyVersions(desk)).find((one) => one.version.id === whole);
    assert.deepEqual(found?.problems, [{ file: 'register.controller.en.csv', is: 'changed' }]);
    const asked = await site.ask(`/register/controller/published/${whole}?format=csv&lang=en`, {
      as: site.who('dpo').token,
    });
    assert.equal(asked.status, 409);
    writeFileSync(file, right);
    assert.deepEqual((await verifyVersions(desk)).find((one) => one.version.id === whole)?.problems, []);
  });

  it('go to staff as they were approved', async () => {
    for (const role of ['controller', 'processor'] as const)
      for (const format of registerFormats) {
        const answer = await site.ask(`/register/${role}/published/${whole}?format=${format}&lang=nl`, {
          as: site.who('auditor').token,
        });
        assert.equal(answer.status, 200, format);
        const name = `register.${role}.${format === 'jsonld' ? '' : 'nl.'}${format}`;
        assert.deepEqual(
          new Uint8Array(await answer.arrayBuffer()),
          new Uint8Array(readFileSync(join(desk.folder, whole, name))),
        );
      }
    const page = await (await site.ask('/register?lang=nl', { as: site.who('auditor').token })).text();
    assert.ok(page.includes(`/register/controller/published/${whole}?format=xlsx`));
  });

  it('go to a client: its own and nothing of another, nor of who had its id before', async () => {
    const bakery = site.who('client').token;
    for (const format of registerFormats) {
      const answer = await site.ask(`/register/clients/bakery/published/${whole}?format=${format}&lang=nl`, {
        as: bakery,
      });
      assert.equal(answer.status, 200, format);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      const text =
        format === 'xlsx'
          ? Object.values(unzipSync(bytes))
              .map((one) => new TextDecoder().decode(one))
              .join('\n')
          : new TextDecoder().decode(bytes);
      if (format !== 'pdf') assert.match(text, /Korenaar/, format);
      assert.doesNotMatch(text, /florist|Vuurvlinder|Bezorgroutes|delivery routes/i, format);
    }
    const page = await (await site.ask('/register/clients/bakery?lang=nl', { as: bakery })).text();
    assert.ok(page.includes(`/published/${whole}?format=pdf`));
    assert.ok(!page.includes(other));
    for (const path of [
      `/register/clients/florist/published/${whole}?format=csv`,
      `/register/clients/bakery/published/${other}?format=csv`,
      `/register/controller/published/${whole}?format=csv`,
      `/register/processor/published/${whole}?format=csv`,
      `/publication/${whole}/files/register.client.bakery.nl.csv`,
      `/publication/${whole}/files/register.client.florist.nl.csv`,
    ]) {
      const refused = await site.ask(path, { as: bakery });
      assert.ok([403, 404].includes(refused.status), path);
      assert.doesNotMatch(await refused.text(), /Vuurvlinder|Molen/, path);
    }
    // The control: what is refused above is there.
    assert.equal(
      (await site.ask(`/register/clients/florist/published/${whole}?format=csv`, { as: site.who('dpo').token })).status,
      200,
    );
    assert.equal(
      (await site.ask(`/register/clients/bakery/published/${whole}?format=csv`)).headers
        .get('location')
        ?.startsWith('/sign-in'),
      true,
    );
  });

  it('of a version from before say that they are not there', async () => {
    const page = await (await site.ask('/register/clients/bakery?lang=nl', { as: site.who('client').token })).text();
    assert.match(page, /Versie 2026-1[^]*van vóór wij dit register erbij bewaarden/);
    for (const path of [`/register/clients/bakery/published/${old}`, `/register/controller/published/${old}`]) {
      const answer = await site.ask(`${path}?format=xlsx&lang=nl`, { as: site.who('dpo').token });
      assert.equal(answer.status, 404);
      assert.match(await answer.text(), /Versie 2026-1 is van vóór wij dit register als xlsx/);
    }
    // A statement of before in a format that was not kept yet is made from what was; now it is as it was approved.
    assert.match(new TextDecoder('latin1').decode(wordOfBefore.subarray(0, 2)), /^PK$/u);
    const word = await (await site.ask('/privacy/statement.docx?lang=nl')).bytes();
    assert.deepEqual(word, new Uint8Array(readFileSync(join(desk.folder, whole, 'statement.nl.docx'))));
  });
});
