/** The officer's box: opened with a passphrase of their own, read, answered with notes, closed, erased; and its keys. */
import type { Text } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { badge, button, card, empty, facts, field, form, heading, moment, section } from '../ui/controls.ts';

export interface BoxKeyView {
  readonly recipient: string;
  readonly kind: 'dpo' | 'recovery';
  readonly name: string | null;
  readonly fingerprint: string;
  readonly made: string;
  readonly admitted: string | null;
  readonly own: boolean;
  /** Of a recovery key: so many parts, of which so many are needed. */
  readonly parts: { readonly needed: number; readonly all: number } | null;
}

export interface LetterView {
  readonly id: string;
  readonly kind: 'complaint' | 'request';
  readonly received: string;
  readonly closed: string | null;
  readonly subject: string;
  readonly text: string;
  readonly from: string | null;
  readonly contact: string | null;
  readonly notes: readonly { readonly at: string; readonly text: string }[];
}

export interface BoxView {
  readonly state: 'none' | 'without-key' | 'waiting' | 'shut' | 'open';
  readonly keys: readonly BoxKeyView[];
  /** How many lie in it, and how many are not done: also while it is shut. */
  readonly count: { readonly all: number; readonly open: number };
  readonly letters: readonly LetterView[];
  readonly unreadable: number;
  /** What was written when the box had shut meanwhile: it is not saved, and not lost. */
  readonly unsaved: string | null;
}

