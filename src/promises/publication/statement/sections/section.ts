/** One part of the full text. */
import type { Text } from '../../../../base/language.ts';
import type { Block } from '../../document/model.ts';
import type { Page } from '../page.ts';

export interface Section {
  /** Its address in the document, the same in every language and version. */
  readonly id: string;
  readonly title: Text;
  /** Place in the policy that a link to this part comes from. */
  readonly source: string;
  /** What stands under the title; nothing when the policy says nothing about it. */
  blocks(page: Page): Block[];
}
