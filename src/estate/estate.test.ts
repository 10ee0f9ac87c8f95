import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { freshMariadb, hasMariadb } from '../../test/worlds/mariadb.ts';
import { emptyDatabase } from '../../test/worlds/postgres.ts';
import { problemText } from '../base/yaml.ts';
import { namesOf } from '../base/yaml-parts.ts';
import { sqlConnector } from '../connectors/sql/index.ts';
import type { Finding } from '../connectors/kit/index.ts';
import { ownership, readEstate, readProfiles, resolve, type Profile } from './index.ts';

const files = readdirSync('profiles')
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ name, text: readFileSync(join('profiles', name), 'utf8') }));
const { profiles, problems } = readProfiles(files);
const profile = (id: string): Profile => {
  const found = profiles.get(id);
  assert.ok(found, id);
  return found;
};
const context = { handle: () => 'h', log: () => undefined };
const ddl = (id: string, dialect: string): string =>
  readFileSync(`profiles/fixtures/${id}/schema.${dialect}.sql`, 'utf8');
const datasetsOf = (id: string) =>
  resolve('s', profile(id), { params: { zone: 'Europe/Amsterdam' }, data: {}, notUsed: [] }).filter(
    (one) => one.at.kind === 'table',
  );
const unlisted = (findings: readonly Finding[]) =>
  findings.filter((one) => /^(unlisted|missing)-(field|dataset)/.test(one.kind)).map((one) => one.detail);

async function probePostgres(id: string, more = ''): Promise<string[]> {
  const world = await emptyDatabase();
  await sql.raw(ddl(id, 'postgres') + more).execute(world.db);
  const connector = await sqlConnector.open(
    { connector: 'sql', dialect: 'postgres', read: world.url, erase: world.url },
    context,
  );
  const { findings } = await connector.probe(datasetsOf(id));
  await world.close();
  return unlisted(findings);
}

it('of a product that deletes by itself a hold makes copies: its clean-up does not ask for holds', () => {
  const cleaning = { fusionpbx: ['calls', 'recordings', 'voicemail'], 'web-logs': ['visits'], frigate: ['recordings'] };
  for (const [id, datasets] of Object.entries(cleaning))
    for (const name of datasets)
      assert.equal(profile(id).datasets.find((one) => one.id === name)?.selfDeleting, true, `${id}/${name}`);
});

