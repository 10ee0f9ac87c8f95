/** A strict reader of markup: every character must be part of a tag, an entity or a text; what is not, throws. */
export interface Markup {
  readonly elements: readonly { readonly name: string; readonly attributes: Readonly<Record<string, string>> }[];
  /** The text between the tags, decoded. */
  readonly texts: readonly string[];
}

const empty = new Set(['meta', 'link', 'br', 'hr', 'img', 'input']);
const tag = /<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+(?:="[^"<]*")?)*)\s*(\/?)>|<!doctype html>|<\?xml [^<>]*\?>/uy;
const text = /[^<>]+/uy;

export function readMarkup(source: string): Markup {
  const elements: Markup['elements'][number][] = [];
  const texts: string[] = [];
  const open: string[] = [];
  for (let at = 0; at < source.length;) {
    const fail = (why: string): never => {
      throw new Error(`${why}: ${source.slice(Math.max(0, at - 20), at + 40)}`);
    };
    tag.lastIndex = text.lastIndex = at;
    const found = tag.exec(source);
    if (found) {
      at = tag.lastIndex;
      const [, close, name, list = '', self] = found;
      if (name === undefined) continue;
      if (close === '/') {
        if (open.pop() !== name) fail(`${name} is closed, not open`);
        continue;
      }
      const pairs = [...list.matchAll(/([\w:.-]+)(?:="([^"]*)")?/gu)].map(([, key = '', value = '']) => [
        key,
        decode(value),
      ]);
      elements.push({ name, attributes: Object.fromEntries(pairs) as Record<string, string> });
      if (self !== '/' && !empty.has(name)) open.push(name);
      if (name === 'style') at = source.indexOf('</style>', at);
      continue;
    }
    const said = text.exec(source)?.[0] ?? fail('neither tag nor text');
    texts.push(decode(said));
    at += said.length;
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join(' ')}`);
  return { elements, texts };
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(value: string): string {
  return value.replaceAll(/&([^;&\s]*);?/gu, (all, name: string) => {
    const code = /^#(?:x([\da-f]+)|(\d+))$/iu.exec(name);
    if (code) return String.fromCodePoint(code[1] === undefined ? Number(code[2]) : Number.parseInt(code[1], 16));
    const found = entities[name];
    if (found === undefined || !all.endsWith(';')) throw new Error(`a bare ampersand: ${all}`);
    return found;
  });
}
