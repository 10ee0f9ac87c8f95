/** Settings: what may ask and what is told. What stands in files is shown, with the file to change. */
import type { Text } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import {
  badge,
  choices,
  empty,
  facts,
  field,
  form,
  heading,
  link,
  section,
  table,
  type Choice,
} from '../ui/controls.ts';

export interface SettingsView {
  readonly facts: readonly (readonly [Text, string])[];
  readonly tokens: readonly {
    readonly id: string;
    readonly purpose: string;
    readonly may: readonly string[];
    readonly ends: string;
    readonly used: string | null;
  }[];
  readonly hooks: readonly {
    readonly id: string;
    readonly url: string;
    readonly events: readonly string[];
    readonly paused: string | null;
  }[];
  readonly mayChange: boolean;
  readonly permissions: readonly Choice[];
  readonly events: readonly Choice[];
}

const words = {
  title: { nl: 'Instellingen', en: 'Settings' },
  here: { nl: 'Deze installatie', en: 'This installation' },
  tokens: { nl: 'Tokens voor programma’s', en: 'Tokens for programs' },
  tokensLead: {
    nl: 'Elk voor één doel, met niet meer dan dat doel nodig heeft, en met een einde.',
    en: 'Each for one purpose, with no more than that purpose needs, and with an end.',
  },
  noTokens: { nl: 'Er zijn geen tokens.', en: 'There are no tokens.' },
  purpose: { nl: 'Doel', en: 'Purpose' },
  purposeHint: {
    nl: 'Bijvoorbeeld: dagelijks overzicht in de portal.',
    en: 'For example: daily overview in the portal.',
  },
  may: { nl: 'Mag', en: 'May' },
  days: { nl: 'Geldig, in dagen', en: 'Valid, in days' },
  ends: { nl: 'Tot', en: 'Until' },
  used: { nl: 'Laatst gebruikt', en: 'Last used' },
  end: { nl: 'Beëindig', en: 'End' },
  make: { nl: 'Maak een token', en: 'Make a token' },
  hooks: { nl: 'Webhooks', en: 'Webhooks' },
  hooksLead: {
    nl: 'Ondertekend volgens Standard Webhooks, een dag lang opnieuw geprobeerd, zonder persoonsgegevens.',
    en: 'Signed by Standard Webhooks, tried again for a day, without personal data.',
  },
  noHooks: { nl: 'Er zijn geen webhooks.', en: 'There are no webhooks.' },
  address: { nl: 'Adres (https)', en: 'Address (https)' },
  events: { nl: 'Vertelt', en: 'Tells' },
  paused: { nl: 'gepauzeerd na een dag zonder antwoord', en: 'paused after a day without an answer' },
  running: { nl: 'actief', en: 'active' },
  state: { nl: 'Stand', en: 'State' },
  makeHook: { nl: 'Maak een webhook', en: 'Make a webhook' },
  once: {
    nl: 'U ziet dit nu, en nooit meer. Bewaar het waar het programma het leest.',
    en: 'You see this now and never again. Keep it where the program reads it.',
  },
  token: { nl: 'Token', en: 'Token' },
  secret: { nl: 'Geheim van de webhook', en: 'Secret of the webhook' },
  back: { nl: 'Naar de instellingen', en: 'To the settings' },
  reference: { nl: 'Naslag voor programma’s', en: 'Reference for programs' },
} as const satisfies Record<string, Text>;

export function settingsPage(view: SettingsView, say: Say): Html {
  const w = (word: keyof typeof words): string => words[word][say.language];
  const t = (text: Text): string => text[say.language];
  return html`${heading(w('title'))}
  ${section('here', w('here'), facts(view.facts.map(([name, value]) => [t(name), value])))}
  ${section(
    'tokens',
    w('tokens'),
    html`<p class="soft">${w('tokensLead')} ${link('/api/reference', w('reference'))}</p>
      ${
        view.tokens.length === 0
          ? empty(w('noTokens'))
          : table(
              w('tokens'),
              [
                { title: w('purpose') },
                { title: w('may') },
                { title: w('ends') },
                { title: w('used') },
                { title: w('end') },
              ],
              view.tokens.map((one) => [
                one.purpose,
                one.may.join(', '),
                say.day(one.ends),
                one.used === null ? '–' : say.moment(one.used),
                view.mayChange
                  ? form('/settings/tokens/end', html`<input type="hidden" name="id" value="${one.id}" />`, {
                      text: w('end'),
                      kind: 'quiet',
                    })
                  : '',
              ]),
            )
      }
      ${
        view.mayChange
          ? html`<details>
              <summary>${w('make')}</summary>
              ${form(
                '/settings/tokens',
                html`${field({ name: 'purpose', label: w('purpose'), hint: w('purposeHint') })}
                ${choices('checkbox', 'may', w('may'), view.permissions)}
                ${field({ name: 'days', label: w('days'), type: 'number', value: '90' })}`,
                { text: w('make') },
              )}
            </details>`
          : nothing
      }`,
  )}
  ${section('hooks', w('hooks'), hooksOf(view, w))}`;
}

function hooksOf(view: SettingsView, w: (word: keyof typeof words) => string): Html {
  return html`<p class="soft">${w('hooksLead')}</p>
    ${
      view.hooks.length === 0
        ? empty(w('noHooks'))
        : table(
            w('hooks'),
            [{ title: w('address') }, { title: w('events') }, { title: w('state') }, { title: w('end') }],
            view.hooks.map((one) => [
              one.url,
              one.events.join(', '),
              one.paused === null ? badge('kept', w('running')) : badge('broken', w('paused')),
              view.mayChange
                ? form('/settings/hooks/end', html`<input type="hidden" name="id" value="${one.id}" />`, {
                    text: w('end'),
                    kind: 'quiet',
                  })
                : '',
            ]),
          )
    }
    ${
      view.mayChange
        ? html`<details>
            <summary>${w('makeHook')}</summary>
            ${form('/settings/hooks', html`${field({ name: 'url', label: w('address'), type: 'url' })} ${choices('checkbox', 'events', w('events'), view.events)}`, { text: w('makeHook') })}
          </details>`
        : nothing
    }`;
}

export function shownOncePage(which: 'token' | 'secret', value: string, say: Say): Html {
  const w = (word: keyof typeof words): string => words[word][say.language];
  return html`${heading(w(which), w('once'))}
    <pre tabindex="0"><code>${value}</code></pre>
    <p>${link('/settings', w('back'))}</p>`;
}

export function settingsTitle(say: Say): string {
  return words.title[say.language];
}
