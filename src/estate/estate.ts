/** The estate: which systems there are, where they stand, and how they are reached. */
import { z } from 'zod';
import { Country } from '../base/country.ts';
import { isZone } from '../base/time.ts';
import { nearest, readYaml, type Path, type Problem, type Source } from '../base/yaml.ts';
import { message } from '../base/yaml-mistakes.ts';
import type { Dataset } from '../connectors/kit/index.ts';
import type { Profile } from './profile.ts';
import { resolve } from './resolve.ts';

const Id = z.string().regex(
  /^[a-z0-9][a-z0-9-]{0,63}$/,
  message({
    nl: 'een id bestaat uit kleine letters, cijfers en streepjes',
    en: 'an id is lower-case letters, digits and hyphens',
  }),
);
const Text = z.strictObject({ nl: z.string().min(1), en: z.string().min(1) });

/** Where a secret stands: in the environment, or in a file; written here only when it is none (a socket without a password). */
export const Secret = z.union([
  z.strictObject({ env: z.string().min(1) }),
  z.strictObject({ file: z.string().min(1) }),
  z.strictObject({ literal: z.string().min(1) }),
]);
export type Secret = z.output<typeof Secret>;

const SqlSource = z.strictObject({
  connector: z.literal('sql'),
  dialect: z.enum(['postgres', 'mariadb', 'sqlite']),
  read: Secret.describe('URL of an account that may only read.'),
  erase: Secret.optional().describe('URL of an account that may delete from the listed tables and nothing else.'),
  schema: z.string().optional(),
});
const FilesSource = z.strictObject({
  connector: z.literal('files'),
  root: z.string().min(1),
  hostRoot: z.string().startsWith('/').optional(),
});
const ManualSource = z.strictObject({ connector: z.literal('manual') });

export const EstateFile = z.strictObject({
  gestand: z.literal(1),
  systems: z
    .array(
      z.strictObject({
        id: Id,
        title: Text,
        profile: Id,
        role: z.enum(['controller', 'processor']),
        client: Id.optional(),
        location: z.strictObject({
          country: Country,
          place: z.string().min(1),
          operator: z.string().optional(),
        }),
        owner: z.string().min(1).optional().describe('Who in the organisation answers for it.'),
        sources: z.record(z.string(), z.discriminatedUnion('connector', [SqlSource, FilesSource, ManualSource])),
        params: z.record(z.string(), z.string()).default({}),
        data: z.record(Id, Id).default({}).describe('Dataset → another data category than the profile proposes.'),
        notUsed: z.array(Id).default([]).describe('Datasets of the profile that this installation does not have.'),
      }),
    )
    .describe('Empty as long as nothing is connected.'),
});
export type SourceSettings = z.output<typeof EstateFile>['systems'][number]['sources'][string];

export interface System {
  readonly id: string;
  readonly title: { readonly nl: string; readonly en: string };
  readonly role: 'controller' | 'processor';
  /** Processor only: the client whose system it is. */
  readonly client?: string;
  readonly location: { readonly country: string; readonly place: string; readonly operator?: string | undefined };
  readonly profile: Profile;
  readonly sources: Readonly<Record<string, SourceSettings>>;
  readonly datasets: readonly Dataset[];
}

export interface Estate {
  readonly systems: readonly System[];
}

