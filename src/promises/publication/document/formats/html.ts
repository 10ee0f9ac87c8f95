/** A document as a page that is read without script: one style, nothing from elsewhere. */
import { createHash } from 'node:crypto';
import type { Language } from '../../../../base/language.ts';
import type { Block, Document, Sentence } from '../model.ts';
import { clean, safeHref } from './clean.ts';
import { style } from './style.ts';
import { languageNames, signs, words } from './words.ts';

export interface PageOptions {
  /** The same document in other languages. */
  readonly alternate?: readonly { readonly lang: Language; readonly href: string }[];
  /** Pages around it, such as earlier versions and other formats. */
  readonly nav?: readonly { readonly text: string; readonly href: string }[];
  /** Facts for a program that reads the page: <meta name="…" content="…">. */
  readonly meta?: Readonly<Record<string, string>>;
  /** A file with `htmlStyle`, for a site that allows no style in the page. */
  readonly styleHref?: string;
}

/** The style of every page, and its hash as a content security policy names it: style-src 'sha256-…'. */
export const htmlStyle = style;
export const htmlStyleHash = `sha256-${createHash('sha256').update(style).digest('base64')}`;

export function html(document: Document, options: PageOptions = {}): string {
  const { language } = document;
  const page = clean(document);
  const link = safeHref(options.styleHref ?? '');
  const head = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    ...Object.entries(options.meta ?? {}).map(
      ([name, content]) => `<meta name="${esc(name)}" content="${esc(content)}">`,
    ),
    `<title>${esc(page.title)} · ${esc(page.author)}</title>`,
    link === undefined ? `<style>${style}</style>` : `<link rel="stylesheet" href="${esc(link)}">`,
    ...alternates(options, (href, lang) => `<link rel="alternate" hreflang="${lang}" href="${href}">`),
  ];
  return `<!doctype html>
<html lang="${language}">
<head>
${head.join('\n')}
</head>
<body>
<a class="skip" href="#main">${words.skip[language]}</a>
<header class="top"><strong>${esc(page.author)}</strong>${around(options, language)}</header>
<main id="main">
${body(page)}
</main>
</body>
</html>
`;
}

/** The document alone, under its h1, for a page of the server's own; it is styled by `htmlStyle`. */
export function htmlBody(document: Document): string {
  return body(clean(document));
}

function alternates(options: PageOptions, say: (href: string, lang: Language) => string): string[] {
  return (options.alternate ?? []).flatMap(({ lang, href }) => {
    const safe = safeHref(href);
    return safe === undefined ? [] : [say(esc(safe), lang)];
  });
}

function around(options: PageOptions, language: Language): string {
  const languages = alternates(
    options,
    (href, lang) => `<a href="${href}" hreflang="${lang}" lang="${lang}">${languageNames[lang]}</a>`,
  );
  const others = (options.nav ?? []).flatMap(({ text, href }) => {
    const safe = safeHref(href);
    return safe === undefined ? [] : [`<a href="${esc(safe)}">${esc(text)}</a>`];
  });
  const nav = (label: string, links: readonly string[]): string =>
    links.length === 0 ? '' : `<nav aria-label="${label}">${links.join(' ')}</nav>`;
  return nav(words.elsewhere[language], others) + nav(words.languages[language], languages);
}

function body(page: Document): string {
  const { language } = page;
  const wide = page.wide === true ? ' wide' : '';
  return `<article class="document${wide}" lang="${language}">
<div class="title"><h1>${esc(page.title)}</h1>
<p class="soft">${esc(page.subtitle)}</p></div>
${contents(page.blocks, language)}<div class="text">
${flow(page.blocks, { level: 1, label: page.title, tables: { count: 0 } })}
</div>
</article>`;
}

