/** What one may do with a version: draft, review, approve by another, publish on a day, withdraw; and let an error pass. */
import { samePerson } from '../../../base/person.ts';
import { opaqueId } from '../../../base/id.ts';
import { addDays, startOfDay, type Instant } from '../../../base/time.ts';
import type { Tx } from '../../../database/index.ts';
import { record, type FactEvent } from '../../../ledger/index.ts';
import { parsePolicy } from '../../../policy/index.ts';
import type { Actor } from '../../world.ts';
import { damages, keep } from './files.ts';
import { madeOf, policyFile } from './manifest.ts';
import {
  blocking,
  covers,
  handsOf,
  hindrance,
  published,
  publication,
  standing,
  type ActKind,
  type Override,
} from './model.ts';
import type { Notice } from './notices.ts';
import { refusals } from './phrases.ts';
import {
  examined,
  find,
  hashOf,
  named,
  noticesFor,
  policyOf,
  today,
  type Fault,
  type Publishing,
  type Stored,
} from './publishing.ts';
import * as store from './store.ts';

/** Makes a version of the policy in force: all its files, kept by their hash. The same policy gives the same version. */
export async function draft(desk: Publishing, actor: Actor): Promise<Stored> {
  const who = named(actor);
  const { value: policy } = parsePolicy({ name: policyFile, text: desk.policyText });
  const label = policy?.publication?.version;
  if (!policy || label === undefined || policy.publication?.date === undefined) throw refusals.noLabel();
  const taken = (versions: readonly Stored[], id: string): void => {
    if (published(versions).some((one) => one.label === label && one.id !== id)) throw refusals.labelTaken(label);
  };
  const hash = hashOf(policy);
  const rendered = await desk.render(policy, { version: label, hash });
  const files = new Map([...rendered, [policyFile, new TextEncoder().encode(desk.policyText)]]);
  const made = madeOf(label, hash, files);
  taken(await store.readVersions(desk.db), made.id);
  // On disk first: a row without its files would be a promise of nothing, files without a row are only waiting for it.
  keep(desk.folder, made.id, made.manifest, files);
  await desk.db.transaction().execute(async (tx) => {
    await store.alone(tx);
    const versions = await store.readVersions(tx);
    taken(versions, made.id);
    const known = versions.find((one) => one.id === made.id);
    const last = known?.acts.at(-1)?.act;
    if (last !== undefined && last !== 'withdrawn') return; // this very draft is there, and goes its way
    const at = desk.clock();
    if (!known) await store.insertVersion(tx, { ...made, label, policyHash: hash, madeAt: at });
    await act(tx, made.id, 'drafted', who, at, {
      type: 'statement.drafted',
      fields: { version: made.id, hash: made.sha256, policy: hash, files: files.size },
    });
  });
  await desk.flush();
  return find(await store.readVersions(desk.db), made.id, today(desk));
}

interface More {
  readonly effective?: string;
  readonly reason?: string;
  /** Stands in the sealed details only: a place can name anything. */
  readonly unproven?: readonly string[];
}

type Deed = {
  [T in FactEvent['type']]: { type: T; fields: Extract<FactEvent, { type: T }>['fields'] };
}[FactEvent['type']];

async function act(
  tx: Tx,
  version: string,
  kind: ActKind,
  { name: by }: Actor,
  at: Instant,
  deed: Deed,
  { effective, reason, unproven }: More = {},
): Promise<number> {
  const details = { by, ...(reason === undefined ? {} : { reason }), ...(unproven ? { unproven } : {}) };
  const event = await record(tx, { ...deed, at, details });
  return store.insertAct(tx, version, {
    act: kind,
    by,
    at,
    effective: effective ?? null,
    reason: reason ?? null,
    event,
  });
}

/** Reads all versions, finds the one, and refuses what cannot be done with it now. */
async function ready(
  tx: Tx,
  desk: Publishing,
  asked: string,
  kind: ActKind,
  who: Actor,
): Promise<{ versions: Stored[]; version: Stored }> {
  await store.alone(tx);
  const versions = await store.readVersions(tx);
  const version = find(versions, asked, today(desk));
  const why = hindrance(version.acts, kind, who.name, today(desk));
  if (why === 'same-person') throw refusals.samePerson();
  if (why === 'in-force') throw refusals.inForce();
  if (why === 'order') throw refusals.order(version.label, standing(version, versions, today(desk)));
  return { versions, version };
}

