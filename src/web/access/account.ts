/** Your account: how you sign in, where you are signed in, and, for who has just come, what is still to be done. */
import type { Language, Text } from '../../base/language.ts';
import { html, nothing, raw, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { browserName } from './browser-name.ts';
import { badge, card, field, form, heading, link, moment, section, select, table } from '../ui/controls.ts';

export interface AccountView {
  readonly name: string;
  readonly email: string;
  readonly roles: string;
  readonly stage: 'enrol' | 'new-password' | 'full';
  readonly hasPassword: boolean;
  readonly hasCode: boolean;
  readonly mayPassword: boolean;
  readonly passkeys: readonly {
    readonly id: string;
    readonly name: string;
    readonly made: string;
    readonly lastUsed: string | null;
  }[];
  readonly recoveryLeft: number;
  readonly providers: readonly { readonly id: string; readonly title: Text; readonly linked: boolean }[];
  readonly sessions: readonly {
    readonly id: string;
    readonly browser: string;
    readonly seen: string;
    readonly here: boolean;
  }[];
  /** Null: as the browser prefers, and in a mail as the organisation does. */
  readonly language: Language | null;
  /** A moment of the last day on which there is access; null when there is none. */
  readonly lastDay: string | null;
  /** Whether what was enrolled is enough to go on. */
  readonly ready: boolean;
}

const words = {
  title: { nl: 'Uw account', en: 'Your account' },
  begin: { nl: 'Richt uw account in', en: 'Set up your account' },
  beginLead: {
    nl: 'Kies een passkey, of een wachtwoord met een code van een app. Met een van beide bent u klaar.',
    en: 'Choose a passkey, or a password with the code of an app. With either you are done.',
  },
  lastDay: {
    nl: 'Uw toegang eindigt vanzelf. De laatste dag is',
    en: 'Your access ends by itself. The last day is',
  },
  ready: { nl: 'Klaar: ga naar de console', en: 'Done: go to the console' },
  passkeys: { nl: 'Passkeys', en: 'Passkeys' },
  noPasskeys: { nl: 'U hebt nog geen passkey.', en: 'You have no passkey yet.' },
  addPasskey: { nl: 'Maak een passkey', en: 'Make a passkey' },
  passkeyName: { nl: 'Naam voor deze passkey', en: 'Name for this passkey' },
  passkeyHint: { nl: 'Bijvoorbeeld: telefoon, laptop.', en: 'For example: telephone, laptop.' },
  failed: { nl: 'De passkey is niet gemaakt. Probeer het opnieuw.', en: 'The passkey was not made. Try again.' },
  remove: { nl: 'Verwijder', en: 'Remove' },
  made: { nl: 'gemaakt', en: 'made' },
  used: { nl: 'laatst gebruikt', en: 'last used' },
  password: { nl: 'Wachtwoord', en: 'Password' },
  newPassword: { nl: 'Nieuw wachtwoord', en: 'New password' },
  current: { nl: 'Huidig wachtwoord', en: 'Current password' },
  passwordHint: {
    nl: 'Ten minste 15 tekens, of 8 als u ook een tweede factor hebt. Een zin mag; hoofdletters en cijfers hoeven niet.',
    en: 'At least 15 characters, or 8 when you also have a second factor. A sentence is fine; capitals and digits are not needed.',
  },
  save: { nl: 'Bewaar', en: 'Save' },
  app: { nl: 'Authenticator-app', en: 'Authenticator app' },
  appHas: { nl: 'Een app is gekoppeld.', en: 'An app is linked.' },
  addApp: { nl: 'Koppel een app', en: 'Link an app' },
  scan: {
    nl: 'Scan dit met uw app, of typ de sleutel over. Vul dan de code in.',
    en: 'Scan this with your app, or type the key. Then enter the code.',
  },
  key: { nl: 'Sleutel', en: 'Key' },
  code: { nl: 'Code van de app', en: 'Code of the app' },
  link: { nl: 'Koppel', en: 'Link' },
  recovery: { nl: 'Herstelcodes', en: 'Recovery codes' },
  recoveryLeft: { nl: 'over', en: 'left' },
  renew: { nl: 'Maak nieuwe herstelcodes', en: 'Make new recovery codes' },
  renewNote: { nl: 'De oude werken dan niet meer.', en: 'The old ones then stop working.' },
  recoveryLead: {
    nl: 'Bewaar deze codes waar u ze terugvindt als uw toestel kwijt is. Elke code werkt één keer. U ziet ze nu, en nooit meer.',
    en: 'Keep these codes where you find them when your device is lost. Each works once. You see them now and never again.',
  },
  goOn: { nl: 'Ik heb ze bewaard', en: 'I have kept them' },
  sessions: { nl: 'Waar u bent aangemeld', en: 'Where you are signed in' },
  browser: { nl: 'browser', en: 'browser' },
  seen: { nl: 'laatst gezien', en: 'last seen' },
  here: { nl: 'deze', en: 'this one' },
  end: { nl: 'Beëindig', en: 'End' },
  language: { nl: 'Taal', en: 'Language' },
  languageLead: {
    nl: 'Van deze pagina’s, en van de mails die u van Gestand krijgt.',
    en: 'Of these pages, and of the mails that you get from Gestand.',
  },
  noLanguage: { nl: 'Zoals mijn browser, en de organisatie', en: 'As my browser, and the organisation' },
  providers: { nl: 'Andere aanmeldingen', en: 'Other sign-ins' },
} as const satisfies Record<string, Text>;

type W = (word: keyof typeof words) => string;
const wordsIn =
  (language: Language): W =>
  (word) =>
    words[word][language];

export function accountPage(view: AccountView, say: Say): Html {
  const w = wordsIn(say.language);
  const enrolling = view.stage !== 'full';
  return html`${enrolling ? heading(w('begin'), w('beginLead')) : heading(view.name, `${view.email} · ${view.roles}`)}
  ${view.lastDay === null ? nothing : html`<p class="note">${w('lastDay')} ${moment(view.lastDay, say.day(view.lastDay))}.</p>`}
  ${enrolling && view.ready ? card(form('/account/ready', nothing, { text: w('ready') }), 'kept') : nothing}
  ${view.stage === 'new-password' ? nothing : section('passkeys', w('passkeys'), passkeysOf(view, w, say))}
  ${view.mayPassword ? section('password', w('password'), passwordOf(view, w)) : nothing}
  ${view.stage === 'new-password' ? nothing : section('app', w('app'), appOf(view, w))}
  ${enrolling ? nothing : html`${section('recovery', w('recovery'), recoveryOf(view, w))} ${section('sessions', w('sessions'), sessionsOf(view, w, say))} ${section('language', w('language'), languageOf(view, w))}`}`;
}

function passkeysOf(view: AccountView, w: W, say: Say): Html {
  return html`${
      view.passkeys.length === 0
        ? html`<p class="soft">${w('noPasskeys')}</p>`
        : html`<ul class="rows">
            ${view.passkeys.map(
              (one) =>
                html`<li class="card row">
                  <span
                    ><strong>${one.name}</strong>
                    <span class="soft"
                      >${w('made')}
                      ${say.day(one.made)}${one.lastUsed === null ? '' : ` · ${w('used')} ${say.day(one.lastUsed)}`}</span
                    ></span
                  >
                  ${form('/account/passkeys/remove', html`<input type="hidden" name="passkey" value="${one.id}" />`, { text: `${w('remove')}: ${one.name}`, kind: 'quiet' })}
                </li>`,
            )}
          </ul>`
    }
    <form
      method="post"
      action="/account/passkeys"
      data-passkey="register"
      data-options="/account/passkeys/options"
      data-failed="${w('failed')}"
      hidden
    >
      <input type="hidden" name="response" />
      ${field({ name: 'name', label: w('passkeyName'), hint: w('passkeyHint'), autocomplete: 'off' })}
      <p class="buttons"><button class="main">${w('addPasskey')}</button></p>
      <p class="wrong" data-told role="alert"></p>
    </form>`;
}

function passwordOf(view: AccountView, w: W): Html {
  const asksCurrent = view.hasPassword && view.stage === 'full';
  return form(
    '/account/password',
    html`<input type="hidden" name="username" value="${view.email}" autocomplete="username" />
      ${asksCurrent ? field({ name: 'current', label: w('current'), type: 'password', autocomplete: 'current-password' }) : nothing}
      ${field({ name: 'password', label: w('newPassword'), type: 'password', hint: w('passwordHint'), autocomplete: 'new-password' })}`,
    { text: w('save'), kind: 'quiet' },
  );
}

function appOf(view: AccountView, w: W): Html {
  if (view.hasCode)
    return html`<p>${badge('kept', w('appHas'))}</p>
      ${view.stage === 'full' ? form('/account/app/remove', nothing, { text: `${w('remove')}: ${w('app')}`, kind: 'quiet' }) : nothing}`;
  return html`<p>${link('/account/app', w('addApp'))}</p>`;
}

function recoveryOf(view: AccountView, w: W): Html {
  return html`<p>${view.recoveryLeft} ${w('recoveryLeft')}</p>
    ${form('/account/recovery', nothing, { text: w('renew'), kind: 'quiet', consequence: w('renewNote') })}`;
}

function sessionsOf(view: AccountView, w: W, say: Say): Html {
  return table(
    w('sessions'),
    [{ title: w('browser') }, { title: w('seen') }, { title: w('end') }],
    view.sessions.map((one) => [
      browserName(one.browser, say.language),
      say.moment(one.seen),
      one.here
        ? badge('neutral', w('here'))
        : form('/account/sessions/end', html`<input type="hidden" name="session" value="${one.id}" />`, {
            text: w('end'),
            kind: 'quiet',
          }),
    ]),
  );
}

function languageOf(view: AccountView, w: W): Html {
  return form(
    '/account/language',
    html`<p class="soft">${w('languageLead')}</p>
      ${select('chosen', w('language'), [
        { value: '', text: w('noLanguage'), checked: view.language === null },
        ...languageChoices(view.language),
      ])}`,
    { text: w('save'), kind: 'quiet' },
  );
}

/** Each language in its own words. */
export function languageChoices(chosen: Language | null): { value: string; text: string; checked: boolean }[] {
  return (['nl', 'en'] as const).map((value) => ({
    value,
    text: { nl: 'Nederlands', en: 'English' }[value],
    checked: value === chosen,
  }));
}

/** `picture` is an SVG that a library drew from the key; it holds nothing that a person typed but as black and white. */
export function appPage(view: { readonly secret: string; readonly picture: string }, language: Language): Html {
  const w = wordsIn(language);
  return html`${heading(w('addApp'), w('scan'))}
    <div class="picture">${raw(view.picture)}</div>
    <p>${w('key')}: <code>${view.secret.replace(/(.{4})/g, '$1 ').trim()}</code></p>
    ${form('/account/app', field({ name: 'code', label: w('code'), autocomplete: 'one-time-code', inputmode: 'numeric' }), { text: w('link') })}`;
}

export function recoveryPage(codes: readonly string[], language: Language): Html {
  const w = wordsIn(language);
  return html`${heading(w('recovery'), w('recoveryLead'))}
    <ul class="codes">
      ${codes.map((code) => html`<li><code>${code}</code></li>`)}
    </ul>
    <p><a class="button main" href="/">${w('goOn')}</a></p>`;
}

export function accountTitle(language: Language): string {
  return words.title[language];
}
