/** A document as DOCX: headings as real styles, table heads as heads, the language set, so that Word reads it aloud and folds it. */
import {
  Bookmark,
  BorderStyle,
  Document as WordDocument,
  ExternalHyperlink,
  Footer,
  HeadingLevel,
  InternalHyperlink,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  type IBorderOptions,
  type IParagraphOptions,
  type ParagraphChild,
} from 'docx';
import type { Block, Document, ProofState, Sentence } from '../model.ts';
import { clean, travels } from './clean.ts';
import { packedSame, settleWord } from './packed.ts';
import { signs } from './words.ts';

const locale = { nl: 'nl-NL', en: 'en-GB' } as const;
const mark = '0B5C5E';
const colours: Readonly<Record<ProofState, string>> = {
  kept: '136C43',
  declared: '2C5A94',
  'at-risk': '855600',
  broken: 'B3261E',
  'not-proven': '56605C',
};
const evenly = { line: 264, lineRule: LineRuleType.AUTO } as const;
/** Of the text on an A4 page, in twentieths of a point: upright and on its side. */
const room = { upright: 9026, aside: 13_958 };
const headings = [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
  HeadingLevel.HEADING_5,
] as const;

export async function word(document: Document): Promise<Uint8Array> {
  const page = clean(document);
  const heading = (size: number) => ({
    run: { size, bold: true, color: '1D2321' },
    paragraph: { keepNext: true, spacing: { before: size * 11, after: 90 } },
  });
  const made = new WordDocument({
    title: page.title,
    creator: page.author,
    lastModifiedBy: page.author,
    description: page.subtitle,
    styles: {
      default: {
        document: {
          run: { size: 21, font: 'Arial', language: { value: locale[page.language] } },
          paragraph: { spacing: { after: 120, line: 276 } },
        },
        title: { run: { size: 40, bold: true }, paragraph: { spacing: { after: 120, ...evenly } } },
        heading1: heading(32),
        heading2: heading(26),
        heading3: heading(23),
        heading4: heading(22),
      },
    },
    sections: [
      {
        properties: page.wide === true ? { page: { size: { orientation: PageOrientation.LANDSCAPE } } } : {},
        footers: { default: new Footer({ children: [numbered(page.title)] }) },
        children: [
          new Paragraph({ text: page.title, heading: HeadingLevel.TITLE }),
          new Paragraph({ children: [new TextRun({ text: page.subtitle, color: '56605C' })] }),
          ...flow(page.blocks, 1, { wide: page.wide === true ? room.aside : room.upright, beside: {} }),
        ],
      },
    ],
  });
  return packedSame(new Uint8Array(await Packer.toBuffer(made)), (parts) => settleWord(parts, page.date));
}

function numbered(title: string): Paragraph {
  const children = [`${title}   `, PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES];
  return new Paragraph({ children: [new TextRun({ children, size: 17, color: '56605C' })] });
}

interface Around {
  /** Room between the margins. */
  readonly wide: number;
  /** What every paragraph within a box has; Word draws one box around paragraphs with the same border. */
  readonly beside: Pick<IParagraphOptions, 'border' | 'indent'>;
}

function flow(blocks: readonly Block[], under: number, around: Around): (Paragraph | Table)[] {
  let level = under;
  return blocks.flatMap((block) => {
    if (block.kind === 'heading') level = block.level;
    return one(block, level, around);
  });
}

function one(block: Block, level: number, around: Around): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading':
      return [heading(block.level, block.id, block.text, around)];
    case 'paragraph':
      return [new Paragraph({ ...around.beside, children: line(block.sentences) })];
    case 'list':
      return block.items.map((item) => new Paragraph({ ...around.beside, bullet: { level: 0 }, children: line(item) }));
    case 'table':
      return table(block, around.wide);
    case 'apart': {
      const edge: IBorderOptions = { style: BorderStyle.SINGLE, size: 8, space: 8, color: mark };
      const box = {
        border: { top: edge, right: edge, bottom: edge, left: { ...edge, size: 36 } },
        indent: { left: 200, right: 200 },
      };
      const inside = { ...around, beside: box };
      return [heading(level + 1, block.id, block.title, inside), ...flow(block.blocks, level + 1, inside)];
    }
    case 'proof': {
      const color = colours[block.state];
      const beside = {
        border: { left: { style: BorderStyle.SINGLE, size: 24, space: 8, color } },
        indent: { left: 200 },
      };
      const summary = [
        new TextRun({ text: `${signs[block.state]} ${block.word} `, bold: true, color }),
        new TextRun({ text: `${block.summary} (${block.promise})` }),
      ];
      return [
        new Paragraph({ ...beside, keepNext: block.blocks.length > 0, children: summary }),
        ...flow(block.blocks, level, { ...around, beside }),
      ];
    }
  }
}

