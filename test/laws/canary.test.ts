import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { placeHold } from '../../src/promises/holds/service.ts';
import { declare } from '../../src/promises/assurance/service.ts';
import { judgeAll, measure } from '../../src/promises/proof/service.ts';
import { approvePlan, makePlan } from '../../src/promises/retention/plan.ts';
import { carry } from '../worlds/carry.ts';
import { prospects } from '../worlds/crm.ts';
import { testHome } from '../worlds/home.ts';

const canaries = ['kanarie@example.nl', '+31687654321', '0687654321', 'Kanarie van Zanten'];

describe('no personal data', () => {
  it('reaches the ledger, its published files, the journal, the jobs or the measurements', async () => {
    const host = await prospects();
    const home = await testHome({ estate: host.estate });
    await host.add(
      Array.from({ length: 30 }, (_, i) => ({
        id: i,
        email: i === 3 ? 'kanarie@example.nl' : `p${i}@example.nl`,
        last: '2024-05-05',
      })),
    );
    const world = await home.open();
    await placeHold(
      world,
      { name: 'Kanarie van Zanten' },
      {
        matter: 'm',
        kind: 'dispute',
        reason: 'r',
        legalBasis: 'b',
        prospective: true,
        scope: [
          { is: 'subject', kind: 'phone', value: '+31687654321', datasets: [] },
          { is: 'subject', kind: 'email', value: 'kanarie@example.nl', datasets: [] },
        ],
      },
    );
    const plan = await makePlan(world, world.clock());
    await approvePlan(world, { name: 'Kanarie van Zanten' }, plan.plan);
    await carry(world, plan.plan);
    await declare(world, {
      control: 'premises-inspection',
      words: { nl: 'Met Kanarie van Zanten bekeken', en: 'Inspected with Kanarie van Zanten' },
      by: 'Kanarie van Zanten',
      role: null,
      on: '2026-11-20',
      until: '2027-01-20',
    });
    await measure(world);
    await judgeAll(world);
    await world.flush();
    const mirror = join(home.home, 'ledger');
    const published = readdirSync(mirror, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => readFileSync(join(one.parentPath, one.name), 'latin1'))
      .join('\n');
    const tables = [
      'ledger.entry',
      'ledger.intake',
      'retention.plan',
      'retention.run',
      'retention.line',
      'retention.step',
      'retention.pending',
      'proof.measure',
      'proof.check',
      'proof.state',
    ];
    const stored = (
      await Promise.all(
        tables.map(async (table) =>
          JSON.stringify((await sql`select t::text from ${sql.table(table)} as t`.execute(world.db)).rows),
        ),
      )
    ).join('\n');
    const entries = JSON.stringify(
      (await sql`select convert_from(entry, 'UTF8') as e from ledger.entry`.execute(world.db)).rows,
    );
    for (const canary of canaries) {
      assert.ok(!published.includes(canary), `${canary} in the published log`);
      assert.ok(!stored.includes(canary) && !entries.includes(canary), `${canary} in the store`);
    }
    // The control: where it must be, and can be deleted, it is.
    assert.ok(
      JSON.stringify((await sql`select details from ledger.detail`.execute(world.db)).rows).includes(
        'Kanarie van Zanten',
      ),
    );
    await home.close();
    await host.close();
  });
});
