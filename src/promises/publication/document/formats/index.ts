/** A document in the format that a reader asks for; text is escaped here and nowhere else. */
import type { Document } from '../model.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { pdf } from './pdf.ts';
import { text } from './text.ts';
import { word } from './word.ts';

export const documentFormats = ['html', 'pdf', 'md', 'txt', 'json', 'docx'] as const;
export type DocumentFormat = (typeof documentFormats)[number];

export const mediaTypes: Readonly<Record<DocumentFormat, string>> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  md: 'text/markdown; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  json: 'application/json',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

const texts = { html, md: markdown, txt: text, json } as const;

export async function render(document: Document, format: DocumentFormat): Promise<Uint8Array> {
  if (format === 'pdf') return pdf(document);
  if (format === 'docx') return word(document);
  return new TextEncoder().encode(texts[format](document));
}

export { html, htmlBody, htmlStyle, htmlStyleHash, type PageOptions } from './html.ts';
export { csv, fromCsvCell, xlsx, type Cell, type Sheet, type Sheets } from './sheet.ts';
