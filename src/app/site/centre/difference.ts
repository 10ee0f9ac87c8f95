/** A difference between two policies, in the words of one language. */
import type { Language } from '../../../base/language.ts';
import { groupTitle, reasons, type Change, type Policy } from '../../../policy/index.ts';
import { groupName } from '../../../promises/publication/versions/notices.ts';
import type { ChangeView } from '../../../web/changes.ts';

export function changeViews(changes: readonly Change[], policy: Policy, language: Language): ChangeView[] {
  return changes.map((one) => ({
    kind: one.kind,
    group: groupTitle(one.group)[language],
    text: one.text[language],
    material: one.material,
    why: one.why.map((reason) => reasons[reason].text[language]),
    when: one.when,
    tell: one.tell.map((group) => groupName(group, policy)[language]),
  }));
}
