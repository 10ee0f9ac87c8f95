/** The picture of ages of a plan's lines, in words that fit a bar. */
import type { Language } from '../../base/language.ts';
import { ageWords } from '../../base/wording.ts';
import { barsWithin, readAges } from '../../promises/retention/ages.ts';
import type { AgesView } from '../../web/console/plan-ages.ts';
import type { OpenWorld } from '../world.ts';

/** Only datasets in which something was counted: an empty picture says nothing. */
export async function agesFor(
  world: OpenWorld,
  lines: readonly { readonly rule: string; readonly system: string; readonly dataset: string }[],
  language: Language,
): Promise<AgesView[]> {
  const all = await readAges(world);
  return lines.flatMap((line) => {
    const ages = all.find(
      (one) => one.rule === line.rule && one.system === line.system && one.dataset === line.dataset,
    );
    if (!ages?.bars.some((bar) => bar.items + bar.held + bar.due + bar.kept + bar.along > 0)) return [];
    const keep = world.policy.retention.find((rule) => rule.id === line.rule)?.keep ?? 'P1D';
    return [
      {
        ...line,
        at: ages.at,
        termAt: barsWithin,
        term: language === 'nl' ? 'termijn' : 'term',
        bars: ages.bars.map(({ items, ...bar }) => ({
          ...bar,
          within: items,
          label: ageWords(bar.from, bar.to, keep)[language],
        })),
      },
    ];
  });
}
