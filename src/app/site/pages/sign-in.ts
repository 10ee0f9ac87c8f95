/** Signing in, confirming, and going away. Each way is access's; here are the forms, the cookies and where one goes next. */
import { z } from 'zod';
import {
  beginPasskeySignIn,
  beginProvider,
  beginStepUp,
  cookies,
  finishPasskeySignIn,
  finishProvider,
  finishSignIn,
  finishStepUp,
  openLink,
  passkeyForSecondFactor,
  setCookie,
  signInWithPassword,
  signOut,
  type SignIn,
  type Token,
} from '../../../access/index.ts';
import { Refusal } from '../../../base/refusal.ts';
import { keptIn, type Kept } from '../../../http/again.ts';
import type { PageAnswer } from '../../../http/route.ts';
import { secondPage, signInPage, titleOf, welcomePage, type SecondView } from '../../../web/access/sign-in.ts';
import { cookieIn } from '../cookies.ts';
import { jsonIn } from '../form.ts';
import { framed, type Where } from '../frame.ts';
import { mostText } from '../../draft.ts';
import { confirming } from '../interrupted.ts';
import { flowOf, fromOf, signedIn, withFlow } from '../from.ts';
import { one, page } from '../seat.ts';
import { within } from '../within.ts';

const back = z.string().max(500).default('/');
const response = z.string().max(20_000);
const kept = keptIn;
/** The largest form that can be interrupted, a policy, once more in a field. */
const mostBytes = 4 * mostText;
const query = z.object({ back: z.string().max(500).default('/') });

/** What proves who somebody is never comes back; what waits for it does. */
const secret = /^(code|recovery|password|response)$/;
const about = { 'code-refused': ['code', 'recovery'], 'sign-in-refused': 'password' } as const;

