/** The command line where people have accounts: what takes two of them is not quietly done by one who has the machine. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { userInfo } from 'node:os';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { readEntries } from '../../src/ledger/store.ts';
import { listHolds, placeHold, releaseHold } from '../../src/promises/holds/service.ts';
import { testHome, type TestHome } from '../worlds/home.ts';
import { emptyEstate, testSite, type TestSite } from '../worlds/site.ts';

const program = new URL('../../bin/gestand.js', import.meta.url).pathname;

const cli = (home: TestHome, ...args: string[]) => {
  const env = {
    PATH: process.env['PATH'] ?? '',
    GESTAND_HOME: home.home,
    GESTAND_DATABASE_URL: home.databaseUrl,
    LANG: 'en',
  };
  const done = spawnSync(process.execPath, [program, ...args, '--json'], { env, encoding: 'utf8' });
  const told = JSON.parse(done.stdout) as { error?: { code: string }; state?: string };
  return { code: done.status, error: told.error?.code ?? null, state: told.state ?? null };
};

describe('the command line, where people have accounts', () => {
  let site: TestSite;
  let hold = '';
  before(async () => {
    site = await testSite();
    const placed = await placeHold(
      site.world,
      { name: 'Person dpo' },
      {
        matter: 'm',
        kind: 'complaint',
        reason: 'r',
        legalBasis: 'b',
        prospective: false,
        scope: [{ is: 'items', dataset: 'paper/recordings', keys: [['x.wav']] }],
      },
    );
    hold = placed.hold.id;
  });
  after(() => site.close());

  const state = async (): Promise<string | undefined> => (await listHolds(site.world))[0]?.hold.state;
  /** Entries that say that one did what takes two. */
  const alone = async (): Promise<string[]> => {
    const size = (await site.world.ledger.checkpoint())?.size ?? 0;
    const all = (await readEntries(site.world.db, 0n, BigInt(size))).map((entry) => entry.toString('utf8'));
    return all.filter((entry) => entry.includes('operator.alone'));
  };

  it('asks for two of them, in the name of people who may', async () => {
    const release = ['hold', 'release', hold, '--reason', 'settled', '--by'];
    assert.equal(cli(site.home, ...release, 'Nobody').error, 'not-by-this-person');
    assert.equal(cli(site.home, ...release, 'Person engineer').error, 'not-by-this-person');
    assert.deepEqual(cli(site.home, ...release, 'person  DPO').state, 'asked', 'the first only asks');
    assert.deepEqual(cli(site.home, ...release, 'Person approver'), { code: 3, error: 'two-people', state: null });
    assert.notEqual(await state(), 'releasing');
    assert.equal(cli(site.home, 'approve', 'p-0123456789', '--by', 'Person approver').error, 'two-people');
    assert.equal(cli(site.home, 'publish', 'approve', 'latest', '--as', 'Person approver').error, 'two-people');
    assert.equal(cli(site.home, 'publish', 'latest', '--as', 'Person approver').error, 'two-people');
    const override = [
      'publish',
      'override',
      '--rule',
      'GST-A01',
      '--path',
      'dpo',
      '--reason',
      'r',
      '--until',
      '2027-01-01',
    ];
    assert.equal(cli(site.home, ...override, '--as', 'Person dpo').error, 'two-people');
    assert.deepEqual(await alone(), [], 'and nothing was done');
  });

  it('does it alone only when told to, and the evidence shows that, with nobody’s name in it', async () => {
    const done = cli(site.home, 'hold', 'release', hold, '--by', 'Person approver', '--alone', 'nobody else is there');
    assert.equal(done.state, 'releasing');
    assert.equal(await state(), 'releasing');
    const [entry, ...more] = await alone();
    assert.deepEqual(more, []);
    assert.match(entry ?? '', /"deed":"release-hold"/);
    for (const word of ['Person', 'nobody else', userInfo().username]) assert.ok(!(entry ?? '').includes(word), word);
    const { rows } = await sql<{ details: string }>`
      select details from ledger.detail where details like '%nobody else is there%'`.execute(site.world.db);
    const details = JSON.parse(rows[0]?.details ?? '{}') as Record<string, string>;
    assert.deepEqual([details['by'], details['subject']], ['Person approver', hold]);
    assert.match(details['operator'] ?? '', /^[\w-]{16,}$/);
    assert.notEqual(details['operator'], userInfo().username, 'the account of the machine under a keyed hash');
  });

  it('leaves the second of two to the browser', async () => {
    const { hold: other } = await placeHold(
      site.world,
      { name: 'Person dpo' },
      {
        matter: 'n',
        kind: 'complaint',
        reason: 'r',
        legalBasis: 'b',
        prospective: false,
        scope: [{ is: 'items', dataset: 'paper/recordings', keys: [['y.wav']] }],
      },
    );
    assert.equal(cli(site.home, 'hold', 'release', other.id, '--reason', 'x', '--by', 'Person dpo').state, 'asked');
    const granted = await releaseHold(site.world, { name: 'Person approver' }, other.id, '');
    assert.equal(granted.state, 'releasing');
  });
});

describe('the command line of a home without accounts', () => {
  it('takes the names that it is given: two names are two people', async () => {
    const home = await testHome({ estate: emptyEstate });
    try {
      const world = await home.open();
      const { hold } = await placeHold(
        world,
        { name: 'Ann' },
        {
          matter: 'm',
          kind: 'complaint',
          reason: 'r',
          legalBasis: 'b',
          prospective: false,
          scope: [{ is: 'items', dataset: 'paper/recordings', keys: [['x.wav']] }],
        },
      );
      assert.equal(cli(home, 'hold', 'release', hold.id, '--reason', 'x', '--by', 'Ann').state, 'asked');
      assert.equal(cli(home, 'hold', 'release', hold.id, '--by', 'Ann').error, 'hold-same-person');
      assert.equal(cli(home, 'hold', 'release', hold.id, '--by', 'Bo').state, 'releasing');
    } finally {
      await home.close();
    }
  });
});
