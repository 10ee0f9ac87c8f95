/**
 * What keeps a text from being YAML at all, in words: the parser's own are English and made for whoever knows its terms, and they
 * stand where it lost its way. What was opened and never closed is told where it was opened.
 */
import { isAlias, isScalar, Parser, visit, type CST, type Document, type ErrorCode } from 'yaml';
import type { Text } from './language.ts';

const mostExplained = 300_000;
const mostFaults = 100;

export interface Fault {
  /** Where in the text. */
  readonly at: number;
  readonly text: Text;
}

const said: Partial<Readonly<Record<ErrorCode, Text>>> = {
  BAD_ALIAS: { nl: 'deze verwijzing met * of & klopt niet', en: 'this reference with * or & is not right' },
  BAD_COLLECTION_TYPE: {
    nl: 'dit is niet de soort lijst of blok die ervoor staat aangegeven',
    en: 'this is not the kind of list or block that it is marked as',
  },
  BAD_DIRECTIVE: { nl: 'een regel met % kan hier niet', en: 'a line with % is not valid here' },
  BAD_DQ_ESCAPE: {
    nl: 'na een \\ tussen dubbele aanhalingstekens staat iets dat niet kan; gebruik enkele aanhalingstekens',
    en: 'what follows a \\ in double quotes is not valid; use single quotes',
  },
  BAD_INDENT: {
    nl: 'deze regel springt niet even ver in als wat erbij hoort',
    en: 'this line is not indented as far as what it belongs to',
  },
  BAD_SCALAR_START: {
    nl: 'een tekst kan niet met dit teken beginnen; zet hem tussen aanhalingstekens',
    en: 'a text cannot begin with this character; put it in quotes',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    nl: 'hier staan twee sleutels op één regel; zet een tekst met een dubbele punt tussen aanhalingstekens',
    en: 'there are two keys on one line; put a text with a colon in quotes',
  },
  BLOCK_IN_FLOW: {
    nl: 'tussen { } of [ ] staat hier een blok op eigen regels; sluit het haakje, of schrijf alles met haakjes',
    en: 'a block on lines of its own stands within { } or [ ]; close the bracket, or write all of it in brackets',
  },
  DUPLICATE_KEY: { nl: 'deze sleutel staat er twee keer; laat er één staan', en: 'this key is there twice; keep one' },
  MISSING_CHAR: {
    nl: 'hier ontbreekt een teken: een aanhalingsteken, een komma, een dubbele punt of een haakje',
    en: 'a character is missing here: a quote, a comma, a colon or a bracket',
  },
  MULTILINE_IMPLICIT_KEY: {
    nl: 'een sleutel staat op één regel, met een dubbele punt erachter',
    en: 'a key stands on one line, with a colon after it',
  },
  MULTIPLE_DOCS: {
    nl: 'een bestand heeft één deel: haal de regel met --- of ... weg',
    en: 'a file has one part: remove the line with --- or ...',
  },
  NON_STRING_KEY: {
    nl: 'een sleutel is een woord, geen lijst, blok of getal',
    en: 'keys are words, not lists, blocks or numbers',
  },
  TAB_AS_INDENT: { nl: 'spring in met spaties, niet met een tab', en: 'indent with spaces, not with a tab' },
  TAG_RESOLVE_FAILED: { nl: 'een woord met ! ervoor kan hier niet', en: 'a word after ! is not valid here' },
  UNEXPECTED_TOKEN: {
    nl: 'dit hoort hier niet; zet een tekst met bijzondere tekens tussen aanhalingstekens',
    en: 'this does not belong here; put a text with special characters in quotes',
  },
};

/** Every fault of a document that was parsed from this text. */
export function syntaxFaults(text: string, document: Document): Fault[] {
  const found = [...document.errors, ...document.warnings];
  if (found.length === 0) return [];
  if (!text.includes('\n') && text.includes('\r')) return [{ at: 0, text: oldBreaks }];
  // Of a text that nobody wrote by hand it is enough that it is none.
  const open = text.length > mostExplained ? [] : opened(text);
  const faults = found.map(({ code, pos: [at] }, i) =>
    i < mostFaults ? faultOf(text, document, open, code, at) : { at, text: plain(code) },
  );
  // The parser loses its way more than once on one line: the first time says it.
  const seen = new Set<string>();
  return faults.filter((one) => {
    const name = `${text.lastIndexOf('\n', one.at - 1)} ${one.text.en}`;
    return !seen.has(name) && seen.add(name);
  });
}

const oldBreaks: Text = {
  nl: 'de regels van dit bestand eindigen zoals op heel oude computers (CR); sla het op met gewone regeleinden (LF)',
  en: 'the lines of this file end as on very old computers (CR); save it with ordinary line ends (LF)',
};

/** A bracket or a quote that opens something, until where it reaches. */
interface Opened {
  readonly from: number;
  readonly to: number;
  readonly sign: '[' | '{' | '"' | "'";
  readonly closed: boolean;
}

