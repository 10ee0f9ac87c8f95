/** How one reaches us, asks for something and complains; and the letter that only the data protection officer reads. */
import type { Language, Text } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
import { area, button, card, choices, facts, field, form, heading, section } from '../ui/controls.ts';
import type { To } from './frame.ts';

interface Reached {
  readonly name: string;
  readonly post: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

export interface ContactView {
  readonly organisation: Reached;
  /** Null: there is no data protection officer. */
  readonly dpo: Reached | null;
  /** Whether the officer's box takes letters. */
  readonly box: boolean;
  readonly rights: readonly { readonly title: string; readonly text: string }[];
  readonly within: string | null;
  readonly authority: { readonly name: string; readonly website: string | null } | null;
}

const words = {
  title: { nl: 'Contact en uw rechten', en: 'Contact and your rights' },
  lead: {
    nl: 'U kunt ons altijd schrijven of mailen. Het kost u niets.',
    en: 'You can always write or e-mail us. It costs you nothing.',
  },
  us: { nl: 'Wie wij zijn', en: 'Who we are' },
  name: { nl: 'Naam', en: 'Name' },
  post: { nl: 'Per post', en: 'By post' },
  email: { nl: 'Per e-mail', en: 'By e-mail' },
  phone: { nl: 'Per telefoon', en: 'By telephone' },
  dpo: { nl: 'De functionaris gegevensbescherming', en: 'The data protection officer' },
  dpoLead: {
    nl: 'De functionaris houdt toezicht op hoe wij met gegevens omgaan. Die mag niet aan anderen vertellen wie iets schreef.',
    en: 'The officer watches over how we handle data, and may not tell others who wrote.',
  },
  write: { nl: 'Schrijf de functionaris', en: 'Write to the officer' },
  rights: { nl: 'Wat u kunt vragen', en: 'What you can ask' },
  how: { nl: 'Zo vraagt u het', en: 'How to ask' },
  howText: {
    nl: 'Stuur een e-mail of een brief, en schrijf erin wat u wilt en hoe wij u kunnen bereiken. Stuur geen kopie van een identiteitsbewijs mee.',
    en: 'Send an e-mail or a letter, and say what you want and how we can reach you. Do not send a copy of an identity document.',
  },
  complaint: { nl: 'Een klacht', en: 'A complaint' },
  complaintLead: {
    nl: 'Vindt u dat wij niet goed met uw gegevens omgaan? U hoeft niet eerst bij ons te klagen. Deze wegen staan allemaal open.',
    en: 'Do you think that we do not handle your data well? You need not complain to us first. All of these ways are open.',
  },
  toUs: { nl: 'Bij ons', en: 'To us' },
  toUsText: {
    nl: 'Dan kunnen wij het meteen herstellen.',
    en: 'Then we can mend it at once.',
  },
  toDpo: { nl: 'Bij de functionaris', en: 'To the officer' },
  toAuthority: { nl: 'Bij de toezichthouder', en: 'To the supervisory authority' },
  authorityText: {
    nl: 'De toezichthouder ziet erop toe dat de wet wordt nageleefd. Een klacht indienen is gratis.',
    en: 'The authority watches over the law being kept. A complaint is free.',
  },
  toCourt: { nl: 'Bij de rechter', en: 'To a court' },
  court: {
    nl: 'U kunt ook naar de rechter gaan, in uw eigen woonplaats bijvoorbeeld.',
    en: 'You can also go to court, in the place where you live for example.',
  },
  letter: { nl: 'Een brief aan de functionaris', en: 'A letter to the officer' },
  letterLead: {
    nl: 'Alleen de functionaris gegevensbescherming kan dit lezen: wij verzegelen uw brief zodra die binnenkomt. Beheerders en directie kunnen er niet bij.',
    en: 'Only the data protection officer can read this: we seal your letter as it comes in. Administrators and management cannot reach it.',
  },
  kind: { nl: 'Wat is het?', en: 'What is it?' },
  isComplaint: { nl: 'Een klacht', en: 'A complaint' },
  isRequest: { nl: 'Een vraag of verzoek', en: 'A question or request' },
  subject: { nl: 'Onderwerp', en: 'Subject' },
  text: { nl: 'Uw brief', en: 'Your letter' },
  from: { nl: 'Uw naam (mag leeg blijven)', en: 'Your name (may stay empty)' },
  contact: { nl: 'Waar mag het antwoord heen? (mag leeg blijven)', en: 'Where may the answer go? (may stay empty)' },
  contactHint: {
    nl: 'E-mail, telefoon of adres. Zonder dit kunnen wij u niet antwoorden.',
    en: 'E-mail, telephone or address. Without it we cannot answer you.',
  },
  send: { nl: 'Verzegel en verstuur', en: 'Seal and send' },
  received: { nl: 'Uw brief is ontvangen', en: 'Your letter has arrived' },
  number: { nl: 'Nummer van uw brief', en: 'Number of your letter' },
  keep: {
    nl: 'Bewaar dit nummer. Noem het als u er later naar vraagt.',
    en: 'Keep this number. Name it when you ask about your letter later.',
  },
  noBox: {
    nl: 'Er is nog geen postvak op deze website. Schrijf een brief of een e-mail.',
    en: 'There is no box on this website yet. Write a letter or an e-mail.',
  },
} as const satisfies Record<string, Text>;

type W = (word: keyof typeof words) => string;

function reach(one: Reached, w: W): Html {
  const mail = one.email;
  return facts([
    [w('name'), one.name],
    ...(one.post === null ? [] : [[w('post'), one.post] as const]),
    ...(mail === null ? [] : [[w('email'), html`<a href="mailto:${mail}">${mail}</a>`] as const]),
    ...(one.phone === null ? [] : [[w('phone'), one.phone] as const]),
  ]);
}

export function contactPage(view: ContactView, language: Language, to: To): Html {
  const w: W = (word) => words[word][language];
  return html`${heading(w('title'), w('lead'))} ${section('us', w('us'), card(reach(view.organisation, w)))}
  ${
    view.rights.length === 0
      ? nothing
      : section(
          'rights',
          w('rights'),
          html`<dl class="rights">
            ${view.rights.map(
              (one) =>
                html`<div>
                  <dt>${one.title}</dt>
                  <dd>${one.text}</dd>
                </div>`,
            )}
          </dl>`,
        )
  }
  ${section(
    'how',
    w('how'),
    html`<p>${w('howText')}</p>
      ${view.within === null ? nothing : html`<p>${view.within}</p>`}`,
  )}
  ${
    view.dpo === null
      ? nothing
      : section(
          'dpo',
          w('dpo'),
          html`<p>${w('dpoLead')}</p>
            ${card(reach(view.dpo, w))}${letterLink(view, w, to)}`,
        )
  }`;
}

function letterLink(view: ContactView, w: W, to: To): Html {
  return view.box ? html`<p>${button(to('/privacy/dpo'), w('write'), 'quiet')}</p>` : nothing;
}

export function complaintPage(view: ContactView, language: Language, to: To): Html {
  const w: W = (word) => words[word][language];
  const { authority, dpo } = view;
  return html`${heading(w('complaint'), w('complaintLead'))}
  ${section(
    'to-us',
    w('toUs'),
    html`<p>${w('toUsText')}</p>
      ${card(reach(view.organisation, w))}`,
  )}
  ${
    dpo === null
      ? nothing
      : section(
          'to-dpo',
          w('toDpo'),
          html`<p>${w('dpoLead')}</p>
            ${card(reach(dpo, w))}${letterLink(view, w, to)}`,
        )
  }
  ${
    authority === null
      ? nothing
      : section(
          'to-authority',
          w('toAuthority'),
          html`<p>${w('authorityText')}</p>
            <p>
              ${authority.website === null ? authority.name : html`<a href="${authority.website}">${authority.name}</a>`}
            </p>`,
        )
  }
  ${section('to-court', w('toCourt'), html`<p>${w('court')}</p>`)}`;
}

export function letterPage(
  view: Pick<ContactView, 'box' | 'dpo'> & { readonly receipt: string | null },
  language: Language,
): Html {
  const w: W = (word) => words[word][language];
  if (view.receipt !== null)
    return html`${heading(w('received'))}
      <div class="card kept" role="status">
        <p>
          ${w('number')}: <strong><code>${view.receipt}</code></strong>
        </p>
        <p>${w('keep')}</p>
      </div>`;
  if (!view.box)
    return html`${heading(w('letter'))}
      <p>${w('noBox')}</p>
      ${view.dpo === null ? nothing : card(reach(view.dpo, w))}`;
  const options = [
    { value: 'request', text: w('isRequest'), checked: true },
    { value: 'complaint', text: w('isComplaint') },
  ];
  return html`${heading(w('letter'), w('letterLead'))}
  ${form(
    `/privacy/dpo?lang=${language}`,
    html`${choices('radio', 'kind', w('kind'), options)} ${field({ name: 'subject', label: w('subject') })}
    ${area({ name: 'text', label: w('text'), rows: 8 })}
    ${field({ name: 'from', label: w('from'), required: false, autocomplete: 'name' })}
    ${field({ name: 'contact', label: w('contact'), hint: w('contactHint'), required: false })}`,
    { text: w('send') },
  )}`;
}
