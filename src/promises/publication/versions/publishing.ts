/** What the publication of statements is given, and what it reads before it decides. */
import { dayOf } from '../../../base/time.ts';
import { diff, parsePolicy, type Change, type Policy } from '../../../policy/index.ts';
import { canonicalJson, sha256Hex } from '../../../crypto/index.ts';
import type { Actor, World } from '../../world.ts';
import { damages, readKept, type Damage } from './files.ts';
import { Manifest, policyFile, type Files } from './manifest.ts';
import { current, previous, publication, published, type Version } from './model.ts';
import { noticesOf, type Notice } from './notices.ts';
import { refusals } from './phrases.ts';
import * as store from './store.ts';

/** What a page says of itself: which version it is, and the hash of the policy that it was made from. */
export interface Marker {
  readonly version: string;
  readonly hash: string;
}

export interface Fault {
  readonly rule: string;
  readonly severity: 'E' | 'W' | 'I';
  readonly path: string;
  readonly message: { readonly nl: string; readonly en: string };
}

export interface Publishing extends Pick<World, 'db' | 'clock' | 'zone' | 'flush' | 'log' | 'policy' | 'policyHash'> {
  /** The text of the policy in force in this home. */
  readonly policyText: string;
  /** Countries of the European Economic Area. */
  readonly eea: readonly string[];
  /** Whether the website may stand in a private network or on this machine. */
  readonly privateTargets: boolean;
  /** Folder of the home in which versions are kept. */
  readonly folder: string;
  /** Every file of a statement by its name; pages in HTML carry the marker. The same policy gives the same bytes. */
  readonly render: (policy: Policy, marker: Marker) => Promise<Files>;
  /**
   * What the linter finds in this policy, by the law of this day; with "living" also what only the running systems tell: a
   * promise to delete that nothing carries out, a measure that nothing shows.
   */
  readonly lint: (
    policyText: string,
    day: string,
    facts: 'living' | 'text-only',
  ) => Promise<{ readonly findings: readonly Fault[] }>;
  /** Names of the people whose account has this role now. */
  readonly holders: (role: 'dpo' | 'privacy-officer') => Promise<readonly string[]>;
  /** What an event says in the ledger, once it is signed. */
  readonly entryOf: (event: string) => Promise<Readonly<Record<string, unknown>> | null>;
}

export type Stored = store.Stored;

export const today = (desk: Pick<Publishing, 'clock' | 'zone'>): string => dayOf(desk.clock(), desk.zone);

export function named(actor: Actor): Actor {
  const name = actor.name.trim();
  if (name === '') throw refusals.emptyName();
  return { name };
}

/** Every word by which one of these can be asked for. */
export const namesOf = (versions: readonly Pick<Stored, 'id' | 'label'>[]): string[] => [
  ...versions.flatMap(({ id, label }) => [label, id]),
  'latest',
];

/** By id, by the name that the policy gave it, or "latest": the statement of today. */
export function find(versions: readonly Stored[], asked: string, day: string): Stored {
  if (asked === 'latest') {
    const latest = current(versions, day);
    if (!latest) throw refusals.nothingPublished();
    return latest;
  }
  const byId = versions.find((one) => one.id === asked);
  if (byId) return byId;
  const found = versions.filter((one) => one.label === asked);
  // Drafts of one name follow each other until one is published: then that is the one.
  const out = published(found);
  const [only, more] = out.length > 0 ? out : found.filter((one) => one.acts.at(-1)?.act !== 'withdrawn');
  if (!only) throw refusals.unknown(asked, namesOf(versions));
  if (more)
    throw refusals.ambiguous(
      asked,
      found.map((one) => one.id),
    );
  return only;
}

/** The policy of a version, from the bytes that were approved. */
export function policyOf(desk: Pick<Publishing, 'folder'>, version: Stored): { policy: Policy; text: string } {
  const bytes = readKept(desk.folder, version.id, version.manifest, policyFile);
  if (!bytes) throw refusals.damaged(version.label, [policyFile]);
  const text = new TextDecoder().decode(bytes);
  const { value } = parsePolicy({ name: policyFile, text });
  if (!value) throw refusals.unreadable(version.label);
  return { policy: value, text };
}

export const hashOf = (policy: Policy): string => sha256Hex(canonicalJson(policy));

/** What changes with a version from a day on, against the one in force until then; null when it is the first. */
export function changesOf(
  desk: Pick<Publishing, 'folder' | 'eea' | 'clock'>,
  versions: readonly Stored[],
  version: Stored,
  effective: string,
): { readonly since: Stored; readonly changes: Change[] } | null {
  const before = previous(
    versions.filter((one) => one.id !== version.id),
    effective,
    publication(version)?.at ?? desk.clock(),
  );
  if (!before) return null;
  const [was, is] = [policyOf(desk, before).policy, policyOf(desk, version).policy];
  return { since: before, changes: diff(was, is, desk.eea) };
}

export function noticesFor(
  desk: Publishing,
  versions: readonly Stored[],
  version: Stored,
  effective: string,
): Notice[] {
  const found = changesOf(desk, versions, version, effective);
  return found ? noticesOf(found.changes, effective, today(desk)) : [];
}

/**
 * What the linter finds in a policy that is to be, or is, the statement. `unproven` is what it promises and nothing shows yet:
 * that holds nothing back, but it is seen by whoever publishes, recorded, and said beside the promise.
 */
export async function examined(
  desk: Pick<Publishing, 'lint'>,
  text: string,
  day: string,
): Promise<{ readonly findings: readonly Fault[]; readonly unproven: readonly Fault[] }> {
  const { findings } = await desk.lint(text, day, 'living');
  const alone = (await desk.lint(text, day, 'text-only')).findings.map(nameOf);
  return {
    findings,
    unproven: findings.filter((one) => one.severity !== 'E' && !alone.includes(nameOf(one))),
  };
}

const nameOf = ({ rule, path }: Fault): string => `${rule} ${path}`;

/** A file of a version, exactly as it was approved; null when there is none. */
export function readFile(desk: Pick<Publishing, 'folder'>, version: Stored, name: string): Uint8Array | null {
  const { files } = Manifest.parse(JSON.parse(version.manifest));
  if (!Object.hasOwn(files, name)) return null;
  const bytes = readKept(desk.folder, version.id, version.manifest, name);
  if (!bytes) throw refusals.damaged(version.label, [name]);
  return bytes;
}

export interface Verified {
  readonly version: Version;
  readonly problems: readonly { readonly file: string; readonly is: Damage['is'] | 'not-as-signed' }[];
}

/** Every version held against the hashes that were signed into the ledger: files, list of files, and the row itself. */
export async function verifyVersions(desk: Publishing): Promise<Verified[]> {
  const versions = await store.readVersions(desk.db);
  return Promise.all(
    versions.map(async (version): Promise<Verified> => {
      const signed = (await Promise.all(version.acts.map((act) => desk.entryOf(act.event)))).filter(
        (entry) => entry !== null && 'hash' in entry,
      );
      const rowIsRight =
        sha256Hex(version.manifest) === version.sha256 && signed.every((entry) => entry?.['hash'] === version.sha256);
      return {
        version,
        problems: [
          ...(rowIsRight ? [] : [{ file: 'manifest.json', is: 'not-as-signed' as const }]),
          ...damages(desk.folder, version.id, version.manifest),
        ],
      };
    }),
  );
}
