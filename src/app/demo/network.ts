/** Its machines: the exchange, the access server, the cameras and the website. */
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type pg from 'pg';
import { wav, type Random } from './random.ts';
import { ago, day, insert, phone, type Ground, type Sizes } from './rows.ts';

export async function fillExchange(
  client: pg.Client,
  random: Random,
  ground: Ground,
  sizes: Sizes,
  media: string,
): Promise<void> {
  const numbers = Array.from({ length: 400 }, () => phone(random));
  const domain = 'voorbeeld.example';
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  for (let done = 0; done < sizes.calls; done += 5000) {
    const rows = Array.from({ length: Math.min(5000, sizes.calls - done) }, (_, i) => {
      const n = done + i;
      const end = new Date(ground.now.getTime() - random.next() * sizes.days * day);
      // Every so often somebody calls about the matter that is held.
      const caller = n % 1500 === 7 ? '0612345678' : random.pick(numbers as [string, ...string[]]);
      const recorded = n % 10 === 7;
      const id = random.uuid();
      const folder = `${domain}/archive/${end.getUTCFullYear()}/${months[end.getUTCMonth()] ?? ''}/${String(end.getUTCDate()).padStart(2, '0')}`;
      if (recorded) {
        const file = join(media, folder, `${id}.wav`);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, wav(random));
        utimesSync(file, end, end);
      }
      const seconds = 5 + random.below(900);
      return {
        id,
        end,
        start: new Date(end.getTime() - seconds * 1000),
        seconds,
        caller,
        recorded,
        path: `/var/lib/freeswitch/recordings/${folder}`,
      };
    });
    await insert(client, 'v_xml_cdr', {
      xml_cdr_uuid: ['uuid', rows.map((row) => row.id)],
      domain_name: ['text', rows.map(() => domain)],
      direction: ['text', rows.map(() => 'inbound')],
      caller_id_number: ['text', rows.map((row) => row.caller)],
      source_number: ['text', rows.map((row) => row.caller)],
      destination_number: ['text', rows.map(() => '0485000100')],
      start_stamp: ['timestamptz', rows.map((row) => row.start)],
      end_stamp: ['timestamptz', rows.map((row) => row.end)],
      duration: ['numeric', rows.map((row) => row.seconds)],
      record_path: ['text', rows.map((row) => (row.recorded ? row.path : null))],
      record_name: ['text', rows.map((row) => (row.recorded ? `${row.id}.wav` : null))],
    });
    await insert(client, 'v_xml_cdr_json', {
      xml_cdr_json_uuid: ['uuid', rows.map(() => random.uuid())],
      xml_cdr_uuid: ['uuid', rows.map((row) => row.id)],
      json: ['jsonb', rows.map((row) => JSON.stringify({ caller: row.caller }))],
    });
    const recorded = rows.filter((row) => row.recorded);
    await insert(client, 'v_xml_cdr_transcripts', {
      xml_cdr_transcript_uuid: ['uuid', recorded.map(() => random.uuid())],
      xml_cdr_uuid: ['uuid', recorded.map((row) => row.id)],
      transcript_summary: ['text', recorded.map(() => 'Beller vraagt naar de status van een storing.')],
    });
    ground.log(`${done + rows.length}/${sizes.calls}`);
  }
}

export async function fillAccess(client: pg.Client, random: Random, ground: Ground, sizes: Sizes): Promise<void> {
  const sessions = Array.from({ length: sizes.sessions }, (_, i) => {
    const start = ago(ground, random.next() * 260);
    return { i, start, stop: i % 40 === 0 ? null : new Date(start.getTime() + random.below(8) * 3_600_000) };
  });
  const user = (i: number): string => `klant${(i % 40) + 1}`;
  await insert(client, 'radacct', {
    acctsessionid: ['text', sessions.map((one) => `s${one.i}`)],
    acctuniqueid: ['text', sessions.map((one) => `u${one.i}`)],
    username: ['text', sessions.map((one) => user(one.i))],
    nasipaddress: ['text', sessions.map(() => '192.0.2.1')],
    acctstarttime: ['timestamptz', sessions.map((one) => one.start)],
    acctstoptime: ['timestamptz', sessions.map((one) => one.stop)],
    framedipaddress: ['text', sessions.map((one) => `198.51.100.${one.i % 250}`)],
    callingstationid: ['text', sessions.map((one) => `00-00-5E-00-53-${(one.i % 256).toString(16).padStart(2, '0')}`)],
  });
  await insert(client, 'radpostauth', {
    username: ['text', sessions.map((one) => user(one.i))],
    pass: ['text', sessions.map((one) => (one.i % 100 === 0 ? 'geheim' : ''))],
    reply: ['text', sessions.map(() => 'Access-Accept')],
    authdate: ['timestamptz', sessions.map((one) => one.start)],
  });
}

export function fillCameras(random: Random, ground: Ground, sizes: Sizes, folder: string): void {
  const names = ['entrance', 'server-room', 'parking', 'loading-bay'];
  for (let camera = 0; camera < sizes.cameras; camera += 1) {
    const name = names[camera] ?? `camera-${camera}`;
    mkdirSync(join(folder, name), { recursive: true });
    for (let i = 0; i < sizes.days * sizes.eventsPerDay; i += 1) {
      const at = ago(ground, (i + random.next()) / sizes.eventsPerDay);
      const stamp = at.toISOString().replace(/\D/g, '').slice(0, 14);
      // The first bytes of an MP4 file and noise: enough for a tree of files, no film.
      writeFileSync(
        join(folder, name, `${String(i).padStart(4, '0')}-${stamp}.mp4`),
        Buffer.concat([Buffer.from('000000186674797069736f6d', 'hex'), Buffer.alloc(200, i)]),
      );
    }
  }
}

/** A day a file, as logrotate leaves them; today's has no day in its name yet. The addresses are those of documentation (RFC 5737). */
export function fillWebsite(random: Random, ground: Ground, sizes: Sizes, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const visit = (at: Date): string =>
    `203.0.113.${Math.floor(random.next() * 250) + 1} - - [${at.toISOString()}] "GET /contact HTTP/1.1" 200 5120 "-" "Mozilla/5.0"`;
  for (let i = 0; i < sizes.days; i += 1) {
    const at = ago(ground, i);
    const name = i === 0 ? 'access.log' : `access.log-${at.toISOString().replace(/\D/g, '').slice(0, 8)}`;
    writeFileSync(join(folder, name), `${Array.from({ length: 20 }, () => visit(at)).join('\n')}\n`);
  }
}
