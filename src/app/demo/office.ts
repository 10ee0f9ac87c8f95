/** Its office: customers, invoices, prospects, applicants and employees; its services and their bills. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type pg from 'pg';
import { companies, type Random } from './random.ts';
import { staff } from './records.ts';
import { ago, date, insert, mailOf, person, phone, type Ground, type Sizes } from './rows.ts';

export async function fillOffice(client: pg.Client, random: Random, ground: Ground, folder: string): Promise<void> {
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
  const { known: employees } = staff(ground);
  await insert(client, 'employees', {
    id: ['int', employees.map((_, i) => i + 1)],
    name: ['text', employees.map((one) => one.name)],
    email: ['text', employees.map((one, i) => mailOf(one.name, i))],
    hired: ['date', employees.map((one) => date(one.hired))],
    contract_end: ['date', employees.map((one) => (one.left ? date(one.left) : null))],
  });
}

/** What a provider keeps to deliver and to bill: forty services, each with a log-in, a year of billed calls, and its suppliers. */
export async function fillBilling(client: pg.Client, random: Random, ground: Ground, sizes: Sizes): Promise<void> {
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
