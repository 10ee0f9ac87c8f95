import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultTreeAdapter as tree, parseFragment } from 'parse5';
import { textOf } from './html.ts';
import { typedOf } from './typed.ts';

describe('what was typed into a form that is gone', () => {
  it('can be copied as it was, to the character', async () => {
    for (const value of ['one line', 'two\nlines', '\nbegins with an empty one', '</textarea><b>']) {
      const page = parseFragment(await textOf(typedOf({ pages: [], values: [['note', value]] }, 'en')));
      const field = page.childNodes.filter((one) => tree.isElementNode(one)).find((one) => one.tagName === 'div');
      const area = field?.childNodes.filter((one) => tree.isElementNode(one)).find((one) => one.tagName === 'textarea');
      assert.equal(area?.childNodes.map((one) => ('value' in one ? one.value : '')).join(''), value);
    }
  });
});
