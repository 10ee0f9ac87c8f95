/** Who must be told of a version: what changes for them, by when, and whether it was done. */
import type { Text } from '../../base/language.ts';
import { html, type Html, nothing } from '../html.ts';
import type { Say } from '../say.ts';
import { badge, link, moment, type State } from '../ui/controls.ts';

export interface NoticeView {
  readonly version: string;
  readonly label: string;
  readonly group: string;
  readonly title: string;
  readonly when: 'before' | 'afterwards';
  readonly due: string;
  readonly late: boolean;
  readonly channel: string;
  readonly changes: readonly string[];
  readonly told: { readonly how: string; readonly by: string; readonly at: string } | null;
}

const words = {
  version: { nl: 'versie', en: 'version' },
  noNotices: { nl: 'Niemand hoeft nog iets te horen.', en: 'Nobody is still to be told.' },
  due: { nl: 'uiterlijk', en: 'at the latest' },
  late: { nl: 'te laat', en: 'late' },
  open: { nl: 'te vertellen', en: 'to be told' },
  told: { nl: 'verteld', en: 'told' },
  how: { nl: 'Hoe is het verteld?', en: 'How was it told?' },
  sign: { nl: 'Teken af', en: 'Sign off' },
  text: { nl: 'De tekst om te sturen', en: 'The text to send' },
  channel: { nl: 'Het best met', en: 'Best by' },
  before: { nl: 'vooraf', en: 'beforehand' },
  afterwards: { nl: 'achteraf', en: 'afterwards' },
} as const satisfies Record<string, Text>;

type W = (word: keyof typeof words) => string;

export function noticesOf(notices: readonly NoticeView[], mayTell: boolean, say: Say): Html {
  const w: W = (word) => words[word][say.language];
  if (notices.length === 0) return html`<p>${badge('kept', w('noNotices'))}</p>`;
  return html`<ul class="rows">
    ${notices.map((one) => noticeOf(one, mayTell, w, say))}
  </ul>`;
}

function noticeOf(one: NoticeView, mayTell: boolean, w: W, say: Say): Html {
  const look: State = one.told ? 'kept' : one.late ? 'broken' : 'at-risk';
  const file = (format: string): Html =>
    link(
      `/publication/${one.version}/notice?group=${encodeURIComponent(one.group)}&format=${format}`,
      format.toUpperCase(),
    );
  return html`<li class="card ${look}">
    <div class="row">
      <span><strong>${one.title}</strong> <span class="soft">${w('version')} ${one.label}</span></span>
      ${badge(look, w(one.told ? 'told' : one.late ? 'late' : 'open'))}
    </div>
    <ul>
      ${one.changes.map((text) => html`<li>${text}</li>`)}
    </ul>
    ${
      one.told
        ? html`<p class="soft">${one.told.how} · ${one.told.by} · ${moment(one.told.at, say.moment(one.told.at))}</p>`
        : html`<p class="soft">${w(one.when)}, ${w('due')} ${say.day(one.due)} · ${w('channel')} ${one.channel}</p>
            <p>${w('text')}: ${file('txt')} · ${file('docx')} · ${file('pdf')}</p>
            ${mayTell ? tellForm(one, w) : nothing}`
    }
  </li>`;
}

function tellForm(one: NoticeView, w: W): Html {
  const id = `how-${one.version}-${one.group}`.replace(/[^\w-]/g, '-');
  return html`<form method="post" action="/publication/${one.version}/told" class="inline">
    <input type="hidden" name="group" value="${one.group}" />
    <div class="field">
      <label for="${id}">${w('how')}</label>
      <input id="${id}" name="how" required maxlength="500" />
    </div>
    <p class="buttons">
      <button class="quiet">${w('sign')}<span class="hidden">: ${one.title}</span></button>
    </p>
  </form>`;
}
