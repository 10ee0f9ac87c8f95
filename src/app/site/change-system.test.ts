import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { makePlan, approvePlan } from '../../promises/retention/plan.ts';
import { reportRun, startRun, work } from '../../promises/retention/run.ts';
import { placeHold } from '../../promises/holds/service.ts';
import { places } from '../home.ts';
import { readConfig } from '../config.ts';
import type { OpenWorld } from '../world.ts';
import { prospects, type ProspectWorld } from '../../../test/worlds/crm.ts';
import { testHome } from '../../../test/worlds/home.ts';
import { testSite, type TestSite } from '../../../test/worlds/site.ts';
import { openSite } from './open.ts';
import { seeEverything } from './seen.ts';

/** Between two neighbours, with what people write around theirs. */
const around = (office: string, folder: string): string => `# Ours, by hand.
gestand: 1
systems:
  # The old recorder in the cellar.
  - id: cellar
    title: { nl: Kelder, en: Cellar }
    profile: asterisk-recordings # do not change
    role: controller
    location: { country: NL, place: Haps }
    sources: { recordings: { connector: files, root: ${folder} } }
${office}
  # The new recorder.
  - id: attic
    title: { nl: Zolder, en: Attic }
    profile: asterisk-recordings
    role: controller
    location: { country: NL, place: Haps } # on the left
    sources: { recordings: { connector: files, root: ${folder} } }
`;
const office = (url: string): string => `  # The administration.
  - id: office
    title: { nl: Kantoor, en: Office }
    profile: crm
    role: controller
    location: { country: NL, place: Haps } # ground floor
    notUsed: [ customers, contracts, invoices, applicants, cvs, employees ] # ask Jan
    sources:
      db:
        connector: sql
        dialect: postgres
        schema: public # the only one
        read: { literal: ${JSON.stringify(url)} }
        erase: { literal: ${JSON.stringify(url)} }`;