const words = {
  title: { nl: 'Postvak van de functionaris', en: "The officer's box" },
  lead: {
    nl: 'Wat hier binnenkomt is verzegeld voor de functionaris gegevensbescherming. Beheerders en directie kunnen het niet lezen, ook niet in de database.',
    en: 'What comes in here is sealed to the data protection officer. Administrators and management cannot read it, not in the database either.',
  },
  noneYet: { nl: 'Er is nog geen postvak.', en: 'There is no box yet.' },
  make: { nl: 'Maak het postvak', en: 'Make the box' },
  makeLead: {
    nl: 'Kies een wachtzin die alleen u kent. Niemand kan hem voor u opzoeken. Daarom maakt u ook een herstelcode in delen, die u bij verschillende mensen bewaart.',
    en: 'Choose a passphrase that only you know. Nobody can look it up for you. So you also make a recovery code in parts, to be kept by different people.',
  },
  passphrase: { nl: 'Wachtzin', en: 'Passphrase' },
  passphraseHint: {
    nl: 'Minstens 15 tekens, en niet het wachtwoord waarmee u zich aanmeldt.',
    en: 'At least 15 characters, and not the password with which you sign in.',
  },
  parts: { nl: 'In hoeveel delen?', en: 'In how many parts?' },
  needed: { nl: 'Hoeveel delen zijn er nodig?', en: 'How many parts are needed?' },
  codes: { nl: 'De delen van de herstelcode', en: 'The parts of the recovery code' },
  codesLead: {
    nl: 'U ziet ze nu en nooit meer. Geef elk deel aan een ander, op papier. Schrijf erop hoeveel delen er nodig zijn:',
    en: 'You see them now and never again. Give each part to someone else, on paper. Write on it how many parts are needed:',
  },
  kept: { nl: 'Ik heb ze bewaard', en: 'I have kept them' },
  ask: { nl: 'Maak mijn sleutel', en: 'Make my key' },
  askLead: {
    nl: 'Er is een postvak, maar u hebt nog geen sleutel. Maak er een; een functionaris die het postvak kan openen laat u toe.',
    en: 'There is a box, but you have no key yet. Make one; an officer who can open the box lets you in.',
  },
  waiting: { nl: 'Uw sleutel wacht op toelating', en: 'Your key waits to be let in' },
  waitingLead: {
    nl: 'Een functionaris die het postvak kan openen moet uw sleutel toelaten. Lees elkaar dit voor, door de telefoon:',
    en: 'An officer who can open the box must let your key in. Read this to each other, over the telephone:',
  },
  open: { nl: 'Open het postvak', en: 'Open the box' },
  openLead: {
    nl: 'Het blijft tien minuten open, alleen in deze aanmelding.',
    en: 'It stays open for ten minutes, in this session only.',
  },
  shut: { nl: 'Sluit het postvak', en: 'Shut the box' },
  recover: { nl: 'Wachtzin kwijt? Herstel met de delen', en: 'Lost the passphrase? Recover with the parts' },
  recoverLead: {
    nl: 'Breng genoeg delen bij elkaar. U krijgt een nieuwe sleutel, met een nieuwe wachtzin.',
    en: 'Bring enough parts together. You get a new key, with a new passphrase.',
  },
  codesField: { nl: 'De delen, elk op een regel', en: 'The parts, each on a line' },
  newPassphrase: { nl: 'Nieuwe wachtzin', en: 'New passphrase' },
  recoverGo: { nl: 'Herstel', en: 'Recover' },
  letters: { nl: 'Brieven', en: 'Letters' },
  noLetters: { nl: 'Er ligt niets in het postvak.', en: 'There is nothing in the box.' },
  inBox: { nl: 'In het postvak', en: 'In the box' },
  notDone: { nl: 'nog niet af', en: 'not done yet' },
  complaint: { nl: 'klacht', en: 'complaint' },
  request: { nl: 'verzoek', en: 'request' },
  received: { nl: 'ontvangen', en: 'received' },
  closed: { nl: 'afgedaan', en: 'done' },
  from: { nl: 'Van', en: 'From' },
  contact: { nl: 'Antwoord naar', en: 'Answer to' },
  nobody: { nl: 'niet genoemd', en: 'not given' },
  note: { nl: 'Aantekening', en: 'Note' },
  notes: { nl: 'Aantekeningen', en: 'Notes' },
  addNote: { nl: 'Bewaar aantekening', en: 'Keep note' },
  close: { nl: 'Afgedaan', en: 'Done' },
  erase: { nl: 'Wis deze brief', en: 'Erase this letter' },
  eraseNote: {
    nl: 'Deze brief en de aantekeningen erbij worden definitief gewist. Dat is niet terug te draaien.',
    en: 'This letter and the notes with it are erased for good. This cannot be undone.',
  },
  unreadable: {
    nl: 'Zoveel brieven gaan met uw sleutel niet open:',
    en: 'So many letters do not open with your key:',
  },
  unsaved: {
    nl: 'Het postvak was dichtgegaan. Dit is niet bewaard; open het postvak en plak het opnieuw.',
    en: 'The box had shut. This was not kept; open the box and paste it again.',
  },
  keys: { nl: 'Sleutels', en: 'Keys' },
  you: { nl: 'u', en: 'you' },
  recovery: { nl: 'herstelsleutel', en: 'recovery key' },
  of: { nl: 'van', en: 'of' },
  partsNeeded: { nl: 'delen nodig', en: 'parts needed' },
  admit: { nl: 'Laat deze sleutel toe', en: 'Let this key in' },
  admitNote: {
    nl: 'Wie deze sleutel heeft leest dan alles in het postvak. Vergelijk eerst de vingerafdruk door de telefoon.',
    en: 'Whoever has this key then reads all that is in the box. First compare the fingerprint over the telephone.',
  },
  retire: { nl: 'Neem deze sleutel uit', en: 'Take this key out' },
  retireNote: {
    nl: 'Wie deze sleutel heeft kan daarna niets meer openen; alles wordt opnieuw verzegeld.',
    en: 'Whoever has this key then opens nothing any more; all is sealed anew.',
  },
  asks: { nl: 'wacht op toelating', en: 'waits to be let in' },
  change: { nl: 'Andere wachtzin', en: 'Another passphrase' },
  current: { nl: 'Wachtzin van nu', en: 'Passphrase of now' },
  changeGo: { nl: 'Verander de wachtzin', en: 'Change the passphrase' },
} as const satisfies Record<string, Text>;

type W = (word: keyof typeof words) => string;

const secret = (name: string, label: string, autocomplete: string, hint?: string): Html =>
  field({ name, label, type: 'password', autocomplete, ...(hint === undefined ? {} : { hint }) });

