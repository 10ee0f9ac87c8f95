/** The picture of ages of a plan's lines, in words that fit a bar. */
import type { Language } from '../../base/language.ts';
import { barsWithin, readAges, type Bar } from '../../promises/retention/ages.ts';
import type { AgesView } from '../../web/console/plans.ts';
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
    if (!ages || !ages.bars.some((bar) => bar.items + bar.held > 0)) return [];
    return [
      {
        ...line,
        at: ages.at,
        termAt: barsWithin,
        term: language === 'nl' ? 'termijn' : 'term',
        bars: ages.bars.map((bar, i) => ({
          label: labelOf(bar, language),
          within: i < barsWithin ? bar.items : 0,
          past: i < barsWithin ? 0 : bar.items,
          held: bar.held,
        })),
      },
    ];
  });
}

function labelOf(bar: Bar, language: Language): string {
  const days = language === 'nl' ? 'dagen' : 'days';
  return bar.to === null
    ? `${language === 'nl' ? 'meer dan' : 'more than'} ${bar.from} ${days}`
    : `${bar.from}–${bar.to} ${days}`;
}
