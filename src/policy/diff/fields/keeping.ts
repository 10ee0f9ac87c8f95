/** How long data stays, and what suspends that. */
import type { Policy } from '../../schema.ts';
import {
  comes,
  endsLater,
  field,
  list,
  longer,
  longerOrNew,
  when,
  type Fields,
  type ListOf,
  type Lists,
  type Seen,
} from '../field.ts';
import { keptLonger, weakerEnd } from '../terms.ts';
import { day, named, term, word } from '../words.ts';

type Keeping = Policy['retention'][number] | Policy['terms'][number];

/** A category of data is one promise, whichever rule carries it: moving it to another rule is not news by itself. */
const staysLonger = when(
  'any of its data can stay longer than before, under whatever rule',
  ({ before, after, from, to }) => keptLonger(dataOf(before ?? after), from, to).length > 0,
  'longer',
);

/** Of a rule that came or went, or of a list of categories that did. */
function dataOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [...(value as Keeping).data];
}

const both = (prefix: string): Fields => ({
  [`${prefix}.id`]: field('sleutel', 'id'),
  [`${prefix}.promise`]: field('nummer van de belofte', 'number of the promise'),
  [`${prefix}.data`]: field('gegevens', 'data', {
    show: named('data'),
    weights: staysLonger,
    added: { nl: '{where}: geldt nu ook voor: {after}', en: '{where}: now also governs: {after}' },
    removed: { nl: '{where}: geldt niet meer voor: {before}', en: '{where}: no longer governs: {before}' },
  }),
  [`${prefix}.text`]: field('woorden', 'wording'),
  [`${prefix}.keep`]: field('termijn', 'term', {
    show: term,
    weights: endsLater('longer'),
    changed: { nl: '{where}: {before} → {after}', en: '{where}: {before} → {after}' },
  }),
  [`${prefix}.from`]: field('begin van de termijn', 'start of the term', { weights: endsLater('longer') }),
  [`${prefix}.startsAt`]: field('termijn telt vanaf', 'term counts from', { show: word, weights: endsLater('longer') }),
  [`${prefix}.minimum`]: field('wettelijke bewaarplicht', 'statutory minimum'),
  [`${prefix}.maximum`]: field('wettelijk maximum of richtlijn', 'statutory maximum or guideline'),
  [`${prefix}.justification`]: field('waarom langer dan de richtlijn', 'why longer than the guideline'),
  [`${prefix}.extendedBy.consent`]: field('toestemming die verlengt', 'consent that extends'),
  [`${prefix}.extendedBy.atMost`]: field('met toestemming ten hoogste', 'with consent at most', {
    show: term,
    weights: when('the term is longer, or new, or without an end', (seen) => looserExtension(seen), 'longer'),
  }),
  [`${prefix}.backups.gone`]: field('uit de back-ups na', 'gone from backups after', {
    show: term,
    weights: longer('longer'),
  }),
});

function looserExtension({ before, after, item, ...seen }: Seen): boolean {
  const still = (item.after as Keeping).extendedBy !== undefined;
  if (after === undefined) return still;
  return longerOrNew('longer').some((one) => one.holds({ before, after, item, ...seen }));
}

export const keepingFields: Fields = {
  ...both('retention[]'),
  'retention[].then': field('na de termijn', 'after the term', {
    show: word,
    weights: when(
      'the data is no longer erased, or no longer by itself',
      ({ before, after }) => weakerEnd(before, after),
      'longer',
    ),
  }),
  'retention[].keptWhile': field('blijft zolang', 'stays while'),
  'retention[].keptWhile[].data': field('blijft zolang er is', 'stays while there is', { show: named('data') }),
  'retention[].keptWhile[].minimum': field('bewaarplicht daarvan', 'statutory minimum of that'),
  'retention[].approval.standing': field('gaat vanzelf', 'goes by itself'),
  'retention[].approval.by': field('wie dat goedkeurde', 'who approved that'),
  'retention[].approval.until': field('goedgekeurd tot', 'approved until', { show: day }),
  'retention[].approval.atMost.items': field('ten hoogste zoveel in één keer', 'at most so many at once'),
  'retention[].approval.atMost.share': field('ten hoogste zo’n deel in één keer', 'at most such a share at once'),
  ...both('terms[]'),
  'terms[].criterion': field('wat het einde bepaalt', 'what decides the end'),
  'holds.decides': field('wie over een lopende zaak beslist', 'who decides on a pending case'),
  'holds.reviewEvery': field('lopende zaak opnieuw bekeken na', 'pending case looked at again after', {
    show: term,
    weights: longer('longer'),
  }),
  'holds.grace': field('na een zaak nog bewaard', 'after a case still kept', { show: term, weights: longer('longer') }),
};

const rules: ListOf = list(
  { nl: 'Nieuwe bewaartermijn: {where}', en: 'New term: {where}' },
  { nl: 'Bewaartermijn vervalt: {where}', en: 'Term no longer there: {where}' },
  {
    name: (item, policy, language) => named('data')((item as Keeping).data, policy, language),
    full: (item, policy, language) => {
      const { data, keep, text } = item as Keeping;
      const length = keep === undefined ? text[language] : term(keep, policy, language);
      return `${named('data')(data, policy, language)}: ${length}`;
    },
    weights: staysLonger,
  },
);

export const keepingLists: Lists = {
  retention: rules,
  terms: rules,
  'retention[].keptWhile': list(
    { nl: '{where}: blijft nu zolang dit er is', en: '{where}: now stays while this is there' },
    { nl: '{where}: blijft niet meer zolang dit er is', en: '{where}: no longer stays while this is there' },
    {
      key: (item) => String(item['data']),
      name: (item, policy, language) => named('data')((item as { data: string }).data, policy, language),
      weights: comes('longer'),
    },
  ),
};
