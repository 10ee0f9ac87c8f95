/** Art. 13(1)(c) and (d), 13(2)(e): purposes by ground, the interests weighed, what must be given, and any second use. */
import { dayWords } from '../../../../base/wording.ts';
import type { Purpose } from '../../../../policy/index.ts';
import type { Block, Sentence } from '../../document/model.ts';
import { name, namedOf, names, paragraph, part, say, statuteWords, table, webAddress, type Page } from '../page.ts';
import {
  anonymous,
  article,
  because,
  interests,
  meaning,
  meaningBeside,
  purposes,
  required,
  second,
  sometimes,
  type Basis,
} from '../phrases/purposes.ts';
import type { Section } from './section.ts';

export const purposesSection: Section = {
  id: 'purposes',
  title: purposes.title,
  source: 'purposes',
  blocks: (page) => [...byGround(page), ...secondUse(page), ...anonymousFigures(page)],
};

/** Grounds in the order in which most people meet them. */
const order: readonly Basis[] = [
  'contract',
  'legal-obligation',
  'legitimate-interests',
  'consent',
  'public-task',
  'vital-interests',
];

/** The grounds of a purpose, each once, in that order. */
export function grounds(purpose: Purpose): Basis[] {
  return order.filter((one) => purpose.basis.includes(one));
}

function byGround(page: Page): Block[] {
  const ours = page.policy.purposes.filter((one) => one.role === 'controller');
  const groups = Map.groupBy(ours, (one) => grounds(one).join('-'));
  const rank = (one: Purpose): number => {
    const [first, ...rest] = grounds(one);
    return first === undefined ? order.length * 10 : order.indexOf(first) * 10 + rest.length;
  };
  return [...groups.entries()]
    .toSorted(([, [a]], [, [b]]) => (a && b ? rank(a) - rank(b) : 0))
    .flatMap(([key, group]) => onGround(page, key, group));
}

function onGround(page: Page, key: string, group: readonly Purpose[]): Block[] {
  const bases = group[0] ? grounds(group[0]) : [];
  const known = bases.length > 0;
  const rule = article(bases);
  const from = `purposes.${group[0]?.id ?? ''}.basis`;
  return part(page, 4, `ground-${key === '' ? 'none' : key}`, known ? because(bases) : purposes.otherwise, [
    ...paragraph(
      bases.length > 1 ? together(page, bases) : bases.flatMap((one) => say(page, meaning[one], 'law')),
      rule ? say(page, rule, 'law') : [],
    ),
    ...table(
      page,
      known ? purposes.caption(because(bases)) : purposes.captionOtherwise,
      [purposes.what, purposes.data, purposes.must],
      group.map((one) => [
        whatFor(page, one),
        names(page, namedOf(page.policy.data, one.data, 'data')),
        mustGive(page, one),
      ]),
    ),
    ...weighed(page, group),
    ...(bases.includes('legitimate-interests') && mayObject(page)
      ? paragraph(say(page, interests.object, from, { href: '#rights' }))
      : []),
  ]);
}

function together(page: Page, bases: readonly Basis[]): Sentence[] {
  const meant = bases.flatMap((one) => {
    const words = meaningBeside[one];
    return words ? say(page, words, 'law') : [];
  });
  return [...say(page, sometimes, 'law'), ...meant];
}

function whatFor(page: Page, purpose: Purpose): Sentence[] {
  const path = `purposes.${purpose.id}`;
  const statutes = purpose.statute.flatMap((id) => {
    const words = statuteWords(page, id);
    return words ? say(page, purposes.statute(words), `${path}.statute`) : [];
  });
  const href = webAddress(purpose.notice);
  const more = href === undefined ? [] : say(page, purposes.more, `${path}.notice`, { href });
  const named = statutes.length + more.length === 0 ? name : say;
  return [...named(page, purpose.text, `${path}.text`), ...statutes, ...more];
}

/** Whether a person must give the data, and what happens otherwise. No contract obliges one who has none with us. */
export function mustGive(page: Page, purpose: Purpose, { party }: { party: boolean } = { party: true }): Sentence[] {
  const { provision } = purpose;
  if (!provision) return [];
  const path = `purposes.${purpose.id}.provision`;
  const must = provision.required === 'contract' && !party ? 'no' : provision.required;
  return [
    ...say(page, required[must], `${path}.required`),
    ...(provision.consequence ? say(page, provision.consequence, `${path}.consequence`) : []),
  ];
}

function weighed(page: Page, group: readonly Purpose[]): Block[] {
  const rows = group.flatMap((one) => {
    const path = `purposes.${one.id}`;
    const { interest } = one;
    if (!interest) return [];
    const { assessment } = interest;
    const href = webAddress(assessment?.document);
    return [
      [
        name(page, one.text, `${path}.text`),
        say(page, interest.text, `${path}.interest.text`),
        assessment
          ? [
              ...(href === undefined ? name : say)(
                page,
                interests.on(dayWords(assessment.date)),
                `${path}.interest.assessment.date`,
              ),
              ...(href === undefined
                ? []
                : say(page, interests.read, `${path}.interest.assessment.document`, { href })),
            ]
          : [],
      ],
    ];
  });
  const toAsk = group.find((one) => one.interest?.assessment && !webAddress(one.interest.assessment.document));
  return [
    ...table(page, interests.caption, [purposes.what, interests.reason, interests.weighed], rows),
    ...paragraph(toAsk ? say(page, interests.ask, `purposes.${toAsk.id}.interest.assessment`) : []),
  ];
}

function mayObject(page: Page): boolean {
  return page.policy.rights?.list.some((one) => one.right === 'objection') ?? false;
}

function secondUse(page: Page): Block[] {
  const rows = page.policy.purposes.flatMap((one) => {
    const { furtherUse } = one;
    if (!furtherUse) return [];
    const path = `purposes.${one.id}`;
    const { compatibility } = furtherUse;
    return [
      [
        name(page, one.text, `${path}.text`),
        names(page, namedOf(page.policy.purposes, [furtherUse.of], 'purposes')),
        compatibility
          ? say(page, second.checked(dayWords(compatibility.date)), `${path}.furtherUse.compatibility`)
          : [],
      ],
    ];
  });
  return part(
    page,
    4,
    'second-use',
    second.title,
    table(page, second.caption, [second.now, second.first, second.fits], rows),
  );
}

function anonymousFigures(page: Page): Block[] {
  const claims = page.policy.claims.filter((one) => one.kind === 'anonymised');
  const sentences = claims.flatMap((one) => [
    ...say(page, one.text, `claims.${one.id}.text`),
    ...(one.evidence ? say(page, anonymous.tested(dayWords(one.evidence.date)), `claims.${one.id}.evidence`) : []),
  ]);
  return part(page, 4, 'anonymous', anonymous.title, paragraph(sentences));
}
