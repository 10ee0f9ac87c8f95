/** E: what a person may ask, how, and where to complain. */
import type { Text } from '../../../base/language.ts';
import type { Policy } from '../../schema.ts';
import { hit, kept, ownPurposes, unless } from '../facts.ts';
import type { Hit, Rule } from '../model.ts';

type Right = NonNullable<Policy['rights']>['list'][number]['right'];

const has = (policy: Policy, right: Right): boolean => policy.rights?.list.some((one) => one.right === right) === true;

interface Presence {
  readonly id: string;
  readonly article: string;
  readonly right: Right;
  readonly name: Text;
  readonly why: Text;
}

function present({ id, article, right, name, why }: Presence): Rule {
  return {
    id,
    article: `GDPR art. 13(2)(b), ${article}`,
    severity: 'E',
    sources: ['gdpr-13', `gdpr-${article}`],
    title: { nl: `Het recht op ${name.nl} staat erin`, en: `The right ${name.en} is there` },
    why,
    write: {
      nl: `Voeg "- { right: ${right} }" toe aan "rights.list".`,
      en: `Add "- { right: ${right} }" to "rights.list".`,
    },
    check: ({ policy }) =>
      unless(
        has(policy, right),
        ['rights', 'list'],
        `Het recht op ${name.nl} (artikel ${article}) ontbreekt: voeg "- { right: ${right} }" toe aan "rights.list".`,
        `The right ${name.en} (Article ${article}) is missing: add "- { right: ${right} }" to "rights.list".`,
      ),
  };
}

/** Whether anything is done that a person may object to (Art. 21(1), (2)). */
const objectable = (policy: Policy): boolean =>
  ownPurposes(policy).some(
    ({ one }) => one.marketing || one.basis.includes('legitimate-interests') || one.basis.includes('public-task'),
  );

/** Whether consent is asked anywhere: for a purpose, to keep longer, for a cookie, for traffic data. */
const asksConsent = (policy: Policy): boolean =>
  ownPurposes(policy).some(({ one }) => one.basis.includes('consent')) ||
  kept(policy).some(({ one }) => one.extendedBy !== undefined) ||
  (policy.cookies?.list ?? []).some((one) => one.consent) ||
  (policy.telecom?.traffic ?? []).some((one) => one.consent);

/** Whether a term has passed within a month, whichever month it is: the month of Art. 12(3) is a calendar month, never 30 days. */
function withinAMonth(term: string | undefined): boolean {
  if (term === 'P1M') return true;
  const [whole, weeks = 0, days = 0] = /^P(?:(\d+)W)?(?:(\d+)D)?$/.exec(term ?? '') ?? [];
  return whole !== undefined && Number(weeks) * 7 + Number(days) <= 28;
}

