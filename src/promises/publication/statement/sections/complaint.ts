/** Art. 13(2)(d), 77, 79: the supervisory authority, and the court. */
import type { Block } from '../../document/model.ts';
import { paragraph, say, webAddress, type Page } from '../page.ts';
import { authorityWords, complaint } from '../phrases/rights.ts';
import type { Section } from './section.ts';

export const complaintSection: Section = {
  id: 'complaint',
  title: complaint.title,
  source: 'complaint',
  blocks: (page: Page): Block[] => {
    const one = page.policy.complaint;
    if (!one) return [];
    const href = webAddress(one.website);
    return paragraph(
      one.text ? say(page, one.text, 'complaint.text') : [],
      say(page, complaint.authority(authorityWords(one.authority)), 'complaint.authority'),
      href === undefined ? [] : say(page, complaint.website, 'complaint.website', { href }),
      say(page, complaint.elsewhere, 'law'),
      say(page, complaint.court, 'law'),
    );
  },
};
