/** The estate: which systems there are, where they stand, and how they are reached. */
import { z } from 'zod';
import { Country } from '../base/country.ts';
import { inOrder, readYaml, type Problem, type Source } from '../base/yaml.ts';
import { message } from '../base/yaml-mistakes.ts';
import type { Names } from '../base/yaml-parts.ts';
import type { Dataset } from '../connectors/kit/index.ts';
import { checkEstate } from './estate-check.ts';
import { Dialect, type Profile, type ProfilePart } from './profile.ts';
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
  z.strictObject({ env: z.string().min(1).describe('Name of the environment variable that holds it.') }),
  z.strictObject({ file: z.string().min(1).describe('File that holds it, from the home.') }),
  z.strictObject({ literal: z.string().min(1).describe('The thing itself, where it is no secret.') }),
]);
export type Secret = z.output<typeof Secret>;

const SqlSource = z.strictObject({
  connector: z.literal('sql'),
  dialect: Dialect,
  read: Secret.describe('URL of an account that may only read.'),
  erase: Secret.optional().describe('URL of an account that may delete from the listed tables and nothing else.'),
  schema: z.string().optional().describe('Schema of PostgreSQL, when it is not the first of the account.'),
});
const FilesSource = z.strictObject({
  connector: z.literal('files'),
  root: z.string().min(1).describe('Folder below which the tree of the profile begins.'),
  hostRoot: z
    .string()
    .startsWith('/')
    .optional()
    .describe('The same folder as the product itself writes it, when its database holds whole paths.'),
});
const ManualSource = z.strictObject({ connector: z.literal('manual') });

export const EstateFile = z.strictObject({
  gestand: z.literal(1),
  systems: z
    .array(
      z.strictObject({
        id: Id.describe('Own name; plans, holds and the evidence call it so.'),
        title: Text.describe('What a person reads.'),
        profile: Id.describe('A file in profiles/, of the program or of the home, by its id.'),
        role: z.enum(['controller', 'processor']).describe('For yourself, or for a client.'),
        client: Id.optional().describe('Of a processor: for which client of the policy.'),
        location: z
          .strictObject({
            country: Country.describe('Two letters, such as NL.'),
            place: z.string().min(1),
            operator: z.string().optional().describe('Who runs the machines, when that is another.'),
          })
          .describe('Where the data stands.'),
        owner: z.string().min(1).optional().describe('Who in the organisation answers for it.'),
        sources: z
          .record(z.string(), z.discriminatedUnion('connector', [SqlSource, FilesSource, ManualSource]))
          .describe('Each source that the profile names.'),
        params: z.record(z.string(), z.string()).default({}).describe('What the profile asks for, by name.'),
        data: z.record(Id, Id).default({}).describe('Dataset → another data category than the profile proposes.'),
        notUsed: z.array(Id).default([]).describe('Datasets of the profile that this installation does not have.'),
      }),
    )
    .describe('Empty as long as nothing is connected.'),
});
/** As it is written: without what the schema fills in. */
export type EstateInput = z.input<typeof EstateFile>;
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

/** What an estate is held against. `parts` have the profiles with mistakes too; without it, all of them are right. */
export interface Around {
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly parts?: ReadonlyMap<string, ProfilePart>;
  readonly names?: Names;
  /** The data categories of the policy. */
  readonly categories: Names;
  /** Its clients; absent where they do not matter. */
  readonly clients?: Names;
}

/** Every mistake at once. */
export function readEstate(file: Source, around: Around): { estate: Estate | null; problems: Problem[] } {
  const read = readYaml(file, EstateFile);
  const problems = inOrder([...read.problems, ...checkEstate(read, around)]);
  if (!read.value || problems.length > 0) return { estate: null, problems };
  const systems = read.value.systems.flatMap((raw): System[] => {
    const profile = around.profiles.get(raw.profile);
    // With mistakes of its own, which are told where they stand.
    if (!profile) return [];
    const params = Object.fromEntries(
      Object.entries(profile.params).flatMap(([name, param]) => {
        const value = raw.params[name] ?? param.default;
        return value === undefined ? [] : [[name, value]];
      }),
    );
    const { id, title, role, client, location, sources } = raw;
    return [
      {
        id,
        title,
        role,
        ...(client === undefined ? {} : { client }),
        location,
        profile,
        sources,
        datasets: resolve(id, profile, { params, data: raw.data, notUsed: raw.notUsed }),
      },
    ];
  });
  return { estate: systems.length === read.value.systems.length ? { systems } : null, problems };
}

export function estateJsonSchema(): string {
  return `${JSON.stringify({ title: 'Gestand estate', ...z.toJSONSchema(EstateFile, { io: 'input', unrepresentable: 'any' }) }, null, 2)}\n`;
}
