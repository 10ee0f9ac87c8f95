/** What a rule of the linter is: an article of the law, and a question to the policy. */
import type { Text } from '../../base/language.ts';
import type { Path } from '../../base/yaml.ts';
import { inForce, type LawBook, type LawSource } from '../law.ts';
import type { DataCategory, Policy, Purpose } from '../schema.ts';

/** E blocks publication · W needs a reason in the policy · I is advice. */
export type Severity = 'E' | 'W' | 'I';

/** What the living systems tell; without it the rules that need it do not run. */
export interface Live {
  /** Per retention rule: whether a connected system carries it out, and the hours since that was last measured. */
  readonly rules: ReadonlyMap<string, { readonly bound: boolean; readonly hours: number | null }>;
  /** Per name in "shownBy": whether that check or declaration holds today. */
  readonly shown: ReadonlyMap<string, boolean>;
  /** Countries of the connected systems. */
  readonly countries: readonly string[];
  /** Datasets whose data category no purpose or no term of the policy covers: what is there and not declared. */
  readonly undeclared: readonly { readonly system: string; readonly dataset: string; readonly data: string }[];
  /** Hash of the policy behind the newest published statement; null when nothing was published. */
  readonly published: string | null;
  /** Hash of this policy. */
  readonly policy: string;
}

export interface Facts {
  readonly policy: Policy;
  readonly book: LawBook;
  /** The day whose law counts, "2026-11-24". */
  readonly at: string;
  /** Whether a file that the policy names beside itself is there; always true for an https address. */
  readonly exists: (link: string) => boolean;
  readonly live: Live | null;
}

export interface Hit {
  readonly path: Path;
  readonly message: Text;
  readonly severity?: Severity;
  /** The reason that the policy itself gives at this place. */
  readonly justification?: Text;
}

export interface Rule {
  /** "GST-A01". */
  readonly id: string;
  readonly article: string;
  readonly severity: Severity;
  /** Ids of law/: the rule rests on each of them, and fires only while all are in force. */
  readonly cites: readonly string[];
  readonly title: Text;
  /** What to write instead, for the rule's page. */
  readonly advice: Text;
  readonly needsLive?: true;
  readonly check: (facts: Facts) => readonly Hit[];
}

export function hit(path: Path, nl: string, en: string, more: Pick<Hit, 'severity' | 'justification'> = {}): Hit {
  return { path, message: { nl, en }, ...more };
}

/** A hit when something is not so. */
export function unless(holds: boolean, path: Path, nl: string, en: string): Hit[] {
  return holds ? [] : [hit(path, nl, en)];
}

export const controllerPurposes = (policy: Policy): { one: Purpose; i: number }[] =>
  policy.purposes.map((one, i) => ({ one, i })).filter(({ one }) => one.role === 'controller');

export const category = (policy: Policy, id: string): DataCategory | undefined =>
  policy.data.find((one) => one.id === id);

export const usesKind = (policy: Policy, purpose: Purpose, kinds: readonly DataCategory['kind'][]): boolean =>
  purpose.data.some((id) => kinds.includes(category(policy, id)?.kind ?? 'ordinary'));

export function lawInForce({ book, at }: Facts, id: string): LawSource | undefined {
  const source = book.law.get(id);
  return source && inForce(source, at) ? source : undefined;
}

/** A statute that prescribes this use for every person in the category. */
export function prescribed(facts: Facts, data: DataCategory, use: 'national-number' | 'id-copy'): boolean {
  const source = data.statute === undefined ? undefined : lawInForce(facts, data.statute);
  if (!source?.prescribes?.includes(use)) return false;
  const kinds = data.subjects.map((id) => facts.policy.subjects.find((one) => one.id === id)?.kind);
  return kinds.every((kind) => kind !== undefined && source.subjects?.includes(kind) === true);
}

/** Every text of the policy with its place. */
export function* texts(value: unknown, path: Path = []): Generator<{ path: Path; text: Text }> {
  if (value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) {
    for (const [i, one] of value.entries()) yield* texts(one, [...path, i]);
    return;
  }
  if ('nl' in value && 'en' in value && typeof value.nl === 'string' && typeof value.en === 'string') {
    yield { path, text: { nl: value.nl, en: value.en } };
    return;
  }
  for (const [key, one] of Object.entries(value)) yield* texts(one, [...path, key]);
}
