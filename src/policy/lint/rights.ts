/** E: what a person may ask, and where. */
import type { Text } from '../../base/language.ts';
import { hit, unless, type Facts, type Rule } from './rule.ts';

type Right = NonNullable<Facts['policy']['rights']>['list'][number]['right'];

const has = ({ policy }: Facts, right: Right): boolean =>
  policy.rights?.list.some((one) => one.right === right) === true;

function present(id: string, article: string, cite: string, right: Right, name: Text): Rule {
  return {
    id,
    article: `GDPR art. 13(2)(b), ${article}`,
    severity: 'E',
    cites: ['gdpr-13', cite],
    title: { nl: `Het recht op ${name.nl} staat erin`, en: `The right to ${name.en} is there` },
    advice: { nl: `Voeg { right: ${right} } toe aan "rights.list".`, en: `Add { right: ${right} } to "rights.list".` },
    check: (facts) =>
      unless(
        has(facts, right),
        ['rights', 'list'],
        `Het recht op ${name.nl} (artikel ${article}) ontbreekt: voeg { right: ${right} } toe aan "rights.list".`,
        `The right to ${name.en} (Article ${article}) is missing: add { right: ${right} } to "rights.list".`,
      ),
  };
}

const objectable = ({ policy }: Facts): boolean =>
  policy.purposes.some(
    (one) =>
      one.role === 'controller' &&
      (one.marketing || one.basis.includes('legitimate-interests') || one.basis.includes('public-task')),
  );

