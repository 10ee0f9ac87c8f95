/** What the schema of a profile cannot tell: every name that is used must be there. Of what is wrong already it says nothing. */
import type { Text } from '../base/language.ts';
import { entriesOf, isUnknown, listed, namesOf, type Names, type Partly } from '../base/yaml-parts.ts';
import { nearest, type Path, type Problem, type Read } from '../base/yaml.ts';
import { fieldsIn, groupsOf, parseTemplate, TemplateFault } from '../connectors/kit/index.ts';
import type { ProfileInput, When } from './profile.ts';

type DatasetPart = Partly<ProfileInput['datasets'][number]>;
type Reading = Pick<Read<unknown, ProfileInput>, 'part' | 'problem' | 'wrong' | 'ids' | 'keys'>;

const field: Text = { nl: 'veld', en: 'field' };
const set: Text = { nl: 'dataset', en: 'dataset' };
const source: Text = { nl: 'bron', en: 'source' };

export function checkProfile(read: Reading): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const [i, dataset] of entriesOf(read.part?.datasets)) {
    const { id } = dataset;
    if (id !== undefined && seen.has(id))
      problems.push(
        read.problem(['datasets', i, 'id'], {
          nl: `er is al een dataset "${id}": kies een andere id`,
          en: `a second dataset "${id}"`,
        }),
      );
    if (id !== undefined) seen.add(id);
    problems.push(...checkDataset(read, i, dataset));
  }
  return problems;
}

function checkDataset(read: Reading, i: number, dataset: DatasetPart): Problem[] {
  const problems: Problem[] = [];
  const here = (...path: Path): Path => ['datasets', i, ...path];
  const right = (...path: Path): boolean => !read.wrong(here(...path));
  const say = (path: Path, nl: string, en: string): void => void problems.push(read.problem(path, { nl, en }));
  const need = (name: string | undefined, path: Path, names: Names, what: Text): void => {
    if (name === undefined || !isUnknown(names, name)) return;
    const all = listed(names);
    problems.push(
      read.problem(
        path,
        { nl: `er is geen ${what.nl} "${name}"; wel ${all}`, en: `there is no ${what.en} "${name}"; there are ${all}` },
        nearest(name, names.words),
      ),
    );
  };
  const known = fieldsOf(read, i, dataset);
  const datasets = read.ids(['datasets']);
  const called = dataset.id ?? String(i + 1);
  need(dataset.source, here('source'), read.keys(['sources']), source);
  const ways = (['table', 'tree', 'task'] as const).filter((one) => dataset[one] !== undefined || !right(one));
  if (ways.length !== 1)
    say(
      here(),
      `dataset "${called}" heeft één van table, tree of task nodig`,
      `dataset "${called}" needs one of table, tree or task`,
    );
  for (const key of ['tree', 'ignore'] as const)
    for (const [, template] of entriesOf(dataset[key])) {
      const fault = faultIn(template);
      if (fault) say(here(key), fault.nl, fault.en);
    }
  for (const [j, name] of entriesOf(dataset.key)) need(name, here('key', j), known, field);
  if (dataset.table !== undefined && !dataset.key && right('key'))
    say(here(), `tabel "${dataset.table}" heeft een key nodig`, `table "${dataset.table}" needs a key`);
  for (const [j, one] of entriesOf(dataset.subjects)) need(one.field, here('subjects', j, 'field'), known, field);
  for (const [j, name] of entriesOf(dataset.places)) need(name, here('places', j), known, field);
  for (const [id, clock] of Object.entries(dataset.clocks ?? {}))
    for (const [j, reading] of entriesOf(clock?.readings))
      for (const name of namesRead(reading)) need(name, here('clocks', id, 'readings', j), known, field);
  const fieldsAt = (to: string): { names: Names; what: Text } => {
    const at = [...entriesOf(read.part?.datasets)].filter(([, one]) => one.id === to);
    const all = at.map(([j, one]) => fieldsOf(read, j, one));
    return {
      names: namesOf(
        all.flatMap((one) => one.words),
        (word) => all.length === 0 || all.some((one) => one.maybe(word)),
      ),
      what: { nl: `veld van "${to}"`, en: `field of "${to}"` },
    };
  };
  const needJoin = (
    join: Readonly<Record<string, string | undefined>> | undefined,
    to: string | undefined,
    path: Path,
  ): void => {
    for (const [mine, theirs] of Object.entries(join ?? {})) {
      need(mine, [...path, mine], known, field);
      if (to === undefined) continue;
      const { names, what } = fieldsAt(to);
      need(theirs, [...path, mine], names, what);
    }
  };
  const { partOf } = dataset;
  if (partOf) {
    const whole = partOf.dataset;
    need(whole, here('partOf', 'dataset'), datasets, set);
    needJoin(partOf.join, whole, here('partOf', 'join'));
    if (whole !== undefined)
      for (const name of fieldsIn(partOf.path ?? '')) {
        const { names, what } = fieldsAt(whole);
        need(name, here('partOf', 'path'), names, what);
      }
    for (const [, one] of entriesOf(read.part?.datasets))
      if (one.id === whole && whole !== undefined) problems.push(...reached(read, i, dataset, one));
  }
  for (const [j, reference] of entriesOf(dataset.references)) {
    need(reference.to, here('references', j, 'to'), datasets, set);
    needJoin(reference.join, reference.to, here('references', j, 'join'));
  }
  const conditions: (readonly [Path, Partly<When> | undefined])[] = [
    [['only'], dataset.only],
    ...Object.entries(dataset.consents ?? {}).map(([id, when]) => [['consents', id], when] as const),
    ...[...entriesOf(dataset.warnings)].map(([j, one]) => [['warnings', j, 'when'], one.when] as const),
  ];
  for (const [path, when] of conditions)
    // Whole or not at all: of a choice between shapes a part says nothing.
    if (when && right(...path)) for (const name of namesIn(when as When)) need(name, here(...path), known, field);
  for (const one of ['set', 'release'] as const)
    for (const name of Object.keys(dataset.lock?.[one] ?? {})) need(name, here('lock', one, name), known, field);
  for (const name of Object.keys(dataset.anonymise ?? {})) need(name, here('anonymise', name), known, field);
  need(dataset.bytes, here('bytes'), known, field);
  return problems;
}

