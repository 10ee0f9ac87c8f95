/** A reference page from a JSON Schema: every key, its type, whether it must be there, and what it means. */
interface Node {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly items?: Node;
  readonly additionalProperties?: Node | boolean;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly description?: string;
  readonly default?: unknown;
  readonly pattern?: string;
  readonly format?: string;
  readonly $ref?: string;
}

export function referencePage(title: string, intro: string, schemaText: string): string {
  const schema = JSON.parse(schemaText) as Node;
  const rows: string[] = [];
  walk(schema, '', true, rows, 0);
  return `# ${title}\n\n${intro}\n\nThis page is written from the schema by \`npm run generate\`. Unknown keys are errors. \`[]\` stands for each item of a list, \`*\` for a name of your own.\n\n| key | type | needed | meaning |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

function walk(node: Node, path: string, needed: boolean, rows: string[], depth: number, when = 'yes'): void {
  if (path !== '')
    rows.push(
      `| \`${path}\` | ${typeOf(node)} | ${needed ? when : node.default === undefined ? '' : `default \`${JSON.stringify(node.default)}\``} | ${(node.description ?? '').replaceAll('|', '\\|')} |`,
    );
  if (depth > 6) return;
  for (const [name, child] of Object.entries(node.properties ?? {}))
    walk(
      child,
      path === '' ? name : `${path}.${name}`,
      node.required?.includes(name) === true && child.default === undefined,
      rows,
      depth + 1,
    );
  if (node.items?.properties || node.items?.anyOf || node.items?.oneOf) inner(node.items, `${path}[]`, rows, depth + 1);
  if (typeof node.additionalProperties === 'object') inner(node.additionalProperties, `${path}.*`, rows, depth + 1);
  if (!node.properties) choices(node, path, rows, depth + 1);
}

/** Of several shapes one is written, so none of their keys is needed always: with which word, or one of them all. */
function choices(node: Node, path: string, rows: string[], depth: number): void {
  const all = node.anyOf ?? node.oneOf ?? [];
  const maps = all.filter((one) => one.properties);
  for (const one of all) {
    const [word] = Object.entries(one.properties ?? {}).filter(([, child]) => typeof child.const === 'string');
    const told = word !== undefined && maps.length > 1;
    const when = told ? `with \`${word[0]}: ${String(word[1].const)}\`` : maps.length > 1 ? 'one of these' : 'yes';
    inner(one, path, rows, depth, when, told ? word[0] : undefined);
  }
}

/** The keys within, without a line for the thing itself. */
function inner(node: Node, path: string, rows: string[], depth: number, when = 'yes', kind?: string): void {
  if (node.properties || node.anyOf || node.oneOf) {
    for (const [name, child] of Object.entries(node.properties ?? {})) {
      const before = rows.length;
      walk(
        child,
        `${path}.${name}`,
        node.required?.includes(name) === true && child.default === undefined,
        rows,
        depth + 1,
        name === kind ? 'yes' : when,
      );
      if (rows.slice(0, before).includes(rows[before] ?? '')) rows.splice(before);
    }
    choices(node, path, rows, depth + 1);
  }
}

function typeOf(node: Node): string {
  if (node.const !== undefined) return `\`${JSON.stringify(node.const)}\``;
  if (node.enum) return node.enum.map((one) => `\`${String(one)}\``).join(' ');
  if (node.items) return `list of ${typeOf(node.items)}`;
  if (node.anyOf ?? node.oneOf) return [...new Set((node.anyOf ?? node.oneOf ?? []).map(typeOf))].join(' or ');
  if (node.properties) return 'map';
  if (node.additionalProperties !== undefined && node.additionalProperties !== false) return 'map';
  if (node.format && node.format !== 'starts_with') return node.format;
  return Array.isArray(node.type) ? node.type.join(' or ') : String(node.type ?? (node.$ref ? 'condition' : 'any'));
}
