/** The statement about itself (P06): version, date, earlier versions, languages, law and court. */
import { dayWords } from '../../../../base/wording.ts';
import type { Policy } from '../../../../policy/index.ts';
import type { Block, Sentence } from '../../document/model.ts';
import { paragraph, say, webAddress, type Page } from '../page.ts';
import { about } from '../phrases/about.ts';
import type { Section } from './section.ts';

type Publication = NonNullable<Policy['publication']>;

export const aboutSection: Section = {
  id: 'about',
  title: about.title,
  source: 'publication',
  blocks: (page): Block[] => {
    const one = page.policy.publication;
    if (!one) return [];
    return [
      ...paragraph(
        versionOf(page, one),
        languagesOf(page, one),
        one.url === undefined ? [] : linked(page, about.newest, 'publication.url', webAddress(one.url)),
        previousOf(page, one),
        say(page, about.changes, 'law'),
      ),
      ...paragraph(
        one.law ? say(page, one.law, 'publication.law') : [],
        one.forum ? say(page, one.forum.text, 'publication.forum.text') : [],
      ),
    ];
  },
};

function versionOf(page: Page, one: Publication): Sentence[] {
  const { version, date } = one;
  if (version !== undefined && date !== undefined)
    return say(page, about.version(version, dayWords(date)), 'publication.version');
  if (version !== undefined) return say(page, about.undated(version), 'publication.version');
  return date === undefined ? [] : say(page, about.dated(dayWords(date)), 'publication.date');
}

function languagesOf(page: Page, { languages }: Publication): Sentence[] {
  const [first, second] = [...new Set(languages)];
  if (first === undefined) return say(page, about.ours, 'publication');
  return say(page, second === undefined ? about.one[first] : about.languages, 'publication.languages');
}

function previousOf(page: Page, one: Publication): Sentence[] {
  if (one.previous === undefined) return [];
  const href = webAddress(one.previous);
  return linked(page, href === undefined ? about.askPrevious : about.previous, 'publication.previous', href);
}

function linked(page: Page, text: Parameters<typeof say>[1], from: string, href: string | undefined): Sentence[] {
  return say(page, text, from, href === undefined ? {} : { href });
}
