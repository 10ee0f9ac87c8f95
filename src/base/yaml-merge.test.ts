import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mergedYaml, piecesIn } from './yaml-merge.ts';

/** As it stands under "add" in a file of pieces. */
const pieceOf = (text: string): unknown[] =>
  piecesIn(`- add:\n${text.replaceAll(/^/gm, '    ')}`).map(({ piece }) => piece);

const made = (...pieces: string[]): string =>
  mergedYaml(pieces.flatMap(pieceOf), {
    order: ['name', 'list', 'map'],
    heading: ' Heading',
    set: [[['name'], 'Vos']],
  });

describe('a file from pieces', () => {
  it('has the keys in their order, the comments of each piece, and an item with the same id once', () => {
    assert.equal(
      made(
        'map: { a: 1 }\nlist:\n  - id: one # first\n    words: [x]',
        'list:\n  - { id: one, words: [x, y] }\n  # another\n  - id: two\nmap: { b: 2 }',
      ),
      '# Heading\n\nname: Vos\n\nlist:\n  - id: one # first\n    words: [ x, y ]\n  # another\n  - id: two\n\nmap: { a: 1, b: 2 }\n',
    );
  });

  it('keeps the comment above the first item of a piece, with that item', () => {
    const text = made(
      'list:\n  - id: one',
      'list:\n  # about two\n  - id: two',
      'list:\n  # more of one\n  - { id: one, n: 1 }',
    );
    assert.match(text, /list:\n {2}# more of one\n {2}- id: one\n {4}n: 1\n {2}# about two\n {2}- id: two\n/);
  });

  it('takes the later of two values', () => {
    const text = mergedYaml(['list: [{ id: one, n: 1 }]', 'list: [{ id: one, n: 2 }, { id: two }]'].flatMap(pieceOf), {
      order: ['list'],
      heading: ' x',
      set: [],
    });
    assert.match(text, /\{ id: one, n: 2 \}, \{ id: two \}/);
  });

  it('throws on a key without a place, so that none is lost', () => {
    assert.throws(() => made('strange: 1'), /no place for the key "strange"/);
  });
});
