/** Profiles: known products as data. One schema, from which come the types, the JSON Schema and the reference page. */
import { z } from 'zod';
import { inOrder, readUnchanged, type Problem, type Read, type Source } from '../base/yaml.ts';
import { message } from '../base/yaml-mistakes.ts';
import { namesOf, type Names } from '../base/yaml-parts.ts';
import type { Condition, Scalar } from '../connectors/kit/index.ts';
import { checkProfile } from './profile-check.ts';

const Id = z.string().regex(
  /^[a-z0-9][a-z0-9-]{0,63}$/,
  message({
    nl: 'een id bestaat uit kleine letters, cijfers en streepjes',
    en: 'an id is lower-case letters, digits and hyphens',
  }),
);
export const Dialect = z
  .enum(['postgres', 'mariadb', 'sqlite'])
  .describe('"mariadb" is for MySQL as well: its tests were run once on MySQL 5.6, not on 8.');
const Column = z.string().min(1);
const Text = z.strictObject({ nl: z.string().min(1), en: z.string().min(1) });
const Value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export type When =
  | { empty: string }
  | { present: string }
  | { field: string; oneOf: Scalar[] }
  | { not: When }
  | { all: When[] }
  | { any: When[] };

export const When: z.ZodType<When, When> = z.lazy(() =>
  z.union([
    z.strictObject({ empty: Column }),
    z.strictObject({ present: Column }),
    z.strictObject({ field: Column, oneOf: z.array(Value).min(1) }),
    z.strictObject({ not: When }),
    z.strictObject({ all: z.array(When).min(1) }),
    z.strictObject({ any: z.array(When).min(1) }),
  ]),
);

const Reading = z.union([
  z.strictObject({ column: Column, as: z.enum(['timestamp', 'epoch-s', 'epoch-ms', 'text']).default('timestamp') }),
  z.strictObject({ groups: z.array(z.string()).min(1) }),
  z.strictObject({ epochGroup: z.string() }),
  z.strictObject({ mtime: z.literal(true) }),
]);

const Clock = z.strictObject({
  readings: z.array(Reading).min(1).describe('Tried in order; the first with a usable value counts.'),
  zone: z.string().default('param:zone').describe('IANA zone, or param:NAME for one that the estate gives.'),
  empty: z
    .enum(['open', 'finding'])
    .default('finding')
    .describe('No value: the event has not happened yet, or the item cannot be dated.'),
});

const Subject = z.strictObject({
  kind: z.enum(['phone', 'email', 'username', 'name', 'ip', 'mac', 'person-id']),
  field: Column,
  match: z.enum(['whole', 'contains']).default('whole'),
  role: z.enum(['owner', 'accessor', 'mentioned']).default('owner'),
});

const Recipe = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('null') }),
  z.strictObject({ to: z.literal('text'), value: z.string() }),
  z.strictObject({ to: z.literal('prefix'), keep: z.int().min(0) }),
  z.strictObject({ to: z.literal('pseudonym') }),
  z.strictObject({ to: z.literal('ip-network') }),
]);

const DatasetProfile = z.strictObject({
  id: Id,
  title: Text,
  source: z.string(),
  table: z.string().min(1).optional(),
  tree: z.array(z.string().min(1)).min(1).optional().describe('Path templates below the root of the source.'),
  ignore: z.array(z.string()).default([]).describe('Templates of files that are known and hold no items.'),
  task: z.strictObject({ instruction: Text, withinDays: z.int().positive() }).optional(),
  key: z.array(Column).min(1).optional().describe('Columns that name an item; for a tree it is the path.'),
  data: Id.describe('Data category; the estate may choose another.'),
  fields: z
    .record(z.string(), z.union([Id, z.literal('non-personal')]))
    .default({})
    .describe(
      'Every column or path group, with a word for what it holds, or "non-personal". One that is not listed is a finding.',
    ),
  clocks: z.record(Id, Clock).default({}),
  subjects: z.array(Subject).default([]),
  places: z.array(Column).default([]),
  consents: z.record(Id, When).default({}),
  partOf: z
    .strictObject({
      dataset: Id,
      join: z.record(z.string(), z.string()).optional(),
      path: z.string().optional(),
      shared: z.boolean().default(false),
    })
    .optional()
    .describe('Goes together with an item of that dataset: join by columns, or path from its fields.'),
  references: z
    .array(
      z.strictObject({
        to: Id,
        join: z.record(z.string(), z.string()),
        role: z.enum(['owner', 'accessor', 'mentioned']),
      }),
    )
    .default([]),
  only: When.optional(),
  bytes: Column.optional(),
  selfDeleting: z.boolean().default(false),
  lock: z.strictObject({ set: z.record(z.string(), Value), release: z.record(z.string(), Value) }).optional(),
  anonymise: z.record(z.string(), Recipe).optional(),
  secretKey: z.boolean().default(false),
  warnings: z.array(z.strictObject({ when: When, text: Text })).default([]),
  native: Text.optional().describe("What the product's own retention does, and where it falls short."),
});

