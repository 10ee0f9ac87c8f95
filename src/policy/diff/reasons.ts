/**
 * Why a change is material: what a person would decide otherwise on, or could not know. After the guidelines on transparency
 * (WP260 rev.01, 29-31): purpose, identity of the controller, how a right is exercised, wider circles of recipients, transfers.
 * Told beforehand, so that a person can still act; how to reach someone may be told when it has changed.
 */
import type { Text } from '../../base/language.ts';

const before = 'before' as const;
const afterwards = 'afterwards' as const;

export const reasons = {
  'new-purpose': { when: before, text: { nl: 'een nieuw doel', en: 'a new purpose' } },
  basis: { when: before, text: { nl: 'een nieuwe of andere grondslag', en: 'a new or other legal basis' } },
  'new-recipient': {
    when: before,
    text: { nl: 'een nieuwe ontvanger, of een die meer krijgt', en: 'a new recipient, or one that gets more' },
  },
  'outside-eea': {
    when: before,
    text: { nl: 'een land buiten de EER', en: 'a country outside the EEA' },
  },
  location: { when: before, text: { nl: 'gegevens op een nieuwe plaats', en: 'data in a new place' } },
  transfer: {
    when: before,
    text: { nl: 'een andere waarborg voor doorgifte', en: 'another safeguard for a transfer' },
  },
  longer: { when: before, text: { nl: 'langer bewaard', en: 'kept longer' } },
  'new-data': { when: before, text: { nl: 'nieuwe gegevens', en: 'new data' } },
  'special-kind': {
    when: before,
    text: { nl: 'gegevens die gevoeliger zijn', en: 'data of a more sensitive kind' },
  },
  'new-people': { when: before, text: { nl: 'een nieuwe groep mensen', en: 'a new group of people' } },
  'new-source': { when: before, text: { nl: 'een nieuwe bron', en: 'a new source' } },
  'must-supply': {
    when: before,
    text: { nl: 'gegevens die u nu moet geven', en: 'data that must now be given' },
  },
  'right-narrowed': {
    when: before,
    text: { nl: 'een recht vervalt of wordt kleiner', en: 'a right is removed or narrowed' },
  },
  'right-changed': {
    when: before,
    text: { nl: 'een recht gebruikt u anders', en: 'a right is used in another way' },
  },
  'automated-decision': {
    when: before,
    text: { nl: 'een besluit door een computer', en: 'a decision by a machine' },
  },
  role: { when: before, text: { nl: 'een andere rol', en: 'another role' } },
  controller: {
    when: before,
    text: { nl: 'een andere verantwoordelijke', en: 'another controller' },
  },
  'promise-weaker': {
    when: before,
    text: { nl: 'een belofte vervalt of wordt zwakker', en: 'a promise is withdrawn or weaker' },
  },
  contact: {
    when: afterwards,
    text: { nl: 'een ander contact', en: 'another contact' },
  },
} as const satisfies Record<string, { readonly when: 'before' | 'afterwards'; readonly text: Text }>;

export type Reason = keyof typeof reasons;
