/** Recorded calls (P34) and cameras (P09): what one hears or sees first, and how to say no. */
import type { Text } from '../../../../base/language.ts';
import { joined } from '../../../../base/wording.ts';
import type { Purpose } from '../../../../policy/index.ts';
import type { Block, Sentence } from '../../document/model.ts';
import { mid, paragraph, say, type Page } from '../page.ts';
import { calls, cameras } from '../phrases/calls.ts';
import type { Section } from './section.ts';

export const callsSection: Section = {
  id: 'calls',
  title: calls.title,
  source: 'purposes',
  blocks: (page): Block[] => {
    const recorded = page.policy.purposes.filter((one) => one.calls);
    const [first] = recorded;
    if (!first) return [];
    const excluded = recorded.every((one) => one.calls?.onHoldExcluded === true);
    return paragraph(
      say(page, calls.may, `purposes.${first.id}.calls`),
      say(page, calls.for(purposeWords(page, recorded)), `purposes.${first.id}.text`),
      recorded.flatMap((one) => told(page, one, 'announced')),
      recorded.flatMap((one) => told(page, one, 'listeners')),
      excluded ? say(page, calls.onHold, `purposes.${first.id}.calls.onHoldExcluded`) : [],
      recorded.flatMap((one) => told(page, one, 'objection')),
    );
  },
};

/** What the policy itself tells about the recording of calls for one purpose. */
export function told(page: Page, purpose: Purpose, what: 'announced' | 'listeners' | 'objection'): Sentence[] {
  const text = purpose.calls?.[what];
  return text ? say(page, text, `purposes.${purpose.id}.calls.${what}`) : [];
}

export const camerasSection: Section = {
  id: 'cameras',
  title: cameras.title,
  source: 'purposes',
  blocks: (page): Block[] => {
    const filmed = page.policy.purposes.filter((one) => one.video);
    const [first] = filmed;
    if (!first) return [];
    const path = `purposes.${first.id}.video`;
    const road = filmed.some((one) => one.video?.publicRoad === true);
    const hidden = filmed.some((one) => one.video?.covert === true);
    return paragraph(
      say(page, cameras.there, path),
      say(page, cameras.for(purposeWords(page, filmed)), `purposes.${first.id}.text`),
      filmed.flatMap((one) => (one.video?.sign ? say(page, one.video.sign, `purposes.${one.id}.video.sign`) : [])),
      say(page, road ? cameras.road : cameras.noRoad, `${path}.publicRoad`),
      say(page, hidden ? cameras.hidden : cameras.noneHidden, `${path}.covert`),
    );
  },
};

function purposeWords(page: Page, purposes: readonly Purpose[]): Text {
  return joined(purposes.map((one) => mid(page, one.text)));
}
