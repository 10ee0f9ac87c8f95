/** A FusionPBX with calls, recordings and transcripts, and a tree of camera files. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { program } from '../../src/app/home.ts';
import { testHome, type TestHome } from './home.ts';
import { emptyDatabase, type FreshDatabase } from './postgres.ts';

export interface Ground {
  readonly home: TestHome;
  readonly host: FreshDatabase;
  readonly media: string;
  survivors(): Promise<{ rows: string[]; transcripts: number; files: string[] }>;
  close(): Promise<void>;
}

export const uuid = (i: number): string => `00000000-0000-4000-a000-${String(i).padStart(12, '0')}`;

/** Twelve due calls with recordings and transcripts, four young ones, two held; and six due camera files. */
export async function ground(): Promise<Ground> {
  const host = await emptyDatabase();
  await sql
    .raw(readFileSync(join(program, 'profiles/fixtures/fusionpbx/schema.postgres.sql'), 'utf8'))
    .execute(host.db);
  const base = mkdtempSync(join(tmpdir(), 'gestand-kill-'));
  const media = join(base, 'recordings');
  for (let i = 0; i < 16; i += 1) {
    const due = i < 12;
    const day = String((i % 9) + 1).padStart(2, '0');
    const folder = `d.example/archive/2026/${due ? 'Jun' : 'Nov'}/${day}`;
    mkdirSync(join(media, folder), { recursive: true });
    writeFileSync(join(media, folder, `${uuid(i)}.wav`), 'RIFF');
    await sql`insert into v_xml_cdr (xml_cdr_uuid, source_number, caller_id_number, end_stamp, record_path, record_name)
      values (${uuid(i)}, ${i % 6 === 1 ? '0612345678' : '0620000000'}, '', ${`2026-${due ? '06' : '11'}-${day}T10:00:00Z`}, ${`/var/lib/freeswitch/recordings/${folder}`}, ${`${uuid(i)}.wav`})`.execute(
      host.db,
    );
    await sql`insert into v_xml_cdr_transcripts (xml_cdr_transcript_uuid, xml_cdr_uuid) values (${uuid(100 + i)}, ${uuid(i)})`.execute(
      host.db,
    );
  }
  for (let i = 0; i < 10; i += 1) {
    const file = join(base, 'cameras', 'door', `${i}-2026${i < 6 ? '06' : '11'}1${i}120000.mp4`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, 'x');
  }
  const db = `{ connector: sql, dialect: postgres, read: { literal: ${JSON.stringify(host.url)} }, erase: { literal: ${JSON.stringify(host.url)} } }`;
  const home = await testHome({
    estate: `gestand: 1
systems:
  - { id: exchange, title: { nl: a, en: a }, profile: fusionpbx, role: controller, location: { country: NL, place: Haps }, sources: { db: ${db}, media: { connector: files, root: ${media}, hostRoot: /var/lib/freeswitch/recordings } } }
  - { id: cameras, title: { nl: b, en: b }, profile: motion, role: controller, location: { country: NL, place: Haps }, params: { zone: UTC }, sources: { video: { connector: files, root: ${join(base, 'cameras')} } } }
`,
  });
  return {
    home,
    host,
    media,
    survivors: async () => ({
      rows: (
        await sql<{ id: string }>`select xml_cdr_uuid::text as id from v_xml_cdr order by 1`.execute(host.db)
      ).rows.map((row) => row.id),
      transcripts:
        (await sql<{ n: number }>`select count(*)::int as n from v_xml_cdr_transcripts`.execute(host.db)).rows[0]?.n ??
        -1,
      files: readdirSync(base, { recursive: true, encoding: 'utf8', withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => entry.name)
        .toSorted(),
    }),
    close: async () => {
      await home.close();
      await host.close();
      rmSync(base, { recursive: true, force: true });
    },
  };
}
