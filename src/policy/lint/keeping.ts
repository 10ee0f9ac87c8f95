/** D: how long data is kept. */
import { above, belowOrAbove, conflicting, shorterThan } from '../read.ts';
import type { LawSource } from '../law.ts';
import type { Policy } from '../schema.ts';
import { category, controllerPurposes, hit, lawInForce, unless, type Facts, type Hit, type Rule } from './rule.ts';

/** Words for a term that say nothing: it ends when it ends. */
export const circular = {
  nl: /zo ?lang (als )?(dat |dit |het )?(nodig|noodzakelijk)|niet langer dan (nodig|noodzakelijk)|zolang .{0,40}(gezien wordt|wordt gezien|beschouwd|nodig heeft)/i,
  en: /as long as (is |it is )?(necessary|needed)|no longer than (is )?(necessary|needed)|as long as .{0,40}(seen as|regarded as|considered|needs)/i,
};

const groups = { applicant: 'applicants', prospect: 'prospects' } as const;

/** Guidelines in law/ that speak of this category: by its id, its kind, or the one kind of people in it. */
function guidelines(facts: Facts, id: string): LawSource[] {
  const data = category(facts.policy, id);
  if (!data) return [];
  const kinds = new Set(data.subjects.map((one) => facts.policy.subjects.find((subject) => subject.id === one)?.kind));
  const only = kinds.size === 1 ? [...kinds][0] : undefined;
  const words = [data.id, data.kind, only === 'applicant' || only === 'prospect' ? groups[only] : ''];
  return [...facts.book.law.values()].filter(
    (source) =>
      source.kind === 'guideline' &&
      lawInForce(facts, source.id) &&
      source.appliesTo.some((word) => words.includes(word)),
  );
}

type Kept = Policy['retention'][number] | Policy['terms'][number];
const kept = (policy: Policy): { one: Kept; at: ['retention' | 'terms', number] }[] => [
  ...policy.retention.map((one, i) => ({ one, at: ['retention', i] as ['retention', number] })),
  ...policy.terms.map((one, i) => ({ one, at: ['terms', i] as ['terms', number] })),
];

