/** A document as DOCX: headings as real styles, table heads as heads, the language set, so that Word reads it aloud and folds it. */
import {
  Bookmark,
  BorderStyle,
  Document as WordDocument,
  ExternalHyperlink,
  Footer,
  HeadingLevel,
  InternalHyperlink,
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
          run: { size: 22, language: { value: locale[page.language] } },
          paragraph: { spacing: { after: 120, line: 276 } },
        },
        title: { run: { size: 44, bold: true } },
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
          ...flow(page.blocks, 1, {}),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(made));
}

function numbered(title: string): Paragraph {
  const children = [`${title}   `, PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES];
  return new Paragraph({ children: [new TextRun({ children, size: 17, color: '56605C' })] });
}

/** What every paragraph within a box has; Word draws one box around paragraphs with the same border. */
type Around = Pick<IParagraphOptions, 'border' | 'indent'>;

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
      return [new Paragraph({ ...around, children: line(block.sentences) })];
    case 'list':
      return block.items.map((item) => new Paragraph({ ...around, bullet: { level: 0 }, children: line(item) }));
    case 'table':
      return table(block);
    case 'apart': {
      const edge: IBorderOptions = { style: BorderStyle.SINGLE, size: 8, space: 8, color: mark };
      const box = {
        border: { top: edge, right: edge, bottom: edge, left: { ...edge, size: 36 } },
        indent: { left: 200, right: 200 },
      };
      return [heading(level + 1, block.id, block.title, box), ...flow(block.blocks, level + 1, box)];
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
        ...flow(block.blocks, level, beside),
      ];
    }
  }
}

function heading(level: number, id: string, text: string, around: Around): Paragraph {
  const style = headings[level - 2] ?? HeadingLevel.HEADING_5;
  return new Paragraph({
    ...around,
    heading: style,
    children: [new Bookmark({ id: anchor(id), children: [new TextRun(text)] })],
  });
}

/** Word takes letters, digits and underscores, forty at most. */
function anchor(id: string): string {
  return id.replaceAll(/\W/gu, '_').slice(0, 40);
}

function table(block: Extract<Block, { kind: 'table' }>): (Paragraph | Table)[] {
  const margins = { top: 60, bottom: 60, left: 90, right: 90 };
  const cell = (children: readonly ParagraphChild[], head: boolean): TableCell =>
    new TableCell({
      margins,
      children: [new Paragraph({ keepNext: head, spacing: { after: 0 }, children: [...children] })],
    });
  const head = block.head.map((text) => cell([new TextRun({ text, bold: true })], true));
  const rows = block.rows.map(
    (row) => new TableRow({ cantSplit: true, children: row.map((one) => cell(line(one), false)) }),
  );
  return [
    ...(block.caption === ''
      ? []
      : [new Paragraph({ keepNext: true, children: [new TextRun({ text: block.caption, bold: true })] })]),
    new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      rows: [new TableRow({ tableHeader: true, cantSplit: true, children: head }), ...rows],
    }),
    new Paragraph({ spacing: { after: 60 } }),
  ];
}

function line(sentences: readonly Sentence[]): ParagraphChild[] {
  return sentences.flatMap(({ text, href, strong }, n): ParagraphChild[] => {
    const linked = href !== undefined && travels(href);
    const run = new TextRun({
      text,
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
