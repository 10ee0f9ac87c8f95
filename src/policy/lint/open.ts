/** F: what the law wants told beside purposes, recipients and terms. */
import { controllerPurposes, hit, unless, type Hit, type Rule } from './rule.ts';

export const openness: readonly Rule[] = [
  {
    id: 'GST-F01',
    article: 'GDPR art. 13(2)(e)',
    severity: 'E',
    cites: ['gdpr-13'],
    title: { nl: 'Moet iemand de gegevens geven?', en: 'Must a person give the data?' },
    advice: {
      nl: 'Zeg of het moet, en wat er gebeurt als iemand het niet doet.',
      en: 'Say whether it must be, and what happens otherwise.',
    },
    check: ({ policy }) =>
      controllerPurposes(policy).flatMap(({ one, i }) => {
        const must = one.basis.includes('contract') || one.basis.includes('legal-obligation');
        const told = one.provision ? one.provision.required === 'no' || one.provision.consequence !== undefined : !must;
        return unless(
          told,
          ['purposes', i, ...(one.provision ? ['provision'] : [])],
          `Bij doel "${one.id}" staat niet wat er gebeurt als iemand de gegevens niet geeft: voeg "provision.consequence" toe.`,
          `Purpose "${one.id}" does not say what happens when a person does not give the data: add "provision.consequence".`,
        );
      }),
  },
  {
    id: 'GST-F02',
    article: 'GDPR art. 13(2)(f), 22; CJEU C-203/22',
    severity: 'E',
    cites: ['gdpr-13', 'gdpr-22'],
    title: { nl: 'Een geautomatiseerd besluit is uitgelegd', en: 'An automated decision is explained' },
    advice: {
      nl: 'Noem de werkwijze, het belang, de gevolgen, de weg naar een mens en de grond van artikel 22(2).',
      en: 'Name the logic, the significance, the consequences, the way to a human and the ground of Article 22(2).',
    },
    check: ({ policy }): Hit[] => {
      const declared = policy.purposes.some((one) => one.automated);
      return [
        ...policy.purposes.flatMap((one, i) => {
          const { automated } = one;
          if (automated?.legalOrSimilarEffect !== true) return [];
          const missing = (['logic', 'significance', 'consequences', 'review', 'basis'] as const).filter(
            (key) => automated[key] === undefined,
          );
          return unless(
            missing.length === 0,
            ['purposes', i, 'automated'],
            `Het geautomatiseerde besluit bij "${one.id}" mist ${missing.join(', ')}.`,
            `The automated decision of "${one.id}" lacks ${missing.join(', ')}.`,
          );
        }),
        ...policy.claims.flatMap((one, i) =>
          unless(
            one.kind !== 'automated-decisions' || declared,
            ['claims', i],
            `"${one.id}" zegt dat besluiten geautomatiseerd zijn, zonder werkwijze, belang, gevolgen en weg naar een mens: beschrijf ze in "purposes[].automated".`,
            `"${one.id}" says that decisions are automated, without logic, significance, consequences and a way to a human: describe them in "purposes[].automated".`,
          ),
        ),
      ];
    },
  },
  {
    id: 'GST-F03',
    article: 'GDPR art. 22',
    severity: 'W',
    cites: ['gdpr-22'],
    title: { nl: 'Geautomatiseerde besluiten bestaan echt', en: 'Automated decisions really exist' },
    advice: {
      nl: 'Haal de zin weg als geen systeem zo besluit.',
      en: 'Take the sentence away when no system decides so.',
    },
    check: ({ policy }) =>
      policy.claims.flatMap((one, i) =>
        unless(
          one.kind !== 'automated-decisions' || policy.purposes.some((purpose) => purpose.automated),
          ['claims', i, 'text'],
          `"${one.id}" noemt geautomatiseerde besluiten en geen enkel doel verklaart er een: haal de zin weg, of verklaar het besluit.`,
          `"${one.id}" names automated decisions and no purpose declares one: take the sentence away, or declare the decision.`,
        ),
      ),
  },
  {
    id: 'GST-F04',
    article: 'GDPR art. 14(1)(d), (2)(f)',
    severity: 'E',
    cites: ['gdpr-14'],
    title: { nl: 'Gegevens van een ander: bron en bericht', en: 'Data from another: source and notice' },
    advice: {
      nl: 'Zeg waar het vandaan komt en wanneer de persoon het hoort: binnen een maand, bij het eerste contact of bij de eerste doorgifte.',
      en: 'Say where it comes from and when the person is told: within a month, at first contact or at first disclosure.',
    },
    check: ({ policy }) =>
      policy.data.flatMap((one, i) =>
        one.sources.flatMap((source, j) =>
          unless(
            source === 'subject' || source.inform !== undefined,
            ['data', i, 'sources', j],
            `"${one.id}" komt van een ander en er staat niet wanneer de persoon dat hoort: voeg "inform" toe.`,
            `"${one.id}" comes from another and nothing says when the person is told: add "inform".`,
          ),
        ),
      ),
  },
  {
    id: 'GST-F05',
    article: 'GDPR art. 13(3), 6(4)',
    severity: 'W',
    cites: ['gdpr-6', 'gdpr-13'],
    title: { nl: 'Een tweede gebruik past bij het eerste', en: 'A second use fits the first' },
    advice: { nl: 'Verwijs naar de toets van artikel 6(4).', en: 'Link the test of Article 6(4).' },
    check: ({ policy }) =>
      policy.purposes.flatMap((one, i) =>
        unless(
          one.furtherUse === undefined || one.furtherUse.compatibility !== undefined,
          ['purposes', i, 'furtherUse'],
          `Doel "${one.id}" gebruikt gegevens van "${one.furtherUse?.of ?? ''}" opnieuw, zonder toets of dat past: voeg "compatibility" toe.`,
          `Purpose "${one.id}" uses data of "${one.furtherUse?.of ?? ''}" again, without a test that it fits: add "compatibility".`,
        ),
      ),
  },
  {
    id: 'GST-F06',
    article: 'GDPR art. 4(7), 28',
    severity: 'E',
    cites: ['gdpr-28'],
    title: { nl: 'Eigen doel of dat van een klant', en: "An own purpose or a client's" },
    advice: {
      nl: 'Noem de klant bij wat u voor hem doet, en gebruik die gegevens niet voor uzelf.',
      en: 'Name the client with what you do for it, and do not use that data for yourself.',
    },
    check: ({ policy }) =>
      policy.purposes.flatMap((one, i): Hit[] => {
        if (one.role === 'controller')
          return unless(
            one.client === undefined,
            ['purposes', i, 'client'],
            `Doel "${one.id}" is van uzelf en noemt een klant: kies één rol.`,
            `Purpose "${one.id}" is your own and names a client: choose one role.`,
          );
        const own = one.data.filter((id) =>
          controllerPurposes(policy).some(({ one: purpose }) => purpose.data.includes(id)),
        );
        return [
          ...unless(
            one.client !== undefined,
            ['purposes', i],
            `Doel "${one.id}" doet u voor een klant die niet genoemd is: voeg "client" toe.`,
            `Purpose "${one.id}" is done for a client that is not named: add "client".`,
          ),
          ...own.map((id) =>
            hit(
              ['purposes', i, 'data'],
              `"${id}" bewaart u voor een klant en gebruikt u ook zelf: splits de gegevens of de rol.`,
              `"${id}" is kept for a client and used for yourself as well: split the data or the role.`,
            ),
          ),
        ];
      }),
  },
  {
    id: 'GST-F07',
    article: 'GDPR art. 4(5), rec. 26',
    severity: 'W',
    cites: ['gdpr-5'],
    title: { nl: '"Anoniem" is getoetst', en: '"Anonymous" was tested' },
    advice: { nl: 'Verwijs naar de uitkomst van de toets.', en: 'Link the result of the test.' },
    check: ({ policy, exists }) =>
      policy.claims.flatMap((one, i) =>
        unless(
          one.kind !== 'anonymised' || (one.evidence !== undefined && exists(one.evidence.document)),
          ['claims', i],
          `"${one.id}" zegt dat gegevens anoniem zijn, zonder toets: voeg "evidence" toe met document en datum.`,
          `"${one.id}" says that data is anonymous, without a test: add "evidence" with document and date.`,
        ),
      ),
  },
  {
    id: 'GST-F08',
    article: 'GDPR art. 8; UAVG art. 5',
    severity: 'W',
    cites: ['gdpr-8'],
    title: { nl: 'Diensten voor kinderen', en: 'Services for children' },
    advice: {
      nl: 'Zeg hoe ouders van kinderen onder 16 toestemmen.',
      en: 'Say how parents of children under 16 consent.',
    },
    check: ({ policy: { organisation } }) =>
      unless(
        organisation.children?.offered !== true || organisation.children.text !== undefined,
        ['organisation', 'children'],
        'Een dienst richt zich op kinderen onder 16 en er staat niets over hun ouders: voeg "children.text" toe.',
        'A service is offered to children under 16 and nothing is said of their parents: add "children.text".',
      ),
  },
];
