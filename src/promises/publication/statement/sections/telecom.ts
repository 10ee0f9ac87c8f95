/** What a provider of telephony owes beside the GDPR: traffic data (Tw 11.5(4)) and shielded numbers (Bude 4.2, P18). */
import { termWords } from '../../../../base/wording.ts';
import type { Policy } from '../../../../policy/index.ts';
import type { Block, Sentence } from '../../document/model.ts';
import { name, namedOf, names, paragraph, part, say, table, type Page } from '../page.ts';
import { shielded, telecom } from '../phrases/telecom.ts';
import { keeps, period } from './retention.ts';
import type { Section } from './section.ts';

export const telecomSection: Section = {
  id: 'telecom',
  title: telecom.title,
  source: 'telecom',
  blocks: (page): Block[] => {
    const { telecom: duties } = page.policy;
    return duties ? [...traffic(page, duties.traffic), ...shieldedNumbers(page, duties.shieldedNumbers)] : [];
  },
};

type Telecom = NonNullable<Policy['telecom']>;

function traffic(page: Page, kinds: Telecom['traffic']): Block[] {
  if (kinds.length === 0) return [];
  const rows = kinds.map((one, i) => [
    name(page, one.text, `telecom.traffic.${i}.text`),
    names(page, namedOf(page.policy.purposes, [one.purpose], 'purposes')),
    one.keep === undefined ? [] : howLong(page, one, `telecom.traffic.${i}.keep`),
    one.consent ? name(page, telecom.only, `telecom.traffic.${i}.consent`) : [],
  ]);
  return [
    ...(page.policy.organisation.telecomProvider
      ? paragraph(say(page, telecom.provider, 'organisation.telecomProvider'))
      : []),
    ...table(page, telecom.caption, [telecom.kind, telecom.purpose, telecom.term, telecom.consent], rows),
  ];
}

/** In the words of the rule that keeps this traffic data, so that both say from when the term counts. */
function howLong(page: Page, one: Telecom['traffic'][number], from: string): Sentence[] {
  const { data, purposes } = page.policy;
  const used = purposes.find(({ id }) => id === one.purpose)?.data ?? [];
  const traffic = data.filter(({ id, kind }) => kind === 'traffic' && used.includes(id)).map(({ id }) => id);
  const rule = keeps(page.policy).find(
    (keep) => keep.keep === one.keep && keep.data.some((id) => traffic.includes(id)),
  );
  if (!rule) return name(page, termWords(one.keep ?? ''), from);
  return period(page, rule).map((each) => ({ ...each, also: [...(each.also ?? []), from] }));
}

function shieldedNumbers(page: Page, numbers: Telecom['shieldedNumbers']): Block[] {
  if (!numbers) return [];
  return part(page, 4, 'shielded-numbers', shielded.title, paragraph(theRight(page, numbers), whoHears(page, numbers)));
}

type Shielded = NonNullable<Telecom['shieldedNumbers']>;
const path = 'telecom.shieldedNumbers';

function theRight(page: Page, { text, freeRightTold }: Shielded): Sentence[] {
  if (text) return say(page, text, `${path}.text`);
  return freeRightTold ? say(page, shielded.free, `${path}.freeRightTold`) : say(page, shielded.passed, path);
}

function whoHears(page: Page, { recipients, numberOnly }: Shielded): Sentence[] {
  if (recipients) return say(page, recipients, `${path}.recipients`);
  return numberOnly ? say(page, shielded.numberOnly, `${path}.numberOnly`) : [];
}
