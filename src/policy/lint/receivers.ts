/** C: who receives data, under which agreement, and where. */
import { inForce, type LawBook } from '../law.ts';
import type { Recipient } from '../schema.ts';
import { hit, unless, type Hit, type Rule } from './rule.ts';

/** Words for a recipient that tell nobody who it is. */
export const generic = {
  nl: /^\s*(aan |de |onze )?(derden|derde partijen|partners|leveranciers|andere partijen|andere bedrijven)\s*$/i,
  en: /^\s*(to |the |our )?(third parties|others|partners|suppliers|other companies)\s*$/i,
};

const outside = (one: { country: string }, book: LawBook): boolean => !book.eea.includes(one.country);

/** Why an adequacy decision does not carry this transfer on this day; null when it does. */
export function inadequate(one: Recipient, book: LawBook, at: string): { nl: string; en: string } | null {
  const found = book.adequacy.filter((row) => row.territory === one.country);
  if (found.length === 0)
    return {
      nl: `voor ${one.country} is er geen adequaatheidsbesluit`,
      en: `there is no adequacy decision for ${one.country}`,
    };
  const now = found.find((row) => inForce(row, at));
  if (!now)
    return {
      nl: `het adequaatheidsbesluit voor ${one.country} geldt niet op ${at}`,
      en: `the adequacy decision for ${one.country} is not in force on ${at}`,
    };
  if (now.scope === 'participants' && one.transfer?.participant !== true)
    return {
      nl: `het besluit voor ${one.country} geldt niet voor iedereen (${now.scopeText?.nl ?? ''}) en "participant" is niet waar`,
      en: `the decision for ${one.country} does not cover all (${now.scopeText?.en ?? ''}) and "participant" is not true`,
    };
  return null;
}

