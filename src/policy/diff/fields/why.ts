/** Which data there is and what it is used for. */
import type { Text } from '../../../base/language.ts';
import {
  becomesFalse,
  becomesTrue,
  changed,
  comes,
  field,
  goes,
  list,
  when,
  wording,
  type Fields,
  type Item,
  type Lists,
  type Seen,
} from '../field.ts';
import { day, named, plain, term, word } from '../words.ts';

/** From what everyone has to what the law sees a danger in. */
const light = ['anonymous', 'ordinary', 'log'];
const heavier = when(
  'it becomes a kind that the law sees a danger in',
  ({ before, after }) =>
    !light.includes(String(after)) || (before === 'anonymous' && after !== 'anonymous' && after !== undefined),
  'special-kind',
);
const ofController = (item: unknown): boolean => (item as Item)['role'] === 'controller';
/** What is done for a client is for the client to tell. */
const ownOnly = (known: Fields): Fields =>
  Object.fromEntries(
    Object.entries(known).map(([key, one]) => {
      const weights = (one.weights ?? []).map((weight) => ({
        ...weight,
        holds: (seen: Seen) => ofController(seen.item.after) && weight.holds(seen),
      }));
      return [key, { ...one, weights }];
    }),
  );

const dataFields: Fields = {
  'data[].id': field('sleutel', 'id'),
  'data[].dpv': field('soort volgens DPV', 'kind in DPV'),
  'data[].promise': field('nummer van de belofte', 'number of the promise'),
  'data[].text': wording,
  'data[].subjects': field('van wie', 'of whom', {
    show: named('subjects'),
    weights: comes('new-data'),
    added: { nl: '{where}: nu ook van {after}', en: '{where}: now also of {after}' },
    removed: { nl: '{where}: niet meer van {before}', en: '{where}: no longer of {before}' },
  }),
  'data[].kind': field('soort gegevens', 'kind of data', { show: word, weights: heavier }),
  'data[].necessity': field('waarom het nodig is', 'why it is needed'),
  'data[].condition': field('wat het verwerken toestaat', 'what permits it', { weights: changed('basis') }),
  'data[].condition.gdpr': field('voorwaarde van art. 9 AVG', 'condition of Art. 9 GDPR', {
    weights: changed('basis'),
  }),
  'data[].condition.national': field('voorwaarde van de nationale wet', 'condition of national law', {
    weights: changed('basis'),
  }),
  'data[].statute': field('wet die het voorschrijft', 'statute that prescribes it', { weights: changed('basis') }),
  'data[].masked': field('onleesbaar gemaakt', 'masked', { weights: becomesFalse('special-kind') }),
  'data[].readable': field('leesbaar bewaard', 'kept readable', { weights: becomesTrue('special-kind') }),
  'data[].openEnded': field('de opsomming is niet volledig', 'the list is not complete', {
    weights: becomesTrue('new-data'),
  }),
  'data[].sources[].from': field('bron', 'source'),
  'data[].sources[].inform': field('wanneer u ervan hoort', 'when the person is told', {
    show: word,
    weights: goes('right-narrowed'),
  }),
};