/** Every mistake at once. `categories` are the data categories of the policy. */
export function readEstate(
  file: Source,
  profiles: ReadonlyMap<string, Profile>,
  categories: readonly string[],
): { estate: Estate | null; problems: Problem[] } {
  const read = readYaml(file, EstateFile);
  if (!read.value) return { estate: null, problems: read.problems };
  const problems: Problem[] = [];
  const systems: System[] = [];
  const seen = new Set<string>();
  for (const [i, raw] of read.value.systems.entries()) {
    const here = (...path: Path): Path => ['systems', i, ...path];
    const need = (
      word: string,
      words: readonly string[],
      path: Path,
      what: Readonly<Record<'nl' | 'en', string>>,
    ): boolean => {
      if (words.includes(word)) return true;
      problems.push(
        read.problem(
          path,
          {
            nl: `er is geen ${what.nl} "${word}"; wel ${words.join(', ')}`,
            en: `there is no ${what.en} "${word}"; there are ${words.join(', ')}`,
          },
          nearest(word, words),
        ),
      );
      return false;
    };
    if (seen.has(raw.id))
      problems.push(
        read.problem(here('id'), { nl: `er is al een systeem "${raw.id}"`, en: `a second system "${raw.id}"` }),
      );
    seen.add(raw.id);
    if (!need(raw.profile, [...profiles.keys()], here('profile'), { nl: 'profiel', en: 'profile' })) continue;
    const profile = profiles.get(raw.profile);
    if (!profile) continue;
    const ids = profile.datasets.map((one) => one.id);
    for (const [j, id] of raw.notUsed.entries())
      need(id, ids, here('notUsed', j), {
        nl: `dataset in profiel ${profile.id}`,
        en: `dataset in profile ${profile.id}`,
      });
    for (const [id, category] of Object.entries(raw.data))
      if (
        need(id, ids, here('data', id), {
          nl: `dataset in profiel ${profile.id}`,
          en: `dataset in profile ${profile.id}`,
        })
      )
        need(category, categories, here('data', id), {
          nl: 'soort gegevens in het beleid',
          en: 'data category in the policy',
        });
    for (const name of Object.keys(raw.sources))
      need(name, Object.keys(profile.sources), here('sources', name), {
        nl: `bron in profiel ${profile.id}`,
        en: `source in profile ${profile.id}`,
      });
    const used = profile.datasets.filter((one) => !raw.notUsed.includes(one.id));
    for (const name of new Set(used.map((one) => one.source))) {
      const given = raw.sources[name];
      const wanted = profile.sources[name];
      if (!given)
        problems.push(
          read.problem(here('sources'), {
            nl: `profiel ${profile.id} heeft de bron "${name}" nodig (${wanted?.connector ?? ''}); voeg haar toe, of zet haar datasets onder notUsed`,
            en: `profile ${profile.id} needs the source "${name}" (${wanted?.connector ?? ''}); add it, or list its datasets under notUsed`,
          }),
        );
      else if (wanted && given.connector !== wanted.connector)
        problems.push(
          read.problem(here('sources', name, 'connector'), {
            nl: `de bron "${name}" is van de soort ${wanted.connector}`,
            en: `source "${name}" is of kind ${wanted.connector}`,
          }),
        );
    }
    const params: Record<string, string> = {};
    for (const [name, param] of Object.entries(profile.params)) {
      const value = raw.params[name] ?? param.default;
      if (value === undefined)
        problems.push(
          read.problem(here('params'), {
            nl: `profiel ${profile.id} heeft de parameter "${name}" nodig (${param.kind})`,
            en: `profile ${profile.id} needs the parameter "${name}" (${param.kind})`,
          }),
        );
      else if (param.kind === 'zone' && !isZone(value))
        problems.push(
          read.problem(here('params', name), {
            nl: `"${value}" is geen tijdzone zoals Europe/Amsterdam`,
            en: `"${value}" is not an IANA time zone`,
          }),
        );
      else params[name] = value;
    }
    for (const name of Object.keys(raw.params))
      need(name, Object.keys(profile.params), here('params', name), {
        nl: `parameter in profiel ${profile.id}`,
        en: `parameter in profile ${profile.id}`,
      });
    for (const dataset of used) {
      const category = raw.data[dataset.id] ?? dataset.data;
      if (!categories.includes(category))
        problems.push(
          read.problem(
            here('profile'),
            {
              nl: `dataset "${dataset.id}" bevat "${category}", en dat heeft het beleid niet; voeg het daar toe, of kies iets anders onder data`,
              en: `dataset "${dataset.id}" holds "${category}", which the policy does not have; add it there, or choose another under data`,
            },
            nearest(category, categories),
          ),
        );
    }
    systems.push({
      id: raw.id,
      title: raw.title,
      role: raw.role,
      ...(raw.client === undefined ? {} : { client: raw.client }),
      location: raw.location,
      profile,
      sources: raw.sources,
      datasets: resolve(raw.id, profile, { params, data: raw.data, notUsed: raw.notUsed }),
    });
  }
  return { estate: problems.length === 0 ? { systems } : null, problems };
}

export function estateJsonSchema(): string {
  return `${JSON.stringify({ title: 'Gestand estate', ...z.toJSONSchema(EstateFile, { io: 'input', unrepresentable: 'any' }) }, null, 2)}\n`;
}