function heading(level: number, id: string, text: string, around: Around): Paragraph {
  const style = headings[level - 2] ?? HeadingLevel.HEADING_5;
  return new Paragraph({
    ...around.beside,
    heading: style,
    children: [new Bookmark({ id: anchor(id), children: [new TextRun(text)] })],
  });
}

/** Word takes letters, digits and underscores, forty at most. */
function anchor(id: string): string {
  return id.replaceAll(/\W/gu, '_').slice(0, 40);
}

function table(block: Extract<Block, { kind: 'table' }>, wide: number): (Paragraph | Table)[] {
  const margins = { top: 60, bottom: 60, left: 90, right: 90 };
  const widths = columns(block, wide);
  const cell = (sentences: readonly Sentence[], column: number, head: boolean): TableCell =>
    new TableCell({
      margins,
      width: { size: widths[column] ?? 0, type: WidthType.DXA },
      children: [
        new Paragraph({
          keepNext: head,
          spacing: { after: 0, ...evenly },
          run: { size: small },
          children: line(sentences, small),
        }),
      ],
    });
  const head = block.head.map((text, i) => cell([{ text, strong: true, from: 'frame' }], i, true));
  const rows = block.rows.map(
    (row) => new TableRow({ cantSplit: true, children: row.map((one, i) => cell(one, i, false)) }),
  );
  return [
    ...(block.caption === ''
      ? []
      : [new Paragraph({ keepNext: true, children: [new TextRun({ text: block.caption, bold: true })] })]),
    new Table({
      width: { size: wide, type: WidthType.DXA },
      columnWidths: widths,
      rows: [new TableRow({ tableHeader: true, cantSplit: true, children: head }), ...rows],
    }),
    new Paragraph({ spacing: { after: 60 } }),
  ];
}

/** Text of a table, in half points. */
const small = 18;

/** Each column has room for its longest word, and of what is left as much as it has text for. */
function columns(block: Extract<Block, { kind: 'table' }>, wide: number): number[] {
  const cells = block.head.map((head, i) => [head, ...block.rows.map((row) => (row[i] ?? []).map(said).join(' '))]);
  // A letter of Arial of this size is some 100 wide, a bold one more; and there are the margins of the cell.
  const words = cells.map((texts) => 200 + 115 * Math.max(...texts.flatMap((text) => text.split(/\s/u)).map(length)));
  const needed = words.reduce((a, b) => a + b, 0);
  const most = cells.map((texts) => Math.sqrt(Math.max(...texts.map(length))));
  const all = most.reduce((a, b) => a + b, 0);
  const left = Math.max(0, wide - needed);
  return words.map((word, i) => Math.floor(word * Math.min(1, wide / needed) + (left * (most[i] ?? 0)) / all));
}

const said = ({ text }: Sentence): string => text;
const length = (text: string): number => text.length;

function line(sentences: readonly Sentence[], size?: number): ParagraphChild[] {
  return sentences.flatMap(({ text, href, strong }, n): ParagraphChild[] => {
    const linked = href !== undefined && travels(href);
    const run = new TextRun({
      text,
      ...(size === undefined ? {} : { size }),
      ...(strong === true ? { bold: true } : {}),
      ...(linked ? { style: 'Hyperlink' } : {}),
    });
    const space = n === 0 ? [] : [new TextRun(' ')];
    if (!linked) return [...space, run];
    return [
      ...space,
      href.startsWith('#')
        ? new InternalHyperlink({ anchor: anchor(href.slice(1)), children: [run] })
        : new ExternalHyperlink({ link: href, children: [run] }),
    ];
  });
}
