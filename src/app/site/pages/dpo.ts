/** The DPO's box in the browser. Whoever may not open it is told that there is nothing here; nothing of it stands in an address. */
import { z } from 'zod';
import {
  allow,
  askForKey,
  changePassphrase,
  listBoxKeys,
  listMarks,
  makeBox,
  notThere,
  openBox,
  recoverBox,
  type Actor,
  type OpenBox,
} from '../../../access/index.ts';
import type { PageAnswer } from '../../../http/route.ts';
import { boxPage, codesPage, type BoxView, type LetterView } from '../../../web/console/dpo.ts';
import { sayIn } from '../../../web/say.ts';
import { framed, type Where } from '../frame.ts';
import { one, page, type Seat } from '../seat.ts';

const title = { nl: 'Postvak', en: 'Box' };
const may = "read the DPO's box" as const;
const passphrase = z.string().min(1).max(1000);
/** None of these is given back: neither a passphrase nor a part of the recovery code. */
const secret = /^(passphrase|current|codes)$/;
const aboutPassphrase = {
  'dpo-box-passphrase': 'passphrase',
  'dpo-box-same-password': 'passphrase',
  'password-too-long': 'passphrase',
  'password-too-short': 'passphrase',
  'password-expected': 'passphrase',
} as const;
const recipient = z.string().regex(/^age1[0-9a-z]{20,200}$/);
const letter = z.strictObject({ letter: z.string().regex(/^d-[0-9a-z]{1,40}$/) });

async function viewOf(seat: Seat, actor: Actor, unsaved: string | null): Promise<BoxView> {
  const keys = await listBoxKeys(seat.access);
  const marks = (await listMarks(seat.access.db)).filter((mark) => mark.kind !== 'note');
  const own = keys.find((key) => key.account === actor.account);
  const box = seat.boxes.of(actor);
  const state =
    keys.length === 0
      ? 'none'
      : own === undefined
        ? 'without-key'
        : own.admitted === null
          ? 'waiting'
          : box === null
            ? 'shut'
            : 'open';
  return {
    state,
    keys: keys.map((key) => ({
      recipient: key.recipient,
      kind: key.kind,
      name: key.name,
      fingerprint: key.fingerprint,
      made: key.made.toString(),
      admitted: key.admitted?.toString() ?? null,
      own: key.account === actor.account,
      parts: key.needed === null || key.parts === null ? null : { needed: key.needed, all: key.parts },
    })),
    count: { all: marks.length, open: marks.filter((mark) => mark.closed === null).length },
    ...(state === 'open' && box ? await lettersIn(box) : { letters: [], unreadable: 0 }),
    unsaved,
  };
}

/** What is not done first, then the newest. */
async function lettersIn(box: OpenBox): Promise<Pick<BoxView, 'letters' | 'unreadable'>> {
  const { messages, unreadable } = await box.readAll();
  const letters = messages.flatMap((message): LetterView[] =>
    message.kind === 'note'
      ? []
      : [
          {
            id: message.id,
            kind: message.kind,
            received: message.received.toString(),
            closed: message.closed?.toString() ?? null,
            subject: message.subject,
            text: message.text,
            from: message.from ?? null,
            contact: message.contact ?? null,
            notes: messages
              .filter((note) => note.kind === 'note' && note.about === message.id)
              .map((note) => ({ at: note.received.toString(), text: note.text })),
          },
        ],
  );
  const sorted = letters.toSorted(
    (a, b) => Number(a.closed !== null) - Number(b.closed !== null) || b.received.localeCompare(a.received),
  );
  return { letters: sorted, unreadable };
}

async function shown(where: Where, unsaved: string | null = null): Promise<PageAnswer> {
  const { seat, actor, language } = where;
  const view = await viewOf(seat, one(actor), unsaved);
  return framed(where, { title: title[language], main: boxPage(view, sayIn(language, seat.world.zone)) });
}

const back: PageAnswer = { to: '/dpo' };
const common = { may, hidden: true } as const;

/** With the open box; when it had shut meanwhile the page says so, and gives back what was written. */
async function inBox(where: Where, unsaved: string | null, deed: (box: OpenBox) => Promise<void>): Promise<PageAnswer> {
  const box = where.seat.boxes.of(one(where.actor));
  if (box === null) return unsaved === null ? back : shown(where, unsaved);
  await deed(box);
  return back;
}

