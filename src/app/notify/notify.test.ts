import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import type { Resolve } from '../../base/reach.ts';
import { record } from '../../ledger/index.ts';
import { testHome, type TestHome } from '../../../test/worlds/home.ts';
import { postOffice } from '../../../test/worlds/post.ts';
import type { OpenWorld } from '../world.ts';
import { endHook, listHooks, makeHook, tendHooks } from './hooks.ts';
import { sendDigest } from './mail.ts';
import { payloadOf } from './contract.ts';
import { newsKinds, type NewsKind } from './news.ts';
import { post } from './outbound.ts';

const actor = { name: 'A. de Beer' };

describe('news for programs and by mail', () => {
  let home: TestHome;
  let world: OpenWorld;
  let receiver: Server;
  let url: string;
  let got: { headers: IncomingMessage['headers']; body: string }[] = [];
  let answer = 200;

  before(async () => {
    home = await testHome({
      estate: `gestand: 1
systems:
  - { id: paper, title: { nl: a, en: a }, profile: asterisk-recordings, role: controller, location: { country: NL, place: Haps }, sources: { recordings: { connector: files, root: /nowhere } } }
`,
    });
    world = await home.open();
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        got.push({ headers: request.headers, body });
        response.writeHead(answer, answer === 302 ? { location: '/other' } : {}).end('x'.repeat(100_000));
      });
    });
    await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  });
  after(async () => {
    receiver.closeAllConnections();
    receiver.close();
    await home.close();
  });
  beforeEach(() => {
    got = [];
    answer = 200;
    home.setNow('2026-11-24T10:00:00Z');
  });

  const happens = async (promise: string, to: string): Promise<void> => {
    await world.db
      .transaction()
      .execute((tx) =>
        record(tx, { type: 'promise.changed', at: world.clock(), fields: { promise, from: 'kept', to } }),
      );
    await world.flush();
  };

  it('are signed, so that the receiver can tell ours from anyone else’s', async () => {
    const { secret } = await makeHook(world, actor, { url, events: ['promise.changed'] });
    await happens('P08', 'broken');
    await tendHooks(world);
    assert.equal(got.length, 1);
    const [{ headers, body } = { headers: {}, body: '' }] = got;
    const shown = {
      'webhook-id': String(headers['webhook-id']),
      'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
      'webhook-signature': String(headers['webhook-signature']),
    };
    const signed = new Webhook(secret).sign(shown['webhook-id'], new Date(world.clock().epochMilliseconds), body);
    assert.equal(shown['webhook-signature'], signed);
    assert.throws(() => new Webhook(`whsec_${Buffer.from('another').toString('base64')}`).verify(body, shown));
    const told = JSON.parse(body) as { type: string; data: { promise: string; to: string } };
    assert.deepEqual([told.type, told.data.promise, told.data.to], ['promise.changed', 'P08', 'broken']);
    await endHook(world, actor, (await listHooks(world))[0]?.id ?? '');
  });
  it('come once, and what happened before the hook was made does not come at all', async () => {
    await happens('P09', 'broken');
    await makeHook(world, actor, { url, events: ['promise.changed'] });
    await tendHooks(world);
    assert.equal(got.length, 0);
    await happens('P10', 'broken');
    await tendHooks(world);
    await tendHooks(world);
    assert.equal(got.length, 1);
    await endHook(world, actor, (await listHooks(world))[0]?.id ?? '');
  });
  it('are sent again with the same id when they were not taken, and the hook pauses after a day', async () => {
    await makeHook(world, actor, { url, events: ['promise.changed'] });
    answer = 500;
    await happens('P11', 'broken');
    for (let hour = 0; hour < 26; hour += 1) {
      home.setNow(`2026-11-${24 + Math.floor((10 + hour) / 24)}T${String((10 + hour) % 24).padStart(2, '0')}:30:00Z`);
      await tendHooks(world);
    }
    assert.equal(new Set(got.map((one) => one.headers['webhook-id'])).size, 1);
    assert.ok(got.length >= 8 && got.length <= 11, `${got.length} tries`);
    assert.notEqual((await listHooks(world))[0]?.paused, null);
    await endHook(world, actor, (await listHooks(world))[0]?.id ?? '');
  });
  it('are what the document for programs says: every kind, every field, and nothing else', async () => {
    await makeHook(world, actor, { url, events: newsKinds });
    const at = world.clock();
    const hash = 'a'.repeat(64);
    await world.db.transaction().execute(async (tx) => {
      await record(tx, { type: 'promise.changed', at, fields: { promise: 'P14', from: 'none', to: 'kept' } });
      const plan = { policy: hash, estate: hash, held: 0, retained: 1 };
      await record(tx, { type: 'plan.frozen', at, fields: { plan: 'p-0123456789', due: 2, ...plan } });
      await record(tx, { type: 'plan.frozen', at, fields: { plan: 'p-1123456789', due: 0, ...plan } });
      const run = { n: 3, absent: 0, held: 1, failed: 0 };
      await record(tx, { type: 'run.finished', at, fields: { run: 'r-0123456789', state: 'complete', ...run } });
      await record(tx, { type: 'hold.review-overdue', at, fields: { hold: 'h-0123456789' } });
      await record(tx, { type: 'operator.alone', at, fields: { deed: 'approve' } });
    });
    await world.flush();
    await tendHooks(world);
    const bodies = got.map(({ body }) => JSON.parse(body) as { type: NewsKind; data: Record<string, unknown> });
    assert.deepEqual(bodies.map(({ type }) => type).toSorted(), newsKinds.toSorted());
    for (const body of bodies) {
      assert.deepEqual(payloadOf(body.type).safeParse(body).error?.issues ?? [], [], body.type);
      const { data } = body;
      assert.ok(!payloadOf(body.type).safeParse({ ...body, data: { ...data, name: 'x' } }).success, 'another field');
      assert.ok(!payloadOf(body.type).safeParse({ ...body, data: { leaf: 'x' } }).success);
    }
    await endHook(world, actor, (await listHooks(world))[0]?.id ?? '');
  });
  it('keep the secret sealed in the store', async () => {
    const { secret } = await makeHook(world, actor, { url, events: ['run.finished'] });
    const { rows } = await sql<{ secret: string }>`select secret from site.hook`.execute(world.db);
    assert.ok(rows.every((row) => !row.secret.includes(secret.slice(6, 30))));
    await endHook(world, actor, (await listHooks(world))[0]?.id ?? '');
  });
  it('reach no private network and not this machine unless the operator says so, and follow no redirect', async () => {
    const closed = { ...world, privateTargets: false };
    const out = { headers: {}, body: '{}', privateTargets: false };
    assert.deepEqual(await post({ ...out, url }), { fault: 'not-allowed' });
    assert.deepEqual(await post({ ...out, url: url.replace('127.0.0.1', 'localhost') }), { fault: 'not-allowed' });
    for (const to of [
      'https://127.0.0.1/',
      'https://localhost/',
      'https://[::1]/',
      'https://10.1.2.3/',
      'https://2130706433/',
    ])
      await assert.rejects(makeHook(closed, actor, { url: to, events: [] }), { code: 'hook-private', status: 422 }, to);
    for (const to of ['https://169.254.169.254/latest/meta-data/', 'https://[fe80::1]/'])
      await assert.rejects(
        makeHook(world, actor, { url: to, events: [] }),
        { code: 'hook-private' },
        'whatever he says',
      );
    assert.deepEqual(await listHooks(world), []);
    answer = 302;
    got = [];
    assert.deepEqual(await post({ ...out, url, privateTargets: true }), { status: 302 });
    assert.equal(got.length, 1, 'and the place that it points to was not asked');
    for (const to of ['http://example.org/', 'http://10.1.2.3/', 'https://name:word@example.org/'])
      await assert.rejects(makeHook(world, actor, { url: to, events: [] }), { code: 'hook-address' }, to);
  });
  it('are not led inside by a name that changes its mind after it was looked at', async () => {
    const leads =
      (address: string): Resolve =>
      (_, done) =>
        done(null, [{ address, family: 4 }]);
    const closed = { ...world, privateTargets: false };
    const port = new URL(url).port;
    const target = `https://receiver.example:${port}/`;
    await assert.rejects(makeHook(closed, actor, { url: target, events: [] }, leads('127.0.0.1')), {
      code: 'hook-private',
    });
    await makeHook(closed, actor, { url: target, events: ['promise.changed'] }, leads('93.184.216.34'));
    await happens('P13', 'broken');
    // At the moment of connecting it is this machine, where somebody listens.
    let reached = 0;
    const knock = (): number => (reached += 1);
    receiver.on('connection', knock);
    const status = async (): Promise<string | null> =>
      (
        await sql<{ status: string | null }>`select status from site.delivery order by at desc limit 1`.execute(
          world.db,
        )
      ).rows[0]?.status ?? null;
    await tendHooks(closed, leads('127.0.0.1'));
    assert.equal(await status(), 'not-allowed');
    assert.equal(reached, 0, 'nothing was connected to');
    // And it would have been: the same name, the same moment, when the operator allows it.
    home.setNow('2026-11-24T12:00:00Z');
    await tendHooks(world, leads('127.0.0.1'));
    assert.equal(reached, 1);
    assert.equal(await status(), 'unreachable', 'it speaks no TLS');
    receiver.off('connection', knock);
    await endHook(world, actor, (await listHooks(world))[0]?.id ?? '');
  });
  it('by mail come in the reader’s language, once, and tell nothing about anyone', async () => {
    const post = await postOffice();
    const { settings, mails } = post;
    const readers = [
      { email: 'nl@example.nl', language: 'nl' },
      { email: 'en@example.nl', language: 'en' },
    ] as const;
    try {
      await sendDigest(world, settings, readers, 'https://privacy.example.nl');
      await happens('P12', 'at-risk');
      assert.equal(await sendDigest(world, settings, readers, 'https://privacy.example.nl'), 1);
      assert.equal(await sendDigest(world, settings, readers, 'https://privacy.example.nl'), 0);
      assert.deepEqual(
        mails.map((mail) => mail.to),
        ['nl@example.nl', 'en@example.nl'],
      );
      assert.match(mails[0]?.subject ?? '', /1 bericht van/);
      assert.match(mails[1]?.text ?? '', /P12 .+: kept → at risk/);
      assert.ok(!mails.some((mail) => mail.text.includes(actor.name)));
      post.refused.add('nl@example.nl');
      await happens('P12', 'kept');
      await sendDigest(world, settings, readers, 'https://privacy.example.nl');
      await sendDigest(world, settings, readers, 'https://privacy.example.nl');
      assert.equal(mails.length, 3, 'an address that is refused does not have the others read it every hour');
    } finally {
      await post.close();
    }
  });
});
