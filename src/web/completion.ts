/** Which words the schema allows where the cursor is: found from the indentation of the lines above. No browser needed. */
export interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly description?: string;
}

export interface Place {
  /** Keys from the top to where the cursor is; lists add nothing, since each item has the same shape. */
  readonly path: readonly string[];
  /** The key whose value is being written on this line. */
  readonly value: string | null;
}

export interface Word {
  readonly label: string;
  readonly detail?: string;
  readonly apply?: string;
}

/** `lines` end at the cursor. */
export function placeAt(lines: readonly string[]): Place {
  const last = lines.at(-1) ?? '';
  const value = /^\s*(?:- )*([\w-]+):\s+[^#]*$/.exec(last)?.[1] ?? null;
  let indent = indentOf(last);
  const path: string[] = [];
  for (const line of lines.slice(0, -1).toReversed()) {
    const key = /^(\s*(?:- )*)([\w-]+):/.exec(line);
    if (!key || indentOf(line) >= indent) continue;
    indent = indentOf(line);
    path.unshift(key[2] ?? '');
    if (indent === 0) break;
  }
  return { path, value };
}

/** The column of the first key: a dash counts as indentation. */
function indentOf(line: string): number {
  return /^\s*(?:- )*/.exec(line)?.[0].length ?? 0;
}

export function wordsAt(schema: Schema, { path, value }: Place): Word[] {
  const here = path.reduce<readonly Schema[]>((found, key) => found.flatMap((one) => into(one, key)), [schema]);
  if (value !== null) return here.flatMap((one) => into(one, value)).flatMap(valuesOf);
  const keys = new Map<string, Word>();
  for (const one of here.flatMap(shapes))
    for (const [label, child] of Object.entries(one.properties ?? {}))
      keys.set(label, {
        label,
        apply: `${label}: `,
        ...(child.description === undefined ? {} : { detail: child.description }),
      });
  return [...keys.values()];
}

function into(schema: Schema, key: string): Schema[] {
  return shapes(schema).flatMap((one) => {
    const child = one.properties?.[key];
    return child === undefined ? [] : [child];
  });
}

/** A schema and all that it may be; a list stands for its items. */
function shapes(schema: Schema): Schema[] {
  return [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.items ? [schema.items] : [])].flatMap(
    (one) => (one === schema ? [one] : shapes(one)),
  );
}

function valuesOf(schema: Schema): Word[] {
  return shapes(schema).flatMap((one) => [
    ...(one.enum ?? []).map((word) => ({ label: String(word) })),
    ...(one.const === undefined ? [] : [{ label: String(one.const) }]),
  ]);
}
