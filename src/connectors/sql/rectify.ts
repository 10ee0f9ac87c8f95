/** Correcting one item: only if it still is what the caller saw, and nothing keeps it as it is. */
import { sql } from 'kysely';
import { all, not, type Condition, type Dataset, type Guard, type Key, type Scalar } from '../kit/index.ts';
import { columnOf } from './catalogue.ts';
import { bind } from './compile.ts';
import type { Session } from './dialect.ts';
import { count } from './inventory.ts';
import { open } from './table.ts';

export interface Correction {
  readonly session: Session;
  readonly schema: string | undefined;
  readonly dataset: Dataset;
  readonly key: Key;
  readonly patch: Readonly<Record<string, Scalar>>;
  readonly before: Readonly<Record<string, Scalar>>;
  readonly guard: () => Promise<Guard>;
}

export async function rectify(correction: Correction): Promise<'done' | 'changed' | 'absent' | 'held' | 'retained'> {
  const { session, schema, dataset, patch } = correction;
  await session.begin();
  try {
    const { held, kept } = await correction.guard();
    const keeps: readonly Condition[] = [held, ...kept.map((one) => one.where)];
    const those: Condition = { is: 'key', oneOf: [correction.key] };
    const as = Object.entries(correction.before).map(([field, value]): Condition =>
      value === null
        ? all({ is: 'empty', field }, not({ is: 'field', field, oneOf: [''] }))
        : { is: 'field', field, oneOf: [value] },
    );
    const opened = await open(session, dataset, schema, keeps);
    const sets = Object.entries(patch).map(
      ([name, value]) => sql`${sql.id(columnOf(opened.table, name).name)} = ${bind(value)}`,
    );
    const free = all(those, ...as, ...keeps.map(not));
    const changed = await session.run(
      sql`update ${opened.table.ref} as t set ${sql.join(sets)} where ${opened.where(free)}`,
    );
    const found = async (where: Condition): Promise<boolean> => (await count(session, schema, dataset, where)) > 0;
    const answer =
      changed.affected > 0
        ? 'done'
        : !(await found(those))
          ? 'absent'
          : (await found(all(those, held)))
            ? 'held'
            : (await found(all(those, not(all(...keeps.map(not))))))
              ? 'retained'
              : 'changed';
    await session.commit();
    return answer;
  } catch (cause) {
    await session.rollback().catch(() => undefined); // a session that is gone has undone it already
    throw cause;
  }
}