/**
 * Whether a deletion of the whole gets to this part: it looks one step far, at tables of its own source and at what a path names
 * elsewhere. What it would not get to would stay behind, and the run would say that it is complete.
 */
function reached(read: Reading, i: number, part: DatasetPart, whole: DatasetPart): Problem[] {
  const here: Path = ['datasets', i, 'partOf'];
  const { partOf } = part;
  if (!partOf || read.wrong(here)) return [];
  if (whole.partOf)
    return [
      read.problem([...here, 'dataset'], {
        nl: `"${whole.id}" is zelf een deel van "${whole.partOf.dataset}", en een deel van een deel gaat niet mee. Hang dit aan "${whole.partOf.dataset}", of geef "${whole.id}" een eigen klok in plaats van partOf`,
        en: `"${whole.id}" is itself part of "${whole.partOf.dataset}", and a part of a part does not go along. Hang this on "${whole.partOf.dataset}", or give "${whole.id}" a clock of its own in the place of partOf`,
      }),
    ];
  if (
    part.source === undefined ||
    whole.source === undefined ||
    ['join', 'path'].some((key) => read.wrong([...here, key]))
  )
    return [];
  if (part.source === whole.source)
    return part.table !== undefined && partOf.join
      ? []
      : [
          read.problem(here, {
            nl: 'binnen één bron gaat alleen een tabel mee, en die heeft een join nodig',
            en: 'within one source only a table goes along, and it needs a join',
          }),
        ];
  return partOf.path !== undefined && partOf.join
    ? []
    : [
        read.problem(here, {
          nl: 'in een andere bron zijn path en join nodig: path zegt wat bij een item hoort, join vindt het item terug',
          en: 'in another source path and join are needed: path says what belongs to an item, join finds the item again',
        }),
      ];
}

function faultIn(template: string): Text | null {
  try {
    parseTemplate(template);
    return null;
  } catch (cause) {
    if (cause instanceof TemplateFault) return cause.text;
    throw cause;
  }
}

/** The fields of a dataset; any name may be one while its tree cannot be read. */
function fieldsOf(read: Reading, i: number, dataset: DatasetPart): Names {
  const trees = [...entriesOf(dataset.tree)].map(([, one]) => one);
  const unread = read.wrong(['datasets', i, 'tree']) || trees.some((one) => faultIn(one) !== null);
  const groups = unread ? [] : trees.flatMap((one) => groupsOf(parseTemplate(one)));
  const own = read.keys(['datasets', i, 'fields']);
  return namesOf([...own.words, ...groups, ...(dataset.tree ? ['path'] : [])], (word) => unread || own.maybe(word));
}

type ReadingPart = Partly<
  NonNullable<NonNullable<ProfileInput['datasets'][number]['clocks']>[string]>['readings'][number]
>;

function namesRead(reading: ReadingPart): readonly string[] {
  if ('column' in reading) return reading.column === undefined ? [] : [reading.column];
  if ('groups' in reading) return [...entriesOf(reading.groups)].map(([, one]) => one);
  return 'epochGroup' in reading && reading.epochGroup !== undefined ? [reading.epochGroup] : [];
}

function namesIn(when: When): string[] {
  if ('empty' in when) return [when.empty];
  if ('present' in when) return [when.present];
  if ('field' in when) return [when.field];
  if ('not' in when) return namesIn(when.not);
  return ('all' in when ? when.all : when.any).flatMap(namesIn);
}
