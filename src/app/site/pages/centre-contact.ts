/** The privacy centre: the proof of each promise, how to reach us and to complain, and the officer's letter box. */
import { z } from 'zod';
import { listBoxKeys, receiveForDpo } from '../../../access/index.ts';
import type { Language } from '../../../base/language.ts';
import { dayWords, termWords } from '../../../base/wording.ts';
import { doorRefusals } from '../../../http/problem.ts';
import { promisedAs } from '../../../promises/proof/controls/index.ts';
import { kinds as shortKinds } from '../../../promises/proof/phrases.ts';
import type { Proof } from '../../../promises/publication/statement/index.ts';
import { howKnown, states } from '../../../promises/publication/statement/phrases/proofs.ts';
import { how, rights } from '../../../promises/publication/statement/phrases/rights.ts';
import { complaintPage, contactPage, letterPage, type ContactView } from '../../../web/centre/contact.ts';
import { proofPage, proofsPage, type LogView, type ProofView } from '../../../web/centre/proofs.ts';
import { nothingToRead } from '../../../web/centre/statement.ts';
import { sayIn } from '../../../web/say.ts';
import { centred } from '../centre/frame.ts';
import { proofsOf, spoken } from '../centre/published.ts';
import { page, type Seat } from '../seat.ts';

function proofView(id: string, proof: Proof, seat: Seat, language: Language): ProofView {
  const say = sayIn(language, seat.world.zone);
  const { since, lastProof } = proof;
  const when = (at: string, words: (at: string) => string): string =>
    at.length <= 10 ? dayWords(at)[language] : words(at);
  return {
    id,
    title: promisedAs(id).title[language],
    state: proof.state,
    word: (proof.state === 'kept' && proof.kind === 'declared' ? states.declared : states[proof.state])[language],
    kind: howKnown(proof)[language],
    short: proof.state === 'kept' ? shortKinds[proof.kind][language] : null,
    since: since === null ? null : { at: since, shown: when(since, say.day) },
    last: lastProof && { at: lastProof.at, shown: when(lastProof.at, say.moment), leaf: lastProof.leaf },
    shows: proof.shows[language],
    doesNotShow: proof.doesNotShow[language],
    verify: proof.verify[language],
  };
}

async function logView({ world }: Seat, language: Language): Promise<LogView> {
  const size = (await world.ledger.checkpoint())?.size ?? 0;
  return { key: world.ledger.vkey, size: sayIn(language, world.zone).n(size) };
}

const proofTitle = { nl: 'Bewijs', en: 'Proof' };

const proofListPage = page(
  {
    method: 'GET',
    path: '/privacy/proof',
    may: 'anyone',
    summary: { nl: 'Het bewijs van elke belofte', en: 'The proof of every promise' },
  },
  async ({ world: seat, language, request }) => {
    const now = await spoken(seat);
    const reading = { seat, language, request };
    if (now === null || now === 'damaged')
      return centred(reading, {
        title: proofTitle[language],
        main: (to) => nothingToRead(now ?? 'none', language, to),
      });
    const views = [...(await proofsOf(seat, now))].map(([id, proof]) => proofView(id, proof, seat, language));
    const log = await logView(seat, language);
    return centred(reading, { title: proofTitle[language], main: (to) => proofsPage(views, log, language, to) });
  },
);

const oneProofPage = page(
  {
    method: 'GET',
    path: '/privacy/proof/:promise',
    may: 'anyone',
    summary: { nl: 'Het bewijs van één belofte', en: 'The proof of one promise' },
    params: z.object({ promise: z.string().max(64) }),
  },
  async ({ world: seat, language, request, params }) => {
    const now = await spoken(seat);
    const proof = now === null || now === 'damaged' ? undefined : (await proofsOf(seat, now)).get(params.promise);
    if (!proof) throw doorRefusals.nothingHere();
    const view = proofView(params.promise, proof, seat, language);
    const log = await logView(seat, language);
    return centred(
      { seat, language, request },
      { title: view.title, main: (to) => proofPage(view, log, language, to) },
    );
  },
);