/** Files that are no longer what the version is made of: nobody may put a name under them. */
function whole(desk: Publishing, version: Stored): void {
  const found = damages(desk.folder, version.id, version.manifest);
  if (found.length > 0)
    throw refusals.damaged(
      version.label,
      found.map((one) => one.file),
    );
}

export async function review(desk: Publishing, actor: Actor, asked: string): Promise<Stored> {
  const who = named(actor);
  const id = await desk.db.transaction().execute(async (tx) => {
    const { version } = await ready(tx, desk, asked, 'reviewed', who);
    whole(desk, version);
    await act(tx, version.id, 'reviewed', who, desk.clock(), {
      type: 'statement.reviewed',
      fields: { version: version.id },
    });
    return version.id;
  });
  return settled(desk, id);
}

/** By another person than who drafted or reviewed it last. */
export async function approve(desk: Publishing, actor: Actor, asked: string): Promise<Stored> {
  const who = named(actor);
  const id = await desk.db.transaction().execute(async (tx) => {
    const { version } = await ready(tx, desk, asked, 'approved', who);
    whole(desk, version);
    await act(tx, version.id, 'approved', who, desk.clock(), {
      type: 'statement.approved',
      fields: { version: version.id, hash: version.sha256 },
    });
    return version.id;
  });
  return settled(desk, id);
}

export interface PublishedNow {
  readonly version: Stored;
  readonly effective: string;
  readonly notices: readonly Notice[];
  /** Errors of the linter that an override lets pass. */
  readonly passed: readonly { readonly fault: Fault; readonly override: Override }[];
  /** What it promises and nothing shows yet. */
  readonly unproven: readonly Fault[];
}

/** Makes it the statement from the first moment of a day on; today when no day is named. */
export async function publishOn(desk: Publishing, actor: Actor, asked: string, on?: string): Promise<PublishedNow> {
  const who = named(actor);
  const effective = on ?? today(desk);
  const from = dayStart(effective, desk.zone);
  if (effective < today(desk)) throw refusals.dayPast(effective);
  const done = await desk.db.transaction().execute(async (tx) => {
    const { versions, version } = await ready(tx, desk, asked, 'published', who);
    whole(desk, version);
    const later = published(versions).find((one) => (publication(one)?.effective ?? '') > effective);
    if (later) throw refusals.afterPlanned(later.label, publication(later)?.effective ?? '');
    const { findings, unproven } = await examined(desk, policyOf(desk, version).text, effective);
    const { blocked, passed } = blocking(findings, await store.readOverrides(tx), effective);
    if (blocked.length > 0) throw refusals.blocked(blocked);
    const notices = noticesFor(desk, versions, version, effective);
    const n = await act(
      tx,
      version.id,
      'published',
      who,
      desk.clock(),
      {
        type: 'statement.published',
        fields: {
          version: version.id,
          hash: version.sha256,
          from,
          notices: notices.length,
          unproven: unproven.length,
        },
      },
      { effective, unproven: unproven.map((one) => `${one.rule} ${one.path}`) },
    );
    await store.insertNotices(tx, version.id, n, notices);
    return { id: version.id, notices, passed, unproven };
  });
  const { notices, passed, unproven } = done;
  return { version: await settled(desk, done.id), effective, notices, passed, unproven };
}

/** Takes back what is not the statement yet. */
export async function withdraw(desk: Publishing, actor: Actor, asked: string, reason: string): Promise<Stored> {
  const who = named(actor);
  if (reason.trim() === '') throw refusals.emptyReason();
  const id = await desk.db.transaction().execute(async (tx) => {
    const { version } = await ready(tx, desk, asked, 'withdrawn', who);
    const deed: Deed = { type: 'statement.withdrawn', fields: { version: version.id } };
    await act(tx, version.id, 'withdrawn', who, desk.clock(), deed, { reason });
    return version.id;
  });
  return settled(desk, id);
}

async function settled(desk: Publishing, id: string): Promise<Stored> {
  await desk.flush();
  return find(await store.readVersions(desk.db), id, today(desk));
}

function dayStart(day: string, zone: string): Instant {
  try {
    if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new RangeError('not a day');
    return startOfDay(day, zone);
  } catch {
    throw refusals.notADay(day);
  }
}

