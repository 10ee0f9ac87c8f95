import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { freshDatabase, type FreshDatabase } from '../../test/worlds/postgres.ts';
import { instant } from '../base/time.ts';
import { loadSigner } from '../crypto/index.ts';
import { openLedger, recordAll, type Ledger, type LedgerEvent } from './index.ts';
import { tilePath } from './verify/index.ts';

const go = '/usr/bin/go';
const gocode = '/usr/share/gocode';
const installed = existsSync(go) && existsSync(`${gocode}/src/golang.org/x/mod/sumdb/tlog`);
const skip = installed ? false : 'needs: apt-get install golang-go golang-golang-x-mod-dev';
const at = instant('2026-11-24T10:00:30Z');

describe('a verifier by others (golang.org/x/mod)', { skip }, () => {
  let world: FreshDatabase;
  let folder: string;
  let ledger: Ledger;
  let verifier: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gestand-independent-'));
    verifier = join(folder, 'verify');
    const source = new URL('../../test/vectors/ledger/independent/main.go', import.meta.url).pathname;
    const env = {
      GO111MODULE: 'off',
      GOPATH: gocode,
      GOCACHE: join(folder, 'cache'),
      HOME: folder,
      PATH: '/usr/bin:/bin',
    };
    execFileSync(go, ['build', '-o', verifier, source], { env, cwd: folder });
    world = await freshDatabase();
    const signer = loadSigner(join(folder, 'key.pem'));
    ledger = openLedger({
      db: world.db,
      signer,
      origin: 'gestand.test/go',
      clock: () => at,
      mirror: join(folder, 'mirror'),
    });
  });
  after(async () => {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const judged = (): { ok: boolean; said: string } => {
    const { status, stdout } = spawnSync(verifier, [join(folder, 'mirror'), ledger.vkey], { encoding: 'utf8' });
    return { ok: status === 0, said: stdout };
  };

  it('accepts what we publish at every size, with the same root', async () => {
    let size = 0;
    for (const more of [1, 1, 253, 1, 1, 255, 188, 3400]) {
      const events = Array.from({ length: more }, (_, n): LedgerEvent => ({
        type: 'check.done',
        at,
        fields: { check: 'go', ok: 1, n },
      }));
      await world.db.transaction().execute((tx) => recordAll(tx, events));
      await ledger.flush();
      size += more;
      const last = await ledger.checkpoint();
      assert.deepEqual(judged(), { ok: true, said: `ok ${size} ${last?.root ?? ''} gestand.test/go\n` });
    }
  });

  it('refuses a changed byte in an entry, a tile and the checkpoint', () => {
    for (const path of [tilePath('entries', 3n, 256), tilePath(0, 3n, 256), tilePath(1, 0n, 16), 'checkpoint']) {
      const file = join(folder, 'mirror', path);
      const original = readFileSync(file);
      writeFileSync(file, original.with(40, (original[40] ?? 0) ^ 1));
      assert.equal(judged().ok, false, path);
      writeFileSync(file, original);
    }
    assert.equal(judged().ok, true);
  });
});
