/**
 * Ids that changed while nothing else did. An id is a name between us; whoever reads the statement never sees it. References
 * follow, so that one new name is one line and not ten.
 */
import type { Policy } from '../schema.ts';
import type { Item } from './field.ts';
import { differences, top, type Language } from './walk.ts';

/** In the order in which sections refer to each other: what is referred to first. */
const sections = {
  subjects: ['data[].subjects', 'purposes[].subjects'],
  data: ['purposes[].data', 'recipients[].data', 'retention[].data', 'retention[].keptWhile[].data', 'terms[].data'],
  recipients: ['purposes[].recipients', 'clients[].subProcessors'],
  clients: ['purposes[].client'],
  purposes: ['purposes[].furtherUse.of', 'telecom.traffic[].purpose'],
  retention: [],
  terms: [],
  measures: [],
  claims: [],
  disclosures: [],
  jointControllers: [],
} as const satisfies Partial<Record<keyof Policy, readonly string[]>>;

type Section = keyof typeof sections;

export interface Renamed {
  readonly section: Section;
  readonly from: string;
  readonly to: string;
}

/** The renames, and the policy as it was with the new ids in it. */
export function renames(before: Policy, after: Policy, language: Language): { renamed: Renamed[]; before: Policy } {
  const renamed: Renamed[] = [];
  let was = before;
  for (const section of Object.keys(sections) as Section[]) {
    for (const one of renamedIn(section, was, after, language)) {
      renamed.push(one);
      was = withNewId(was, one);
    }
  }
  return { renamed, before: was };
}

function renamedIn(section: Section, before: Policy, after: Policy, language: Language): Renamed[] {
  const [was, is]: (readonly Item[])[] = [before[section], after[section]];
  if (!was || !is) return [];
  const ids = (items: readonly Item[]): Set<unknown> => new Set(items.map((one) => one['id']));
  const gone = was.filter((one) => !ids(is).has(one['id']));
  const fresh = is.filter((one) => !ids(was).has(one['id']));
  return gone.flatMap((old) => {
    const at = fresh.findIndex(
      (one) =>
        differences({ ...old, id: '' }, { ...one, id: '' }, { ...top, pattern: `${section}[]` }, language).length === 0,
    );
    const [found] = at < 0 ? [] : fresh.splice(at, 1);
    return found ? [{ section, from: String(old['id']), to: String(found['id']) }] : [];
  });
}

function withNewId(policy: Policy, { section, from, to }: Renamed): Policy {
  const refers: readonly string[] = sections[section];
  const path = `${section}.${from}`;
  const follow = (value: unknown, pattern: string): unknown => {
    if (Array.isArray(value))
      return value.map((one: unknown) =>
        typeof one === 'string' ? follow(one, pattern) : follow(one, `${pattern}[]`),
      );
    if (value !== null && typeof value === 'object')
      return Object.fromEntries(
        Object.entries(value).map(([key, one]) => [key, follow(one, pattern === '' ? key : `${pattern}.${key}`)]),
      );
    if (value === from && (refers.includes(pattern) || pattern === `${section}[].id`)) return to;
    if (pattern === 'reasons[].path' && typeof value === 'string' && (value === path || value.startsWith(`${path}.`)))
      return `${section}.${to}${value.slice(path.length)}`;
    return value;
  };
  return follow(policy, '') as Policy;
}
