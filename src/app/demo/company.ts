/** A small invented company: an exchange, cameras, an access server, a website, an office and its bills, in real databases and folders. */
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { program } from '../home.ts';
import { companies, firstNames, lastNames, seeded, wav, type Random } from './random.ts';

export interface Sizes {
  readonly calls: number;
  readonly days: number;
  readonly sessions: number;
  readonly cameras: number;
  readonly eventsPerDay: number;
}

export const fullSize: Sizes = { calls: 30_000, days: 200, sessions: 6_000, cameras: 4, eventsPerDay: 6 };

export interface Company {
  /** The number whose calls a matter is about. */
  readonly heldNumber: string;
  readonly media: string;
}

export interface Ground {
  urlOf(database: string): string;
  readonly home: string;
  readonly now: Date;
  readonly log: (line: string) => void;
}

const day = 86_400_000;
const heldNumber = '+31612345678';

export async function buildCompany(ground: Ground, sizes: Sizes): Promise<Company> {
  const random = seeded(2026);
  const folders = join(ground.home, 'demo');
  for (const name of ['demo_exchange', 'demo_office', 'demo_billing', 'demo_access']) await makeDatabase(ground, name);
  await fill(ground, 'demo_exchange', 'fusionpbx', (client) =>
    fillExchange(client, random, ground, sizes, join(folders, 'recordings')),
  );
  await fill(ground, 'demo_office', 'crm', (client) => fillOffice(client, random, ground, join(folders, 'office')));
  await fill(ground, 'demo_billing', 'billing', (client) => fillBilling(client, random, ground, sizes));
  await fill(ground, 'demo_access', 'freeradius', (client) => fillAccess(client, random, ground, sizes));
  fillCameras(random, ground, sizes, join(folders, 'cameras'));
  fillWebsite(random, ground, sizes, join(folders, 'website'));
  return { heldNumber, media: join(folders, 'recordings') };
}

async function makeDatabase(ground: Ground, name: string): Promise<void> {
  const admin = new pg.Client({ connectionString: ground.urlOf('postgres') });
  await admin.connect();
  try {
    await admin.query(`drop database if exists ${name}`);
    await admin.query(`create database ${name}`);
    for (const role of ['demo_reader', 'demo_eraser']) {
      const found = await admin.query('select 1 from pg_roles where rolname = $1', [role]);
      if (found.rowCount === 0) await admin.query(`create role ${role} login`);
    }
  } finally {
    await admin.end();
  }
}

async function fill(
  ground: Ground,
  database: string,
  profile: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString: ground.urlOf(database) });
  await client.connect();
  try {
    await client.query(readFileSync(join(program, 'profiles', 'fixtures', profile, 'schema.postgres.sql'), 'utf8'));
    await client.query('begin');
    await work(client);
    await client.query('commit');
    // Two accounts, each with the least that will do: this is what the guide asks of an engineer too.
    await client.query(
      'grant select on all tables in schema public to demo_reader, demo_eraser; grant delete, update on all tables in schema public to demo_eraser',
    );
    await client.query('analyze');
  } finally {
    await client.end();
  }
}

/** Many rows in one statement: a column list, and a list of values per column. */
async function insert(
  client: pg.Client,
  table: string,
  columns: Readonly<Record<string, readonly [type: string, values: readonly unknown[]]>>,
): Promise<void> {
  const names = Object.keys(columns);
  const casts = names.map((name, i) => `$${i + 1}::${columns[name]?.[0] ?? 'text'}[]`);
  await client.query(
    `insert into ${table} (${names.join(', ')}) select * from unnest(${casts.join(', ')})`,
    names.map((name) => columns[name]?.[1] ?? []),
  );
}

const phone = (random: Random): string => `06${String(10_000_000 + random.below(89_999_999))}`;
const person = (random: Random): string => `${random.pick(firstNames)} ${random.pick(lastNames)}`;
const mailOf = (name: string, i: number): string =>
  `${name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z]+/g, '.')}${i}@voorbeeld.example`;
