/** What is wrong with the writing of a YAML file. The library says it in English; by its code, what sort of mistake it is in Dutch. */
import type { Text } from './language.ts';

const sorts: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'deze verwijzing (*) wijst nergens naar',
  BAD_DQ_ESCAPE: 'na een \\ tussen dubbele aanhalingstekens staat een teken dat daar niet kan',
  BAD_INDENT: 'deze regel springt niet goed in: zet hem even ver als de regels waar hij bij hoort',
  BAD_SCALAR_START: 'een tekst kan niet met dit teken beginnen: zet de hele tekst tussen aanhalingstekens',
  BLOCK_AS_IMPLICIT_KEY:
    'hier staan twee sleutels op één regel: begin een nieuwe regel, of zet een tekst met ": " tussen aanhalingstekens',
  DUPLICATE_KEY: 'deze sleutel staat er twee keer',
  MISSING_CHAR: 'hier ontbreekt een teken, zoals een aanhalingsteken, een haak of een dubbele punt',
  MULTILINE_IMPLICIT_KEY: 'een sleutel past op één regel: mist er een dubbele punt of een aanhalingsteken?',
  MULTIPLE_DOCS: 'er staat meer dan één document in: laat de regel --- weg',
  NON_STRING_KEY: 'een sleutel is een woord, geen lijst en geen getal',
  TAB_AS_INDENT: 'spring in met spaties, niet met een tab',
  UNEXPECTED_TOKEN: 'dit teken hoort hier niet',
};

/** `en` is what the library said, on one line. */
export function syntaxText(code: string, en: string): Text {
  const sort = Object.hasOwn(sorts, code) ? sorts[code] : undefined;
  return { nl: sort ?? `dit is geen YAML die te lezen is (${en})`, en };
}
