import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { groupsOf, inFolder, match, parseTemplate, render } from './template.ts';

const literal = fc.constantFrom('-', '_', '.', '/', 'a', 'ab', 'b/', '-/', 'x.', '20');
const token = fc.constantFrom('{u}', '{v}', '{g:*}', '{w:mp4|mp|a}', '{yyyy}', '{MM}', '{Mon}', '{u}-{u}');
const piece = fc.constantFrom('a', 'b', 'ab', '-', '_', '.', '/', '20', '2026', '06', 'Jun', 'mp4', 'mp', 'é');
const text = (parts: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.array(parts, { minLength: 1, maxLength: 8 }).map((all) => all.join(''));
const path = text(piece).filter((one) => !one.startsWith('/') && !one.endsWith('/') && !one.includes('//'));

describe('a template', () => {
  it('reads the names of a folder as it reads whole paths', () => {
    let fitted = 0;
    fc.assert(
      fc.property(text(fc.oneof(literal, token)), fc.array(path, { minLength: 1, maxLength: 20 }), (written, paths) => {
        let template;
        try {
          template = parseTemplate(written);
        } catch (cause) {
          assert.ok(cause instanceof RangeError);
          return;
        }
        for (const one of paths) {
          const groups = match(template, one);
          const cut = one.lastIndexOf('/') + 1;
          const here = inFolder(template, one.slice(0, cut));
          assert.equal(here?.fits(one.slice(cut)) ?? false, groups !== null, `${written} ${one}`);
          if (groups) fitted += 1;
          for (const name of groups ? groupsOf(template) : []) assert.equal(here?.group(name), groups?.[name]);
        }
      }),
      { numRuns: 5_000 },
    );
    assert.ok(fitted > 100, 'too few paths fitted to show anything');
  });

  it('finds the folder of the day that the zone showed, of a time in UTC too', () => {
    const path = (at: string, zone = 'Europe/Amsterdam'): string | null =>
      render('{at:yyyy}/{at:MM}/{at:dd}/{at:HH}/{name}', { at, name: 'a.wav' }, zone);
    for (const at of ['2026-01-01 23:30:00+00', '2026-01-01T23:30:00.5Z', '2026-01-01 23:30:00+00:00'])
      assert.equal(path(at), '2026/01/02/00/a.wav', at);
    assert.equal(path('2026-07-01 22:10:00+00'), '2026/07/02/00/a.wav');
    assert.equal(path('2026-01-01 23:30:00+00', 'UTC'), '2026/01/01/23/a.wav');
    // A time without a zone is the host's own already.
    assert.equal(path('2026-01-01 23:30:00'), '2026/01/01/23/a.wav');
    assert.equal(path(''), null);
  });

  it('stays below its root and within one name', () => {
    for (const written of ['/a/{u}', '../{u}', 'a/../{u}', '{w:a/b|c}', '{u}{v}', '{u', '{1}'])
      assert.throws(() => parseTemplate(written), RangeError, written);
    assert.equal(match(parseTemplate('{u}-{v}.wav'), 'a/b-c.wav'), null);
  });
});
