/** Reading a policy: the schema's mistakes, then what only the whole can tell: references, statute, conflicts. */
import type { Text } from '../base/language.ts';
import { cutoff, instant, isBefore, parseTerm, type StartOf } from '../base/time.ts';
import { termWords } from '../base/wording.ts';
import { entriesOf, isUnknown, listed, type Names, type Partly } from '../base/yaml-parts.ts';
import { inOrder, nearest, readYaml, type Path, type Problem, type Read, type Source } from '../base/yaml.ts';
import { inForce, type LawRead, type LawSource } from './law.ts';
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

/** Also of a policy with mistakes in its shape the references are looked at, as far as they are right themselves. */
export function parsePolicy(file: Source): PolicyParsed {
  const read = readYaml(file, PolicyFile);
  const problems = inOrder([...read.problems, ...references(read)]);
  return { ...read, name: file.name, problems, value: problems.length === 0 ? read.value : null };
}

/** `day` ("2026-11-24") decides which law is in force. */
export function readPolicy(file: Source, law: LawSources, day: string): PolicyRead {
  return checkPolicy(parsePolicy(file), law, day);
}

/** The legal sources; or with those of which nothing is known. */
export type LawSources = ReadonlyMap<string, LawSource> | Pick<LawRead, 'law' | 'unsure'>;

