/** I: the statement itself. */
import { controllerPurposes, hit, texts, unless, usesKind, type Hit, type Rule } from './rule.ts';

const heavy = {
  nl: /\b(uit hoofde van|middels|ten behoeve van|hetgeen|alsmede|indien en voor zover|met betrekking tot|dienaangaande|onverminderd|te allen tijde)\b/i,
  en: /\b(hereinafter|pursuant to|notwithstanding|herein|thereof|whereas|in respect of|on behalf of)\b/i,
};
const mostWords = 30;

/** Words in the longest sentence of a text. */
function longest(text: string): number {
  return Math.max(
    0,
    ...text.split(/[.!?:;]+(?:\s|$)/).map((sentence) => sentence.split(/\s+/).filter((word) => word !== '').length),
  );
}

export const statement: readonly Rule[] = [
  {
    id: 'GST-I01',
    article: 'GDPR art. 12(1)',
    severity: 'E',
    cites: ['gdpr-12'],
    title: { nl: 'In de taal van wie het leest', en: 'In the language of the reader' },
    advice: {
      nl: 'Publiceer in het Nederlands en het Engels, uit één beleid.',
      en: 'Publish in Dutch and English, from one policy.',
    },
    check: ({ policy }) => {
      const missing = (['nl', 'en'] as const).filter((one) => policy.publication?.languages.includes(one) !== true);
      return unless(
        missing.length === 0,
        policy.publication ? ['publication', 'languages'] : ['gestand'],
        `De verklaring verschijnt niet in: ${missing.join(', ')}. Zet "publication.languages" op [nl, en].`,
        `The statement does not appear in: ${missing.join(', ')}. Set "publication.languages" to [nl, en].`,
      );
    },
  },
  {
    id: 'GST-I02',
    article: 'GDPR art. 12(1)',
    severity: 'I',
    cites: ['gdpr-12'],
    title: { nl: 'Gewone taal', en: 'Plain language' },
    advice: {
      nl: 'Korte zinnen (ten hoogste 30 woorden) en geen ambtelijke woorden.',
      en: 'Short sentences (at most 30 words) and no officialese.',
    },
    check: ({ policy }) =>
      [...texts(policy)].flatMap(({ path, text }): Hit[] => {
        const word = heavy.nl.exec(text.nl)?.[0] ?? heavy.en.exec(text.en)?.[0];
        const words = Math.max(longest(text.nl), longest(text.en));
        if (word !== undefined)
          return [hit(path, `"${word}" is ambtelijk: zeg het gewoon.`, `"${word}" is officialese: say it plainly.`)];
        return words > mostWords
          ? [hit(path, `Een zin van ${words} woorden: maak er twee van.`, `A sentence of ${words} words: make it two.`)]
          : [];
      }),
  },
  {
    id: 'GST-I03',
    article: 'GDPR art. 5(2)',
    severity: 'W',
    cites: ['gdpr-5'],
    title: { nl: 'Een datum en een versie', en: 'A date and a version' },
    advice: {
      nl: 'Geef een volledige datum, een versienummer en de plek van vorige versies.',
      en: 'Give a full date, a version number and the place of earlier versions.',
    },
    check: ({ policy: { publication } }) => {
      const missing = [
        ...(/^\d{4}-\d{2}-\d{2}$/.test(publication?.date ?? '') ? [] : ['date']),
        ...(publication?.version === undefined ? ['version'] : []),
        ...(publication?.previous === undefined ? ['previous'] : []),
      ];
      return unless(
        missing.length === 0,
        [publication ? 'publication' : 'gestand'],
        `De verklaring mist: ${missing.join(', ')}. Vul "publication" aan (een datum als 2026-11-24).`,
        `The statement lacks: ${missing.join(', ')}. Complete "publication" (a date such as 2026-11-24).`,
      );
    },
  },
  {
    id: 'GST-I04',
    article: 'GDPR art. 30',
    severity: 'E',
    cites: ['gdpr-30'],
    needsLive: true,
    title: { nl: 'Verklaring, register en werkelijkheid zijn gelijk', en: 'Statement, register and reality agree' },
    advice: {
      nl: 'Neem op wat er is, of haal het weg; publiceer daarna opnieuw.',
      en: 'Declare what is there, or remove it; then publish again.',
    },
    check: ({ live }): Hit[] =>
      live === null
        ? []
        : [
            ...live.undeclared.map((one) =>
              hit(
                ['data'],
                `In ${one.system}/${one.dataset} staan gegevens ("${one.data}") zonder doel of termijn in dit beleid.`,
                `${one.system}/${one.dataset} holds data ("${one.data}") without a purpose or a term in this policy.`,
              ),
            ),
            ...unless(
              live.published === null || live.published === live.policy,
              ['gestand'],
              'De gepubliceerde verklaring komt uit een ander beleid dan dit: publiceer opnieuw.',
              'The published statement comes from another policy than this: publish again.',
            ),
          ],
  },
  {
    id: 'GST-I05',
    article: 'GDPR art. 35',
    severity: 'E',
    cites: ['gdpr-35'],
    title: { nl: 'Een DPIA waar die moet', en: 'A DPIA where one is due' },
    advice: {
      nl: "Opnames, camera's, verkeersgegevens en locatie vragen een beoordeling vooraf, of een reden waarom niet.",
      en: 'Recordings, cameras, traffic data and location need an assessment beforehand, or a reason why not.',
    },
    check: ({ policy, exists }) =>
      controllerPurposes(policy).flatMap(({ one, i }) => {
        const due =
          usesKind(policy, one, ['call-recording', 'video', 'traffic', 'location']) ||
          one.automated?.legalOrSimilarEffect === true;
        const { dpia } = one;
        const done =
          dpia &&
          (dpia.needed ? dpia.assessment !== undefined && exists(dpia.assessment.document) : dpia.reason !== undefined);
        return unless(
          !due || done === true,
          ['purposes', i, ...(dpia ? ['dpia'] : [])],
          `Doel "${one.id}" staat op de lijst van de toezichthouder: voeg "dpia" toe met de beoordeling, of met de reden waarom het niet nodig is.`,
          `Purpose "${one.id}" is on the list of the supervisory authority: add "dpia" with the assessment, or with the reason why none is needed.`,
        );
      }),
  },
];