export const ProfileFile = z.strictObject({
  id: Id,
  version: z.int().positive(),
  product: z.string(),
  productVersions: z.string().optional(),
  title: Text,
  params: z
    .record(z.string(), z.strictObject({ kind: z.enum(['zone', 'country', 'text']), default: z.string().optional() }))
    .default({}),
  sources: z.record(
    z.string(),
    z.strictObject({
      connector: z.enum(['sql', 'files', 'manual']),
      dialects: z.array(Dialect).optional(),
      nonPersonal: z
        .array(z.string().min(1))
        .default([])
        .describe('Tables of a database without personal data: known, and left alone.'),
    }),
  ),
  datasets: z.array(DatasetProfile).min(1),
  findings: z.array(Text).default([]).describe('What everyone who connects this product must know.'),
});

export type Profile = z.output<typeof ProfileFile>;
export type DatasetProfile = Profile['datasets'][number];

/** As it is written: without what the schema fills in. */
export type ProfileInput = z.input<typeof ProfileFile>;

/** A profile as its file has it, also with mistakes: enough to hold an estate against it. */
export type ProfilePart = Pick<Read<Profile, ProfileInput>, 'part' | 'wrong' | 'ids' | 'keys'>;

export interface ProfilesRead {
  readonly profiles: Map<string, Profile>;
  readonly problems: Problem[];
  /** All of them by id, those with mistakes too. */
  readonly parts: Map<string, ProfilePart>;
  readonly names: Names;
}

export function readProfiles(files: readonly Source[]): ProfilesRead {
  const profiles = new Map<string, Profile>();
  const parts = new Map<string, ProfilePart>();
  const problems: Problem[] = [];
  let nameless = false;
  for (const file of files) {
    const read = readUnchanged(file, ProfileFile);
    const id = read.part?.id;
    const second =
      id !== undefined && parts.has(id)
        ? [
            read.problem(['id'], {
              nl: `er is al een profiel "${id}": kies een andere id`,
              en: `a second profile "${id}"`,
            }),
          ]
        : [];
    problems.push(...inOrder([...read.problems, ...second, ...checkProfile(read)]));
    if (id === undefined) nameless = true;
    else parts.set(id, read);
    if (read.value) profiles.set(read.value.id, read.value);
  }
  return { profiles, problems, parts, names: namesOf([...parts.keys()], () => nameless) };
}

export function toCondition(when: When): Condition {
  if ('empty' in when) return { is: 'empty', field: when.empty };
  if ('present' in when) return { is: 'not', of: { is: 'empty', field: when.present } };
  if ('field' in when) return { is: 'field', field: when.field, oneOf: when.oneOf };
  if ('not' in when) return { is: 'not', of: toCondition(when.not) };
  return 'all' in when ? { is: 'all', of: when.all.map(toCondition) } : { is: 'any', of: when.any.map(toCondition) };
}

export function profileJsonSchema(): string {
  return `${JSON.stringify({ title: 'Gestand profile', ...z.toJSONSchema(ProfileFile, { io: 'input', unrepresentable: 'any' }) }, null, 2)}\n`;
}
