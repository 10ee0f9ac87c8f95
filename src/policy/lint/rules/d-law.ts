/** D: terms against the statutes and guidelines in law/, and against each other. */
import { capital, namesAnother, termFigures, termWords } from '../../../base/wording.ts';
import { above, aboveText, belowOrAbove, belowText, conflicting, shorterThan } from '../../read.ts';
import type { LawSource } from '../../law.ts';
import { articleText } from '../../phrases.ts';
import { hit, kept, lawFor, lawInForce } from '../facts.ts';
import type { Hit, LintContext, Rule } from '../model.ts';

type Kept = ReturnType<typeof kept>[number];

const tooShort = ({ one, at }: Kept, source: LawSource): Hit => {
  const below = belowText(one, source);
  return hit([...at, 'keep'], `"${one.id}" ${below.nl}.`, `"${one.id}" ${below.en}.`);
};

const tooLong = ({ one, at }: Kept, source: LawSource): Hit => {
  const over = aboveText(one, source);
  return hit([...at, 'keep'], `"${one.id}" ${over.nl}.`, `"${one.id}" ${over.en}.`);
};

/** Statutes that speak of the data although the policy does not name them. */
function unnamed(context: LintContext, line: Kept): Hit[] {
  const { one } = line;
  const first = (kind: 'minimum' | 'maximum', wrong: (source: LawSource) => boolean): LawSource | undefined =>
    one[kind] === undefined ? one.data.flatMap((id) => lawFor(context, id, kind)).find(wrong) : undefined;
  const below = first('minimum', (source) => shorterThan(one, source));
  const over = first('maximum', (source) => above(one, source));
  return [...(below ? [tooShort(line, below)] : []), ...(over ? [tooLong(line, over)] : [])];
}

/** The guideline that a term, or its extension by consent, goes beyond. */
function beyond(
  context: LintContext,
  { one, at }: Kept,
): { source: LawSource; keep: string; path: Hit['path'] } | null {
  const own = lawInForce(context, one.maximum);
  const all = [
    ...(own?.kind === 'guideline' ? [own] : []),
    // Guidelines yield to a statutory minimum.
    ...(one.minimum === undefined ? one.data.flatMap((id) => lawFor(context, id, 'guideline')) : []),
  ];
  const source = all.find((guideline) => above(one, guideline));
  if (source) return { source, keep: one.keep ?? '', path: [...at, 'keep'] };
  const atMost = one.extendedBy?.atMost;
  const longer = one.data
    .flatMap((id) => lawFor(context, id, 'guideline', '-with-consent'))
    .find((guideline) => above({ keep: atMost, startsAt: one.startsAt }, guideline));
  return longer && atMost !== undefined
    ? { source: longer, keep: atMost, path: [...at, 'extendedBy', 'atMost'] }
    : null;
}

export const dLaw: readonly Rule[] = [
  {
    id: 'GST-D03',
    article: 'GDPR art. 5(1)(e)',
    severity: 'E',
    sources: ['gdpr-5'],
    title: {
      nl: 'Niet korter dan een wet vraagt, niet langer dan een wet toestaat',
      en: 'Not below what a statute demands, nor above what one allows',
    },
    why: {
      nl: 'Een wettelijke bewaarplicht gaat voor: een factuur van vijf jaar moet de Belastingdienst nog kunnen zien.',
      en: 'A statutory duty to keep comes first: the tax office must still be able to see an invoice of five years ago.',
    },
    write: {
      nl: 'Zet "keep" op ten minste het wettelijk minimum, met dezelfde "startsAt", en noem de wet bij "minimum".',
      en: 'Set "keep" to at least the statutory minimum, with the same "startsAt", and name the statute in "minimum".',
    },
    check: (context): Hit[] => [
      ...belowOrAbove(context.policy, context.book.law, context.at).map((one) =>
        hit(one.path, `${capital(one.message).nl}.`, `${capital(one.message).en}.`),
      ),
      ...kept(context.policy).flatMap((line) => unnamed(context, line)),
    ],
  },
  {
    id: 'GST-D04',
    article: 'GDPR art. 5(1)(e)',
    severity: 'W',
    sources: ['gdpr-5'],
    title: { nl: 'Langer dan gebruikelijk heeft een reden', en: 'Longer than usual has a reason' },
    why: {
      nl: 'Toezichthouders noemen een gebruikelijk maximum (camera 4 weken, sollicitatie 4 weken of een jaar); wie erboven zit, legt uit waarom.',
      en: 'Authorities name a usual maximum (camera 4 weeks, application 4 weeks or a year); whoever goes beyond it explains why.',
    },
    write: {
      nl: 'Bewaar korter, of zeg in "justification" waarom dat niet kan.',
      en: 'Keep it shorter, or say in "justification" why that cannot be.',
    },
    check: (context): Hit[] =>
      kept(context.policy).flatMap((line) => {
        const found = beyond(context, line);
        if (!found) return [];
        const { source, path } = found;
        const [keep, usual, article] = [
          termWords(found.keep),
          termWords(source.period ?? found.keep),
          articleText(source.article),
        ];
        return [
          hit(
            path,
            `"${line.one.id}" bewaart ${keep.nl}, en de richtlijn (${article.nl}) is ${usual.nl}: bewaar korter, of zeg in "justification" waarom dat niet kan.`,
            `"${line.one.id}" keeps ${keep.en}, and the guideline (${article.en}) is ${usual.en}: keep it shorter, or say in "justification" why that cannot be.`,
            line.one.justification ? { justification: line.one.justification } : {},
          ),
        ];
      }),
  },
  {
    id: 'GST-D10',
    article: 'GDPR art. 5(1)(e)',
    severity: 'E',
    sources: ['gdpr-5'],
    title: { nl: 'Eén regel voor één soort gegevens', en: 'One rule for one kind of data' },
    why: {
      nl: 'Zeggen twee regels iets anders, dan is er altijd één gebroken.',
      en: 'Where two rules say different things, one of them is always broken.',
    },
    write: { nl: 'Laat één regel gelden, of splits de gegevens.', en: 'Let one rule hold, or split the data.' },
    check: ({ policy }): Hit[] => {
      const { retention, terms } = policy;
      return [
        // The statement tells the term itself; the register has the text beside it.
        ...kept(policy).flatMap(({ one, at }): Hit[] => {
          const { keep, text } = one;
          if (keep === undefined || !namesAnother(text, keep)) return [];
          const term = termFigures(keep);
          return [
            hit(
              [...at, 'text'],
              `"${one.id}" bewaart ${term.nl}, en de tekst erbij noemt een andere tijd: laat ze hetzelfde zeggen.`,
              `"${one.id}" keeps ${term.en}, and the text beside it names another time: let them say the same.`,
              { severity: 'W' },
            ),
          ];
        }),
        ...conflicting(policy).map((one) =>
          hit(one.path, `Laat één regel gelden: ${one.message.nl}.`, `Let one rule hold: ${one.message.en}.`),
        ),
        ...terms.flatMap((term, i) =>
          term.data.flatMap((id, j): Hit[] => {
            const other =
              retention.find((one) => one.data.includes(id)) ??
              terms
                .slice(0, i)
                .find((one) => one.data.includes(id) && one.keep !== undefined && term.keep !== undefined);
            return other
              ? [
                  hit(
                    ['terms', i, 'data', j],
                    `"${term.id}" en "${other.id}" gaan beide over "${id}": laat er één gelden, of splits de gegevens.`,
                    `"${term.id}" and "${other.id}" both govern "${id}": let one of them hold, or split the data.`,
                  ),
                ]
              : [];
          }),
        ),
      ];
    },
  },
];
