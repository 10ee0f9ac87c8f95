/** What a person may ask and where one complains. */
import {
  becomesFalse,
  becomesTrue,
  field,
  goes,
  list,
  longer,
  when,
  type Fields,
  type Item,
  type Lists,
} from '../field.ts';
import { abilities, term, word } from '../words.ts';

const asked = ['never', 'last-resort', 'always'];

export const rightFields: Fields = {
  'rights.list[].right': field('recht', 'right'),
  'rights.list[].promise': field('nummer van de belofte', 'number of the promise'),
  'rights.list[].text': field('woorden', 'wording'),
  'rights.channels': field('hoe u kunt vragen', 'how to ask', {
    show: word,
    weights: goes('right-narrowed'),
    added: { nl: 'U kunt nu ook vragen via {after}', en: 'You can now also ask by {after}' },
    removed: { nl: 'U kunt niet langer vragen via {before}', en: 'You can no longer ask by {before}' },
  }),
  'rights.answerWithin': field('antwoord binnen', 'answer within', { show: term, weights: longer('right-narrowed') }),
  'rights.idCopy': field('kopie van een identiteitsbewijs gevraagd', 'copy of an identity document asked', {
    show: word,
    weights: when(
      'it is asked more often',
      ({ before, after }) => asked.indexOf(String(after)) > asked.indexOf(String(before)),
      'right-narrowed',
    ),
  }),
  'rights.objection.ownBlock': field('bezwaar staat apart', 'objection is set apart', {
    weights: becomesFalse('right-narrowed'),
  }),
  'rights.objection.subjectMustShow': field('u moet bij bezwaar iets aantonen', 'you must show something to object', {
    weights: becomesTrue('right-narrowed'),
  }),
  'rights.objection.marketingAlways': field(
    'bezwaar tegen reclame helpt altijd',
    'objection to marketing is always honoured',
    { weights: becomesFalse('right-narrowed') },
  ),
  'rights.withdrawal.channel': field('hoe u toestemming intrekt', 'how consent is withdrawn', {
    weights: [
      ...goes('right-narrowed'),
      ...when('its text changes', ({ before, after }) => before !== undefined && after !== undefined, 'right-changed'),
    ],
  }),
  'rights.portabilityLimited': field(
    'meenemen alleen in de gevallen van de wet',
    'portability only as the law has it',
    {
      weights: when('it becomes true', ({ before, after }) => before === false && after === true, 'right-narrowed'),
    },
  ),
  'complaint.promise': field('nummer van de belofte over klachten', 'number of the promise on complaints'),
  'complaint.authority': field('toezichthouder', 'supervisory authority', {
    weights: [
      ...goes('right-narrowed'),
      ...when(
        'another one takes its place',
        ({ before, after }) => before !== undefined && after !== undefined,
        'right-changed',
      ),
    ],
  }),
  'complaint.website': field('website van de toezichthouder', 'website of the authority'),
  'complaint.text': field('woorden over klachten', 'wording on complaints'),
};

export const rightLists: Lists = {
  'rights.list': list(
    { nl: 'U kunt nu ook {where}', en: 'You can now also {where}' },
    { nl: 'U kunt niet langer {where}', en: 'You can no longer {where}' },
    {
      key: (item) => String(item['right']),
      name: (item, _policy, language) => {
        const right = String((item as Item)['right']);
        return abilities[right]?.[language] ?? right;
      },
      weights: goes('right-narrowed'),
    },
  ),
};
