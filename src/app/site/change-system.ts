/**
 * Changing and disconnecting a system from the browser. As with connecting, nothing is written that is wrong or does not answer,
 * and what others wrote around it in the estate stays. A system keeps its short name and its product: the evidence knows it by those.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Refusal } from '../../base/refusal.ts';
import { sha256Hex } from '../../crypto/index.ts';
import type { Language, Text } from '../../base/language.ts';
import { openYaml, type YamlText } from '../../base/yaml-edit.ts';
import type { Path } from '../../base/yaml.ts';
import type { Secret, System } from '../../estate/index.ts';
import { record } from '../../ledger/index.ts';
import { bind } from '../../promises/retention/model.ts';
import { readPlan } from '../../promises/retention/plan.ts';
import { applicable } from '../../promises/retention/planned.ts';
import { listPlans, runningOn } from '../../promises/retention/store.ts';
import { protectingHolds, readAchieved } from '../../promises/holds/store.ts';
import type { Actor } from '../../promises/world.ts';
import { places } from '../home.ts';
import { changed, connectRefusals, lookFirst } from './connect.ts';
import { siteRefusals } from './phrases.ts';
import type { Seat } from './seat.ts';

/** What a form says of one source. An address that is left empty stays as it is: it is never shown. */
export type SourceChange =
  | { readonly root: string }
  | {
      readonly dialect: string;
      readonly read: string;
      readonly erase: string;
      /** This installation has it no more. */
      readonly gone: boolean;
      /** Nothing is deleted there any more: the account that may is forgotten. */
      readonly readOnly: boolean;
    };

export interface SystemChange {
  readonly title: string;
  readonly country: string;
  readonly place: string;
  readonly absent: readonly string[];
  readonly sources: Readonly<Record<string, SourceChange>>;
  /** The mark of what stood there when the form was made. */
  readonly seen: string;
}

/** A system as its form shows it: without any address that holds a password. */
export interface SystemNow {
  readonly id: string;
  /** Of what stands in the estate now: whoever changes it says which they had before them. */
  readonly mark: string;
  readonly profile: string;
  readonly title: Text;
  readonly country: string;
  readonly place: string;
  readonly absent: readonly string[];
  readonly sources: Readonly<
    Record<
      string,
      { readonly root: string } | { readonly dialect: string; readonly reads: true; readonly erases: boolean }
    >
  >;
}

export function systemNow({ world }: Seat, id: string): SystemNow {
  const system = declaredOf({ world }, id);
  const text = openYaml(readFileSync(places(world.home).estate, 'utf8'));
  const sources: Record<string, SystemNow['sources'][string]> = {};
  for (const [name, source] of Object.entries(system.sources)) {
    if (source.connector === 'files') sources[name] = { root: source.root };
    if (source.connector === 'sql')
      sources[name] = { dialect: source.dialect, reads: true, erases: source.erase !== undefined };
  }
  const { title, location } = system;
  return {
    id,
    mark: markOf(text, id),
    profile: system.profile.id,
    title,
    country: location.country,
    place: location.place,
    absent: text.list([...itemOf(text, id), 'notUsed']),
    sources,
  };
}

/** The home as it goes on, with the system as it is said now. */
export async function changeSystem(
  seat: Seat,
  actor: Actor,
  id: string,
  wanted: SystemChange,
  language: Language,
): Promise<Seat> {
  const { world } = seat;
  const system = declaredOf(seat, id);
  const secrets = new Map<string, string>();
  const place = secretPlaces(world.home, id, secrets);
  const change = (text: string): string => {
    const estate = openYaml(text);
    if (markOf(estate, id) !== wanted.seen) throw changeRefusals.meanwhile();
    apply(estate, itemOf(estate, id), system, wanted, language, place);
    return estate.whole();
  };
  const file = places(world.home).estate;
  const before = readFileSync(file, 'utf8');
  somethingLeft(system, wanted);
  await nothingRuns(seat, id);
  await lookFirst(seat, { name: file, text: change(before) }, id, secrets);
  // Looking takes a while: a run may have begun, and somebody may have written in the file.
  await nothingRuns(seat, id);
  const next = await changed(seat, change, secrets);
  forgetSecrets(next, system);
  await next.world.db.transaction().execute((tx) =>
    record(tx, {
      personal: true,
      at: world.clock(),
      details: { event: 'system.changed', system: id, by: actor.name },
    }),
  );
  return next;
}

