/** Reading a policy: the schema's mistakes, then what only the whole can tell: references, statute, conflicts. */
import type { z } from 'zod';
import type { Text } from '../base/language.ts';
import { cutoff, instant, isBefore, parseTerm, type StartOf } from '../base/time.ts';
import { termWords } from '../base/wording.ts';
import { entriesOf, isUnknown, type Names, type Partly } from '../base/yaml-parts.ts';
import { inOrder, readUnchanged, readYaml, type Path, type Problem, type Read, type Source } from '../base/yaml.ts';
import { inForce, type LawSource } from './law.ts';
import { absent, notIn, references, type Around } from './names.ts';
import { articleText } from './phrases.ts';
import { PolicyFile, type Policy, type PolicyInput } from './schema.ts';

export interface PolicyRead {
  readonly policy: Policy | null;
  readonly problems: Problem[];
}

/** A policy that the schema and its own references allow, with the file's places; what the law says of it comes after. */
export interface PolicyParsed extends Read<Policy, PolicyInput> {
  readonly name: string;
}

/**
 * Also of a policy with mistakes in its shape the names in it are looked up, as far as they are right themselves: those of the
 * policy's own things, and with `around` those of law/ and of the program. A text of long ago is read without.
 */
export function parsePolicy(file: Source, around?: Around): PolicyParsed {
  const read = around ? readUnchanged(file, PolicyFile) : readYaml(file, PolicyFile);
  const problems = inOrder([...read.problems, ...references(read), ...(around ? absent(read, around) : [])]);
  return { ...read, name: file.name, problems, value: problems.length === 0 && read.value ? toEach(read.value) : null };
}

/** What is said once of the backups, with every rule and term that says nothing of them itself. */
function toEach({ backups, ...policy }: z.output<typeof PolicyFile>): Policy {
  if (backups === undefined) return policy;
  return {
    ...policy,
    retention: policy.retention.map((one) => ({ ...one, backups: one.backups ?? backups })),
    terms: policy.terms.map((one) => ({ ...one, backups: one.backups ?? backups })),
  };
}

/** `day` ("2026-11-24") decides which law is in force. */
export function readPolicy(file: Source, law: ReadonlyMap<string, LawSource>, day: string): PolicyRead {
  const around = { law, unsure: () => false };
  return checkPolicy(parsePolicy(file, around), around, day);
}

/** What is wrong in a policy, and beside that what the law of that day cannot have; of what is wrong itself, nothing. */
export function checkPolicy(
  read: PolicyParsed,
  { law, unsure }: Pick<Around, 'law' | 'unsure'>,
  day: string,
): PolicyRead {
  const data = read.ids(['data']);
  const rules = (read.part?.retention ?? []).map((rule, i) => rule && lookedAt(read, rule, i, data));
  const clashes = [
    ...rules.flatMap((rule, i) => (rule ? statute(rule, ['retention', i], law, day, unsure) : [])),
    ...overlaps(rules),
  ];
  const told = clashes.map((one) => read.problem(one.path, one.message, one.nearest));
  const problems = inOrder([...read.problems, ...told]);
  return { policy: problems.length === 0 ? read.value : null, problems };
}

/** A rule without what cannot be judged: a term whose start is wrong, a category that was told as unknown. */
function lookedAt(read: PolicyParsed, rule: RulePart, i: number, data: Names): RulePart {
  const { keep, ...rest } = rule;
  return {
    ...rest,
    ...(read.wrong(['retention', i, 'startsAt']) ? {} : { keep }),
    data: rule.data?.map((id) => (id === undefined || isUnknown(data, id) ? undefined : id)),
  };
}

/** Something that a rule of the policy and the law cannot both have. */
export interface Clash {
  readonly path: Path;
  readonly rule: string;
  readonly message: Text;
  readonly nearest?: string;
}

/** What is kept below a statutory minimum or above a statutory maximum, and legal sources that cannot be relied on. */
export function belowOrAbove(policy: Policy, law: ReadonlyMap<string, LawSource>, day: string): Clash[] {
  return (['retention', 'terms'] as const).flatMap((section) =>
    policy[section].flatMap((rule, i) => statute(rule, [section, i], law, day)),
  );
}