const purposeFields: Fields = {
  'purposes[].id': field('sleutel', 'id'),
  'purposes[].dpv': field('soort volgens DPV', 'kind in DPV'),
  'purposes[].promise': field('nummer van de belofte', 'number of the promise'),
  'purposes[].text': wording,
  'purposes[].basis': field('grondslag', 'legal basis', {
    show: word,
    whole: true,
    weights: changed('basis'),
    changed: {
      nl: 'De grondslag van “{where}” is veranderd van {before} in {after}',
      en: 'The basis of “{where}” has changed from {before} to {after}',
    },
  }),
  'purposes[].subjects': field('voor wie', 'for whom', {
    show: named('subjects'),
    weights: comes('new-purpose'),
    added: { nl: '{where}: nu ook voor {after}', en: '{where}: now also for {after}' },
    removed: { nl: '{where}: niet meer voor {before}', en: '{where}: no longer for {before}' },
  }),
  'purposes[].data': field('gegevens', 'data', {
    show: named('data'),
    weights: comes('new-data'),
    added: { nl: '{where}: gebruikt nu ook {after}', en: '{where}: now also uses {after}' },
    removed: { nl: '{where}: gebruikt niet meer {before}', en: '{where}: no longer uses {before}' },
  }),
  'purposes[].recipients': field('ontvanger', 'recipient', {
    show: named('recipients'),
    weights: comes('new-recipient'),
    added: { nl: '{where}: gaat nu ook naar {after}', en: '{where}: now also goes to {after}' },
    removed: { nl: '{where}: gaat niet meer naar {before}', en: '{where}: no longer goes to {before}' },
  }),
  'purposes[].client': field('voor welke klant', 'for which client', { show: named('clients') }),
  'purposes[].openEnded': field('het doel is niet volledig omschreven', 'the purpose is not described completely', {
    weights: becomesTrue('new-purpose'),
  }),
  'purposes[].interest.text': field('het belang', 'the interest'),
  'purposes[].interest.assessment.document': field('afweging van het belang', 'assessment of the interest'),
  'purposes[].interest.assessment.date': field('datum van de afweging', 'date of the assessment', { show: day }),
  'purposes[].interest.assessment.until': field('einddatum van de afweging', 'end of the assessment', { show: day }),
  'purposes[].statute': field('wet', 'statute', { weights: comes('basis') }),
  'purposes[].provision.required': field('of u de gegevens moet geven', 'whether the data must be given', {
    show: word,
    weights: when('it becomes compulsory', ({ after }) => after === 'statute' || after === 'contract', 'must-supply'),
  }),
  'purposes[].provision.consequence': field('wat er gebeurt zonder de gegevens', 'what happens without the data'),
  'purposes[].automated.text': field('besluit door een computer', 'decision by a machine', {
    weights: comes('automated-decision'),
  }),
  'purposes[].automated.legalOrSimilarEffect': field('besluit met grote gevolgen', 'decision with a large effect', {
    weights: becomesTrue('automated-decision'),
  }),
  'purposes[].automated.basis': field('grond voor het besluit', 'ground for the decision', {
    weights: changed('automated-decision'),
  }),
  'purposes[].automated.logic': field('hoe het besluit ontstaat', 'how the decision is made'),
  'purposes[].automated.significance': field('betekenis van het besluit', 'significance of the decision'),
  'purposes[].automated.consequences': field('gevolgen van het besluit', 'consequences of the decision'),
  'purposes[].automated.review': field('hoe een mens ernaar kijkt', 'how a person looks at it', {
    weights: [...goes('right-narrowed'), ...when('its text changes', bothThere, 'right-changed')],
  }),
  'purposes[].furtherUse.of': field('tweede gebruik van gegevens voor', 'second use of data for', {
    show: named('purposes'),
    weights: when('it is added or names another purpose', ({ after }) => after !== undefined, 'new-purpose'),
  }),
  'purposes[].furtherUse.compatibility.document': field('toets van het tweede gebruik', 'test of the second use'),
  'purposes[].furtherUse.compatibility.date': field('datum van de toets', 'date of the test', { show: day }),
  'purposes[].furtherUse.compatibility.until': field('einddatum van de toets', 'end of the test', { show: day }),
  'purposes[].marketing': field('gebruik voor marketing', 'use for marketing', { weights: becomesTrue('new-purpose') }),
  'purposes[].dpia.needed': field('DPIA nodig', 'DPIA needed'),
  'purposes[].dpia.reason': field('waarom geen DPIA', 'why no DPIA'),
  'purposes[].dpia.assessment.document': field('DPIA', 'DPIA'),
  'purposes[].dpia.assessment.date': field('datum van de DPIA', 'date of the DPIA', { show: day }),
  'purposes[].dpia.assessment.until': field('einddatum van de DPIA', 'end of the DPIA', { show: day }),
  'purposes[].dpia.reviewEvery': field('tijd tussen twee DPIA’s', 'time between two DPIAs', { show: term }),
  'purposes[].calls.announced': field('wat u aan het begin hoort', 'what is heard at the start', {
    weights: goes('right-narrowed'),
  }),
  'purposes[].calls.onHoldExcluded': field('opname uit in de wacht', 'no recording while on hold', {
    weights: becomesFalse('new-data'),
  }),
  'purposes[].calls.listeners': field('wie mag terugluisteren', 'who may listen back'),
  'purposes[].calls.objection': field('hoe u nee zegt tegen een opname', 'how to say no to a recording', {
    weights: [...goes('right-narrowed'), ...when('its text changes', bothThere, 'right-changed')],
  }),
  'purposes[].video.sign': field('bord bij de camera', 'sign at the camera', { weights: goes('right-narrowed') }),
  'purposes[].video.publicRoad': field('openbare weg in beeld', 'public road in view', {
    weights: becomesTrue('new-data'),
  }),
  'purposes[].video.covert': field('verborgen camera', 'hidden camera', { weights: becomesTrue('new-data') }),
  'purposes[].owner': field('wie ervoor instaat', 'who answers for it'),
  'purposes[].reviewed': field('laatst bekeken', 'last reviewed', { show: day }),
  'purposes[].notice': field('plaats van de uitleg', 'place of the explanation'),
};

export const whyFields: Fields = {
  ...dataFields,
  ...ownOnly(purposeFields),
  'purposes[].role': field('onze rol', 'our role', { show: word, weights: changed('role') }),
};

function bothThere({ before, after }: { before: unknown; after: unknown }): boolean {
  return before !== undefined && after !== undefined;
}

export const whyLists: Lists = {
  data: list(
    { nl: 'Nieuwe gegevens: {where}', en: 'New data: {where}' },
    { nl: 'Deze gegevens zijn er niet meer: {where}', en: 'This data is no longer there: {where}' },
    {
      weights: [
        ...comes('new-data'),
        ...when(
          'it is added, of a kind that the law sees a danger in',
          ({ before, after }) => before === undefined && !light.includes(String((after as Item)['kind'])),
          'special-kind',
        ),
      ],
    },
  ),
  'data[].sources': list(
    { nl: '{where}: nieuwe bron', en: '{where}: new source' },
    { nl: '{where}: bron vervalt', en: '{where}: source no longer used' },
    {
      key: (item) => (typeof item === 'string' ? item : ((item['from'] as Text | undefined)?.nl ?? '')),
      named: false,
      name: (item, policy, language) =>
        typeof item === 'string' ? word(item, policy, language) : plain((item as Item)['from'], policy, language),
      weights: comes('new-source'),
    },
  ),
  purposes: list(
    { nl: 'Nieuw doel: {where}', en: 'New purpose: {where}' },
    { nl: 'Doel vervalt: {where}', en: 'Purpose no longer there: {where}' },
    {
      weights: [
        ...when(
          'it is added, as a purpose of our own',
          ({ before, after }) => before === undefined && ofController(after),
          'new-purpose',
        ),
        ...when(
          'it is added with a decision by a machine',
          ({ before, after }) => before === undefined && (after as Item)['automated'] !== undefined,
          'automated-decision',
        ),
      ],
    },
  ),
};
