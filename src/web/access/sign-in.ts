/** Signing in: a passkey first, a password for who has none yet, a provider where there is one. */
import type { Language, Text } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
import { button, card, field, form, heading } from '../ui/controls.ts';

const words = {
  title: { nl: 'Aanmelden', en: 'Sign in' },
  passkey: { nl: 'Aanmelden met een passkey', en: 'Sign in with a passkey' },
  confirmPasskey: { nl: 'Bevestig met een passkey', en: 'Confirm with a passkey' },
  passkeyNote: {
    nl: 'Met uw vinger, gezicht of pincode. U hoeft niets te typen.',
    en: 'With your finger, face or PIN. You need not type anything.',
  },
  failed: {
    nl: 'Dat lukte niet. Probeer het opnieuw, of meld u anders aan.',
    en: 'That did not work. Try again, or sign in another way.',
  },
  or: { nl: 'Of met een wachtwoord', en: 'Or with a password' },
  email: { nl: 'E-mailadres', en: 'E-mail address' },
  password: { nl: 'Wachtwoord', en: 'Password' },
  go: { nl: 'Verder', en: 'Go on' },
  second: { nl: 'Uw tweede stap', en: 'Your second step' },
  code: { nl: 'Code van uw authenticator-app', en: 'Code of your authenticator app' },
  codeHint: { nl: 'Zes cijfers.', en: 'Six digits.' },
  recovery: { nl: 'Herstelcode', en: 'Recovery code' },
  recoveryTitle: { nl: 'Toestel kwijt? Gebruik een herstelcode', en: 'Lost your device? Use a recovery code' },
  confirm: { nl: 'Bevestig dat u het bent', en: 'Confirm that it is you' },
  confirmLead: {
    nl: 'Wat u gaat doen is niet terug te draaien, of niet voor ieders ogen. Laat daarom opnieuw uw tweede factor zien.',
    en: 'What you are about to do cannot be undone, or is not for everyone to see. So show your second factor again.',
  },
  welcome: { nl: 'Welkom', en: 'Welcome' },
  welcomeLead: {
    nl: 'Met deze link richt u uw account in. De link werkt één keer.',
    en: 'With this link you set up your account. The link works once.',
  },
  token: { nl: 'Code uit de link', en: 'Code from the link' },
  tokenHint: {
    nl: 'Wat achter het # staat. Meestal is dit al ingevuld.',
    en: 'What stands behind the #. Usually it is filled in already.',
  },
  begin: { nl: 'Begin', en: 'Begin' },
  keptNote: {
    nl: 'Wat u invulde gaat niet verloren: na het bevestigen staat het er weer. Er is nog niets gedaan.',
    en: 'What you filled in is not lost: once you have confirmed it is there again. Nothing has been done yet.',
  },
  away: { nl: 'U was afgemeld', en: 'You were signed out' },
  awayLead: {
    nl: 'Er is niets gedaan, en wat u invulde gaat niet verloren. Meld u aan in een nieuw tabblad, kom hier terug en ga verder.',
    en: 'Nothing was done, and what you filled in is not lost. Sign in in a new tab, come back here and go on.',
  },
  elsewhere: { nl: 'opent een nieuw tabblad', en: 'opens a new tab' },
  toForm: { nl: 'Ga verder met wat ik invulde', en: 'Go on with what I filled in' },
} as const satisfies Record<string, Text>;

export interface SignInView {
  readonly back: string;
  readonly providers: readonly { readonly id: string; readonly title: Text }[];
}

export function signInPage(view: SignInView, language: Language): Html {
  const w = (word: keyof typeof words): string => words[word][language];
  return html`${heading(w('title'))}
  ${passkeyForm('/sign-in/passkey', '/sign-in/passkey/options', w('passkey'), view.back, w, w('passkeyNote'))}
  ${view.providers.map((one) => html`<p>${button(`/sign-in/to/${one.id}`, one.title[language], 'quiet')}</p>`)}
  ${card(
    html`<h2>${w('or')}</h2>
      ${form(
        '/sign-in',
        html`<input type="hidden" name="back" value="${view.back}" />
          ${field({ name: 'email', label: w('email'), type: 'email', autocomplete: 'username webauthn' })}
          ${field({ name: 'password', label: w('password'), type: 'password', autocomplete: 'current-password' })}`,
        { text: w('go') },
      )}`,
  )}`;
}

type W = (word: keyof typeof words) => string;