export function boxPage(view: BoxView, say: Say): Html {
  const w: W = (word) => words[word][say.language];
  return html`${heading(w('title'), w('lead'), view.state === 'open' ? form('/dpo/shut', nothing, { text: w('shut'), kind: 'quiet' }) : nothing)}
  ${view.unsaved === null ? nothing : unsavedOf(view.unsaved, w)} ${stateOf(view, w, say)}
  ${view.state === 'open' ? html`${section('letters', w('letters'), lettersOf(view, w, say))}${section('keys', w('keys'), keysOf(view, w, say))}` : nothing}`;
}

function unsavedOf(text: string, w: W): Html {
  return html`<div class="note">
    <p><label for="unsaved">${w('unsaved')}</label></p>
    <textarea id="unsaved" rows="4" readonly>${text}</textarea>
  </div>`;
}

function stateOf(view: BoxView, w: W, say: Say): Html {
  const own = view.keys.find((one) => one.own);
  switch (view.state) {
    case 'none':
      return html`${empty(w('noneYet'))} ${section('make', w('make'), makeOf(w))}`;
    case 'without-key':
      return html`<p>${w('askLead')}</p>
        ${form('/dpo/key', secret('passphrase', w('passphrase'), 'new-password', w('passphraseHint')), { text: w('ask') })}
        ${recoverOf(view, w)}`;
    case 'waiting':
      return card(
        html`<h2>${w('waiting')}</h2>
          <p>${w('waitingLead')}</p>
          <p><code>${own?.fingerprint ?? ''}</code></p>`,
        'at-risk',
      );
    case 'shut':
      return html`${facts([[w('inBox'), `${say.n(view.count.all)} (${say.n(view.count.open)} ${w('notDone')})`]])}
      ${form(
        '/dpo/open',
        html`<p>${w('openLead')}</p>
          ${secret('passphrase', w('passphrase'), 'off')}`,
        { text: w('open') },
      )}
      ${recoverOf(view, w)}`;
    case 'open':
      return nothing;
  }
}

function makeOf(w: W): Html {
  return form(
    '/dpo/make',
    html`<p>${w('makeLead')}</p>
      ${secret('passphrase', w('passphrase'), 'new-password', w('passphraseHint'))}
      ${field({ name: 'parts', label: w('parts'), type: 'number', value: '3' })}
      ${field({ name: 'needed', label: w('needed'), type: 'number', value: '2' })}`,
    { text: w('make') },
  );
}

function recoverOf(view: BoxView, w: W): Html {
  if (!view.keys.some((one) => one.kind === 'recovery')) return nothing;
  return html`<details>
    <summary>${w('recover')}</summary>
    <form method="post" action="/dpo/recover">
      <p>${w('recoverLead')}</p>
      <div class="field">
        <label for="codes">${w('codesField')}</label>
        <textarea id="codes" name="codes" rows="4" required autocomplete="off" spellcheck="false"></textarea>
      </div>
      <div class="field">
        <label for="new-passphrase">${w('newPassphrase')}</label>
        <p class="hint" id="new-hint">${w('passphraseHint')}</p>
        <input
          id="new-passphrase"
          name="passphrase"
          type="password"
          required
          autocomplete="new-password"
          aria-describedby="new-hint"
        />
      </div>
      <p class="buttons"><button>${w('recoverGo')}</button></p>
    </form>
  </details>`;
}

function lettersOf(view: BoxView, w: W, say: Say): Html {
  return html`${view.unreadable === 0 ? nothing : html`<p class="note">${w('unreadable')} ${say.n(view.unreadable)}</p>`}
  ${
    view.letters.length === 0
      ? empty(w('noLetters'))
      : html`<ul class="rows">
          ${view.letters.map((one) => letterOf(one, w, say))}
        </ul>`
  }`;
}

