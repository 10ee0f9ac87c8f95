/** Workbooks and texts are packed files; here the same content gives the same bytes, whenever and by whatever process it is made. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** As early as a packed file can say, by the clock of any zone. */
const then = new Date(1980, 0, 1, 12);

/** `settle` may rewrite the parts that hold a clock or a number drawn by chance. */
export function packedSame(packed: Uint8Array, settle?: (parts: Map<string, string>) => void): Uint8Array {
  const files = unzipSync(packed);
  const changed = new Map<string, string>();
  if (settle) {
    for (const [name, bytes] of Object.entries(files))
      if (/\.(xml|rels)$/u.test(name)) changed.set(name, strFromU8(bytes));
    settle(changed);
  }
  const parts = Object.entries(files).map(([name, bytes]) => {
    const text = changed.get(name);
    return [name, text === undefined ? bytes : strToU8(text)] as const;
  });
  return zipSync(Object.fromEntries(parts), { mtime: then, level: 6 });
}

/** What the maker of a .docx draws by chance, counts for its whole process, or takes from the clock. `day`: "2026-11-24". */
export function settleWord(parts: Map<string, string>, day: string): void {
  const names = new Map<string, string>();
  const named = (id: string): string => {
    const known = names.get(id) ?? `rIdx${names.size + 1}`;
    names.set(id, known);
    return known;
  };
  for (const [name, text] of parts) {
    const marks = new Map<string, number>();
    const counted = (id: string): number => {
      const known = marks.get(id) ?? marks.size + 1;
      marks.set(id, known);
      return known;
    };
    // Only within a tag: what the document says cannot have a "<".
    let next = text
      .replaceAll(
        /(<Relationship Id="|<w:hyperlink [^<>]*?r:id=")(rId[a-z0-9_-]{21})"/gu,
        (_, tag: string, id: string) => `${tag}${named(id)}"`,
      )
      .replaceAll(
        /(<w:bookmark(?:Start|End) [^<>]*?w:id=")(\d+)"/gu,
        (_, tag: string, id: string) => `${tag}${counted(id)}"`,
      );
    if (name === 'docProps/core.xml')
      next = next.replaceAll(/(<dcterms:(?:created|modified)[^<>]*>)[^<>]*</gu, `$1${day}T00:00:00Z<`);
    parts.set(name, next);
  }
}