/** The home as it goes on, without the system. The data in it is not touched: from now on nobody of us looks there. */
export async function disconnectSystem(seat: Seat, actor: Actor, id: string, reason: string): Promise<Seat> {
  const { world } = seat;
  const system = declaredOf(seat, id);
  await nothingRuns(seat, id);
  const next = await changed(seat, (text) => {
    const estate = openYaml(text);
    itemOf(estate, id);
    estate.drop('systems', id);
    return estate.whole();
  });
  forgetSecrets(next, system);
  await next.world.db.transaction().execute(async (tx) => {
    // What was seen there is no longer so: a system that is gone does not "answer".
    await sql`delete from site.look where system = ${id}`.execute(tx);
    await record(tx, {
      personal: true,
      at: world.clock(),
      details: { event: 'system.disconnected', system: id, by: actor.name, reason },
    });
  });
  return next;
}

/** What disconnecting does, before it is done. */
export interface Parting {
  readonly datasets: number;
  /** Rules that are carried out there; `alone`: nowhere else. */
  readonly rules: readonly { readonly id: string; readonly promise: string; readonly alone: boolean }[];
  /** Plans that can no longer be carried out. */
  readonly plans: readonly string[];
  /** Holds that keep something there. */
  readonly holds: readonly { readonly id: string; readonly matter: string }[];
}

export async function partingOf(seat: Seat, id: string): Promise<Parting> {
  const { world } = seat;
  const system = declaredOf(seat, id);
  const { lines } = bind(world.policy, world.systems.datasets);
  const here = new Map(lines.filter((line) => line.dataset.system === id).map(({ rule }) => [rule.id, rule]));
  const elsewhere = new Set(lines.filter((line) => line.dataset.system !== id).map(({ rule }) => rule.id));
  const holds = await Promise.all(
    (await protectingHolds(world.db)).map(async (hold) => ({
      hold,
      there: (await readAchieved(world.db, hold.id)).some((one) => one.system === id),
    })),
  );
  return {
    datasets: system.datasets.length,
    rules: [...here.values()].map((rule) => ({
      id: rule.id,
      promise: rule.promise,
      alone: !elsewhere.has(rule.id),
    })),
    plans: await openPlans(seat),
    holds: holds.flatMap(({ hold, there }) => (there ? [{ id: hold.id, matter: hold.matter }] : [])),
  };
}

/** Plans that could still be carried out: a plan holds for the estate that it was made of, to the letter. */
export async function openPlans({ world }: Pick<Seat, 'world'>): Promise<string[]> {
  const open: string[] = [];
  for (const head of await listPlans(world.db, 50)) {
    if (head.run !== null) continue;
    // One that is not what was signed can no longer be carried out either.
    const plan = await readPlan(world, head.id).catch((cause: unknown) => {
      if (cause instanceof Refusal) return null;
      throw cause;
    });
    if (plan === null || applicable(plan, world.clock()) !== 'yes') continue;
    if (plan.estate === world.estateHash && plan.policy === world.policyHash) open.push(head.id);
  }
  return open;
}

function declaredOf({ world }: Pick<Seat, 'world'>, id: string): System {
  const system = world.declared.estate.systems.find((one) => one.id === id);
  if (!system) throw siteRefusals.unknownSystem(id);
  return system;
}

function itemOf(estate: YamlText, id: string): Path {
  let at: Path | null = null;
  estate.each('systems', (item) => {
    if (estate.get([...item, 'id']) === id) at = item;
  });
  // Somebody took it out of the file meanwhile.
  if (at === null) throw siteRefusals.unknownSystem(id);
  return at;
}

/** An address that stands in the file itself is left out: its password must not be guessed from a page. */
function markOf(estate: YamlText, id: string): string {
  const item = JSON.stringify(estate.plain(itemOf(estate, id)), (key, value: unknown) =>
    key === 'literal' ? null : value,
  );
  return sha256Hex(item).slice(0, 32);
}

type SecretPlace = (name: string, url: string) => Secret;

/** A new address gets a file beside the old one: until everything is right, the old one is what counts. */
function secretPlaces(home: string, id: string, secrets: Map<string, string>): SecretPlace {
  const given = new Map<string, Secret>();
  return (name, url) => {
    const before = given.get(name);
    if (before) return before;
    let n = 1;
    const nth = (): string => join('secrets', `${id}-${name}${n === 1 ? '' : `-${n}`}`);
    while (existsSync(join(home, nth()))) n += 1;
    const ref = { file: nth() };
    secrets.set(ref.file, url);
    given.set(name, ref);
    return ref;
  };
}

