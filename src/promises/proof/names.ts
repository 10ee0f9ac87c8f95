/**
 * The names under what was decided about data: plans approved, decisions about what a person reviews, holds, tasks signed off. They
 * stand as long as it must be shown who decided, and no longer: five years after the thing was over. Then a mark takes their place,
 * the details in the ledger go, and so does whom a hold was about. Who, when and what was decided in numbers stays in the evidence.
 */
import { sql } from 'kysely';
import { Formers, namesEndedBefore } from '../../base/former.ts';
import type { Tx } from '../../database/index.ts';
import { eraseDetails, eventsAbout, record } from '../../ledger/index.ts';
import { Scope } from '../holds/model.ts';
import type { World } from '../world.ts';

const mark = '^former-[0-9a-z]{10}$';

/** How many names gave way; for the daily round. */
export async function forgetDeciders(world: Pick<World, 'db' | 'clock' | 'zone'>): Promise<number> {
  const now = world.clock();
  const limit = namesEndedBefore(now, world.zone).toString();
  return world.db.transaction().execute(async (tx) => {
    const formers = new Formers();
    const holds = await ofHolds(tx, limit, formers);
    const plans = await ofPlans(tx, limit, formers);
    const tasks = await ofTasks(tx, limit, formers);
    const n = holds.n + plans.n + tasks.n;
    if (n === 0) return 0;
    await eraseDetails(tx, await eventsAbout(tx, { hold: holds.ids, plan: plans.ids, task: tasks.ids }));
    await record(tx, { type: 'decision.names-ended', at: now, fields: { n } });
    return n;
  });
}

interface Ended {
  readonly ids: readonly string[];
  readonly n: number;
}

/** A hold is over when it was released. Whom and what it was about ends with the names. */
async function ofHolds(tx: Tx, limit: string, formers: Formers): Promise<Ended> {
  const { rows } = await sql<{
    id: string;
    placed_by: string;
    release_by: string | null;
    released_by: string | null;
    scope: unknown;
  }>`
    select id, placed_by, release_by, released_by, scope from holds.hold
     where state = 'released' and released_at < ${limit} and placed_by !~ ${mark} for update`.execute(tx);
  for (const row of rows) {
    const named = (name: string | null): string | null => (name === null ? null : formers.of(name, row.id));
    const scope = Scope.parse(row.scope).map((part) => {
      if (part.is === 'subject') return { ...part, value: formers.of(part.value, row.id) };
      if (part.is === 'place') return { ...part, place: formers.of(part.place, row.id) };
      return { ...part, keys: part.keys.map((key) => key.map((value) => formers.of(String(value), row.id))) };
    });
    await sql`
      update holds.hold set placed_by = ${named(row.placed_by)}, release_by = ${named(row.release_by)},
             released_by = ${named(row.released_by)}, scope = ${JSON.stringify(scope)}::jsonb, named = '[]'
       where id = ${row.id}`.execute(tx);
  }
  const names = rows.flatMap((row) => [row.placed_by, row.release_by, row.released_by].filter((one) => one !== null));
  return { ids: rows.map(({ id }) => id), n: names.length };
}

const columns = {
  approval: { table: 'retention.approval', column: 'by' },
  review: { table: 'retention.review', column: 'by' },
  withdrawal: { table: 'retention.review', column: 'withdrawn_by' },
} as const;

/** A plan is over when it expired, its run ended, and the last day passed that somebody's decision keeps something. */
async function ofPlans(tx: Tx, limit: string, formers: Formers): Promise<Ended> {
  const { rows } = await sql<{ from: keyof typeof columns; plan: string; rule: string; by: string }>`
    select d.* from (
      select 'approval' as "from", plan, rule, by from retention.approval
      union all select 'review', plan, rule, by from retention.review
      union all select 'withdrawal', plan, rule, withdrawn_by from retention.review where withdrawn_by is not null
    ) d
      join retention.plan p on p.id = d.plan
     where d.by !~ ${mark} and p.expires_at < ${limit}
       and not exists (select from retention.run r where r.plan = p.id and (r.finished is null or r.finished >= ${limit}))
       and not exists (select from retention.review v where v.plan = p.id and v.until >= ${limit}::timestamptz)`.execute(
    tx,
  );
  for (const { from, plan, rule, by } of rows) {
    const { table, column } = columns[from];
    const name = formers.of(by, plan);
    await sql`
      update ${sql.table(table)} set ${sql.ref(column)} = ${name} where plan = ${plan} and rule = ${rule}`.execute(tx);
  }
  return { ids: [...new Set(rows.map(({ plan }) => plan))], n: rows.length };
}

async function ofTasks(tx: Tx, limit: string, formers: Formers): Promise<Ended> {
  const { rows } = await sql<{ id: string; signed_by: string }>`
    select id, signed_by from proof.task where signed_at < ${limit} and signed_by !~ ${mark}`.execute(tx);
  for (const { id, signed_by } of rows)
    await sql`update proof.task set signed_by = ${formers.of(signed_by, id)} where id = ${id}`.execute(tx);
  return { ids: rows.map(({ id }) => id), n: rows.length };
}
