/** How data is kept safe, what else is asserted, cookies, telephone, and reasons for the linter. */
import {
  becomesFalse,
  becomesTrue,
  changed,
  comes,
  field,
  goes,
  list,
  longer,
  when,
  wording,
  type Fields,
  type Item,
  type Lists,
} from '../field.ts';
import { day, named, term, word } from '../words.ts';

export const claimFields: Fields = {
  'measures[].id': field('sleutel', 'id'),
  'measures[].promise': field('nummer van de belofte', 'number of the promise'),
  'measures[].kind': field('soort maatregel', 'kind of measure', { weights: changed('promise-weaker') }),
  'measures[].text': wording,
  'measures[].controls': field('nummer van de norm', 'number of the standard'),
  'measures[].shownBy[].control': field('waaruit het blijkt', 'what shows it'),
  'measures[].shownBy[].kind': field('soort bewijs', 'kind of proof'),
  'measures[].shownBy[].evidence.document': field('bewijsstuk', 'document that shows it'),
  'measures[].shownBy[].evidence.date': field('datum van het bewijsstuk', 'date of the document', { show: day }),
  'measures[].shownBy[].evidence.until': field('einddatum van het bewijsstuk', 'end of the document', { show: day }),
  'measures[].periodic': field('telkens opnieuw', 'again and again', { weights: becomesFalse('promise-weaker') }),
  'measures[].every': field('hoe vaak', 'how often', { show: term, weights: longer('promise-weaker') }),
  'measures[].last': field('laatste keer', 'last time', { show: day }),
  'claims[].id': field('sleutel', 'id'),
  'claims[].promise': field('nummer van de belofte', 'number of the promise'),
  'claims[].kind': field('soort bewering', 'kind of assertion', { weights: changed('promise-weaker') }),
  'claims[].text': wording,
  'claims[].evidence.document': field('bewijsstuk', 'document that shows it'),
  'claims[].evidence.date': field('datum van het bewijsstuk', 'date of the document', { show: day }),
  'claims[].evidence.until': field('einddatum van het bewijsstuk', 'end of the document', { show: day }),
  'claims[].seal': field('keurmerk', 'seal', { weights: goes('promise-weaker') }),
  'claims[].seal.issuer': field('wie het keurmerk gaf', 'issuer of the seal'),
  'claims[].seal.scope': field('wat het keurmerk dekt', 'scope of the seal'),
  'claims[].seal.date': field('datum van het keurmerk', 'date of the seal', { show: day }),
  'claims[].seal.expires': field('einddatum van het keurmerk', 'end of the seal', { show: day }),
  'claims[].seal.document': field('plaats van het keurmerk', 'place of the seal'),
  'cookies.promise': field('nummer van de belofte over cookies', 'number of the promise on cookies'),
  'cookies.statement': field('cookieverklaring', 'cookie statement'),
  'cookies.text': field('woorden over cookies', 'wording on cookies'),
  'cookies.list': field('lijst van cookies', 'list of cookies'),
  'cookies.list[].name': field('naam', 'name'),
  'cookies.list[].text': field('woorden', 'wording'),
  'cookies.list[].kind': field('soort cookie', 'kind of cookie', {
    show: word,
    weights: when('it is no longer only necessary', ({ before }) => before === 'necessary', 'new-purpose'),
  }),
  'cookies.list[].lasts': field('blijft staan', 'lasts', {
    show: term,
    weights: when(
      'it lasts longer',
      (seen) => seen.before === 'session' || longer('longer').some((one) => one.holds(seen)),
      'longer',
    ),
  }),
  'cookies.list[].by': field('gelezen door', 'read by', {
    weights: when('it is another', ({ after }) => after !== undefined, 'new-recipient'),
  }),
  'cookies.list[].consent': field('alleen na uw ja', 'only after you said yes', {
    weights: becomesFalse('right-narrowed'),
  }),
  'telecom.traffic[].text': wording,
  'telecom.traffic[].purpose': field('doel', 'purpose', { show: named('purposes'), weights: changed('new-purpose') }),
  'telecom.traffic[].keep': field('termijn', 'term', { show: term, weights: longer('longer') }),
  'telecom.traffic[].consent': field('alleen met toestemming', 'only with consent', {
    weights: becomesFalse('right-narrowed'),
  }),
  'telecom.traffic[].valueAdded': field('voor reclame of extra diensten', 'for marketing or value-added services', {
    weights: becomesTrue('new-purpose'),
  }),
  'telecom.shieldedNumbers.promise': field(
    'nummer van de belofte over afgeschermde nummers',
    'number of the promise on shielded numbers',
  ),
  'telecom.shieldedNumbers.text': field('woorden over afgeschermde nummers', 'wording on shielded numbers'),
  'telecom.shieldedNumbers.freeRightTold': field('afschermen is gratis', 'shielding is free', {
    weights: becomesFalse('right-narrowed'),
  }),
  'telecom.shieldedNumbers.recipients': field('aan wie het nummer gaat', 'to whom the number goes'),
  'telecom.shieldedNumbers.numberOnly': field('alleen het nummer gaat door', 'only the number is passed on', {
    weights: becomesFalse('new-recipient'),
  }),
  'reasons[].rule': field('regel van de toetser', 'rule of the linter'),
  'reasons[].path': field('plaats', 'place'),
  'reasons[].text': field('reden', 'reason'),
};

