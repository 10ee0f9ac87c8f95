import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { documentsNamed } from '../policy/index.ts';
import { readEntries } from '../ledger/store.ts';
import { testSite, type TestSite } from '../../test/worlds/site.ts';
import { referencePolicy } from '../../test/worlds/home.ts';
import { parsed } from '../../test/worlds/statement.ts';
import { documentId, documentsOf, type DocumentNow } from './documents.ts';
import { places } from './home.ts';

const dpia = 'documents/dpia-traffic.md';
const report = 'documents/report.pdf';
const pdf = '%PDF-1.7\nhello';

describe('the documents that the policy names', () => {
  let site: TestSite;
  before(async () => {
    site = await testSite();
  });
  after(() => site.close());

  const officer = (): string => site.people.get('privacy-officer')?.token ?? '';
  const at = (document: string): string => join(site.home.home, document);
  const send = (document: string, file: File, as = officer()): Promise<Response> => {
    const form = new FormData();
    form.append('file', file);
    return site.ask(`/policy/documents/${documentId(document)}?lang=en`, { method: 'POST', as, body: form });
  };
  const draft = async (change: (text: string) => string): Promise<void> => {
    const { rows } = await sql<{ revision: number }>`select revision from site.policy_draft`
      .execute(site.world.db)
      .catch(() => ({ rows: [] }));
    const answer = await site.ask('/policy/draft', {
      method: 'POST',
      as: officer(),
      body: new URLSearchParams({ text: change(referencePolicy), revision: String(rows[0]?.revision ?? 0) }),
    });
    assert.equal(answer.status, 303);
  };
  const now = async (document: string): Promise<DocumentNow | undefined> =>
    (await documentsOf(site.world)).find((one) => one.document === document);

  it('are found wherever the policy names one', () => {
    const named = documentsNamed(parsed(referencePolicy));
    assert.ok(named.some((one) => one.document === dpia && one.at.endsWith('.dpia.assessment') && one.date !== null));
    assert.ok(named.some((one) => one.document === 'documents/cookie-statement.md'));
    const text = [...referencePolicy.matchAll(/\bdocuments\/[\w.-]+/g)].map(([document]) => document);
    assert.deepEqual([...new Set(named.map((one) => one.document))].toSorted(), [...new Set(text)].toSorted());
  });
  it('are missing at first; the finding that asks for one leads to where it is taken in, and goes', async () => {
    const page = async (): Promise<string> => (await site.ask('/policy?lang=en', { as: officer() })).text();
    assert.equal((await now(dpia))?.state, 'missing');
    assert.match(
      await page(),
      new RegExp(`<p><a href="/policy/documents/${documentId(dpia)}">${dpia}</a> is missing</p>`),
    );
    assert.match(await page(), /\d+ missing/);
    const answer = await send(dpia, new File(['# DPIA\n'], 'my own name.md'));
    assert.equal(answer.headers.get('location'), '/policy/documents?done=document');
    assert.equal(readFileSync(at(dpia), 'utf8'), '# DPIA\n', 'under the name that the policy gives it');
    assert.deepEqual(readdirSync(at('documents')), ['dpia-traffic.md']);
    assert.equal((await now(dpia))?.state, 'there');
    assert.doesNotMatch(await page(), new RegExp(`${dpia}</a> is missing`));
    // And what is still missing is still told.
    assert.match(await page(), /documents\/[\w-]+\.md<\/a> is missing/);
  });
  it('are told in the ledger by their hash; the name and who did it are sealed', async () => {
    await site.world.flush();
    const size = (await site.world.ledger.checkpoint())?.size ?? 0;
    const entries = (await readEntries(site.world.db, 0n, BigInt(size))).map((one) => one.toString('utf8'));
    const hash = (await now(dpia))?.hash ?? 'none';
    assert.ok(entries.some((one) => one.includes('document.kept') && one.includes(hash)));
    assert.ok(!entries.some((one) => one.includes('dpia-traffic')));
  });
  it('are of the kind that the policy names, by name and by content, and neither empty nor too large', async () => {
    await draft((text) => text.replace('documents/assessment-video.md', report));
    assert.equal((await now(report))?.state, 'missing', 'what a draft names can be taken in before it runs');
    assert.equal((await now(report))?.used[0]?.draftOnly, true);
    const before = readdirSync(at('documents'));
    for (const [document, file] of [
      [report, new File([pdf], 'x.md')],
      [report, new File(['<html><script>alert(1)</script>'], 'x.pdf')],
      [report, new File(['MZ'], 'x.exe')],
      [report, new File([], 'x.pdf')],
      [dpia, new File([new Uint8Array([0xff, 0xfe, 0x00])], 'x.md')],
      [dpia, new File(['a\0b'], 'x.md')],
      [dpia, new File(['<svg/>'], 'x.svg')],
      [report, new File([pdf, 'x'.repeat(10_000_001)], 'x.pdf')],
    ] as const) {
      const answer = await send(document, file);
      assert.ok(answer.status === 422 || answer.status === 413, `${file.name}: ${answer.status}`);
      await answer.body?.cancel();
    }
    assert.deepEqual(readdirSync(at('documents')), before);
    const shown = await (await send(report, new File(['text'], 'x.pdf'))).text();
    assert.match(shown, /id="file"[^>]*aria-invalid/s, 'told at the field');
    assert.equal((await send(report, new File([pdf], 'x.pdf'))).status, 303, 'and a real one is taken');
  });
  it('are given back as a file to keep, never as a page', async () => {
    const html = 'documents/notice.html';
    await draft((text) => text.replace('documents/assessment-video.md', html));
    assert.equal((await send(html, new File(['<script>alert(1)</script>'], 'notice.html'))).status, 303);
    const answer = await site.ask(`/policy/documents/${documentId(html)}/file`, { as: officer() });
    assert.equal(answer.headers.get('content-type'), 'application/octet-stream');
    assert.equal(answer.headers.get('content-disposition'), 'attachment; filename="notice.html"');
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.equal(await answer.text(), '<script>alert(1)</script>');
    // At no address of its own.
    for (const path of ['/documents/notice.html', '/privacy/documents/notice.html', '/files/notice.html'])
      assert.equal((await site.ask(path, { as: officer() })).status, 404, path);
  });
  it('stay within their folder, whatever the policy names and wherever a link leads', async () => {
    const estate = readFileSync(places(site.home.home).estate, 'utf8');
    for (const document of [
      'estate.yaml',
      'access.yaml',
      '../outside.md',
      'documents/../estate.yaml',
      'documents/./x.md',
      '/etc/motd.txt',
      'documents/.hidden.md',
      'documents//x.md',
    ]) {
      await draft((text) => text.replace('documents/assessment-video.md', document));
      const known = await now(document);
      assert.equal(known?.state, 'elsewhere', document);
      assert.equal(known?.hash, null, document);
      assert.equal((await send(document, new File(['x'], document))).status, 422, document);
      const got = await site.ask(`/policy/documents/${documentId(document)}/file`, { as: officer() });
      assert.equal(got.status, 404, document);
    }
    assert.equal(readFileSync(places(site.home.home).estate, 'utf8'), estate);
    assert.ok(!existsSync(join(site.home.home, '..', 'outside.md')));
    // A link in the folder is not followed, to read or to write.
    const away = join(site.home.home, 'away');
    mkdirSync(away);
    writeFileSync(join(away, 'secret.md'), 'secret');
    const linked = 'documents/assessment-marketing.md';
    symlinkSync(join(away, 'secret.md'), at(linked));
    assert.equal((await now(linked))?.hash, null);
    assert.equal((await send(linked, new File(['x'], 'x.md'))).status, 422);
    assert.equal((await site.ask(`/policy/documents/${documentId(linked)}/file`, { as: officer() })).status, 404);
    rmSync(at(linked));
    renameSync(at('documents'), join(site.home.home, 'moved'));
    symlinkSync(away, at('documents'));
    assert.equal((await send(dpia, new File(['x'], 'x.md'))).status, 422, 'nor is the folder');
    assert.deepEqual(readdirSync(away), ['secret.md']);
    rmSync(at('documents'));
    renameSync(join(site.home.home, 'moved'), at('documents'));
    // The control: without the link all is as it was.
    assert.equal((await now(dpia))?.state, 'there');
    assert.equal((await site.ask('/policy/documents/0000000000000000/file', { as: officer() })).status, 404);
  });
  it('are replaced with the one before kept under its hash; changed by hand is told', async () => {
    const { earlier } = places(site.home.home);
    const before = (await now(dpia))?.hash ?? '';
    assert.equal((await send(dpia, new File(['# DPIA 2\n'], 'x.md'))).status, 303);
    assert.equal(readFileSync(join(earlier, `${before.slice(0, 16)}-dpia-traffic.md`), 'utf8'), '# DPIA\n');
    assert.equal((await now(dpia))?.state, 'there');
    writeFileSync(at(dpia), '# another\n');
    const changed = await now(dpia);
    assert.equal(changed?.state, 'changed');
    const page = await (await site.ask(`/policy/documents/${documentId(dpia)}?lang=en`, { as: officer() })).text();
    assert.match(page, /changed since it was taken in/);
    assert.ok(page.includes(changed?.taken?.hash ?? 'none') && page.includes(changed?.hash ?? 'none'));
    writeFileSync(at('documents/cookie-statement.md'), 'x');
    assert.equal((await now('documents/cookie-statement.md'))?.state, 'by-hand');
  });
  it('are seen by who sees the policy, taken in by who may change it, and by nobody else', async () => {
    const as = (role: 'engineer' | 'auditor' | 'client'): string => site.people.get(role)?.token ?? '';
    const file = `/policy/documents/${documentId(dpia)}/file`;
    for (const role of ['engineer', 'auditor'] as const) {
      assert.equal((await site.ask(file, { as: as(role) })).status, 200, role);
      assert.equal((await send(dpia, new File(['x'], 'x.md'), as(role))).status, 403, role);
      const page = await (await site.ask(`/policy/documents/${documentId(dpia)}`, { as: as(role) })).text();
      assert.doesNotMatch(page, /type="file"/, role);
    }
    for (const path of [file, '/policy/documents']) {
      assert.equal((await site.ask(path, { as: as('client') })).status, 403);
      assert.equal(
        (await site.ask(path, { headers: { accept: 'text/html' } })).status,
        303,
        'a stranger signs in first',
      );
    }
    assert.equal(readFileSync(at(dpia), 'utf8'), '# another\n');
  });
});
