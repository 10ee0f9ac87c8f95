/**
 * The documents that the policy names beside itself, in the folder "documents" of the home: which are there, and taking one in. Its
 * name is the policy's, never the sender's; nothing outside the folder is read or written; and what is taken in is only ever given
 * back as a file to keep.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
} from 'node:fs';
import { basename, extname, join } from 'node:path';
import { sql } from 'kysely';
import { Refusal } from '../base/refusal.ts';
import { sha256Hex } from '../crypto/index.ts';
import { record } from '../ledger/index.ts';
import { documentsNamed, parsePolicy, type Named, type Policy } from '../policy/index.ts';
import type { Actor } from '../promises/world.ts';
import { readDraft } from './draft.ts';
import { writeWhole } from './files.ts';
import { places } from './home.ts';
import type { OpenWorld } from './world.ts';

/** Bytes of one document. */
export const mostDocument = 10_000_000;

export type DocumentState =
  /** As it was taken in here. */
  | 'there'
  /** Put into the folder by hand: nothing says what it was before. */
  | 'by-hand'
  /** Another than was taken in here. */
  | 'changed'
  | 'missing'
  /** The policy names a file that is not in the folder for documents: this program does not touch it. */
  | 'elsewhere';

export interface DocumentNow {
  /** Names it in an address. */
  readonly id: string;
  readonly document: string;
  readonly state: DocumentState;
  readonly used: readonly (Omit<Named, 'document'> & { readonly draftOnly: boolean })[];
  /** The last time that it was taken in here. */
  readonly taken: { readonly at: string; readonly hash: string } | null;
  readonly hash: string | null;
  readonly bytes: number | null;
}

export const documentId = (document: string): string => sha256Hex(document).slice(0, 16);

/** Of the policy that runs, and of the draft beside it: a document is needed before what names it can be published. */
export async function documentsOf(world: OpenWorld): Promise<DocumentNow[]> {
  const all = await namedIn(world);
  const taken = await takenIn(world);
  return [...new Set(all.map((one) => one.document))].toSorted().map((document) => {
    const id = documentId(document);
    const before = taken.get(id) ?? null;
    const file = read(world.home, document);
    const state = stateOf(document, file?.hash ?? null, before?.hash ?? null);
    const used = all
      .filter((one) => one.document === document)
      .map(({ at, date, until, draftOnly }) => ({ at, date, until, draftOnly }));
    return { id, document, state, used, taken: before, hash: file?.hash ?? null, bytes: file?.bytes.length ?? null };
  });
}

/** What is named, and where; no file is read for it. */
export async function namedIn(world: OpenWorld): Promise<(Named & { readonly draftOnly: boolean })[]> {
  const running = documentsNamed(world.policy);
  const draft = await draftOf(world);
  const places = new Set(running.map((one) => `${one.document} ${one.at}`));
  const added = (draft === null ? [] : documentsNamed(draft)).filter((one) => !places.has(`${one.document} ${one.at}`));
  return [
    ...running.map((one) => ({ ...one, draftOnly: false })),
    ...added.map((one) => ({ ...one, draftOnly: true })),
  ];
}

function stateOf(document: string, now: string | null, before: string | null): DocumentState {
  if (!isOurs(document)) return 'elsewhere';
  if (now === null) return 'missing';
  return before === null ? 'by-hand' : before === now ? 'there' : 'changed';
}

async function draftOf(world: OpenWorld): Promise<Policy | null> {
  const draft = await readDraft(world);
  return draft === null ? null : (parsePolicy({ name: 'policy.yaml', text: draft.text }).value ?? null);
}

/** Its bytes, to be kept by whoever asked; refuses what is not there. */
export function readDocument(world: OpenWorld, document: string): Uint8Array {
  const file = read(world.home, document);
  if (file === null) throw documentRefusals.missing(document);
  return file.bytes;
}

