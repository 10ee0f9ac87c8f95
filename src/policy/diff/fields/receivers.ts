/** Who receives data, where it may be, and for whom the organisation works. */
import {
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
import { country, day, mechanism, named, plain, textOf, word } from '../words.ts';

const agreement = (prefix: string): Fields => ({
  [`${prefix}.id`]: field('sleutel van de overeenkomst', 'id of the agreement'),
  [`${prefix}.signed`]: field('overeenkomst getekend op', 'agreement signed on', { show: day }),
  [`${prefix}.until`]: field('overeenkomst loopt tot', 'agreement runs until', { show: day }),
  [`${prefix}.document`]: field('overeenkomst', 'agreement'),
  [`${prefix}.clauses`]: field('bepalingen van de overeenkomst', 'clauses of the agreement'),
  [`${prefix}.clauses[].clause`]: field('bepaling', 'clause'),
  [`${prefix}.clauses[].at`]: field('plaats in de overeenkomst', 'place in the agreement'),
  [`${prefix}.clauses[].quote`]: field('aanhaling', 'quotation'),
  [`${prefix}.clauses[].reviewer`]: field('wie de bepaling bekeek', 'who looked at the clause'),
  [`${prefix}.breachHours`]: field('uren om een datalek te melden', 'hours to report a breach'),
});

const clauseList = list(
  { nl: '{where}: bepaling in de overeenkomst erbij', en: '{where}: clause of the agreement added' },
  { nl: '{where}: bepaling in de overeenkomst vervalt', en: '{where}: clause of the agreement removed' },
  { key: (item) => String(item['clause']), name: (item) => String((item as Item)['clause']) },
);

const outside = when(
  'it lies outside the EEA',
  ({ after, eea }) => typeof after === 'string' && !eea.includes(after),
  'outside-eea',
);

export const receiverFields: Fields = {
  'recipients[].id': field('sleutel', 'id'),
  'recipients[].promise': field('nummer van de belofte', 'number of the promise'),
  'recipients[].text': wording,
  'recipients[].name': field('naam van de ontvanger', 'name of the recipient', {
    weights: when(
      'another one takes the place',
      ({ before, after }) => before !== undefined && after !== undefined,
      'new-recipient',
    ),
  }),
  'recipients[].role': field('rol', 'role', { show: word, weights: changed('role') }),
  'recipients[].country': field('land', 'country', { show: country, weights: outside }),
  'recipients[].data': field('gegevens', 'data', {
    show: named('data'),
    weights: comes('new-recipient'),
    added: { nl: '{where} krijgt ook: {after}', en: '{where} also gets: {after}' },
    removed: { nl: '{where} krijgt niet meer: {before}', en: '{where} no longer gets: {before}' },
  }),
  'recipients[].inStatement': field('staat in de verklaring', 'named in the statement'),
  ...agreement('recipients[].agreement'),
  'recipients[].transfer': field('doorgifte', 'transfer', { weights: changed('transfer') }),
  'recipients[].transfer.mechanism': field('grond voor de doorgifte', 'mechanism of the transfer', {
    show: mechanism,
    weights: changed('transfer'),
  }),
  'recipients[].transfer.participant': field('valt onder het besluit', 'falls under the decision', {
    weights: changed('transfer'),
  }),
  'recipients[].transfer.copy': field(
    'hoe u een kopie van de waarborgen krijgt',
    'how to get a copy of the safeguards',
    { weights: goes('right-narrowed') },
  ),
  'recipients[].transfer.assessment.document': field('toets van de doorgifte', 'assessment of the transfer'),
  'recipients[].transfer.assessment.date': field('datum van de toets', 'date of the assessment', { show: day }),
  'recipients[].transfer.assessment.until': field('einddatum van de toets', 'end of the assessment', { show: day }),
  'clients[].id': field('sleutel', 'id'),
  'clients[].promise': field('nummer van de belofte', 'number of the promise'),
  'clients[].name': field('naam van de klant', 'name of the client'),
  'clients[].post': field('postadres van de klant', 'post address of the client'),
  'clients[].email': field('e-mailadres van de klant', 'e-mail address of the client'),
  'clients[].dpo': field('functionaris van de klant', 'officer of the client'),
  'clients[].representative': field('vertegenwoordiger van de klant', 'representative of the client'),
  'clients[].processing': field('wat wij voor deze klant doen', 'what we do for this client'),
  ...agreement('clients[].agreement'),
  // Art. 28(2): the client is told of a new sub-processor and can object.
  'clients[].subProcessors': field('subverwerker', 'sub-processor', {
    show: named('recipients'),
    weights: comes('new-recipient'),
    added: { nl: '{where}: nieuwe subverwerker: {after}', en: '{where}: new sub-processor: {after}' },
    removed: { nl: '{where}: subverwerker vervalt: {before}', en: '{where}: sub-processor no longer used: {before}' },
  }),
  'locations.allowed': field('waar gegevens mogen staan', 'where data may be', {
    whole: true,
    show: country,
    weights: [
      ...when(
        'one of them was not among them, nor in the EEA where that was',
        (seen) => newPlaces(seen).length > 0,
        'location',
      ),
      ...when(
        'a new one lies outside the EEA',
        (seen) => newPlaces(seen).some((one) => one !== 'EEA' && !seen.eea.includes(one)),
        'outside-eea',
      ),
    ],
    changed: { nl: 'Waar gegevens mogen staan: {before} → {after}', en: 'Where data may be: {before} → {after}' },
  }),
  'locations.promise': field('nummer van de belofte over de plaats', 'number of the promise on the place'),
  'locations.text': field('woorden over de plaats', 'wording on the place'),
  'disclosures[].id': field('sleutel', 'id'),
  'disclosures[].promise': field('nummer van de belofte', 'number of the promise'),
  'disclosures[].kind': field('aan wie', 'to whom', { show: word, weights: changed('new-recipient') }),
  'disclosures[].text': wording,
};

export const receiverLists: Lists = {
  recipients: list(
    { nl: 'Nieuwe ontvanger: {where}', en: 'New recipient: {where}' },
    { nl: 'Niet langer ontvanger: {where}', en: 'No longer a recipient: {where}' },
    {
      full: (item, policy, language) => {
        const one = item as Item;
        const where = [word(one['role'], policy, language), country(one['country'], policy, language)].join(', ');
        return `${textOf(one, language)} (${where})`;
      },
      weights: [
        ...comes('new-recipient'),
        ...when(
          'it is added and lies outside the EEA',
          ({ before, after, eea }) => before === undefined && !eea.includes(String((after as Item)['country'])),
          'outside-eea',
        ),
      ],
    },
  ),
  'recipients[].agreement.clauses': clauseList,
  clients: list(
    { nl: 'Nieuwe klant voor wie wij verwerken: {where}', en: 'New client for whom we process: {where}' },
    { nl: 'Klant voor wie wij niet meer verwerken: {where}', en: 'Client for whom we no longer process: {where}' },
    { name: (item) => String((item as Item)['name']) },
  ),
  'clients[].agreement.clauses': clauseList,
  disclosures: list(
    { nl: 'Gegevens kunnen nu ook doorgaan: {where}', en: 'Data may now also pass on: {where}' },
    { nl: 'Gegevens gaan niet meer door: {where}', en: 'Data no longer passes on: {where}' },
    {
      name: (item, policy, language) => plain((item as Item)['text'], policy, language),
      weights: comes('new-recipient'),
    },
  ),
};

/** Where data could not be before: the Netherlands are nothing new to whom the whole EEA was told. */
function newPlaces({ before, after, eea }: Seen): string[] {
  const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
  const was = list(before);
  return list(after).filter((one) => !was.includes(one) && !(was.includes('EEA') && eea.includes(one)));
}
