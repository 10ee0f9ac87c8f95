/** A page's content put into the shell: who is acting, what that person may open, what waits there. */
import { can, isFresh, roleTitles, type Actor, type Permission } from '../../access/index.ts';
import type { Language, Text } from '../../base/language.ts';
import type { PageAnswer } from '../../http/route.ts';
import { bell } from '../../web/console/notifications.ts';
import { textOf, type Html } from '../../web/html.ts';
import { sayIn } from '../../web/say.ts';
import { shell, type NavItem, type Shell } from '../../web/shell.ts';
import { notificationsOf } from './notifications/index.ts';
import type { Seat } from './seat.ts';
import { setUpGoesOn } from './set-up.ts';

interface Section {
  readonly href: string;
  readonly text: Text;
  readonly may: Permission;
}

/** The sections of the console, in the order of the loop: what is promised, what is due, where it is, what is said. */
export const sections: readonly Section[] = [
  { href: '/', text: { nl: 'Beloften', en: 'Promises' }, may: 'see the board' },
  { href: '/plans', text: { nl: 'Plannen', en: 'Plans' }, may: 'see plans' },
  { href: '/tasks', text: { nl: 'Taken', en: 'Tasks' }, may: 'see tasks' },
  { href: '/holds', text: { nl: 'Bewaarplichten', en: 'Holds' }, may: 'see holds' },
  { href: '/systems', text: { nl: 'Systemen', en: 'Systems' }, may: 'see systems' },
  { href: '/policy', text: { nl: 'Beleid', en: 'Policy' }, may: 'see the policy' },
  { href: '/publication', text: { nl: 'Verklaring', en: 'Statement' }, may: 'see the policy' },
  { href: '/register', text: { nl: 'Register', en: 'Register' }, may: "see a client's register" },
  { href: '/ledger', text: { nl: 'Bewijs', en: 'Evidence' }, may: 'see the ledger' },
  { href: '/dpo', text: { nl: 'Postvak', en: 'Box' }, may: "read the DPO's box" },
  { href: '/people', text: { nl: 'Mensen', en: 'People' }, may: 'see people' },
  { href: '/settings', text: { nl: 'Instellingen', en: 'Settings' }, may: 'see settings' },
];

/** For whoever has a step of it to take; who may see the settings can read how far it is. */
const setUpSection: Section = { href: '/set-up', text: { nl: 'Inrichten', en: 'Set-up' }, may: 'change settings' };

export interface Where {
  readonly seat: Seat;
  readonly actor: Actor | null;
  readonly language: Language;
  readonly request: Request;
}

export interface Content {
  readonly title: string;
  readonly main: Html;
  readonly scripts?: readonly string[];
  readonly told?: Shell['told'];
  readonly status?: 200 | 400 | 401 | 403 | 404 | 409 | 422 | 429;
  /** How many things wait in a section, by its address. */
  readonly waiting?: Readonly<Record<string, number>>;
}

/** What a page answers: the content in the shell. */
export async function framed(where: Where, content: Content): Promise<Extract<PageAnswer, { html: string }>> {
  const html = await framedText(where, content);
  const asked = new URL(where.request.url).searchParams.get('lang');
  // What was asked for in the address stays for the pages that follow.
  const cookies = asked === 'nl' || asked === 'en' ? [remembered('lang', asked)] : [];
  return { html, status: content.status ?? 200, cookies };
}

export async function framedText(where: Where, content: Content): Promise<string> {
  const { seat, actor, language, request } = where;
  const url = new URL(request.url);
  const done = url.searchParams.get('done');
  const told =
    content.told ??
    (done !== null && Object.hasOwn(doneTexts, done)
      ? { kind: 'done' as const, text: doneTexts[done]?.[language] ?? '' }
      : undefined);
  const view: Shell = {
    language,
    title: content.title,
    organisation: seat.world.policy.organisation.name,
    path: url.pathname,
    here: `${url.pathname}${url.search}`,
    nav: actor === null || actor.stage !== 'full' ? [] : await navOf(seat, actor, language, content.waiting ?? {}),
    who:
      actor === null
        ? null
        : { name: actor.name, roles: actor.roles.map((role) => roleTitles[role][language]).join(', ') },
    bell: await bellOf(where),
    theme: themeOf(request),
    styles: seat.assets.url('gestand.css'),
    scripts: [seat.assets.url('console.js'), ...(content.scripts ?? []).map((name) => seat.assets.url(name))],
    ...(told === undefined ? {} : { told }),
  };
  return textOf(shell(view, content.main));
}

