/** Reading a policy: the schema's mistakes, then what only the whole can tell: references, statute, conflicts. */
import type { Text } from '../base/language.ts';
import { cutoff, instant, isBefore, parseTerm, type StartOf } from '../base/time.ts';
import { termWords } from '../base/wording.ts';
import { nearest, readYaml, type Path, type Problem, type Read, type Source } from '../base/yaml.ts';
import { inForce, type LawSource } from './law.ts';
import { articleText } from './phrases.ts';
import { PolicyFile, type Policy, type RetentionRule } from './schema.ts';

export interface PolicyRead {
  readonly policy: Policy | null;
  readonly problems: Problem[];
}

/** A policy that the schema and its own references allow, with the file's places; what the law says of it comes after. */
export interface PolicyParsed extends Read<Policy> {
  readonly name: string;
}

export function parsePolicy(file: Source): PolicyParsed {
  const read = readYaml(file, PolicyFile);
  if (!read.value) return { ...read, name: file.name };
  const problems = references(read, read.value);
  return { ...read, name: file.name, problems, value: problems.length === 0 ? read.value : null };
}

/** `day` ("2026-11-24") decides which law is in force. */
export function readPolicy(file: Source, law: ReadonlyMap<string, LawSource>, day: string): PolicyRead {
  return checkPolicy(parsePolicy(file), law, day);
}

/** What the law of that day cannot have beside a policy that parsed. */
export function checkPolicy(read: PolicyParsed, law: ReadonlyMap<string, LawSource>, day: string): PolicyRead {
  if (!read.value) return { policy: null, problems: read.problems };
  const problems = [...belowOrAbove(read.value, law, day), ...conflicting(read.value)].map((one) =>
    read.problem(one.path, one.message, one.nearest),
  );
  return { policy: problems.length === 0 ? read.value : null, problems };
}

/** What a policy refers to, as a mistake names it. */
const kinds = {
  subject: { nl: 'groep mensen', en: 'subject' },
  category: { nl: 'soort gegevens', en: 'data category' },
  recipient: { nl: 'ontvanger', en: 'recipient' },
  client: { nl: 'klant', en: 'client' },
  purpose: { nl: 'doel', en: 'purpose' },
} as const;