function letterOf(one: LetterView, w: W, say: Say): Html {
  const id = `note-${one.id}`;
  return html`<li class="card ${one.closed === null ? 'at-risk' : ''}">
    <details ${one.closed === null ? html`open` : nothing}>
      <summary>
        ${badge(one.closed === null ? 'at-risk' : 'neutral', one.closed === null ? w(one.kind) : w('closed'))}
        <strong>${one.subject}</strong>
        <span class="soft">${w('received')} ${moment(one.received, say.moment(one.received))} · ${one.id}</span>
      </summary>
      <p class="letter">${one.text}</p>
      ${facts([
        [w('from'), one.from ?? w('nobody')],
        [w('contact'), one.contact ?? w('nobody')],
      ])}
      ${
        one.notes.length === 0
          ? nothing
          : html`<h3>${w('notes')}</h3>
              <ul>
                ${one.notes.map((note) => html`<li><span class="soft">${moment(note.at, say.moment(note.at))}</span><br /><span class="letter">${note.text}</span></li>`)}
              </ul>`
      }
      <form method="post" action="/dpo/letters/${one.id}/note">
        <div class="field">
          <label for="${id}">${w('note')}<span class="hidden">: ${one.subject}</span></label>
          <textarea id="${id}" name="text" rows="3" required maxlength="20000"></textarea>
        </div>
        <p class="buttons"><button class="quiet">${w('addNote')}</button></p>
      </form>
      ${one.closed === null ? form(`/dpo/letters/${one.id}/close`, nothing, { text: w('close'), kind: 'quiet' }) : nothing}
      <details>
        <summary>${w('erase')}<span class="hidden">: ${one.subject}</span></summary>
        ${form(`/dpo/letters/${one.id}/erase`, nothing, { text: w('erase'), kind: 'danger', consequence: w('eraseNote') })}
      </details>
    </details>
  </li>`;
}

function keysOf(view: BoxView, w: W, say: Say): Html {
  return html`<ul class="rows">
      ${view.keys.map((one) => keyOf(one, w, say))}
    </ul>
    <details>
      <summary>${w('change')}</summary>
      <form method="post" action="/dpo/passphrase">
        <div class="field">
          <label for="current">${w('current')}</label>
          <input id="current" name="current" type="password" required autocomplete="off" />
        </div>
        <div class="field">
          <label for="next">${w('newPassphrase')}</label>
          <p class="hint" id="next-hint">${w('passphraseHint')}</p>
          <input
            id="next"
            name="passphrase"
            type="password"
            required
            autocomplete="new-password"
            aria-describedby="next-hint"
          />
        </div>
        <p class="buttons"><button class="quiet">${w('changeGo')}</button></p>
      </form>
    </details>`;
}

function keyOf(one: BoxKeyView, w: W, say: Say): Html {
  const name = one.kind === 'recovery' ? w('recovery') : `${one.name ?? ''}${one.own ? ` (${w('you')})` : ''}`;
  const parts =
    one.parts === null ? nothing : html` · ${one.parts.needed} ${w('of')} ${one.parts.all} ${w('partsNeeded')}`;
  const hidden = html`<input type="hidden" name="recipient" value="${one.recipient}" />`;
  return html`<li class="card ${one.admitted === null ? 'at-risk' : ''}">
    <p>
      <strong>${name}</strong>${parts} ${one.admitted === null ? badge('at-risk', w('asks')) : nothing}<br />
      <span class="soft">${moment(one.made, say.moment(one.made))} · <code>${one.fingerprint}</code></span>
    </p>
    ${one.admitted === null ? form('/dpo/keys/admit', hidden, { text: w('admit'), kind: 'danger', consequence: w('admitNote') }) : nothing}
    ${one.admitted !== null && one.kind === 'dpo' && !one.own ? form('/dpo/keys/retire', hidden, { text: w('retire'), kind: 'danger', consequence: w('retireNote') }) : nothing}
  </li>`;
}

/** Shown once, as the answer to the form that made them: at no address that could be opened again. */
export function codesPage(codes: readonly string[], needed: number, say: Say): Html {
  const w: W = (word) => words[word][say.language];
  return html`${heading(w('codes'), `${w('codesLead')} ${needed}.`)}
    <ol class="parts">
      ${codes.map((code) => html`<li><code>${code}</code></li>`)}
    </ol>
    <p>${button('/dpo', w('kept'))}</p>`;
}
