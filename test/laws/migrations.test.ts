import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { migrate } from '../../src/database/index.ts';
import { freshDatabase } from '../worlds/postgres.ts';

const frozen = JSON.parse(readFileSync(new URL('frozen.json', import.meta.url), 'utf8')) as Record<string, string>;

describe('migrations', () => {
  it('are frozen once merged, and each has its line in frozen.json', () => {
    const now = Object.fromEntries(
      readdirSync('migrations')
        .toSorted()
        .map((name) => [
          name,
          createHash('sha256')
            .update(readFileSync(join('migrations', name)))
            .digest('hex'),
        ]),
    );
    assert.deepEqual(now, frozen);
  });
  it('that changed or vanished after they were applied stop the program', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gestand-migrations-'));
    cpSync('migrations', folder, { recursive: true });
    const world = await freshDatabase();
    assert.deepEqual(await migrate(world.db, folder), []);
    const [first = ''] = readdirSync(folder).toSorted();
    writeFileSync(join(folder, first), `${readFileSync(join(folder, first), 'utf8')}\n-- another thought`);
    await assert.rejects(migrate(world.db, folder), /has changed/);
    rmSync(join(folder, first));
    await assert.rejects(migrate(world.db, folder), /not in this program/);
    rmSync(folder, { recursive: true });
    await world.close();
  });
});
