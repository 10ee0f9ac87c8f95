/** Art. 13(2)(f), 22: decisions by a computer with their logic and a human, or plainly that there are none. */
import { bare } from '../../../../base/wording.ts';
import type { Purpose } from '../../../../policy/index.ts';
import type { Block, Sentence } from '../../document/model.ts';
import { name, paragraph, say, table, type Page } from '../page.ts';
import { allowedBy, automated } from '../phrases/automated.ts';
import type { Section } from './section.ts';

export const automatedSection: Section = {
  id: 'automated',
  title: automated.title,
  source: 'purposes',
  blocks: (page): Block[] => {
    const claims = page.policy.claims.filter((one) => one.kind === 'automated-decisions');
    const deciding = page.policy.purposes.filter((one) => one.automated);
    const claimed = claims.flatMap((one) => say(page, one.text, `claims.${one.id}.text`));
    const none = claims.length + deciding.length === 0 ? say(page, automated.none, 'purposes') : [];
    return [...paragraph(claimed, none), ...deciding.flatMap((one) => decision(page, one))];
  },
};

function decision(page: Page, purpose: Purpose): Block[] {
  const made = purpose.automated;
  if (!made) return [];
  const path = `purposes.${purpose.id}.automated`;
  const own = (['logic', 'significance', 'consequences', 'review'] as const).flatMap((what) => {
    const text = made[what];
    return text ? [[name(page, automated[what], `${path}.${what}`), say(page, text, `${path}.${what}`)]] : [];
  });
  const effect = `${path}.legalOrSimilarEffect`;
  const rows: Sentence[][][] = [
    [name(page, automated.what, `${path}.text`), say(page, made.text, `${path}.text`)],
    [name(page, automated.effect, effect), say(page, made.legalOrSimilarEffect ? automated.yes : automated.no, effect)],
    ...(made.basis
      ? [[name(page, automated.allowed, `${path}.basis`), say(page, allowedBy[made.basis], `${path}.basis`)]]
      : []),
    ...own,
  ];
  return table(page, bare(purpose.text), [automated.question, automated.answer], rows);
}
