/** H: what is claimed, and what shows it. */
import { dayAfter, parseTerm } from '../../../base/time.ts';
import { exists, hit, said, stands, texts, unless, unlessStands } from '../facts.ts';
import type { Hit, LintContext, Rule } from '../model.ts';
import { absolute, periodic } from '../words.ts';

type Shown = LintContext['policy']['measures'][number]['shownBy'][number];

/** What in "shownBy" shows that it is not so, and what does not show it now. */
function unshown({ living }: LintContext, all: readonly Shown[]): { broken: readonly Shown[]; open: readonly Shown[] } {
  const of = (by: Shown) => living?.controls.find((one) => one.control === by.control);
  const asked = living ? all.filter((by) => by.kind !== 'document') : [];
  const broken = asked.filter((by) => of(by)?.broken === true);
  const open = asked.filter((by) => {
    const found = of(by);
    return !broken.includes(by) && (!found || found.shownAt === null || found.stale);
  });
  return { broken, open };
}

/** What to write of something that happens again and again. */
const again = {
  every: { nl: 'every: P1Y (hoe vaak)', en: 'every: P1Y (how often)' },
  last: {
    nl: 'last (de dag van de laatste keer, zoals 2026-11-24)',
    en: 'last (the day of the last time, such as 2026-11-24)',
  },
} as const;

const names = (all: readonly Shown[]): string => all.map((by) => by.control).join(', ');

/** The command by which it is shown after all. */
function how(all: readonly Shown[]): string {
  const word = all.find((by) => by.kind === 'declaration');
  return word ? `gestand declare --control ${word.control}` : 'gestand promises --measure';
}

function measureHits(context: LintContext): Hit[] {
  return context.policy.measures.flatMap((one, i): Hit[] => {
    const shown = one.shownBy.filter((by) => by.kind !== 'document' || stands(context, by.evidence));
    if (shown.length === 0)
      return [
        hit(
          ['measures', i, 'shownBy'],
          `"${one.id}" is een bewering zonder bewijs: voeg "shownBy" toe met een controle, een verklaring of een document.`,
          `"${one.id}" is a claim without evidence: add "shownBy" with a check, a declaration or a document.`,
        ),
      ];
    const { broken, open } = unshown(context, shown);
    const path = ['measures', i, 'shownBy'];
    if (broken.length > 0)
      return [
        hit(
          path,
          `"${one.id}" is niet zo, zegt de controle (${names(broken)}): herstel het, of haal de zin weg.`,
          `"${one.id}" is not so, says the check (${names(broken)}): mend it, or take the sentence out.`,
        ),
      ];
    if (open.length === 0) return [];
    return [
      hit(
        path,
        `"${one.id}" is nu niet aangetoond (${names(open)}): ${how(open)}. Zo lang noemt de verklaring het niet bewezen.`,
        `"${one.id}" is not shown now (${names(open)}): ${how(open)}. Until then the statement calls it not proven.`,
        { severity: 'W' },
      ),
    ];
  });
}

