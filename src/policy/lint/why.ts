/** B: why data is used, and what permits it. */
import { controllerPurposes, hit, lawInForce, prescribed, unless, type Rule } from './rule.ts';

const open = {
  nl: /\b(bijvoorbeeld|onder andere|onder meer|o\.a\.|etc\.?|enzovoorts?|zoals)(?!\w)/i,
  en: /\b(for example|for instance|such as|including|among other things|etc\.?|e\.g\.)(?!\w)/i,
};
const isOpen = (text: { nl: string; en: string }): string | undefined =>
  open.nl.exec(text.nl)?.[0] ?? open.en.exec(text.en)?.[0];

export const why: readonly Rule[] = [
  {
    id: 'GST-B01',
    article: 'GDPR art. 13(1)(c)',
    severity: 'E',
    cites: ['gdpr-6', 'gdpr-13'],
    title: { nl: 'Elk doel heeft een grondslag', en: 'Every purpose has a legal basis' },
    advice: {
      nl: 'Zet bij elk doel "basis": consent, contract, legal-obligation, vital-interests, public-task of legitimate-interests.',
      en: 'Give each purpose a "basis": consent, contract, legal-obligation, vital-interests, public-task or legitimate-interests.',
    },
    check: ({ policy }) =>
      controllerPurposes(policy).flatMap(({ one, i }) =>
        unless(
          one.basis.length > 0,
          ['purposes', i],
          `Doel "${one.id}" heeft geen grondslag van artikel 6(1): voeg "basis" toe.`,
          `Purpose "${one.id}" has no legal basis of Article 6(1): add "basis".`,
        ),
      ),
  },
  {
    id: 'GST-B02',
    article: 'GDPR art. 5(1)(b)',
    severity: 'W',
    cites: ['gdpr-5'],
    title: { nl: 'Doelen zijn volledig opgesomd', en: 'Purposes are listed in full' },
    advice: {
      nl: 'Schrap "bijvoorbeeld", "zoals" en "enzovoort": noem alles, of niets dat er niet is.',
      en: 'Drop "for example", "such as" and "etc.": name all of it, and nothing that is not there.',
    },
    check: ({ policy }) =>
      (['purposes', 'data'] as const).flatMap((section) =>
        policy[section].flatMap((one, i) => {
          const word = isOpen(one.text);
          return unless(
            !one.openEnded && word === undefined,
            [section, i, word === undefined ? 'openEnded' : 'text'],
            `"${one.id}" is geen volledige opsomming${word === undefined ? '' : ` ("${word}")`}: noem elk onderdeel.`,
            `"${one.id}" is not a complete list${word === undefined ? '' : ` ("${word}")`}: name each part.`,
          );
        }),
      ),
  },
  {
    id: 'GST-B03',
    article: 'GDPR art. 13(1)(d)',
    severity: 'E',
    cites: ['gdpr-6', 'gdpr-13'],
    title: {
      nl: 'Het gerechtvaardigd belang is genoemd en gewogen',
      en: 'The legitimate interest is named and weighed',
    },
    advice: {
      nl: 'Zeg welk belang het is en verwijs naar de belangenafweging met haar datum.',
      en: 'Say which interest it is and link the balancing test with its date.',
    },
    check: ({ policy, exists }) =>
      controllerPurposes(policy)
        .filter(({ one }) => one.basis.includes('legitimate-interests'))
        .flatMap(({ one, i }) => {
          const document = one.interest?.assessment?.document;
          return unless(
            document !== undefined && exists(document),
            ['purposes', i, ...(one.interest ? ['interest'] : [])],
            one.interest
              ? `Doel "${one.id}" noemt een belang maar geen afweging die er is: voeg "interest.assessment" toe met document en datum.`
              : `Doel "${one.id}" rust op een gerechtvaardigd belang en zegt niet welk: voeg "interest" toe met tekst en afweging.`,
            one.interest
              ? `Purpose "${one.id}" names an interest and no assessment that is there: add "interest.assessment" with document and date.`
              : `Purpose "${one.id}" rests on a legitimate interest and does not say which: add "interest" with text and assessment.`,
          );
        }),
  },
  {
    id: 'GST-B04',
    article: 'GDPR art. 6(1)(c)',
    severity: 'E',
    cites: ['gdpr-6'],
    title: { nl: 'De wettelijke plicht is genoemd', en: 'The legal obligation is named' },
    advice: { nl: 'Noem de wet met haar id uit law/.', en: 'Name the statute by its id in law/.' },
    check: (facts) =>
      controllerPurposes(facts.policy)
        .filter(({ one }) => one.basis.includes('legal-obligation'))
        .flatMap(({ one, i }) => {
          if (one.statute.length === 0)
            return [
              hit(
                ['purposes', i],
                `Doel "${one.id}" rust op een wettelijke plicht en noemt de wet niet: voeg "statute" toe met een id uit law/.`,
                `Purpose "${one.id}" rests on a legal obligation and names no statute: add "statute" with an id from law/.`,
              ),
            ];
          return one.statute.flatMap((id, j) =>
            unless(
              lawInForce(facts, id) !== undefined,
              ['purposes', i, 'statute', j],
              `Doel "${one.id}" noemt "${id}", en die wet staat niet in law/ of geldt niet op ${facts.at}.`,
              `Purpose "${one.id}" names "${id}", which is not in law/ or not in force on ${facts.at}.`,
            ),
          );
        }),
  },
  {
    id: 'GST-B05',
    article: 'GDPR art. 9; UAVG art. 22-30',
    severity: 'E',
    cites: ['gdpr-9', 'nl-uavg-22-30'],
    title: { nl: 'Bijzondere gegevens hebben een uitzondering', en: 'Special data has an exception' },
    advice: {
      nl: 'Noem de uitzondering van artikel 9(2) en het artikel van de UAVG.',
      en: 'Name the condition of Article 9(2) and the article of the UAVG.',
    },
    check: ({ policy }) =>
      policy.data.flatMap((one, i) =>
        unless(
          one.kind !== 'special' || (one.condition?.gdpr !== undefined && one.condition.national !== undefined),
          ['data', i],
          `"${one.id}" zijn bijzondere gegevens: voeg "condition" toe met "gdpr" (zoals 9(2)(b)) en "national" (zoals UAVG art. 30(1)).`,
          `"${one.id}" is special data: add "condition" with "gdpr" (such as 9(2)(b)) and "national" (such as UAVG art. 30(1)).`,
        ),
      ),
  },
  {
    id: 'GST-B06',
    article: 'GDPR art. 10; UAVG art. 31-33',
    severity: 'E',
    cites: ['gdpr-10', 'nl-uavg-31-33'],
    title: { nl: 'Strafrechtelijke gegevens hebben een grond', en: 'Criminal data has a ground' },
    advice: {
      nl: 'Noem het artikel van de UAVG dat het toestaat.',
      en: 'Name the article of the UAVG that permits it.',
    },
    check: ({ policy }) =>
      policy.data.flatMap((one, i) =>
        unless(
          one.kind !== 'criminal' || one.condition?.national !== undefined,
          ['data', i],
          `"${one.id}" zijn strafrechtelijke gegevens: voeg "condition.national" toe met het artikel van de UAVG.`,
          `"${one.id}" is criminal data: add "condition.national" with the article of the UAVG.`,
        ),
      ),
  },
  {
    id: 'GST-B07',
    article: 'GDPR art. 87; UAVG art. 46',
    severity: 'E',
    cites: ['gdpr-87', 'nl-uavg-46'],
    title: {
      nl: 'Het BSN alleen als een wet het voorschrijft',
      en: 'The national number only where a statute prescribes it',
    },
    advice: {
      nl: 'Noem de wet die het voor deze mensen voorschrijft, of bewaar het nummer niet.',
      en: 'Name the statute that prescribes it for these people, or do not keep the number.',
    },
    check: (facts) =>
      facts.policy.data.flatMap((one, i) =>
        unless(
          one.kind !== 'national-number' || prescribed(facts, one, 'national-number'),
          ['data', i],
          `Voor "${one.id}" schrijft geen genoemde wet het BSN voor bij al deze mensen (${one.subjects.join(', ')}): noem "statute", of laat het nummer weg.`,
          `No statute named for "${one.id}" prescribes the national number for all these people (${one.subjects.join(', ')}): name "statute", or leave the number out.`,
        ),
      ),
  },
  {
    id: 'GST-B08',
    article: 'GDPR art. 5(1)(c); UAVG art. 46',
    severity: 'E',
    cites: ['gdpr-5', 'nl-uavg-46'],
    title: { nl: 'Geen volledige kopie van een identiteitsbewijs', en: 'No full copy of an identity document' },
    advice: {
      nl: 'Bekijk het document en noteer dat u het zag. Een kopie mag alleen als een wet die vraagt.',
      en: 'Look at the document and note that you did. A copy only where a statute demands one.',
    },
    check: (facts) =>
      facts.policy.data.flatMap((one, i) => {
        if (one.kind !== 'id-copy' || prescribed(facts, one, 'id-copy')) return [];
        return one.masked === true
          ? [
              hit(
                ['data', i],
                `"${one.id}" is een afgeschermde kopie van een identiteitsbewijs; geen wet vraagt die. Zeg in "reasons" waarom bekijken niet genoeg is, of bewaar haar niet.`,
                `"${one.id}" is a masked copy of an identity document that no statute demands. Say in "reasons" why looking at it is not enough, or do not keep it.`,
                { severity: 'W' },
              ),
            ]
          : [
              hit(
                ['data', i],
                `"${one.id}" is een volledige kopie van een identiteitsbewijs en geen wet vraagt die: noem "statute", scherm BSN en foto af ("masked: true"), of bewaar haar niet.`,
                `"${one.id}" is a full copy of an identity document and no statute demands one: name "statute", mask number and photo ("masked: true"), or do not keep it.`,
              ),
            ];
      }),
  },
  {
    id: 'GST-B09',
    article: 'GDPR art. 6',
    severity: 'W',
    cites: ['gdpr-6'],
    title: { nl: 'Niet tegelijk toestemming en contract', en: 'Not both consent and contract' },
    advice: { nl: 'Kies één van beide, of splits het doel.', en: 'Choose one of the two, or split the purpose.' },
    check: ({ policy }) =>
      policy.purposes.flatMap((one, i) =>
        unless(
          !(one.basis.includes('consent') && one.basis.includes('contract')),
          ['purposes', i, 'basis'],
          `Doel "${one.id}" rust op toestemming én op een contract: wie weigert zou het contract toch krijgen. Kies één.`,
          `Purpose "${one.id}" rests on consent and on a contract: who refuses would get the contract all the same. Choose one.`,
        ),
      ),
  },
  {
    id: 'GST-B10',
    article: 'GDPR art. 7(4); EDPB 5/2020',
    severity: 'W',
    cites: ['gdpr-7', 'edpb-5-2020'],
    title: { nl: 'Toestemming van medewerkers is zelden vrij', en: 'Consent of employees is seldom free' },
    advice: {
      nl: 'Gebruik een andere grondslag; een werknemer kan moeilijk nee zeggen.',
      en: 'Use another basis; an employee can hardly say no.',
    },
    check: ({ policy }) =>
      policy.purposes.flatMap((one, i) =>
        unless(
          !one.basis.includes('consent') ||
            !one.subjects.some((id) => policy.subjects.find((subject) => subject.id === id)?.kind === 'employee'),
          ['purposes', i, 'basis'],
          `Doel "${one.id}" vraagt toestemming van medewerkers, die moeilijk nee kunnen zeggen: kies een andere grondslag.`,
          `Purpose "${one.id}" asks consent of employees, who can hardly say no: choose another basis.`,
        ),
      ),
  },
  {
    id: 'GST-B11',
    article: 'GDPR art. 5(1)(b)',
    severity: 'E',
    cites: ['gdpr-5'],
    title: { nl: 'Geen gegevens zonder doel', en: 'No data without a purpose' },
    advice: { nl: 'Noem het doel, of houd op met bewaren.', en: 'Name the purpose, or stop keeping the data.' },
    check: ({ policy }) =>
      policy.data.flatMap((one, i) =>
        unless(
          policy.purposes.some((purpose) => purpose.data.includes(one.id)),
          ['data', i],
          `Geen enkel doel gebruikt "${one.id}": voeg het toe bij een doel, of bewaar het niet.`,
          `No purpose uses "${one.id}": add it to a purpose, or do not keep it.`,
        ),
      ),
  },
  {
    id: 'GST-B12',
    article: 'GDPR art. 5(1)(c)',
    severity: 'W',
    cites: ['gdpr-5'],
    title: { nl: 'Waarom elk gegeven nodig is', en: 'Why each datum is needed' },
    advice: {
      nl: 'Zeg in één zin waarom het niet zonder kan.',
      en: 'Say in one sentence why it cannot be done without.',
    },
    check: ({ policy }) =>
      policy.data.flatMap((one, i) =>
        unless(
          one.necessity !== undefined ||
            !controllerPurposes(policy).some(({ one: purpose }) => purpose.data.includes(one.id)),
          ['data', i],
          `Nergens staat waarom "${one.id}" nodig is: voeg "necessity" toe.`,
          `Nothing says why "${one.id}" is needed: add "necessity".`,
        ),
      ),
  },
  {
    id: 'GST-B13',
    article: 'GDPR art. 5(1)(f), 32',
    severity: 'E',
    cites: ['gdpr-5', 'gdpr-32'],
    title: { nl: 'Wachtwoorden zijn niet leesbaar', en: 'Passwords cannot be read' },
    advice: {
      nl: 'Bewaar alleen een hash (argon2id) en zet "readable: false".',
      en: 'Keep a hash only (argon2id) and set "readable: false".',
    },
    check: ({ policy }) =>
      policy.data.flatMap((one, i) =>
        unless(
          one.kind !== 'credential' || one.readable === false,
          ['data', i],
          `"${one.id}" bevat wachtwoorden die te lezen zijn: bewaar een hash en zet "readable: false".`,
          `"${one.id}" holds passwords that can be read: keep a hash and set "readable: false".`,
        ),
      ),
  },
];
