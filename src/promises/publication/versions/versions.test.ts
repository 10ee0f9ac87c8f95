import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { bringOut, nextPolicy, press, type Press } from '../../../../test/worlds/statement.ts';
import { publishedCheck, toldCheck } from './checks.ts';
import { idOf } from './manifest.ts';
import { current } from './model.ts';
import { describe as look, listVersions } from './overview.ts';
import { verifyVersions } from './publishing.ts';
import { approve, draft, override, publishOn, review, tell, whoMayOverride, withdraw } from './service.ts';
import * as store from './store.ts';

const ann = { name: 'Ann' };
const bo = { name: 'Bo' };
const refused = (code: string) => (cause: unknown) => {
  assert.equal((cause as { code?: string }).code, code, String(cause));
  return true;
};
const fault = {
  rule: 'GST-B01',
  severity: 'E',
  path: 'purposes.news.basis',
  message: { nl: 'Noem de grondslag.', en: 'Name the basis.' },
} as const;
const longer = (text: string): string =>
  text.replace('keep: P90D\n    from: call-end', 'keep: P120D\n    from: call-end');

describe('a version of the statement', () => {
  let at: Press;
  before(async () => {
    at = await press();
  });
  after(() => at.close());

  it('lives from draft to published, each step a leaf of the ledger that names nobody', async () => {
    const made = await draft(at.desk, ann);
    assert.equal((await listVersions(at.desk))[0]?.standing, 'draft');
    await review(at.desk, ann, '2026-1');
    await approve(at.desk, bo, made.id);
    const done = await publishOn(at.desk, bo, made.id, '2026-12-01');
    assert.equal(done.version.acts.length, 4);
    assert.equal((await listVersions(at.desk))[0]?.standing, 'planned');
    const leaves = await Promise.all(done.version.acts.map((act) => at.desk.entryOf(act.event)));
    assert.deepEqual(
      leaves.map((leaf) => leaf?.['t']),
      ['statement.drafted', 'statement.reviewed', 'statement.approved', 'statement.published'],
    );
    assert.equal(leaves[3]?.['from'], '2026-11-30T23:00Z');
    for (const leaf of leaves) assert.doesNotMatch(JSON.stringify(leaf), /Ann|Bo\b/);
    assert.equal(leaves[0]?.['hash'], made.sha256);
    assert.equal(made.id, idOf(made.sha256, 'v'));
  });

  it('drafted twice is one version, under one id', async () => {
    const [one, two] = [await draft(at.desk, ann), await draft(at.desk, bo)];
    assert.equal(one.id, two.id);
    assert.equal((await listVersions(at.desk)).length, 1);
    assert.equal(two.acts.length, 4);
  });

  it('is the statement from midnight where the organisation is', async () => {
    const versions = await store.readVersions(at.desk.db);
    assert.equal((await listVersions(at.desk))[0]?.standing, 'planned');
    at.home.setNow('2026-11-30T22:59:59Z');
    assert.equal((await listVersions(at.desk))[0]?.standing, 'planned');
    await assert.rejects(look(at.desk, 'latest'), refused('nothing-published'));
    at.home.setNow('2026-11-30T23:00:00Z');
    assert.equal((await listVersions(at.desk))[0]?.standing, 'published');
    assert.equal((await look(at.desk, 'latest')).version.id, versions[0]?.id);
  });

  it('gives way to the next on its day, and stays readable', async () => {
    await bringOut(at.with(nextPolicy('2026-2')), '2027-07-01');
    at.home.setNow('2027-06-30T21:59:59Z'); // summer time: midnight is two hours before UTC's
    assert.equal((await look(at.desk, 'latest')).version.label, '2026-1');
    at.home.setNow('2027-06-30T22:00:00Z');
    assert.equal((await look(at.desk, 'latest')).version.label, '2026-2');
    const old = await look(at.desk, '2026-1');
    assert.equal(old.standing, 'superseded');
    assert.ok(readFileSync(join(at.desk.folder, old.version.id, 'statement.nl.html'), 'utf8').includes('2026-1'));
    at.home.setNow('2026-11-24T10:00:00Z');
  });

  it('cannot be changed or removed in the database, whichever table', async () => {
    const { db } = at.desk;
    const id = (await listVersions(at.desk))[0]?.version.id ?? '';
    // A row in each: where a name may end after years, the database looks at the row.
    await sql`insert into publication.override values ('o-1', 'r', 'p', 'because', '2026-12-31', 'Ann', now(), 'e1')`.execute(
      db,
    );
    await sql`insert into publication.elsewhere values ('w-1', 's', repeat('0', 64), '[]', 'Ann', now(), 'e2')`.execute(
      db,
    );
    await sql`insert into publication.notice values (${id}, 99, 'g', 'before', '2026-12-31', '[]')`.execute(db);
    await sql`insert into publication.told values (${id}, 99, 'g', 'by post', 'Ann', now(), 'e3')`.execute(db);
    for (const table of ['version', 'act', 'override', 'notice', 'told', 'elsewhere']) {
      const name = sql.table(`publication.${table}`);
      for (const deed of [
        sql`delete from ${name}`,
        sql`truncate ${name} cascade`,
        sql`update ${name} set ${sql.ref(table === 'version' ? 'label' : table === 'notice' ? 'due' : 'by')} = 'x'`,
      ])
        await assert.rejects(deed.execute(db), /refused|not changed|restrict/i, table);
    }
    assert.equal((await listVersions(at.desk)).length, 2);
  });

  it('has a name of its own: another text under a published name is refused', async () => {
    await assert.rejects(draft(at.with(nextPolicy('2026-1', longer)), ann), refused('version-name-taken'));
    await assert.rejects(
      draft(
        at.with(
          nextPolicy('2026-3')
            .replace("version: '2026-3'\n", 'law: { nl: a, en: b }\n')
            .replace(/ {2}law: \{ nl: Op[^\n]*\n/, ''),
        ),
        ann,
      ),
      refused('version-without-name'),
    );
  });

  it('takes effect on a day that is one, that is not past, and after what is planned', async () => {
    const desk = at.with(nextPolicy('2026-4'));
    const { id } = await draft(desk, ann);
    await review(desk, ann, id);
    await approve(desk, bo, id);
    for (const day of ['2026-02-30', 'tomorrow', '2026-1-1'])
      await assert.rejects(publishOn(desk, bo, id, day), refused('not-a-day'));
    await assert.rejects(publishOn(desk, bo, id, '2026-11-23'), refused('day-past'));
    await assert.rejects(publishOn(desk, bo, id, '2026-12-24'), refused('later-version-planned'));
    await withdraw(desk, bo, '2026-2', 'not yet');
    await publishOn(desk, bo, id, '2026-12-24');
    await assert.rejects(publishOn(desk, bo, id, '2026-12-25'), refused('version-order'));
  });
});

describe('four eyes', () => {
  let at: Press;
  before(async () => {
    at = await press();
  });
  after(() => at.close());

  it('who drafted or reviewed it cannot approve it, and nothing is skipped', async () => {
    const { id } = await draft(at.desk, ann);
    await assert.rejects(approve(at.desk, bo, id), refused('version-order'));
    await assert.rejects(publishOn(at.desk, bo, id), refused('version-order'));
    await review(at.desk, bo, id);
    for (const name of ['Ann', 'ANN ', 'bo'])
      await assert.rejects(approve(at.desk, { name }, id), refused('version-same-person'));
    await assert.rejects(approve(at.desk, { name: ' ' }, id), refused('name-needed'));
    assert.equal((await listVersions(at.desk))[0]?.standing, 'reviewed');
  });

  it('also past the program: the database refuses the row', async () => {
    const [version] = await store.readVersions(at.desk.db);
    assert.ok(version);
    const insert = (by: string) =>
      at.desk.db.transaction().execute((tx) =>
        store.insertAct(tx, version.id, {
          act: 'approved',
          by,
          at: at.desk.clock(),
          effective: null,
          reason: null,
          event: 'x',
        }),
      );
    await assert.rejects(insert('ann'));
    await assert.rejects(insert('Bo'));
    assert.equal(await insert('Cor'), 3); // the control: another may
  });
});

describe('what was published is what stands there', () => {
  let at: Press;
  let folder: string;
  before(async () => {
    at = await press();
    const { version } = await bringOut(at.desk);
    folder = join(at.desk.folder, version.id);
  });
  after(() => at.close());
  const problems = async () =>
    (await verifyVersions(at.desk)).find((one) => one.version.label.startsWith('2026-1'))?.problems;

  it('verifies, and the board says so', async () => {
    assert.deepEqual(await problems(), []);
    assert.equal((await publishedCheck(at.desk)).state, 'kept');
  });

  it('a file that was changed, went or came is named; a draft puts it right', async () => {
    const file = join(folder, 'statement.nl.html');
    const right = readFileSync(file);
    writeFileSync(file, String(right).replace('90', '91'));
    writeFileSync(join(folder, 'extra.html'), '');
    rmSync(join(folder, 'statement.en.html'));
    assert.deepEqual(
      (await problems())?.map((one) => [one.file, one.is]),
      [
        ['statement.en.html', 'missing'],
        ['statement.nl.html', 'changed'],
        ['extra.html', 'unknown'],
      ],
    );
    assert.equal((await publishedCheck(at.desk)).state, 'broken');
    await draft(at.desk, ann);
    assert.deepEqual(await problems(), []);
    assert.deepEqual(readFileSync(file), right);
    assert.deepEqual(
      readdirSync(at.desk.folder).filter((name) => name.startsWith('.')),
      [],
    );
  });

  it('nobody puts a name under a draft whose files were changed', async () => {
    const desk = at.with(nextPolicy('2026-9'));
    const { id } = await draft(desk, ann);
    writeFileSync(join(desk.folder, id, 'statement.nl.html'), 'x');
    await assert.rejects(review(desk, ann, id), refused('version-damaged'));
    await draft(desk, ann);
    await review(desk, ann, id);
    writeFileSync(join(desk.folder, id, 'policy.yaml'), 'x');
    await assert.rejects(approve(desk, bo, id), refused('version-damaged'));
  });

  it('a row that was changed past the triggers, with files to match, is found by the ledger', async () => {
    const { db } = at.desk;
    await sql`alter table publication.version disable trigger immutable`.execute(db);
    await sql`update publication.version set manifest = replace(manifest, '"label":"2026-1"', '"label":"2026-1x"') where label = '2026-1'`.execute(
      db,
    );
    await sql`update publication.version set sha256 = encode(sha256(convert_to(manifest, 'UTF8')), 'hex') where label = '2026-1'`.execute(
      db,
    );
    const version = (await store.readVersions(db)).find((one) => one.label === '2026-1');
    writeFileSync(join(folder, 'manifest.json'), version?.manifest ?? '');
    assert.deepEqual(
      (await problems())?.map((one) => one.is),
      ['not-as-signed'],
    );
  });
});

describe('an error of the linter blocks publication', () => {
  let at: Press;
  let id: string;
  before(async () => {
    at = await press();
    at.faults.push(fault);
    ({ id } = await draft(at.desk, ann));
    await review(at.desk, ann, id);
    await approve(at.desk, bo, id);
  });
  after(() => at.close());
  const waiver = { rule: 'GST-B01', path: 'purposes.news', reason: 'Mr Jansen asked us to wait', until: '2026-12-31' };

  it('and the refusal says which and where', async () => {
    await assert.rejects(publishOn(at.desk, bo, id), (cause: Error) => {
      refused('publication-blocked')(cause);
      return /GST-B01 purposes\.news\.basis: Name the basis/.test(cause.message);
    });
  });

  const dee = { name: 'dee' };
  const withOfficer = (desk: Press['desk'], dpo: object | undefined): Press['desk'] =>
    ({ ...desk, policy: { ...desk.policy, dpo } }) as Press['desk'];
  const holding = (desk: Press['desk'], held: Partial<Record<'dpo' | 'privacy-officer', string[]>>): Press['desk'] => ({
    ...desk,
    holders: (role) => Promise.resolve(held[role] ?? []),
  });

  it('and nobody lets it pass who is not the officer by name or by role; nobody is known, nobody may', async () => {
    const officer = withOfficer(at.desk, { external: true });
    await assert.rejects(override(officer, [dee], waiver), refused('officer-unknown'));
    const byRole = holding(officer, { dpo: ['Dee'], 'privacy-officer': ['Bo'] });
    await assert.rejects(override(byRole, [bo], waiver), refused('officer-only'));
    assert.deepEqual(await whoMayOverride(byRole, ['Bo', 'dee'], 'x'), { name: 'dee' });
  });

  it('and where the law asks for no officer, a privacy officer may of what others wrote', async () => {
    const none = withOfficer(at.desk, undefined);
    await assert.rejects(override(none, [dee], waiver), refused('officer-unknown'));
    const answering = holding(none, { 'privacy-officer': ['Ann', 'Dee'] });
    await assert.rejects(override(answering, [bo], waiver), refused('officer-only'));
    await assert.rejects(override(answering, [ann], waiver), refused('override-own-work'));
    assert.deepEqual(await whoMayOverride(answering, ['Ann', 'dee'], at.desk.policyHash), { name: 'dee' });
  });

  it('unless the officer lets it pass, with a reason, for a place that has it, for a year at most', async () => {
    const named = withOfficer(at.desk, { ...at.desk.policy.dpo, name: 'Dee' });
    await assert.rejects(
      override(named, [dee], { ...waiver, path: 'purposes.training' }),
      refused('override-matches-nothing'),
    );
    await assert.rejects(override(named, [dee], { ...waiver, reason: ' ' }), refused('reason-needed'));
    await assert.rejects(override(named, [dee], { ...waiver, until: '2028-01-01' }), refused('override-until'));
    await assert.rejects(override(named, [dee], { ...waiver, until: '2026-11-23' }), refused('override-until'));
    await assert.rejects(override(named, [bo], waiver), refused('officer-only'));
    await override(named, [bo, dee], waiver);
  });

  it('then it can be published within that time, and the reason stands with the version and in no leaf', async () => {
    await assert.rejects(publishOn(at.desk, bo, id, '2027-01-01'), refused('publication-blocked'));
    const done = await publishOn(at.desk, bo, id);
    assert.equal(done.passed[0]?.override.by, 'dee');
    assert.match((await look(at.desk, id)).passed[0]?.override.reason ?? '', /Jansen/);
    const entries = await sql<{ e: string }>`select convert_from(entry, 'UTF8') as e from ledger.entry`.execute(
      at.desk.db,
    );
    const text = entries.rows.map((one) => one.e).join('\n');
    assert.match(text, /statement\.overridden/);
    assert.doesNotMatch(text, /Jansen|purposes\.news/);
  });

  it('and blocks again when that time is over; the board says so of what was published', async () => {
    at.home.setNow('2026-12-31T22:59:00Z');
    assert.equal((await publishedCheck(at.desk)).state, 'kept');
    at.home.setNow('2026-12-31T23:00:00Z');
    assert.equal((await publishedCheck(at.desk)).state, 'at-risk');
    await assert.rejects(bringOut(at.with(nextPolicy('2027-1'))), refused('publication-blocked'));
    at.faults.length = 0;
    assert.equal((await publishedCheck(at.desk)).state, 'kept');
  });
});

describe('who must be told', () => {
  let at: Press;
  let next: Press['desk'];
  before(async () => {
    at = await press();
    await bringOut(at.desk);
    at.home.setNow('2026-11-25T10:00:00Z');
    next = at.with(nextPolicy('2026-2', longer));
  });
  after(() => at.close());

  it('nobody, of the first version', async () => {
    assert.equal((await toldCheck(at.desk)).state, 'kept');
    assert.equal((await look(at.desk, 'latest')).since, null);
  });

  it('is known before it is published, and fixed when it is', async () => {
    const { id } = await draft(next, ann);
    assert.deepEqual(
      (await look(next, id)).notices.map((one) => [one.group, one.when, one.due]),
      [
        ['callers', 'before', '2026-11-25'],
        ['employees', 'before', '2026-11-25'],
      ],
    );
    const { notices } = await bringOut(next, '2026-12-24');
    assert.deepEqual(
      notices.map((one) => [one.group, one.when, one.due]),
      [
        ['callers', 'before', '2026-12-23'],
        ['employees', 'before', '2026-12-23'],
      ],
    );
    assert.match(notices[0]?.changes[0]?.text.en ?? '', /: 90 days → 120 days$/);
  });

  it('keeps the promise from reading kept until it is signed off, and breaks it when the day is past', async () => {
    assert.equal((await toldCheck(next)).state, 'at-risk');
    at.home.setNow('2026-12-23T22:59:00Z');
    assert.equal((await toldCheck(next)).state, 'at-risk');
    at.home.setNow('2026-12-23T23:00:00Z');
    assert.equal((await toldCheck(next)).state, 'broken');
    await assert.rejects(tell(next, ann, '2026-2', 'suppliers', 'a message'), refused('notice-unknown'));
    await assert.rejects(tell(next, ann, '2026-2', 'callers', ''), refused('how-needed'));
    await tell(next, ann, '2026-2', 'callers', 'the announcement, from 1 December');
    await tell(next, ann, '2026-2', 'employees', 'a letter to all staff');
    assert.equal((await toldCheck(next)).state, 'kept');
    await assert.rejects(tell(next, ann, '2026-2', 'callers', 'again'), refused('notice-unknown'));
    assert.equal((await look(next, '2026-2')).notices[0]?.told?.by, 'Ann');
  });

  it('a policy that changed since, and is not published, is seen', async () => {
    assert.equal((await publishedCheck(next)).state, 'kept');
    assert.equal((await publishedCheck(at.desk)).state, 'at-risk');
  });

  it('a version that was withdrawn before its day needs no telling', async () => {
    const third = at.with(
      nextPolicy('2026-3', (text) =>
        longer(text).replace('keep: P1Y\n    from: last-contact', 'keep: P2Y\n    from: last-contact'),
      ),
    );
    await bringOut(third, '2027-02-01');
    assert.equal((await toldCheck(third)).state, 'at-risk');
    await withdraw(third, bo, '2026-3', 'a better idea');
    assert.equal((await toldCheck(third)).state, 'kept');
    assert.equal(current(await store.readVersions(at.desk.db), '2027-03-01')?.label, '2026-2');
  });
});
