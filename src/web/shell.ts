/** The frame of every page of the console: who, where, what else there is. Works without script; with it, only more at ease. */
import type { Language, Text } from '../base/language.ts';
import { html, nothing, type Html } from './html.ts';

export interface NavItem {
  readonly href: string;
  readonly text: string;
  /** How many things wait there. */
  readonly waiting?: number;
}

export interface Shell {
  readonly language: Language;
  readonly title: string;
  /** Null where nobody said yet which it is. */
  readonly organisation: string | null;
  /** Address of this page without its query, for the current mark. */
  readonly path: string;
  /** Address with its query, for the language switch. */
  readonly here: string;
  readonly nav: readonly NavItem[];
  /** Null on pages for someone who is not signed in. */
  readonly who: { readonly name: string; readonly roles: string } | null;
  /** What is new for this person; null for who is not signed in. */
  readonly bell: Html | null;
  readonly theme: 'light' | 'dark' | null;
  readonly styles: string;
  readonly scripts: readonly string[];
  /** One sentence on top after something was done, or could not be. */
  readonly told?: { readonly kind: 'done' | 'wrong'; readonly text: string };
}

const words = {
  skip: { nl: 'Naar de inhoud', en: 'Skip to content' },
  menu: { nl: 'Menu', en: 'Menu' },
  main: { nl: 'Onderdelen', en: 'Sections' },
  search: { nl: 'Zoeken', en: 'Search' },
  searchFor: { nl: 'Zoek op naam of nummer', en: 'Search by name or number' },
  account: { nl: 'Uw account', en: 'Your account' },
  signOut: { nl: 'Afmelden', en: 'Sign out' },
  other: { nl: 'English', en: 'Nederlands' },
  waiting: { nl: 'wachtend', en: 'waiting' },
  light: { nl: 'Licht', en: 'Light' },
  dark: { nl: 'Donker', en: 'Dark' },
  theme: { nl: 'Weergave', en: 'Appearance' },
} as const satisfies Record<string, Text>;

export function shell(view: Shell, main: Html): Html {
  const w = (word: keyof typeof words): string => words[word][view.language];
  return html`<!doctype html>
    <html lang="${view.language}" ${view.theme === null ? nothing : html`data-theme="${view.theme}"`}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${view.title} · ${view.organisation ?? 'Gestand'}</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="${view.styles}" />
        ${view.scripts.map((src) => html`<script type="module" src="${src}"></script>`)}
      </head>
      <body>
        <a class="skip" href="#main">${w('skip')}</a>
        <header class="top">
          <a class="brand" href="/"><span class="mark" aria-hidden="true">✔</span> Gestand</a>
          ${view.organisation === null ? nothing : html`<span class="org">${view.organisation}</span>`}
          ${view.who === null ? nothing : searchBox(w)} ${bar(view, w)}
        </header>
        <div class="frame ${view.nav.length === 0 ? 'alone' : ''}">
          ${view.nav.length === 0 ? nothing : navigation(view, w)}
          <main id="main" tabindex="-1">
            ${view.told === undefined ? nothing : html`<p class="told ${view.told.kind}" role="${view.told.kind === 'wrong' ? 'alert' : 'status'}">${view.told.text}</p>`}
            ${main}
          </main>
        </div>
      </body>
    </html>`;
}

type Word = (word: keyof typeof words) => string;

function searchBox(w: Word): Html {
  return html`<form class="search" role="search" action="/search" method="get">
    <label class="hidden" for="q">${w('searchFor')}</label>
    <input id="q" name="q" type="search" placeholder="${w('search')}" autocomplete="off" />
  </form>`;
}

function bar(view: Shell, w: Word): Html {
  const other = view.language === 'nl' ? 'en' : 'nl';
  return html`<div class="bar">
    <a href="${withLanguage(view.here, other)}" lang="${other}" hreflang="${other}">${w('other')}</a>
    ${view.bell ?? nothing}
    ${
      view.who === null
        ? nothing
        : html`<details class="account">
            <summary><span class="hidden">${w('account')}: </span>${view.who.name}</summary>
            <div class="drop">
              <p class="soft">${view.who.roles}</p>
              <p><a href="/account">${w('account')}</a></p>
              <form method="post" action="/appearance">
                <input type="hidden" name="back" value="${view.here}" />
                <fieldset class="plain">
                  <legend>${w('theme')}</legend>
                  <button name="theme" value="light" class="quiet">${w('light')}</button>
                  <button name="theme" value="dark" class="quiet">${w('dark')}</button>
                </fieldset>
              </form>
              <form method="post" action="/sign-out"><button class="quiet">${w('signOut')}</button></form>
            </div>
          </details>`
    }
  </div>`;
}

function navigation(view: Shell, w: Word): Html {
  const items = html`<ul>
    ${view.nav.map(
      (item) =>
        html`<li>
          <a href="${item.href}" ${isHere(view.path, item.href) ? html`aria-current="page"` : nothing}>
            ${item.text}
            ${item.waiting === undefined || item.waiting === 0 ? nothing : html`<span class="count">${item.waiting}<span class="hidden"> ${w('waiting')}</span></span>`}
          </a>
        </li>`,
    )}
  </ul>`;
  // On a narrow screen the same list folds away: one list, so that a keyboard meets it once.
  return html`<nav class="side" aria-label="${w('main')}">
    <input type="checkbox" id="menu" class="hidden toggle" aria-label="${w('menu')}" />
    <label for="menu" class="menu" aria-hidden="true">☰ ${w('menu')}</label>
    ${items}
  </nav>`;
}

function isHere(path: string, href: string): boolean {
  return href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
}

/** The same page in the other language. */
function withLanguage(here: string, language: Language): string {
  const [path = '/', query = ''] = here.split('?');
  const params = new URLSearchParams(query);
  params.set('lang', language);
  return `${path}?${params.toString()}`;
}