const keyPages = [
  page(
    { ...common, method: 'GET', path: '/dpo', summary: { nl: 'Het postvak', en: 'The box' } },
    ({ world: seat, actor, language, request }) => shown({ seat, actor, language, request }),
  ),
  page(
    {
      ...common,
      method: 'POST',
      path: '/dpo/make',
      summary: { nl: 'Maakt het postvak', en: 'Makes the box' },
      body: z.object({ passphrase, parts: z.coerce.number(), needed: z.coerce.number() }),
      secret,
      about: { ...aboutPassphrase, 'dpo-box-parts': 'parts' },
    },
    async ({ world: seat, actor, language, request, body }) => {
      const { recoveryCodes } = await makeBox(seat.access, one(actor), body);
      const main = codesPage(recoveryCodes, body.needed, sayIn(language, seat.world.zone));
      return framed({ seat, actor, language, request }, { title: title[language], main });
    },
  ),
  page(
    {
      ...common,
      method: 'POST',
      path: '/dpo/key',
      summary: { nl: 'Maakt een sleutel', en: 'Makes a key' },
      body: z.object({ passphrase }),
      secret,
      about: aboutPassphrase,
    },
    async ({ world: seat, actor, body }) => {
      await askForKey(seat.access, one(actor), body.passphrase);
      return back;
    },
  ),
  page(
    {
      ...common,
      method: 'POST',
      path: '/dpo/open',
      summary: { nl: 'Opent het postvak', en: 'Opens the box' },
      body: z.object({ passphrase }),
      secret,
      about: aboutPassphrase,
    },
    async ({ world: seat, actor, body }) => {
      seat.boxes.keep(one(actor), await openBox(seat.access, one(actor), body.passphrase));
      return back;
    },
  ),
  page(
    {
      ...common,
      method: 'POST',
      path: '/dpo/recover',
      summary: { nl: 'Herstelt met de delen', en: 'Recovers with the parts' },
      body: z.object({ passphrase, codes: z.string().min(1).max(10_000) }),
      secret,
      about: { ...aboutPassphrase, 'dpo-box-codes': 'codes' },
    },
    async ({ world: seat, actor, body }) => {
      const codes = body.codes.split(/\r?\n/).flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
      const from = { codes, passphrase: body.passphrase };
      seat.boxes.keep(one(actor), await recoverBox(seat.access, one(actor), from));
      return { to: '/dpo?done=recovered' };
    },
  ),
  page(
    { ...common, method: 'POST', path: '/dpo/shut', summary: { nl: 'Sluit het postvak', en: 'Shuts the box' } },
    ({ world: seat, actor }) => {
      seat.boxes.shut(one(actor));
      return Promise.resolve(back);
    },
  ),
  page(
    {
      ...common,
      method: 'POST',
      path: '/dpo/passphrase',
      summary: { nl: 'Verandert de wachtzin', en: 'Changes the passphrase' },
      body: z.object({ current: passphrase, passphrase }),
      secret,
      about: { ...aboutPassphrase, 'dpo-box-passphrase': 'current' },
    },
    async ({ world: seat, actor, body }) => {
      await changePassphrase(seat.access, one(actor), body);
      return { to: '/dpo?done=saved' };
    },
  ),
  ...(['admit', 'retire'] as const).map((deed) =>
    page(
      {
        method: 'POST',
        path: `/dpo/keys/${deed}`,
        may: "admit a key to the DPO's box",
        hidden: true,
        summary:
          deed === 'admit'
            ? { nl: 'Laat een sleutel toe', en: 'Lets a key in' }
            : { nl: 'Neemt een sleutel uit', en: 'Takes a key out' },
        body: z.object({ recipient }),
      },
      ({ world: seat, actor, language, request, body }) =>
        inBox({ seat, actor, language, request }, null, (box) => box[deed](body.recipient)),
    ),
  ),
];

const letterPages = [
  page(
    {
      // Without a fresh factor: asking for one would throw away what was written. The box is open in this session, or nothing happens.
      may: 'anyone signed in',
      method: 'POST',
      path: '/dpo/letters/:letter/note',
      summary: { nl: 'Bewaart een aantekening', en: 'Keeps a note' },
      params: letter,
      body: z.object({ text: z.string().trim().min(1).max(20_000) }),
    },
    async ({ world: seat, actor, language, request, params, body }) => {
      allow(one(actor), may);
      return inBox({ seat, actor, language, request }, body.text, async (box) => {
        const { messages } = await box.readAll();
        if (!messages.some((message) => message.id === params.letter && message.kind !== 'note')) throw notThere();
        await box.note(params.letter, { subject: '', text: body.text });
      });
    },
  ),
  page(
    {
      ...common,
      method: 'POST',
      path: '/dpo/letters/:letter/close',
      summary: { nl: 'Doet een brief af', en: 'Marks a letter done' },
      params: letter,
    },
    ({ world: seat, actor, language, request, params }) =>
      inBox({ seat, actor, language, request }, null, (box) => box.close(params.letter)),
  ),
  page(
    {
      ...common,
      method: 'POST',
      path: '/dpo/letters/:letter/erase',
      summary: { nl: 'Wist een brief', en: 'Erases a letter' },
      params: letter,
    },
    ({ world: seat, actor, language, request, params }) =>
      inBox({ seat, actor, language, request }, null, (box) => box.erase(params.letter)),
  ),
];

export const dpoPages = [...keyPages, ...letterPages];
