/** C: who receives data, under which agreement, and where. */
import { agreementState } from '../../agreement.ts';
import type { Policy, Recipient } from '../../schema.ts';
import { inadequate, outsideEea } from '../../transfer.ts';
import { hit, said, stands, unless } from '../facts.ts';
import type { Hit, Rule } from '../model.ts';
import { generic, inside } from '../words.ts';

const processes = (one: Recipient): boolean => one.role === 'processor' || one.role === 'sub-processor';

/** What is wrong with an agreement on a day; null when nothing is. */
function lacking(agreement: Recipient['agreement'], at: string): { key: string; nl: string; en: string } | null {
  if (!agreement)
    return { key: 'agreement', nl: 'is er niet: voeg "agreement" toe', en: 'is not there: add "agreement"' };
  switch (agreementState(agreement, at)) {
    case 'not-signed':
      return {
        key: 'signed',
        nl: `is op ${at} niet getekend: teken haar en vul "signed" in`,
        en: `is not signed on ${at}: sign it and fill in "signed"`,
      };
    case 'expired':
      return {
        key: 'until',
        nl: `liep af op ${agreement.until ?? ''}: sluit een nieuwe`,
        en: `ended on ${agreement.until ?? ''}: make a new one`,
      };
    case 'in-force':
      return null;
  }
}

function agreementHits(
  section: 'recipients' | 'clients',
  policy: Policy,
  at: string,
  who: (one: { readonly id: string }) => { readonly nl: string; readonly en: string },
): Hit[] {
  return policy[section].flatMap((one, i) => {
    if ('role' in one && !processes(one)) return [];
    const wrong = lacking(one.agreement, at);
    if (!wrong) return [];
    const path = [section, i, 'agreement', ...(wrong.key === 'agreement' ? [] : [wrong.key])];
    const name = who(one);
    return [hit(path, `De overeenkomst met ${name.nl} ${wrong.nl}.`, `The agreement with ${name.en} ${wrong.en}.`)];
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
      ...agreementHits('recipients', policy, at, ({ id }) => ({ nl: `verwerker "${id}"`, en: `processor "${id}"` })),
      ...agreementHits('clients', policy, at, ({ id }) => ({ nl: `klant "${id}"`, en: `client "${id}"` })),
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
      nl: 'Noem in "transfer.mechanism" het middel van artikel 45-49, en in "transfer.copy" hoe iemand een kopie van de waarborgen krijgt.',
      en: 'Name the mechanism of Articles 45-49 in "transfer.mechanism", and in "transfer.copy" how a person gets a copy of the safeguards.',
    },
    check: ({ policy, book }) =>
      policy.recipients.flatMap((one, i): Hit[] => {
        if (!outsideEea(one, book)) return [];
        const mechanism = one.transfer?.mechanism;
        if (mechanism === undefined)
          return [
            hit(
              ['recipients', i, 'transfer', 'mechanism'],
              `"${one.id}" zit in ${one.country}, buiten de EER, zonder middel van doorgifte: voeg "transfer.mechanism" toe.`,
              `"${one.id}" is in ${one.country}, outside the EEA, without a transfer mechanism: add "transfer.mechanism".`,
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
      nl: 'Kies een ontvanger binnen de EER, of noem het land bij "locations.allowed" en pas de bewering aan.',
      en: 'Choose a recipient inside the EEA, or name the country in "locations.allowed" and change the claim.',
    },
    check: ({ policy, book, estate }) => {
      const within = policy.locations.allowed.every((one) => one === 'EEA' || book.eea.includes(one));
      const claim = policy.claims.find((one) => one.kind === 'location' && said(one.text, inside) !== undefined);
      if (!within && !claim) return [];
      const systems = (estate?.systems ?? []).filter((one) => outsideEea(one, book));
      return [
        ...policy.recipients.flatMap((one, i) =>
          unless(
            !outsideEea(one, book),
            ['recipients', i, 'country'],
            `De verklaring zegt dat gegevens binnen de EER blijven, en "${one.id}" zit in ${one.country}: kies een andere ontvanger of pas de verklaring aan.`,
            `The statement says that data stays inside the EEA, and "${one.id}" is in ${one.country}: choose another recipient or change the statement.`,
          ),
        ),
        ...systems.map((one) =>
          hit(
            ['locations', 'allowed'],
            `De verklaring zegt dat gegevens binnen de EER blijven, en systeem "${one.id}" staat in ${one.country}.`,
            `The statement says that data stays inside the EEA, and system "${one.id}" stands in ${one.country}.`,
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
