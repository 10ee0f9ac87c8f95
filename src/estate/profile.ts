/** Profiles: known products as data. One schema, from which come the types, the JSON Schema and the reference page. */
import { z } from 'zod';
import { readYaml, type Path, type Problem, type Source } from '../base/yaml.ts';
import { message } from '../base/yaml-mistakes.ts';
import { nearest } from '../base/yaml.ts';
import { fieldsIn, groupsOf, parseTemplate, type Condition, type Scalar } from '../connectors/kit/index.ts';

const Id = z.string().regex(
  /^[a-z0-9][a-z0-9-]{0,63}$/,
  message({
    nl: 'een id bestaat uit kleine letters, cijfers en streepjes',
    en: 'an id is lower-case letters, digits and hyphens',
  }),
);
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

export const When: z.ZodType<When> = z.lazy(() =>
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
      'Every column or path group, with its data category or "non-personal". One that is not listed is a finding.',
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
      dialects: z.array(z.enum(['postgres', 'mariadb', 'sqlite'])).optional(),
    }),
  ),
  datasets: z.array(DatasetProfile).min(1),
  findings: z.array(Text).default([]).describe('What everyone who connects this product must know.'),
});

export type Profile = z.output<typeof ProfileFile>;
export type DatasetProfile = Profile['datasets'][number];

export function readProfiles(files: readonly Source[]): { profiles: Map<string, Profile>; problems: Problem[] } {
  const profiles = new Map<string, Profile>();
  const problems: Problem[] = [];
  for (const file of files) {
    const read = readYaml(file, ProfileFile);
    problems.push(...read.problems);
    if (!read.value) continue;
    if (profiles.has(read.value.id)) problems.push(read.problem(['id'], `a second profile "${read.value.id}"`));
    profiles.set(read.value.id, read.value);
    problems.push(...check(read.value, read.problem));
  }
  return { profiles, problems };
}

type Place = (path: Path, message: string, nearest?: string) => Problem;

/** What the schema cannot tell: every name that is used must be there. */
function check(profile: Profile, problem: Place): Problem[] {
  const problems: Problem[] = [];
  const ids = profile.datasets.map((one) => one.id);
  for (const [i, dataset] of profile.datasets.entries()) {
    const here = (...path: Path): Path => ['datasets', i, ...path];
    const known = fieldsOf(dataset);
    const need = (name: string, path: Path, words: readonly string[], what: string): void => {
      if (!words.includes(name))
        problems.push(
          problem(path, `there is no ${what} "${name}"; there are ${words.join(', ')}`, nearest(name, words)),
        );
    };
    if (ids.indexOf(dataset.id) !== i) problems.push(problem(here('id'), `a second dataset "${dataset.id}"`));
    need(dataset.source, here('source'), Object.keys(profile.sources), 'source');
    if ([dataset.table, dataset.tree, dataset.task].filter((one) => one !== undefined).length !== 1)
      problems.push(problem(here(), `dataset "${dataset.id}" needs one of table, tree or task`));
    for (const [j, template] of [...(dataset.tree ?? []), ...dataset.ignore].entries()) {
      try {
        parseTemplate(template);
      } catch (cause) {
        problems.push(problem(here(j < (dataset.tree?.length ?? 0) ? 'tree' : 'ignore'), (cause as Error).message));
      }
    }
    for (const [j, name] of (dataset.key ?? []).entries()) need(name, here('key', j), known, 'field');
    if (dataset.table !== undefined && !dataset.key)
      problems.push(problem(here(), `table "${dataset.table}" needs a key`));
    for (const [j, one] of dataset.subjects.entries()) need(one.field, here('subjects', j, 'field'), known, 'field');
    for (const [j, name] of dataset.places.entries()) need(name, here('places', j), known, 'field');
    for (const [id, clock] of Object.entries(dataset.clocks)) {
      for (const [j, reading] of clock.readings.entries()) {
        const names =
          'column' in reading
            ? [reading.column]
            : 'groups' in reading
              ? reading.groups
              : 'epochGroup' in reading
                ? [reading.epochGroup]
                : [];
        for (const name of names) need(name, here('clocks', id, 'readings', j), known, 'field');
      }
    }
    const fieldsAt = (id: string): string[] => profile.datasets.filter((one) => one.id === id).flatMap(fieldsOf);
    const needJoin = (join: Readonly<Record<string, string>>, to: string, path: Path): void => {
      if (!ids.includes(to)) return;
      for (const [mine, theirs] of Object.entries(join)) {
        need(mine, [...path, mine], known, 'field');
        need(theirs, [...path, mine], fieldsAt(to), `field of "${to}"`);
      }
    };
    if (dataset.partOf) {
      const { dataset: whole, join, path } = dataset.partOf;
      need(whole, here('partOf', 'dataset'), ids, 'dataset');
      needJoin(join ?? {}, whole, here('partOf', 'join'));
      for (const name of ids.includes(whole) ? fieldsIn(path ?? '') : [])
        need(name, here('partOf', 'path'), fieldsAt(whole), `field of "${whole}"`);
    }
    if (dataset.partOf && !dataset.partOf.join && dataset.partOf.path === undefined)
      problems.push(problem(here('partOf'), 'needs a join or a path'));
    for (const [j, reference] of dataset.references.entries()) {
      need(reference.to, here('references', j, 'to'), ids, 'dataset');
      needJoin(reference.join, reference.to, here('references', j, 'join'));
    }
    for (const when of [dataset.only, ...Object.values(dataset.consents), ...dataset.warnings.map((one) => one.when)])
      if (when) for (const name of namesIn(when)) need(name, here(), known, 'field');
    for (const name of [...Object.keys(dataset.lock?.set ?? {}), ...Object.keys(dataset.lock?.release ?? {})])
      need(name, here('lock'), known, 'field');
    for (const name of Object.keys(dataset.anonymise ?? {})) need(name, here('anonymise', name), known, 'field');
    if (dataset.bytes !== undefined) need(dataset.bytes, here('bytes'), known, 'field');
  }
  return problems;
}

function fieldsOf(dataset: DatasetProfile): string[] {
  const groups = (dataset.tree ?? []).flatMap((template) => {
    try {
      return groupsOf(parseTemplate(template));
    } catch {
      return []; // told as a problem of its own
    }
  });
  return [...new Set([...Object.keys(dataset.fields), ...groups, ...(dataset.tree ? ['path'] : [])])];
}

function namesIn(when: When): string[] {
  if ('empty' in when) return [when.empty];
  if ('present' in when) return [when.present];
  if ('field' in when) return [when.field];
  if ('not' in when) return namesIn(when.not);
  return ('all' in when ? when.all : when.any).flatMap(namesIn);
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
