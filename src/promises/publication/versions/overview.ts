/** What one may ask about versions without changing anything. */
import { addDays } from '../../../base/time.ts';
import type { Change } from '../../../policy/index.ts';
import { Manifest } from './manifest.ts';
import { blocking, publication, standing, type Override, type Standing } from './model.ts';
import type { Notice, Told } from './notices.ts';
import {
  changesOf,
  examined,
  find,
  noticesFor,
  policyOf,
  today,
  type Fault,
  type Publishing,
  type Stored,
} from './publishing.ts';
import * as store from './store.ts';

export interface Listed {
  readonly version: Stored;
  readonly standing: Standing;
  /** Day from which it is the statement; null when that was not decided. */
  readonly effective: string | null;
}

/** Newest first. */
export async function listVersions(desk: Publishing): Promise<Listed[]> {
  const versions = await store.readVersions(desk.db);
  return versions.map((version) => listed(desk, versions, version)).toReversed();
}

function listed(desk: Publishing, versions: readonly Stored[], version: Stored): Listed {
  return {
    version,
    standing: standing(version, versions, today(desk)),
    effective: publication(version)?.effective ?? null,
  };
}

export interface GivenNotice extends Notice {
  readonly told: Told | null;
}

export interface Described extends Listed {
  readonly files: Manifest['files'];
  /** Against the version it takes the place of; null for the first. */
  readonly since: { readonly version: Stored; readonly changes: readonly Change[] } | null;
  /** Errors of the linter on its first day, or today. */
  readonly blocked: readonly Fault[];
  readonly passed: readonly { readonly fault: Fault; readonly override: Override }[];
  /** What it promises and nothing shows yet; that blocks nothing. */
  readonly unproven: readonly Fault[];
  /** As they were fixed at publication; before that, as they would be if it took effect tomorrow. */
  readonly notices: readonly GivenNotice[];
}

export async function describe(desk: Publishing, asked: string): Promise<Described> {
  const versions = await store.readVersions(desk.db);
  const version = find(versions, asked, today(desk));
  const own = listed(desk, versions, version);
  const from = own.effective ?? addDays(today(desk), 1);
  // What is past is judged by the law and the overrides of today: an override that ended no longer lets anything pass.
  const day = own.effective !== null && from > today(desk) ? from : today(desk);
  const found = changesOf(desk, versions, version, from);
  const { findings, unproven } = await examined(desk, policyOf(desk, version).text, day);
  return {
    ...own,
    files: Manifest.parse(JSON.parse(version.manifest)).files,
    since: found && { version: found.since, changes: found.changes },
    ...blocking(findings, await store.readOverrides(desk.db), day),
    unproven,
    notices:
      own.effective === null
        ? noticesFor(desk, versions, version, from).map((one) => ({ ...one, told: null }))
        : (await store.readNotices(desk.db)).filter((one) => one.version === version.id),
  };
}

export { readElsewhere } from './store.ts';
