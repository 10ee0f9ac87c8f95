import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import pg from 'pg';
import { filesConnector } from '../../src/connectors/files/index.ts';
import { due, sweepAll } from '../../src/connectors/kit/conformance/index.ts';
import type { Dataset } from '../../src/connectors/kit/index.ts';
import { freshMariadb, hasMariadb } from '../worlds/mariadb.ts';
import { emptyDatabase } from '../worlds/postgres.ts';
import { dataset, onSqlite } from '../worlds/sql.ts';
import { sqlConnector } from '../../src/connectors/sql/index.ts';

/** Found nowhere else: what is left of a person after a deletion can be looked for byte by byte. */
const canary = 'PERSON-0699887766-CANARY';
const context = { handle: () => 'h', log: () => undefined };
const holds = (bytes: Uint8Array): boolean => Buffer.from(bytes).includes(canary);

describe('what a deletion leaves behind is what the connector says', () => {
  it('SQLite: the bytes stay in the file until VACUUM', async () => {
    const place = await onSqlite();
    await place.run('pragma secure_delete = off');
    await place.plant([
      { id: 'i1', phone: canary, at: '2020-01-01T00:00:00Z' },
      { id: 'i2', phone: 'x', at: '2026-11-01T00:00:00Z' },
    ]);
    assert.ok(holds(readFileSync(place.file)), 'the control: it is there before');
    assert.equal((await sweepAll(place, due)).done, 1);
    assert.deepEqual(await place.survivors(), ['i2']);
    const said = await place.connector.verify(place.dataset, due);
    assert.deepEqual([said.level, said.residue], ['V2', ['file-until-vacuum']]);
    assert.ok(holds(readFileSync(place.file)), 'V2 is no V3');
    await place.run('vacuum');
    assert.equal(holds(readFileSync(place.file)), false);
    await place.close();
  });

  it('MariaDB: the row stays in the binary log until that is purged', { skip: !hasMariadb }, async () => {
    const host = await freshMariadb();
    await host.query(
      `create table calls (id varchar(40) primary key, phone varchar(40), ended datetime, key (ended)); insert into calls values ('i1', '${canary}', '2020-01-01')`,
    );
    const connector = await sqlConnector.open(
      { connector: 'sql', dialect: 'mariadb', read: host.url, erase: host.url },
      context,
    );
    const logs = (): boolean =>
      readdirSync(join(dirname(host.socket), 'data'))
        .filter((name) => /-bin\.\d+$/.test(name))
        .some((name) => holds(readFileSync(join(dirname(host.socket), 'data', name))));
    const place = { connector, dataset: dataset('calls') } as Parameters<typeof sweepAll>[0];
    assert.equal((await sweepAll(place, due)).done, 1);
    assert.deepEqual((await connector.verify(place.dataset, due)).residue, [
      'redo-log-until-overwritten',
      'binlog-until-purged',
    ]);
    assert.ok(logs());
    await host.query('reset master');
    assert.equal(logs(), false);
    await host.close();
  });

  it('PostgreSQL: the bytes stay in the table file, and VACUUM alone does not take them out of a page that lives on', async (t) => {
    const world = await emptyDatabase();
    const client = new pg.Client({ connectionString: world.url });
    await client.connect();
    try {
      const { rows } = await client.query<{ on: boolean }>(`select current_setting('is_superuser') = 'on' as on`);
      if (rows[0]?.on !== true) return t.skip('this account may not read the files of the server');
      const inFile = async (): Promise<boolean> => {
        await client.query('checkpoint');
        const read = await client.query<{ f: Buffer }>(
          `select pg_read_binary_file(pg_relation_filepath('calls')) as f`,
        );
        return holds(read.rows[0]?.f ?? Buffer.alloc(0));
      };
      await client.query(
        `create table calls (id text primary key, phone text, ended timestamp); insert into calls values ('i0', 'x', '2026-11-01'), ('i2', 'x', '2026-11-01'), ('i1', '${canary}', '2020-01-01')`,
      );
      const connector = await sqlConnector.open(
        { connector: 'sql', dialect: 'postgres', read: world.url, erase: world.url },
        context,
      );
      const place = { connector, dataset: dataset('calls') } as Parameters<typeof sweepAll>[0];
      assert.equal((await sweepAll(place, due)).done, 1);
      const { residue } = await connector.verify(place.dataset, due);
      assert.ok(await inFile());
      assert.deepEqual(residue, ['heap-until-rewritten', 'wal-until-recycled']);
      await client.query('vacuum calls');
      assert.ok(await inFile());
      await client.query('vacuum full calls');
      assert.equal(await inFile(), false);
    } finally {
      await client.end();
      await world.close();
    }
  });

  it('files: the name is gone, and of the blocks it is said that they are not', async () => {
    const root = mkdtempSync(join(tmpdir(), 'gestand-residue-'));
    writeFileSync(join(root, 'door-20200101000000.wav'), canary);
    const tree: Dataset = {
      ...dataset('x'),
      at: { kind: 'tree', templates: ['{camera}-{stamp}.wav'], ignore: [] },
      key: ['path'],
      fields: { path: { data: 'video' } },
      clocks: { ended: { id: 'ended', readings: [{ groups: ['stamp'] }], zone: 'UTC', empty: 'finding' } },
      subjects: [],
      places: [],
    };
    const connector = await filesConnector.open({ connector: 'files', root }, context);
    const place = { connector, dataset: tree } as Parameters<typeof sweepAll>[0];
    assert.equal((await sweepAll(place, due)).done, 1);
    assert.deepEqual(readdirSync(root), []);
    const said = await connector.verify(tree, due);
    assert.deepEqual([said.level, said.residue[0]], ['V2', 'blocks-until-overwritten']);
    rmSync(root, { recursive: true, force: true });
  });
});