export const claimLists: Lists = {
  measures: list(
    { nl: 'Nieuwe maatregel: {where}', en: 'New measure: {where}' },
    { nl: 'Maatregel vervalt: {where}', en: 'Measure withdrawn: {where}' },
    { weights: goes('promise-weaker') },
  ),
  'measures[].shownBy': list(
    { nl: '{where}: nieuw bewijs', en: '{where}: new proof' },
    { nl: '{where}: bewijs vervalt', en: '{where}: proof no longer there' },
    { key: (item) => String(item['control']), name: (item) => String((item as Item)['control']) },
  ),
  claims: list(
    { nl: 'Nieuwe bewering: {where}', en: 'New assertion: {where}' },
    { nl: 'Bewering vervalt: {where}', en: 'Assertion withdrawn: {where}' },
    {
      weights: [
        ...goes('promise-weaker'),
        ...when(
          'it is added and says that machines decide',
          ({ before, after }) => before === undefined && (after as Item)['kind'] === 'automated-decisions',
          'automated-decision',
        ),
      ],
    },
  ),
  'cookies.list': list(
    { nl: 'Nieuwe cookie: {where}', en: 'New cookie: {where}' },
    { nl: 'Cookie vervalt: {where}', en: 'Cookie no longer used: {where}' },
    {
      key: (item) => String(item['name']),
      name: (item) => String((item as Item)['name']),
      weights: when(
        'it is added and is not strictly necessary',
        ({ before, after }) => before === undefined && (after as Item)['kind'] !== 'necessary',
        'new-data',
      ),
    },
  ),
  'telecom.traffic': list(
    { nl: 'Nieuwe verkeersgegevens: {where}', en: 'New traffic data: {where}' },
    { nl: 'Verkeersgegevens niet meer gebruikt: {where}', en: 'Traffic data no longer used: {where}' },
    { key: (item) => String(item['purpose']), named: false, weights: comes('new-data') },
  ),
  reasons: list(
    { nl: 'Nieuwe reden bij de toetser: {where}', en: 'New reason for the linter: {where}' },
    { nl: 'Reden bij de toetser vervalt: {where}', en: 'Reason for the linter withdrawn: {where}' },
    {
      key: (item) => [item['rule'], item['path']].filter(Boolean).join(' '),
      named: false,
      name: (item) => [(item as Item)['rule'], (item as Item)['path']].filter(Boolean).join(' '),
    },
  ),
};