/** Takes a document in. What was there before is kept under its hash. */
export async function takeDocument(
  world: OpenWorld,
  actor: Actor,
  document: string,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<void> {
  if (!isOurs(document)) throw documentRefusals.elsewhere(document);
  const why = unfit(document, file);
  if (why !== null) throw why;
  const target = within(world.home, document);
  const hash = createHash('sha256').update(file.bytes).digest('hex');
  const at = world.clock();
  await world.db.transaction().execute(async (tx) => {
    const event = await record(tx, { type: 'document.kept', at, fields: { file: hash, bytes: file.bytes.length } });
    await record(tx, {
      personal: true,
      at,
      details: { event: 'document.kept', document, file: hash, by: actor.name },
    });
    await sql`
      insert into proof.check (at, check_id, ok, detail, event)
      values (${at.toString()}, ${`document ${documentId(document)}`}, true, ${JSON.stringify({ hash, document })}::jsonb, ${event})`.execute(
      tx,
    );
    // Last, so that nothing is said of a document that could not be written.
    keepEarlier(world.home, document);
    writeWhole(target, file.bytes, 0o640);
  });
  await world.flush();
}

async function takenIn(world: OpenWorld): Promise<Map<string, { at: string; hash: string }>> {
  const { rows } = await sql<{ document: string; at: Date; hash: string }>`
    select distinct on (check_id) split_part(check_id, ' ', 2) as document, at, detail ->> 'hash' as hash from proof.check
     where check_id like 'document %' order by check_id, id desc`.execute(world.db);
  return new Map(rows.map(({ document, at, hash }) => [document, { at: at.toISOString(), hash }]));
}

/** In the folder for documents, each part of the path an ordinary name: no "..", nothing hidden. */
const ours = /^documents(?:\/\w[\w.-]*)*\/\w[\w.-]*\.(?:md|pdf|html|docx|txt|yaml)$/;
const isOurs = (document: string): boolean => ours.test(document) && document.length <= 200;

/** Where it stands; refuses a way that leads out of the home by a link. */
function within(home: string, document: string): string {
  let at = home;
  for (const part of document.split('/')) {
    at = join(at, part);
    if (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink()) throw documentRefusals.elsewhere(document);
  }
  return at;
}

function read(home: string, document: string): { readonly bytes: Buffer; readonly hash: string } | null {
  if (!isOurs(document)) return null;
  let handle: number;
  try {
    handle = openSync(within(home, document), constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch {
    return null; // not there, not for us to read, or a link: all the same to who asks
  }
  try {
    // What is larger was put there by hand, and is not for a page to carry.
    if (!fstatSync(handle).isFile() || fstatSync(handle).size > 5 * mostDocument) return null;
    const bytes = readFileSync(handle);
    return { bytes, hash: sha256Hex(bytes) };
  } finally {
    closeSync(handle);
  }
}

function keepEarlier(home: string, document: string): void {
  const before = read(home, document);
  if (before === null) return;
  const { earlier } = places(home);
  mkdirSync(earlier, { recursive: true, mode: 0o700 });
  const kept = join(earlier, `${before.hash.slice(0, 16)}-${basename(document)}`);
  if (!existsSync(kept)) copyFileSync(within(home, document), kept, constants.COPYFILE_EXCL);
}

/** The kind that the policy names, and not by its name alone. */
function unfit(
  document: string,
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
): Refusal | null {
  const kind = extname(document).toLowerCase();
  if (bytes.length === 0) return documentRefusals.empty();
  if (bytes.length > mostDocument) return documentRefusals.tooLarge();
  if (extname(name).toLowerCase() !== kind || !isKind(kind, bytes)) return documentRefusals.otherKind(kind.slice(1));
  return null;
}

function isKind(kind: string, bytes: Uint8Array): boolean {
  const begins = (...first: number[]): boolean => first.every((byte, i) => bytes[i] === byte);
  if (kind === '.pdf') return begins(0x25, 0x50, 0x44, 0x46, 0x2d);
  if (kind === '.docx') return begins(0x50, 0x4b, 0x03, 0x04);
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(bytes).includes('\0');
  } catch {
    return false; // no text
  }
}

export const documentRefusals = {
  unknown: () =>
    new Refusal('document-unknown', {
      nl: 'Het beleid noemt zo’n document niet.',
      en: 'The policy names no such document.',
    }),
  missing: (document: string) =>
    new Refusal('document-missing', { nl: `${document} is er niet.`, en: `${document} is not there.` }, 404),
  elsewhere: (document: string) =>
    new Refusal(
      'document-elsewhere',
      {
        nl: `${document} staat niet in de map "documents" van deze installatie. Noem in het beleid een bestand zoals documents/naam.pdf.`,
        en: `${document} is not in the folder "documents" of this installation. Name a file such as documents/name.pdf in the policy.`,
      },
      422,
    ),
  empty: () =>
    new Refusal(
      'document-empty',
      { nl: 'Kies een bestand met inhoud.', en: 'Choose a file with something in it.' },
      422,
    ),
  tooLarge: () =>
    new Refusal(
      'document-too-large',
      { nl: 'Een document is hoogstens 10 MB.', en: 'A document is at most 10 MB.' },
      422,
    ),
  otherKind: (kind: string) =>
    new Refusal(
      'document-kind',
      {
        nl: `Het beleid noemt hier een bestand van de soort ${kind}, en dit is er geen. Kies zo'n bestand, of verander de naam in het beleid.`,
        en: `The policy names a file of the kind ${kind} here, and this is none. Choose such a file, or change the name in the policy.`,
      },
      422,
    ),
};
