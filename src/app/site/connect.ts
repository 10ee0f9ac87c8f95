/**
 * Connecting a system from the browser: the estate gets one more item, with its comments as they were; what is secret goes to a
 * file of its own that only we read. Whatever is not right is told, and the estate is as before.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../../base/refusal.ts';
import type { Text } from '../../base/language.ts';
import { problemsText } from '../../base/yaml.ts';
import { withItem } from '../../base/yaml-edit.ts';
import type { Profile } from '../../estate/index.ts';
import { record } from '../../ledger/index.ts';
import type { Actor } from '../../promises/world.ts';
import { writeWhole } from '../files.ts';
import { DeclaredWrongly, places } from '../home.ts';
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
  const file = places(world.home).estate;
  const before = readFileSync(file, 'utf8');
  const secrets: string[] = [];
  let next: Seat;
  try {
    writeWhole(file, withItem(before, ['systems'], itemOf(world.home, profile, wanted, secrets)));
    next = await seat.reload();
  } catch (cause) {
    writeWhole(file, before);
    for (const secret of secrets) rmSync(secret, { force: true });
    if (cause instanceof DeclaredWrongly) throw connectRefusals.wrong(problemsText(cause.problems));
    throw cause;
  }
  await world.db.transaction().execute((tx) =>
    record(tx, {
      personal: true,
      at: world.clock(),
      details: { event: 'system.connected', system: wanted.id, by: actor.name },
    }),
  );
  return next;
}

function itemOf(home: string, profile: Profile, wanted: NewSystem, secrets: string[]): unknown {
  const given = Object.entries(wanted.sources).filter(
    ([, source]) => ('root' in source ? source.root : source.read) !== '',
  );
  const secretOf = (name: string, url: string): { file: string } => {
    const at = join('secrets', `${wanted.id}-${name}`);
    if (existsSync(join(home, at))) throw connectRefusals.exists(wanted.id);
    secrets.push(join(home, at));
    writeWhole(join(home, at), `${url}\n`, 0o600);
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
  return {
    id: wanted.id,
    title: { nl: wanted.title, en: wanted.title },
    profile: wanted.profile,
    role: 'controller',
    location: { country: wanted.country, place: wanted.place },
    sources: { ...sources, ...Object.fromEntries(manual) },
    ...(absent.length === 0 ? {} : { notUsed: absent }),
  };
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
  wrong: (problems: Text) =>
    new Refusal(
      'estate-wrong',
      { nl: `Dit klopt nog niet:\n${problems.nl}`, en: `This is not right yet:\n${problems.en}` },
      422,
    ),
};
