/** A person's word, given in the browser: who may, what it changes, and what stays behind. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { can, roles, type Role } from '../../src/access/index.ts';
import { listDeclarations } from '../../src/promises/assurance/service.ts';
import { testSite, type TestSite } from '../worlds/site.ts';

const page = '/declare/restore-test';

describe('declaring in the browser', () => {
  let site: TestSite;
  before(async () => {
    site = await testSite();
  });
  after(() => site.close());

  const token = (role: Role): string => site.people.get(role)?.token ?? '';
  const text = async (path: string, role: Role): Promise<string> =>
    (await site.ask(path, { as: token(role), headers: { 'accept-language': 'nl' } })).text();
  const formOf = (fields: Readonly<Record<string, string | File>>): FormData => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    return form;
  };
  const send = (path: string, role: Role, fields: Readonly<Record<string, string | File>>): Promise<Response> =>
    site.ask(path, { as: token(role), method: 'POST', body: formOf(fields) });
  const standing = async () => (await listDeclarations(site.world)).filter((one) => one.state === 'standing');
  const given = { text: 'Een back-up is teruggezet en nagelezen.', on: '2026-11-20', until: '2027-02-10' };

  it('the promise leads whoever may to the form, and tells others whom to ask', async () => {
    const officer = await text('/promises/P23', 'privacy-officer');
    assert.match(officer, /Nog door niemand verklaard: <a href="\/declare\/restore-test">/);
    assert.match(await text('/', 'engineer'), /<a href="\/declare\/restore-test">verklaar het hier<\/a>/);
    const auditor = await text('/promises/P23', 'auditor');
    assert.match(auditor, /Nog door niemand verklaard: vraag het een privacy-officer/);
    assert.doesNotMatch(auditor, /\/declare\//);
    assert.doesNotMatch(officer + auditor, /gestand declare/);
  });

  it('nobody declares who may not, and nobody whose second factor is too long ago', async () => {
    for (const role of roles.filter((one) => !can(site.people.get(one)?.actor as never, 'declare what was seen'))) {
      assert.equal((await send(page, role, given)).status, 403, role);
      assert.equal((await site.ask(page, { as: token(role) })).status, 403, role);
    }
    const stale = await site.ask(page, {
      as: site.people.get('engineer')?.stale ?? '',
      method: 'POST',
      body: formOf(given),
    });
    assert.match(await stale.text(), /<title>Confirm that it is you/);
    assert.deepEqual(await standing(), []);
  });

  it('signs with the name of who is signed in, keeps the attachment and its hash, and counts at once', async () => {
    const report = new File(['restored and read\n'], 'report.PDF', { type: 'application/pdf' });
    const done = await send(page, 'engineer', { ...given, attachment: report, by: 'Somebody Else' });
    assert.equal(done.headers.get('location'), '/promises/P23?done=declared');
    const [word] = await standing();
    assert.ok(word);
    assert.deepEqual([word.by, word.role, word.whole], ['Person engineer', 'engineer', true]);
    const kept = readFileSync(join(site.home.home, 'declarations', word.attachment?.name ?? ''));
    assert.match(word.attachment?.name ?? '', /^d-[a-z0-9]+\.pdf$/);
    assert.equal(createHash('sha256').update(kept).digest('hex'), word.attachment?.sha256);
    assert.equal(kept.toString(), 'restored and read\n');
    assert.ok((await site.world.leafOf(word.event)) !== null);
    assert.match(
      await text('/promises/P23', 'dpo'),
      /gezien op 20 november 2026, geldt tot en met 10 februari 2027, met bijlage/,
    );
    assert.match(await text(page, 'dpo'), new RegExp(word.attachment?.sha256 ?? ''));
  });

  it('a form without a file is one without an attachment; a day to come is refused in the form', async () => {
    const empty = new File([], '');
    const late = await send(page, 'dpo', { ...given, on: '2026-12-24', attachment: empty });
    assert.equal(late.status, 409);
    const again = await late.text();
    assert.match(again, /Een back-up is teruggezet en nagelezen\./);
    assert.match(again, /2026-12-24/);
    assert.equal((await send(page, 'dpo', { ...given, attachment: empty })).status, 303);
    const [word] = await standing();
    assert.deepEqual([word?.by, word?.attachment], ['Person dpo', null]);
  });

  it('is withdrawn where it stands, and not from the page of another', async () => {
    const [word] = await standing();
    const fields = { declaration: word?.id ?? '', reason: 'de proef was van een ander systeem' };
    assert.equal((await send('/declare/cookie-scan/withdraw', 'engineer', fields)).status, 404);
    assert.equal((await standing()).length, 1);
    const done = await send(`${page}/withdraw`, 'engineer', fields);
    assert.equal(done.headers.get('location'), '/promises/P23?done=word-withdrawn');
    assert.deepEqual(await standing(), []);
  });

  it('nothing is declared about what nobody asks', async () => {
    assert.equal((await site.ask('/declare/the-weather', { as: token('dpo') })).status, 404);
  });
});