/** The headings of the second and third level, and what stands apart. */
function contents(blocks: readonly Block[], language: Language): string {
  const entries = blocks.flatMap((block) => {
    if (block.kind === 'heading' && block.level < 4) return [{ id: block.id, text: block.text, level: block.level }];
    return block.kind === 'apart' ? [{ id: block.id, text: block.title, level: 3 }] : [];
  });
  if (entries.length < 3) return '';
  const items = entries.map(
    ({ id, text, level }) => `<li class="l${level}"><a href="#${esc(id)}">${esc(text)}</a></li>`,
  );
  return `<nav class="contents" aria-labelledby="contents-of-this"><h2 id="contents-of-this">${words.contents[language]}</h2>
<ol>
${items.join('\n')}
</ol></nav>
`;
}

interface Place {
  /** The level of the heading that this text stands under. */
  readonly level: number;
  readonly label: string;
  readonly tables: { count: number };
}

function flow(blocks: readonly Block[], start: Place): string {
  let place = start;
  const made: string[] = [];
  for (const block of blocks) {
    if (block.kind === 'heading') place = { ...place, level: block.level, label: block.text };
    made.push(one(block, place));
  }
  return made.join('\n');
}

function one(block: Block, place: Place): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level} id="${esc(block.id)}">${esc(block.text)}</h${block.level}>`;
    case 'paragraph':
      return `<p>${line(block.sentences)}</p>`;
    case 'list':
      return `<ul>\n${block.items.map((item) => `<li>${line(item)}</li>`).join('\n')}\n</ul>`;
    case 'table':
      return table(block, place);
    case 'apart': {
      const level = Math.min(place.level + 1, 6);
      return `<section class="apart" aria-labelledby="${esc(block.id)}"><h${level} id="${esc(block.id)}">${esc(block.title)}</h${level}>
${flow(block.blocks, { ...place, level, label: block.title })}
</section>`;
    }
    case 'proof':
      return `<details class="proof ${block.state}"><summary><span class="state"><span aria-hidden="true">${signs[block.state]}</span> ${esc(block.word)}</span> ${esc(block.summary)} <span class="soft">${esc(block.promise)}</span></summary>
<div class="shown">
${flow(block.blocks, place)}
</div></details>`;
  }
}

/**
 * A table scrolls by itself, also by keyboard; its region is called by its caption. On a narrow screen its rows are stacked
 * and each cell says its column: the roles are written out, since such a style takes away those of the elements.
 */
function table(block: Extract<Block, { kind: 'table' }>, place: Place): string {
  const id = `table-${++place.tables.count}`;
  const head = block.head.map((cell) => `<th scope="col" role="columnheader">${esc(cell)}</th>`).join('');
  const cell = (told: readonly Sentence[], column: number): string =>
    `<td role="cell" data-label="${esc(block.head[column] ?? '')}">${line(told)}</td>`;
  const rows = block.rows.map((row) => `<tr role="row">${row.map(cell).join('')}</tr>`);
  const caption = block.caption === '' ? place.label : block.caption;
  // More columns than a line can hold: each row is a card by itself, on a broad screen too.
  const broad = block.head.length > 5 ? ' broad' : '';
  return `<div class="scroll${broad}" role="group" tabindex="0" aria-labelledby="${id}"><table role="table">
<caption id="${id}">${esc(caption)}</caption>
<thead role="rowgroup"><tr role="row">${head}</tr></thead>
<tbody role="rowgroup">
${rows.join('\n')}
</tbody></table></div>`;
}

function line(sentences: readonly Sentence[]): string {
  return sentences
    .map(({ text, href, strong }) => {
      const inner = strong === true ? `<strong>${esc(text)}</strong>` : esc(text);
      if (href === undefined) return inner;
      const spelled = text.includes(href.replace(/^mailto:/u, '').replace(/\/$/u, '')) ? ' class="spelled"' : '';
      return `<a href="${esc(href)}"${spelled}>${inner}</a>`;
    })
    .join(' ');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function esc(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (one) => entities[one] ?? '');
}