const keptField = (kept: string | undefined): Html =>
  kept === undefined ? nothing : html`<input type="hidden" name="kept" value="${kept}" />`;

/** In a tab of its own where this page holds what was typed. */
function elsewhere(href: string, text: string, apart: boolean, w: W): Html {
  return apart
    ? html`<a class="button main" href="${href}" target="_blank" rel="noopener"
        >${text}<span class="hidden"> (${w('elsewhere')})</span></a
      >`
    : button(href, text, 'quiet');
}

/** Somebody's session was over when they sent a form. */
export function awayPage(kept: string, language: Language): Html {
  const w: W = (word) => words[word][language];
  return html`${heading(w('away'), w('awayLead'))}
    <p>${elsewhere('/sign-in', w('title'), true, w)}</p>
    ${form('/again', keptField(kept), { text: w('toForm'), kind: 'quiet' })}`;
}

function passkeyForm(
  action: string,
  options: string,
  text: string,
  back: string,
  w: W,
  note: string,
  kept?: string,
): Html {
  return html`<form
    method="post"
    action="${action}"
    data-passkey="sign-in"
    data-options="${options}"
    data-failed="${w('failed')}"
    hidden
  >
    <input type="hidden" name="response" />
    <input type="hidden" name="back" value="${back}" />
    ${keptField(kept)}
    <p class="hint">${note}</p>
    <p class="buttons"><button class="main">${text}</button></p>
    <p class="wrong" data-told role="alert"></p>
  </form>`;
}

export interface SecondView {
  readonly back: string;
  readonly factors: readonly ('code' | 'recovery' | 'passkey' | 'password' | 'provider')[];
  /** Where the form goes, and where a passkey's options come from. */
  readonly action: string;
  readonly options: string;
  readonly confirming: boolean;
  /** Sign-ins elsewhere with which one can confirm. */
  readonly providers?: SignInView['providers'];
  /** What a form sent that was interrupted; it goes along until it is filled in again. */
  readonly kept?: string;
}

export function secondPage(view: SecondView, language: Language): Html {
  const w: W = (word) => words[word][language];
  const { kept } = view;
  const hidden = html`<input type="hidden" name="back" value="${view.back}" />${keptField(kept)}`;
  const has = (factor: SecondView['factors'][number]): boolean => view.factors.includes(factor);
  return html`${heading(w(view.confirming ? 'confirm' : 'second'), view.confirming ? w('confirmLead') : undefined)}
  ${kept === undefined ? nothing : html`<p class="note">${w('keptNote')}</p>`}
  ${has('passkey') ? passkeyForm(view.action, view.options, w(view.confirming ? 'confirmPasskey' : 'passkey'), view.back, w, w('passkeyNote'), kept) : nothing}
  ${has('provider') ? (view.providers ?? []).map((one) => html`<p>${elsewhere(`/sign-in/to/${one.id}`, one.title[language], kept !== undefined, w)}</p>`) : nothing}
  ${kept !== undefined && (has('provider') || view.factors.length === 0) ? form('/again', keptField(kept), { text: w('toForm'), kind: 'quiet' }) : nothing}
  ${
    has('code')
      ? form(
          view.action,
          html`${hidden}
          ${field({ name: 'code', label: w('code'), hint: w('codeHint'), autocomplete: 'one-time-code', inputmode: 'numeric' })}`,
          { text: w('go') },
        )
      : nothing
  }
  ${
    has('password')
      ? form(
          view.action,
          html`${hidden}
          ${field({ name: 'password', label: w('password'), type: 'password', autocomplete: 'current-password' })}`,
          { text: w('go') },
        )
      : nothing
  }
  ${
    has('recovery')
      ? html`<details>
          <summary>${w('recoveryTitle')}</summary>
          ${form(view.action, html`${hidden} ${field({ name: 'recovery', label: w('recovery'), autocomplete: 'off' })}`, { text: w('go'), kind: 'quiet' })}
        </details>`
      : nothing
  }`;
}

export function welcomePage(language: Language): Html {
  const w: W = (word) => words[word][language];
  return html`${heading(w('welcome'), w('welcomeLead'))}
  ${form('/welcome', html`<div data-fragment="token">${field({ name: 'token', label: w('token'), hint: w('tokenHint'), autocomplete: 'off' })}</div>`, { text: w('begin') })}`;
}

export function titleOf(which: 'title' | 'second' | 'confirm' | 'welcome' | 'away', language: Language): string {
  return words[which][language];
}
