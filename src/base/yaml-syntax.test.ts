import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { problemIn, readYaml } from './yaml.ts';

const Any = z.record(z.string(), z.unknown());
const Words = z.strictObject({ a: z.strictObject({ nl: z.string(), en: z.string() }) });
const told = (text: string, schema: z.ZodType = Any, language: 'nl' | 'en' = 'en'): string[] =>
  readYaml({ name: 'p', text }, schema).problems.map((one) => problemIn(one, language));

/** What somebody in an office types, where it is told, and as what. */
const slips: readonly (readonly [what: string, text: string, en: string, nl: string])[] = [
  [
    'a bracket that is not closed',
    'a:\n  - b: [x, y\n    c: 1\n',
    'p:2:8 this bracket [ is not closed: put ] where it ends; that is why line 3 went wrong',
    'dit haakje [ wordt niet gesloten: zet ] waar het ophoudt; op regel 3 ging het daardoor mis',
  ],
  [
    'a brace at the end of the file',
    'a: { b: 1\n',
    'p:1:4 this bracket { is not closed: put } where it ends',
    'dit haakje { wordt niet gesloten: zet } waar het ophoudt',
  ],
  [
    'a bracket closed by a brace',
    'a: [1}\nb: 2\n',
    'p:1:4 this bracket [ is not closed: put ] where it ends',
    'dit haakje [ wordt niet gesloten: zet ] waar het ophoudt',
  ],
  [
    'a bracket over Windows lines, after a mark of Notepad',
    '\ufeffa: 1\r\nb: [1\r\nc: 2\r\n',
    'p:2:4 this bracket [ is not closed: put ] where it ends; that is why line 3 went wrong',
    'dit haakje [ wordt niet gesloten: zet ] waar het ophoudt; op regel 3 ging het daardoor mis',
  ],
  ['a bracket too many', 'a: [1]]\n', 'p:1:7 this bracket is one too many', 'dit haakje is er een te veel'],
  [
    'a quote that is not closed',
    'a: "open\nb: 2\n',
    'p:1:4 this quote " is not closed: put " where it ends',
    'dit aanhalingsteken " wordt niet gesloten: zet " waar het ophoudt',
  ],
  [
    'a quote that is not closed before another',
    'a: "open\nb: "x"\n',
    'p:1:4 this quote " is not closed: put " where it ends',
    'dit aanhalingsteken " wordt niet gesloten: zet " waar het ophoudt',
  ],
  [
    'an apostrophe in single quotes',
    "a: 'foto's van u'\n",
    'p:1:10 the text in quotes has ended before this: put the other kind around it when there is one in the text (" or \')',
    'de tekst tussen aanhalingstekens is hiervoor al uit: zet de andere soort eromheen als er een in de tekst staat (" of \')',
  ],
  ['a tab', 'a:\n\tb: 1\n', 'p:2:1 indent with spaces, not with a tab', 'spring in met spaties, niet met een tab'],
  [
    'a tab within brackets',
    'a: [1,\n\t2]\n',
    'p:2:2 indent with spaces, not with a tab',
    'spring in met spaties, niet met een tab',
  ],
  [
    'a colon in a text',
    'a: Let op: dit\n',
    'p:1:4 there are two keys on one line; put a text with a colon in quotes',
    'hier staan twee sleutels op één regel; zet een tekst met een dubbele punt tussen aanhalingstekens',
  ],
  [
    'a colon in a text within braces',
    'a: { nl: Let op: x, en: y }\n',
    'p:1:10 put a text with a colon in quotes',
    'zet een tekst met een dubbele punt tussen aanhalingstekens',
  ],
  [
    'curly quotes',
    'a: “Let op: x”\n',
    'p:1:4 put this text in straight quotes (" or \'); curly ones such as “ count as letters here',
    'zet deze tekst tussen rechte aanhalingstekens (" of \'); gekrulde zoals “ tellen hier als letters',
  ],
  [
    'a space of a word processor',
    'a:\u00a01\nb: 2\n',
    'p:1:1 on this line is a space that is no ordinary one, as after copying from a word processor; type it again',
    'op deze regel staat een spatie die geen gewone is, zoals na kopiëren uit een tekstverwerker; typ haar opnieuw',
  ],
  [
    'no space after a colon',
    'a:1\nb: 2\n',
    'p:1:1 after a key come an ordinary colon and a space: key: value',
    'achter een sleutel horen een gewone dubbele punt en een spatie: sleutel: waarde',
  ],
  [
    'no colon',
    'a: 1\nb\nc: 2\n',
    'p:2:1 on this line a colon after the key is missing',
    'op deze regel ontbreekt een dubbele punt achter de sleutel',
  ],
  [
    'a line too far in',
    'a:\n  b: 1\n   c: 2\n',
    'p:2:6 the line below is indented further than this one, and belongs beside it: indent both as far',
    'de regel hieronder springt verder in dan deze, en hoort ernaast: laat beide even ver inspringen',
  ],
  [
    'a line not far enough in',
    'a:\n  b: 1\n c: 2\n',
    'p:3:1 this line is not indented as far as what it belongs to',
    'deze regel springt niet even ver in als wat erbij hoort',
  ],
  [
    'a line of a list not far enough in',
    'a:\n  - x: 1\n   y: 2\n',
    'p:3:1 this line is not indented as far as what it belongs to',
    'deze regel springt niet even ver in als wat erbij hoort',
  ],
  [
    'a key twice',
    'a: 1\nb: 2\na: 3\n',
    'p:3:1 this key is there twice, also on line 1; keep one',
    'deze sleutel staat er twee keer, ook op regel 1; laat er één staan',
  ],
  [
    'lines of an old computer',
    'a: 1\rb: 2\r',
    'p:1:1 the lines of this file end as on very old computers (CR); save it with ordinary line ends (LF)',
    'de regels van dit bestand eindigen zoals op heel oude computers (CR); sla het op met gewone regeleinden (LF)',
  ],
  [
    'a star before a text',
    'a: 1\nb: *let op*\n',
    'p:2:4 a text that begins with * stands in quotes',
    'een tekst die met * begint, staat tussen aanhalingstekens',
  ],
  [
    'a sign before a text',
    'a: @home\n',
    'p:1:4 a text cannot begin with this character; put it in quotes',
    'een tekst kan niet met dit teken beginnen; zet hem tussen aanhalingstekens',
  ],
];

