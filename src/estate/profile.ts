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
  z.strictObject({
    column: Column.describe('A column of the table.'),
    as: z
      .enum(['timestamp', 'epoch-s', 'epoch-ms', 'text'])
      .default('timestamp')
      .describe('How the column holds it: a time of the database, seconds or milliseconds since 1970, or written out.'),
  }),
  z.strictObject({
    groups: z
      .array(z.string())
      .min(1)
      .describe('Words of the path that are the date when put after each other, such as [yyyy, MM, dd].'),
  }),
  z.strictObject({ epochGroup: z.string().describe('A word of the path that holds seconds since 1970.') }),
  z.strictObject({
    mtime: z.literal(true).describe('When the file was last changed: the last resort, a restore resets it.'),
  }),
]);

const Clock = z.strictObject({
  readings: z.array(Reading).min(1).describe('Tried in order; the first with a usable value counts.'),
  zone: z.string().default('param:zone').describe('IANA zone, or param:NAME for one that the estate gives.'),
  empty: z
    .enum(['open', 'finding'])
    .default('finding')
    .describe('No value means: the event has not happened yet ("open"), or the item cannot be dated ("finding").'),
});

const Subject = z.strictObject({
  kind: z
    .enum(['phone', 'email', 'username', 'name', 'ip', 'mac', 'person-id'])
    .describe('Sort of key by which a person is looked for, such as the phone of a hold.'),
  field: Column.describe('Column or path group that holds it.'),
  match: z.enum(['whole', 'contains']).default('whole').describe('The whole field, or somewhere in it.'),
  role: z
    .enum(['owner', 'accessor', 'mentioned'])
    .default('owner')
    .describe('Whose the item is then: that person is who it is about, takes part in it, or is only named.'),
});

const Recipe = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('null') }),
  z.strictObject({ to: z.literal('text'), value: z.string().describe('What is written in its place.') }),
  z.strictObject({ to: z.literal('prefix'), keep: z.int().min(0).describe('Characters that stay at the beginning.') }),
  z.strictObject({ to: z.literal('pseudonym') }),
  z.strictObject({ to: z.literal('ip-network') }),
]);

const DatasetProfile = z.strictObject({
  id: Id.describe('Own name; the estate, plans and holds call it so.'),
  title: Text.describe('What a person reads.'),
  source: z.string().describe('Which of the sources above holds it.'),
  table: z.string().min(1).optional().describe('Table of a database. A dataset has a table, a tree or a task.'),
  tree: z.array(z.string().min(1)).min(1).optional().describe('Path templates below the root of the source.'),
  ignore: z.array(z.string()).default([]).describe('Templates of files that are known and hold no items.'),
  task: z
    .strictObject({
      instruction: Text.describe('What the person does.'),
      withinDays: z.int().positive().describe('Days until the deadline.'),
    })
    .optional()
    .describe('What a person does by hand, of a source that is "manual".'),
  key: z.array(Column).min(1).optional().describe('Columns that name an item; for a tree it is the path.'),
  data: Id.describe('Data category; the estate may choose another.'),
  fields: z
    .record(z.string(), z.union([Id, z.literal('non-personal')]))
    .default({})
    .describe(
      'Every column or path group, with a word for what it holds, or "non-personal". One that is not listed is a finding.',
    ),
  clocks: z
    .record(Id, Clock)
    .default({})
    .describe('By the name of the event from which a rule counts ("from" in the policy): where its time stands.'),
  subjects: z.array(Subject).default([]).describe('How a person is found.'),
  places: z
    .array(Column)
    .default([])
    .describe('Fields by which a hold can name a camera, an extension, a called number.'),
  consents: z
    .record(Id, When)
    .default({})
    .describe('By the name of a consent ("extendedBy" in the policy): when it is in force for an item.'),
  partOf: z
    .strictObject({
      dataset: Id.describe('The dataset of the whole.'),
      join: z
        .record(z.string(), z.string())
        .optional()
        .describe('Field of this part → field of the whole with the same value.'),
      path: z
        .string()
        .optional()
        .describe('In a tree: where the file of an item lies, made of its fields, such as "{folder}/{name}".'),
      shared: z.boolean().default(false).describe('Several items share a row, which goes with the last of them.'),
    })
    .optional()
    .describe('Goes together with an item of that dataset: join by columns, or path from its fields.'),
  references: z
    .array(
      z.strictObject({
        to: Id.describe('The dataset that is referred to.'),
        join: z.record(z.string(), z.string()).describe('Field of this dataset → field of the other.'),
        role: z
          .enum(['owner', 'accessor', 'mentioned'])
          .describe('What the other is to this item; "keptWhile" of a policy uses owners and accessors.'),
      }),
    )
    .default([])
    .describe('Items of this dataset belong to items of another, such as an invoice to its customer.'),
  only: When.optional().describe(
    'Only these rows are items: { empty: column }, { present: column }, { field: column, oneOf: […] }, and of these { not: … }, { all: […] }, { any: […] }.',
  ),
  bytes: Column.optional().describe('Column with the size in bytes, when the product keeps one.'),
  selfDeleting: z.boolean().default(false).describe('The product deletes by itself: a hold then makes copies.'),
  lock: z
    .strictObject({
      set: z.record(z.string(), Value).describe('Column → value that keeps it.'),
      release: z.record(z.string(), Value).describe('Column → value that lets it go.'),
    })
    .optional()
    .describe('How the product itself can be told to keep an item.'),
  anonymise: z
    .record(z.string(), Recipe)
    .optional()
    .describe('By field, what becomes of it where the policy says "anonymise".'),
  secretKey: z.boolean().default(false).describe('The name of an item holds personal data, and is never shown.'),
  warnings: z
    .array(z.strictObject({ when: When.describe('As under "only".'), text: Text }))
    .default([])
    .describe('What is counted at every look and told, such as passwords in clear.'),
  native: Text.optional().describe("What the product's own retention does, and where it falls short."),
  unreached: Text.optional().describe(
    'What of an item stands where none of these datasets reaches. Who looks is told, and verification says no more than V1.',
  ),
});

export const ProfileFile = z.strictObject({
  id: Id.describe('The name under "profile" in the estate; no two profiles have one.'),
  version: z.int().positive().describe('Of this description: one more with each change.'),
  product: z.string().describe('What it describes.'),
  productVersions: z.string().optional().describe('Of which it is known to be true.'),
  title: Text.describe('What a person reads.'),
  params: z
    .record(
      z.string(),
      z.strictObject({
        kind: z.enum(['zone', 'country', 'text']),
        default: z.string().optional().describe('Without it the estate must say.'),
      }),
    )
    .default({})
    .describe('What the estate says of an installation, by name; a clock uses it as param:NAME.'),
  sources: z.record(
    z.string(),
    z.strictObject({
      connector: z.enum(['sql', 'files', 'manual']).describe('A database, a tree of files, or a person.'),
      dialects: z.array(Dialect).optional().describe('Databases in which the product is known to keep it.'),
      nonPersonal: z
        .array(z.string().min(1))
        .default([])
        .describe('Tables of a database without personal data: known, and left alone.'),
    }),
  ),
  datasets: z.array(DatasetProfile).min(1).describe('What it keeps: each table or tree with data of people.'),
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
