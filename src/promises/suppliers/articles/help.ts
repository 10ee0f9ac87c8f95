/** Help, the end, audits, and what the parties settle themselves. */
import { termText } from '../../../policy/phrases.ts';
import { choice, frame, law, type Article } from './article.ts';

export const help: readonly Article[] = [
  {
    clause: 'rights-help',
    title: { nl: 'Hulp bij rechten van mensen', en: 'Help with rights of people' },
    body: () => [
      {
        say: [
          law(
            'Verwerker helpt Opdrachtgever, met passende technische en organisatorische maatregelen, om te antwoorden aan wie zijn gegevens wil inzien, verbeteren, wissen, beperken of meenemen, of bezwaar maakt.',
            'The Processor helps the Client, by fitting technical and organisational measures, to answer those who want to see, correct, erase, restrict or take along their data, or who object.',
          ),
          frame(
            'Een verzoek dat bij Verwerker binnenkomt gaat zonder uitstel naar Opdrachtgever; Verwerker antwoordt niet zelf.',
            'A request that reaches the Processor goes to the Client without delay; the Processor does not answer it itself.',
          ),
        ],
      },
    ],
  },
  {
    clause: 'duties-help',
    title: { nl: 'Datalekken en andere hulp', en: 'Breaches and other help' },
    body: ({ client, breachHours }) => [
      {
        say: [
          law(
            'Verwerker helpt Opdrachtgever bij de beveiliging, de melding van datalekken, een effectbeoordeling (DPIA) en een voorafgaande raadpleging: de plichten van artikel 32 tot en met 36 AVG.',
            'The Processor helps the Client with security, the notification of breaches, an impact assessment (DPIA) and a prior consultation: the duties of Articles 32 to 36 GDPR.',
          ),
        ],
      },
      {
        say: [
          ...(breachHours === null
            ? [
                law(
                  'Een datalek meldt hij zonder onredelijke vertraging, en uiterlijk zoveel uur nadat hij het ontdekt:',
                  'It reports a breach without undue delay, and at the latest so many hours after it becomes aware:',
                ),
                choice('aantal uren, minder dan 72', 'number of hours, fewer than 72'),
              ]
            : [
                {
                  text: {
                    nl: `Een datalek meldt hij zonder onredelijke vertraging, en uiterlijk ${breachHours} uur nadat hij het ontdekt.`,
                    en: `It reports a breach without undue delay, and at the latest ${breachHours} hours after it becomes aware.`,
                  },
                  from: `clients.${client.id}.agreement.breachHours`,
                },
              ]),
          law(
            'De melding zegt wat er is gebeurd, welke gegevens en hoeveel mensen het raakt, wat de gevolgen kunnen zijn, wat eraan is gedaan en wie meer weet; wat nog niet bekend is volgt zo snel mogelijk.',
            'The report says what happened, which data and how many people are affected, what may follow, what was done about it and who knows more; what is not known yet follows as soon as possible.',
          ),
          frame(
            'Opdrachtgever beslist of het aan de toezichthouder en aan de betrokkenen wordt gemeld.',
            'The Client decides whether the supervisory authority and the data subjects are told.',
          ),
        ],
      },
    ],
  },
  {
    clause: 'return-or-delete',
    title: { nl: 'Teruggeven of wissen', en: 'Return or deletion' },
    body: ({ backups }) => [
      {
        say: [
          law(
            'Aan het einde geeft Verwerker alle gegevens terug of wist hij ze, naar keuze van Opdrachtgever, en wist hij elke kopie die er is.',
            'At the end the Processor returns all data or deletes it, as the Client chooses, and deletes every copy that exists.',
          ),
          backups
            ? {
                text: {
                  nl: `Uit de back-ups zijn zij verdwenen na ${termText(backups.gone).nl}.`,
                  en: `They are out of the backups after ${termText(backups.gone).en}.`,
                },
                from: backups.from,
              }
            : choice(
                'tijd waarna de gegevens ook uit de back-ups zijn',
                'time after which the data is out of the backups too',
              ),
          law(
            'Alleen wat Europees of nationaal recht hem verplicht te bewaren blijft, en alleen daarvoor.',
            'Only what Union or national law obliges it to keep remains, and only for that.',
          ),
          frame('Hij bevestigt schriftelijk dat het is gedaan.', 'It confirms in writing that this was done.'),
        ],
      },
    ],
  },
  {
    clause: 'audits',
    title: { nl: 'Informatie en controle', en: 'Information and audits' },
    body: () => [
      {
        say: [
          law(
            'Verwerker geeft Opdrachtgever alle informatie die laat zien dat artikel 28 AVG wordt nageleefd.',
            'The Processor gives the Client all information that shows that Article 28 GDPR is complied with.',
          ),
          law(
            'Hij laat controles en inspecties toe door Opdrachtgever of door een controleur die deze aanwijst, en werkt eraan mee.',
            'It allows audits and inspections by the Client or by an auditor that the Client appoints, and contributes to them.',
          ),
          law(
            'Vindt hij een instructie in strijd met de AVG of met ander privacyrecht, dan zegt hij dat meteen.',
            'When it finds an instruction to infringe the GDPR or other data protection law, it says so at once.',
          ),
        ],
      },
    ],
  },
  {
    clause: null,
    title: { nl: 'Kosten en aansprakelijkheid', en: 'Costs and liability' },
    body: () => [
      {
        say: [
          choice('wie de kosten van hulp en van controles draagt', 'who bears the costs of help and of audits'),
          choice(
            'aansprakelijkheid tussen partijen, met of zonder grens',
            'liability between the parties, with or without a limit',
          ),
        ],
      },
      {
        say: [
          law(
            'Tegenover de mensen om wie het gaat verandert deze overeenkomst niets aan artikel 82 AVG.',
            'This agreement changes nothing in Article 82 GDPR for the people concerned.',
          ),
        ],
      },
    ],
  },
  {
    clause: 'in-writing',
    title: { nl: 'Vorm, wijziging en recht', en: 'Form, changes and law' },
    body: () => [
      {
        say: [
          law(
            'Deze overeenkomst is schriftelijk, op papier of elektronisch, en kan alleen zo worden gewijzigd.',
            'This agreement is in writing, on paper or electronically, and can be changed only in that way.',
          ),
          frame(
            'Zegt het hoofdcontract iets anders over persoonsgegevens, dan gaat deze overeenkomst voor.',
            'Where the main contract says otherwise about personal data, this agreement prevails.',
          ),
          choice('toepasselijk recht en bevoegde rechter', 'governing law and competent court'),
        ],
      },
    ],
  },
];
