/** A small invented company: its machines, its office, its personnel and its helpdesk, in real databases and folders. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { program } from '../home.ts';
import { fillAccess, fillCameras, fillExchange, fillWebsite } from './network.ts';
import { fillBilling, fillOffice } from './office.ts';
import { seeded } from './random.ts';
import { fillHelpdesk, fillPersonnel } from './records.ts';
import type { Ground, Sizes } from './rows.ts';

export const fullSize: Sizes = { calls: 30_000, days: 200, sessions: 6_000, cameras: 4, eventsPerDay: 6 };

export interface Company {
  /** The number whose calls a matter is about. */
  readonly heldNumber: string;
  readonly media: string;
}

const heldNumber = '+31612345678';

export async function buildCompany(ground: Ground, sizes: Sizes): Promise<Company> {
  const random = seeded(2026);
  const folders = join(ground.home, 'demo');
  await fill(ground, 'demo_exchange', 'fusionpbx', (client) =>
    fillExchange(client, random, ground, sizes, join(folders, 'recordings')),
  );
  await fill(ground, 'demo_office', 'crm', (client) => fillOffice(client, random, ground, join(folders, 'office')));
  await fill(ground, 'demo_billing', 'billing', (client) => fillBilling(client, random, ground, sizes));
  await fill(ground, 'demo_access', 'freeradius', (client) => fillAccess(client, random, ground, sizes));
  await fill(ground, 'demo_personnel', 'personnel', (client) =>
    fillPersonnel(client, ground, join(folders, 'personnel')),
  );
  await fill(ground, 'demo_helpdesk', 'helpdesk', (client) =>
    fillHelpdesk(client, random, ground, join(folders, 'helpdesk')),
  );
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
  await makeDatabase(ground, database);
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