export const signInPages = [
  page(
    { method: 'GET', path: '/sign-in', may: 'anyone', summary: { nl: 'Aanmelden', en: 'Sign in' }, query },
    ({ world: seat, language, query: { back: to }, request }) =>
      signInForm({ seat, actor: null, language, request }, within(to)),
  ),
  page(
    {
      method: 'POST',
      path: '/sign-in',
      may: 'anyone',
      summary: { nl: 'Meldt aan met een wachtwoord', en: 'Signs in with a password' },
      body: z.object({ email: z.string().max(320), password: z.string().max(2000), back }),
      secret: /^password$/,
      about: { 'sign-in-refused': 'password' },
    },
    async ({ world: seat, language, body, request, address }) =>
      orAgain(
        async () => entered(await signInWithPassword(seat.access, body, fromOf(request, address)), body.back),
        (no) => signInForm({ seat, actor: null, language, request }, within(body.back), no),
      ),
  ),
  page(
    {
      method: 'GET',
      path: '/sign-in/second',
      may: 'anyone',
      summary: { nl: 'De tweede stap', en: 'The second step' },
      query: query.extend({ with: z.string().default('') }),
    },
    ({ world: seat, language, query: asked, request }) =>
      secondForm({ seat, actor: null, language, request }, secondOf(asked.with, within(asked.back))),
  ),
  page(
    {
      method: 'POST',
      path: '/sign-in/second',
      may: 'anyone',
      summary: { nl: 'Toont de tweede factor', en: 'Shows the second factor' },
      body: z.object({
        code: z.string().max(20).optional(),
        recovery: z.string().max(100).optional(),
        response: response.optional(),
        back,
      }),
      secret,
      about,
    },
    async ({ world: seat, language, body, request, address }) => {
      const second =
        body.code !== undefined
          ? { code: body.code }
          : body.recovery !== undefined
            ? { recovery: body.recovery }
            : { passkey: jsonIn(body.response ?? '') };
      return orAgain(
        async () =>
          entered(await finishSignIn(seat.access, flowOf(request), second, fromOf(request, address)), body.back),
        (no) =>
          no.status === 410
            ? signInForm({ seat, actor: null, language, request }, within(body.back), no)
            : secondForm(
                { seat, actor: null, language, request },
                secondOf('passkey,code,recovery', within(body.back)),
                no,
              ),
      );
    },
  ),
  page(
    {
      method: 'POST',
      path: '/sign-in/second/options',
      may: 'anyone',
      summary: { nl: 'Vraagt om een passkey', en: 'Asks for a passkey' },
    },
    async ({ world: { access }, request }) => asked(await passkeyForSecondFactor(access, flowOf(request))),
  ),
  page(
    {
      method: 'POST',
      path: '/sign-in/passkey/options',
      may: 'anyone',
      summary: { nl: 'Vraagt om een passkey', en: 'Asks for a passkey' },
    },
    async ({ world: { access } }) => asked(await beginPasskeySignIn(access)),
  ),
  page(
    {
      method: 'POST',
      path: '/sign-in/passkey',
      may: 'anyone',
      summary: { nl: 'Meldt aan met een passkey', en: 'Signs in with a passkey' },
      body: z.object({ response, back }),
    },
    async ({ world: seat, language, body, request, address }) =>
      orAgain(
        async () =>
          entered(
            await finishPasskeySignIn(seat.access, flowOf(request), jsonIn(body.response), fromOf(request, address)),
            body.back,
          ),
        (no) => signInForm({ seat, actor: null, language, request }, within(body.back), no),
      ),
  ),
  page(
    {
      method: 'GET',
      path: '/sign-in/to/:provider',
      may: 'anyone',
      summary: { nl: 'Naar een andere aanmelding', en: 'To another sign-in' },
      params: z.strictObject({ provider: z.string().max(41) }),
    },
    async ({ world: { access }, actor, params }) => {
      const { url, flow } = await beginProvider(
        access,
        params.provider,
        actor?.stage === 'full' ? 'step-up' : 'sign-in',
        actor,
      );
      return { to: url, cookies: withFlow(flow) };
    },
  ),
  page(
    {
      method: 'GET',
      path: '/sign-in/with/:provider',
      may: 'anyone',
      summary: { nl: 'Terug van een andere aanmelding', en: 'Back from another sign-in' },
      params: z.strictObject({ provider: z.string().max(41) }),
      query: z.looseObject({}),
    },
    async ({ world: seat, actor, language, params, request, address }) =>
      orAgain(
        async () => {
          const answer = new URL(request.url).searchParams;
          const from = { ...fromOf(request, address), flow: flowOf(request), provider: params.provider, answer };
          const end = await finishProvider(seat.access, from, actor);
          if (end.next === 'linked') return { to: '/account?done=saved', cookies: [setCookie('flow', '')] };
          if (end.next === 'stepped-up')
            return { to: '/', cookies: [setCookie('session', end.session), setCookie('flow', '')] };
          return entered(end, '/');
        },
        (no) => signInForm({ seat, actor: null, language, request }, '/', no),
      ),
  ),
  page(
    { method: 'GET', path: '/confirm', may: 'anyone signed in', summary: { nl: 'Bevestigen', en: 'Confirm' }, query },
    ({ world: seat, actor, language, query: { back: to }, request }) =>
      confirmForm({ seat, actor, language, request }, within(to), null),
  ),
  page(
    {
      method: 'POST',
      path: '/confirm/options',
      may: 'anyone signed in',
      summary: { nl: 'Vraagt om een passkey', en: 'Asks for a passkey' },
    },
    async ({ world: { access }, actor }) => {
      const { passkey } = await beginStepUp(access, one(actor));
      if (passkey === null) throw new Refusal('no-passkey', { nl: 'U hebt geen passkey.', en: 'You have no passkey.' });
      return asked(passkey);
    },
  ),
  page(
    {
      method: 'POST',
      path: '/confirm',
      may: 'anyone signed in',
      summary: { nl: 'Bevestigt', en: 'Confirms' },
      body: z.object({
        code: z.string().max(20).optional(),
        password: z.string().max(2000).optional(),
        response: response.optional(),
        back,
        kept,
      }),
      secret,
      about,
      mostBytes,
    },
    async ({ world: seat, actor, language, body, request }) =>
      orAgain(
        async () => {
          const again =
            body.code !== undefined
              ? { code: body.code }
              : body.password !== undefined
                ? { password: body.password }
                : { passkey: jsonIn(body.response ?? ''), flow: flowOf(request) };
          const token = await finishStepUp(seat.access, one(actor), again);
          const cookies = [setCookie('session', token), setCookie('flow', '')];
          return body.kept === null ? { to: within(body.back), cookies } : { again: body.kept, cookies };
        },
        (no) => confirmForm({ seat, actor, language, request }, within(body.back), body.kept, no),
      ),
  ),
  page(
    {
      method: 'POST',
      path: '/again',
      may: 'anyone signed in',
      summary: { nl: 'Terug naar wat was ingevuld', en: 'Back to what was filled in' },
      body: z.object({ kept }),
      mostBytes,
    },
    ({ body }) => Promise.resolve(body.kept === null ? { to: '/' } : { again: body.kept }),
  ),
  page(
    { method: 'GET', path: '/welcome', may: 'anyone', summary: { nl: 'Een uitnodiging', en: 'An invitation' } },
    ({ world: seat, language, request }) =>
      framed(
        { seat, actor: null, language, request },
        { title: titleOf('welcome', language), main: welcomePage(language) },
      ),
  ),
  page(
    {
      method: 'POST',
      path: '/welcome',
      may: 'anyone',
      summary: { nl: 'Opent een uitnodiging', en: 'Opens an invitation' },
      body: z.object({ token: z.string().trim().max(200) }),
      secret: /^token$/,
      about: { 'link-over': 'token' },
    },
    async ({ world: seat, language, body, request, address }) =>
      orAgain(
        async () => {
          const { session } = await openLink(seat.access, body.token, fromOf(request, address));
          return { to: '/account', cookies: [setCookie('session', session)] };
        },
        (no) =>
          framed(
            { seat, actor: null, language, request },
            {
              title: titleOf('welcome', language),
              main: welcomePage(language),
            },
          ).then((page) => ({ ...page, status: 422, refused: no })),
      ),
  ),
  page(
    { method: 'POST', path: '/sign-out', may: 'anyone', summary: { nl: 'Meldt af', en: 'Signs out' } },
    async ({ world: { access, boxes }, actor, request }) => {
      if (actor) boxes.shut(actor);
      const token = cookieIn(request, cookies.session.name);
      if (token !== null) await signOut(access, token);
      return { to: '/sign-in', cookies: [setCookie('session', ''), setCookie('flow', '')], clear: true };
    },
  ),
];