/** A rule, or a term of the statement, as far as it can be read. */
type RulePart = Partly<PolicyInput['retention'][number]>;
type KeptPart = Omit<RulePart, 'from' | 'then' | 'approval'>;

function statute(
  rule: KeptPart,
  at: readonly ['retention' | 'terms', number],
  law: ReadonlyMap<string, LawSource>,
  day: string,
  unsure: (id: string) => boolean = () => false,
): Clash[] {
  const name = nameOf(rule, at[1]);
  const called = at[0] === 'retention' ? { nl: 'regel', en: 'rule' } : { nl: 'termijn', en: 'term' };
  const problems: Clash[] = [];
  const here = (key: string): Path => [...at, key];
  const say = (path: Path, nl: string, en: string, near?: string): void => {
    problems.push({ path, rule: name, message: { nl, en }, ...(near === undefined ? {} : { nearest: near }) });
  };
  const find = (id: string, path: Path): LawSource | null => {
    const source = law.get(id);
    if (!source && unsure(id)) return null;
    if (source && inForce(source, day) && source.period) return source;
    if (!source) {
      const { text, near } = notIn(law, id);
      say(path, text.nl, text.en, near);
      return null;
    }
    const [nl, en] = source.period
      ? [`geldt niet op ${day}: noem een bron die dan geldt`, `is not in force on ${day}: name one that is`]
      : ['heeft geen termijn: noem een bron met een termijn', 'has no period: name a source that has one'];
    say(path, `de bron "${id}" ${nl}`, `the legal source "${id}" ${en}`);
    return null;
  };
  if (rule.minimum) {
    const source = find(rule.minimum, here('minimum'));
    if (source?.period && source.kind !== 'minimum')
      say(
        here('minimum'),
        `"${source.id}" is geen minimum maar van de soort ${source.kind}`,
        `"${source.id}" is a ${source.kind}, not a minimum`,
      );
    else if (source && shorterThan(rule, source)) {
      const below = belowText(rule, source);
      say(here('keep'), `${called.nl} "${name}" ${below.nl}`, `${called.en} "${name}" ${below.en}`);
    }
  }
  if (rule.maximum) {
    const source = find(rule.maximum, here('maximum'));
    if (source?.kind === 'minimum')
      say(
        here('maximum'),
        `"${source.id}" is een minimum, en geen maximum`,
        `"${source.id}" is a minimum, not a maximum`,
      );
    if (source?.kind === 'maximum' && above(rule, source)) {
      const over = aboveText(rule, source);
      say(here('keep'), `${called.nl} "${name}" ${over.nl}`, `${called.en} "${name}" ${over.en}`);
    }
  }
  for (const [j, { minimum }] of entriesOf(rule.keptWhile))
    if (minimum !== undefined) find(minimum, [...here('keptWhile'), j, 'minimum']);
  const [kept, most] = [rule.keep, rule.extendedBy?.atMost];
  if (kept !== undefined && most !== undefined && !shorter(kept, 'event', most, 'event'))
    say(
      [...here('extendedBy'), 'atMost'],
      `${called.nl} "${name}" wordt met toestemming verlengd tot ${termWords(most).nl}, en dat is niet langer dan ${termWords(kept).nl}: kies een langere "atMost"`,
      `${called.en} "${name}" is extended by consent to ${termWords(most).en}, which is not longer than ${termWords(kept).en}: choose a longer "atMost"`,
    );
  return problems;
}

/** Whether a term is longer than a source allows; a source without a period allows anything. */
export function above(
  rule: { readonly keep?: string | undefined; readonly startsAt?: StartOf | undefined },
  source: LawSource,
): boolean {
  return (
    source.period !== undefined &&
    rule.keep !== undefined &&
    shorter(source.period, source.startsAt ?? 'event', rule.keep, rule.startsAt ?? 'event')
  );
}

/** Whether a term ends before a source says it may. */
export function shorterThan(
  rule: { readonly keep?: string | undefined; readonly startsAt?: StartOf | undefined },
  source: LawSource,
): boolean {
  const startsAt = rule.startsAt ?? 'event';
  return (
    source.period !== undefined &&
    rule.keep !== undefined &&
    shorter(rule.keep, startsAt, source.period, source.startsAt ?? startsAt)
  );
}

interface Kept {
  readonly keep?: string | undefined;
  readonly startsAt?: StartOf | undefined;
  readonly minimum?: string | undefined;
}

