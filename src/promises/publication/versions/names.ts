/**
 * The names of who decided about statements are kept as long as it must be shown who did, and no longer: five years after a version
 * stopped being the statement (or after the last that happened to it), and after anything else a person did here. Then a mark
 * stands in their place. That two people acted can still be seen; who they were cannot.
 */
import { Formers, isFormer, namesEndedBefore } from '../../../base/former.ts';
import { startOfDay, type Instant } from '../../../base/time.ts';
import { eraseDetails, record } from '../../../ledger/index.ts';
import { current, publication, published, type Version } from './model.ts';
import type { Publishing } from './publishing.ts';
import { today } from './publishing.ts';
import * as store from './store.ts';

/** When nothing more happens to this version: the day another took its place, or its last act; null while it is, or will be, the statement. */
function endOf<V extends Version>(version: V, versions: readonly V[], day: string, zone: string): Instant | null {
  const line = published(versions);
  const i = line.findIndex((one) => one.id === version.id);
  const last = version.acts.at(-1)?.at ?? version.madeAt;
  if (i < 0) return last;
  const next = line[i + 1];
  if (current(versions, day)?.id === version.id || !next) return null;
  const replaced = startOfDay(publication(next)?.effective ?? day, zone);
  return replaced.epochMilliseconds > last.epochMilliseconds ? replaced : last;
}

/** Puts marks in the place of names whose term ended, and erases what the ledger kept beside those entries; how many names. */
export async function forgetNames(desk: Pick<Publishing, 'db' | 'clock' | 'zone'>): Promise<number> {
  const now = desk.clock();
  const limit = namesEndedBefore(now, desk.zone);
  const over = (at: Instant | null): boolean => at !== null && at.epochMilliseconds < limit.epochMilliseconds;
  return desk.db.transaction().execute(async (tx) => {
    await store.alone(tx);
    const versions = await store.readVersions(tx);
    const ended = versions.filter((one) => over(endOf(one, versions, today(desk), desk.zone)));
    const rows = (await store.readNames(tx)).filter(
      (one) =>
        !isFormer(one.by) && over(one.at) && (one.version === null || ended.some(({ id }) => id === one.version)),
    );
    const formers = new Formers();
    for (const row of rows) await store.replaceName(tx, row, formers.of(row.by, row.version ?? row.event));
    if (rows.length === 0) return 0;
    await eraseDetails(
      tx,
      rows.map((one) => one.event),
    );
    await record(tx, { type: 'statement.names-ended', at: now, fields: { n: rows.length } });
    return rows.length;
  });
}