export interface OverrideInput {
  readonly rule: string;
  readonly path: string;
  readonly reason: string;
  /** Last day on which the error passes; a year from now at most. */
  readonly until: string;
  /** The version that it is meant for; without it the policy of the home. */
  readonly version?: string;
}

/**
 * Who of these people may let an error pass: the officer, by the name in the policy or by the role of an account. Where the
 * policy has no officer, since the law does not ask for one, calling somebody so would make them one (WP243 rev.01, 2.1): then
 * it is a privacy officer who neither drafted nor reviewed what is to pass.
 */
export async function whoMayOverride(
  desk: Publishing,
  people: readonly string[],
  policyHash: string,
): Promise<{ readonly name: string }> {
  const among = (names: readonly string[]) => people.find((one) => names.some((name) => samePerson(name, one)));
  const { dpo } = desk.policy;
  const officers = [...(dpo?.name === undefined ? [] : [dpo.name]), ...(await desk.holders('dpo'))];
  const officer = among(officers);
  if (officer !== undefined) return { name: officer };
  if (dpo) throw officers.length > 0 ? refusals.notOfficer(officers.join(', ')) : refusals.officerUnnamed();
  const answering = await desk.holders('privacy-officer');
  if (answering.length === 0) throw refusals.nobodyAnswers();
  const own = (await store.readVersions(desk.db)).filter((one) => one.policyHash === policyHash).flatMap(handsOf);
  const other = among(answering.filter((name) => !own.some((hand) => samePerson(hand, name))));
  if (other !== undefined) return { name: other };
  throw among(answering) === undefined ? refusals.notAnswering(answering) : refusals.ownWork();
}

/** Lets an error of the linter pass for a time, by the word of one of these people who may. */
export async function override(desk: Publishing, people: readonly Actor[], input: OverrideInput): Promise<Override> {
  const names = people.map((one) => named(one).name);
  if (input.reason.trim() === '') throw refusals.emptyReason();
  const ends = dayStart(input.until, desk.zone).add({ hours: 12 });
  const latest = addDays(today(desk), 366);
  if (input.until < today(desk) || input.until > latest) throw refusals.overrideTooLong(latest);
  const text =
    input.version === undefined
      ? desk.policyText
      : policyOf(desk, find(await store.readVersions(desk.db), input.version, today(desk))).text;
  const who = await whoMayOverride(desk, names, policyHashOf(text));
  const { findings } = await desk.lint(text, today(desk), 'living');
  const meant = findings.some((one) => one.severity === 'E' && one.rule === input.rule && covers(input.path, one.path));
  if (!meant) throw refusals.overrideNothing(input.rule, input.path);
  const { rule, path, reason, until } = input;
  const one: Override = { id: opaqueId('o'), rule, path, reason, until, by: who.name, at: desk.clock() };
  await desk.db.transaction().execute(async (tx) => {
    const event = await record(tx, {
      type: 'statement.overridden',
      at: one.at,
      fields: { rule: input.rule.toLowerCase(), until: ends },
      // The reason is free text and the place can name anything: they are sealed away.
      details: { by: who.name, path: input.path, reason: input.reason },
    });
    await store.insertOverride(tx, one, event);
  });
  await desk.flush();
  return one;
}

function policyHashOf(text: string): string {
  const { value } = parsePolicy({ name: policyFile, text });
  return value ? hashOf(value) : '';
}

/** Signs off that a group was told. */
export async function tell(desk: Publishing, actor: Actor, asked: string, group: string, how: string): Promise<Notice> {
  const who = named(actor);
  if (how.trim() === '') throw refusals.emptyHow();
  const notice = await desk.db.transaction().execute(async (tx) => {
    await store.alone(tx);
    const version = find(await store.readVersions(tx), asked, today(desk));
    const notices = (await store.readNotices(tx)).filter((one) => one.version === version.id && !one.told);
    const found = notices.find((one) => one.group === group);
    if (!found)
      throw refusals.noNotice(
        group,
        notices.map((one) => one.group),
      );
    const told = { how, by: who.name, at: desk.clock() };
    const event = await record(tx, {
      type: 'statement.told',
      at: told.at,
      fields: { version: version.id, changes: found.changes.length },
      details: { group, how, by: who.name },
    });
    await store.insertTold(tx, version.id, group, told, event);
    return found;
  });
  await desk.flush();
  return notice;
}