/** From what was published; before that, only who we are and how to reach us. */
async function contactView(seat: Seat, language: Language): Promise<ContactView> {
  const now = await spoken(seat);
  const policy = now === null || now === 'damaged' ? null : now.policy;
  const { organisation } = policy ?? seat.world.policy;
  const dpo = (policy ?? seat.world.policy).dpo;
  const reach = (one: { post?: string | undefined; email?: string | undefined; phone?: string | undefined }) => ({
    post: one.post ?? null,
    email: one.email ?? null,
    phone: one.phone ?? null,
  });
  const officer = { nl: 'Functionaris gegevensbescherming', en: 'Data protection officer' }[language];
  const within = policy?.rights?.answerWithin;
  return {
    organisation: { name: organisation.name, ...reach(organisation) },
    dpo: dpo ? { name: dpo.name ?? officer, ...reach(dpo) } : null,
    box: await boxTakes(seat),
    rights: (policy?.rights?.list ?? []).map(({ right, text }) => ({
      title: rights[right].title[language],
      text: (text ?? rights[right].text)[language],
    })),
    within: within === undefined ? null : how.within(termWords(within))[language],
    authority: policy?.complaint
      ? { name: policy.complaint.authority, website: webOnly(policy.complaint.website) }
      : null,
  };
}

const webOnly = (link: string | undefined): string | null => (link?.startsWith('https://') === true ? link : null);

/** The box exists once an officer has a key of their own to it. */
async function boxTakes(seat: Seat): Promise<boolean> {
  return (await listBoxKeys(seat.access)).some((one) => one.kind === 'dpo' && one.admitted !== null);
}

const contact = page(
  {
    method: 'GET',
    path: '/privacy/contact',
    may: 'anyone',
    summary: { nl: 'Contact en rechten', en: 'Contact and rights' },
  },
  async ({ world: seat, language, request }) => {
    const view = await contactView(seat, language);
    return centred(
      { seat, language, request },
      {
        title: { nl: 'Contact en uw rechten', en: 'Contact and your rights' }[language],
        main: (to) => contactPage(view, language, to),
      },
    );
  },
);

const complaint = page(
  { method: 'GET', path: '/privacy/complaint', may: 'anyone', summary: { nl: 'Een klacht', en: 'A complaint' } },
  async ({ world: seat, language, request }) => {
    const view = await contactView(seat, language);
    return centred(
      { seat, language, request },
      {
        title: { nl: 'Een klacht', en: 'A complaint' }[language],
        main: (to) => complaintPage(view, language, to),
      },
    );
  },
);

const letterTitle = { nl: 'Een brief aan de functionaris', en: 'A letter to the officer' };

const letter = page(
  {
    method: 'GET',
    path: '/privacy/dpo',
    may: 'anyone',
    summary: { nl: 'Het postvak van de functionaris', en: "The officer's box" },
    query: z.object({
      receipt: z
        .string()
        .regex(/^d-[0-9a-z]{1,40}$/)
        .optional(),
      lang: z.enum(['nl', 'en']).optional(),
    }),
  },
  async ({ world: seat, language, request, query }) => {
    const view = { ...(await contactView(seat, language)), receipt: query.receipt ?? null };
    return centred(
      { seat, language, request },
      { title: letterTitle[language], main: () => letterPage(view, language) },
    );
  },
);

const line = z.string().trim().max(300);

const sendLetter = page(
  {
    method: 'POST',
    path: '/privacy/dpo',
    may: 'anyone',
    summary: { nl: 'Legt een brief in het postvak', en: 'Puts a letter into the box' },
    query: z.object({ lang: z.enum(['nl', 'en']).optional() }),
    body: z.object({
      kind: z.enum(['request', 'complaint']),
      subject: line.min(1).max(200),
      text: z.string().trim().min(1).max(20_000),
      from: line.default(''),
      contact: line.default(''),
    }),
    about: { 'letter-too-long': 'text' },
  },
  async ({ world: seat, body, address, query }) => {
    await seat.letters.take(null, address);
    await seat.letters.take('all', address);
    const { kind, subject, text, from, contact: answer } = body;
    const { id } = await receiveForDpo(seat.access, kind, {
      subject,
      text,
      ...(from === '' ? {} : { from }),
      ...(answer === '' ? {} : { contact: answer }),
    });
    return { to: `/privacy/dpo?receipt=${id}${query.lang === undefined ? '' : `&lang=${query.lang}`}` };
  },
);

export const centreContactPages = [proofListPage, oneProofPage, contact, complaint, letter, sendLetter] as const;