const closing = { '[': ']', '{': '}', '"': '"', "'": "'" } as const;

function faultOf(text: string, document: Document, open: readonly Opened[], code: ErrorCode, at: number): Fault {
  const line = lineAt(text, at);
  if (/^ *\t/.test(line.text) && text.slice(line.from, at).trim() === '') return { at, text: plain('TAB_AS_INDENT') };
  const never = open.find((one) => !one.closed && one.from <= at && at <= one.to + 1);
  if (code !== 'DUPLICATE_KEY' && never) return { at: never.from, text: unclosed(never, text, at) };
  const star = /[:[{,-] *(\*\S*) *$/.exec(text.slice(line.from, at));
  if (code === 'UNEXPECTED_TOKEN' && star?.[1] !== undefined)
    return { at: text.lastIndexOf(star[1], at), text: starred };
  const within = open.findLast((one) => one.from < at && at < one.to && (one.sign === '[' || one.sign === '{'));
  const known = hints.find((one) => one.of.includes(code) && one.when({ text, at, line: line.text, within }));
  return { at, text: known?.text ?? (code === 'DUPLICATE_KEY' ? twice(text, document, at) : plain(code)) };
}

function unclosed({ sign, from }: Opened, text: string, at: number): Text {
  const end = closing[sign];
  const until = lineNumber(text, at);
  const [nl, en] =
    sign === '"' || sign === "'" ? ['dit aanhalingsteken', 'this quote'] : ['dit haakje', 'this bracket'];
  const far =
    until > lineNumber(text, from) && text.slice(at).trim() !== ''
      ? { nl: `; op regel ${until} ging het daardoor mis`, en: `; that is why line ${until} went wrong` }
      : { nl: '', en: '' };
  return {
    nl: `${nl} ${sign} wordt niet gesloten: zet ${end} waar het ophoudt${far.nl}`,
    en: `${en} ${sign} is not closed: put ${end} where it ends${far.en}`,
  };
}

function twice(text: string, document: Document, at: number): Text {
  let first: number | null = null;
  visit(document, {
    Map: (_, map) => {
      const keys = map.items.flatMap(({ key }) => (isScalar(key) ? [key] : []));
      const again = keys.find((key) => key.range?.[0] === at);
      const before = again && keys.find((key) => key !== again && key.value === again.value);
      if (before?.range) [first] = before.range;
    },
  });
  if (first === null) return plain('DUPLICATE_KEY');
  const line = lineNumber(text, first);
  return {
    nl: `deze sleutel staat er twee keer, ook op regel ${line}; laat er één staan`,
    en: `this key is there twice, also on line ${line}; keep one`,
  };
}

interface Seen {
  readonly text: string;
  readonly at: number;
  readonly line: string;
  readonly within: Opened | undefined;
}

/** What a person in an office most likely did, by what stands there; the first that fits. */
const hints: readonly {
  readonly of: readonly ErrorCode[];
  readonly when: (seen: Seen) => boolean;
  readonly text: Text;
}[] = [
  {
    of: ['BLOCK_AS_IMPLICIT_KEY', 'BLOCK_IN_FLOW', 'UNEXPECTED_TOKEN', 'MISSING_CHAR'],
    when: ({ text, at }) => '“”„‘«'.includes(text.charAt(at)),
    text: {
      nl: 'zet deze tekst tussen rechte aanhalingstekens (" of \'); gekrulde zoals “ tellen hier als letters',
      en: 'put this text in straight quotes (" or \'); curly ones such as “ count as letters here',
    },
  },
  {
    of: ['MULTILINE_IMPLICIT_KEY', 'MISSING_CHAR', 'UNEXPECTED_TOKEN', 'BLOCK_AS_IMPLICIT_KEY', 'BAD_INDENT'],
    when: ({ line }) => /[\u00a0\u2007\u202f\u3000]/.test(line),
    text: {
      nl: 'op deze regel staat een spatie die geen gewone is, zoals na kopiëren uit een tekstverwerker; typ haar opnieuw',
      en: 'on this line is a space that is no ordinary one, as after copying from a word processor; type it again',
    },
  },
  {
    of: ['BLOCK_AS_IMPLICIT_KEY', 'MULTILINE_IMPLICIT_KEY'],
    when: ({ text, at }) =>
      /^[^\n]*\n[ ]+[^\s:]+:(?=\s)/.test(text.slice(at, at + 2000)) && !hasColon(lineFrom(text, at)),
    text: {
      nl: 'de regel hieronder springt verder in dan deze, en hoort ernaast: laat beide even ver inspringen',
      en: 'the line below is indented further than this one, and belongs beside it: indent both as far',
    },
  },
  {
    of: ['MULTILINE_IMPLICIT_KEY'],
    when: ({ line }) => /^[ -]*[\w-]+[:：][^\s]/.test(line) || line.includes('：'),
    text: {
      nl: 'achter een sleutel horen een gewone dubbele punt en een spatie: sleutel: waarde',
      en: 'after a key come an ordinary colon and a space: key: value',
    },
  },
  {
    of: ['BLOCK_IN_FLOW'],
    when: ({ text, at }) => hasColon(lineFrom(text, at)),
    text: {
      nl: 'zet een tekst met een dubbele punt tussen aanhalingstekens',
      en: 'put a text with a colon in quotes',
    },
  },
  {
    of: ['UNEXPECTED_TOKEN'],
    when: ({ text, at }) => /["'][ ]*$/.test(text.slice(Math.max(0, at - 40), at)),
    text: {
      nl: 'de tekst tussen aanhalingstekens is hiervoor al uit: zet de andere soort eromheen als er een in de tekst staat (" of \')',
      en: 'the text in quotes has ended before this: put the other kind around it when there is one in the text (" or \')',
    },
  },
  {
    of: ['UNEXPECTED_TOKEN'],
    when: ({ text, at }) => ']}'.includes(text.charAt(at)),
    text: { nl: 'dit haakje is er een te veel', en: 'this bracket is one too many' },
  },
  {
    of: ['MISSING_CHAR'],
    when: ({ within }) => within !== undefined,
    text: { nl: 'hier ontbreekt een komma tussen twee dingen', en: 'a comma between two things is missing here' },
  },
  {
    of: ['MISSING_CHAR'],
    when: ({ line }) => hasColon(line) || /^ *- /.test(line),
    text: {
      nl: 'deze regel springt niet even ver in als wat erbij hoort',
      en: 'this line is not indented as far as what it belongs to',
    },
  },
  {
    of: ['MISSING_CHAR'],
    when: ({ line }) => line.trim() !== '',
    text: {
      nl: 'op deze regel ontbreekt een dubbele punt achter de sleutel',
      en: 'on this line a colon after the key is missing',
    },
  },
];

/** Whether a colon stands there as YAML takes it: with a space or nothing behind it. */
const hasColon = (line: string): boolean => /:(\s|$)/.test(line);

const lineFrom = (text: string, at: number): string => text.slice(at).split('\n', 1)[0] ?? '';

function lineAt(text: string, at: number): { from: number; text: string } {
  const from = text.lastIndexOf('\n', at - 1) + 1;
  return { from, text: lineFrom(text, from) };
}

const lineNumber = (text: string, at: number): number => text.slice(0, at).split('\n').length;

/** Everything that is opened in a text, in its order, as its parts have it before they are put together. */
function opened(text: string): Opened[] {
  const found: Opened[] = [];
  // Not by calling itself: a text can open very many in each other.
  const left: (CST.Token | null | undefined)[] = [...new Parser().parse(text)];
  for (let token = left.pop(); left.length > 0 || token; token = left.pop()) {
    if (!token) continue;
    if (token.type === 'double-quoted-scalar' || token.type === 'single-quoted-scalar') found.push(quoted(token));
    if (token.type === 'flow-collection') found.push(bracketed(token));
    if (token.type === 'document') left.push(token.value);
    if ('items' in token) for (const { key, value } of token.items) left.push(key, value);
  }
  return found.toSorted((a, b) => a.from - b.from);
}

function quoted({ type, offset, source }: CST.FlowScalar): Opened {
  const sign = type === 'double-quoted-scalar' ? '"' : "'";
  return { from: offset, to: offset + source.length, sign, closed: source.length > 1 && source.endsWith(sign) };
}

/** One that is never closed reaches as far as what stands there instead, or to the end. */
function bracketed({ start, end, offset }: CST.FlowCollection): Opened {
  const sign = start.type === 'flow-map-start' ? '{' : '[';
  const own = end.find((one) => one.source === closing[sign]);
  return { from: offset, to: (own ?? end[0])?.offset ?? Infinity, sign, closed: own !== undefined };
}

/** Where a text begins with a star, which makes it a reference to nothing; null when there is no such place. */
export function looseStar(document: Document): Fault | null {
  const anchors = new Set<string>();
  let at: number | null = null;
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node)) {
        if (anchors.has(node.source)) return undefined;
        [at] = node.range ?? [0];
        return visit.BREAK;
      }
      if ('anchor' in node && typeof node.anchor === 'string') anchors.add(node.anchor);
      return undefined;
    },
  });
  return at === null ? null : { at, text: starred };
}

const starred: Text = {
  nl: 'een tekst die met * begint, staat tussen aanhalingstekens',
  en: 'a text that begins with * stands in quotes',
};

function plain(code: ErrorCode): Text {
  return (
    said[code] ?? {
      nl: 'vanaf hier is dit geen geldige YAML; kijk naar inspringing, haakjes en aanhalingstekens',
      en: 'from here this is not valid YAML; look at indentation, brackets and quotes',
    }
  );
}