describe('a slip in YAML', () => {
  for (const [what, text, en, nl] of slips)
    it(`is told once, where it was made and in words: ${what}`, () => {
      const place = /^p:\d+:\d+ /.exec(en)?.[0] ?? '';
      assert.deepEqual(told(text), [en]);
      assert.deepEqual(told(text, Any, 'nl'), [`${place}${nl}`]);
    });

  it('of a text with a comma within braces is told with what to do', () => {
    assert.deepEqual(told('a: { nl: Ja, nee, en: Yes }\n', Words), [
      'p:1:14 a.nee: unknown key "nee"; expected one of nl, en; if it is a part of a text with a comma, put that in quotes',
    ]);
  });

  it('is none where a mark or a line end is only another than here', () => {
    for (const text of ['\ufeffa: 1\n', 'a: 1\r\nb: 2\r\n', 'a: [1,\r\n  2]\r\n', "a: 'it''s'\n", 'a: “hallo”\n'])
      assert.deepEqual(told(text), [], JSON.stringify(text));
  });

  it('that opens very many in each other, or is made very many times, is found in time and felled by neither', () => {
    for (const text of ['['.repeat(5000), 'a: {'.repeat(3000), 'a: [x\n'.repeat(2000), "k: 'it's\n".repeat(2000)]) {
      const before = process.cpuUsage();
      assert.ok(told(text).length > 0);
      const { user } = process.cpuUsage(before);
      assert.ok(user < 10_000_000, `${text.slice(0, 8)} ${user / 1000} ms`);
    }
  });
});