export const keeping: readonly Rule[] = [
  {
    id: 'GST-D01',
    article: 'GDPR art. 13(2)(a), 30(1)(f)',
    severity: 'E',
    cites: ['gdpr-13', 'gdpr-30'],
    title: { nl: 'Alles heeft een bewaartermijn', en: 'Everything has a term' },
    advice: {
      nl: 'Geef elk gegeven een termijn, of een criterium waarmee het einde te bepalen is.',
      en: 'Give all data a term, or a criterion by which its end can be told.',
    },
    check: ({ policy }) =>
      policy.data.flatMap((data, i) =>
        unless(
          !controllerPurposes(policy).some(({ one }) => one.data.includes(data.id)) ||
            kept(policy).some(({ one }) => one.data.includes(data.id)),
          ['data', i],
          `Voor "${data.id}" staat er geen termijn: voeg een regel toe in "retention" of "terms".`,
          `There is no term for "${data.id}": add a rule to "retention" or "terms".`,
        ),
      ),
  },
  {
    id: 'GST-D02',
    article: 'GDPR art. 13(2)(a)',
    severity: 'W',
    cites: ['gdpr-13'],
    title: { nl: 'Geen "zo lang als nodig"', en: 'No "as long as necessary"' },
    advice: {
      nl: 'Noem een tijd, of een gebeurtenis die iedereen kan zien: "een jaar na het laatste contact".',
      en: 'Name a time, or an event that anyone can see: "one year after the last contact".',
    },
    check: ({ policy }) =>
      kept(policy).flatMap(({ one, at }) => {
        const said = [one.text, 'criterion' in one ? one.criterion : undefined];
        return unless(
          !said.some((text) => text && (circular.nl.test(text.nl) || circular.en.test(text.en))),
          [...at, 'text'],
          `"${one.id}" draait in een kring: noem een tijd of een gebeurtenis.`,
          `"${one.id}" goes round in a circle: name a time or an event.`,
        );
      }),
  },
  {
    id: 'GST-D03',
    article: 'GDPR art. 5(1)(e)',
    severity: 'E',
    cites: ['gdpr-5'],
    title: { nl: 'Niet korter dan de wet vraagt', en: 'Not shorter than the law demands' },
    advice: {
      nl: 'Bewaar minstens zo lang als de genoemde wet vraagt.',
      en: 'Keep at least as long as the named statute demands.',
    },
    check: (facts) => [
      ...belowOrAbove(facts.policy, facts.book.law, facts.at).map((one) =>
        hit(
          one.path,
          `Regel "${one.rule}" botst met de wet: ${one.message}.`,
          `Rule "${one.rule}" clashes with the law: ${one.message}.`,
        ),
      ),
      ...facts.policy.terms.flatMap((one, i): Hit[] => {
        const source = one.minimum === undefined ? undefined : lawInForce(facts, one.minimum);
        if (one.minimum === undefined) return [];
        if (!source?.period)
          return [
            hit(
              ['terms', i, 'minimum'],
              `"${one.minimum}" staat niet in law/ of geldt niet op ${facts.at}.`,
              `"${one.minimum}" is not in law/ or not in force on ${facts.at}.`,
            ),
          ];
        return unless(
          one.keep !== undefined && !shorterThan(one, source),
          ['terms', i, 'keep'],
          `"${one.id}" bewaart ${one.keep ?? 'onbepaald'}, en ${source.article} vraagt ${source.period}.`,
          `"${one.id}" keeps ${one.keep ?? 'no term'}, and ${source.article} demands ${source.period}.`,
        );
      }),
    ],
  },
  {
    id: 'GST-D04',
    article: 'GDPR art. 5(1)(e)',
    severity: 'W',
    cites: ['gdpr-5'],
    title: { nl: 'Langer dan gebruikelijk vraagt een reden', en: 'Longer than usual needs a reason' },
    advice: {
      nl: 'Bewaar korter, of zeg in "justification" waarom dat niet kan.',
      en: 'Keep it shorter, or say in "justification" why that cannot be.',
    },
    check: (facts) =>
      kept(facts.policy).flatMap(({ one, at }) => {
        const named = one.maximum === undefined ? undefined : lawInForce(facts, one.maximum);
        const all = new Set([
          ...(named ? [named] : []),
          ...(one.minimum === undefined ? one.data.flatMap((id) => guidelines(facts, id)) : []),
        ]);
        return [...all]
          .filter((source) => source.kind === 'guideline' && above(one, source))
          .slice(0, 1)
          .map((source) =>
            hit(
              [...at, 'keep'],
              `"${one.id}" bewaart ${one.keep ?? ''}, langer dan de richtlijn van ${source.period ?? ''} (${source.article}): bewaar korter of voeg "justification" toe.`,
              `"${one.id}" keeps ${one.keep ?? ''}, longer than the guideline of ${source.period ?? ''} (${source.article}): keep it shorter or add "justification".`,
              one.justification ? { justification: one.justification } : {},
            ),
          );
      }),
  },
  {
    id: 'GST-D05',
    article: 'GDPR art. 13(2)(a)',
    severity: 'E',
    cites: ['gdpr-13'],
    title: { nl: 'Een termijn begint ergens', en: 'A term starts somewhere' },
    advice: { nl: 'Zeg na welke gebeurtenis de termijn begint.', en: 'Say after which event the term starts.' },
    check: ({ policy }) =>
      policy.terms.flatMap((one, i) =>
        unless(
          one.keep === undefined || one.from !== undefined,
          ['terms', i, 'keep'],
          `"${one.id}" bewaart ${one.keep ?? ''} en zegt niet vanaf wanneer: voeg "from" toe.`,
          `"${one.id}" keeps ${one.keep ?? ''} and does not say from when: add "from".`,
        ),
      ),
  },
  {
    id: 'GST-D06',
    article: 'GDPR art. 6(1)(a)',
    severity: 'W',
    cites: ['gdpr-6'],
    title: { nl: '"Langer met toestemming" heeft een einde', en: '"Longer with consent" has an end' },
    advice: {
      nl: 'Noem de uiterste termijn, bijvoorbeeld een jaar.',
      en: 'Name the longest term, a year for example.',
    },
    check: ({ policy }) =>
      policy.terms.flatMap((one, i) =>
        unless(
          one.extendedBy === undefined || one.extendedBy.atMost !== undefined,
          ['terms', i, 'extendedBy'],
          `"${one.id}" bewaart met toestemming langer, zonder einde: voeg "atMost" toe.`,
          `"${one.id}" keeps longer with consent, without an end: add "atMost".`,
        ),
      ),
  },
  {
    id: 'GST-D07',
    article: 'GDPR art. 5(1)(e), 25',
    severity: 'E',
    cites: ['gdpr-5'],
    needsLive: true,
    title: { nl: '"Automatisch verwijderd" gebeurt echt', en: '"Deleted automatically" really happens' },
    advice: {
      nl: 'Sluit het systeem aan en laat de regel elke dag lopen.',
      en: 'Connect the system and let the rule run every day.',
    },
    check: ({ policy, live }) =>
      live === null
        ? []
        : policy.retention.flatMap((one, i) => {
            if (one.then === 'review' || !(one.approval || /automati/i.test(`${one.text.nl} ${one.text.en}`)))
              return [];
            const state = live.rules.get(one.id);
            if (!state?.bound)
              return [
                hit(
                  ['retention', i],
                  `"${one.id}" gaat vanzelf, zegt de tekst, en geen aangesloten systeem voert het uit.`,
                  `"${one.id}" goes by itself, says the text, and no connected system carries it out.`,
                ),
              ];
            return unless(
              state.hours !== null && state.hours <= 48,
              ['retention', i],
              `"${one.id}" gaat vanzelf, zegt de tekst, en is ${state.hours === null ? 'nog nooit' : `${Math.round(state.hours)} uur geleden`} gemeten.`,
              `"${one.id}" goes by itself, says the text, and was ${state.hours === null ? 'never measured' : `last measured ${Math.round(state.hours)} hours ago`}.`,
            );
          }),
  },
  {
    id: 'GST-D08',
    article: 'GDPR art. 17, 32',
    severity: 'W',
    cites: ['gdpr-17', 'gdpr-32'],
    title: { nl: 'Ook uit de back-up', en: 'Out of the backup too' },
    advice: {
      nl: 'Zeg wanneer het ook uit de laatste back-up weg is.',
      en: 'Say when it is out of the last backup too.',
    },
    check: ({ policy }) =>
      kept(policy).flatMap(({ one, at }) =>
        unless(
          one.backups !== undefined || (one.keep === undefined && !('criterion' in one && one.criterion)),
          at,
          `"${one.id}" zegt niets over back-ups: voeg "backups.gone" toe.`,
          `"${one.id}" says nothing about backups: add "backups.gone".`,
        ),
      ),
  },
  {
    id: 'GST-D09',
    article: 'GDPR art. 5(1)(e)',
    severity: 'W',
    cites: ['gdpr-5'],
    title: { nl: 'Wie over een uitzondering beslist', en: 'Who decides on an exception' },
    advice: {
      nl: 'Noem wie beslist en wanneer er opnieuw naar gekeken wordt.',
      en: 'Name who decides, and when it is looked at again.',
    },
    check: ({ policy }) =>
      unless(
        policy.holds.decides !== undefined,
        ['holds'],
        'Nergens staat wie beslist dat een lopende zaak het wissen uitstelt: voeg "holds.decides" toe.',
        'Nothing says who decides that a pending case suspends erasure: add "holds.decides".',
      ),
  },
  {
    id: 'GST-D10',
    article: 'GDPR art. 5(1)(e)',
    severity: 'E',
    cites: ['gdpr-5'],
    title: { nl: 'Eén regel per gegeven', en: 'One rule for one kind of data' },
    advice: { nl: 'Laat één regel gelden, of splits de gegevens.', en: 'Let one rule hold, or split the data.' },
    check: ({ policy }) => [
      ...conflicting(policy).map((one) =>
        hit(
          one.path,
          `Twee regels voor één gegeven: ${one.message}.`,
          `Two rules for one kind of data: ${one.message}.`,
        ),
      ),
      ...policy.terms.flatMap((term, i) =>
        term.data.flatMap((id, j) => {
          const rule = policy.retention.find((one) => one.data.includes(id));
          return unless(
            rule === undefined || term.keep === undefined,
            ['terms', i, 'data', j],
            `"${term.id}" en regel "${rule?.id ?? ''}" gaan beide over "${id}".`,
            `"${term.id}" and rule "${rule?.id ?? ''}" both govern "${id}".`,
          );
        }),
      ),
    ],
  },
];