/** What is wrong in a policy, and beside that what the law of that day cannot have; of what is wrong itself, nothing. */
export function checkPolicy(read: PolicyParsed, sources: LawSources, day: string): PolicyRead {
  const { law, unsure } = 'unsure' in sources ? sources : { law: sources, unsure: () => false };
  const data = read.ids(['data']);
  const rules = (read.part?.retention ?? []).map((rule, i) => rule && lookedAt(read, rule, i, data));
  const clashes = [...rules.flatMap((rule, i) => (rule ? statute(rule, i, law, day, unsure) : [])), ...overlaps(rules)];
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

/** What a policy refers to, as a mistake names it. */
const kinds = {
  subject: { nl: 'groep mensen', en: 'subject' },
  category: { nl: 'soort gegevens', en: 'data category' },
  recipient: { nl: 'ontvanger', en: 'recipient' },
  client: { nl: 'klant', en: 'client' },
  purpose: { nl: 'doel', en: 'purpose' },
} as const;

function references(read: Read<Policy, PolicyInput>): Problem[] {
  const { part } = read;
  if (part === undefined) return [];
  const problems: Problem[] = [];
  const [subjects, data, recipients, purposes, clients] = (
    ['subjects', 'data', 'recipients', 'purposes', 'clients'] as const
  ).map((section) => read.ids([section])) as [Names, Names, Names, Names, Names];
  const known = (names: Names, word: string | undefined, path: Path, what: Text): void => {
    if (word === undefined || !isUnknown(names, word)) return;
    const all = listed(names);
    problems.push(
      read.problem(
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
        problems.length < 200 ? nearest(word, names.words) : undefined,
      ),
    );
  };
  const each = (names: Names, found: readonly (string | undefined)[] | undefined, path: Path, what: Text): void => {
    for (const [i, id] of entriesOf(found)) known(names, id, [...path, i], what);
  };
  for (const section of [
    'subjects',
    'data',
    'purposes',
    'recipients',
    'clients',
    'retention',
    'terms',
    'measures',
    'claims',
    'disclosures',
    'jointControllers',
  ] as const) {
    const seen = new Set<string>();
    for (const [i, { id }] of entriesOf<{ readonly id?: string | undefined }>(part[section])) {
      if (id === undefined) continue;
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
  for (const [i, one] of entriesOf(part.data)) each(subjects, one.subjects, ['data', i, 'subjects'], kinds.subject);
  for (const [i, one] of entriesOf(part.purposes)) {
    each(subjects, one.subjects, ['purposes', i, 'subjects'], kinds.subject);
    each(data, one.data, ['purposes', i, 'data'], kinds.category);
    each(recipients, one.recipients, ['purposes', i, 'recipients'], kinds.recipient);
    known(clients, one.client, ['purposes', i, 'client'], kinds.client);
    known(purposes, one.furtherUse?.of, ['purposes', i, 'furtherUse', 'of'], kinds.purpose);
  }
  for (const [i, one] of entriesOf(part.recipients)) each(data, one.data, ['recipients', i, 'data'], kinds.category);
  for (const [i, one] of entriesOf(part.clients))
    each(recipients, one.subProcessors, ['clients', i, 'subProcessors'], kinds.recipient);
  for (const [i, one] of entriesOf(part.terms)) each(data, one.data, ['terms', i, 'data'], kinds.category);
  for (const [i, one] of entriesOf(part.telecom?.traffic))
    known(purposes, one.purpose, ['telecom', 'traffic', i, 'purpose'], kinds.purpose);
  for (const [i, rule] of entriesOf(part.retention)) {
    each(data, rule.data, ['retention', i, 'data'], kinds.category);
    for (const [j, one] of entriesOf(rule.keptWhile))
      known(data, one.data, ['retention', i, 'keptWhile', j, 'data'], kinds.category);
  }
  return problems;
}

/** Something that a rule of the policy and the law cannot both have. */
export interface Clash {
  readonly path: Path;
  readonly rule: string;
  readonly message: Text;
  readonly nearest?: string;
}

/** Rules below a statutory minimum or above a statutory maximum, and legal sources that cannot be relied on. */
export function belowOrAbove(policy: Policy, law: ReadonlyMap<string, LawSource>, day: string): Clash[] {
  return policy.retention.flatMap((rule, i) => statute(rule, i, law, day));
}

/** A rule as far as it can be read. */
type RulePart = Partly<PolicyInput['retention'][number]>;

function statute(
  rule: RulePart,
  i: number,
  law: ReadonlyMap<string, LawSource>,
  day: string,
  unsure: (id: string) => boolean = () => false,
): Clash[] {
  const name = nameOf(rule, i);
  const problems: Clash[] = [];
  const here = (key: string): Path => ['retention', i, key];
  const say = (path: Path, nl: string, en: string, near?: string): void => {
    problems.push({ path, rule: name, message: { nl, en }, ...(near === undefined ? {} : { nearest: near }) });
  };
  const find = (id: string, path: Path): LawSource | null => {
    const source = law.get(id);
    if (!source && unsure(id)) return null;
    if (source && inForce(source, day) && source.period) return source;
    const [nl, en] = source
      ? source.period
        ? [`geldt niet op ${day}: noem een bron die dan geldt`, `is not in force on ${day}: name one that is`]
        : ['heeft geen termijn: noem een bron met een termijn', 'has no period: name a source that has one']
      : ['staat niet in law/: noem een bron die er wel staat', 'is not in law/: name one that is'];
    say(
      path,
      `de bron "${id}" ${nl}`,
      `the legal source "${id}" ${en}`,
      source ? undefined : nearest(id, [...law.keys()]),
    );
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
      say(here('keep'), `regel "${name}" ${below.nl}`, `rule "${name}" ${below.en}`);
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
      say(here('keep'), `regel "${name}" ${over.nl}`, `rule "${name}" ${over.en}`);
    }
  }
  for (const [j, { minimum }] of entriesOf(rule.keptWhile))
    if (minimum !== undefined) find(minimum, [...here('keptWhile'), j, 'minimum']);
  const [kept, most] = [rule.keep, rule.extendedBy?.atMost];
  if (kept !== undefined && most !== undefined && !shorter(kept, 'event', most, 'event'))
    say(
      [...here('extendedBy'), 'atMost'],
      `regel "${name}" wordt met toestemming verlengd tot ${termWords(most).nl}, en dat is niet langer dan ${termWords(kept).nl}: kies een langere "atMost"`,
      `rule "${name}" is extended by consent to ${termWords(most).en}, which is not longer than ${termWords(kept).en}: choose a longer "atMost"`,
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

const nameOf = ({ id }: RulePart, i: number): string => id ?? String(i + 1);

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
