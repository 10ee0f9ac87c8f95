/** A register in each of its formats, and what its files are called in a published version. */
import type { Language } from '../../../base/language.ts';
import { csv, mediaTypes, render, xlsx } from '../document/formats/index.ts';
import { registerJsonLd } from '../dpv/index.ts';
import { registerDocument } from './document.ts';
import type { Register } from './model.ts';
import { registerSheet, registerSheets } from './sheets.ts';

export const registerFormats = ['xlsx', 'csv', 'html', 'pdf', 'jsonld'] as const;
export type RegisterFormat = (typeof registerFormats)[number];

export const registerMedia: Readonly<Record<RegisterFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  html: mediaTypes.html,
  pdf: mediaTypes.pdf,
  jsonld: 'application/ld+json',
};

/** The same register gives the same bytes. JSON-LD has both languages in it. */
export async function renderRegister(
  register: Register,
  format: RegisterFormat,
  language: Language,
): Promise<Uint8Array> {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  switch (format) {
    case 'xlsx':
      return xlsx(registerSheets(register, language));
    case 'csv':
      return encode(csv(registerSheet(register, language)));
    case 'jsonld':
      return encode(`${JSON.stringify(registerJsonLd(register), null, 2)}\n`);
    case 'pdf':
    case 'html':
      return render(registerDocument(register, language), format);
  }
}

/** Whose register: ours as controller, that of all clients together, or that of one client. */
export type Whose = 'controller' | 'processor' | { readonly client: string };

/** "register.controller.nl.xlsx", "register.client.bakery.jsonld". No client can be called so that two of these are one. */
export function registerFile(whose: Whose, format: RegisterFormat, language: Language): string {
  const name = typeof whose === 'string' ? whose : `client.${whose.client}`;
  return `register.${name}.${format === 'jsonld' ? '' : `${language}.`}${format}`;
}
