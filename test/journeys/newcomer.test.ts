import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { parse } from 'yaml';
import { checkHome, program } from '../../src/app/home.ts';
import { problemText } from '../../src/base/yaml.ts';
import { approvePlan, makePlan } from '../../src/promises/retention/plan.ts';
import { carry } from '../worlds/carry.ts';
import { testHome } from '../worlds/home.ts';
import { emptyDatabase } from '../worlds/postgres.ts';

/** The examples of a page, as a newcomer copies them. */
function examples(page: string): string[] {
  const text = readFileSync(join(program, 'docs', page), 'utf8');
  return [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map((found) => found[1] ?? '');
}

describe('a newcomer with nothing but docs/', () => {
  it('adds the profile of the guide, connects the product, and it goes whole', async () => {
    const [profile = '', cabinet = ''] = examples('profiles.md');
    const host = await emptyDatabase();
    const folder = mkdtempSync(join(tmpdir(), 'gestand-tickets-'));
    const run = (text: string) => sql.raw(text).execute(host.db);
    await run(`create table tickets (id integer primary key, opened_by text, phone text, subject text, closed_at timestamptz, attachment text);
      create table messages (id integer primary key, ticket_id integer references tickets, body text);
      insert into tickets values (1, 'a@example.nl', '0612345678', 's', '2020-01-01', '2020/1-letter.pdf'), (2, 'b@example.nl', '', 's', null, '2020/2-letter.pdf');
      insert into messages values (1, 1, 'x'), (2, 1, 'y'), (3, 2, 'z')`);
    mkdirSync(join(folder, '2020'));
    for (const ticket of [1, 2]) writeFileSync(join(folder, `2020/${ticket}-letter.pdf`), 'x');
    const url = `{ literal: ${JSON.stringify(host.url)} }`;
    const home = await testHome({
      profiles: { 'tickets.yaml': profile, 'cabinet.yaml': cabinet },
      estate: `gestand: 1
systems:
  - { id: desk, title: { nl: a, en: a }, profile: tickets, role: controller, location: { country: NL, place: Haps }, sources: { db: { connector: sql, dialect: postgres, read: ${url}, erase: ${url} }, files: { connector: files, root: ${folder} } } }
  - { id: archive, title: { nl: b, en: b }, profile: cabinet, role: controller, location: { country: NL, place: Haps }, sources: { paper: { connector: manual } } }
`,
    });
    const checked = checkHome(home.home, '2026-11-24');
    assert.deepEqual(checked.problems.map(problemText), []);
    const world = await home.open();
    const plan = await makePlan(world, world.clock());
    assert.deepEqual(
      plan.findings.filter((one) => !/privilege/.test(one.kind)),
      [],
    );
    await approvePlan(world, { name: 'A' }, plan.plan);
    const report = await carry(world, plan.plan);
    const lines = Object.fromEntries(report.lines.map((line) => [line.dataset, line]));
    assert.deepEqual([lines['tickets']?.done, lines['tickets']?.level, lines['contracts']?.partial], [1, 'V2', 1]);
    const left = await sql<{ id: number }>`select id from messages`.execute(host.db);
    assert.deepEqual(
      left.rows.map((row) => row.id),
      [3],
    );
    assert.deepEqual(
      [1, 2].map((ticket) => existsSync(join(folder, `2020/${ticket}-letter.pdf`))),
      [false, true],
    );
    await home.close();
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('copies the estate of each guide, and it is right', async () => {
    for (const page of ['estate.md', 'connect-a-freepbx.md']) {
      const home = await testHome({ estate: examples(page)[0] ?? '' });
      assert.deepEqual(checkHome(home.home, '2026-11-24').problems.map(problemText), [], page);
      assert.ok(parse(examples(page)[0] ?? ''));
      await home.close();
    }
  });
});