describe('changing and disconnecting a system in the browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gestand-change-'));
  let host: ProspectWorld;
  let site: TestSite;
  before(async () => {
    host = await prospects();
    await host.add([{ id: 1, email: 'a@example.nl', last: '2020-01-01' }]);
    site = await testSite({ estate: around(office(host.url), folder) });
  });
  after(async () => {
    await site.close();
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const estate = (): string => readFileSync(places(site.home.home).estate, 'utf8');
  const engineer = (): string => site.people.get('engineer')?.token ?? '';
  const post = (path: string, fields: Record<string, string | string[]>): Promise<Response> => {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one);
    return site.ask(path, { method: 'POST', as: engineer(), body });
  };
  const absent = ['customers', 'contracts', 'invoices', 'applicants', 'cvs', 'employees'];
  const asItIs = {
    title: 'Kantoor',
    country: 'NL',
    place: 'Haps',
    absent,
    'dialect.db': 'postgres',
    'read.db': '',
    'erase.db': '',
    'root.files': '',
  };
  /** What a form that is opened now says that it saw. */
  const mark = async (): Promise<string> =>
    /name="seen"\s+value="(\w+)"/.exec(await shown('/systems/office/change'))?.[1] ?? assert.fail('no mark');
  const change = async (more: Record<string, string | string[]>): Promise<Response> =>
    post('/systems/office/change?lang=nl', { ...asItIs, seen: await mark(), ...more });
  const shown = async (path: string): Promise<string> => (await site.ask(path, { as: engineer() })).text();
  const world = (): Promise<OpenWorld> => site.home.open();

  it('shows what is there, and no address', async () => {
    const page = await shown('/systems/office/change?lang=nl');
    assert.match(page, /name="title"[^>]*value="Kantoor"/s);
    assert.ok(!page.includes('postgres://'), 'no address of a database');
    assert.match(page, /value="customers" checked/);
    assert.doesNotMatch(page, /value="prospects" checked/);
  });
  it('changes nothing in the file where nothing was changed', async () => {
    const before = estate();
    assert.equal((await change({})).status, 303);
    assert.equal(estate(), before);
  });
  it('changes what was changed, to the word, and keeps what others wrote', async () => {
    const before = estate();
    const answer = await change({ place: 'Grave' });
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.get('location'), '/systems/office?done=changed');
    assert.equal(estate(), before.replace('place: Haps } # ground floor', 'place: Grave } # ground floor'));
    await change({ place: 'Grave', title: 'Administratie' });
    assert.match(estate(), /title: \{ nl: Administratie, en: Office \}/, 'the name in the other language stays');
    await change({ place: 'Grave', title: 'Administratie', absent: absent.slice(1) });
    // A dataset that is used again without being there is a finding of the look, and no fault of the file.
    assert.match(estate(), /notUsed: \[ ?contracts.+\] # ask Jan/);
    await change({});
    assert.match(estate(), /title: \{ nl: Kantoor, en: Office \}/);
  });
  it('tells the second of two who change it at once, and gives back what they typed beside what stands now', async () => {
    const seen = await mark();
    assert.equal((await change({ seen, place: 'Cuijk', title: 'Administratie' })).status, 303);
    const stood = estate();
    const late = await change({ seen, place: 'Mill', title: 'Kantoor twee', 'read.db': `${host.url}?x=1` });
    assert.equal(late.status, 409);
    assert.equal(estate(), stood, 'nothing of the second is written');
    assert.equal(existsSync(join(site.home.home, 'secrets')), false, 'no address either');
    const page = await late.text();
    assert.match(page, /Iemand anders wijzigde dit systeem intussen/);
    assert.match(page, /name="place"[^>]*value="Mill"/s);
    assert.match(page, /name="title"[^>]*value="Kantoor twee"/s);
    const [, beside = ''] = /<section[^>]*aria-labelledby="stands"[^>]*>(.*?)<\/section>/s.exec(page) ?? [];
    assert.match(beside, /Cuijk/);
    assert.match(beside, /Administratie/);
    assert.doesNotMatch(beside, /Land/, 'what is the same is not told');
    assert.ok(!page.includes('postgres://'));
    // The second now saw it: the same form goes through.
    const fresh = /name="seen"\s+value="(\w+)"/.exec(page)?.[1] ?? '';
    assert.notEqual(fresh, seen);
    assert.equal((await change({ seen: fresh, place: 'Mill', title: 'Administratie' })).status, 303);
    // What another does to another system is in nobody's way.
    const mine = await mark();
    writeFileSync(places(site.home.home).estate, estate().replace('Kelder', 'Souterrain'));
    assert.equal((await change({ seen: mine, place: 'Haps', title: 'Kantoor' })).status, 303);
    writeFileSync(places(site.home.home).estate, estate().replace('Souterrain', 'Kelder'));
  });
  it('writes nothing of an address that does not answer, and says at which field', async () => {
    const before = estate();
    const secrets = (): string[] => {
      const at = join(site.home.home, 'secrets');
      return existsSync(at) ? readdirSync(at) : [];
    };
    for (const [more, field] of [
      [{ 'read.db': 'postgres://reader:s3cr3t@127.0.0.1:1/x' }, 'read.db'],
      [{ 'erase.db': 'postgres://eraser:s3cr3t@127.0.0.1:1/x' }, 'erase.db'],
      [{ 'root.files': '/no/such/folder' }, 'root.files'],
    ] as const) {
      const answer = await change(more);
      const page = await answer.text();
      assert.equal(answer.status, 422, field);
      assert.match(page, new RegExp(`id="${field.replace('.', '\\.')}"[^>]*aria-invalid`, 's'), field);
      assert.ok(!page.includes('s3cr3t'), 'and the password is not given back');
    }
    assert.equal((await change({ country: 'XX' })).status, 422);
    assert.equal((await change({ 'gone.db': '1', absent: [] })).status, 422, 'a system without any source');
    assert.equal(estate(), before);
    assert.deepEqual(secrets(), []);
  });
  it('puts a new address into a file of its own, and forgets the one before', async () => {
    const at = (name: string): string => join(site.home.home, 'secrets', name);
    const url = (word: string): string => `${host.url}${host.url.includes('?') ? '&' : '?'}application_name=${word}`;
    assert.equal((await change({ 'read.db': url('first') })).status, 303);
    assert.match(readFileSync(at('office-db-read'), 'utf8'), /first/);
    assert.ok(!estate().includes('first'));
    assert.match(estate(), /schema: public # the only one/);
    assert.equal((await change({ 'read.db': url('second'), 'erase.db': url('third') })).status, 303);
    assert.deepEqual(readdirSync(join(site.home.home, 'secrets')).toSorted(), ['office-db-erase', 'office-db-read-2']);
    assert.match(readFileSync(at('office-db-read-2'), 'utf8'), /second/);
    assert.equal((await change({ 'read-only.db': '1' })).status, 303);
    assert.doesNotMatch(estate(), /erase:/);
    assert.deepEqual(readdirSync(join(site.home.home, 'secrets')), ['office-db-read-2']);
    assert.equal((await change({ 'erase.db': host.url })).status, 303);
  });
  it('says what disconnecting does: which promises, how many datasets, which plans, which holds', async () => {
    const own = await world();
    const plan = await makePlan(own, own.clock());
    await placeHold(
      own,
      { name: 'A' },
      {
        matter: 'Geschil',
        kind: 'dispute',
        reason: 'Zaak.',
        legalBasis: 'AVG art. 17',
        scope: [{ is: 'subject', kind: 'email', value: 'other@example.nl', datasets: [] }],
        prospective: false,
      },
    );
    const page = await shown('/systems/office/disconnect?lang=nl');
    const rules = own.policy.retention.filter((rule) => page.includes(rule.id));
    assert.ok(rules.length > 0);
    assert.match(page, new RegExp(`href="/promises/${rules[0]?.promise}"`));
    assert.match(page, new RegExp(`href="/plans/${plan.plan}"`));
    assert.match(page, /Koppel los: 1 dataset zonder toezicht/);
    assert.match(page, /er wordt daar niets veranderd of verwijderd/);
    assert.match(page, /Geschil/);
    const cellar = await shown('/systems/cellar/disconnect?lang=nl');
    assert.match(cellar, /gaan elders verder/, 'a rule that goes on in the attic does not lose its proof');
    assert.doesNotMatch(cellar, /nergens anders/);
    // A plan of before a change is void, and no longer in the list.
    const approver = site.people.get('approver')?.token ?? '';
    const seen = async (): Promise<string> => (await site.ask(`/plans/${plan.plan}?lang=nl`, { as: approver })).text();
    assert.match(await seen(), /Keur goed: 1/, 'the control');
    const officer = site.people.get('privacy-officer')?.token ?? '';
    const waits = async (): Promise<string> => (await site.ask('/tasks?lang=nl', { as: officer })).text();
    const asked = await site.ask(`/plans/${plan.plan}/approve`, {
      method: 'POST',
      as: approver,
      body: new URLSearchParams({ rule: 'prospects-one-year' }),
    });
    assert.equal(asked.status, 303);
    assert.match(await waits(), /Een tweede persoon wordt gevraagd/, 'the control');
    await change({ place: 'Cuijk' });
    assert.doesNotMatch(await shown('/systems/office/disconnect?lang=nl'), /href="\/plans\//);
    // It says so itself, where it is listed too; nobody is asked for what could not be carried out.
    assert.match(await seen(), /vervallen[\s\S]*de systemen zijn veranderd/);
    assert.doesNotMatch(await seen(), /Keur goed/);
    assert.match(await shown('/plans?lang=nl'), /vervallen/);
    const approved = await site.ask(`/plans/${plan.plan}/approve?lang=nl`, {
      method: 'POST',
      as: approver,
      body: new URLSearchParams({ rule: 'prospects-one-year' }),
    });
    assert.equal(approved.status, 409);
    assert.doesNotMatch(await waits(), /Een plan wacht op|Een tweede persoon wordt gevraagd/);
    await assert.rejects(approvePlan(await world(), { name: 'A' }, plan.plan), { code: 'plan-policy-changed' });
    await assert.rejects(startRun(await world(), plan.plan), { code: 'plan-policy-changed' });
  });
  it('waits for a run that is under way there, and for no other', async () => {
    const own = await world();
    await host.add([{ id: 2, email: 'b@example.nl', last: '2020-02-01' }]);
    const plan = await makePlan(own, own.clock());
    await approvePlan(own, { name: 'A' }, plan.plan);
    const { run, steps } = await startRun(own, plan.plan);
    assert.ok(steps.length > 0);
    const before = estate();
    for (const answer of [
      await change({ place: 'Wijchen' }),
      await post('/systems/office/disconnect', { reason: 'x' }),
    ]) {
      assert.equal(answer.status, 409);
      assert.ok((await answer.text()).includes(run));
    }
    assert.equal(estate(), before);
    assert.equal(
      (await post('/systems/cellar/disconnect', { reason: 'Weg.' })).status,
      303,
      'the cellar has no part in it',
    );
    for (const step of steps) await work(own, step.id, true);
    assert.notEqual((await reportRun(own, run))?.state, 'running');
    assert.equal((await change({ place: 'Wijchen' })).status, 303);
  });
  it('disconnects: the neighbours stay as they were, the data too, and the ledger knows why', async () => {
    const rows = await host.ids();
    assert.equal((await post('/systems/office/disconnect', { reason: '' })).status, 422, 'not without a reason');
    const stale = site.people.get('engineer')?.stale ?? '';
    const unconfirmed = await site.ask('/systems/office/disconnect', {
      method: 'POST',
      as: stale,
      body: new URLSearchParams({ reason: 'Vervangen.' }),
    });
    assert.equal(unconfirmed.status, 401);
    await site.ask('/systems/office/probe', { method: 'POST', as: engineer() });
    assert.equal((await post('/systems/office/disconnect', { reason: 'Vervangen.' })).status, 303);
    assert.doesNotMatch(estate(), /office/);
    assert.match(estate(), /^# Ours, by hand\.\n/);
    assert.match(estate(), /# The new recorder\.\n {2}- id: attic\n[\s\S]+# on the left\n/);
    assert.deepEqual(await host.ids(), rows);
    assert.deepEqual(readdirSync(join(site.home.home, 'secrets')), []);
    const own = await world();
    const { rows: details } = await sql<{ details: string }>`select details from ledger.detail`.execute(own.db);
    const said = details.map((one) => one.details).join();
    assert.match(said, /system\.disconnected/);
    assert.match(said, /Vervangen\./);
    assert.match(said, /system\.changed/);
    assert.equal((await site.ask('/systems/office', { as: engineer() })).status, 404);
    assert.equal((await post('/systems/attic/disconnect', { reason: 'Alles weg.' })).status, 303, 'the last one too');
    assert.match(estate(), /systems:(?:\s|#.*\n)*\[\]\n$/);
    assert.match(await shown('/systems'), /\/set-up\/system/);
  });
});

describe('another estate or policy', () => {
  it('is measured at once by a server that is running, and by what applies now', { timeout: 120_000 }, async () => {
    const host = await prospects();
    const home = await testHome({ estate: 'gestand: 1\nsystems: []\n' });
    const config = readConfig(
      { GESTAND_HOME: home.home, GESTAND_DATABASE_URL: home.databaseUrl, GESTAND_PORT: '0' },
      false,
    );
    const site = await openSite(config, [home.home], () => undefined);
    try {
      const seat = site.seats()[0];
      assert.ok(seat);
      const measured = async (system: string): Promise<number> =>
        Number(
          (
            await sql<{ n: string }>`select count(*) as n from proof.measure where system = ${system}`.execute(
              seat.world.db,
            )
          ).rows[0]?.n ?? 0,
        );
      const within = async (what: () => Promise<boolean>): Promise<boolean> => {
        for (let tries = 0; tries < 240; tries += 1) {
          if (await what()) return true;
          await new Promise((done) => setTimeout(done, 250));
        }
        return false;
      };
      writeFileSync(places(home.home).estate, host.estate);
      const next = await seat.reload();
      assert.equal(await measured('office'), 0);
      await seeEverything(next);
      assert.ok(await within(async () => (await measured('office')) > 0), 'within a minute, and not within the hour');
    } finally {
      await site.close();
      await home.close();
      await host.close();
    }
  });
});