const date = (at: Date): string => at.toISOString().slice(0, 10);
const ago = (ground: Ground, days: number): Date => new Date(ground.now.getTime() - days * day);

async function fillExchange(
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

async function fillOffice(client: pg.Client, random: Random, ground: Ground, folder: string): Promise<void> {
  const customers = Array.from({ length: 40 }, (_, i) => {
    const contact = person(random);
    // The first thirty are customers today; then some that left three to nine years ago.
    const left = i < 30 ? null : ago(ground, 365 * (3 + (i - 30) * 0.8));
    return {
      id: i + 1,
      company: `${random.pick(companies)} ${i + 1}`,
      contact,
      email: mailOf(contact, i),
      phone: phone(random),
      left,
    };
  });
  await insert(client, 'customers', {
    id: ['int', customers.map((one) => one.id)],
    company: ['text', customers.map((one) => one.company)],
    contact: ['text', customers.map((one) => one.contact)],
    email: ['text', customers.map((one) => one.email)],
    phone: ['text', customers.map((one) => one.phone)],
    contract_end: ['date', customers.map((one) => (one.left ? date(one.left) : null))],
  });
  await insert(client, 'contracts', {
    id: ['int', customers.map((one) => one.id)],
    customer_id: ['int', customers.map((one) => one.id)],
    signed_by: ['text', customers.map((one) => one.contact)],
    started: ['date', customers.map(() => date(ago(ground, 4200)))],
    ended: ['date', customers.map((one) => (one.left ? date(one.left) : null))],
  });
  const invoices = customers.flatMap((one) =>
    Array.from({ length: 11 }, (_, year) => ({ customer: one.id, at: ago(ground, 365 * year + 40) })).filter(
      ({ at }) => one.left === null || at < one.left,
    ),
  );
  await insert(client, 'invoices', {
    id: ['int', invoices.map((_, i) => i + 1)],
    customer_id: ['int', invoices.map((one) => one.customer)],
    invoice_date: ['date', invoices.map((one) => date(one.at))],
    amount: ['numeric', invoices.map(() => 100 + random.below(900))],
    handled_by: ['text', invoices.map(() => person(random))],
  });
  const prospects = Array.from({ length: 30 }, (_, i) => ({ contact: person(random), at: ago(ground, 20 * i) }));
  await insert(client, 'prospects', {
    id: ['int', prospects.map((_, i) => i + 1)],
    company: ['text', prospects.map(() => random.pick(companies))],
    contact: ['text', prospects.map((one) => one.contact)],
    email: ['text', prospects.map((one, i) => mailOf(one.contact, i))],
    phone: ['text', prospects.map(() => phone(random))],
    last_contact: ['date', prospects.map((one) => date(one.at))],
    met_by: ['text', prospects.map(() => person(random))],
  });
  const applicants = Array.from({ length: 24 }, (_, i) => {
    const name = person(random);
    const closed = i % 6 === 0 ? null : ago(ground, 5 + i * 18);
    const file = `applicants/${ground.now.getUTCFullYear()}/a${i + 1}-cv.txt`;
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), `Curriculum vitae\n${name}\n`);
    return { name, closed, consent: i % 3 === 1 && closed ? closed : null, file };
  });
  await insert(client, 'applicants', {
    id: ['int', applicants.map((_, i) => i + 1)],
    name: ['text', applicants.map((one) => one.name)],
    email: ['text', applicants.map((one, i) => mailOf(one.name, i))],
    phone: ['text', applicants.map(() => phone(random))],
    applied: ['date', applicants.map(() => date(ago(ground, 480)))],
    procedure_closed: ['date', applicants.map((one) => (one.closed ? date(one.closed) : null))],
    consent_given_at: ['timestamptz', applicants.map((one) => one.consent)],
    cv_file: ['text', applicants.map((one) => one.file)],
  });
  const employees = Array.from({ length: 30 }, (_, i) => ({
    name: person(random),
    left: i < 26 ? null : ago(ground, 300 * (i - 25)),
  }));
  await insert(client, 'employees', {
    id: ['int', employees.map((_, i) => i + 1)],
    name: ['text', employees.map((one) => one.name)],
    email: ['text', employees.map((one, i) => mailOf(one.name, i))],
    hired: ['date', employees.map(() => date(ago(ground, 2000)))],
    contract_end: ['date', employees.map((one) => (one.left ? date(one.left) : null))],
  });
}