export const receivers: readonly Rule[] = [
  {
    id: 'GST-C01',
    article: 'GDPR art. 13(1)(e)',
    severity: 'E',
    cites: ['gdpr-13'],
    title: { nl: 'Elke ontvanger staat in de verklaring', en: 'Every recipient is in the statement' },
    advice: { nl: 'Noem elke ontvanger, of elke soort.', en: 'Name each recipient, or each kind.' },
    check: ({ policy }) =>
      policy.recipients.flatMap((one, i) =>
        unless(
          one.inStatement,
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
    cites: ['gdpr-13'],
    title: { nl: 'Geen "derden"', en: 'No "third parties"' },
    advice: {
      nl: 'Zeg wat de ontvanger doet: "de pakketdienst".',
      en: 'Say what the recipient does: "the parcel service".',
    },
    check: ({ policy }) =>
      policy.recipients.flatMap((one, i) =>
        unless(
          !generic.nl.test(one.text.nl) && !generic.en.test(one.text.en),
          ['recipients', i, 'text'],
          `"${one.text.nl}" zegt niemand iets: noem wat deze ontvanger doet.`,
          `"${one.text.en}" tells nobody anything: name what this recipient does.`,
        ),
      ),
  },
  {
    id: 'GST-C03',
    article: 'GDPR art. 28',
    severity: 'E',
    cites: ['gdpr-28'],
    title: { nl: 'Elke verwerker heeft een overeenkomst', en: 'Every processor has an agreement' },
    advice: {
      nl: 'Noem de overeenkomst, wanneer zij is getekend en tot wanneer zij loopt.',
      en: 'Name the agreement, when it was signed and until when it runs.',
    },
    check: ({ policy, at }) =>
      policy.recipients.flatMap((one, i) => {
        if (one.role !== 'processor' && one.role !== 'sub-processor') return [];
        const { agreement } = one;
        const path = ['recipients', i, ...(agreement ? ['agreement'] : [])];
        if (!agreement)
          return [
            hit(
              path,
              `Verwerker "${one.id}" heeft geen overeenkomst: voeg "agreement" toe.`,
              `Processor "${one.id}" has no agreement: add "agreement".`,
            ),
          ];
        if (agreement.signed === undefined || agreement.signed > at)
          return [
            hit(
              path,
              `De overeenkomst met "${one.id}" is op ${at} niet getekend: voeg "signed" toe.`,
              `The agreement with "${one.id}" is not signed on ${at}: add "signed".`,
            ),
          ];
        return unless(
          agreement.until === undefined || agreement.until >= at,
          path,
          `De overeenkomst met "${one.id}" liep af op ${agreement.until ?? ''}: sluit een nieuwe.`,
          `The agreement with "${one.id}" ended on ${agreement.until ?? ''}: make a new one.`,
        );
      }),
  },
  {
    id: 'GST-C04',
    article: 'GDPR art. 13(1)(f), 44-49',
    severity: 'E',
    cites: ['gdpr-13', 'gdpr-44'],
    title: { nl: 'Doorgifte buiten de EER heeft een grond', en: 'A transfer outside the EEA has a ground' },
    advice: {
      nl: 'Noem het middel van artikel 45-49 en hoe iemand een kopie krijgt. Een belofte is geen middel.',
      en: 'Name the mechanism of Articles 45-49 and how to get a copy. A promise is not a mechanism.',
    },
    check: ({ policy, book }) =>
      policy.recipients.flatMap((one, i): Hit[] => {
        if (!outside(one, book)) return [];
        const path = ['recipients', i, ...(one.transfer ? ['transfer'] : [])];
        if (one.transfer?.mechanism === undefined)
          return [
            hit(
              path,
              `"${one.id}" zit in ${one.country}, buiten de EER, zonder middel van doorgifte: voeg "transfer.mechanism" toe.`,
              `"${one.id}" is in ${one.country}, outside the EEA, without a transfer mechanism: add "transfer.mechanism".`,
            ),
          ];
        return one.transfer.copy === undefined && one.transfer.mechanism !== '45'
          ? [
              hit(
                path,
                `Nergens staat hoe iemand de waarborgen voor "${one.id}" kan inzien: voeg "transfer.copy" toe.`,
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
    cites: ['gdpr-13'],
    title: { nl: '"Niet buiten de EER" klopt', en: '"Not outside the EEA" is true' },
    advice: { nl: 'Haal de bewering weg, of de ontvanger.', en: 'Take away the claim, or the recipient.' },
    check: ({ policy, book, live }) => {
      const allowed = new Set(policy.locations.allowed.flatMap((one) => (one === 'EEA' ? book.eea : [one])));
      const claims =
        [...allowed].every((country) => book.eea.includes(country)) ||
        policy.claims.some((one) => one.kind === 'location');
      if (!claims) return [];
      return [
        ...policy.recipients.flatMap((one, i) =>
          unless(
            !outside(one, book),
            ['recipients', i, 'country'],
            `De verklaring zegt dat gegevens binnen de EER blijven, en "${one.id}" zit in ${one.country}.`,
            `The statement says that data stays inside the EEA, and "${one.id}" is in ${one.country}.`,
          ),
        ),
        ...[...new Set(live?.countries ?? [])]
          .filter((country) => !allowed.has(country))
          .map((country) =>
            hit(
              ['locations', 'allowed'],
              `Een aangesloten systeem staat in ${country}, en dat mag hier niet.`,
              `A connected system is in ${country}, which is not allowed here.`,
            ),
          ),
      ];
    },
  },
  {
    id: 'GST-C06',
    article: 'GDPR art. 45',
    severity: 'E',
    cites: ['gdpr-44'],
    title: { nl: 'Het adequaatheidsbesluit geldt', en: 'The adequacy decision holds' },
    advice: {
      nl: 'Kijk of het besluit er is, nog loopt en deze ontvanger dekt (VS: lijst van het Data Privacy Framework).',
      en: 'See whether the decision exists, still runs and covers this recipient (US: Data Privacy Framework list).',
    },
    check: ({ policy, book, at }) =>
      policy.recipients.flatMap((one, i) => {
        if (one.transfer?.mechanism !== '45' || !outside(one, book)) return [];
        const why = inadequate(one, book, at);
        return why ? [hit(['recipients', i, 'transfer'], `"${one.id}": ${why.nl}.`, `"${one.id}": ${why.en}.`)] : [];
      }),
  },
  {
    id: 'GST-C07',
    article: 'GDPR art. 46; CJEU C-311/18',
    severity: 'W',
    cites: ['gdpr-44'],
    title: { nl: 'De doorgifte is beoordeeld', en: 'The transfer was assessed' },
    advice: {
      nl: 'Verwijs naar de beoordeling (TIA) met datum.',
      en: 'Link the transfer impact assessment with its date.',
    },
    check: ({ policy }) =>
      policy.recipients.flatMap((one, i) =>
        unless(
          !/^4[67]/.test(one.transfer?.mechanism ?? '') || one.transfer?.assessment !== undefined,
          ['recipients', i, 'transfer'],
          `De doorgifte aan "${one.id}" is niet beoordeeld op het recht van ${one.country}: voeg "transfer.assessment" toe.`,
          `The transfer to "${one.id}" was not assessed against the law of ${one.country}: add "transfer.assessment".`,
        ),
      ),
  },
];