function references(read: Read<Policy>, policy: Policy): Problem[] {
  const problems: Problem[] = [];
  const subjects = policy.subjects.map((one) => one.id);
  const data = policy.data.map((one) => one.id);
  const recipients = policy.recipients.map((one) => one.id);
  const purposes = policy.purposes.map((one) => one.id);
  const clients = policy.clients.map((one) => one.id);
  const known = (words: readonly string[], word: string, path: Path, what: Text): void => {
    const all = words.join(', ');
    if (!words.includes(word))
      problems.push(
        read.problem(
          path,
          words.length === 0
            ? {
                nl: `er is geen ${what.nl} "${word}"; het beleid heeft er nog geen`,
                en: `there is no ${what.en} "${word}"; there are none`,
              }
            : {
                nl: `er is geen ${what.nl} "${word}"; wel ${all}`,
                en: `there is no ${what.en} "${word}"; there are ${all}`,
              },
          nearest(word, words),
        ),
      );
  };
  const each = (words: readonly string[], found: readonly string[], path: Path, what: Text): void => {
    for (const [i, id] of found.entries()) known(words, id, [...path, i], what);
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
    for (const [i, { id }] of policy[section].entries()) {
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
  for (const [i, one] of policy.data.entries()) each(subjects, one.subjects, ['data', i, 'subjects'], kinds.subject);
  for (const [i, one] of policy.purposes.entries()) {
    each(subjects, one.subjects, ['purposes', i, 'subjects'], kinds.subject);
    each(data, one.data, ['purposes', i, 'data'], kinds.category);
    each(recipients, one.recipients, ['purposes', i, 'recipients'], kinds.recipient);
    if (one.client !== undefined) known(clients, one.client, ['purposes', i, 'client'], kinds.client);
    if (one.furtherUse) known(purposes, one.furtherUse.of, ['purposes', i, 'furtherUse', 'of'], kinds.purpose);
  }
  for (const [i, one] of policy.recipients.entries()) each(data, one.data, ['recipients', i, 'data'], kinds.category);
  for (const [i, one] of policy.clients.entries())
    each(recipients, one.subProcessors, ['clients', i, 'subProcessors'], kinds.recipient);
  for (const [i, one] of policy.terms.entries()) each(data, one.data, ['terms', i, 'data'], kinds.category);
  for (const [i, one] of (policy.telecom?.traffic ?? []).entries())
    known(purposes, one.purpose, ['telecom', 'traffic', i, 'purpose'], kinds.purpose);
  for (const [i, rule] of policy.retention.entries()) {
    each(data, rule.data, ['retention', i, 'data'], kinds.category);
    for (const [j, one] of (rule.keptWhile ?? []).entries())
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
  return policy.retention.flatMap((_, i) => statute(policy, i, law, day));
}

function statute(policy: Policy, i: number, law: ReadonlyMap<string, LawSource>, day: string): Clash[] {
  const rule = policy.retention[i];
  if (!rule) return [];
  const problems: Clash[] = [];
  const here = (key: string): Path => ['retention', i, key];
  const say = (path: Path, nl: string, en: string, near?: string): void => {
    problems.push({ path, rule: rule.id, message: { nl, en }, ...(near === undefined ? {} : { nearest: near }) });
  };
  const find = (id: string, path: Path): LawSource | null => {
    const source = law.get(id);
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
      say(here('keep'), `regel "${rule.id}" ${below.nl}`, `rule "${rule.id}" ${below.en}`);
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
      say(here('keep'), `regel "${rule.id}" ${over.nl}`, `rule "${rule.id}" ${over.en}`);
    }
  }
  for (const [j, one] of (rule.keptWhile ?? []).entries()) find(one.minimum, [...here('keptWhile'), j, 'minimum']);
  if (rule.extendedBy && !shorter(rule.keep, 'event', rule.extendedBy.atMost, 'event'))
    say(
      [...here('extendedBy'), 'atMost'],
      `regel "${rule.id}" wordt met toestemming verlengd tot ${termWords(rule.extendedBy.atMost).nl}, en dat is niet langer dan ${termWords(rule.keep).nl}: kies een langere "atMost"`,
      `rule "${rule.id}" is extended by consent to ${termWords(rule.extendedBy.atMost).en}, which is not longer than ${termWords(rule.keep).en}: choose a longer "atMost"`,
    );
  return problems;
}

/** Whether a term is longer than a source allows; a source without a period allows anything. */
export function above(
  rule: { readonly keep?: string | undefined; readonly startsAt?: StartOf },
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
  rule: { readonly keep?: string | undefined; readonly startsAt?: StartOf },
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
  readonly startsAt?: StartOf;
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
  const problems: Clash[] = [];
  const owner = new Map<string, RetentionRule>();
  for (const [i, rule] of policy.retention.entries()) {
    for (const [j, id] of rule.data.entries()) {
      const other = owner.get(id);
      if (other)
        problems.push({
          path: ['retention', i, 'data', j],
          rule: rule.id,
          message: {
            nl: `regels "${other.id}" (${termWords(other.keep).nl} vanaf ${other.from}) en "${rule.id}" (${termWords(rule.keep).nl} vanaf ${rule.from}) gaan beide over "${id}": dat kan er maar één`,
            en: `rules "${other.id}" (${termWords(other.keep).en} from ${other.from}) and "${rule.id}" (${termWords(rule.keep).en} from ${rule.from}) both govern "${id}": only one rule can`,
          },
        });
      else owner.set(id, rule);
    }
  }
  return problems;
}