export const h: readonly Rule[] = [
  {
    id: 'GST-H01',
    article: 'GDPR art. 5(2)',
    severity: 'W',
    sources: ['gdpr-5'],
    title: { nl: 'Geen beloften zonder maat', en: 'No promises without measure' },
    why: {
      nl: 'Wie "strikt" en "gegarandeerd" schrijft, breekt zijn belofte bij de eerste fout, en moet die kunnen verantwoorden.',
      en: 'Whoever writes "strictly" and "guaranteed" breaks the promise with the first mistake, and must answer for it.',
    },
    write: {
      nl: 'Schrap "strikt", "100%" en "gegarandeerd": zeg wat u doet en waaraan men het ziet.',
      en: 'Drop "strictly", "100%" and "guaranteed": say what you do and what shows it.',
    },
    check: ({ policy: { measures, claims, publication, locations, disclosures } }) =>
      [...texts({ publication, locations, measures, claims, disclosures })].flatMap(({ path, text }) => {
        const word = said(text, absolute);
        return unless(
          word === undefined,
          path,
          `"${word?.nl ?? ''}" kan niemand waarmaken: zeg wat u doet en waaraan men het ziet.`,
          `Nobody can live up to "${word?.en ?? ''}": say what you do and what shows it.`,
        );
      }),
  },
  {
    id: 'GST-H02',
    article: 'GDPR art. 42',
    severity: 'W',
    sources: ['gdpr-42'],
    title: { nl: 'Een keurmerk is na te gaan', en: 'A seal can be checked' },
    why: {
      nl: 'Een keurmerk zonder uitgever, reikwijdte en einddatum zegt alleen dat er een plaatje is.',
      en: 'A seal without issuer, scope and expiry only says that there is a picture.',
    },
    write: {
      nl: 'Noem bij "seal" uitgever, reikwijdte, datum, einde en document.',
      en: 'Name issuer, scope, date, expiry and document in "seal".',
    },
    check: (context) =>
      context.policy.claims.flatMap((one, i): Hit[] => {
        if (one.kind !== 'seal') return [];
        const { seal } = one;
        const missing = (['issuer', 'scope', 'date', 'expires', 'document'] as const).filter(
          (key) => seal?.[key] === undefined || (key === 'document' && !exists(context, seal[key] ?? '')),
        );
        if (missing.length > 0)
          return [
            hit(
              ['claims', i, 'seal'],
              `Het keurmerk "${one.id}" is niet na te gaan. Wat nog ontbreekt: ${missing.join(', ')}.`,
              `The seal "${one.id}" cannot be checked: add ${missing.join(', ')}.`,
            ),
          ];
        return unless(
          (seal?.expires ?? '') >= context.at,
          ['claims', i, 'seal', 'expires'],
          `Het keurmerk "${one.id}" liep af op ${seal?.expires ?? ''}: vernieuw het of haal het weg.`,
          `The seal "${one.id}" ended on ${seal?.expires ?? ''}: renew it or take it away.`,
        );
      }),
  },
  {
    id: 'GST-H03',
    article: 'GDPR art. 32',
    severity: 'E',
    sources: ['gdpr-32'],
    mild: {
      nl: 'wat het moet laten zien is genoemd maar laat het nu niet zien, of er is geen enkele maatregel',
      en: 'what must show it is named but does not show it now, or there is no measure at all',
    },
    title: { nl: 'Elke maatregel heeft iets waaruit hij blijkt', en: 'Every measure has something that shows it' },
    why: {
      nl: 'Beveiliging moet u kunnen aantonen: het aandeel met een tweede factor, de laatste terugzetproef, de laatste controle van rechten.',
      en: 'Security is to be shown: the share with a second factor, the last restore test, the last review of access.',
    },
    write: {
      nl: 'Zeg in "shownBy" waaraan men het ziet: een controle, een verklaring of een document. Een norm of keurmerk in "claims" krijgt "evidence".',
      en: 'Say in "shownBy" what shows it: a check, a declaration or a document. A standard in "claims" gets "evidence".',
    },
    check: (context): Hit[] => [
      ...(context.policy.measures.length > 0
        ? measureHits(context)
        : [
            hit(
              ['measures'],
              'Nergens staat wat u doet om gegevens veilig te houden. Zet onder "measures" wat zo is, zoals geheimhouding, een tweede stap bij het inloggen of een proef met back-ups.',
              'Nothing says what you do to keep data safe. Write under "measures" what is so, such as confidentiality, a second step when signing in or a test of backups.',
              { severity: 'W' },
            ),
          ]),
      ...context.policy.claims.flatMap((one, i) =>
        one.kind !== 'standard'
          ? []
          : unlessStands(
              context,
              one.evidence,
              ['claims', i, 'evidence'],
              { nl: `Het bewijs bij "${one.id}"`, en: `The evidence of "${one.id}"` },
              {
                nl: `"${one.id}" beroept zich op een norm zonder bewijs: voeg "evidence" toe met document en datum.`,
                en: `"${one.id}" appeals to a standard without evidence: add "evidence" with document and date.`,
              },
            ),
      ),
    ],
  },
  {
    id: 'GST-H04',
    article: 'GDPR art. 24, 32(1)(d)',
    severity: 'W',
    sources: ['gdpr-24', 'gdpr-32'],
    title: { nl: '"Periodiek" heeft een maat', en: '"Periodically" has a measure' },
    why: {
      nl: '"Regelmatig" kan eens per tien jaar zijn; pas een tijd ertussen en een laatste keer zeggen iets.',
      en: '"Regularly" may be once in ten years; only the time between and the last time say something.',
    },
    write: {
      nl: 'Noem in "every" de tijd ertussen en in "last" de laatste keer, en houd die bij.',
      en: 'Name the time between in "every", and the last time in "last", and keep it up.',
    },
    check: ({ policy, at }) =>
      policy.measures.flatMap((one, i) => {
        const next = one.every === undefined || one.last === undefined ? at : dayAfter(one.last, parseTerm(one.every));
        // Advice: the sentence is not false on the next morning; the board is where the promise stands or falls.
        if (next < at)
          return [
            hit(
              ['measures', i, 'last'],
              `"${one.id}" had op ${next} weer moeten gebeuren: doe het, en zet de dag in "last".`,
              `"${one.id}" was due again on ${next}: do it, and put the day in "last".`,
              { severity: 'I' },
            ),
          ];
        const missing = (['every', 'last'] as const).filter((key) => one[key] === undefined);
        return unless(
          missing.length === 0 || (!one.periodic && said(one.text, periodic) === undefined),
          ['measures', i, missing[0] ?? 'every'],
          `"${one.id}" gebeurt telkens weer. Zet erbij: ${missing.map((key) => again[key].nl).join(', ')}.`,
          `"${one.id}" happens again and again. Add: ${missing.map((key) => again[key].en).join(', ')}.`,
        );
      }),
  },
];
