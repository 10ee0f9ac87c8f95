/** One's own account: enrolling, factors, recovery codes, sessions. */
import { renderSVG } from 'uqr';
import { z } from 'zod';
import {
  beginCode,
  beginPasskey,
  changeLanguage,
  confirmCode,
  confirmPasskey,
  cookies,
  endOwnSession,
  finishEnrolment,
  hasSecondFactor,
  listPasskeys,
  listSessions,
  recoveryCodesLeft,
  removeFactor,
  renewRecoveryCodes,
  resumeCode,
  roleTitles,
  setCookie,
  setPassword,
  type Actor,
  type Token,
} from '../../../access/index.ts';
import { accountById } from '../../../access/accounts.ts';
import type { PageAnswer } from '../../../http/route.ts';
import { accountPage, accountTitle, appPage, recoveryPage, type AccountView } from '../../../web/access/account.ts';
import { sayIn } from '../../../web/say.ts';
import { cookieIn } from '../cookies.ts';
import { jsonIn } from '../form.ts';
import { framed, remembered, type Where } from '../frame.ts';
import { flowOf, withFlow } from '../from.ts';
import { one, page, type Seat } from '../seat.ts';
import { seePeople } from '../seen.ts';

const may = 'anyone signed in' as const;
const saved: PageAnswer = { to: '/account?done=saved' };

export const accountPages = [
  page({ method: 'GET', path: '/account', may, summary: { nl: 'Uw account', en: 'Your account' } }, (call) =>
    shown({ seat: call.world, actor: call.actor, language: call.language, request: call.request }),
  ),
  page(
    {
      method: 'POST',
      path: '/account/passkeys/options',
      may,
      summary: { nl: 'Begint een passkey', en: 'Begins a passkey' },
    },
    async ({ world: { access }, actor }) => {
      const { options, flow } = await beginPasskey(access, one(actor));
      const bytes = new TextEncoder().encode(JSON.stringify({ options }));
      return { bytes, type: 'application/json; charset=utf-8', cookies: withFlow(flow) };
    },
  ),
  page(
    {
      method: 'POST',
      path: '/account/passkeys',
      may,
      summary: { nl: 'Maakt een passkey', en: 'Makes a passkey' },
      body: z.object({ name: z.string().max(60), response: z.string().max(20_000) }),
      secret: /^response$/,
      about: { 'passkey-name-taken': 'name' },
    },
    async ({ world, actor, body, request }) => {
      await confirmPasskey(world.access, one(actor), flowOf(request), {
        name: body.name,
        answer: jsonIn(body.response),
      });
      return saved;
    },
  ),
  page(
    {
      method: 'POST',
      path: '/account/passkeys/remove',
      may,
      summary: { nl: 'Verwijdert een passkey', en: 'Removes a passkey' },
      body: z.object({ passkey: z.string().max(1400) }),
    },
    async ({ world: { access }, actor, body: { passkey } }) => {
      await removeFactor(access, one(actor), { passkey });
      return saved;
    },
  ),
  page(
    {
      method: 'POST',
      path: '/account/password',
      may,
      summary: { nl: 'Zet het wachtwoord', en: 'Sets the password' },
      body: z.object({ password: z.string().max(2000), current: z.string().max(2000).optional() }),
      secret: /^(password|current)$/,
      about: {
        'password-too-long': 'password',
        'password-too-short': 'password',
        'password-expected': 'password',
        'sign-in-refused': 'current',
      },
    },
    async ({ world: { access }, actor, body: { password, current } }) => {
      await setPassword(access, one(actor), { password, ...(current === undefined ? {} : { current }) });
      return one(actor).stage === 'new-password' ? { to: '/sign-in?done=saved' } : saved;
    },
  ),
  page(
    { method: 'GET', path: '/account/app', may, summary: { nl: 'Een app koppelen', en: 'Link an app' } },
    async ({ world: seat, actor, language, request }) => {
      const begun = cookieIn(request, cookies.flow.name);
      const same = begun === null ? null : await resumeCode(seat.access, one(actor), begun);
      const made: { secret: string; uri: string; flow?: Token } = same ?? (await beginCode(seat.access, one(actor)));
      const { secret, uri, flow } = made;
      const page = await framed(
        { seat, actor, language, request },
        { title: accountTitle(language), main: appPage({ secret, picture: renderSVG(uri) }, language) },
      );
      return { ...page, cookies: [...(page.cookies ?? []), ...(flow === undefined ? [] : withFlow(flow))] };
    },
  ),
  page(
    {
      method: 'POST',
      path: '/account/app',
      may,
      summary: { nl: 'Koppelt een app', en: 'Links an app' },
      body: z.object({ code: z.string().max(20) }),
      secret: /^code$/,
      about: { 'code-refused': 'code' },
    },
    async ({ world: { access }, actor, body, request }) => {
      await confirmCode(access, one(actor), flowOf(request), body.code);
      return saved;
    },
  ),
  page(
    { method: 'POST', path: '/account/app/remove', may, summary: { nl: 'Ontkoppelt de app', en: 'Unlinks the app' } },
    async ({ world: { access }, actor }) => {
      await removeFactor(access, one(actor), 'code');
      return saved;
    },
  ),
  page(
    { method: 'POST', path: '/account/ready', may, summary: { nl: 'Klaar met inrichten', en: 'Done with setting up' } },
    async (call) => {
      const { session, recoveryCodes } = await finishEnrolment(call.world.access, one(call.actor));
      await seePeople(call.world);
      const cookies = [setCookie('session', session)];
      if (recoveryCodes.length === 0) return { to: '/', cookies };
      return { ...(await codesPage(call, recoveryCodes)), cookies };
    },
  ),
  page(
    {
      method: 'POST',
      path: '/account/recovery',
      may,
      summary: { nl: 'Maakt herstelcodes', en: 'Makes recovery codes' },
    },
    async (call) => codesPage(call, await renewRecoveryCodes(call.world.access, one(call.actor))),
  ),
  page(
    {
      method: 'POST',
      path: '/account/sessions/end',
      may,
      summary: { nl: 'Beëindigt een sessie', en: 'Ends a session' },
      body: z.object({ session: z.string().max(40) }),
    },
    async ({ world: { access }, actor, body: { session } }) => {
      await endOwnSession(access, one(actor), session);
      return saved;
    },
  ),
  page(
    {
      method: 'POST',
      path: '/account/language',
      may,
      summary: { nl: 'Kiest een taal', en: 'Chooses a language' },
      body: z.object({ chosen: z.enum(['nl', 'en', '']) }),
    },
    async ({ world: { access }, actor, body: { chosen } }) => {
      await changeLanguage(access, one(actor), chosen === '' ? null : chosen);
      // What this browser remembers of an earlier visit would have the last word.
      return { to: '/account?done=saved', cookies: [remembered('lang', chosen)] };
    },
  ),
];

