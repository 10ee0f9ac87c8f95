/**
 * Healing: brings the database back to what was published, after an older copy of it was restored or its evidence was
 * changed. Only a mirror that verifies wholly, and that continues all this database ever signed, is taken in.
 */
import { sql } from 'kysely';
import type { Database, Tx } from '../database/index.ts';
import { record } from './record.ts';
import { publishedCheckpoint } from './publish.ts';
import { openOwn, type LedgerSettings } from './sequencer.ts';
import { lastCheckpoint, LedgerFault, readEntries, saveCheckpoint, saveTiles } from './store.ts';
import {
  append,
  checkTree,
  emptyEdge,
  folderSource,
  rootOf,
  sameHash,
  widthOf,
  type Edge,
  type Mark,
  type TileSource,
} from './verify/index.ts';

/** Answers how many entries the database lacked. A restore that is found is itself recorded. */
export async function heal(settings: LedgerSettings, session: Database, mirror: string): Promise<number> {
  const note = publishedCheckpoint(mirror);
  if (note === null)
    throw new LedgerFault({
      nl: 'er is geen gepubliceerd logboek om iets uit terug te halen',
      en: 'there is no published log to heal from',
    });
  const published = openOwn(settings, note);
  const source = folderSource(mirror);
  const problem = await checkTree(source, [published]);
  if (problem !== null)
    throw new LedgerFault({
      nl: `het gepubliceerde logboek klopt niet: ${problem.nl}`,
      en: `the published log does not verify: ${problem.en}`,
    });
  return session.transaction().execute(async (tx) => {
    const marks = await signedMarks(tx, settings);
    const signed = (await lastCheckpoint(tx)).size;
    const size = signed > published.size ? signed : published.size;
    await sql`delete from ledger.tile`.execute(tx);
    // What stands beyond all that was signed was never sequenced.
    await sql`delete from ledger.entry where idx >= ${String(size)}::bigint`.execute(tx);
    const lacked = await rebuild(tx, source, { published: published.size, size, marks });
    await saveCheckpoint(tx, published, note, settings.clock());
    if (lacked === 0) return 0;
    const fields = { had: Number(published.size) - lacked, published: Number(published.size) };
    await record(tx, { type: 'restore.detected', at: settings.clock(), fields });
    return lacked;
  });
}

/** What this database signed, by its notes; rows that no longer say what their note says are put right or dropped. */
async function signedMarks(tx: Tx, settings: LedgerSettings): Promise<Mark[]> {
  const { rows } = await sql<{ entries: string; root: Buffer; note: string }>`
    select size::text as entries, root, note from ledger.checkpoint order by ledger.checkpoint.size`.execute(tx);
  const marks: Mark[] = [];
  for (const row of rows) {
    const signed = trusted(settings, row.note);
    if (signed) marks.push(signed);
    if (signed && String(signed.size) === row.entries && sameHash(signed.root, row.root)) continue;
    await sql`delete from ledger.checkpoint where size = ${row.entries}::bigint`.execute(tx);
    if (signed) await saveCheckpoint(tx, signed, row.note, settings.clock());
  }
  return marks.toSorted((a, b) => Number(a.size - b.size));
}

function trusted(settings: LedgerSettings, note: string): Mark | null {
  try {
    return openOwn(settings, note);
  } catch {
    return null; // not a checkpoint that we signed: the caller drops the row
  }
}

interface Target {
  /** Entries that the mirror has, and that the tree will have. */
  readonly published: bigint;
  readonly size: bigint;
  readonly marks: readonly Mark[];
}

/**
 * Every tile anew: from the mirror as far as it goes, then from the database, which may be a moment ahead of it. Answers how
 * many entries the database lacked.
 */
async function rebuild(tx: Tx, mirror: TileSource, target: Target): Promise<number> {
  let lacked = 0;
  const edge = emptyEdge();
  const marks = target.marks.filter((mark) => mark.size > 0n);
  const take = async (entries: readonly Buffer[]): Promise<void> => {
    for (const entry of entries) {
      append(edge, Buffer.concat([Buffer.of(0), entry]));
      if (marks[0]?.size === edge.size) checkMark(edge, marks.shift(), target.published);
    }
    await saveTiles(tx, edge);
  };
  for (let n = 0n; n * 256n < target.published; n += 1n) {
    const width = widthOf(n, target.published);
    const entries = split(await mirror.entries(n, width));
    lacked += await putBack(tx, n * 256n, entries);
    await take(entries);
  }
  for (let at = target.published; at < target.size; at += 4096n) {
    await take(await readEntries(tx, at, at + 4096n < target.size ? at + 4096n : target.size));
  }
  return lacked;
}

function checkMark(edge: Edge, mark: Mark | undefined, published: bigint): void {
  if (!mark || sameHash(rootOf(edge), mark.root)) return;
  throw new LedgerFault(
    mark.size <= published
      ? {
          nl: `het gepubliceerde logboek gaat niet verder op de ${mark.size} vermeldingen die deze database ondertekende: er zijn twee geschiedenissen, en een mens moet uitzoeken waarom`,
          en: `the published log is not a continuation of the ${mark.size} entries that this database signed: two histories exist, and a person must find out why`,
        }
      : {
          nl: 'vermeldingen die ondertekend maar nog niet gepubliceerd waren, zijn in de database veranderd: uit het gepubliceerde logboek zijn ze niet terug te halen',
          en: 'entries that were signed but not yet published were changed in the database: they cannot be restored from the published log',
        },
  );
}

/** Splits a bundle that has been verified. */
function split(bundle: Buffer): Buffer[] {
  const entries: Buffer[] = [];
  for (let at = 0; at < bundle.length;) {
    const end = at + 2 + bundle.readUInt16BE(at);
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return entries;
}

/**
 * Puts published entries in their places. One that the restored intake still holds keeps its event id and leaves the intake:
 * else it would be sequenced a second time. Answers how many were not there.
 */
async function putBack(tx: Tx, first: bigint, entries: readonly Buffer[]): Promise<number> {
  const incoming = sql`
    select ${String(first)}::bigint + o - 1 as idx, b as entry from unnest(${entries}::bytea[]) with ordinality as t (b, o)`;
  await sql`
    update ledger.entry set entry = incoming.entry from (${incoming}) as incoming
     where entry.idx = incoming.idx and entry.entry <> incoming.entry`.execute(tx);
  const done = await sql`
    with incoming as (
      select idx, entry, row_number() over (partition by entry order by idx) as k from (${incoming}) as one
       where not exists (select from ledger.entry as here where here.idx = one.idx)),
    waiting as (
      select id, event_id, entry, row_number() over (partition by entry order by id) as k from ledger.intake
       where entry in (select entry from incoming)),
    matched as (select idx, id, event_id from incoming join waiting using (entry, k)),
    taken as (delete from ledger.intake where id in (select id from matched))
    insert into ledger.entry (idx, event_id, entry)
    select idx, coalesce(event_id, gen_random_uuid()), entry from incoming left join matched using (idx)`.execute(tx);
  return Number(done.numAffectedRows ?? 0n);
}
