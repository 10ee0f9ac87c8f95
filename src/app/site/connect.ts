/**
 * Connecting a system from the browser: the estate gets one more item, with its comments as they were; what is secret goes to a
 * file of its own that only we read. Whatever is not right is told, and the estate is as before.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../../base/refusal.ts';
import type { Text } from '../../base/language.ts';
import { problemsText, type Path, type Source } from '../../base/yaml.ts';
import { namesOf } from '../../base/yaml-parts.ts';
import { openYaml, withItem } from '../../base/yaml-edit.ts';
import { readEstate, type Profile, type Secret } from '../../estate/index.ts';
import { record } from '../../ledger/index.ts';
import type { Actor } from '../../promises/world.ts';
import { writeWhole } from '../files.ts';
import { DeclaredWrongly, places } from '../home.ts';
import { lastLooks } from './looks.ts';
import { mustAnswer } from './reach.ts';
import type { Seat } from './seat.ts';

export interface NewSystem {
  readonly profile: string;
  readonly id: string;
  readonly title: string;
  readonly country: string;
  readonly place: string;
  /** Datasets that this installation does not have. If they are there all the same, the first look finds them. */
  readonly absent?: readonly string[];
  /** Per source of the profile: a folder, or the addresses of a database. Empty: this installation does not have it. */
  readonly sources: Readonly<
    Record<
      string,
      { readonly root: string } | { readonly dialect: string; readonly read: string; readonly erase: string }
    >
  >;
}

const id = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** The home as it goes on, with the system in it. */
export async function connectSystem(seat: Seat, actor: Actor, wanted: NewSystem): Promise<Seat> {
  const { world } = seat;
  // It becomes part of a file's name before the estate is read: nothing but an id may.
  if (!id.test(wanted.id)) throw connectRefusals.badId();
  const profile = world.declared.profiles.get(wanted.profile);
  if (!profile) throw connectRefusals.unknownProfile(wanted.profile);
  if (world.declared.estate.systems.some((one) => one.id === wanted.id)) throw connectRefusals.exists(wanted.id);
  if (Object.values(wanted.sources).every(isEmpty) && Object.values(profile.sources).every(isReached))
    throw connectRefusals.nothingGiven(Object.entries(wanted.sources)[0]);
  const file = places(world.home).estate;
  const { item, secrets } = itemOf(world.home, profile, wanted);
  const withIt = (text: string): string => withItem(text, ['systems'], item);
  await lookFirst(seat, { name: file, text: withIt(readFileSync(file, 'utf8')) }, wanted.id, secrets);
  // Read again there: looking takes a while, and what was written meanwhile stays.
  const next = await changed(seat, withIt, secrets);
  await world.db.transaction().execute((tx) =>
    record(tx, {
      personal: true,
      at: world.clock(),
      details: { event: 'system.connected', system: wanted.id, by: actor.name },
    }),
  );
  return next;
}

/** The home as it goes on, where this installation has no such dataset. Only what a look missed: what is there is not talked away. */
export async function sayAbsent(seat: Seat, actor: Actor, system: string, dataset: string): Promise<Seat> {
  const { world } = seat;
  const seen = (await lastLooks(world)).get(system);
  if (!seen?.findings.some((one) => one.kind === 'missing-dataset' && one.dataset === dataset))
    throw connectRefusals.notMissed(dataset);
  const next = await changed(seat, (text) => {
    const estate = openYaml(text);
    let at: Path = [];
    estate.each('systems', (item) => {
      if (estate.get([...item, 'id']) === system) at = item;
    });
    return withItem(text, [...at, 'notUsed'], dataset);
  });
  await world.db.transaction().execute((tx) =>
    record(tx, {
      personal: true,
      at: world.clock(),
      details: { event: 'system.dataset-absent', system, dataset, by: actor.name },
    }),
  );
  return next;
}

/** The estate changed and the home opened with it; or both as they were. */
export async function changed(
  { world, reload }: Seat,
  change: (text: string) => string,
  secrets: ReadonlyMap<string, string> = new Map(),
): Promise<Seat> {
  const file = places(world.home).estate;
  const before = readFileSync(file, 'utf8');
  try {
    for (const [at, url] of secrets) writeWhole(join(world.home, at), `${url}\n`, 0o600);
    writeWhole(file, change(before));
    return await reload();
  } catch (cause) {
    writeWhole(file, before);
    for (const at of secrets.keys()) rmSync(join(world.home, at), { force: true });
    if (cause instanceof DeclaredWrongly) throw connectRefusals.wrong(problemsText(cause.problems));
    throw cause;
  }
}

