/** H: what is claimed, and what shows it. */
import { texts, unless, type Hit, type Rule } from './rule.ts';

const absolute = {
  nl: /\b(strikt|100 ?%|volledig (veilig|in lijn|conform)|voldo(et|en) volledig|gegarandeerd|garanderen|waterdicht|altijd veilig)\b|100 ?%/i,
  en: /\b(strict(ly)?|fully (compliant|comply|secure)|guaranteed?|watertight|always (safe|secure))\b|100 ?%/i,
};
const again = { nl: /\b(periodiek|regelmatig|geregeld)\b/i, en: /\b(periodic(ally)?|regular(ly)?)\b/i };

export const claims: readonly Rule[] = [
  {
    id: 'GST-H01',
    article: 'GDPR art. 5(2)',
    severity: 'W',
    cites: ['gdpr-5'],
    title: { nl: 'Geen beloften zonder maat', en: 'No promises without measure' },
    advice: {
      nl: 'Schrap "strikt" en "gegarandeerd": zeg wat u doet en hoe men het ziet.',
      en: 'Drop "strictly" and "guaranteed": say what you do and how one can see it.',
    },
    check: ({ policy }) =>
      [...texts({ measures: policy.measures, claims: policy.claims, publication: policy.publication })].flatMap(
        ({ path, text }) => {
          const word = absolute.nl.exec(text.nl)?.[0] ?? absolute.en.exec(text.en)?.[0];
          return unless(
            word === undefined,
            path,
            `"${word ?? ''}" kan niemand waarmaken: zeg wat u doet.`,
            `Nobody can live up to "${word ?? ''}": say what you do.`,
          );
        },
      ),
  },
  {
    id: 'GST-H02',
    article: 'GDPR art. 42',
    severity: 'W',
    cites: ['gdpr-42'],
    title: { nl: 'Een keurmerk is na te gaan', en: 'A seal can be checked' },
    advice: {
      nl: 'Noem uitgever, reikwijdte, datum, einde en document.',
      en: 'Name issuer, scope, date, expiry and document.',
    },
    check: ({ policy, at }) =>
      policy.claims.flatMap((one, i) => {
        if (one.kind !== 'seal') return [];
        const missing = (['issuer', 'scope', 'date', 'expires', 'document'] as const).filter(
          (key) => one.seal?.[key] === undefined,
        );
        const over = one.seal?.expires !== undefined && one.seal.expires < at;
        return unless(
          missing.length === 0 && !over,
          ['claims', i, 'seal'],
          over
            ? `Het keurmerk "${one.id}" liep af op ${one.seal?.expires ?? ''}: vernieuw het of haal het weg.`
            : `Het keurmerk "${one.id}" mist ${missing.join(', ')}.`,
          over
            ? `The seal "${one.id}" ended on ${one.seal?.expires ?? ''}: renew it or take it away.`
            : `The seal "${one.id}" lacks ${missing.join(', ')}.`,
        );
      }),
  },
  {
    id: 'GST-H03',
    article: 'GDPR art. 32',
    severity: 'E',
    cites: ['gdpr-32'],
    title: { nl: 'Elke maatregel heeft een bewijs', en: 'Every measure has something that shows it' },
    advice: {
      nl: 'Zeg in "shownBy" waaraan men het ziet: een controle, een verklaring of een document.',
      en: 'Say in "shownBy" what shows it: a check, a declaration or a document.',
    },
    check: ({ policy, exists, live }): Hit[] =>
      policy.measures.flatMap((one, i) => {
        const shown = one.shownBy.filter(
          (by) => by.kind !== 'document' || (by.evidence !== undefined && exists(by.evidence.document)),
        );
        const gone = live ? shown.filter((by) => live.shown.get(by.control) === false) : [];
        return [
          ...unless(
            shown.length > 0,
            ['measures', i],
            `"${one.id}" is een bewering zonder bewijs: voeg "shownBy" toe.`,
            `"${one.id}" is a claim without evidence: add "shownBy".`,
          ),
          ...gone.flatMap((by) =>
            unless(
              false,
              ['measures', i, 'shownBy'],
              `Het bewijs "${by.control}" bij "${one.id}" is er niet of is verlopen.`,
              `The evidence "${by.control}" of "${one.id}" is missing or has expired.`,
            ),
          ),
        ];
      }),
  },
  {
    id: 'GST-H04',
    article: 'GDPR art. 24, 32(1)(d)',
    severity: 'W',
    cites: ['gdpr-24', 'gdpr-32'],
    title: { nl: '"Periodiek" heeft een maat', en: '"Periodically" has a measure' },
    advice: { nl: 'Noem de tijd ertussen en de laatste keer.', en: 'Name the time between, and the last time.' },
    check: ({ policy }) =>
      policy.measures.flatMap((one, i) => {
        const says = one.periodic || again.nl.test(one.text.nl) || again.en.test(one.text.en);
        return unless(
          !says || (one.every !== undefined && one.last !== undefined),
          ['measures', i],
          `"${one.id}" gebeurt telkens weer, en er staat niet hoe vaak en wanneer voor het laatst: voeg "every" en "last" toe.`,
          `"${one.id}" happens again and again, and nothing says how often and when last: add "every" and "last".`,
        );
      }),
  },
];
