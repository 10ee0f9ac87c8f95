/** C: who receives data, under which agreement, and where. */
import { unsaid } from '../../../base/country.ts';
import { agreementState } from '../../agreement.ts';
import type { Policy, Recipient } from '../../schema.ts';
import { inadequate, outsideEea } from '../../transfer.ts';
import { hit, said, stands, unless } from '../facts.ts';
import type { Hit, Rule } from '../model.ts';
import { generic, inside } from '../words.ts';

const processes = (one: Recipient): boolean => one.role === 'processor' || one.role === 'sub-processor';

/** What is wrong with an agreement on a day, and under which key that is mended; null when nothing is. */
function lacking(
  agreement: Recipient['agreement'],
  id: string,
  at: string,
  nl: string,
  en: string,
): { key: string; nl: string; en: string } | null {
  if (!agreement)
    return {
      key: 'agreement',
      nl: `Er staat geen overeenkomst met ${nl}. Zet eronder welke, en wanneer die is getekend: agreement: { id: agreement-${id}, signed: … }.`,
      en: `There is no agreement with ${en}. Write under it which, and when it was signed: agreement: { id: agreement-${id}, signed: … }.`,
    };
  switch (agreementState(agreement, at)) {
    case 'not-signed':
      return {
        key: 'signed',
        nl: `De overeenkomst met ${nl} is op ${at} niet getekend: teken haar en vul "signed" in.`,
        en: `The agreement with ${en} is not signed on ${at}: sign it and fill in "signed".`,
      };
    case 'expired':
      return {
        key: 'until',
        nl: `De overeenkomst met ${nl} liep af op ${agreement.until ?? ''}: sluit een nieuwe.`,
        en: `The agreement with ${en} ended on ${agreement.until ?? ''}: make a new one.`,
      };
    case 'in-force':
      return null;
  }
}

function agreementHits(section: 'recipients' | 'clients', policy: Policy, at: string, nl: string, en: string): Hit[] {
  return policy[section].flatMap((one, i) => {
    if ('role' in one && !processes(one)) return [];
    const wrong = lacking(one.agreement, one.id, at, `${nl} "${one.id}"`, `${en} "${one.id}"`);
    if (!wrong) return [];
    return [hit([section, i, 'agreement', ...(wrong.key === 'agreement' ? [] : [wrong.key])], wrong.nl, wrong.en)];
  });
}

