/** What the makers of the invented company share: its ground, its day, its people, and many rows at once. */
import type pg from 'pg';
import { firstNames, lastNames, type Random } from './random.ts';

export interface Sizes {
  readonly calls: number;
  readonly days: number;
  readonly sessions: number;
  readonly cameras: number;
  readonly eventsPerDay: number;
}

export interface Ground {
  urlOf(database: string): string;
  readonly home: string;
  readonly now: Date;
  readonly log: (line: string) => void;
}

export const day = 86_400_000;

/** Many rows in one statement: a column list, and a list of values per column. */
export async function insert(
  client: pg.Client,
  table: string,
  columns: Readonly<Record<string, readonly [type: string, values: readonly unknown[]]>>,
): Promise<void> {
  const names = Object.keys(columns);
  const casts = names.map((name, i) => `$${i + 1}::${columns[name]?.[0] ?? 'text'}[]`);
  await client.query(
    `insert into ${table} (${names.join(', ')}) select * from unnest(${casts.join(', ')})`,
    names.map((name) => columns[name]?.[1] ?? []),
  );
}

export const phone = (random: Random): string => `06${String(10_000_000 + random.below(89_999_999))}`;
export const person = (random: Random): string => `${random.pick(firstNames)} ${random.pick(lastNames)}`;
export const mailOf = (name: string, i: number): string =>
  `${name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z]+/g, '.')}${i}@voorbeeld.example`;
export const date = (at: Date): string => at.toISOString().slice(0, 10);
export const ago = (ground: Ground, days: number): Date => new Date(ground.now.getTime() - days * day);
