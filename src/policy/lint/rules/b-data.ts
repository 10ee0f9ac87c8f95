/** B: which data, and whether that much of it is needed. */
import { hit, notPrescribed, ownData, ownPurposes, unless } from '../facts.ts';
import type { Hit, Rule } from '../model.ts';

export const bData: readonly Rule[] = [
  {
    id: 'GST-B07',
    article: 'GDPR art. 87; UAVG art. 46',
    severity: 'E',
    sources: ['gdpr-87', 'nl-uavg-46'],
    title: {
      nl: 'Het BSN alleen waar een wet het voorschrijft',
      en: 'The national number only where a statute prescribes it',
    },
    why: {
      nl: 'Het burgerservicenummer mag alleen om de wet uit te voeren die het voorschrijft, en alleen van de mensen over wie die gaat.',
      en: 'The national number may only serve the statute that prescribes it, and only for the people whom that is about.',
    },
    write: {
      nl: 'Noem bij "statute" de wet die het voor al deze mensen voorschrijft, of bewaar het nummer niet.',
      en: 'Name in "statute" the law that prescribes it for all these people, or do not keep the number.',
    },
    check: (context): Hit[] =>
      ownData(context.policy)
        .filter(({ one }) => one.kind === 'national-number')
        .flatMap(({ one, i }) => {
          const without = notPrescribed(context, one, 'national-number');
          return [
            ...unless(
              without.length === 0,
              ['data', i, 'statute'],
              `Geen wet schrijft voor "${one.id}" het BSN voor van: ${without.join(', ')}. Noem "statute", of laat het nummer weg.`,
              `No statute prescribes the national number in "${one.id}" for: ${without.join(', ')}. Name "statute", or leave the number out.`,
            ),
            ...ownPurposes(context.policy).flatMap(({ one: purpose, i: at }) =>
              unless(
                !purpose.data.includes(one.id) ||
                  purpose.basis.length === 0 ||
                  purpose.basis.includes('legal-obligation'),
                ['purposes', at, 'data'],
                `Doel "${purpose.id}" gebruikt het BSN ("${one.id}") zonder wettelijke plicht: haal het eruit.`,
                `Purpose "${purpose.id}" uses the national number ("${one.id}") without a legal obligation: take it out.`,
              ),
            ),
          ];
        }),
  },
  {
    id: 'GST-B08',
    article: 'GDPR art. 5(1)(c); UAVG art. 46',
    severity: 'E',
    mild: { nl: 'BSN en foto zijn afgeschermd', en: 'number and photo are masked' },
    sources: ['gdpr-5', 'nl-uavg-46'],
    title: {
      nl: 'Een kopie van een identiteitsbewijs alleen waar een wet die vraagt',
      en: 'A copy of an identity document only where a statute demands it',
    },
    why: {
      nl: 'Een kopie is meer dan nodig is, en met BSN en foto genoeg om iemands naam te stelen.',
      en: "A copy is more than is needed, and with number and photo enough to steal somebody's name.",
    },
    write: {
      nl: 'Bekijk het document en noteer dat u het zag. Moet er een kopie zijn, scherm dan BSN en foto af ("masked: true") en zeg in "reasons" waarom.',
      en: 'Look at the document and note that you did. If there must be a copy, mask number and photo ("masked: true") and say in "reasons" why.',
    },
    check: (context): Hit[] =>
      ownData(context.policy).flatMap(({ one, i }) => {
        if (one.kind !== 'id-copy' || notPrescribed(context, one, 'id-copy').length === 0) return [];
        return one.masked === true
          ? [
              hit(
                ['data', i, 'masked'],
                `"${one.id}" is een afgeschermde kopie van een identiteitsbewijs die geen wet vraagt: bewaar haar niet, of zeg in "reasons" waarom bekijken niet genoeg is.`,
                `"${one.id}" is a masked copy of an identity document that no statute demands: do not keep it, or say in "reasons" why looking at it is not enough.`,
                { severity: 'W' },
              ),
            ]
          : [
              hit(
                ['data', i, 'statute'],
                `"${one.id}" is een volledige kopie van een identiteitsbewijs en geen wet vraagt die van al deze mensen: bewaar haar niet, of noem "statute".`,
                `"${one.id}" is a full copy of an identity document, and no statute demands one of all these people: do not keep it, or name "statute".`,
              ),
            ];
      }),
  },
  {
    id: 'GST-B11',
    article: 'GDPR art. 5(1)(b)',
    severity: 'E',
    sources: ['gdpr-5'],
    title: { nl: 'Geen gegevens zonder doel', en: 'No data without a purpose' },
    why: {
      nl: 'Wat bewaard wordt en nergens voor dient, mag er niet zijn.',
      en: 'What is kept and serves nothing may not be there.',
    },
    write: {
      nl: 'Noem de gegevens bij het doel waarvoor zij dienen, of houd op met bewaren.',
      en: 'Name the data with the purpose that it serves, or stop keeping it.',
    },
    check: ({ policy, estate }) =>
      policy.data.flatMap((one, i) => {
        const systems = (estate?.systems ?? [])
          .filter((system) => system.datasets.some((dataset) => dataset.data === one.id))
          .map((system) => system.id);
        const where = systems.length === 0 ? '' : ` (${systems.join(', ')})`;
        return unless(
          policy.purposes.some((purpose) => purpose.data.includes(one.id)),
          ['data', i],
          `Geen enkel doel gebruikt "${one.id}"${where}: noem het bij een doel, of bewaar het niet.`,
          `No purpose uses "${one.id}"${where}: name it with a purpose, or do not keep it.`,
        );
      }),
  },
  {
    id: 'GST-B12',
    article: 'GDPR art. 5(1)(c)',
    severity: 'W',
    sources: ['gdpr-5'],
    title: { nl: 'Waarom elk gegeven nodig is, staat erbij', en: 'Why each kind of data is needed is said' },
    why: {
      nl: 'Alleen wat nodig is mag: wie de reden niet kan opschrijven, heeft het niet nodig.',
      en: 'Only what is needed is allowed: whoever cannot write down the reason does not need it.',
    },
    write: {
      nl: 'Zeg in "necessity" in één zin waarom het niet zonder kan.',
      en: 'Say in "necessity" in one sentence why it cannot be done without.',
    },
    check: ({ policy }) =>
      policy.data.flatMap((one, i) =>
        unless(
          one.necessity !== undefined || !ownPurposes(policy).some(({ one: purpose }) => purpose.data.includes(one.id)),
          ['data', i, 'necessity'],
          `Nergens staat waarom "${one.id}" nodig is. Zet erbij: necessity: { nl: Zonder … kunnen wij niet …, en: Without … we cannot … }.`,
          `Nothing says why "${one.id}" is needed. Add: necessity: { nl: Zonder … kunnen wij niet …, en: Without … we cannot … }.`,
        ),
      ),
  },
  {
    id: 'GST-B13',
    article: 'GDPR art. 5(1)(f), 32',
    severity: 'E',
    sources: ['gdpr-5', 'gdpr-32'],
    title: { nl: 'Wachtwoorden zijn voor niemand leesbaar', en: 'Nobody can read a password' },
    why: {
      nl: 'Een leesbaar wachtwoord is bij één lek overal bruikbaar.',
      en: 'A password that can be read works everywhere after a single leak.',
    },
    write: {
      nl: 'Bewaar alleen een hash (argon2id) en zet "readable: false".',
      en: 'Keep a hash only (argon2id) and set "readable: false".',
    },
    check: ({ policy }) =>
      policy.data.flatMap((one, i) =>
        unless(
          one.kind !== 'credential' || one.readable === false,
          ['data', i, 'readable'],
          one.readable === true
            ? `"${one.id}" bevat wachtwoorden die te lezen zijn: bewaar een hash en zet "readable: false".`
            : `Bij "${one.id}" staat niet of iemand de wachtwoorden kan lezen. Bewaart uw systeem alleen een hash, zet er dan bij: readable: false. Anders: laat dat eerst veranderen.`,
          one.readable === true
            ? `"${one.id}" holds passwords that can be read: keep a hash and set "readable: false".`
            : `Nothing says whether anyone can read the passwords in "${one.id}". If your system keeps a hash only, write: readable: false. If not, have that changed first.`,
        ),
      ),
  },
];
