/** What is processed, for whom, how long, of whom. */
import { kindsOfData } from '../../../policy/phrases.ts';
import { choice, frame, law, type Article } from './article.ts';

export const what: readonly Article[] = [
  {
    clause: 'subject-matter',
    title: { nl: 'Onderwerp', en: 'Subject matter' },
    body: ({ organisation, client }) => [
      {
        say: [
          {
            text: {
              nl: `Deze overeenkomst gaat over persoonsgegevens die ${organisation.name} (Verwerker) verwerkt voor ${client.name} (Opdrachtgever).`,
              en: `This agreement is about personal data that ${organisation.name} (the Processor) processes for ${client.name} (the Client).`,
            },
            from: 'organisation.name',
          },
          {
            text: {
              nl: `Het gaat om: ${lower(client.processing.nl)}.`,
              en: `It concerns: ${lower(client.processing.en)}.`,
            },
            from: `clients.${client.id}.processing`,
          },
          law(
            'Opdrachtgever bepaalt het doel en de middelen en is verwerkingsverantwoordelijke; Verwerker handelt voor hem.',
            'The Client decides on the purpose and the means and is the controller; the Processor acts on its behalf.',
          ),
          // The lists below are the Processor's own words, from its policy.
          frame(
            'Waar een lijst in deze overeenkomst "wij" of "ons" zegt, is dat Verwerker. Een "klant" is daar Opdrachtgever.',
            'Where a list in this agreement says "we" or "us", that is the Processor. A "client" is the Client there.',
          ),
        ],
      },
      {
        say: [
          frame('Zij hoort bij het hoofdcontract over de dienst:', 'It belongs to the main contract for the service:'),
          choice('naam en datum van het hoofdcontract', 'name and date of the main contract'),
        ],
      },
    ],
  },
  {
    clause: 'duration',
    title: { nl: 'Duur', en: 'Duration' },
    body: () => [
      {
        say: [
          law(
            'De overeenkomst begint als beide partijen hebben getekend, en duurt zolang Verwerker gegevens van Opdrachtgever heeft.',
            'The agreement starts when both parties have signed, and lasts as long as the Processor has data of the Client.',
          ),
          frame(
            'Eindigt het hoofdcontract eerder, dan geldt zij door tot artikel 14 is uitgevoerd.',
            'If the main contract ends before, it remains in force until Article 14 has been carried out.',
          ),
          frame(
            'De geheimhouding van artikel 8 blijft ook daarna gelden.',
            'The confidentiality of Article 8 remains after that.',
          ),
        ],
      },
    ],
  },
  {
    clause: 'nature-and-purpose',
    title: { nl: 'Aard en doel', en: 'Nature and purpose' },
    body: ({ purposes }) => [
      {
        say: [
          law('Verwerker verwerkt de gegevens alleen hiervoor:', 'The Processor processes the data only for this:'),
        ],
      },
      { list: purposes.map(({ id, text }) => ({ text, from: `purposes.${id}.text` })) },
      {
        say: [
          law(
            'Hij gebruikt ze niet voor een eigen doel en geeft ze aan niemand anders dan deze overeenkomst toestaat.',
            'It does not use the data for a purpose of its own and gives it to nobody but those whom this agreement allows.',
          ),
        ],
      },
    ],
  },
  {
    clause: 'data-types',
    title: { nl: 'Persoonsgegevens', en: 'Personal data' },
    body: ({ data }) => [
      { say: [law('Het gaat om deze soorten persoonsgegevens:', 'These types of personal data are concerned:')] },
      {
        list: data.map(({ id, text, kind }) => ({
          from: `data.${id}.text`,
          text:
            kind === 'ordinary'
              ? text
              : { nl: `${text.nl} (${kindsOfData[kind].nl})`, en: `${text.en} (${kindsOfData[kind].en})` },
        })),
      },
    ],
  },
  {
    clause: 'subject-categories',
    title: { nl: 'Betrokkenen', en: 'Data subjects' },
    body: ({ subjects }) => [
      { say: [law('Het zijn gegevens van deze groepen mensen:', 'The data is of these groups of people:')] },
      { list: subjects.map(({ id, text }) => ({ text, from: `subjects.${id}.text` })) },
    ],
  },
];

/** "Bewaren en beheren" in the middle of a sentence; an abbreviation keeps its capitals. */
function lower(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
