/** Art. 13(1)(a) and (b): controller, representative, joint controllers, data protection officer. */
import type { Text } from '../../../../base/language.ts';
import { dayWords } from '../../../../base/wording.ts';
import type { Policy } from '../../../../policy/index.ts';
import type { Block, Sentence } from '../../document/model.ts';
import { mid, name, paragraph, part, say, table, webAddress, type Page } from '../page.ts';
import { contact, dpo as officer, joint, representative, who } from '../phrases/who.ts';
import type { Section } from './section.ts';

export const whoSection: Section = {
  id: 'who',
  title: who.title,
  source: 'organisation',
  blocks: (page) => [...organisation(page), ...representativeOf(page), ...jointControllers(page), ...dpo(page)],
};

function organisation(page: Page): Block[] {
  const { organisation: us } = page.policy;
  return [
    ...paragraph(
      say(page, who.decides(us.name), 'organisation.name'),
      say(page, who.controller, 'law'),
      us.activity ? say(page, who.does(mid(page, us.activity)), 'organisation.activity') : [],
      us.publicBody ? say(page, who.publicBody, 'organisation.publicBody') : [],
    ),
    ...contactTable(page, contact.caption(us.name), us, 'organisation'),
    ...paragraph(children(page)),
  ];
}

function children(page: Page): Sentence[] {
  const { children: young } = page.policy.organisation;
  if (!young) return [];
  return [
    ...say(page, young.offered ? who.children : who.noChildren, 'organisation.children.offered'),
    ...(young.text ? say(page, young.text, 'organisation.children.text') : []),
  ];
}

interface Contact {
  readonly post?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly website?: string | undefined;
  readonly registration?: string | undefined;
}

function contactTable(page: Page, caption: Text, one: Contact, path: string): Block[] {
  const ways = [
    ['email', one.email, one.email === undefined ? undefined : `mailto:${one.email}`],
    ['post', one.post, undefined],
    ['phone', one.phone, undefined],
    ['website', one.website, webAddress(one.website)],
    ['registration', one.registration, undefined],
  ] as const;
  const rows = ways.flatMap(([way, value, href]) =>
    value === undefined
      ? []
      : [
          [
            name(page, contact[way], `${path}.${way}`),
            [{ text: value, from: `${path}.${way}`, ...(href === undefined ? {} : { href }) }],
          ],
        ],
  );
  return table(page, caption, [contact.way, contact.where], rows);
}

function representativeOf(page: Page): Block[] {
  const one = page.policy.representative;
  if (!one) return [];
  return part(page, 4, 'representative', representative.title, [
    ...paragraph(say(page, representative.is(one.name), 'representative.name')),
    ...contactTable(page, contact.caption(one.name), one, 'representative'),
  ]);
}

function jointControllers(page: Page): Block[] {
  const others = page.policy.jointControllers;
  return part(page, 4, 'joint-controllers', joint.title, [
    ...others.flatMap((one) => jointController(page, one)),
    ...(others.length > 0 ? paragraph(say(page, joint.either, 'law')) : []),
  ]);
}

function jointController(page: Page, one: Policy['jointControllers'][number]): Block[] {
  const path = `jointControllers.${one.id}`;
  const href = webAddress(one.arrangement);
  return [
    ...paragraph(
      say(page, joint.with(one.name), `${path}.name`),
      one.arrangement === undefined
        ? []
        : href === undefined
          ? say(page, joint.ask(one.name), `${path}.arrangement`)
          : say(page, joint.read(one.name), `${path}.arrangement`, { href }),
    ),
    ...contactTable(page, contact.caption(one.name), one, path),
  ];
}

function dpo(page: Page): Block[] {
  const one = page.policy.dpo;
  if (!one) return [];
  const ground = one.ground === undefined ? null : officer.grounds[one.ground];
  return part(page, 4, 'dpo', officer.title, [
    ...paragraph(
      say(page, officer.does, 'dpo'),
      one.name === undefined ? [] : say(page, officer.called(one.name), 'dpo.name'),
      one.external ? say(page, officer.external, 'dpo.external') : [],
      one.groundText ? say(page, one.groundText, 'dpo.groundText') : ground ? say(page, ground, 'dpo.ground') : [],
      one.registration
        ? say(page, officer.registered(one.registration.number, dayWords(one.registration.date)), 'dpo.registration')
        : [],
    ),
    ...contactTable(page, officer.caption, { email: one.email, post: one.post, phone: one.phone }, 'dpo'),
  ]);
}
