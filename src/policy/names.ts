/**
 * The names in a policy: every place of the language where a word names something else, found in the schema itself, and whether
 * there is such a thing. What the policy itself has is known when it is read; what the law and the program have, when it is checked.
 */
import { z } from 'zod';
import type { Text } from '../base/language.ts';
import { entriesOf, isUnknown, listed, namesOf, type Names } from '../base/yaml-parts.ts';
import { nearest, type Path, type Problem, type Read } from '../base/yaml.ts';
import type { LawRead, LawSource } from './law.ts';
import { PolicyFile, type Policy, type PolicyInput } from './schema.ts';
import { Id, naming, type Named } from './sections/words.ts';

/** Each item of a list. */
const each = '[]';

export interface Place {
  readonly path: readonly string[];
  /** Null where the schema does not say it: a mistake of ours. */
  readonly names: Named | 'own' | null;
}

/** Every place of a schema where a word stands that names something else; not the own id of a thing. */
export function placesIn(schema: unknown, path: readonly string[] = []): Place[] {
  if (!(schema instanceof z.ZodType)) return [];
  const said = naming.get(schema);
  if (said) return [{ path, names: said.names }];
  if (isId(schema)) return path.at(-1) === 'id' ? [] : [{ path, names: null }];
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([key, one]) => placesIn(one, [...path, key]));
  if (schema instanceof z.ZodArray) return placesIn(schema.element, [...path, each]);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((one) => placesIn(one, path));
  if (schema instanceof z.ZodPipe) return placesIn(schema.in, path);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return placesIn(schema.unwrap(), path);
  return [];
}

function isId(schema: z.core.$ZodType): boolean {
  return schema === Id || (schema._zod.parent !== undefined && isId(schema._zod.parent));
}

const places = placesIn(PolicyFile);

type Reading = Pick<Read<Policy, PolicyInput>, 'part' | 'ids' | 'problem'>;

/** What stands at the places that name something of these kinds. */
function* standing({ part }: Reading, kinds: readonly Named[]): Generator<[Named, Path, string]> {
  for (const { path, names } of places)
    if (names !== null && names !== 'own' && kinds.includes(names))
      for (const [here, word] of at(part, path, [])) yield [names, here, word];
}

function* at(value: unknown, [first, ...rest]: readonly string[], done: Path): Generator<[Path, string]> {
  if (first === undefined) {
    if (typeof value === 'string') yield [done, value];
  } else if (first === each) {
    if (Array.isArray(value)) for (const [i, one] of entriesOf<unknown>(value)) yield* at(one, rest, [...done, i]);
  } else if (value !== null && typeof value === 'object')
    yield* at((value as Readonly<Record<string, unknown>>)[first], rest, [...done, first]);
}

const sections = {
  subjects: { nl: 'groep mensen', en: 'subject' },
  data: { nl: 'soort gegevens', en: 'data category' },
  recipients: { nl: 'ontvanger', en: 'recipient' },
  clients: { nl: 'klant', en: 'client' },
  purposes: { nl: 'doel', en: 'purpose' },
} as const;
type Section = keyof typeof sections;
const ofPolicy = Object.keys(sections) as Section[];

/** Names of what the policy does not have, and names that two things have. */
export function references(read: Reading): Problem[] {
  const problems: Problem[] = [];
  const known = Object.fromEntries(ofPolicy.map((one) => [one, read.ids([one])])) as Record<Section, Names>;
  for (const [section, path, word] of standing(read, ofPolicy) as Iterable<[Section, Path, string]>)
    if (isUnknown(known[section], word))
      problems.push(unknown(read, path, word, sections[section], known[section], problems.length));
  for (const [section, list] of Object.entries(read.part ?? {})) {
    const seen = new Set<string>();
    for (const [i, one] of entriesOf<unknown>(Array.isArray(list) ? list : [])) {
      const id = one !== null && typeof one === 'object' && 'id' in one ? one.id : undefined;
      if (typeof id !== 'string') continue;
      if (seen.has(id))
        problems.push(
          read.problem([section, i, 'id'], {
            nl: `"${id}" staat al in ${section}: kies een andere id`,
            en: `a second "${id}" in ${section}`,
          }),
        );
      seen.add(id);
    }
  }
  return problems;
}

