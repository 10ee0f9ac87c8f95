import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { freshFolder, type FreshFolder } from '../../test/worlds/folder.ts';
import { atExit, endProcess } from '../../test/worlds/leave.ts';
import { openDatabase, startEmbedded, type Embedded } from './index.ts';
import { enter } from './lease.ts';
import { postmasterPid } from './postmaster.ts';

/** Whoever of us has started a store, and did not leave it yet. */
const started: Embedded[] = [];

/** Starts the store of a home and sees to it that it is gone when the tests are. */
async function start(home: string): Promise<Embedded> {
  const embedded = await startEmbedded({ home });
  started.push(embedded);
  const pid = embedded.pid();
  atExit(() => {
    if (pid !== null && programOf(pid).includes(home)) endProcess(pid, 'SIGQUIT');
  });
  return embedded;
}

/** What runs under this pid now: that of a server long gone may be another program's. */
function programOf(pid: number): string {
  return existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '';
}

async function query<Row>(url: string, statement: string): Promise<Row[]> {
  const opened = openDatabase({ url, maxConnections: 1 });
  try {
    return (await sql.raw<Row>(statement).execute(opened.db)).rows;
  } finally {
    await opened.close();
  }
}

describe('the embedded store', () => {
  let folder: FreshFolder;
  let home: string;
  before(() => {
    folder = freshFolder();
    chmodSync(folder.path, 0o711); // the server's account, when we are root, must pass
    home = join(folder.path, 'home');
  });
  after(async () => {
    await (await startEmbedded({ home })).stop();
    folder.close();
  });

  it('is one server, however many start it at once on a new home', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => start(home)));
    assert.equal(new Set(all.map((one) => one.pid())).size, 1);
    assert.equal(all.filter((one) => !one.adopted).length, 1);
    assert.equal(new Set(all.map((one) => one.url)).size, 1);
  });

  it('listens on no network, lets no other account in, and forgets nothing it acknowledged', async () => {
    const { url } = await start(home);
    const settings = await query<{ name: string; setting: string }>(
      url,
      `select name, setting from pg_settings
        where name in ('listen_addresses', 'unix_socket_permissions', 'fsync', 'data_checksums')`,
    );
    assert.deepEqual(Object.fromEntries(settings.map((one) => [one.name, one.setting])), {
      data_checksums: 'on',
      fsync: 'on',
      listen_addresses: '',
      unix_socket_permissions: '0700',
    });
    assert.equal(statSync(join(home, 'postgres')).mode & 0o777, 0o700);
    if (process.getuid?.() === 0) assert.notEqual(statSync(join(home, 'postgres')).uid, 0);
  });

  it('stops for us only when nobody else is connected', async () => {
    for (const one of started.splice(0)) await one.stop({ onlyIfIdle: true });
    const embedded = await start(home);
    const other = openDatabase({ url: embedded.url, maxConnections: 1 });
    await sql`select 1`.execute(other.db);
    assert.equal(await embedded.stop({ onlyIfIdle: true }), false);
    assert.notEqual(embedded.pid(), null);
    await other.close();
    assert.equal(await embedded.stop({ onlyIfIdle: true }), true);
    assert.equal(embedded.pid(), null);
    assert.equal(await embedded.stop(), true);
  });

  it('is not stopped under another of us that uses it and is not connected at that moment', async () => {
    for (const one of started.splice(0)) await one.stop({ onlyIfIdle: true });
    const [first, second] = [await start(home), await start(home)];
    assert.equal(await first.stop({ onlyIfIdle: true }), false);
    assert.deepEqual(await query(second.url, 'select 1 as one'), [{ one: 1 }]);
    assert.equal(await second.stop({ onlyIfIdle: true }), true);
  });

  it('is stopped by the last of us also when another that used it was killed, and not under one that lives', async () => {
    for (const one of started.splice(0)) await one.stop({ onlyIfIdle: true });
    const script = `
      const { startEmbedded } = await import(${JSON.stringify(new URL('index.ts', import.meta.url).href)});
      await startEmbedded({ home: ${JSON.stringify(home)} });
      process.stdout.write('uses it');
      setInterval(() => undefined, 1000);`;
    const embedded = await start(home);
    const user = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    atExit(() => user.kill('SIGKILL'));
    await once(user.stdout, 'data');
    assert.equal(await embedded.stop({ onlyIfIdle: true }), false, 'it lives');
    const next = await start(home);
    user.kill('SIGKILL');
    await once(user, 'exit');
    assert.equal(await next.stop({ onlyIfIdle: true }), true);
    assert.equal(next.pid(), null);
  });

  it('lets nobody in while one of us is about to stop it: who comes then waits, and starts it again', async () => {
    const embedded = await start(home);
    const socket = new URL(embedded.url).searchParams.get('host') ?? '';
    for (const one of started.splice(0)) await one.stop({ onlyIfIdle: true });
    await start(home);
    const stopping = await enter(socket, realpathSync(join(home, 'postgres')));
    for (const one of started.splice(0)) assert.equal(await one.stop({ onlyIfIdle: true }), false);
    assert.equal(await stopping?.claim(), 'alone');
    const coming = start(home);
    assert.equal(await Promise.race([coming, sleep(1000, 'waits')]), 'waits');
    const pid = embedded.pid();
    assert.ok(pid !== null);
    process.kill(pid, 'SIGINT');
    const next = await coming;
    assert.equal(next.adopted, false);
    assert.deepEqual(await query(next.url, 'select 1 as one'), [{ one: 1 }]);
  });

  it('is there for each of three commands that start and stop it through each other, again and again', async () => {
    const script = `
      const { startEmbedded, openDatabase } = await import(${JSON.stringify(new URL('index.ts', import.meta.url).href)});
      const { sql } = await import(${JSON.stringify(import.meta.resolve('kysely'))});
      const pause = (most) => new Promise((settle) => setTimeout(settle, Math.random() * most));
      for (let i = 0; i < 12; i += 1) {
        const store = await startEmbedded({ home: ${JSON.stringify(home)} });
        const { db, close } = openDatabase({ url: store.url, maxConnections: 2 });
        for (const most of [20, 0]) {
          await sql.raw('select 1').execute(db);
          await pause(most);
        }
        await close();
        await store.stop({ onlyIfIdle: true });
        await pause(40);
      }`;
    for (const one of started.splice(0)) await one.stop({ onlyIfIdle: true });
    const commands = Array.from({ length: 3 }, () =>
      spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'ignore', 'pipe'] }),
    );
    atExit(() => {
      for (const one of commands) one.kill('SIGKILL');
    });
    const told = await Promise.all(
      commands.map(async (one) => {
        const said = text(one.stderr);
        const [code] = (await once(one, 'exit')) as [number | null];
        return `${code} ${await said}`;
      }),
    );
    assert.deepEqual(told, ['0 ', '0 ', '0 ']);
  });

  it('outlives a process that was killed, and is adopted by the next with all that was committed', async () => {
    const script = `
      const { startEmbedded, openDatabase } = await import(${JSON.stringify(new URL('index.ts', import.meta.url).href)});
      const { sql } = await import(${JSON.stringify(import.meta.resolve('kysely'))});
      const { url } = await startEmbedded({ home: ${JSON.stringify(home)} });
      const { db } = openDatabase({ url });
      await sql.raw('create table kept (id int)').execute(db);
      await sql.raw('insert into kept values (1)').execute(db);
      process.stdout.write('committed');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    atExit(() => child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const next = await start(home);
    assert.equal(next.adopted, true);
    assert.deepEqual(await query(next.url, 'select id from kept'), [{ id: 1 }]);
  });

  it('comes back with all that was committed, and nothing that was not, when the server itself is killed', async () => {
    const embedded = await start(home);
    const opened = openDatabase({ url: embedded.url });
    await sql.raw('create table survived (id int)').execute(opened.db);
    await sql.raw('insert into survived select generate_series(1, 1000)').execute(opened.db);
    const open = opened.db.transaction().execute(async (tx) => {
      await sql.raw('insert into survived values (9999)').execute(tx);
      const pid = embedded.pid();
      assert.ok(pid !== null);
      process.kill(pid, 'SIGKILL');
      for (let i = 0; i < 200; i += 1) await sql.raw('select pg_sleep(0.02)').execute(tx);
    });
    await assert.rejects(open);
    await opened.close();
    const again = await start(home);
    assert.equal(again.adopted, false);
    const rows = await query<{ n: string; top: number }>(
      again.url,
      'select count(*) as n, max(id) as top from survived',
    );
    assert.deepEqual(rows, [{ n: '1000', top: 1000 }]);
  });

  it('is looked for without a mistake while it stops and takes its file away', async () => {
    const data = join(folder.path, 'stopping');
    mkdirSync(data);
    const file = join(data, 'postmaster.pid');
    const churn = `const { rmSync, writeFileSync } = require('node:fs'); const [, file] = process.argv; for (;;) { writeFileSync(file, '1'); rmSync(file); }`;
    const other = spawn(process.execPath, ['-e', churn, file], { stdio: 'ignore' });
    try {
      while (!existsSync(file)) await sleep(5);
      for (const until = Date.now() + 500; Date.now() < until;) assert.equal(postmasterPid(data), null);
    } finally {
      other.kill('SIGKILL');
    }
  });

  it("starts after a crash of the machine, when the old server's pid is another program's by now", async () => {
    const embedded = await start(home);
    const file = join(home, 'postgres', 'postmaster.pid');
    const held = readFileSync(file, 'utf8');
    await embedded.stop();
    const stranger = spawn('sleep', ['600'], { stdio: 'ignore' });
    atExit(() => stranger.kill('SIGKILL'));
    writeFileSync(file, held.replace(/^\d+/, String(stranger.pid)));
    const again = await start(home);
    assert.equal(again.adopted, false);
    assert.deepEqual(await query(again.url, 'select 1 as one'), [{ one: 1 }]);
    stranger.kill('SIGKILL');
  });

  it('has a private socket elsewhere when the path of the home is too long for one', async () => {
    const long = join(folder.path, 'a'.repeat(120));
    const embedded = await start(long);
    const socket = new URL(embedded.url).searchParams.get('host') ?? '';
    assert.ok(!socket.startsWith(long));
    assert.equal(statSync(socket).mode & 0o777, 0o700);
    assert.deepEqual(await query(embedded.url, 'select 1 as one'), [{ one: 1 }]);
    await embedded.stop();
  });

  it('stands in the home itself when its account can pass there, and gives nobody else a way in', () => {
    assert.ok(lstatSync(join(home, 'postgres')).isDirectory());
    assert.equal(statSync(home).mode & 0o027, 0);
  });

  it('says what to do when the version of its data is not here', async () => {
    const other = join(folder.path, 'other');
    mkdirSync(join(other, 'postgres'), { recursive: true });
    writeFileSync(join(other, 'postgres', 'PG_VERSION'), '11\n');
    await assert.rejects(startEmbedded({ home: other }), /made by PostgreSQL 11.*install PostgreSQL 11/);
  });

  it('is never half-made: a folder that initdb left behind is not taken for a store', async () => {
    const other = join(folder.path, 'half');
    mkdirSync(join(other, 'postgres.new-abc'), { recursive: true });
    writeFileSync(join(other, 'postgres.new-abc', 'PG_VERSION'), '15\n');
    const embedded = await start(other);
    assert.deepEqual(await query(embedded.url, 'select 1 as one'), [{ one: 1 }]);
    await embedded.stop();
  });
});
