/** Which data (Art. 14(1)(d)), why it is needed (5(1)(c)), from whom (14(2)(f)); special data (9, 10), national number (87). */
import type { Text } from '../../../../base/language.ts';
import { articleText, type DataCategory, type Policy } from '../../../../policy/index.ts';
import type { Block, Sentence } from '../../document/model.ts';
import { mid, name, namedOf, names, part, say, statuteWords, table, type Page } from '../page.ts';
import { conditions, data, inform, special } from '../phrases/data.ts';
import type { Section } from './section.ts';

export const dataSection: Section = {
  id: 'data',
  title: data.title,
  source: 'data',
  blocks: (page) => [...all(page), ...extraProtected(page)],
};

/** Data about which we decide ourselves: not what is only there for a client. */
export function ownData(policy: Policy): DataCategory[] {
  return policy.data.filter((one) => {
    const uses = policy.purposes.filter((purpose) => purpose.data.includes(one.id));
    return uses.length === 0 || uses.some((purpose) => purpose.role === 'controller');
  });
}

function all(page: Page): Block[] {
  const { policy } = page;
  return table(
    page,
    data.caption,
    [data.what, data.whose, data.why, data.source],
    ownData(policy).map((one) => [
      name(page, one.text, `data.${one.id}.text`),
      names(page, namedOf(policy.subjects, one.subjects, 'subjects')),
      one.necessity ? say(page, one.necessity, `data.${one.id}.necessity`) : [],
      sourcesOf(page, one),
    ]),
  );
}

/** What arises because a system writes it down. */
const recorded: ReadonlySet<DataCategory['kind']> = new Set(['video', 'call-recording', 'log', 'traffic', 'location']);

function sourcesOf(page: Page, one: DataCategory): Sentence[] {
  return one.sources.flatMap((source, i) => {
    const path = `data.${one.id}.sources.${i}`;
    // Nobody hands over a picture of themselves by walking past; it is still collected from them (Art. 13).
    if (source === 'subject') return say(page, recorded.has(one.kind) ? data.recorded : data.fromYou, path);
    return [
      ...say(page, data.from(mid(page, source.from)), `${path}.from`),
      ...(source.inform ? say(page, inform[source.inform], `${path}.inform`) : []),
    ];
  });
}

function extraProtected(page: Page): Block[] {
  const rows = ownData(page.policy).flatMap((one) => {
    const rule = ruleFor(page, one);
    return rule.length === 0 ? [] : [[name(page, one.text, `data.${one.id}.text`), rule]];
  });
  return part(page, 4, 'special', special.title, table(page, special.caption, [data.what, special.rule], rows));
}

function ruleFor(page: Page, one: DataCategory): Sentence[] {
  const path = `data.${one.id}`;
  switch (one.kind) {
    case 'special':
    case 'criminal':
      return [
        ...say(page, one.kind === 'special' ? special.isSpecial : special.isCriminal, `${path}.kind`),
        ...permitted(page, one),
      ];
    case 'national-number':
      return prescribed(page, one, special.number);
    case 'id-copy':
      return [
        ...prescribed(page, one, special.copy),
        ...(one.masked === true ? say(page, special.masked, `${path}.masked`) : []),
      ];
    case 'credential':
      return one.readable === false ? say(page, special.unreadable, `${path}.readable`) : [];
    default:
      return [];
  }
}

function permitted(page: Page, one: DataCategory): Sentence[] {
  const { gdpr, national } = one.condition ?? {};
  const letter = gdpr?.at(-2) ?? '';
  const reason = conditions[letter];
  const path = `data.${one.id}.condition`;
  return [
    ...(reason ? say(page, special.may(reason, letter), `${path}.gdpr`) : []),
    ...(national === undefined ? [] : say(page, special.national(articleText(national)), `${path}.national`)),
  ];
}

function prescribed(page: Page, one: DataCategory, phrase: (law: Text) => Text): Sentence[] {
  const law = one.statute === undefined ? null : statuteWords(page, one.statute);
  return law ? say(page, phrase(law), `data.${one.id}.statute`) : [];
}