function unknown(read: Reading, path: Path, word: string, what: Text, names: Names, told: number): Problem {
  const all = listed(names);
  return read.problem(
    path,
    names.words.length === 0
      ? {
          nl: `er is geen ${what.nl} "${word}"; het beleid heeft er nog geen`,
          en: `there is no ${what.en} "${word}"; there are none`,
        }
      : {
          nl: `er is geen ${what.nl} "${word}"; wel ${all}`,
          en: `there is no ${what.en} "${word}"; there are ${all}`,
        },
    // A word that is near is of use where a person mends; beyond some it would only cost time.
    told < 200 ? nearest(word, names.words) : undefined,
  );
}

/** What a policy may name and does not have itself. */
export interface Around extends Pick<LawRead, 'unsure'> {
  readonly law: ReadonlyMap<string, LawSource>;
  /** Ids of the rules of the linter; absent where they do not matter. */
  readonly rules?: readonly string[];
  /** Names of the checks by which this program shows that a measure is so. */
  readonly checks?: readonly string[];
}

/** How a mistake says that law/ has no such source, and which one is near. */
export function notIn(law: ReadonlyMap<string, LawSource>, id: string): { text: Text; near: string | undefined } {
  return {
    text: {
      nl: `de bron "${id}" staat niet in law/: noem een bron die er wel staat`,
      en: `the legal source "${id}" is not in law/: name one that is`,
    },
    near: nearest(id, [...law.keys()]),
  };
}

/** Names of what law/, the linter and the program do not have. */
export function absent(read: Reading, { law, unsure, rules, checks }: Around): Problem[] {
  return [...standing(read, ['law', 'rule', 'part', 'check'])].flatMap(([names, path, word]): Problem[] => {
    switch (names) {
      case 'law': {
        if (law.has(word) || unsure(word)) return [];
        const { text, near } = notIn(law, word);
        return [read.problem(path, text, near)];
      }
      case 'rule':
        return rules === undefined || rules.includes(word) ? [] : [noRule(read, path, word, rules)];
      case 'part':
        return noPart(read, path, word);
      default:
        return checks === undefined || checks.includes(word) || !isMeasured(read, path)
          ? []
          : [unknown(read, path, word, { nl: 'controle', en: 'check' }, namesOf(checks), 0)];
    }
  });
}

function noRule(read: Reading, path: Path, word: string, rules: readonly string[]): Problem {
  return read.problem(
    path,
    {
      nl: `er is geen regel "${word}"; welke er zijn, staat in docs/rules/README.md`,
      en: `there is no rule "${word}"; docs/rules/README.md lists those that there are`,
    },
    nearest(word, rules),
  );
}

/** A reason for a place that is not there excuses nothing, and nobody would see it. */
function noPart(read: Reading, path: Path, word: string): Problem[] {
  const [section = '', item] = word.split('.');
  const all = Object.keys(PolicyFile.shape);
  if (!all.includes(section)) return [unknown(read, path, section, { nl: 'deel', en: 'part' }, namesOf(all), 0)];
  const list: unknown = read.part?.[section as keyof PolicyInput];
  const ids = read.ids([section]);
  if (item === undefined || !Array.isArray(list) || ids.words.length === 0 || !isUnknown(ids, item)) return [];
  const what = { nl: `onderdeel van ${section}`, en: `part of ${section}` };
  return [unknown(read, path, item, what, ids, 0)];
}

/** What a person declares has a name of its own; what the program measures has one of the program's. */
function isMeasured({ part }: Reading, path: Path): boolean {
  const [, i, , j] = path;
  return part?.measures?.[Number(i)]?.shownBy?.[Number(j)]?.kind === 'check';
}
