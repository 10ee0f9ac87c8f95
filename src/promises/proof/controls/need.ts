/** What a promise needs to have shown, as data. Pure. */
import type { Text } from '../../../base/language.ts';

/**
 * One thing that must be shown: by a check of this program, or by a person's declaration, which is weaker; or nothing here can
 * show it yet, and then the board says what is missing. Retention rules, terms and measures of the policy come on top.
 */
export type Need =
  | { readonly by: 'law' }
  | { readonly by: 'check'; readonly id: string }
  | { readonly by: 'declaration'; readonly id: string }
  /** A check that sees too little to show it, and enough to show that it is not so. */
  | { readonly by: 'disproof'; readonly id: string }
  | { readonly by: 'nothing'; readonly id: string; readonly title: Text; readonly missing: Text };

export interface Promised {
  /** The fact that is promised, not the wording of a statement. */
  readonly title: Text;
  readonly needs: readonly Need[];
  /** For a stranger: what the proof shows, what it does not, how to see for oneself. */
  readonly shows: Text;
  readonly doesNotShow: Text;
  readonly verify: Text;
}

export const law: Need = { by: 'law' };
export const check = (id: string): Need => ({ by: 'check', id });
export const disproof = (id: string): Need => ({ by: 'disproof', id });
export const declaration = (id: string): Need => ({ by: 'declaration', id });
export const nothing = (id: string, title: Text, missing: Text): Need => ({ by: 'nothing', id, title, missing });
