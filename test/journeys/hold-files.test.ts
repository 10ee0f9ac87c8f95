/** A hold on rows keeps the files that they name: each of many, in small groups, and counts a file once that two rows name. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { sql } from 'kysely';
import type { Condition } from '../../src/connectors/kit/index.ts';
import { placeHold } from '../../src/promises/holds/service.ts';
import { testHome } from '../worlds/home.ts';
import { emptyDatabase } from '../worlds/postgres.ts';

it('a hold on many rows keeps their files a few at a time, and counts each once', async () => {
  const host = await emptyDatabase();
  const root = mkdtempSync(join(tmpdir(), 'gestand-cvs-'));
  const many = 450;
  await sql
    .raw(
      `create table applicants (id integer primary key, name text, email text, phone text, applied date, procedure_closed date, consent_given_at timestamp, consent_withdrawn_at timestamp, cv_file text);
       insert into applicants (id, email, cv_file) select i, 'held@example.nl', 'applicants/2024/a-' || i || '.pdf' from generate_series(1, ${many}) i;
       insert into applicants (id, email, cv_file) values (1000, 'held@example.nl', 'applicants/2024/a-7.pdf'), (1001, 'held@example.nl', null), (1002, 'held@example.nl', 'applicants/2024/a-gone.pdf'), (1003, 'other@example.nl', 'applicants/2024/a-other.pdf')`,
    )
    .execute(host.db);
  mkdirSync(join(root, 'applicants/2024'), { recursive: true });
  for (let i = 1; i <= many; i += 1) writeFileSync(join(root, `applicants/2024/a-${i}.pdf`), 'x');
  writeFileSync(join(root, 'applicants/2024/a-other.pdf'), 'x');
  const url = JSON.stringify(host.url);
  const home = await testHome({
    estate: `gestand: 1
systems:
  - id: office
    title: { nl: Kantoor, en: Office }
    profile: crm
    role: controller
    location: { country: NL, place: Haps }
    notUsed: [customers, contracts, invoices, prospects, employees]
    sources:
      db: { connector: sql, dialect: postgres, read: { literal: ${url} }, erase: { literal: ${url} } }
      files: { connector: files, root: ${root} }
`,
  });
  const world = await home.open();
  const files = await world.systems.connector('office', 'files');
  const asked: number[] = [];
  const hold = files.hold.bind(files);
  files.hold = (dataset, where, options) => {
    asked.push(namesIn(where));
    return hold(dataset, where, options);
  };
  const { achieved } = await placeHold(
    world,
    { name: 'A' },
    {
      matter: 'm',
      kind: 'dispute',
      reason: 'r',
      legalBasis: 'b',
      prospective: true,
      scope: [{ is: 'subject', kind: 'email', value: 'held@example.nl', datasets: [] }],
    },
  );
  const cvs = achieved.find((one) => one.dataset === 'cvs');
  assert.deepEqual([cvs?.guarded, cvs?.risk], [many, null]);
  // The one that is not there was asked for too; the one that two rows name was asked for twice, and counted once.
  assert.equal(
    asked.reduce((sum, n) => sum + n, 0),
    many + 2,
  );
  assert.ok(Math.max(...asked) <= 200, `${Math.max(...asked)} files in one condition`);
  await home.close();
  await host.close();
  rmSync(root, { recursive: true, force: true });
});

function namesIn(where: Condition): number {
  if (where.is === 'key') return where.oneOf.length;
  return where.is === 'all' || where.is === 'any' ? where.of.reduce((sum, one) => sum + namesIn(one), 0) : 0;
}
