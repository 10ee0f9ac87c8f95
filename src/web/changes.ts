/** What differs between two versions, told to the public and to staff in the same words. */
import type { Language, Text } from '../base/language.ts';
import { html, nothing, type Html } from './html.ts';
import { badge, empty, select } from './ui/controls.ts';

/** One difference, as a person would tell it. */
export interface ChangeView {
  readonly kind: 'added' | 'removed' | 'changed' | 'renamed';
  readonly group: string;
  readonly text: string;
  readonly material: boolean;
  /** Why it matters: "kept longer". */
  readonly why: readonly string[];
  readonly when: 'before' | 'afterwards' | null;
  readonly tell: readonly string[];
}

const words = {
  older: { nl: 'Van versie', en: 'From version' },
  newer: { nl: 'Naar versie', en: 'To version' },
  show: { nl: 'Toon het verschil', en: 'Show the difference' },
  same: { nl: 'Er is geen verschil.', en: 'There is no difference.' },
  material: { nl: 'belangrijk', en: 'important' },
  before: { nl: 'vooraf te vertellen', en: 'to be told beforehand' },
  afterwards: { nl: 'achteraf te vertellen', en: 'to be told afterwards' },
  to: { nl: 'aan', en: 'to' },
  added: { nl: 'nieuw', en: 'new' },
  removed: { nl: 'vervallen', en: 'gone' },
  changed: { nl: 'veranderd', en: 'changed' },
  renamed: { nl: 'andere naam', en: 'renamed' },
} as const satisfies Record<string, Text>;

type W = (word: keyof typeof words) => string;

/** Under the headings of the statement; what matters stands out by word as well as by colour. */
export function changesOf(changes: readonly ChangeView[], language: Language): Html {
  const w: W = (word) => words[word][language];
  if (changes.length === 0) return empty(w('same'));
  return html`${[...Map.groupBy(changes, (one) => one.group)].map(
    ([group, own]) =>
      html`<h3>${group}</h3>
        <ul class="rows changes">
          ${own.map(
            (one) =>
              html`<li class="card ${one.material ? 'at-risk' : ''}">
                <p>${badge('neutral', w(one.kind))} ${one.text}</p>
                ${one.material ? matters(one, w) : nothing}
              </li>`,
          )}
        </ul>`,
  )}`;
}

function matters(one: ChangeView, w: W): Html {
  const whom =
    one.when === null || one.tell.length === 0 ? nothing : html`; ${w(one.when)} ${w('to')} ${one.tell.join(', ')}`;
  return html`<p class="soft"><strong>${w('material')}</strong>: ${one.why.join(', ')}${whom}</p>`;
}

/** Two versions to choose; without script the same. */
export function compareForm(
  action: string,
  rows: readonly { readonly id: string; readonly label: string; readonly standing: string }[],
  chosen: { readonly from: string; readonly to: string },
  language: Language,
): Html {
  const w: W = (word) => words[word][language];
  const options = (id: string) =>
    rows.map((one) => ({ value: one.id, text: `${one.label} (${one.standing})`, checked: one.id === id }));
  return html`<form method="get" action="${action}" class="inline">
    <input type="hidden" name="lang" value="${language}" />
    ${select('from', w('older'), options(chosen.from))} ${select('to', w('newer'), options(chosen.to))}
    <p class="buttons"><button class="quiet">${w('show')}</button></p>
  </form>`;
}