/** A page that could not tell what is new still tells what it is about. */
async function bellOf({ seat, actor, language }: Where): Promise<Html | null> {
  if (actor === null || actor.stage !== 'full') return null;
  try {
    const unread = (await notificationsOf(seat, actor)).filter((one) => !one.read);
    return bell(unread, sayIn(language, seat.world.zone));
  } catch (cause) {
    seat.world.log('notifications.failed', { kind: cause instanceof Error ? cause.name : 'unknown' });
    return null;
  }
}

async function navOf(
  seat: Seat,
  actor: Actor,
  language: Language,
  waiting: Readonly<Record<string, number>>,
): Promise<NavItem[]> {
  // It leads on from wherever one is, until there is nothing left of it.
  const leads = can(actor, setUpSection.may) && (await setUpGoesOn(seat));
  return [...(leads ? [setUpSection] : []), ...sections]
    .filter((one) => can(actor, one.may) || (one.href === '/register' && actor.clients.length > 0))
    .map((one) => ({
      href: one.href,
      text: one.text[language],
      ...(waiting[one.href] === undefined ? {} : { waiting: waiting[one.href] ?? 0 }),
    }));
}

/** A cookie that keeps how someone likes to see the console, and nothing of who it is; nothing takes it away. */
export function remembered(name: 'theme' | 'lang', value: string): string {
  return `${name}=${value}; Path=/; Max-Age=${value === '' ? 0 : 31536000}; Secure; HttpOnly; SameSite=Lax`;
}

/** Kept in a cookie of its own, without anything of a person in it. */
function themeOf(request: Request): 'light' | 'dark' | null {
  const kept = /(?:^|;\s*)theme=(light|dark)/.exec(request.headers.get('cookie') ?? '')?.[1];
  return kept === 'light' || kept === 'dark' ? kept : null;
}

