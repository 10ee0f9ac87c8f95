/** What keeps a text from being YAML at all, in words: the parser's own are English and made for whoever knows its terms. */
import type { ErrorCode } from 'yaml';
import type { Text } from './language.ts';

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
    nl: 'een bestand heeft één deel: haal de regel --- weg',
    en: 'a file has one part: remove the line ---',
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

export function syntaxText({ code }: { readonly code: ErrorCode }): Text {
  return (
    said[code] ?? {
      nl: 'vanaf hier is dit geen geldige YAML; kijk naar inspringing, haakjes en aanhalingstekens',
      en: 'from here this is not valid YAML; look at indentation, brackets and quotes',
    }
  );
}
