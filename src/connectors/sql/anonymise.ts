/** Making rows anonymous by a recipe. A pseudonym's key is made for one batch and forgotten with it. */
import { createHmac, randomBytes } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { sql } from 'kysely';
import { all, ConnectorFault, type Recipe, type Scalar } from '../kit/index.ts';
import { columnOf } from './catalogue.ts';
import { bind } from './compile.ts';
import { eraseOwnLayers } from './layers.ts';
import type { Act } from './sweep.ts';

export function anonymiser(recipe: Readonly<Record<string, Recipe>>): Act {
  const key = randomBytes(32);
  return async (deed, opened, free, items) => {
    let changed = 0;
    // The row stays without the person; its copies and transcripts would still tell who it was.
    await eraseOwnLayers(deed, items);
    // Rows of one key are changed by one statement.
    for (const [item] of Map.groupBy(items, (one) => JSON.stringify(one.key.map(String))).values()) {
      if (!item) continue;
      const sets = Object.entries(recipe).map(
        ([name, how]) =>
          sql`${sql.id(columnOf(opened.table, name).name)} = ${bind(changeTo(how, item.fields[name] ?? null, key))}`,
      );
      const result = await opened.session.run(
        sql`update ${opened.table.ref} as t set ${sql.join(sets)} where ${opened.where(all(free, { is: 'key', oneOf: [item.key] }))}`,
      );
      if (result.affected < 1)
        throw new ConnectorFault('surprise', 'a row that was locked could not be changed; the batch was undone', {
          retry: true,
          nl: 'een rij die op slot stond, was niet te veranderen; de partij is teruggedraaid',
        });
      changed += result.affected;
    }
    return changed;
  };
}

function changeTo(recipe: Recipe, value: Scalar, key: Uint8Array): Scalar {
  switch (recipe.to) {
    case 'null':
      return null;
    case 'text':
      return recipe.value;
    case 'prefix':
      return value === null ? null : String(value).slice(0, recipe.keep);
    case 'pseudonym':
      return value === null ? null : createHmac('sha256', key).update(String(value)).digest('hex').slice(0, 20);
    case 'ip-network': {
      const text = String(value ?? '');
      if (isIPv4(text)) return text.replace(/\.\d+$/, '.0');
      return text.includes(':') ? `${text.split(':').slice(0, 3).join(':')}::` : null;
    }
  }
}
