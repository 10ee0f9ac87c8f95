/**
 * The frame of the public pages: who speaks, what else there is, the other language. No cookie, no script, nothing of others;
 * a language that was chosen goes along in the links.
 */
import type { Language, Text } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
import { typedOf, type Typed } from '../typed.ts';
import { button, heading } from '../ui/controls.ts';

export interface CentreFrame {
  readonly language: Language;
  /** The language stands in the address: it goes along to the next page. */
  readonly chosen: boolean;
  readonly title: string;
  readonly organisation: string;
  readonly path: string;
  /** Address with its query, for the language switch. */
  readonly here: string;
  readonly styles: string;
  /** What tells a program which version this is. */
  readonly marker?: { readonly name: string; readonly content: string };
}

const words = {
  skip: { nl: 'Naar de inhoud', en: 'Skip to content' },
  privacy: { nl: 'Privacy', en: 'Privacy' },
  pages: { nl: 'Privacy', en: 'Privacy' },
  statement: { nl: 'Verklaring', en: 'Statement' },
  proof: { nl: 'Bewijs', en: 'Proof' },
  versions: { nl: 'Versies', en: 'Versions' },
  contact: { nl: 'Contact en uw rechten', en: 'Contact and your rights' },
  complaint: { nl: 'Klacht', en: 'Complaint' },
  other: { nl: 'English', en: 'Nederlands' },
  promise: {
    nl: 'Deze pagina’s plaatsen geen cookies, voeren geen script uit en halen niets op bij anderen.',
    en: 'These pages set no cookies, run no script and fetch nothing from others.',
  },
} as const satisfies Record<string, Text>;

/** An address within the centre, in the language that was chosen. */
export type To = (path: string) => string;

export function toIn(frame: Pick<CentreFrame, 'language' | 'chosen'>): To {
  return (path) => {
    if (!frame.chosen) return path;
    const [before = '', anchor] = path.split('#');
    const sign = before.includes('?') ? '&' : '?';
    return `${before}${sign}lang=${frame.language}${anchor === undefined ? '' : `#${anchor}`}`;
  };
}

const pages = [
  ['/privacy', 'statement'],
  ['/privacy/proof', 'proof'],
  ['/privacy/versions', 'versions'],
  ['/privacy/contact', 'contact'],
  ['/privacy/complaint', 'complaint'],
] as const;

export function centre(frame: CentreFrame, main: Html): Html {
  const w = (word: keyof typeof words): string => words[word][frame.language];
  const to = toIn(frame);
  const other = frame.language === 'nl' ? 'en' : 'nl';
  return html`<!doctype html>
    <html lang="${frame.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        ${frame.marker === undefined ? nothing : html`<meta name="${frame.marker.name}" content="${frame.marker.content}" />`}
        <title>${frame.title} · ${frame.organisation}</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="${frame.styles}" />
        <link rel="alternate" hreflang="${other}" href="${inLanguage(frame.here, other)}" />
      </head>
      <body class="centre">
        <a class="skip" href="#main">${w('skip')}</a>
        <header class="centre-top">
          <p class="speaks"><strong>${frame.organisation}</strong> <span class="soft">${w('privacy')}</span></p>
          <nav aria-label="${w('pages')}">
            <ul>
              ${pages.map(
                ([path, word]) =>
                  html`<li>
                    <a href="${to(path)}" ${isHere(frame.path, path) ? html`aria-current="page"` : nothing}
                      >${w(word)}</a
                    >
                  </li>`,
              )}
            </ul>
          </nav>
          <a class="language" href="${inLanguage(frame.here, other)}" lang="${other}" hreflang="${other}"
            >${w('other')}</a
          >
        </header>
        <main id="main" tabindex="-1">${main}</main>
        <footer class="centre-foot"><p>${w('promise')}</p></footer>
      </body>
    </html>`;
}

/** A page of one group is a page of the statement. */
function isHere(path: string, page: string): boolean {
  if (page === '/privacy') return path === page || path.startsWith('/privacy/for/');
  return path === page || path.startsWith(`${page}/`);
}

function inLanguage(here: string, language: Language): string {
  const [path = '', query = ''] = here.split('?');
  const params = new URLSearchParams(query);
  params.set('lang', language);
  return `${path}?${params.toString()}`;
}

/** What could not be, for someone who is not signed in and need not be. */
export function centreProblem(
  problem: { readonly title: string; readonly detail?: string; readonly reference?: string },
  frame: Pick<CentreFrame, 'language' | 'chosen'>,
  typed?: Typed,
): Html {
  const back = { nl: 'Naar de privacyverklaring', en: 'To the privacy statement' }[frame.language];
  return html`${heading(problem.title, problem.detail)}
    ${problem.reference === undefined ? nothing : html`<p><code>${problem.reference}</code></p>`}
    ${typedOf(typed, frame.language)}
    <p>${button(toIn(frame)('/privacy'), back)}</p>`;
}
