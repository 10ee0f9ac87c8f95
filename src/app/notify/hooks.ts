/**
 * Webhooks (standardwebhooks.com): signed, tried again for a day, and safe to receive twice, since each message keeps its id.
 * Deliveries are rows: a server that is killed in between goes on where it was.
 */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import { opaqueId } from '../../base/id.ts';
import { leadsInside, type Resolve } from '../../base/reach.ts';
import { Refusal } from '../../base/refusal.ts';
import type { Actor } from '../../promises/world.ts';
import { record } from '../../ledger/index.ts';
import type { OpenWorld } from '../world.ts';
import { readNews, settle, type News, type NewsKind } from './news.ts';
import { post } from './outbound.ts';

const reader = 'hooks';
/** Minutes before each next try: eleven tries in a day. */
const pauses = [0, 1, 2, 5, 15, 30, 60, 120, 240, 480, 480];

export interface Hook {
  readonly id: string;
  readonly url: string;
  readonly events: readonly NewsKind[];
  readonly made: string;
  readonly paused: string | null;
}

export const hookRefusals = {
  unknown: () => new Refusal('hook-unknown', { nl: 'Die webhook is er niet.', en: 'That webhook is not there.' }),
  notHttps: () =>
    new Refusal(
      'hook-address',
      {
        nl: 'Het adres moet met https:// beginnen en mag geen naam of wachtwoord bevatten.',
        en: 'The address must begin with https:// and hold no name or password.',
      },
      422,
    ),
  privateTarget: () =>
    new Refusal(
      'hook-private',
      {
        nl: 'Dit adres staat in een eigen netwerk of op deze machine zelf. Wie deze server beheert, kan dat toestaan met GESTAND_PRIVATE_TARGETS=1.',
        en: 'This address is in a private network or on this machine itself. Whoever runs this server can allow that with GESTAND_PRIVATE_TARGETS=1.',
      },
      422,
    ),
};

const here: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** The secret is shown once; the receiver checks each message with it. */
export async function makeHook(
  world: OpenWorld,
  actor: Actor,
  input: { readonly url: string; readonly events: readonly NewsKind[] },
  names?: Resolve,
): Promise<{ id: string; secret: string }> {
  const url = URL.parse(input.url);
  const { privateTargets } = world;
  // In the open only to this machine itself, where nothing lies in between.
  const plainly = privateTargets && url?.protocol === 'http:' && here.has(url.hostname);
  if (url === null || url.username !== '' || url.password !== '' || (url.protocol !== 'https:' && !plainly))
    throw hookRefusals.notHttps();
  if (await leadsInside(url, privateTargets, names)) throw hookRefusals.privateTarget();
  const id = opaqueId('w');
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const { next } = await readNews(world, reader);
  await settle(world, reader, next);
  await world.db.transaction().execute(async (tx) => {
    await sql`
      insert into site.hook (id, url, secret, events, made)
      values (${id}, ${url.href}, ${world.veil.veil(secret)}, ${[...input.events]}, ${world.clock().toString()})`.execute(
      tx,
    );
    await record(tx, {
      personal: true,
      at: world.clock(),
      details: { event: 'hook.made', hook: id, by: actor.name, url: url.host },
    });
  });
  return { id, secret };
}

export async function listHooks(world: Pick<OpenWorld, 'db'>): Promise<Hook[]> {
  const { rows } = await sql<{ id: string; url: string; events: NewsKind[]; made: Date; paused: Date | null }>`
    select id, url, events, made, paused from site.hook order by made`.execute(world.db);
  return rows.map((row) => ({ ...row, made: row.made.toISOString(), paused: row.paused?.toISOString() ?? null }));
}

export async function endHook(world: OpenWorld, actor: Actor, id: string): Promise<void> {
  await world.db.transaction().execute(async (tx) => {
    const done = await sql`delete from site.hook where id = ${id}`.execute(tx);
    if ((done.numAffectedRows ?? 0n) === 0n) throw hookRefusals.unknown();
    await record(tx, { personal: true, at: world.clock(), details: { event: 'hook.ended', hook: id, by: actor.name } });
  });
}

/** Every minute: news becomes deliveries, and open deliveries whose pause is over are sent. */
export async function tendHooks(world: OpenWorld, names?: Resolve): Promise<void> {
  const hooks = await listHooks(world);
  if (hooks.length === 0) return;
  await queueNews(world, hooks);
  await sendOpen(world, names);
}

async function queueNews(world: OpenWorld, hooks: readonly Hook[]): Promise<void> {
  for (;;) {
    const { news, next, more } = await readNews(world, reader);
    await world.db.transaction().execute(async (tx) => {
      for (const one of news)
        for (const hook of hooks.filter((each) => each.paused === null && each.events.includes(one.kind)))
          await sql`
            insert into site.delivery (id, hook, event, body, at)
            values (${`${hook.id}-${one.leaf}`}, ${hook.id}, ${one.kind}, ${bodyOf(one)}, ${world.clock().toString()})
            on conflict (id) do nothing`.execute(tx);
      await settle({ db: tx }, reader, next);
    });
    if (!more) return;
  }
}

function bodyOf(one: News): string {
  return JSON.stringify({ type: one.kind, timestamp: one.at, data: { leaf: one.leaf, ...one.facts } });
}

async function sendOpen(world: OpenWorld, names: Resolve | undefined): Promise<void> {
  const now = world.clock();
  const { rows } = await sql<{
    id: string;
    hook: string;
    body: string;
    tries: number;
    at: Date;
    url: string;
    secret: string;
  }>`
    select d.id, d.hook, d.body, d.tries, d.at, h.url, h.secret from site.delivery d join site.hook h on h.id = d.hook
     where d.done is null and h.paused is null order by d.at limit 100`.execute(world.db);
  for (const row of rows) {
    const due = row.at.getTime() + pauses.slice(0, row.tries + 1).reduce((sum, minutes) => sum + minutes, 0) * 60_000;
    if (due > now.epochMilliseconds) continue;
    const when = new Date(now.epochMilliseconds);
    const signature = new Webhook(world.veil.unveil(row.secret)).sign(row.id, when, row.body);
    const answer = await post({
      url: row.url,
      privateTargets: world.privateTargets,
      ...(names === undefined ? {} : { names }),
      body: row.body,
      headers: {
        'content-type': 'application/json',
        'webhook-id': row.id,
        'webhook-timestamp': String(Math.floor(when.getTime() / 1000)),
        'webhook-signature': signature,
      },
    });
    await settleDelivery(world, row, answer);
  }
}

async function settleDelivery(
  world: OpenWorld,
  row: { readonly id: string; readonly hook: string; readonly tries: number },
  answer: Awaited<ReturnType<typeof post>>,
): Promise<void> {
  const taken = 'status' in answer && answer.status >= 200 && answer.status < 300;
  const status = 'status' in answer ? String(answer.status) : answer.fault;
  const now = world.clock().toString();
  await sql`
    update site.delivery set tries = tries + 1, status = ${status}, done = ${taken ? now : null}::timestamptz where id = ${row.id}`.execute(
    world.db,
  );
  world.log('hook.sent', { hook: row.hook, status, tries: row.tries + 1 });
  if (!taken && row.tries + 1 >= pauses.length)
    await sql`update site.hook set paused = ${now} where id = ${row.hook}`.execute(world.db);
}
