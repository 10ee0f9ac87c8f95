/** A profile and what the estate says of one installation, as datasets that connectors understand. */
import {
  groupsOf,
  parseTemplate,
  type Clock,
  type Dataset,
  type Layer,
  type Referrer,
} from '../connectors/kit/index.ts';
import { toCondition, type DatasetProfile, type Profile } from './profile.ts';

export interface Choices {
  readonly params: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, string>>;
  readonly notUsed: readonly string[];
}

type Draft = { -readonly [K in keyof Dataset]: Dataset[K] };

export function resolve(system: string, profile: Profile, choices: Choices): Dataset[] {
  const used = profile.datasets.filter((one) => !choices.notUsed.includes(one.id));
  const drafts = new Map<string, Draft>(used.map((one) => [one.id, draft(system, one, choices)]));
  for (const one of used) {
    const child = drafts.get(one.id);
    const parent = one.partOf ? drafts.get(one.partOf.dataset) : undefined;
    if (child && parent && one.partOf) {
      const layer: Layer = {
        dataset: child,
        shared: one.partOf.shared,
        ...(one.partOf.join ? { join: one.partOf.join } : {}),
        ...(one.partOf.path === undefined ? {} : { path: one.partOf.path }),
      };
      parent.layers = [...parent.layers, layer];
    }
    for (const reference of one.references) {
      const target = drafts.get(reference.to);
      // Only what belongs to someone keeps it: an item that merely mentions another does not.
      if (!child || !target || reference.role === 'mentioned') continue;
      const referrer: Referrer = { dataset: child, join: reference.join };
      target.referrers = [...target.referrers, referrer];
    }
  }
  return [...drafts.values()];
}

function draft(system: string, one: DatasetProfile, choices: Choices): Draft {
  const groups = (one.tree ?? []).flatMap((template) => groupsOf(parseTemplate(template)));
  const fields = Object.fromEntries([
    ...groups.map((name) => [name, { data: null }] as const),
    ...Object.entries(one.fields).map(
      ([name, data]) => [name, { data: data === 'non-personal' ? null : data }] as const,
    ),
  ]);
  return {
    system,
    id: one.id,
    source: one.source,
    fields,
    at:
      one.table !== undefined
        ? { kind: 'table', table: one.table }
        : one.tree
          ? { kind: 'tree', templates: one.tree, ignore: one.ignore }
          : {
              kind: 'task',
              instruction: one.task?.instruction ?? { nl: '', en: '' },
              withinDays: one.task?.withinDays ?? 30,
            },
    key: one.key ?? ['path'],
    data: choices.data[one.id] ?? one.data,
    clocks: Object.fromEntries(
      Object.entries(one.clocks).map(([id, clock]): [string, Clock] => [
        id,
        { id, readings: clock.readings, zone: zoneOf(clock.zone, choices), empty: clock.empty },
      ]),
    ),
    subjects: one.subjects,
    places: one.places,
    consents: Object.fromEntries(Object.entries(one.consents).map(([id, when]) => [id, toCondition(when)])),
    layers: [],
    referrers: [],
    selfDeleting: one.selfDeleting,
    secretKey: one.secretKey,
    ...(one.unreached ? { unreached: true } : {}),
    ...(one.only ? { only: toCondition(one.only) } : {}),
    ...(one.bytes === undefined ? {} : { bytes: one.bytes }),
    ...(one.lock ? { lock: one.lock } : {}),
    ...(one.anonymise ? { anonymise: one.anonymise } : {}),
  };
}

function zoneOf(zone: string, choices: Choices): string {
  return zone.startsWith('param:') ? (choices.params[zone.slice(6)] ?? 'UTC') : zone;
}

/** Whose an item is, for one dataset: by which fields, in which part. Rights requests rest on this. */
export function ownership(dataset: Dataset): { owner: string[]; accessor: string[]; mentioned: string[] } {
  const by = (role: 'owner' | 'accessor' | 'mentioned') =>
    dataset.subjects.filter((one) => one.role === role).map((one) => one.field);
  return { owner: by('owner'), accessor: by('accessor'), mentioned: by('mentioned') };
}
