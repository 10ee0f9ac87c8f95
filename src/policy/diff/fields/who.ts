/** The statement itself, the organisation, those beside it, its officer, and the people whose data it has. */
import { becomesTrue, changed, comes, field, goes, list, when, wording, type Fields, type Lists } from '../field.ts';
import { country, day, word } from '../words.ts';

const address = (prefix: string, nl: string, en: string): Fields => ({
  [`${prefix}.name`]: field(`naam ${nl}`, `name ${en}`, { weights: changed('contact') }),
  [`${prefix}.post`]: field(`postadres ${nl}`, `post address ${en}`, { weights: changed('contact') }),
  [`${prefix}.email`]: field(`e-mailadres ${nl}`, `e-mail address ${en}`, { weights: changed('contact') }),
  [`${prefix}.phone`]: field(`telefoonnummer ${nl}`, `telephone number ${en}`, { weights: changed('contact') }),
});

export const whoFields: Fields = {
  gestand: field('versie van de beleidstaal', 'version of the policy language'),
  'publication.promise': field('nummer van de belofte over de verklaring', 'number of the promise on the statement'),
  'publication.version': field('versie van de verklaring', 'version of the statement'),
  'publication.date': field('datum van de verklaring', 'date of the statement', { show: day }),
  'publication.languages': field('taal van de verklaring', 'language of the statement', { show: word }),
  'publication.url': field('plaats van de verklaring', 'place of the statement'),
  'publication.previous': field('plaats van eerdere versies', 'place of earlier versions'),
  'publication.law': field('toepasselijk recht', 'law that applies'),
  'publication.forum.text': field('rechtbank', 'court'),
  'publication.forum.excludesResidence': field(
    'sluit de rechter van uw woonplaats uit',
    'excludes the court where you live',
    { weights: becomesTrue('right-narrowed') },
  ),
  ...address('organisation', 'van de organisatie', 'of the organisation'),
  'organisation.name': field('naam van de organisatie', 'name of the organisation', { weights: changed('controller') }),
  'organisation.promise': field('nummer van de belofte over ons', 'number of the promise on us'),
  'organisation.website': field('website', 'website'),
  'organisation.country': field('land van de organisatie', 'country of the organisation', {
    show: country,
    weights: [
      ...changed('controller'),
      ...when('it lies outside the EEA', ({ after, eea }) => !eea.includes(String(after)), 'outside-eea'),
    ],
  }),
  'organisation.zone': field('tijdzone', 'time zone'),
  'organisation.activity': field('wat de organisatie doet', 'what the organisation does'),
  'organisation.registration': field('nummer in het handelsregister', 'number in the trade register'),
  'organisation.telecomProvider': field('aanbieder van telecom', 'telecom provider'),
  'organisation.publicBody': field('overheidsorgaan', 'public body'),
  'organisation.children.offered': field('dienst voor kinderen onder 16', 'service for children under 16', {
    weights: becomesTrue('new-people'),
  }),
  'organisation.children.text': field('wat er over kinderen staat', 'what is said about children'),
  ...address('representative', 'van de vertegenwoordiger in de EU', 'of the representative in the EU'),
  ...address('jointControllers[]', 'van de medeverantwoordelijke', 'of the joint controller'),
  'jointControllers[].id': field('sleutel', 'id'),
  'jointControllers[].arrangement': field('plaats van de onderlinge regeling', 'place of the arrangement'),
  ...address('dpo', 'van de functionaris', 'of the officer'),
  'dpo.promise': field('nummer van de belofte over de functionaris', 'number of the promise on the officer'),
  'dpo.external': field('functionaris van buiten', 'officer from outside'),
  'dpo.ground': field('waarom er een functionaris is', 'why there is an officer', { show: word }),
  'dpo.groundText': field('uitleg over de functionaris', 'explanation of the officer'),
  'dpo.registration.number': field('aanmeldnummer van de functionaris', 'registration number of the officer'),
  'dpo.registration.date': field('aanmelddatum van de functionaris', 'registration date of the officer', { show: day }),
  'subjects[].id': field('sleutel', 'id'),
  'subjects[].promise': field('nummer van de belofte', 'number of the promise'),
  'subjects[].kind': field('soort mensen', 'kind of people', { show: word }),
  'subjects[].text': wording,
};

export const whoLists: Lists = {
  jointControllers: list(
    { nl: 'Nieuwe medeverantwoordelijke: {where}', en: 'New joint controller: {where}' },
    { nl: 'Niet langer medeverantwoordelijke: {where}', en: 'No longer joint controller: {where}' },
    { weights: [...comes('controller'), ...goes('controller')] },
  ),
  subjects: list(
    { nl: 'Nieuwe groep mensen: {where}', en: 'New group of people: {where}' },
    { nl: 'Geen gegevens meer van: {where}', en: 'No more data of: {where}' },
    { weights: comes('new-people') },
  ),
};