interface CallOf {
  readonly world: Seat;
  readonly actor: Actor | null;
  readonly language: 'nl' | 'en';
  readonly request: Request;
}

const whereOf = ({ world: seat, actor, language, request }: CallOf): Where => ({ seat, actor, language, request });

function codesPage(call: CallOf, codes: readonly string[]): ReturnType<typeof framed> {
  return framed(whereOf(call), { title: accountTitle(call.language), main: recoveryPage(codes, call.language) });
}

async function shown(where: Where): Promise<PageAnswer> {
  const view = await viewOf(where.seat, one(where.actor), where.language);
  return framed(where, {
    title: accountTitle(where.language),
    main: accountPage(view, sayIn(where.language, where.seat.world.zone)),
  });
}

async function viewOf({ access }: Seat, actor: Actor, language: 'nl' | 'en'): Promise<AccountView> {
  const account = await accountById(access.db, actor.account);
  const passkeys = await listPasskeys(access.db, account.id);
  const sessions = actor.stage === 'full' ? await listSessions(access, account.id) : [];
  return {
    name: account.name,
    email: account.email,
    roles: account.roles.map((role) => roleTitles[role][language]).join(', '),
    stage: actor.stage,
    hasPassword: account.hasPassword,
    hasCode: account.hasCode,
    mayPassword: account.rolesBy === null,
    passkeys: passkeys.map((key) => ({
      id: key.id,
      name: key.name,
      made: key.made.toString(),
      lastUsed: key.lastUsed?.toString() ?? null,
    })),
    recoveryLeft: await recoveryCodesLeft(access.db, account.id),
    providers: access.settings.providers.map((one) => ({
      id: one.id,
      title: one.title,
      linked: account.providers.includes(one.id),
    })),
    sessions: sessions.map((one) => ({
      id: one.session,
      browser: one.browser,
      seen: one.seen.toString(),
      here: one.session === actor.session,
    })),
    language: account.language,
    // It ends at the midnight that ends the day.
    lastDay: account.until?.subtract({ seconds: 1 }).toString() ?? null,
    ready: account.passkeys > 0 || (account.hasPassword && hasSecondFactor(account)),
  };
}
