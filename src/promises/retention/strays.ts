/**
 * Parts whose item is gone: a letter of an applicant who is no row any more, a transcript without its call. Without a clock of
 * their own no term ever ends for them, so they are told instead of passed over.
 */
import { chunks } from '../../base/chunks.ts';
import type { Text } from '../../base/language.ts';
import { ConnectorFault, everything, nothing, type Dataset } from '../../connectors/kit/index.ts';
import type { World } from '../world.ts';
import { orphansAmong } from './layers.ts';
import { hangingOn, type Line } from './model.ts';
import { type PlanFinding } from './planned.ts';

export async function strays(world: World, lines: readonly Line[]): Promise<PlanFinding[]> {
  const found: PlanFinding[] = [];
  for (const { dataset, parent } of hangingOn(lines, world.systems.datasets)) {
    const tell = (kind: string, text: Text, items: number | null): void =>
      void found.push({ kind, system: dataset.system, dataset: dataset.id, detail: text.en, text, items });
    try {
      const items = await count(world, dataset, parent);
      if (items > 0)
        tell(
          'orphan',
          {
            nl: `hoort bij geen item van "${parent.dataset.id}" meer, en heeft geen eigen klok`,
            en: `belongs to no item of "${parent.dataset.id}" any more, and has no clock of its own`,
          },
          items,
        );
    } catch (cause) {
      if (!(cause instanceof ConnectorFault)) throw cause;
      tell('not-counted', cause.text, null);
    }
  }
  return found;
}

async function count(world: World, dataset: Dataset, parent: NonNullable<Line['parent']>): Promise<number> {
  if (parent.dataset.source === dataset.source) {
    const connector = await world.systems.connector(parent.dataset.system, parent.dataset.source);
    return (await connector.verify(parent.dataset, nothing)).orphans[dataset.id] ?? 0;
  }
  const connector = await world.systems.connector(dataset.system, dataset.source);
  let orphans = 0;
  for await (const part of chunks(connector.locate(dataset, everything), 500))
    orphans += (await orphansAmong(world, parent, part)).size;
  return orphans;
}