describe('the profiles', () => {
  it('read without a problem', () => {
    assert.deepEqual(problems.map(problemText), []);
    assert.deepEqual(
      [...profiles.keys()],
      [
        'asterisk-recordings',
        'billing',
        'crm',
        'freepbx',
        'freeradius',
        'frigate',
        'fusionpbx',
        'helpdesk',
        'motion',
        'personnel',
        'web-logs',
      ],
    );
  });

  for (const id of ['fusionpbx', 'freeradius', 'crm', 'billing', 'personnel', 'helpdesk']) {
    it(`${id} lists every column of its PostgreSQL, and a new column or table is a finding`, async () => {
      assert.deepEqual(await probePostgres(id), []);
      const [first] = datasetsOf(id);
      assert.ok(first?.at.kind === 'table');
      const found = await probePostgres(
        id,
        `; alter table ${first.at.table} add column birth_date date; create table surprise (id int)`,
      );
      assert.equal(found.length, 2, found.join());
    });
  }

  for (const id of ['freepbx', 'freeradius']) {
    it(`${id} lists every column of its MariaDB`, { skip: !hasMariadb }, async () => {
      const world = await freshMariadb();
      await world.query(ddl(id, 'mariadb'));
      const connector = await sqlConnector.open(
        { connector: 'sql', dialect: 'mariadb', read: world.url, erase: world.url },
        context,
      );
      assert.deepEqual(unlisted((await connector.probe(datasetsOf(id))).findings), []);
      await world.query('create table surprise (id int)');
      assert.equal(unlisted((await connector.probe(datasetsOf(id))).findings).length, 1);
      // Of which the profile says that nobody is in it.
      assert.deepEqual(unlisted((await connector.probe(datasetsOf(id), ['surprise'])).findings), []);
      assert.equal(unlisted((await connector.probe(datasetsOf(id), ['surprises'])).findings).length, 1, 'the control');
      await world.close();
    });
  }

  it('frigate lists every column of its SQLite', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gestand-frigate-'));
    const database = new DatabaseSync(join(folder, 'frigate.db'));
    database.exec(ddl('frigate', 'sqlite'));
    const connector = await sqlConnector.open(
      { connector: 'sql', dialect: 'sqlite', read: join(folder, 'frigate.db') },
      context,
    );
    assert.deepEqual(unlisted((await connector.probe(datasetsOf('frigate'))).findings), []);
    database.exec('alter table event add column plate text');
    assert.equal(unlisted((await connector.probe(datasetsOf('frigate'))).findings).length, 1);
    database.close();
    rmSync(folder, { recursive: true });
  });

  it('say who owns an item, who took part and who is only mentioned', () => {
    const invoices = datasetsOf('crm').find((one) => one.id === 'invoices');
    const calls = datasetsOf('fusionpbx').find((one) => one.id === 'calls');
    assert.ok(invoices && calls);
    assert.deepEqual(ownership(invoices).mentioned, ['handled_by']);
    assert.ok(
      ownership(calls).owner.includes('source_number') && ownership(calls).accessor.includes('destination_number'),
    );
  });

  it('that are wrong are told where: a field, a template, a join that is not there', () => {
    const crm = files.find((one) => one.name === 'crm.yaml')?.text ?? '';
    const told = (changed: string): string =>
      readProfiles([{ name: 'crm.yaml', text: changed }])
        .problems.map(problemText)
        .join('\n');
    assert.match(
      told(crm.replace('field: email, role: owner', 'field: emial, role: owner')),
      /crm\.yaml:\d+:\d+ .*did you mean "email"/,
    );
    assert.match(told(crm.replace('{yyyy}/{applicant}', '{yyyy}/{applicant')), /without a proper name/);
    assert.match(told(crm.replace('to: customers', 'to: custmers')), /did you mean "customers"/);
  });
  it('with a part that a deletion would not get to are refused, where the run would have said that it is complete', () => {
    const told = (file: string, ...changes: readonly (readonly [string, string])[]): string => {
      const own = files.find((one) => one.name === `${file}.yaml`)?.text ?? '';
      const text = changes.reduce((now, [was, is]) => {
        assert.ok(now.includes(was), was);
        return now.replace(was, is);
      }, own);
      return readProfiles([{ name: `${file}.yaml`, text }])
        .problems.map(problemText)
        .join('\n');
    };
    assert.equal(told('helpdesk'), '', 'the control');
    assert.match(
      told(
        'helpdesk',
        ['partOf: { dataset: questions, path', 'partOf: { dataset: notes, path'],
        ['{document}', '{id}'],
        ['path: document }', 'path: id }'],
      ),
      /datasets\[\d\]\.partOf\.dataset: "notes" is itself part of "questions"/,
    );
    assert.match(told('helpdesk', ['join: { question_id: id }', 'path: "{id}"']), /only a table goes along.*a join/);
    assert.match(told('helpdesk', ['path: "{document}", ', '']), /partOf: in another source path and join are needed/);
    assert.match(told('helpdesk', [', join: { path: document }', '']), /partOf: in another source path and join/);
  });
});

describe('the estate', () => {
  const estate = `gestand: 1
systems:
  - id: cameras
    title: { nl: Camera's, en: Cameras }
    profile: motion
    role: controller
    location: { country: NL, place: Haps }
    sources: { video: { connector: files, root: /srv/video } }
`;
  const told = (text: string): string =>
    readEstate({ name: 'estate.yaml', text }, { profiles, categories: namesOf(['video']) })
      .problems.map(problemText)
      .join('\n');
  it('reads when it is right', () => {
    assert.equal(told(estate), '');
  });
  it('is told what is wrong, where, and what was meant', () => {
    assert.match(told(estate.replace('profile: motion', 'profile: moton')), /estate\.yaml:5:5 .*did you mean "motion"/);
    assert.match(told(estate.replace('video: {', 'vidoe: {')), /did you mean "video"/);
    assert.match(told(estate.replace('country: NL', 'country: Nederland')), /two-letter/);
    assert.match(told(estate.replace('connector: files, root: /srv/video', 'connector: manual')), /of kind files/);
    assert.match(
      readEstate({ name: 'estate.yaml', text: estate }, { profiles, categories: namesOf(['customers']) })
        .problems.map(problemText)
        .join(),
      /holds "video", which the policy does not have/,
    );
  });
});
