/** What it keeps of those who work there, apart from the office, and of what was discussed with whom. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type pg from 'pg';
import { seeded, type Random } from './random.ts';
import { ago, date, insert, mailOf, person, phone, type Ground } from './rows.ts';

export interface Employee {
  readonly name: string;
  readonly hired: Date;
  readonly left: Date | null;
}

/** Thirty that the office knows, four of whom left; and ten that left two to nine years ago, of whom only the pay office knows. */
export function staff(ground: Ground): { readonly known: readonly Employee[]; readonly former: readonly Employee[] } {
  const random = seeded(1026);
  const known = Array.from({ length: 30 }, (_, i) => ({
    name: person(random),
    hired: ago(ground, 3600 - 110 * (i % 20)),
    left: i < 26 ? null : ago(ground, 300 * (i - 25)),
  }));
  const former = Array.from({ length: 10 }, (_, i) => ({
    name: person(random),
    hired: ago(ground, 365 * (5 + i * 0.8)),
    left: ago(ground, 365 * (2 + i * 0.8)),
  }));
  return { known, former };
}

/** The smallest picture that is one: no face, no number. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);

export async function fillPersonnel(client: pg.Client, ground: Ground, folder: string): Promise<void> {
  const { known, former } = staff(ground);
  const all = [...known, ...former].map((one, i) => ({ ...one, id: i + 1 }));
  const payments = all.flatMap((one) =>
    Array.from({ length: 120 }, (_, month) => ({ ...one, paid: ago(ground, 10 + month * 30.4) })).filter(
      ({ hired, left, paid }) => paid > hired && (left === null || paid < left),
    ),
  );
  await insert(client, 'payments', {
    id: ['int', payments.map((_, i) => i + 1)],
    employee: ['text', payments.map((one) => one.name)],
    // Neither was ever given out: a number of zeros, an account without a bank.
    national_number: ['text', payments.map((one) => String(one.id).padStart(9, '0'))],
    bank_account: ['text', payments.map((one) => `NL00DEMO${String(one.id).padStart(10, '0')}`)],
    amount: ['numeric', payments.map((one) => 2400 + 35 * one.id)],
    paid: ['date', payments.map((one) => date(one.paid))],
  });
  const ill = Array.from({ length: 60 }, (_, i) => ({
    name: all[i % all.length]?.name ?? '',
    reported: ago(ground, 4 + i * 20),
    recovered: i < 2 ? null : ago(ground, i * 20 - (i % 7)),
  }));
  await insert(client, 'sick_leave', {
    id: ['int', ill.map((_, i) => i + 1)],
    employee: ['text', ill.map((one) => one.name)],
    reported: ['date', ill.map((one) => date(one.reported))],
    recovered: ['date', ill.map((one) => (one.recovered ? date(one.recovered) : null))],
  });
  mkdirSync(folder, { recursive: true });
  const scan = (id: number): string => `d${id}-front.png`;
  for (const { id } of all) writeFileSync(join(folder, scan(id)), picture);
  await insert(client, 'identity_documents', {
    id: ['int', all.map((one) => one.id)],
    employee: ['text', all.map((one) => one.name)],
    contract_end: ['date', all.map((one) => (one.left ? date(one.left) : null))],
    scan: ['text', all.map((one) => scan(one.id))],
  });
}

const channels = ['phone', 'mail', 'form', 'letter', 'social'] as const;
const subjects = ['Storing', 'Vraag over een factuur', 'Verhuizing van een nummer', 'Nieuwe offerte'] as const;

export async function fillHelpdesk(client: pg.Client, random: Random, ground: Ground, folder: string): Promise<void> {
  const questions = Array.from({ length: 300 }, (_, i) => {
    const relation = person(random);
    const received = ago(ground, 1 + i * 3);
    const channel = channels[i % channels.length] ?? 'form';
    const document =
      channel === 'mail' || channel === 'letter'
        ? `${received.getUTCFullYear()}/q${i + 1}.${channel === 'mail' ? 'eml' : 'txt'}`
        : null;
    const subject = random.pick(subjects);
    if (document !== null) {
      mkdirSync(join(folder, dirname(document)), { recursive: true });
      writeFileSync(
        join(folder, document),
        `From: ${mailOf(relation, i)}\nSubject: ${subject}\n\nGraag hoor ik van u.\n`,
      );
    }
    // Of the last ten some are still being dealt with.
    const handled = i < 10 && i % 2 === 0 ? null : ago(ground, i * 3);
    return { id: i + 1, relation, received, handled, channel, subject, document };
  });
  await insert(client, 'questions', {
    id: ['int', questions.map((one) => one.id)],
    relation: ['text', questions.map((one) => one.relation)],
    email: ['text', questions.map((one) => mailOf(one.relation, one.id))],
    phone: ['text', questions.map(() => phone(random))],
    channel: ['text', questions.map((one) => one.channel)],
    subject: ['text', questions.map((one) => one.subject)],
    received: ['date', questions.map((one) => date(one.received))],
    handled: ['date', questions.map((one) => (one.handled ? date(one.handled) : null))],
    document: ['text', questions.map((one) => one.document)],
  });
  await insert(client, 'notes', {
    id: ['int', questions.map((one) => one.id)],
    question_id: ['int', questions.map((one) => one.id)],
    written: ['date', questions.map((one) => date(one.received))],
    body: ['text', questions.map((one) => `Teruggebeld over: ${one.subject.toLowerCase()}.`)],
  });
}