export const e: readonly Rule[] = [
  present({
    id: 'GST-E01',
    article: '15',
    right: 'access',
    name: { nl: 'inzage', en: 'of access' },
    why: {
      nl: 'Zonder inzage kan niemand nagaan of het klopt.',
      en: 'Without access nobody can see whether it is right.',
    },
  }),
  present({
    id: 'GST-E02',
    article: '16',
    right: 'rectification',
    name: { nl: 'verbetering', en: 'to rectification' },
    why: { nl: 'Wat niet klopt, moet hersteld kunnen worden.', en: 'What is wrong must be put right.' },
  }),
  present({
    id: 'GST-E03',
    article: '17',
    right: 'erasure',
    name: { nl: 'wissing', en: 'to erasure' },
    why: {
      nl: 'Wat niet langer mag, moet weg als iemand erom vraagt.',
      en: 'What is no longer allowed must go when a person asks.',
    },
  }),
  present({
    id: 'GST-E04',
    article: '18',
    right: 'restriction',
    name: { nl: 'beperking', en: 'to restriction' },
    why: {
      nl: 'Zolang iets betwist wordt, mag het blijven liggen maar niet gebruikt worden.',
      en: 'While something is disputed it may lie there, but not be used.',
    },
  }),
  present({
    id: 'GST-E05',
    article: '21',
    right: 'objection',
    name: { nl: 'bezwaar', en: 'to object' },
    why: {
      nl: 'Tegen gebruik voor uw eigen belang of voor reclame mag iemand nee zeggen.',
      en: 'A person may say no to use for your own interest or for marketing.',
    },
  }),
  present({
    id: 'GST-E06',
    article: '20',
    right: 'portability',
    name: { nl: 'overdracht', en: 'to portability' },
    why: {
      nl: 'Wat iemand zelf gaf, moet mee kunnen naar een ander.',
      en: 'What a person gave must be able to go along to another.',
    },
  }),
  {
    id: 'GST-E07',
    article: 'GDPR art. 20',
    severity: 'I',
    sources: ['gdpr-20'],
    title: { nl: 'Overdracht belooft niet te veel', en: 'Portability does not promise too much' },
    why: {
      nl: 'Overdracht geldt alleen bij toestemming of een contract; wie meer belooft, moet het ook doen.',
      en: 'Portability holds for consent and contract only; whoever promises more must do more.',
    },
    write: {
      nl: 'Laat "rights.portabilityLimited" op true staan, of zeg "in sommige gevallen".',
      en: 'Leave "rights.portabilityLimited" true, or say "in some cases".',
    },
    check: ({ policy }) =>
      unless(
        !has(policy, 'portability') || policy.rights?.portabilityLimited === true,
        ['rights', 'portabilityLimited'],
        'Overdracht geldt alleen bij toestemming of een contract: laat "portabilityLimited" op true staan.',
        'Portability holds for consent and contract only: leave "portabilityLimited" true.',
      ),
  },
  {
    id: 'GST-E08',
    article: 'GDPR art. 21(4)',
    severity: 'E',
    sources: ['gdpr-21'],
    title: { nl: 'Het recht van bezwaar staat apart', en: 'The right to object stands apart' },
    why: {
      nl: 'De wet wil dit ene recht uitdrukkelijk en gescheiden van al het andere onder de aandacht.',
      en: 'The law wants this one right brought to attention explicitly and apart from all the rest.',
    },
    write: {
      nl: 'Zet "rights.objection.ownBlock" op true; de verklaring geeft het recht dan een eigen, zichtbaar blok.',
      en: 'Set "rights.objection.ownBlock" to true; the statement then gives the right a visible block of its own.',
    },
    check: ({ policy }) =>
      unless(
        !objectable(policy) || policy.rights?.objection?.ownBlock === true,
        ['rights', 'objection', 'ownBlock'],
        'Het recht van bezwaar moet apart van al het andere staan: zet "rights.objection.ownBlock" op true.',
        'The right to object must stand apart from all the rest: set "rights.objection.ownBlock" to true.',
      ),
  },
  {
    id: 'GST-E09',
    article: 'GDPR art. 21(1)-(3)',
    severity: 'W',
    sources: ['gdpr-21', 'nl-tw-11-7'],
    title: { nl: 'Bezwaar heeft geen drempel', en: 'Objection has no threshold' },
    why: {
      nl: 'U toont aan waarom u doorgaat, niet de betrokkene waarom u stopt; bij reclame stopt u altijd. Zonder toestemming mailt u alleen eigen klanten, over wat zij al van u hebben, en elk bericht biedt een weg om nee te zeggen; wie geen rechtspersoon is, belt u alleen met toestemming (Tw 11.7).',
      en: 'You show why you go on, not the person why you should stop; for marketing you always stop. Without consent you e-mail only your own customers, on what they already have from you, and each message offers a way to say no; whoever is no legal person you call only with consent (Tw 11.7).',
    },
    write: {
      nl: 'Zet "subjectMustShow" op false en "marketingAlways" op true, en pas de tekst van het recht aan.',
      en: 'Set "subjectMustShow" to false and "marketingAlways" to true, and change the text of the right.',
    },
    check: ({ policy }): Hit[] => {
      const objection = policy.rights?.objection;
      if (!objection) return [];
      return [
        ...unless(
          !objection.subjectMustShow,
          ['rights', 'objection', 'subjectMustShow'],
          'De tekst legt het bewijs bij de betrokkene; de wet legt het bij u: zet "subjectMustShow" op false en pas de tekst aan.',
          'The text puts the burden on the person; the law puts it on you: set "subjectMustShow" to false and change the text.',
        ),
        ...unless(
          !ownPurposes(policy).some(({ one }) => one.marketing) || objection.marketingAlways,
          ['rights', 'objection', 'marketingAlways'],
          'Na bezwaar tegen reclame stopt u altijd: zet "marketingAlways" op true.',
          'After an objection to marketing you always stop: set "marketingAlways" to true.',
        ),
      ];
    },
  },
  {
    id: 'GST-E10',
    article: 'GDPR art. 13(2)(c), 7(3)',
    severity: 'E',
    sources: ['gdpr-7', 'gdpr-13'],
    title: { nl: 'Toestemming is even makkelijk in te trekken', en: 'Consent is as easy to take back' },
    why: {
      nl: 'Toestemming die niet terug kan, is niet vrij gegeven.',
      en: 'Consent that cannot be taken back was not freely given.',
    },
    write: {
      nl: 'Voeg "- { right: withdrawal }" toe en noem in "rights.withdrawal.channel" een weg die even makkelijk is als het geven.',
      en: 'Add "- { right: withdrawal }" and name in "rights.withdrawal.channel" a way as easy as giving it.',
    },
    check: ({ policy }) =>
      unless(
        !asksConsent(policy) || (has(policy, 'withdrawal') && policy.rights?.withdrawal !== undefined),
        ['rights', 'withdrawal'],
        'U vraagt toestemming en zegt niet hoe iemand die intrekt: voeg "- { right: withdrawal }" en "rights.withdrawal.channel" toe.',
        'You ask consent and do not say how to take it back: add "- { right: withdrawal }" and "rights.withdrawal.channel".',
      ),
  },
  {
    id: 'GST-E11',
    article: 'GDPR art. 13(2)(d), 77',
    severity: 'E',
    sources: ['gdpr-13', 'gdpr-77'],
    title: { nl: 'Waar iemand kan klagen, is genoemd', en: 'Where a person can complain is named' },
    why: {
      nl: 'Wie er met u niet uitkomt, moet weten wie er toezicht houdt.',
      en: 'Whoever cannot settle it with you must know who supervises you.',
    },
    write: {
      nl: 'Noem bij "complaint.authority" de toezichthouder; in Nederland is dat de Autoriteit Persoonsgegevens.',
      en: 'Name the supervisory authority in "complaint.authority"; in the Netherlands it is the Autoriteit Persoonsgegevens.',
    },
    check: ({ policy: { complaint, organisation } }): Hit[] => {
      if (!complaint)
        return [
          hit(
            ['complaint', 'authority'],
            'Er staat niet waar iemand kan klagen: voeg "complaint.authority" toe.',
            'Nothing says where a person can complain: add "complaint.authority".',
          ),
        ];
      return unless(
        organisation.country !== 'NL' || /autoriteit persoonsgegevens/i.test(complaint.authority),
        ['complaint', 'authority'],
        `"${complaint.authority}" is niet de toezichthouder in Nederland: noem de Autoriteit Persoonsgegevens.`,
        `"${complaint.authority}" is not the supervisory authority of the Netherlands: name the Autoriteit Persoonsgegevens.`,
      );
    },
  },
  {
    id: 'GST-E12',
    article: 'GDPR art. 12(2)-(3)',
    severity: 'W',
    sources: ['gdpr-12'],
    title: { nl: 'Hoe iemand een recht gebruikt, staat erbij', en: 'How to use a right is said' },
    why: {
      nl: 'Een recht zonder weg en zonder termijn is er op papier; standaard een ID-kopie vragen leverde een boete op.',
      en: 'A right without a way and a term exists on paper only; asking an ID copy by default has led to a fine.',
    },
    write: {
      nl: 'Vul "rights.channels" in, zet "answerWithin" op P1M en "idCopy" op never of last-resort.',
      en: 'Fill in "rights.channels", set "answerWithin" to P1M and "idCopy" to never or last-resort.',
    },
    check: ({ policy: { rights } }): Hit[] => [
      ...unless(
        rights !== undefined && rights.channels.length > 0,
        ['rights', 'channels'],
        'Er staat niet hoe iemand een verzoek doet: voeg "rights.channels" toe.',
        'Nothing says how to make a request: add "rights.channels".',
      ),
      ...unless(
        withinAMonth(rights?.answerWithin),
        ['rights', 'answerWithin'],
        'Er staat niet dat het antwoord binnen een maand komt: zet "rights.answerWithin" op P1M.',
        'Nothing says that the answer comes within a month: set "rights.answerWithin" to P1M.',
      ),
      ...unless(
        rights?.idCopy === 'never' || rights?.idCopy === 'last-resort',
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
    sources: ['gdpr-79'],
    title: { nl: 'De rechter in de eigen woonplaats blijft open', en: "The court of one's own residence stays open" },
    why: {
      nl: 'Iemand mag altijd naar de rechter waar hij woont; een verklaring kan dat niet uitsluiten.',
      en: 'A person may always go to the court where he or she lives; a statement cannot exclude that.',
    },
    write: {
      nl: 'Noem die rechter ook in "publication.forum.text" en zet "excludesResidence" op false.',
      en: 'Name that court too in "publication.forum.text" and set "excludesResidence" to false.',
    },
    check: ({ policy }) =>
      unless(
        policy.publication?.forum?.excludesResidence !== true,
        ['publication', 'forum', 'excludesResidence'],
        'Iemand mag altijd naar de rechter in de eigen woonplaats: pas de tekst aan en zet "excludesResidence" op false.',
        'A person may always go to the court where he or she lives: change the text and set "excludesResidence" to false.',
      ),
  },
];