export const c: readonly Rule[] = [
  {
    id: 'GST-C01',
    article: 'GDPR art. 13(1)(e)',
    severity: 'E',
    sources: ['gdpr-13'],
    title: { nl: 'Elke ontvanger staat in de verklaring', en: 'Every recipient is in the statement' },
    why: {
      nl: 'Iemand moet weten bij wie zijn gegevens terechtkomen, ook bij wie er voor u werkt.',
      en: 'A person must know who gets the data, also when that is somebody who works for you.',
    },
    write: {
      nl: 'Haal "inStatement: false" weg en noem in "text" wat de ontvanger doet.',
      en: 'Take "inStatement: false" away and say in "text" what the recipient does.',
    },
    check: ({ policy }) =>
      policy.recipients.flatMap((one, i) =>
        unless(
          // Authorities that ask in one case are no recipients (Art. 4(9)); sub-processors are told to the client.
          one.inStatement || one.role === 'authority' || one.role === 'sub-processor',
          ['recipients', i, 'inStatement'],
          `"${one.id}" staat in het register en niet in de verklaring: haal "inStatement: false" weg.`,
          `"${one.id}" is in the register and not in the statement: take "inStatement: false" away.`,
        ),
      ),
  },
  {
    id: 'GST-C02',
    article: 'GDPR art. 13(1)(e)',
    severity: 'W',
    sources: ['gdpr-13'],
    title: { nl: 'Een ontvanger is meer dan "derden"', en: 'A recipient is more than "third parties"' },
    why: {
      nl: 'Bij "derden" kan niemand bedenken wie dat is, en dus ook niet vragen wat die ermee doet.',
      en: 'Nobody can tell who "third parties" are, and so nobody can ask what they do with the data.',
    },
    write: {
      nl: 'Zeg wat de ontvanger doet: "de pakketdienst", "het kantoor dat de salarissen verwerkt".',
      en: 'Say what the recipient does: "the parcel service", "the office that processes the salaries".',
    },
    check: ({ policy }) =>
      policy.recipients.flatMap((one, i) => {
        const word = said(one.text, generic);
        return unless(
          word === undefined,
          ['recipients', i, 'text'],
          `"${word?.nl ?? ''}" zegt niet wie dat is: noem wat deze ontvanger doet.`,
          `"${word?.en ?? ''}" does not say who that is: name what this recipient does.`,
        );
      }),
  },
  {
    id: 'GST-C03',
    article: 'GDPR art. 28',
    severity: 'E',
    sources: ['gdpr-28'],
    title: { nl: 'Elke verwerker heeft een overeenkomst die loopt', en: 'Every processor has an agreement in force' },
    why: {
      nl: 'Zonder overeenkomst mag een ander geen gegevens voor u verwerken, en u niet voor een klant.',
      en: 'Without an agreement nobody may process data for you, nor you for a client.',
    },
    write: {
      nl: 'Noem bij "agreement" de overeenkomst, wanneer zij is getekend en tot wanneer zij loopt.',
      en: 'Name in "agreement" which it is, when it was signed and until when it runs.',
    },
    check: ({ policy, at }) => [
      ...agreementHits('recipients', policy, at, 'verwerker', 'processor'),
      ...agreementHits('clients', policy, at, 'klant', 'client'),
    ],
  },
  {
    id: 'GST-C04',
    article: 'GDPR art. 13(1)(f), 44-49',
    severity: 'E',
    mild: {
      nl: 'alleen de weg naar een kopie van de waarborgen ontbreekt',
      en: 'only the way to a copy of the safeguards is missing',
    },
    sources: ['gdpr-13', 'gdpr-44'],
    title: { nl: 'Doorgifte buiten de EER heeft een grond', en: 'A transfer outside the EEA has a ground' },
    why: {
      nl: 'Buiten de EER beschermt de AVG niet vanzelf; een belofte is geen middel van hoofdstuk V.',
      en: 'Outside the EEA the GDPR does not protect by itself; a promise is not a mechanism of Chapter V.',
    },
    write: {
      nl: 'Noem in "country" het land. Buiten de EER noemt u in "transfer.mechanism" het middel van artikel 45-49, en in "transfer.copy" hoe iemand een kopie van de waarborgen krijgt.',
      en: 'Name the country in "country". Outside the EEA, name the mechanism of Articles 45-49 in "transfer.mechanism", and in "transfer.copy" how a person gets a copy of the safeguards.',
    },
    check: ({ policy, book }) =>
      policy.recipients.flatMap((one, i): Hit[] => {
        if (one.country === unsaid)
          return [
            hit(
              ['recipients', i, 'country'],
              `Nog niet gezegd is in welk land "${one.id}" zit. Zet bij "country" de twee letters van het land, zoals NL, IE of US.`,
              `In which country "${one.id}" is has not been said yet. Write the two letters of the country in "country", such as NL, IE or US.`,
            ),
          ];
        if (!outsideEea(one, book)) return [];
        const mechanism = one.transfer?.mechanism;
        if (mechanism === undefined)
          return [
            hit(
              ['recipients', i, 'transfer', 'mechanism'],
              `"${one.id}" zit in ${one.country}, buiten de EER, en er staat niet op welke grond dat mag. Zet erbij: transfer: { mechanism: '45' } bij een adequaatheidsbesluit, '46(2)(c)' bij modelcontracten.`,
              `"${one.id}" is in ${one.country}, outside the EEA, and nothing says what allows that. Add: transfer: { mechanism: '45' } for an adequacy decision, '46(2)(c)' for standard clauses.`,
            ),
          ];
        // Article 13(1)(f) wants the way to a copy for Articles 46, 47 and the second subparagraph of 49(1).
        return one.transfer?.copy === undefined && /^(46|47|49\(1\)-2)/.test(mechanism)
          ? [
              hit(
                ['recipients', i, 'transfer', 'copy'],
                `Nergens staat hoe iemand een kopie van de waarborgen voor "${one.id}" krijgt: voeg "transfer.copy" toe.`,
                `Nothing says how a person gets a copy of the safeguards for "${one.id}": add "transfer.copy".`,
                { severity: 'W' },
              ),
            ]
          : [];
      }),
  },
  {
    id: 'GST-C05',
    article: 'GDPR art. 13(1)(f)',
    severity: 'E',
    sources: ['gdpr-13'],
    title: { nl: '"Niet buiten de EER" klopt', en: '"Not outside the EEA" is true' },
    why: {
      nl: 'Wie zegt dat gegevens binnen de EER blijven, mag nergens een ontvanger of systeem daarbuiten hebben.',
      en: 'Whoever says that data stays inside the EEA may have no recipient or system outside it.',
    },
    write: {
      nl: 'Zeg in "locations.allowed" waar de gegevens staan. Zit een ontvanger buiten de EER, kies dan een andere, of noem dat land erbij en pas de bewering aan.',
      en: 'Say in "locations.allowed" where the data is. If a recipient is outside the EEA, choose another, or name that country too and change the claim.',
    },
    check: ({ policy, book, estate }) => {
      const within = policy.locations.allowed.every((one) => one === 'EEA' || book.eea.includes(one));
      const claim = policy.claims.find((one) => one.kind === 'location' && said(one.text, inside) !== undefined);
      const open = unless(
        !policy.locations.allowed.includes(unsaid),
        ['locations', 'allowed'],
        'Nog niet gezegd is waar de gegevens staan. Is dat alleen in Europa, schrijf dan bij "locations": allowed: [EEA]. Anders: noem de landen, zoals [EEA, US].',
        'Where the data is has not been said yet. If that is only in Europe, write in "locations": allowed: [EEA]. Otherwise name the countries, such as [EEA, US].',
      );
      if (!within && !claim) return open;
      const systems = (estate?.systems ?? []).filter((one) => outsideEea(one, book));
      return [
        ...open,
        ...policy.recipients.flatMap((one, i) =>
          unless(
            !outsideEea(one, book),
            ['recipients', i, 'country'],
            `De verklaring zegt dat gegevens binnen de EER blijven, en "${one.id}" zit in ${one.country}: kies een andere ontvanger, of noem dat land ook bij "locations.allowed".`,
            `The statement says that data stays inside the EEA, and "${one.id}" is in ${one.country}: choose another recipient, or name that country in "locations.allowed" too.`,
          ),
        ),
        ...systems.map((one) =>
          hit(
            ['locations', 'allowed'],
            `De verklaring zegt dat gegevens binnen de EER blijven, en systeem "${one.id}" staat in ${one.country}: verplaats het, of noem dat land ook bij "locations.allowed".`,
            `The statement says that data stays inside the EEA, and system "${one.id}" stands in ${one.country}: move it, or name that country in "locations.allowed" too.`,
          ),
        ),
      ];
    },
  },
  {
    id: 'GST-C06',
    article: 'GDPR art. 45',
    severity: 'E',
    sources: ['gdpr-44'],
    title: {
      nl: 'Het adequaatheidsbesluit geldt voor deze ontvanger',
      en: 'The adequacy decision covers this recipient',
    },
    why: {
      nl: 'Een besluit loopt af, vervalt bij de rechter, of dekt maar een deel van een land.',
      en: 'A decision ends, falls in court, or covers only a part of a country.',
    },
    write: {
      nl: 'Zoek het besluit op, kijk of het deze ontvanger dekt (VS: lijst van het Data Privacy Framework) en zet "participant" op true, of kies een ander middel.',
      en: 'Look the decision up, see whether it covers this recipient (US: Data Privacy Framework list) and set "participant" to true, or choose another mechanism.',
    },
    check: ({ policy, book, at }) =>
      policy.recipients.flatMap((one, i) => {
        if (one.transfer?.mechanism !== '45' || !outsideEea(one, book)) return [];
        const wrong = inadequate(one, book, at);
        return wrong
          ? [hit(['recipients', i, 'transfer', wrong.key], `"${one.id}": ${wrong.nl}.`, `"${one.id}": ${wrong.en}.`)]
          : [];
      }),
  },
  {
    id: 'GST-C07',
    article: 'GDPR art. 46; CJEU C-311/18',
    severity: 'W',
    sources: ['gdpr-44'],
    title: { nl: 'De doorgifte is beoordeeld', en: 'The transfer was assessed' },
    why: {
      nl: 'Een contract bindt de overheid daar niet: wie doorgeeft, beoordeelt of het recht van dat land het toelaat (Schrems II).',
      en: 'A contract does not bind the authorities there: whoever transfers assesses whether the law of that country lets it work (Schrems II).',
    },
    write: {
      nl: 'Verwijs in "transfer.assessment" naar de beoordeling (TIA) met haar datum.',
      en: 'Link the transfer impact assessment with its date in "transfer.assessment".',
    },
    check: (context) =>
      context.policy.recipients.flatMap((one, i) =>
        unless(
          !/^4[67]/.test(one.transfer?.mechanism ?? '') || stands(context, one.transfer?.assessment),
          ['recipients', i, 'transfer', 'assessment'],
          `De doorgifte aan "${one.id}" is niet getoetst aan het recht van ${one.country}: voeg "transfer.assessment" toe.`,
          `The transfer to "${one.id}" was not assessed against the law of ${one.country}: add "transfer.assessment".`,
        ),
      ),
  },
];
