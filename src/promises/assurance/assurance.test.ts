import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { OpenWorld } from '../../app/world.ts';
import { sha256Hex } from '../../crypto/index.ts';
import { testHome, type TestHome } from '../../../test/worlds/home.ts';
import { declarables } from './declarable.ts';
import { standing, unfit, type Declared } from './model.ts';
import { declare, listDeclarations, lostAttachments, withdraw } from './service.ts';

const given = (over: Partial<Declared> = {}): Declared => ({
  control: 'premises-inspection',
  words: { nl: 'De sloten van Kanarie zijn bekeken', en: 'The locks of Kanarie were inspected' },
  by: 'Kanarie van Zanten',
  role: 'engineer',
  on: '2026-11-20',
  until: '2027-05-20',
  ...over,
});
const file = (text: string) => ({
  extension: '.pdf',
  content: (async function* () {
    yield await Promise.resolve(Buffer.from(text));
  })(),
});

describe('the days of a declaration', () => {
  const year = { text: { nl: '', en: '' }, lasts: 'P1Y' };
  const wrong = (on: string, until: string) => unfit({ on, until }, year, '2026-11-24')?.is ?? null;
  it('are days, in order, not in the future, not over, and not further apart than a word lasts', () => {
    assert.equal(wrong('2026-11-24', '2027-11-24'), null);
    assert.equal(wrong('2026-11-24', '2027-11-25'), 'too-long');
    assert.equal(wrong('2026-11-25', '2027-01-01'), 'in-the-future');
    assert.equal(wrong('2026-11-20', '2026-11-20'), 'ends-before');
    assert.equal(wrong('2026-01-20', '2026-11-23'), 'over');
    for (const day of ['2026-02-30', 'yesterday', '2026-11-2', '']) assert.equal(wrong(day, '2027-01-01'), 'no-day');
  });
});

describe('a declaration', () => {
  let home: TestHome;
  let world: OpenWorld;
  before(async () => {
    home = await testHome({
      estate: `gestand: 1
systems:
  - { id: archive, title: { nl: a, en: a }, profile: asterisk-recordings, role: controller, location: { country: NL, place: Haps }, sources: { recordings: { connector: files, root: /nowhere } } }
`,
    });
    world = await home.open();
  });
  after(() => home.close());

  it('is signed into the log with its control and its end; the name and the words are not in the leaf', async () => {
    const signed = await declare(world, given(), file('report'));
    const entries = await sql<{ entry: string }>`select convert_from(entry, 'UTF8') as entry from ledger.entry`.execute(
      world.db,
    );
    const all = entries.rows.map((row) => row.entry).join('\n');
    assert.match(all, /declaration\.signed/);
    assert.ok(all.includes(signed.id) && all.includes('premises-inspection') && all.includes(sha256Hex('report')));
    assert.ok(!all.includes('Kanarie'));
    // The control: where it can be erased, it is.
    const details = JSON.stringify((await sql`select details from ledger.detail`.execute(world.db)).rows);
    assert.ok(details.includes('Kanarie van Zanten') && details.includes('The locks of Kanarie'));
    assert.ok((await world.leafOf(signed.event)) !== null);
    assert.equal(readFileSync(join(home.home, 'declarations', signed.attachment?.name ?? ''), 'utf8'), 'report');
  });

  it('takes the place of the one before it', async () => {
    const second = await declare(world, given({ on: '2026-11-21' }));
    const states = (await listDeclarations(world)).map(
      (one) => [one.on, standing(one, world.clock(), world.zone)] as const,
    );
    assert.deepEqual(
      states.toSorted(([a], [b]) => a.localeCompare(b)),
      [
        ['2026-11-20', 'superseded'],
        ['2026-11-21', 'in-force'],
      ],
    );
    await withdraw(world, { name: 'A' }, second.id, 'a key was lost');
    assert.ok((await listDeclarations(world)).every((one) => standing(one, world.clock(), world.zone) !== 'in-force'));
    await assert.rejects(withdraw(world, { name: 'A' }, second.id, ''), /no declaration/);
  });

  it('counts through its last day in the zone of the organisation, and not a minute longer', async () => {
    const one = await declare(world, given({ control: 'cookie-scan', until: '2027-01-10' }));
    const at = (text: string) =>
      standing(one, home.now().add({ milliseconds: Date.parse(text) - home.now().epochMilliseconds }), world.zone);
    assert.equal(at('2027-01-10T22:59:00Z'), 'in-force');
    assert.equal(at('2027-01-10T23:00:00Z'), 'expired');
  });

  it('whose row was changed afterwards counts no more', async () => {
    const one = await declare(world, given({ control: 'recording-use', until: '2026-12-20' }));
    await sql`update assurance.declaration set until_day = '2036-12-20' where id = ${one.id}`.execute(world.db);
    const found = (await listDeclarations(world)).find((word) => word.id === one.id);
    assert.ok(found);
    assert.equal(standing(found, world.clock(), world.zone), 'changed');
  });

  it('whose attachment was changed or is gone is told', async () => {
    const one = await declare(world, given({ control: 'outside-audit' }), file('certificate'));
    assert.deepEqual(await lostAttachments(world), []);
    const copy = join(home.home, 'declarations', one.attachment?.name ?? '');
    writeFileSync(copy, 'another certificate');
    assert.deepEqual(await lostAttachments(world), ['outside-audit']);
    rmSync(copy);
    assert.deepEqual(await lostAttachments(world), ['outside-audit']);
  });

  it('is refused about what nobody can declare, without a name, without words, or for too long', async () => {
    await assert.rejects(declare(world, given({ control: 'recordings-90-days' })), /Nothing can be declared/);
    await assert.rejects(declare(world, given({ by: ' ' })), /needs a name/);
    await assert.rejects(declare(world, given({ words: { nl: 'x', en: ' ' } })), /own words/);
    await assert.rejects(declare(world, given({ until: '2028-11-20' })), /until 2027-11-20 at the latest/);
    // The policy repeats this measure every three months: the word lasts no longer.
    await assert.rejects(declare(world, given({ control: 'restore-test' })), /until 2027-02-20 at the latest/);
  });

  it('can be about any control that a measure of the policy names', () => {
    const [first] = world.policy.measures;
    assert.ok(first);
    const own = { ...first, shownBy: [{ control: 'own-control', kind: 'document' as const }], every: 'P2W' };
    assert.equal(declarables({ ...world.policy, measures: [own] }).get('own-control')?.lasts, 'P2W');
    assert.equal(declarables(world.policy).has('control-mapping'), false);
  });
});
