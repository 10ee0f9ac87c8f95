/** Transfers outside the European Economic Area (Art. 44-49 GDPR), by the dated data in law/. */
import { unsaid } from '../base/country.ts';
import type { Text } from '../base/language.ts';
import { inForce, type LawBook } from './law.ts';
import type { Recipient } from './schema.ts';

/** Of one whose country nobody has said yet, nobody can tell. */
export const outsideEea = (one: { readonly country: string }, book: Pick<LawBook, 'eea'>): boolean =>
  one.country !== unsaid && !book.eea.includes(one.country);

/** What an adequacy decision misses, and under which key of "transfer" that is mended. */
export interface Inadequate extends Text {
  readonly key: 'mechanism' | 'participant';
}

/** Why an adequacy decision does not carry a transfer to this recipient on this day; null when it does. */
export function inadequate(one: Recipient, book: LawBook, at: string): Inadequate | null {
  const found = book.adequacy.filter((row) => row.territory === one.country);
  const now = found.find((row) => inForce(row, at));
  if (now)
    return now.scope === 'participants' && one.transfer?.participant !== true
      ? {
          key: 'participant',
          nl: `het besluit voor ${one.country} dekt niet iedereen (${now.scopeText?.nl ?? ''}): ga na of deze ontvanger eronder valt en zet "participant" op true`,
          en: `the decision for ${one.country} does not cover everyone (${now.scopeText?.en ?? ''}): see whether it covers this recipient and set "participant" to true`,
        }
      : null;
  return found.length === 0
    ? {
        key: 'mechanism',
        nl: `voor ${one.country} is er geen adequaatheidsbesluit`,
        en: `there is no adequacy decision for ${one.country}`,
      }
    : {
        key: 'mechanism',
        nl: `het adequaatheidsbesluit voor ${one.country} geldt niet op ${at}`,
        en: `the adequacy decision for ${one.country} is not in force on ${at}`,
      };
}