/** What was done just now, said on the page that one is sent to: the address holds a word of this list and nothing else. */
const doneTexts: Readonly<Record<string, Text>> = {
  counted: { nl: 'Geteld. Er is niets aangeraakt.', en: 'Counted. Nothing was touched.' },
  planned: { nl: 'Er is een nieuw plan. Er is niets aangeraakt.', en: 'There is a new plan. Nothing was touched.' },
  approved: { nl: 'Goedgekeurd. Er is nog niets verwijderd.', en: 'Approved. Nothing has been deleted yet.' },
  asked: {
    nl: 'Gevraagd. Een tweede persoon moet hetzelfde goedkeuren.',
    en: 'Asked. A second person must approve the same.',
  },
  decided: {
    nl: 'Beslist. Er is nog niets verwijderd: dat gebeurt als het plan wordt uitgevoerd.',
    en: 'Decided. Nothing has been deleted yet: that happens when the plan is carried out.',
  },
  'decision-asked': {
    nl: 'Gevraagd. Een tweede persoon moet hetzelfde beslissen.',
    en: 'Asked. A second person must decide the same.',
  },
  kept: {
    nl: 'Beslist: het blijft tot en met die dag, en wordt dan opnieuw gevraagd.',
    en: 'Decided: it stays until that day, and is then asked again.',
  },
  'keeping-ended': {
    nl: 'Teruggenomen. Er is niets verwijderd: het volgende plan vraagt het opnieuw.',
    en: 'Taken back. Nothing was deleted: the next plan asks again.',
  },
  begun: {
    nl: 'Begonnen. U kunt deze pagina sluiten: het werk gaat door.',
    en: 'Begun. You may close this page: the work goes on.',
  },
  held: { nl: 'De bewaarplicht geldt vanaf nu.', en: 'The hold applies from now on.' },
  reviewed: { nl: 'Herzien: de bewaarplicht blijft.', en: 'Reviewed: the hold stays.' },
  'release-asked': {
    nl: 'Gevraagd. Een tweede persoon moet het goedkeuren.',
    en: 'Asked. A second person must grant it.',
  },
  releasing: {
    nl: 'Goedgekeurd. Na de wachttijd mag wat werd vastgehouden gaan.',
    en: 'Granted. After the grace period what was held may go.',
  },
  connected: {
    nl: 'Verbonden, en bekeken. Er is alleen gelezen. De beloften worden nu gemeten; op het bord ziet u het zodra dat klaar is.',
    en: 'Connected, and looked into. Nothing was changed in it. The promises are measured now; the board shows it once that is done.',
  },
  changed: {
    nl: 'Gewijzigd, en opnieuw bekeken. De beloften worden nu gemeten; op het bord ziet u het zodra dat klaar is.',
    en: 'Changed, and looked into again. The promises are measured now; the board shows it once that is done.',
  },
  disconnected: {
    nl: 'Niet meer verbonden. Aan de gegevens in het systeem is niets veranderd. De beloften worden nu gemeten.',
    en: 'Disconnected. Nothing was changed about the data in the system. The promises are measured now.',
  },
  probed: { nl: 'Opnieuw bekeken.', en: 'Looked at again.' },
  saved: { nl: 'Opgeslagen.', en: 'Saved.' },
  measured: { nl: 'Opnieuw gemeten.', en: 'Measured again.' },
  drafted: {
    nl: 'Het concept is opgeslagen. Er is niets veranderd aan wat er nu werkt.',
    en: 'The draft is saved. Nothing has changed about what runs now.',
  },
  discarded: { nl: 'Het concept is weg.', en: 'The draft is gone.' },
  version: {
    nl: 'Er is een versie van gemaakt. Lees die, en laat een ander haar goedkeuren.',
    en: 'A version was made of it. Read it, and have another person approve it.',
  },
  read: { nl: 'Bekeken. Nu moet een ander haar goedkeuren.', en: 'Reviewed. Now another person must approve it.' },
  'version-approved': {
    nl: 'Goedgekeurd. Zij is nog niet gepubliceerd.',
    en: 'Approved. It is not published yet.',
  },
  published: { nl: 'Gepubliceerd.', en: 'Published.' },
  withdrawn: { nl: 'Ingetrokken.', en: 'Withdrawn.' },
  passed: { nl: 'Toegestaan, tot en met de dag die u noemde.', en: 'Let pass, until the day that you named.' },
  document: {
    nl: 'Het document is opgenomen. De beloften worden nu gemeten.',
    en: 'The document was taken in. The promises are measured now.',
  },
  told: { nl: 'Afgetekend.', en: 'Signed off.' },
  recovered: {
    nl: 'Het postvak is open met uw nieuwe sleutel. Vanaf nu opent alleen de nieuwe wachtzin het.',
    en: 'The box is open with your new key. From now on only the new passphrase opens it.',
  },
  reloaded: {
    nl: 'Opnieuw gelezen: dit beleid werkt nu. De beloften worden nu gemeten.',
    en: 'Read again: this policy runs now. The promises are measured now.',
  },
  'in-force': {
    nl: 'Het beleid van de verklaring werkt vanaf nu. De beloften worden nu gemeten.',
    en: 'The policy of the statement runs from now on. The promises are measured now.',
  },
  signed: { nl: 'Getekend. Dank u.', en: 'Signed. Thank you.' },
  declared: { nl: 'Verklaard, met uw naam en een einddatum.', en: 'Declared, with your name and an end.' },
  'word-withdrawn': {
    nl: 'Ingetrokken: deze verklaring toont niets meer.',
    en: 'Withdrawn: this declaration shows nothing any more.',
  },
};

/** Whether this person's second factor was shown within the minutes that a deed asks for. */
export function fresh(seat: Seat, actor: Actor): boolean {
  return isFresh(actor, { now: seat.world.clock(), withinMinutes: seat.access.settings.sessions.stepUpMinutes });
}
