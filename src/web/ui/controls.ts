/** Controls without a word of the domain: what they say comes from whoever uses them. */
import { html, nothing, type Html } from '../html.ts';

export type State = 'kept' | 'at-risk' | 'broken' | 'not-proven' | 'neutral';

/** A state by mark, word and colour: never by colour alone. The mark stays with its first word. */
export function badge(state: State, text: string | Html): Html {
  const marks: Readonly<Record<State, string>> = {
    kept: '✔',
    'at-risk': '!',
    broken: '✘',
    'not-proven': '?',
    neutral: '·',
  };
  return html`<span class="badge ${state}"><span aria-hidden="true">${marks[state]}</span> ${text}</span>`;
}

export function heading(title: string, lead?: string, actions?: Html): Html {
  return html`<div class="heading">
    <div>
      <h1>${title}</h1>
      ${lead === undefined ? nothing : html`<p class="lead">${lead}</p>`}
    </div>
    ${actions === undefined ? nothing : html`<div class="actions">${actions}</div>`}
  </div>`;
}

export function section(id: string, title: string, content: Html): Html {
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${content}
  </section>`;
}

export function card(content: Html, state?: State): Html {
  return html`<div class="card ${state ?? ''}">${content}</div>`;
}

/** What to do first where there is nothing yet. */
export function empty(text: string, action?: Html): Html {
  return html`<div class="empty">
    <p>${text}</p>
    ${action ?? nothing}
  </div>`;
}

export interface Column {
  readonly title: string;
  readonly number?: true;
}

export type Cell = string | number | Html;

/**
 * A table where there is room for it. Where there is not, its rows are stacked and each cell stands under the name of its
 * column: the roles are written out, since such a style takes away those of the elements. What still does not fit scrolls
 * within itself, by keyboard too. One of many columns needs more room than one of a few.
 */
export function table(caption: string, columns: readonly Column[], rows: readonly (readonly Cell[])[]): Html {
  const room = columns.length > 6 ? 'stacks many' : 'stacks';
  const cell = (content: Cell, i: number): Html => {
    const { title, number } = columns[i] ?? { title: '' };
    const kind = number === true ? 'n' : '';
    return i === 0
      ? html`<th scope="row" role="rowheader" class="${kind}" data-label="${title}">${content}</th>`
      : html`<td role="cell" class="${kind}" data-label="${title}">${content}</td>`;
  };
  return html`<div class="scroll ${room}" tabindex="0" role="group" aria-label="${caption}">
    <table role="table">
      <caption class="hidden">
        ${caption}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map((one) => html`<th scope="col" role="columnheader" class="${one.number === true ? 'n' : ''}">${one.title}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map(
          (row) =>
            html`<tr role="row">
              ${row.map(cell)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

export function facts(pairs: readonly (readonly [string, Cell])[]): Html {
  return html`<dl class="facts">
    ${pairs.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

export interface Field {
  readonly name: string;
  /** Where several forms of one page have a field of this name. */
  readonly id?: string;
  readonly label: string;
  readonly type?: 'text' | 'email' | 'password' | 'date' | 'number' | 'search' | 'url' | 'file';
  readonly value?: string;
  readonly hint?: string;
  readonly wrong?: string;
  readonly required?: boolean;
  readonly autocomplete?: string;
  readonly inputmode?: string;
  /** As of a choice. */
  readonly after?: readonly string[];
  /** Of a file: the most bytes, and what is said before one that is larger is sent. */
  readonly most?: { readonly bytes: number; readonly text: string };
}

/** An input with its label, its hint and its mistake tied to it. */
export function field(one: Field): Html {
  const id = one.id ?? one.name;
  const described = [one.hint === undefined ? '' : `${id}-hint`, one.wrong === undefined ? '' : `${id}-wrong`]
    .filter((each) => each !== '')
    .join(' ');
  return html`<div class="field" ${one.after === undefined ? nothing : html`data-after="${one.after.join(' ')}"`}>
    <label for="${id}">${one.label}</label>
    ${one.hint === undefined ? nothing : html`<p class="hint" id="${id}-hint">${one.hint}</p>`}
    <input
      id="${id}"
      name="${one.name}"
      type="${one.type ?? 'text'}"
      value="${one.value ?? ''}"
      ${one.required === false ? nothing : html`required`}
      ${one.autocomplete === undefined ? nothing : html`autocomplete="${one.autocomplete}"`}
      ${one.inputmode === undefined ? nothing : html`inputmode="${one.inputmode}"`}
      ${one.most === undefined ? nothing : html`data-most="${one.most.bytes}" data-too-large="${one.most.text}"`}
      ${described === '' ? nothing : html`aria-describedby="${described}"`}
      ${one.wrong === undefined ? nothing : html`aria-invalid="true"`}
    />
    ${one.wrong === undefined ? nothing : html`<p class="wrong" id="${id}-wrong">${one.wrong}</p>`}
  </div>`;
}

export function area(one: Omit<Field, 'type'> & { readonly rows?: number }): Html {
  const id = one.id ?? one.name;
  return html`<div class="field">
    <label for="${id}">${one.label}</label>
    ${one.hint === undefined ? nothing : html`<p class="hint" id="${id}-hint">${one.hint}</p>`}
    <textarea
      id="${id}"
      name="${one.name}"
      rows="${one.rows ?? 3}"
      ${one.required === false ? nothing : html`required`}
      ${one.hint === undefined ? nothing : html`aria-describedby="${id}-hint"`}
    >
${one.value ?? ''}</textarea>
  </div>`;
}

export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly hint?: string;
  readonly checked?: boolean;
  /** Choices or fields that it says more of: where script runs it is there once one of them is so. */
  readonly after?: readonly string[];
}

export function choices(kind: 'radio' | 'checkbox', name: string, legend: string, options: readonly Choice[]): Html {
  return html`<fieldset class="choices">
    <legend>${legend}</legend>
    ${options.map(
      (one) =>
        html`<label class="choice" ${one.after === undefined ? nothing : html`data-after="${one.after.join(' ')}"`}>
          <input type="${kind}" name="${name}" value="${one.value}" ${one.checked === true ? html`checked` : nothing} />
          <span>${one.text}${one.hint === undefined ? nothing : html`<span class="hint">${one.hint}</span>`}</span>
        </label>`,
    )}
  </fieldset>`;
}

export function select(name: string, label: string, options: readonly Choice[]): Html {
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <select id="${name}" name="${name}">
      ${options.map((one) => html`<option value="${one.value}" ${one.checked === true ? html`selected` : nothing}>${one.text}</option>`)}
    </select>
  </div>`;
}

/** A form with one deed. Where it destroys, `consequence` says what will happen and to how many, right above the button. */
export function form(
  action: string,
  content: Html,
  button: {
    readonly text: string;
    readonly kind?: 'main' | 'danger' | 'quiet';
    readonly consequence?: string;
    /** What it is about, for whoever does not see what stands beside it. */
    readonly about?: string;
    /** A file goes along. */
    readonly files?: true;
  },
): Html {
  return html`<form
    method="post"
    action="${action}"
    ${button.files === undefined ? nothing : html`enctype="multipart/form-data"`}
  >
    ${content} ${button.consequence === undefined ? nothing : html`<p class="consequence">${button.consequence}</p>`}
    <p class="buttons">
      <button class="${button.kind ?? 'main'}">
        ${button.text}${button.about === undefined ? nothing : html`<span class="hidden">: ${button.about}</span>`}
      </button>
    </p>
  </form>`;
}

export function link(href: string, text: string): Html {
  return html`<a href="${href}">${text}</a>`;
}

export function button(href: string, text: string, kind: 'main' | 'quiet' = 'main'): Html {
  return html`<a class="button ${kind}" href="${href}">${text}</a>`;
}

export function more(href: string | null, text: string): Html {
  return href === null ? nothing : html`<p class="more"><a rel="next" href="${href}">${text}</a></p>`;
}

/** A moment as a person reads it, and as a machine does. */
export function moment(instant: string, shown: string): Html {
  return html`<time datetime="${instant}">${shown}</time>`;
}
