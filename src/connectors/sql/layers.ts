/** Rows of other tables of the same source that go with an item: its copies, its transcript, its events. */
import { sql, type RawBuilder } from 'kysely';
import { all, any, type Condition, type Item, type Layer } from '../kit/index.ts';
import { columnOf, tableOf } from './catalogue.ts';
import { sameValue } from './compile.ts';
import { deleteFrom, undoes, type Deed } from './deed.ts';
import { open, type Opened } from './table.ts';

/** Rows of other tables of the same source that go with these items alone. */
export async function eraseOwnLayers(deed: Deed, items: readonly Item[]): Promise<void> {
  for (const layer of layersHere(deed).filter((one) => !one.shared))
    for (const some of atOnce(items)) await eraseLayer(deed, layer, some);
}

/** Rows that several items share go when their last item is gone. */
export async function eraseSharedLayers(deed: Deed, items: readonly Item[]): Promise<void> {
  for (const layer of layersHere(deed).filter((one) => one.shared))
    for (const some of atOnce(items)) await eraseLayer(deed, layer, some);
}

/** So many items are named in one statement: no host takes a value for each of a hundred thousand. */
export function atOnce(items: readonly Item[]): Item[][] {
  const most = 2_000;
  return Array.from({ length: Math.ceil(items.length / most) }, (_, i) => items.slice(i * most, (i + 1) * most));
}

function layersHere({ dataset }: Deed): Layer[] {
  return dataset.layers.filter((layer) => layer.dataset.source === dataset.source && layer.join);
}

/** Layers of the same source: a row of a table without transactions is gone at once, so the items that have one are told before. */
async function eraseLayer(deed: Deed, layer: Layer, items: readonly Item[]): Promise<void> {
  const table = await tableOf(deed.session, layer.dataset, deed.schema);
  const parent = await tableOf(deed.session, deed.dataset, deed.schema);
  const join = Object.entries(layer.join ?? {});
  const opened = await open(deed.session, layer.dataset, deed.schema, []);
  const [only, ...more] = join;
  if (!only) return;
  const values = (field: string) => items.map((item) => item.fields[field] ?? null).filter((value) => value !== null);
  const joined: Condition =
    more.length === 0
      ? { is: 'field', field: only[0], oneOf: values(only[1]) }
      : any(
          ...items.map((item) =>
            all(
              ...join.map(([column, field]): Condition => ({
                is: 'field',
                field: column,
                oneOf: [item.fields[field] ?? null],
              })),
            ),
          ),
        );
  const alone = layer.shared
    ? sql`and not exists (select 1 from ${parent.ref} as p where ${sql.join(
        join.map(([column, field]) =>
          sameValue(
            [sql.ref(`p.${field}`), columnOf(parent, field)],
            [sql.ref(`t.${column}`), columnOf(table, column)],
          ),
        ),
        sql` and `,
      )})`
    : sql``;
  // Of a table in which rows of other sorts stand too, only those that the profile means.
  const going = sql`${opened.where(joined)} ${alone}`;
  if (!undoes(table)) await tellParting(deed, layer, opened, going, items);
  await deed.session.run(deleteFrom(opened, going));
}

/** Which of the items have a row that is about to go. */
async function tellParting(
  { session, options }: Deed,
  layer: Layer,
  opened: Opened,
  going: RawBuilder<unknown>,
  items: readonly Item[],
): Promise<void> {
  if (!options.parting) return;
  const join = Object.entries(layer.join ?? {});
  const columns = sql.join(join.map(([column]) => sql.ref(`t.${column}`)));
  const { rows } = await session.run(sql`select distinct ${columns} from ${opened.table.ref} as t where ${going}`);
  const name = (values: readonly unknown[]): string => JSON.stringify(values.map(String));
  const there = new Set(rows.map((row) => name(join.map(([column]) => row[column]))));
  const nameOf = (item: Item): string => name(join.map(([, field]) => item.fields[field]));
  // What the host takes for one and we do not (7 and "007") is nobody's here: then all of them are told.
  const known = new Set(items.map(nameOf));
  const having = [...there].every((one) => known.has(one)) ? items.filter((item) => there.has(nameOf(item))) : items;
  if (having.length > 0) await options.parting(layer.dataset.id, having);
}