/** What a provider keeps to deliver and to bill: forty services, each with a log-in, a year of billed calls, and its suppliers. */
async function fillBilling(client: pg.Client, random: Random, ground: Ground, sizes: Sizes): Promise<void> {
  // The last ten ended one to nineteen months ago.
  const services = Array.from({ length: 40 }, (_, i) => ({
    id: i + 1,
    customer: person(random),
    ended: i < 30 ? null : ago(ground, 30 + (i - 30) * 60),
  }));
  await insert(client, 'subscriptions', {
    id: ['int', services.map((one) => one.id)],
    customer: ['text', services.map((one) => one.customer)],
    ip_address: ['text', services.map((one) => `198.51.100.${one.id}`)],
    mac_address: ['text', services.map((one) => `00-00-5E-00-53-${one.id.toString(16).padStart(2, '0')}`)],
    licence: ['text', services.map(() => random.uuid())],
    linked_login: ['text', services.map((one) => (one.id % 3 === 0 ? `klant${one.id}` : null))],
    started: ['date', services.map(() => date(ago(ground, 900)))],
    ended: ['date', services.map((one) => (one.ended ? date(one.ended) : null))],
  });
  await insert(client, 'accounts', {
    id: ['int', services.map((one) => one.id)],
    subscription_id: ['int', services.map((one) => one.id)],
    username: ['text', services.map((one) => `klant${one.id}`)],
    password_hash: ['text', services.map(() => `$2y$12$${random.uuid()}`)],
  });
  // A bill falls due forty days after the call; of the last month no bill was made yet.
  const calls = Array.from({ length: Math.ceil(sizes.calls / 10) }, (_, i) => {
    const days = random.next() * 400;
    return {
      id: i + 1,
      caller: i % 500 === 3 ? '0612345678' : phone(random),
      started: ago(ground, days),
      due: days < 31 ? null : ago(ground, days - 40),
    };
  });
  await insert(client, 'usage', {
    id: ['bigint', calls.map((one) => one.id)],
    caller: ['text', calls.map((one) => one.caller)],
    called: ['text', calls.map(() => '0485000100')],
    started: ['timestamptz', calls.map((one) => one.started)],
    seconds: ['int', calls.map(() => 5 + random.below(900))],
    invoice_due: ['date', calls.map((one) => (one.due ? date(one.due) : null))],
  });
  const suppliers = Array.from({ length: 12 }, (_, i) => ({ contact: person(random), at: ago(ground, 90 * i) }));
  await insert(client, 'suppliers', {
    id: ['int', suppliers.map((_, i) => i + 1)],
    company: ['text', suppliers.map(() => random.pick(companies))],
    contact: ['text', suppliers.map((one) => one.contact)],
    email: ['text', suppliers.map((one, i) => mailOf(one.contact, i))],
    phone: ['text', suppliers.map(() => phone(random))],
    last_order: ['date', suppliers.map((one) => date(one.at))],
  });
}

async function fillAccess(client: pg.Client, random: Random, ground: Ground, sizes: Sizes): Promise<void> {
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

function fillCameras(random: Random, ground: Ground, sizes: Sizes, folder: string): void {
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
function fillWebsite(random: Random, ground: Ground, sizes: Sizes, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const visit = (at: Date): string =>
    `203.0.113.${Math.floor(random.next() * 250) + 1} - - [${at.toISOString()}] "GET /contact HTTP/1.1" 200 5120 "-" "Mozilla/5.0"`;
  for (let i = 0; i < sizes.days; i += 1) {
    const at = ago(ground, i);
    const name = i === 0 ? 'access.log' : `access.log-${at.toISOString().replace(/\D/g, '').slice(0, 8)}`;
    writeFileSync(join(folder, name), `${Array.from({ length: 20 }, () => visit(at)).join('\n')}\n`);
  }
}