/** Nothing is written of a system that is wrongly said, or that does not answer: there is no way back from it in the browser. */
export async function lookFirst(
  { world }: Seat,
  file: Source,
  id: string,
  secrets: ReadonlyMap<string, string>,
): Promise<void> {
  const categories = namesOf(world.policy.data.map((one) => one.id));
  const { estate, problems } = readEstate(file, { profiles: world.declared.profiles, categories });
  const system = estate?.systems.find((one) => one.id === id);
  if (!system) throw connectRefusals.wrong(problemsText(problems));
  await mustAnswer(world, system, (ref) => ('file' in ref && secrets.get(ref.file)) || known(world, ref));
}

/** What stood there already; one that cannot be read is an address that does not answer. */
function known({ secret }: Seat['world'], ref: Secret): string {
  try {
    return secret(ref);
  } catch {
    return '';
  }
}

const isEmpty = (source: NewSystem['sources'][string]): boolean =>
  ('root' in source ? source.root : source.read) === '';
const isReached = (source: Profile['sources'][string]): boolean => source.connector !== 'manual';

/** What the estate gets, and what goes into files of its own. */
function itemOf(home: string, profile: Profile, wanted: NewSystem): { item: unknown; secrets: Map<string, string> } {
  const secrets = new Map<string, string>();
  const given = Object.entries(wanted.sources).filter(([, source]) => !isEmpty(source));
  const secretOf = (name: string, url: string): { file: string } => {
    const at = join('secrets', `${wanted.id}-${name}`);
    if (existsSync(join(home, at))) throw connectRefusals.exists(wanted.id);
    secrets.set(at, url);
    return { file: at };
  };
  const sources = Object.fromEntries(
    given.map(([name, source]) => [
      name,
      'root' in source
        ? { connector: 'files', root: source.root }
        : {
            connector: 'sql',
            dialect: source.dialect,
            read: secretOf(`${name}-read`, source.read),
            ...(source.erase === '' ? {} : { erase: secretOf(`${name}-erase`, source.erase) }),
          },
    ]),
  );
  const absent = profile.datasets
    .filter(
      (dataset) =>
        wanted.absent?.includes(dataset.id) === true ||
        (!(dataset.source in sources) && profile.sources[dataset.source]?.connector !== 'manual'),
    )
    .map((dataset) => dataset.id);
  const manual = Object.entries(profile.sources)
    .filter(([, source]) => source.connector === 'manual')
    .map(([name]) => [name, { connector: 'manual' }]);
  const item = {
    id: wanted.id,
    title: { nl: wanted.title, en: wanted.title },
    profile: wanted.profile,
    role: 'controller',
    location: { country: wanted.country, place: wanted.place },
    sources: { ...sources, ...Object.fromEntries(manual) },
    ...(absent.length === 0 ? {} : { notUsed: absent }),
  };
  return { item, secrets };
}

export const connectRefusals = {
  badId: () =>
    new Refusal(
      'system-id',
      {
        nl: 'De korte naam bestaat uit kleine letters, cijfers en streepjes, ten hoogste 64.',
        en: 'The short name is lower-case letters, digits and hyphens, at most 64.',
      },
      422,
    ),
  unknownProfile: (id: string) =>
    new Refusal('profile-unknown', { nl: `Er is geen profiel "${id}".`, en: `There is no profile "${id}".` }),
  exists: (id: string) =>
    new Refusal('system-exists', {
      nl: `Er is al een systeem "${id}". Kies een andere naam.`,
      en: `There is a system "${id}" already. Choose another name.`,
    }),
  nothingGiven: (first: readonly [string, object] | undefined) =>
    new Refusal(
      'source-none',
      {
        nl: 'Vul ten minste één map of adres in: anders is er niets om te bekijken.',
        en: 'Fill in at least one folder or address: otherwise there is nothing to look at.',
      },
      422,
      first && `${'root' in first[1] ? 'root' : 'read'}.${first[0]}`,
    ),
  notMissed: (dataset: string) =>
    new Refusal('dataset-not-missed', {
      nl: `Bij het laatste kijken werd "${dataset}" niet gemist. Kijk opnieuw.`,
      en: `The last look did not miss "${dataset}". Look again.`,
    }),
  wrong: (problems: Text) =>
    new Refusal(
      'estate-wrong',
      { nl: `Dit klopt nog niet:\n${problems.nl}`, en: `This is not right yet:\n${problems.en}` },
      422,
    ),
};