/** A refusal is shown on the form that led to it; anything else goes on to the door. */
async function orAgain(
  work: () => Promise<PageAnswer>,
  again: (no: Refusal) => Promise<PageAnswer>,
): Promise<PageAnswer> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof Refusal) return again(cause);
    throw cause;
  }
}

function entered(end: SignIn, to: string): PageAnswer {
  if (end.next === 'second-factor')
    return {
      to: `/sign-in/second?with=${end.factors.join(',')}&back=${encodeURIComponent(within(to))}`,
      cookies: withFlow(end.flow),
    };
  return { to: end.stage === 'full' ? within(to) : '/account', cookies: signedIn(end) };
}

/** Options for the browser's own dialogue, with the flow in its cookie. */
function asked(begun: { readonly options: unknown; readonly flow: Token }): PageAnswer {
  const bytes = new TextEncoder().encode(JSON.stringify({ options: begun.options }));
  return { bytes, type: 'application/json; charset=utf-8', cookies: withFlow(begun.flow) };
}

const told = (no: Refusal | undefined) => (no === undefined ? {} : { status: 422 as const, refused: no });

async function signInForm(where: Where, to: string, no?: Refusal): Promise<PageAnswer> {
  const { providers } = where.seat.access.settings;
  const main = signInPage({ back: to, providers }, where.language);
  return { ...(await framed(where, { title: titleOf('title', where.language), main })), ...told(no) };
}

async function secondForm(where: Where, view: SecondView, no?: Refusal): Promise<PageAnswer> {
  const title = titleOf(view.confirming ? 'confirm' : 'second', where.language);
  return { ...(await framed(where, { title, main: secondPage(view, where.language) })), ...told(no) };
}

async function confirmForm(where: Where, to: string, of: Kept | null, no?: Refusal): Promise<PageAnswer> {
  return secondForm(where, await confirming(where, to, of), no);
}

function secondOf(given: string, to: string): SecondView {
  const factors = (['passkey', 'code', 'recovery'] as const).filter((factor) => given.split(',').includes(factor));
  return { back: to, factors, action: '/sign-in/second', options: '/sign-in/second/options', confirming: false };
}
