/** The roles that may do something, as a sentence names them: "privacy officer or approver". */
import { roleTitles, ruleOf, type Permission } from '../../access/index.ts';
import type { Language } from '../../base/language.ts';

export function rolesThat(may: Permission, language: Language): string {
  return ruleOf(may)
    .all.map((role) => roleTitles[role][language])
    .join(language === 'nl' ? ' of ' : ' or ');
}