export const rights: readonly Rule[] = [
  present('GST-E01', '15', 'gdpr-15', 'access', { nl: 'inzage', en: 'access' }),
  present('GST-E02', '16', 'gdpr-16', 'rectification', { nl: 'verbetering', en: 'rectification' }),
  present('GST-E03', '17', 'gdpr-17', 'erasure', { nl: 'wissing', en: 'erasure' }),
  present('GST-E04', '18', 'gdpr-18', 'restriction', { nl: 'beperking', en: 'restriction' }),
  present('GST-E05', '21', 'gdpr-21', 'objection', { nl: 'bezwaar', en: 'object' }),
  present('GST-E06', '20', 'gdpr-20', 'portability', { nl: 'overdracht', en: 'portability' }),
  {
    id: 'GST-E07',
    article: 'GDPR art. 20',
    severity: 'I',
    cites: ['gdpr-20'],
    title: { nl: 'Overdracht geldt niet altijd', en: 'Portability does not always hold' },
    advice: { nl: 'Zeg dat het geldt bij toestemming en contract.', en: 'Say that it holds for consent and contract.' },
    check: (facts) =>
      unless(
        !has(facts, 'portability') || facts.policy.rights?.portabilityLimited === true,
        ['rights', 'portabilityLimited'],
        'Overdracht geldt alleen bij toestemming of een contract: laat "portabilityLimited" op true staan.',
        'Portability holds for consent and contract only: leave "portabilityLimited" true.',
      ),
  },
  {
    id: 'GST-E08',
    article: 'GDPR art. 21(4)',
    severity: 'E',
    cites: ['gdpr-21'],
    title: { nl: 'Bezwaar staat apart', en: 'Objection stands apart' },
    advice: {
      nl: 'Zet het recht van bezwaar in een eigen, zichtbaar blok.',
      en: 'Put the right to object in a visible block of its own.',
    },
    check: (facts) =>
      unless(
        !objectable(facts) || facts.policy.rights?.objection?.ownBlock === true,
        ['rights', 'objection'],
        'Het recht van bezwaar moet apart van al het andere staan: zet "rights.objection.ownBlock" op true.',
        'The right to object must stand apart from all the rest: set "rights.objection.ownBlock" to true.',
      ),
  },
  {
    id: 'GST-E09',
    article: 'GDPR art. 21(1)-(3)',
    severity: 'W',
    cites: ['gdpr-21'],
    title: { nl: 'Bezwaar zonder drempel', en: 'Objection without a threshold' },
    advice: {
      nl: 'De organisatie moet aantonen waarom zij toch doorgaat; bij reclame stopt zij altijd.',
      en: 'The organisation must show why it goes on all the same; for marketing it always stops.',
    },
    check: ({ policy }) => {
      const objection = policy.rights?.objection;
      if (!objection) return [];
      const marketing = policy.purposes.some((one) => one.marketing);
      return [
        ...unless(
          !objection.subjectMustShow,
          ['rights', 'objection', 'subjectMustShow'],
          'De tekst legt het bewijs bij de betrokkene; de wet legt het bij u: zet "subjectMustShow" op false en pas de tekst aan.',
          'The text puts the burden on the person; the law puts it on you: set "subjectMustShow" to false and change the text.',
        ),
        ...unless(
          !marketing || objection.marketingAlways,
          ['rights', 'objection', 'marketingAlways'],
          'Bezwaar tegen reclame wordt altijd gevolgd: zet "marketingAlways" op true.',
          'Objection to marketing is always honoured: set "marketingAlways" to true.',
        ),
      ];
    },
  },
  {
    id: 'GST-E10',
    article: 'GDPR art. 13(2)(c), 7(3)',
    severity: 'E',
    cites: ['gdpr-7', 'gdpr-13'],
    title: { nl: 'Toestemming intrekken', en: 'Withdrawing consent' },
    advice: {
      nl: 'Noem het recht en een weg die even makkelijk is als het geven.',
      en: 'Name the right and a way as easy as giving it.',
    },
    check: (facts) => {
      const { policy } = facts;
      const asks = policy.purposes.some((one) => one.role === 'controller' && one.basis.includes('consent'));
      return unless(
        !asks || (has(facts, 'withdrawal') && policy.rights?.withdrawal !== undefined),
        ['rights'],
        'Er wordt toestemming gevraagd en nergens staat hoe iemand die intrekt: voeg { right: withdrawal } en "rights.withdrawal.channel" toe.',
        'Consent is asked and nothing says how to take it back: add { right: withdrawal } and "rights.withdrawal.channel".',
      );
    },
  },
  {
    id: 'GST-E11',
    article: 'GDPR art. 13(2)(d), 77',
    severity: 'E',
    cites: ['gdpr-13', 'gdpr-77'],
    title: { nl: 'Waar iemand kan klagen', en: 'Where a person can complain' },
    advice: {
      nl: 'Noem de Autoriteit Persoonsgegevens met haar website.',
      en: 'Name the supervisory authority with its website.',
    },
    check: ({ policy }) =>
      unless(
        policy.complaint !== undefined &&
          (policy.organisation.country !== 'NL' || /autoriteit persoonsgegevens/i.test(policy.complaint.authority)),
        policy.complaint ? ['complaint', 'authority'] : ['organisation'],
        'Er staat niet dat iemand bij de Autoriteit Persoonsgegevens kan klagen: voeg "complaint.authority" toe.',
        'Nothing says that a person can complain to the Autoriteit Persoonsgegevens: add "complaint.authority".',
      ),
  },
  {
    id: 'GST-E12',
    article: 'GDPR art. 12(2)-(3)',
    severity: 'W',
    cites: ['gdpr-12'],
    title: { nl: 'Hoe iemand een recht gebruikt', en: 'How a person uses a right' },
    advice: {
      nl: 'Noem de weg en de termijn van een maand, en vraag niet standaard een kopie van een identiteitsbewijs.',
      en: 'Name the way and the term of one month, and do not ask an ID copy by default.',
    },
    check: ({ policy: { rights: said } }) => [
      ...unless(
        said !== undefined && said.channels.length > 0,
        ['rights'],
        'Er staat niet hoe iemand een verzoek doet: voeg "rights.channels" toe.',
        'Nothing says how to make a request: add "rights.channels".',
      ),
      ...unless(
        said?.answerWithin === 'P1M',
        ['rights', 'answerWithin'],
        'Er staat niet dat het antwoord binnen een maand komt: zet "rights.answerWithin" op P1M.',
        'Nothing says that the answer comes within a month: set "rights.answerWithin" to P1M.',
      ),
      ...unless(
        said?.idCopy === 'never' || said?.idCopy === 'last-resort',
        ['rights', 'idCopy'],
        'Vraag niet standaard een kopie van een identiteitsbewijs: zet "rights.idCopy" op never of last-resort.',
        'Do not ask an ID copy by default: set "rights.idCopy" to never or last-resort.',
      ),
    ],
  },
  {
    id: 'GST-E13',
    article: 'GDPR art. 79(2)',
    severity: 'W',
    cites: ['gdpr-79'],
    title: { nl: 'De rechter in de eigen woonplaats', en: "The court of one's own residence" },
    advice: { nl: 'Sluit die rechter niet uit.', en: 'Do not exclude that court.' },
    check: ({ policy }) =>
      policy.publication?.forum?.excludesResidence === true
        ? [
            hit(
              ['publication', 'forum'],
              'Iemand mag altijd naar de rechter in de eigen woonplaats: pas de tekst aan en zet "excludesResidence" op false.',
              'A person may always go to the court where he or she lives: change the text and set "excludesResidence" to false.',
            ),
          ]
        : [],
  },
];