function apply(
  estate: YamlText,
  item: Path,
  system: System,
  wanted: SystemChange,
  language: Language,
  place: SecretPlace,
): void {
  const put = (path: Path, before: string | undefined, word: string): void => {
    if (before !== word) estate.put([...item, ...path], word);
  };
  const { title, location } = system;
  // The other language keeps its own name, unless both were the same.
  if (title[language] !== wanted.title)
    for (const one of title.nl === title.en ? (['nl', 'en'] as const) : [language])
      put(['title', one], title[one], wanted.title);
  put(['location', 'country'], location.country, wanted.country);
  put(['location', 'place'], location.place, wanted.place);
  for (const [name, source] of Object.entries(wanted.sources))
    applySource(estate, [...item, 'sources', name], name, system, source, place);
  applyAbsent(estate, item, system, wanted);
}

function applySource(
  estate: YamlText,
  at: Path,
  name: string,
  system: System,
  wanted: SourceChange,
  place: SecretPlace,
): void {
  const now = system.sources[name];
  if ('root' in wanted) {
    if (wanted.root === '') return now && estate.remove(at);
    if (now?.connector !== 'files') return estate.set(at, { connector: 'files', root: wanted.root });
    if (now.root !== wanted.root) estate.put([...at, 'root'], wanted.root);
    return;
  }
  if (wanted.gone) return now && estate.remove(at);
  if (now?.connector !== 'sql') {
    if (wanted.read === '') return;
    return estate.set(at, {
      connector: 'sql',
      dialect: wanted.dialect,
      read: place(`${name}-read`, wanted.read),
      ...(wanted.erase === '' ? {} : { erase: place(`${name}-erase`, wanted.erase) }),
    });
  }
  if (now.dialect !== wanted.dialect) estate.put([...at, 'dialect'], wanted.dialect);
  if (wanted.read !== '') estate.set([...at, 'read'], place(`${name}-read`, wanted.read));
  if (wanted.readOnly) estate.remove([...at, 'erase']);
  else if (wanted.erase !== '') estate.set([...at, 'erase'], place(`${name}-erase`, wanted.erase));
}

/** What was ticked, what belongs to a source that is not there, and what no form asks about. */
function applyAbsent(estate: YamlText, item: Path, { profile }: System, { absent }: SystemChange): void {
  const before = estate.list([...item, 'notUsed']);
  const isManual = (source: string): boolean => profile.sources[source]?.connector === 'manual';
  const now = profile.datasets
    .filter(({ id, source }) =>
      isManual(source) ? before.includes(id) : absent.includes(id) || !estate.has([...item, 'sources', source]),
    )
    .map(({ id }) => id);
  estate.keepOnly([...item, 'notUsed'], new Set(now));
  for (const id of now) if (!before.includes(id)) estate.add([...item, 'notUsed'], id);
}

const fileOf = (ref: Secret | undefined): string[] => (ref && 'file' in ref ? [ref.file] : []);

const filesOf = ({ sources }: System): string[] =>
  Object.values(sources).flatMap((one) => (one.connector === 'sql' ? [...fileOf(one.read), ...fileOf(one.erase)] : []));

/** A system of which nothing can be looked at is none. */
function somethingLeft(system: System, { sources }: SystemChange): void {
  const said = Object.entries(sources);
  const left = said.some(([name, one]) =>
    'root' in one ? one.root !== '' : !one.gone && (one.read !== '' || system.sources[name] !== undefined),
  );
  if (said.length > 0 && !left) throw connectRefusals.nothingGiven(said[0]);
}

/** Addresses that a form put into files of their own, and that nothing names any more. What an operator wrote elsewhere stays. */
function forgetSecrets({ world }: Seat, before: System): void {
  const named = new Set(world.declared.estate.systems.flatMap(filesOf));
  const own = Object.keys(before.profile.sources).flatMap((name) =>
    ['read', 'erase'].map((what) => join('secrets', `${before.id}-${name}-${what}`)),
  );
  for (const file of filesOf(before))
    if (!named.has(file) && own.includes(file.replace(/-\d+$/, ''))) rmSync(join(world.home, file), { force: true });
}

async function nothingRuns({ world }: Seat, id: string): Promise<void> {
  const run = await runningOn(world.db, id);
  if (run !== null) throw changeRefusals.runs(run);
}

export const changeRefusals = {
  meanwhile: () =>
    new Refusal('system-changed', {
      nl: 'Iemand anders wijzigde dit systeem intussen. Kijk wat er nu staat, en bewaar dan opnieuw.',
      en: 'Somebody else changed this system meanwhile. See what stands now, and then save again.',
    }),
  runs: (run: string) =>
    new Refusal('system-busy', {
      nl: `Er loopt nu een uitvoering op dit systeem (${run}). Wacht tot die klaar is: er is niets veranderd.`,
      en: `A run is under way on this system now (${run}). Wait until it has ended: nothing was changed.`,
    }),
};
