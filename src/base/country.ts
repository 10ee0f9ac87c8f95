/** Countries by their two letters of ISO 3166-1, as the platform's own tables know them. */
import { z } from 'zod';
import { message } from './yaml-mistakes.ts';

/** What the tables hold beside countries: islands and unions with reserved letters, and letters for tests. */
const noCountries = new Set(['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'ZZ']);

const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** Of letters that stand for a country, those by which ISO has it: GB for UK. Null when they stand for none. */
function countryOf(letters: string): string | null {
  const code = new Intl.Locale(`und-${letters}`).region ?? letters;
  return noCountries.has(code) || names.of(code) === undefined ? null : code;
}

/** In the place of a country that nobody has said yet; so CLDR has it. The linter asks for what it is. */
export const unsaid = 'ZZ';

const twoLetters = message({
  nl: 'hier hoort een landcode van twee letters (ISO 3166-1) zoals NL',
  en: 'expected a two-letter country code (ISO 3166-1) such as NL',
});

const country = (also?: string) =>
  z
    .string()
    .regex(/^[A-Z]{2}$/, twoLetters)
    .superRefine((letters, context) => {
      if (letters === also) return;
      const code = /^[A-Z]{2}$/.test(letters) ? countryOf(letters) : letters;
      if (code === letters) return;
      const instead = code === null ? 'expected two letters such as NL' : `expected ${code}`;
      const anders = code === null ? 'hier horen twee letters zoals NL' : `hier hoort ${code}`;
      context.addIssue({
        code: 'custom',
        message: `"${letters}" is no country of ISO 3166-1: ${instead}`,
        params: { nl: `"${letters}" is geen land van ISO 3166-1: ${anders}` },
      });
    });

export const Country = country();
/** A country, or ZZ where nobody has said it yet. */
export const CountryOnceSaid = country(unsaid);
