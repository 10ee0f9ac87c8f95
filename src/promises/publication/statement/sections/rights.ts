/** Art. 13(2)(b)-(c), 12, 15-22: each right explained, objection apart from all the rest (21(4)), and how to ask. */
import type { Text } from '../../../../base/language.ts';
import { bare, termWords } from '../../../../base/wording.ts';
import type { Policy } from '../../../../policy/index.ts';
import type { Block, Sentence } from '../../document/model.ts';
import { led, list, name, paragraph, part, say, type Page } from '../page.ts';
import { asked, how, objection, rights } from '../phrases/rights.ts';
import type { Section } from './section.ts';

export const rightsSection: Section = {
  id: 'rights',
  title: asked.title,
  source: 'rights',
  blocks: (page): Block[] => {
    const all = page.policy.rights;
    return all ? [...each(page, all), ...toObject(page, all), ...toAsk(page, all)] : [];
  },
};

type Rights = NonNullable<Policy['rights']>;
type Listed = Rights['list'][number] & { readonly path: string };

export function listed(all: Rights): Listed[] {
  return all.list.map((one, i) => ({ ...one, path: `rights.list.${i}` }));
}

/** Objection has its own block unless the policy says that it has not. */
function isApart(all: Rights, one: Listed): boolean {
  return one.right === 'objection' && all.objection?.ownBlock !== false;
}

function each(page: Page, all: Rights): Block[] {
  const items = listed(all)
    .filter((one) => !isApart(all, one))
    .map((one) => explained(page, all, one));
  return led(say(page, asked.lead, 'rights.list'), list(items));
}

function explained(page: Page, all: Rights, one: Listed): Sentence[] {
  const { title, text } = rights[one.right];
  return [
    ...say(page, title, one.path, { strong: true }),
    ...(one.text ? say(page, one.text, `${one.path}.text`) : say(page, text, one.path)),
    ...(one.right === 'portability' && all.portabilityLimited
      ? say(page, asked.limited, 'rights.portabilityLimited')
      : []),
    ...(one.right === 'objection' ? conditions(page, all) : []),
  ];
}

function toObject(page: Page, all: Rights): Block[] {
  const apart = listed(all).filter((one) => isApart(all, one));
  if (apart.length === 0) return [];
  const own = apart.flatMap((one) =>
    one.text ? say(page, one.text, `${one.path}.text`) : say(page, objection.when, one.path),
  );
  const against = page.policy.purposes.filter(
    (one) =>
      one.role === 'controller' &&
      (one.marketing || one.basis.some((basis) => basis === 'legitimate-interests' || basis === 'public-task')),
  );
  const blocks = [
    ...paragraph(own, conditions(page, all)),
    ...led(
      say(page, objection.lead, 'purposes'),
      list(against.map((one) => name(page, againstWhat(one), `purposes.${one.id}.text`))),
    ),
  ];
  return [{ kind: 'apart', id: 'objection', title: bare(objection.title)[page.language], blocks }];
}

function againstWhat(one: Policy['purposes'][number]): Text {
  return one.basis.includes('contract') && !one.marketing ? objection.withoutContract(bare(one.text)) : one.text;
}

/** Who must show what, and that advertising always stops (Art. 21(1)-(3)). */
function conditions(page: Page, all: Rights): Sentence[] {
  const { objection: terms } = all;
  if (!terms) return [];
  return [
    ...(terms.subjectMustShow
      ? say(page, objection.mustShow, 'rights.objection.subjectMustShow')
      : [...say(page, objection.weigh, 'law'), ...say(page, objection.noProof, 'rights.objection.subjectMustShow')]),
    ...(terms.marketingAlways ? say(page, objection.marketing, 'rights.objection.marketingAlways') : []),
  ];
}

function toAsk(page: Page, all: Rights): Block[] {
  const { channels, answerWithin, idCopy } = all;
  const changes = all.list.some((one) => one.right === 'rectification' || one.right === 'erasure');
  return part(page, 4, 'ask', how.title, [
    ...paragraph(
      channels.length > 0 ? say(page, how.channels(channels), 'rights.channels', { href: '#who' }) : [],
      answerWithin === undefined
        ? []
        : [
            ...say(page, how.within(termWords(answerWithin)), 'rights.answerWithin'),
            ...say(page, how.extended, 'law'),
            ...say(page, how.free, 'law'),
            ...say(page, how.refused, 'law'),
          ],
    ),
    ...paragraph(
      all.withdrawal ? say(page, all.withdrawal.channel, 'rights.withdrawal.channel') : [],
      idCopy === undefined ? [] : say(page, how.idCopy[idCopy], 'rights.idCopy'),
      changes && answerWithin !== undefined ? say(page, how.passedOn, 'law') : [],
    ),
  ]);
}
