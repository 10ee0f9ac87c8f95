/** Notifications: what asks for a deed of this person, each with the place where it is done; and the short list in the header. */
import type { Language, Text } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { badge, empty, form, heading, link, section } from '../ui/controls.ts';

export interface NotificationView {
  readonly key: string;
  readonly kind: 'broken' | 'deadline' | 'waiting' | 'account';
  readonly text: Text;
  readonly at: { readonly by: string } | { readonly since: string } | null;
  readonly late: boolean;
  readonly href: string;
  readonly read: boolean;
}

const words = {
  title: { nl: 'Meldingen', en: 'Notifications' },
  lead: {
    nl: 'Wat iets van u vraagt. Een melding verdwijnt als het gedaan is; "gezien" zet haar alleen opzij, en alleen voor u.',
    en: 'What asks something of you. A notification goes away when it is done; "seen" only puts it aside, and for you alone.',
  },
  unread: { nl: 'Nieuw', en: 'New' },
  read: { nl: 'Gezien', en: 'Seen' },
  nothing: {
    nl: 'Niets vraagt nu iets van u. Wat er gebroken is, wacht of afloopt, en bij uw rol hoort, verschijnt hier vanzelf.',
    en: 'Nothing asks anything of you now. What is broken, waits or runs out, and belongs to your role, appears here by itself.',
  },
  nothingNew: { nl: 'Niets nieuws.', en: 'Nothing new.' },
  all: { nl: 'Alle meldingen', en: 'All notifications' },
  seen: { nl: 'Gezien', en: 'Seen' },
  notSeen: { nl: 'Weer als nieuw', en: 'As new again' },
  allSeen: { nl: 'Alles gezien', en: 'All seen' },
  by: { nl: 'vóór', en: 'by' },
  since: { nl: 'sinds', en: 'since' },
  late: { nl: 'te laat', en: 'late' },
} as const satisfies Record<string, Text>;

const kinds: Readonly<Record<NotificationView['kind'], Text>> = {
  broken: { nl: 'gebroken', en: 'broken' },
  deadline: { nl: 'termijn', en: 'deadline' },
  waiting: { nl: 'wacht op u', en: 'waits for you' },
  account: { nl: 'uw account', en: 'your account' },
};

export const notificationsTitle = (language: Language): string => words.title[language];

export function notificationsPage(all: readonly NotificationView[], say: Say): Html {
  const t = (text: Text): string => text[say.language];
  const [fresh, seen] = [all.filter((one) => !one.read), all.filter((one) => one.read)];
  if (all.length === 0) return html`${heading(t(words.title))} ${empty(t(words.nothing), link('/', 'Gestand'))}`;
  const allSeen = form('/notifications/read', html`<input type="hidden" name="all" value="1" />`, {
    text: t(words.allSeen),
    kind: 'quiet',
  });
  return html`${heading(t(words.title), t(words.lead), fresh.length > 1 ? allSeen : undefined)}
  ${section('unread', t(words.unread), fresh.length === 0 ? html`<p class="soft">${t(words.nothingNew)}</p>` : rows(fresh, say))}
  ${seen.length === 0 ? nothing : section('read', t(words.read), rows(seen, say))}`;
}

function rows(all: readonly NotificationView[], say: Say): Html {
  const t = (text: Text): string => text[say.language];
  return html`<ul class="rows">
    ${all.map(
      (one) =>
        html`<li class="card row">
          <span>${state(one, t)} ${link(one.href, t(one.text))} ${when(one, say)}</span>
          ${form(
            one.read ? '/notifications/unread' : '/notifications/read',
            html`<input type="hidden" name="key" value="${one.key}" />`,
            { text: t(one.read ? words.notSeen : words.seen), about: t(one.text), kind: 'quiet' },
          )}
        </li>`,
    )}
  </ul>`;
}

function state(one: NotificationView, t: (text: Text) => string): Html {
  if (one.kind === 'broken') return badge('broken', t(kinds.broken));
  if (one.kind === 'deadline' && one.late) return badge('broken', t(words.late));
  return badge(one.kind === 'account' ? 'neutral' : 'at-risk', t(kinds[one.kind]));
}

function when({ at }: NotificationView, say: Say): Html {
  if (at === null) return nothing;
  const [word, moment] = 'by' in at ? [words.by, at.by] : [words.since, at.since];
  return html`<span class="soft">${word[say.language]} ${say.day(moment)}</span>`;
}

/** How many of the new ones the header shows. */
const most = 5;

/** Folds out without script; with it, it closes again when one goes on elsewhere. */
export function bell(unread: readonly NotificationView[], say: Say): Html {
  const t = (text: Text): string => text[say.language];
  return html`<details class="account bell">
    <summary>
      <svg aria-hidden="true" viewBox="0 0 16 16" width="16" height="16">
        <path
          d="M8 2a4 4 0 0 0-4 4v3l-1.5 2.5h11L12 9V6a4 4 0 0 0-4-4zM6.5 13a1.5 1.5 0 0 0 3 0"
          fill="none"
          stroke="currentColor"
          stroke-width="1.4"
        />
      </svg>
      <span class="hidden">${t(words.title)}</span>
      ${unread.length === 0 ? nothing : html`<span class="count">${unread.length}<span class="hidden"> ${t(words.unread).toLowerCase()}</span></span>`}
    </summary>
    <div class="drop">
      ${
        unread.length === 0
          ? html`<p class="soft">${t(words.nothingNew)}</p>`
          : html`<ul>
              ${unread.slice(0, most).map((one) => html`<li>${link(one.href, t(one.text))} ${when(one, say)}</li>`)}
            </ul>`
      }
      <p><a href="/notifications">${t(words.all)}</a></p>
    </div>
  </details>`;
}
