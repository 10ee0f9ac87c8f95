/** Cookies (P20; Tw 11.7a): each by name, or plainly that there are none. */
import { termWords } from '../../../../base/wording.ts';
import type { Policy } from '../../../../policy/index.ts';
import type { Block } from '../../document/model.ts';
import { name, paragraph, say, table, webAddress, type Page } from '../page.ts';
import { cookieKinds, cookies } from '../phrases/cookies.ts';
import type { Section } from './section.ts';

type Cookies = NonNullable<Policy['cookies']>;

export const cookiesSection: Section = {
  id: 'cookies',
  title: cookies.title,
  source: 'cookies',
  blocks: (page): Block[] => {
    const all = page.policy.cookies;
    return all ? [...told(page, all), ...each(page, all.list ?? [])] : [];
  },
};

function told(page: Page, all: Cookies): Block[] {
  const href = webAddress(all.statement);
  return paragraph(
    say(page, cookies.are, 'cookies'),
    all.text ? say(page, all.text, 'cookies.text') : [],
    all.list?.length === 0 ? say(page, cookies.none, 'cookies.list') : [],
    all.statement === undefined
      ? []
      : href === undefined
        ? say(page, cookies.ask, 'cookies.statement')
        : say(page, cookies.read, 'cookies.statement', { href }),
  );
}

function each(page: Page, all: NonNullable<Cookies['list']>): Block[] {
  const rows = all.map((one, i) => {
    const path = `cookies.list.${i}`;
    const lasts = one.lasts === 'session' ? cookies.session : termWords(one.lasts);
    const by = one.by === undefined ? [] : say(page, cookies.by(one.by), `${path}.by`);
    return [
      [{ text: one.name, from: `${path}.name` }],
      [...(by.length === 0 ? name : say)(page, one.text, `${path}.text`), ...by],
      name(page, cookieKinds[one.kind], `${path}.kind`),
      name(page, lasts, `${path}.lasts`),
      name(page, one.consent ? cookies.asked : cookies.notAsked, `${path}.consent`),
    ];
  });
  return table(
    page,
    cookies.caption,
    [cookies.cookie, cookies.what, cookies.kind, cookies.lasts, cookies.consent],
    rows,
  );
}
