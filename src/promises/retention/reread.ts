/** After the last deed of a line: read again, by another path than the deed's. */
import { chunks } from '../../base/chunks.ts';
import { weakest, type Condition, type Connector, type Level } from '../../connectors/kit/index.ts';
import type { World } from '../world.ts';
import type { Hold } from '../holds/model.ts';
import { heldElsewhere, orphansAmong } from './layers.ts';
import type { Line } from './model.ts';

interface Read {
  readonly left: number;
  readonly orphans: number;
  readonly level: Level;
  readonly residue: readonly string[];
}

/** What of a line is left that should have gone, and how surely that is known. */
export async function reread(
  world: World,
  line: Line,
  connector: Connector,
  free: Condition,
  holds: readonly Hold[],
): Promise<Read> {
  const read = await again(world, line, connector, free, holds);
  return line.dataset.unreached ? { ...read, level: weakest('V1', read.level) } : read;
}

async function again(
  world: World,
  line: Line,
  connector: Connector,
  free: Condition,
  holds: readonly Hold[],
): Promise<Read> {
  const seen = await connector.verify(line.dataset, free);
  const orphans = Object.values(seen.orphans).reduce((a, b) => a + b, 0);
  // What stands of the rest was looked at one by one: it rightly stands.
  const told = (left: number) => ({
    left,
    orphans,
    level: left === 0 ? weakest('V2', connector.describe().level) : ('V0' as const),
    residue: seen.residue,
  });
  const { parent } = line;
  if (!parent || parent.dataset.source === line.dataset.source || seen.left === 0) {
    const held = seen.left === 0 ? 0 : await heldElsewhere(world, line.dataset, holds, free);
    if (held === 0) return { left: seen.left, orphans, level: seen.level, residue: seen.residue };
    return told(seen.left - held);
  }
  // What is left of a layer may rightly be there: its parent is. Only those without a parent are left over.
  let left = 0;
  for await (const part of chunks(connector.locate(line.dataset, free), 500))
    left += (await orphansAmong(world, parent, part)).size;
  return told(left);
}