const words = (term: string | undefined): Text => (term === undefined ? { nl: '', en: '' } : termWords(term));
const from: Readonly<Record<StartOf, Text>> = {
  event: { nl: 'vanaf de gebeurtenis zelf', en: 'from the event itself' },
  'end-of-day': { nl: 'vanaf het einde van de dag', en: 'from the end of the day' },
  'end-of-month': { nl: 'vanaf het einde van de maand', en: 'from the end of the month' },
  'end-of-year': { nl: 'vanaf het einde van het jaar', en: 'from the end of the year' },
};

/** How a term is below what a source demands, and what to do: as long as it, and counted from too early; else too short. */
export function belowText({ keep, startsAt = 'event', minimum }: Kept, source: LawSource): Text {
  const [kept, asked, since] = [
    words(keep),
    words(source.period),
    source.startsAt === undefined ? { nl: '', en: '' } : from[source.startsAt],
  ];
  const article = articleText(source.article);
  const nl = minimum === source.id ? '' : ` en noem "minimum: ${source.id}"`;
  const en = minimum === source.id ? '' : ` and name "minimum: ${source.id}"`;
  const long = keep !== undefined && source.period !== undefined && !shorter(keep, 'event', source.period, 'event');
  if (long && source.startsAt !== undefined && source.startsAt !== startsAt)
    return {
      nl: `bewaart ${kept.nl}, en ${article.nl} telt de termijn ${since.nl}: zet "startsAt: ${source.startsAt}"${nl}`,
      en: `keeps ${kept.en}, and ${article.en} counts the term ${since.en}: set "startsAt: ${source.startsAt}"${en}`,
    };
  return {
    nl: `bewaart ${kept.nl}, en ${article.nl} vraagt ten minste ${`${asked.nl} ${since.nl}`.trim()}: bewaar langer${nl}`,
    en: `keeps ${kept.en}, and ${article.en} demands at least ${`${asked.en} ${since.en}`.trim()}: keep it longer${en}`,
  };
}

export function aboveText({ keep }: Kept, source: LawSource): Text {
  const [kept, most, article] = [words(keep), words(source.period), articleText(source.article)];
  return {
    nl: `bewaart ${kept.nl}, en ${article.nl} staat ten hoogste ${most.nl} toe: bewaar korter`,
    en: `keeps ${kept.en}, and ${article.en} allows at most ${most.en}: keep it shorter`,
  };
}

/** Whether `a` can end before `b` for one and the same event; judged on a day that shows end-of-year roundings. */
export function shorter(a: string, aFrom: StartOf, b: string, bFrom: StartOf): boolean {
  const now = instant('2100-06-15T12:00:00Z');
  return isBefore(cutoff(now, parseTerm(b), bFrom, 'UTC'), cutoff(now, parseTerm(a), aFrom, 'UTC'));
}

/** Two rules for one category of data. */
export function conflicting(policy: Policy): Clash[] {
  return overlaps(policy.retention);
}

const nameOf = ({ id }: KeptPart, i: number): string => id ?? String(i + 1);

function overlaps(rules: readonly (RulePart | undefined)[]): Clash[] {
  const problems: Clash[] = [];
  const owner = new Map<string, readonly [number, RulePart]>();
  for (const [i, rule] of entriesOf(rules)) {
    for (const [j, id] of entriesOf(rule.data)) {
      const other = owner.get(id);
      if (other) {
        const [a, b] = [called(other[1], other[0]), called(rule, i)];
        problems.push({
          path: ['retention', i, 'data', j],
          rule: nameOf(rule, i),
          message: {
            nl: `regels ${a.nl} en ${b.nl} gaan beide over "${id}": dat kan er maar één`,
            en: `rules ${a.en} and ${b.en} both govern "${id}": only one rule can`,
          },
        });
      } else owner.set(id, [i, rule]);
    }
  }
  return problems;
}

function called(rule: RulePart, i: number): Text {
  const name = `"${nameOf(rule, i)}"`;
  if (rule.keep === undefined || rule.from === undefined) return { nl: name, en: name };
  const kept = termWords(rule.keep);
  return { nl: `${name} (${kept.nl} vanaf ${rule.from})`, en: `${name} (${kept.en} from ${rule.from})` };
}
