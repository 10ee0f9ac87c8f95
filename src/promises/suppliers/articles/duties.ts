/** What both parties owe: instructions, confidentiality, security, sub-processors, place. */
import { countryWords } from '../../../base/wording.ts';
import type { Recipient } from '../../../policy/index.ts';
import { countryText, mechanismText } from '../../../policy/phrases.ts';
import { choice, frame, law, type Article } from './article.ts';

export const duties: readonly Article[] = [
  {
    clause: 'controller-rights',
    title: { nl: 'Rechten en plichten van Opdrachtgever', en: 'Rights and obligations of the Client' },
    body: () => [
      {
        say: [
          law(
            'Opdrachtgever blijft verantwoordelijk: hij zorgt voor een grondslag, voor juiste gegevens en voor uitleg aan de betrokkenen.',
            'The Client remains responsible: it sees to a legal basis, to correct data and to information for the data subjects.',
          ),
          law(
            'Hij mag instructies geven, om hulp en informatie vragen en laten controleren, zoals hierna staat.',
            'It may give instructions, ask for help and information, and have audits done, as set out below.',
          ),
          frame(
            'Hij levert geen andere soorten gegevens aan dan artikel 4 noemt zonder dat partijen dat eerst hebben vastgelegd.',
            'It supplies no other types of data than Article 4 names before the parties have put that in writing.',
          ),
        ],
      },
    ],
  },
  {
    clause: 'instructions',
    title: { nl: 'Instructies', en: 'Instructions' },
    body: () => [
      {
        say: [
          law(
            'Verwerker verwerkt de gegevens alleen op schriftelijke instructie van Opdrachtgever.',
            'The Processor processes the data only on documented instructions from the Client.',
          ),
          frame(
            'Deze overeenkomst is de eerste instructie; een e-mail telt als schriftelijk.',
            'This agreement is the first instruction; an e-mail counts as documented.',
          ),
          law(
            'Dat geldt ook voor doorgifte naar een land buiten de Europese Economische Ruimte en naar een internationale organisatie.',
            'This includes transfers to a country outside the European Economic Area and to an international organisation.',
          ),
          law(
            'Verplicht Europees of nationaal recht hem tot iets anders, dan meldt hij dat vooraf, tenzij dat recht de melding verbiedt om gewichtige redenen van algemeen belang.',
            'If Union or national law obliges it to do otherwise, it tells the Client beforehand, unless that law forbids this on important grounds of public interest.',
          ),
        ],
      },
    ],
  },
  {
    clause: 'confidentiality',
    title: { nl: 'Geheimhouding', en: 'Confidentiality' },
    body: () => [
      {
        say: [
          law(
            'Alleen wie de gegevens voor zijn werk nodig heeft kan erbij, en ieder van hen is door een verklaring of door de wet tot geheimhouding verplicht.',
            'Only those who need the data for their work can reach it, and each of them is bound to confidentiality by a declaration or by law.',
          ),
        ],
      },
    ],
  },
  {
    clause: 'security',
    title: { nl: 'Beveiliging', en: 'Security' },
    body: ({ measures }) => [
      {
        say: [
          law(
            'Verwerker neemt de maatregelen die artikel 32 AVG vraagt, en houdt ze op peil.',
            'The Processor takes the measures that Article 32 GDPR demands, and keeps them up.',
          ),
          ...(measures.length === 0
            ? [choice('de technische en organisatorische maatregelen', 'the technical and organisational measures')]
            : [
                {
                  text: {
                    nl: 'Het zijn ten minste deze:',
                    en: 'They are at least these:',
                  },
                  from: 'measures',
                },
              ]),
        ],
      },
      ...(measures.length === 0
        ? []
        : [{ list: measures.map(({ id, text }) => ({ text, from: `measures.${id}.text` })) }]),
      {
        say: [
          frame(
            'Hij mag een maatregel vervangen door een die ten minste even goed beschermt, en meldt dat.',
            'It may replace a measure by one that protects at least as well, and tells the Client.',
          ),
        ],
      },
    ],
  },
  {
    clause: 'sub-processors',
    title: { nl: 'Subverwerkers', en: 'Sub-processors' },
    body: ({ client, subProcessors }) => [
      subProcessors.length === 0
        ? {
            say: [
              {
                text: {
                  nl: 'Bij het tekenen schakelt Verwerker geen subverwerkers in.',
                  en: 'At the time of signing the Processor engages no sub-processors.',
                },
                from: `clients.${client.id}.subProcessors`,
              },
            ],
          }
        : {
            say: [
              {
                text: {
                  nl: 'Opdrachtgever geeft toestemming voor deze subverwerkers:',
                  en: 'The Client authorises these sub-processors:',
                },
                from: `clients.${client.id}.subProcessors`,
              },
            ],
          },
      ...(subProcessors.length === 0
        ? []
        : [
            {
              list: subProcessors.map((one) => ({
                from: `recipients.${one.id}`,
                text: { nl: named(one, 'nl'), en: named(one, 'en') },
              })),
            },
            // Whoever may object must know against whom (Art. 28(2)).
            ...(subProcessors.every((one) => one.name !== undefined)
              ? []
              : [
                  {
                    say: [
                      choice(
                        'naam, adres en bereikbaarheid van elke subverwerker',
                        'name, address and contact details of each sub-processor',
                      ),
                    ],
                  },
                ]),
          ]),
      {
        say: [
          law(
            'Voor een andere subverwerker geeft Opdrachtgever algemene toestemming: Verwerker meldt toevoeging of vervanging vooraf, met zoveel dagen tijd voor bezwaar:',
            'For any other sub-processor the Client gives general authorisation: the Processor announces an addition or replacement beforehand, with so many days to object:',
          ),
          choice('aantal dagen', 'number of days'),
        ],
      },
      {
        say: [
          law(
            'Maakt Opdrachtgever bezwaar, dan krijgt die subverwerker zijn gegevens niet.',
            'If the Client objects, that sub-processor does not get its data.',
          ),
          law(
            'Verwerker legt elke subverwerker in een overeenkomst dezelfde plichten op.',
            'The Processor lays the same obligations on each sub-processor in an agreement.',
          ),
          law(
            'Doet een subverwerker zijn plicht niet, dan blijft Verwerker tegenover Opdrachtgever volledig aansprakelijk.',
            'When a sub-processor fails in its obligations, the Processor remains fully liable to the Client.',
          ),
        ],
      },
    ],
  },
  {
    clause: null,
    title: { nl: 'Plaats', en: 'Location' },
    body: ({ locations }) => [
      {
        say: [
          {
            text: {
              nl: `De gegevens blijven in ${places(locations.allowed, 'nl')}.`,
              en: `The data stays in ${places(locations.allowed, 'en')}.`,
            },
            from: 'locations.allowed',
          },
          law(
            'Daarbuiten gaan zij alleen na een schriftelijke instructie, en buiten de Europese Economische Ruimte alleen met een middel van hoofdstuk V AVG.',
            'It goes elsewhere only on a documented instruction, and outside the European Economic Area only by a mechanism of chapter V GDPR.',
          ),
        ],
      },
    ],
  },
];

/** Who it is, where, and by which mechanism data goes there when that is outside the EEA. */
function named(one: Recipient, language: 'nl' | 'en'): string {
  const { mechanism } = one.transfer ?? {};
  const where = [
    countryText(one.country, language),
    ...(mechanism === undefined ? [] : [mechanismText(mechanism)[language]]),
  ].join('; ');
  return `${one.name === undefined ? '' : `${one.name}: `}${one.text[language]} (${where})`;
}

function places(allowed: readonly string[], language: 'nl' | 'en'): string {
  const names = allowed.map((one) =>
    one === 'EEA'
      ? { nl: 'de Europese Economische Ruimte', en: 'the European Economic Area' }[language]
      : countryWords(one)[language],
  );
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
}
