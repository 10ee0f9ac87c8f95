/** What P06 rests on: a statement that is published as it was approved, told to whom it concerns, and served by the website. */
import type { Text } from '../../../base/language.ts';
import type { Policy } from '../../../policy/index.ts';
import { Refusal, type StatementSeen } from '../../world.ts';
import { blocking, current, published, publication } from './model.ts';
import type { Notice, Told } from './notices.ts';
import { checked } from './phrases.ts';
import { policyOf, today, verifyVersions, type Publishing } from './publishing.ts';
import * as store from './store.ts';
import { visit, visited } from './visit.ts';
import { checkWebsite, type Served } from './website.ts';

const outcome = (state: StatementSeen['state'], n: number, text: Text): StatementSeen => ({ state, n, text });

/** Asked together by the board. */
export async function statementSeen(
  desk: Publishing,
): Promise<Readonly<Record<'published' | 'told' | 'served' | 'visited', StatementSeen>>> {
  return {
    published: await publishedCheck(desk),
    told: await toldCheck(desk),
    served: await servedCheck(desk),
    visited: await visitedCheck(desk),
  };
}

/** Notices of what is or was the statement, or is planned, that nobody has signed off. */
export async function untold(
  desk: Publishing,
): Promise<(Notice & { version: string; label: string; told: Told | null })[]> {
  const out = new Map(published(await store.readVersions(desk.db)).map((one) => [one.id, one.label]));
  return (await store.readNotices(desk.db)).flatMap((one) => {
    const label = out.get(one.version);
    return label === undefined || one.told ? [] : [{ ...one, label }];
  });
}

/** "published": there is a statement, as it was approved, of the policy in force, and no error of the linter stands in it. */
export async function publishedCheck(desk: Publishing): Promise<StatementSeen> {
  const day = today(desk);
  const versions = await store.readVersions(desk.db);
  const version = current(versions, day);
  if (!version) return outcome('not-proven', 0, checked.nothing);
  const damaged = (await verifyVersions(desk)).filter(
    (one) => one.problems.length > 0 && one.version.acts.some((act) => act.act === 'published'),
  );
  if (damaged.length > 0)
    return outcome('broken', damaged.length, checked.damaged(damaged.map((one) => one.version.label)));
  // What the systems show of each promise stands with that promise; here counts what the statement itself says.
  const { findings } = await desk.lint(policyOf(desk, version).text, day, 'text-only');
  const { blocked } = blocking(findings, await store.readOverrides(desk.db), day);
  if (blocked.length > 0) return outcome('at-risk', blocked.length, checked.faults(blocked.map((one) => one.rule)));
  const coming = published(versions).some(
    (one) => one.policyHash === desk.policyHash && (publication(one)?.effective ?? '') >= day,
  );
  if (version.policyHash !== desk.policyHash && !coming) return outcome('at-risk', 1, checked.moved(version.label));
  const earlier = published(versions).findIndex((one) => one.id === version.id);
  return outcome('kept', 1, checked.whole(version.label, publication(version)?.effective ?? '', earlier));
}

/** "told": everyone whom a published change concerns was told of it. */
export async function toldCheck(desk: Publishing): Promise<StatementSeen> {
  const out = published(await store.readVersions(desk.db));
  if (out.length === 0) return outcome('not-proven', 0, checked.nothing);
  const waiting = await untold(desk);
  const late = waiting.filter((one) => one.due < today(desk));
  if (late.length > 0) return outcome('broken', late.length, checked.late(late.map((one) => one.group)));
  if (waiting.length > 0) return outcome('at-risk', waiting.length, checked.waiting(waiting.map((one) => one.group)));
  return outcome('kept', out.length, checked.everyone);
}

/** "served": the website shows the newest version. Asks the website, when there is something to look for. */
export async function servedCheck(desk: Publishing): Promise<StatementSeen> {
  try {
    return servedOutcome(await checkWebsite(desk));
  } catch (cause) {
    if (cause instanceof Refusal) return outcome('not-proven', 0, cause.text);
    throw cause;
  }
}

/** "visited": the website sets no cookie that the policy does not name. Nothing is asked of a site before a statement is out. */
async function visitedCheck(desk: Publishing): Promise<StatementSeen> {
  if (published(await store.readVersions(desk.db)).length === 0) return outcome('not-proven', 0, checked.nothing);
  return visited(desk.policy, await visit(addressOf(desk.policy), desk));
}

/** Where visitors come in; the page of the statement where nothing else is known. */
export const addressOf = ({ organisation, publication: told }: Pick<Policy, 'organisation' | 'publication'>) =>
  organisation.website ?? told?.url;

export function servedOutcome(served: Served): StatementSeen {
  const { label } = served.version;
  switch (served.result) {
    case 'kept':
      return outcome('kept', 1, checked.served(label, served.exact));
    case 'other-version':
      return outcome('broken', 1, checked.other(label, served.served));
    case 'changed-text':
      return outcome('broken', served.differences.length, checked.changed(label, served.differences.length));
    case 'unreachable':
      return outcome('not-proven', 0, checked.unreachable(served.why));
  }
}
