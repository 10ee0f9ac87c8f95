import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { places, program } from '../../src/app/home.ts';
import type { OpenWorld } from '../../src/app/world.ts';
import { declare, withdraw } from '../../src/promises/assurance/service.ts';
import { holdsNow, livingFacts } from '../../src/promises/proof/living.ts';
import { publicProofs } from '../../src/promises/proof/public.ts';
import { judgeAll, measure, type PromiseReport } from '../../src/promises/proof/service.ts';
import { statement } from '../../src/promises/publication/statement/index.ts';
import type { World } from '../../src/promises/world.ts';
import { prospects, type ProspectWorld } from '../worlds/crm.ts';
import { referencePolicy, testHome, type TestHome } from '../worlds/home.ts';

const start = '2026-11-24T10:00:00Z';
const ids = Array.from({ length: 37 }, (_, i) => `P${String(i + 1).padStart(2, '0')}`);
const word = (control: string, until = '2027-01-31') => ({
  control,
  words: { nl: 'gezien', en: 'seen' },
  by: 'Kanarie van Zanten',
  role: null,
  on: '2026-11-20',
  until,
});

describe('the board over every promise', () => {
  let host: ProspectWorld;
  let home: TestHome;
  let world: OpenWorld;
  const board = async (of: World = world): Promise<Map<string, PromiseReport>> =>
    new Map((await judgeAll(of)).map((one) => [one.id, one]));
  const state = async (id: string, of: World = world): Promise<string> => {
    const one = (await board(of)).get(id);
    return `${one?.state ?? ''} ${one?.kind ?? ''}`;
  };

  /** What the tests before saw of days to come. */
  const forget = async (): Promise<void> => {
    for (const table of ['proof.check', 'proof.measure'])
      await sql`delete from ${sql.table(table)} where at > ${start}::timestamptz`.execute(world.db);
  };

  /** A version of some policy, published as far as the store knows. */
  const publishedFrom = async (policyHash: string): Promise<void> => {
    await sql`insert into publication.version (id, label, manifest, sha256, policy_hash, made_at)
              values ('v-0000000000', '2026-0', '{"files":{}}', ${'1'.repeat(64)}, ${policyHash}, ${start})`.execute(
      world.db,
    );
    await sql`insert into publication.act (version, n, act, by, at, effective, event)
              values ('v-0000000000', 1, 'published', 'A', ${start}, '2026-11-24', 'e')`.execute(world.db);
  };

  before(async () => {
    host = await prospects();
    // Names that occur in no sentence of ours: where one of them is found, it was let out.
    const profile = readFileSync(join(program, 'profiles/crm.yaml'), 'utf8')
      .replace('id: crm\n', 'id: zx-crm\n')
      .replace('  - id: prospects\n', '  - id: zx-leads\n');
    home = await testHome({
      estate: host.estate
        .replace('id: office', 'id: zx-office')
        .replace('profile: crm', 'profile: zx-crm')
        .replace('place: Haps', 'place: Zx-Dorp, operator: Zx-Hosting'),
      profiles: { 'zx-crm.yaml': profile },
    });
    cpSync(join(program, 'policies/it-provider/documents'), join(home.home, 'documents'), { recursive: true });
    world = await home.open();
    await host.add([{ id: 1, email: 'a@example.nl', last: '2026-10-01' }]);
  });
  after(async () => {
    await home.close();
    await host.close();
  });

  it('has each promise that the policy makes, and calls none of them kept before anything was seen', async () => {
    const all = await board();
    assert.deepEqual([...all.keys()], ids);
    for (const one of all.values()) {
      assert.equal(one.state, 'not-proven', one.id);
      assert.ok(one.parts.length > 0 && one.why.length > 0, one.id);
    }
  });

  it('then tells what was measured from what follows from the policy, and what is missing from both', async () => {
    await measure(world);
    assert.equal(await state('P10'), 'kept measured');
    assert.equal(await state('P02'), 'kept derived');
    assert.equal(await state('P03'), 'kept derived'); // measured in the systems, and the law's questions are derived: the weaker counts
    assert.equal(await state('P14'), 'kept derived');
    const all = await board();
    assert.ok(all.get('P08')?.why.some((why) => why.is === 'no-system'));
    assert.ok(
      all
        .get('P07')
        ?.why.some((why) => why.is === 'no-system' && [why.data, ...(why.also ?? [])].includes('suppliers')),
    );
    assert.match(JSON.stringify(all.get('P29')?.why), /does not handle them yet/);
  });

  it('rests each kept promise on a leaf that anyone can check', async () => {
    const kept = [...(await board()).values()].filter((one) => one.state === 'kept');
    assert.ok(kept.length >= 5);
    for (const one of kept)
      assert.match((await world.ledger.prove(one.leaf ?? -1)) ?? '', /c2sp\.org\/tlog-proof/, one.id);
  });

  it('writes a check of our own files into the log again only when it says something else, or half a day later', async () => {
    const rows = async (id: string): Promise<number> =>
      Number(
        (await sql<{ n: string }>`select count(*) as n from proof.check where check_id = ${id}`.execute(world.db))
          .rows[0]?.n,
      );
    const before = { law: await rows('law-p02'), data: await rows('declared-data') };
    home.setNow('2026-11-24T11:00:00Z');
    await measure(world);
    assert.deepEqual(
      { law: await rows('law-p02'), data: await rows('declared-data') },
      { law: before.law, data: before.data + 1 },
    );
    home.setNow('2026-11-24T22:30:00Z');
    await measure(world);
    assert.equal(await rows('law-p02'), before.law + 1);
    assert.equal(await state('P02'), 'kept derived');
    home.setNow(start);
  });

  it('takes a word for a word: kept as declared while it lasts, not proven the day after, or when it is taken back', async () => {
    assert.equal(await state('P17'), 'not-proven none');
    const one = await declare(world, word('authority-disclosures'));
    assert.equal(await state('P17'), 'kept declared');
    await declare(world, word('premises-inspection'));
    assert.equal(await state('P25'), 'kept declared');
    home.setNow('2027-02-01T10:00:00Z');
    await measure(world);
    assert.equal(await state('P25'), 'not-proven none');
    assert.equal(await state('P17'), 'not-proven none');
    home.setNow(start);
    assert.equal(await state('P17'), 'kept declared');
    await withdraw(world, { name: 'A' }, one.id, 'it was not so');
    assert.equal(await state('P17'), 'not-proven none');
  });

  it('calls nothing kept a day and two hours later but what a word still covers', async () => {
    await forget();
    await declare(world, word('authority-disclosures'));
    home.setNow('2026-11-26T10:00:00Z');
    const kept = [...(await board()).values()].filter((one) => one.state === 'kept');
    assert.deepEqual(
      kept.map((one) => [one.id, one.kind]),
      [['P17', 'declared']],
    );
    home.setNow(start);
    for (const one of (await board()).values())
      for (const part of one.state === 'kept' ? one.parts : [])
        assert.ok(part.proof && part.until && part.until.epochMilliseconds >= home.now().epochMilliseconds, one.id);
  });

  it('does not believe a measurement of a day to come, nor is it hidden by one', async () => {
    home.setNow('2027-11-24T10:00:00Z');
    await measure(world);
    home.setNow('2026-11-26T10:00:00Z');
    assert.equal(await state('P10'), 'not-proven none');
    await measure(world);
    assert.equal(await state('P10'), 'kept measured');
    home.setNow(start);
    await forget();
  });

  it('does not believe what was measured under another policy', async () => {
    await measure(world);
    assert.equal(await state('P10'), 'kept measured');
    writeFileSync(
      places(home.home).policy,
      referencePolicy
        .replace('keep: P1Y\n    from: last-contact', 'keep: P6M\n    from: last-contact')
        .replace(
          'Een jaar na het laatste contact, en: One year after the last contact',
          'Zes maanden na het laatste contact, en: Six months after the last contact',
        ),
    );
    home.setNow('2026-11-24T10:05:00Z');
    const next = await home.open();
    const found = await board(next);
    assert.equal(found.get('P10')?.state, 'not-proven');
    assert.ok(found.get('P10')?.why.every((why) => why.is === 'policy-changed'));
    assert.equal(found.get('P02')?.state, 'not-proven');
    await measure(next);
    assert.equal(await state('P10', next), 'kept measured');
    assert.equal(await state('P02', next), 'kept derived');
    writeFileSync(places(home.home).policy, referencePolicy);
    world = await home.open();
    await measure(world);
  });

  it('sees a column that nobody named, and a policy that no longer answers the law', async () => {
    await sql.raw('alter table prospects add column birthday date').execute(host.db);
    await measure(world);
    assert.match(await state('P03'), /^at-risk/);
    await sql.raw('alter table prospects drop column birthday').execute(host.db);
    const { parsed } = world;
    assert.ok(parsed.value);
    const value = { ...parsed.value, purposes: parsed.value.purposes.map((one) => ({ ...one, basis: [] })) };
    const lawless = { ...world, policy: value, parsed: { ...parsed, value } };
    await measure(lawless);
    assert.match(await state('P02', lawless), /^not-proven/, 'said to nobody yet, it broke no promise');
    const seen = await world.statement();
    const published = { state: 'kept', n: 1, text: { nl: 'gepubliceerd', en: 'published' } } as const;
    const said = { ...lawless, statement: () => Promise.resolve({ ...seen, published }) };
    await measure(said);
    assert.match(await state('P02', said), /^broken/);
    await measure(world);
    assert.equal(await state('P02'), 'kept derived');
  });

  it('shows the public no system, no dataset, no file and nobody, and the statement takes it', async () => {
    await declare(world, word('premises-inspection'), {
      extension: '.pdf',
      content: (async function* () {
        yield await Promise.resolve(Buffer.from('x'));
      })(),
    });
    const proofs = await publicProofs(world);
    assert.deepEqual([...proofs.keys()], ids);
    const said = JSON.stringify([...proofs]);
    const names = [
      ...world.systems.systems.flatMap((one) => [one.id, one.location.place, one.location.operator ?? '']),
      ...world.systems.datasets.map((one) => one.id),
      'Kanarie',
      'd-',
      home.home,
    ];
    for (const name of names) assert.ok(name !== '' && !said.includes(name), name);
    // The control: the board for staff does name them.
    const staff = JSON.stringify([...(await board()).values()]);
    await sql`update proof.measure set overdue = 3 where rule = 'prospects-one-year'`.execute(world.db);
    assert.ok(
      staff.includes('declare') && JSON.stringify([...(await board()).values()]).includes('zx-office/zx-leads'),
    );
    assert.ok(!JSON.stringify([...(await publicProofs(world))]).includes('zx-'));
    await measure(world);
    for (const one of proofs.values())
      for (const text of [one.shows, one.doesNotShow, one.verify])
        assert.ok(text.nl !== '' && text.en !== '' && !text.en.includes('gestand '));
    // Nothing is said to be shown that is not: nobody declared that the staff signed, or that a backup was restored.
    assert.equal((await board()).get('P23')?.state, 'not-proven');
    assert.equal(
      proofs.get('P23')?.shows.en,
      'Proven: When something is out of the backup too. Not proven: A backup was restored and read.',
    );
    assert.equal(proofs.get('P23')?.lastProof, null);
    assert.deepEqual([proofs.get('P23')?.kind, proofs.get('P23')?.partial], ['none', 'partly']);
    assert.deepEqual([proofs.get('P30')?.kind, proofs.get('P30')?.lastProof], ['none', null]);
    assert.match(proofs.get('P25')?.shows.en ?? '', /one of us declared that the protection was inspected/);
    const page = JSON.stringify(statement(world.policy, 'en', { lawBook: world.book, proofs }).blocks);
    for (const id of ['P10', 'P25', 'P29']) assert.ok(page.includes(`"promise":"${id}"`), id);
  });

  it('tells the mapping to ISO 27001 what holds: broken is no, and what nothing shows is neither yes nor no', async () => {
    await measure(world);
    const holds = await holdsNow(world);
    assert.deepEqual(['premises-inspection', 'agreement-clauses', 'second-factor-share', 'P23', 'no-such'].map(holds), [
      true,
      true,
      null,
      null,
      null,
    ]);
    const { promise } = world.policy.retention.find((one) => one.id === 'prospects-one-year') ?? assert.fail();
    assert.equal(holds(promise), true);
    await sql`update proof.measure set overdue = 3 where rule = 'prospects-one-year'`.execute(world.db);
    assert.equal((await holdsNow(world))(promise), false);
    await measure(world);
  });

  it('tells the linter which rules run, which controls show something, and where statement, register and systems differ', async () => {
    await measure(world);
    const living = await livingFacts(world);
    assert.deepEqual(
      living.bound.map((one) => one.rule),
      ['prospects-one-year'],
    );
    assert.ok(living.bound[0]?.lastRun !== null);
    const control = (name: string) => living.controls.find((one) => one.control === name);
    assert.equal(control('premises-inspection')?.stale, false);
    assert.equal(control('agreement-clauses')?.stale, false);
    assert.deepEqual([control('second-factor-share')?.shownAt, control('second-factor-share')?.stale], [null, true]);
    const drift = living.drift.map((one) => one.message.en).join('\n');
    assert.match(drift, /"recordings-90-days" is in the statement, and no connected system carries it out/);
    assert.ok(!drift.includes('"prospects-one-year"'));
    assert.match(drift, /run by "Zx-Hosting", who is no recipient/);
    assert.ok(!drift.includes('published'));
    await publishedFrom('0'.repeat(64));
    const drifted = async (of: World): Promise<boolean> =>
      (await livingFacts(of)).drift.some((one) => /published statement comes from another policy/.test(one.message.en));
    assert.equal(await drifted(world), true);
    assert.equal(await drifted({ ...world, policyHash: '0'.repeat(64) }), false);
    // Or nothing new could ever be published: that is what mends it.
    const about = (await livingFacts(world, { publishing: true })).drift.map((one) => one.message.en);
    assert.ok(about.length > 0 && !about.some((one) => /publish again/.test(one)));
    const idle = { ...world.policy, purposes: world.policy.purposes.filter((one) => !one.data.includes('prospects')) };
    const more = (await livingFacts({ ...world, policy: idle })).drift.map((one) => one.message.en).join('\n');
    assert.match(more, /zx-office\/zx-leads holds data \("prospects"\) for which there is no purpose/);
  });

  it('tells whoever connected nothing yet one thing that names every term, and term by term where the policy gives reasons so', async () => {
    const bare = { ...world, systems: { ...world.systems, systems: [], datasets: [] } };
    const terms = world.policy.retention.map((one) => one.id);
    assert.ok(terms.length > 1);
    const promised = async (of: World) => (await livingFacts(of)).drift.filter((one) => one.promisedOnly === true);
    const [only, ...more] = await promised(bare);
    assert.deepEqual([more, only?.path], [[], ['retention']]);
    for (const text of [only?.message.nl, only?.message.en])
      for (const id of terms) assert.ok(text?.includes(`"${id}"`), `${id}: ${text ?? ''}`);
    const reason = { rule: 'GST-I04', path: `retention.${terms[0] ?? ''}`, text: { nl: 'straks', en: 'soon' } };
    const reasoned = { ...bare, policy: { ...world.policy, reasons: [...world.policy.reasons, reason] } };
    assert.deepEqual(
      (await promised(reasoned)).map((one) => one.path),
      terms.map((_, i) => ['retention', i]),
    );
    // Where a system is connected, each term that it does not carry out is told by itself.
    assert.ok((await promised(world)).every((one) => one.path?.length === 2));
  });
});
