import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { freshFolder } from '../../test/worlds/folder.ts';
import { makeFolder, whyNoFolder } from './folder.ts';

describe('a folder that somebody names', () => {
  const folder = freshFolder();
  after(() => folder.close());
  const at = (...path: string[]): string => join(folder.path, ...path);

  it('is made with what is above it, and those that were made are told', () => {
    assert.deepEqual(makeFolder(at('één huis', 'ünï', 'c'), 0o750), [
      at('één huis'),
      at('één huis', 'ünï'),
      at('één huis', 'ünï', 'c'),
    ]);
    assert.equal(statSync(at('één huis', 'ünï')).mode & 0o777, 0o750);
    assert.deepEqual(makeFolder(at('één huis', 'ünï'), 0o700), []);
  });

  it('leaves nothing when only asked for', () => {
    mkdirSync(at('there'));
    assert.equal(whyNoFolder(at('there', 'a', 'b')), null);
    assert.ok(existsSync(at('there')) && !existsSync(at('there', 'a')));
  });

  it('is refused in words where none can be, and at once', () => {
    writeFileSync(at('file'), '');
    symlinkSync(at('nowhere'), at('link'));
    const why = (...path: string[]): string => whyNoFolder(at(...path))?.en.replaceAll(folder.path, '') ?? 'made';
    assert.equal(why('file'), '/file is a file and not a folder');
    assert.equal(why('file', 'a', 'b'), '/file is a file and not a folder');
    assert.equal(why('link', 'a'), '/link is a file and not a folder');
    assert.equal(why('x'.repeat(300)), 'the name or the path is too long');
    const before = performance.now();
    // Node's own recursive mkdir never returns here.
    assert.deepEqual(whyNoFolder('/proc/gestand/home'), {
      nl: 'in /proc kan geen map worden gemaakt (ENOENT)',
      en: 'no folder can be made in /proc (ENOENT)',
    });
    assert.ok(performance.now() - before < 1000);
    if (process.getuid?.() === 0) return;
    mkdirSync(at('closed'));
    chmodSync(at('closed'), 0o500);
    assert.match(why('closed', 'a'), /^this account may not make \/closed\/a$/);
  });
});
