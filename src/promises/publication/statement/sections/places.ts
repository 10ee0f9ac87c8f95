/** Where data is (P14). */
import { countryWords, joined } from '../../../../base/wording.ts';
import type { Block, Sentence } from '../../document/model.ts';
import { paragraph, say, type Page } from '../page.ts';
import { places } from '../phrases/recipients.ts';
import type { Section } from './section.ts';

export const placesSection: Section = {
  id: 'places',
  title: places.title,
  source: 'locations',
  blocks: (page): Block[] => {
    return paragraph(withArea(page, [...whereItIs(page), ...onlyThere(page)]));
  },
};

/** With what the European Economic Area is, where it is named. */
export function withArea(page: Page, told: Sentence[]): Sentence[] {
  const area = told.some((one) => /EER|EEA|Economische Ruimte|Economic Area/u.test(one.text));
  return [...told, ...(area ? say(page, places.area, 'law') : [])];
}

/** What the organisation claims about it; the text of the locations where it claims nothing. */
export function whereItIs(page: Page): Sentence[] {
  const { claims, locations } = page.policy;
  const claimed = claims.filter((one) => one.kind === 'location');
  if (claimed.length > 0) return claimed.flatMap((one) => say(page, one.text, `claims.${one.id}.text`));
  return locations.text ? say(page, locations.text, 'locations.text') : [];
}

function onlyThere(page: Page): Sentence[] {
  const { allowed } = page.policy.locations;
  const countries = joined(allowed.filter((one) => one !== 'EEA').map((one) => countryWords(one)));
  const from = 'locations.allowed';
  if (!allowed.includes('EEA')) return say(page, places.only(countries), from);
  return say(page, countries.nl === '' ? places.eea : places.eeaAnd(countries), from);
}
