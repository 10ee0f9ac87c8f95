/** A FreePBX with eight due calls: recordings on disk, a transient copy in a table without transactions. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { program } from '../../src/app/home.ts';
import { testHome, type TestHome } from './home.ts';
import { freshMariadb, type FreshMariadb } from './mariadb.ts';

export interface Exchange {
  readonly home: TestHome;
  readonly host: FreshMariadb;
  recording(i: number): string;
  count(table: string, where?: string): Promise<number>;
  close(): Promise<void>;
}

export const caller = (i: number): string => `061000000${i}`;

export async function exchange(policy?: string): Promise<Exchange> {
  const host = await freshMariadb();
  await host.query(readFileSync(join(program, 'profiles/fixtures/freepbx/schema.mariadb.sql'), 'utf8'));
  const base = mkdtempSync(join(tmpdir(), 'gestand-torn-'));
  mkdirSync(join(base, 'voicemail'));
  const recording = (i: number): string =>
    join(base, 'monitor/2026/06/01', `in-0485000100-${caller(i)}-20260601-101500-17000000${i}.wav`);
  for (let i = 0; i < 8; i += 1) {
    mkdirSync(dirname(recording(i)), { recursive: true });
    writeFileSync(recording(i), 'RIFF a recording');
    await host.query(
      `insert into cdr (calldate, src, dst, cnum, uniqueid, linkedid, recordingfile) values ('2026-06-01 10:15:00', '${caller(i)}', '0485000100', '${caller(i)}', '17000000${i}', '17000000${i}', '${recording(i).split('/').at(-1)}')`,
    );
  }
  const url = JSON.stringify(host.url);
  const home = await testHome({
    ...(policy === undefined ? {} : { policy }),
    estate: `gestand: 1
systems:
  - id: exchange
    title: { nl: Centrale, en: Exchange }
    profile: freepbx
    role: controller
    location: { country: NL, place: Haps }
    sources:
      cdr: { connector: sql, dialect: mariadb, read: { literal: ${url} }, erase: { literal: ${url} } }
      recordings: { connector: files, root: ${join(base, 'monitor')} }
      voicemail: { connector: files, root: ${join(base, 'voicemail')} }
`,
  });
  return {
    home,
    host,
    recording,
    count: async (table, where = '1 = 1') =>
      Number((await host.query(`select count(*) as n from ${table} where ${where}`))[0]?.['n']),
    close: async () => {
      await home.close();
      await host.close();
      rmSync(base, { recursive: true, force: true });
    },
  };
}
