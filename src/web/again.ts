/**
 * Puts what was sent back into the form of a page that was made anew, and says on top, and beside each field, what is wrong with it.
 * It works on the page as it goes to the browser, so that every form has it, also one that nobody has written yet. What is put in
 * goes through the serialiser of HTML, which escapes it.
 */
import { defaultTreeAdapter as tree, parse, parseFragment, serialize, type DefaultTreeAdapterTypes } from 'parse5';
import type { Language, Text } from '../base/language.ts';
import { html, nothing, textOf, type Html } from './html.ts';

type Element = DefaultTreeAdapterTypes.Element;
type Parent = DefaultTreeAdapterTypes.ParentNode;

export interface Wrong {
  /** Name of the field that it is about; null when it is about none. */
  readonly field: string | null;
  readonly text: string;
}

export interface Again {
  readonly language: Language;
  readonly sent: {
    /** Where the form goes. */
    readonly action: string;
    readonly values: readonly (readonly [string, string])[];
    /** Names of what was filled in and is not given back. */
    readonly withheld: readonly string[];
  };
  /** Address of the page, to go along in the form. */
  readonly page: string | null;
  /** The page was made for this answer, with the hidden fields that it should have. */
  readonly made: boolean;
  readonly told: { readonly is: 'refused'; readonly wrong: readonly Wrong[] } | { readonly is: 'kept' };
}

const words = {
  error: { nl: 'Fout', en: 'Error' },
  notDone: { nl: 'Dit is niet gedaan.', en: 'This was not done.' },
  toForm: { nl: 'Naar wat u invulde', en: 'To what you filled in' },
  retype: { nl: 'Dit is niet bewaard: vul het opnieuw in.', en: 'This was not kept: fill it in again.' },
  kept: {
    nl: 'U kunt verder. Wat u invulde staat er weer; er is nog niets gedaan. Druk nogmaals op de knop.',
    en: 'You can go on. What you filled in is here again; nothing has been done yet. Press the button once more.',
  },
} as const satisfies Record<string, Text>;

/** Its value goes along as it was, where it tells what the writer had seen and not what the form is about. */
const seen = 'data-seen';

export async function putBack(
  page: string,
  what: Again,
  field: string,
): Promise<{ readonly html: string; readonly found: boolean; readonly typed: boolean }> {
  const document = parse(page);
  const main = all(document).find((one) => attribute(one, 'id') === 'main');
  if (main === undefined) return { html: page, found: false, typed: false };
  const w = (word: keyof typeof words): string => words[word][what.language];
  const form = formOf(main, what);
  const marks: { to: string | null; name: string; text: string }[] = [];
  if (form) {
    fill(form, what);
    unfold(form);
    if (what.page !== null)
      await insert(form, html`<input type="hidden" name="${field}" value="${what.page}" />`, null);
    for (const name of what.sent.withheld) {
      const control = controlsOf(form).find((one) => isShown(one) && attribute(one, 'name') === name);
      if (control) await mark(control, 'again', w('retype'));
    }
  }
  if (what.told.is === 'refused') {
    for (const { field: name, text } of what.told.wrong) {
      const control = form && controlsOf(form).find((one) => isShown(one) && attribute(one, 'name') === name);
      if (!control) marks.push({ to: null, name: '', text });
      else marks.push({ to: await mark(control, 'wrong', text), name: labelOf(document, control), text });
    }
    const title = all(document).find((one) => one.tagName === 'title');
    const [first] = title?.childNodes ?? [];
    if (first && 'value' in first) first.value = `${w('error')}: ${first.value}`;
  }
  for (const one of all(main)) remove(one, 'autofocus');
  const near =
    form && marks.every((one) => one.to === null) && controlsOf(form).some(isShown) ? idOf(form, 'again-form') : null;
  await insert(main, what.told.is === 'kept' ? keptNote(w) : summary(marks, near, w), tree.getFirstChild(main));
  for (const one of all(document)) if (one.tagName === 'textarea' || one.tagName === 'pre') keepFirstLine(one);
  return { html: serialize(document), found: form !== null, typed: form !== null && controlsOf(form).some(isShown) };
}

type W = (word: keyof typeof words) => string;

/** Focus goes there as the page opens, so that whoever does not see it hears it first. */
function summary(
  marks: readonly { readonly to: string | null; readonly name: string; readonly text: string }[],
  near: string | null,
  w: W,
): Html {
  return html`<div class="told wrong" role="alert" tabindex="-1" autofocus id="again">
    <p><strong>${w('notDone')}</strong></p>
    <ul>
      ${marks.map(({ to, name, text }) => html`<li>${to === null ? text : html`<a href="#${to}">${name === '' ? '' : `${name}: `}${text}</a>`}</li>`)}
    </ul>
    ${near === null ? nothing : html`<p><a href="#${near}">${w('toForm')}</a></p>`}
  </div>`;
}

function keptNote(w: W): Html {
  return html`<p class="told" role="status" tabindex="-1" autofocus id="again">${w('kept')}</p>`;
}

/**
 * The form that this was sent from: it goes to the same place, has every field that was sent, and is about the same thing. A form
 * that is about another (the next line of a list) is none: its button would do something else than it says.
 */
function formOf(main: Element, { sent, made }: Again): Element | null {
  const names = new Set([...sent.values.map(([name]) => name), ...sent.withheld]);
  const of = (name: string): string[] => sent.values.flatMap(([one, value]) => (one === name ? [value] : []));
  const fits = all(main).filter((form) => {
    if (form.tagName !== 'form' || attribute(form, 'method')?.toLowerCase() !== 'post') return false;
    if (pathOf(attribute(form, 'action') ?? '') !== pathOf(sent.action)) return false;
    const controls = controlsOf(form);
    const own = new Set(controls.map((one) => attribute(one, 'name')));
    if (![...names].every((name) => own.has(name))) return false;
    if (made) return true;
    return controls
      .filter((one) => isHidden(one) && attribute(one, seen) === undefined)
      .every((one) => {
        const given = of(attribute(one, 'name') ?? '');
        return (
          given.length === 0 || given.includes(attribute(one, 'value') ?? '') || attribute(one, 'value') === undefined
        );
      });
  });
  return fits[0] ?? null;
}

const pathOf = (address: string): string => address.split(/[?#]/)[0] ?? '';

function fill(form: Element, { sent, made }: Again): void {
  const left = new Map<string, string[]>();
  for (const [name, value] of sent.values) left.set(name, [...(left.get(name) ?? []), value]);
  for (const control of controlsOf(form)) {
    const name = attribute(control, 'name');
    if (name === undefined || control.tagName === 'button') continue;
    const values = left.get(name) ?? [];
    const type = attribute(control, 'type') ?? 'text';
    if (type === 'password' || type === 'file' || type === 'submit') continue;
    if (type === 'checkbox' || type === 'radio') {
      flag(control, 'checked', values.includes(attribute(control, 'value') ?? 'on'));
    } else if (control.tagName === 'select') {
      if (values.length > 0)
        for (const option of all(control).filter((one) => one.tagName === 'option'))
          flag(option, 'selected', values.includes(attribute(option, 'value') ?? textIn(option)));
    } else if (values.length > 0 && (!isHidden(control) || (!made && attribute(control, seen) !== undefined))) {
      const value = values.shift() ?? '';
      if (control.tagName === 'textarea') {
        for (const child of Array.from(control.childNodes)) tree.detachNode(child);
        // Browsers send two characters for each end of a line, and read one.
        tree.insertText(control, value.replaceAll('\r\n', '\n'));
      } else set(control, 'value', value);
    }
  }
}

/** What is folded away is unfolded, up to the form. */
function unfold(form: Element): void {
  for (let one: Parent | null = form; one !== null && 'tagName' in one; one = one.parentNode)
    if (one.tagName === 'details') set(one, 'open', '');
}

/** Says beside a field, in words that are tied to it, what is with it. Gives back where to find it. */
async function mark(control: Element, kind: 'wrong' | 'again', text: string): Promise<string> {
  const name = attribute(control, 'name') ?? '';
  const id = idOf(control, `again-${name.replace(/[^\w-]/g, '-')}`);
  const type = attribute(control, 'type');
  const said = `${id}-${kind}`;
  const group = type === 'checkbox' || type === 'radio' ? around(control, 'fieldset') : null;
  const note = html`<p class="${kind === 'wrong' ? 'wrong' : 'hint'}" id="${said}">${text}</p>`;
  if (group) await insert(group, note, after(all(group).find((one) => one.tagName === 'legend')));
  else if (control.parentNode) await insert(control.parentNode as Element, note, after(control));
  const bearer = type === 'radio' && group ? group : control;
  if (bearer !== control) set(bearer, 'role', 'radiogroup');
  set(bearer, 'aria-describedby', [attribute(bearer, 'aria-describedby'), said].filter((one) => one).join(' '));
  if (kind === 'wrong') set(bearer, 'aria-invalid', 'true');
  return id;
}

function labelOf(document: Parent, control: Element): string {
  const type = attribute(control, 'type');
  const group = type === 'checkbox' || type === 'radio' ? around(control, 'fieldset') : null;
  const label = group
    ? all(group).find((one) => one.tagName === 'legend')
    : all(document).find((one) => one.tagName === 'label' && attribute(one, 'for') === attribute(control, 'id'));
  return label ? textIn(label) : '';
}

/* The tree */

function all(parent: Parent): Element[] {
  return parent.childNodes.flatMap((child) => ('tagName' in child ? [child, ...all(child)] : []));
}

const controlTags = new Set(['input', 'select', 'textarea', 'button']);
const controlsOf = (form: Element): Element[] => all(form).filter((one) => controlTags.has(one.tagName));
const isHidden = (control: Element): boolean => attribute(control, 'type') === 'hidden';
const isShown = (control: Element): boolean => !isHidden(control) && control.tagName !== 'button';

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}

function set(element: Element, name: string, value: string): void {
  const known = element.attrs.find((one) => one.name === name);
  if (known) known.value = value;
  else element.attrs.push({ name, value });
}

function remove(element: Element, name: string): void {
  element.attrs = element.attrs.filter((one) => one.name !== name);
}

function flag(element: Element, name: string, on: boolean): void {
  if (on) set(element, name, '');
  else remove(element, name);
}

function idOf(element: Element, otherwise: string): string {
  const known = attribute(element, 'id');
  if (known === undefined) set(element, 'id', otherwise);
  return known ?? otherwise;
}

function textIn(element: Element): string {
  const words = (parent: Parent): string =>
    parent.childNodes
      .map((child) => ('value' in child ? child.value : 'childNodes' in child ? words(child) : ''))
      .join('');
  return words(element).replace(/\s+/g, ' ').trim();
}

function around(element: Element, tag: string): Element | null {
  for (let one: Parent | null = element.parentNode; one !== null && 'tagName' in one; one = one.parentNode)
    if (one.tagName === tag) return one;
  return null;
}

function after(element: Element | undefined): DefaultTreeAdapterTypes.ChildNode | null {
  const parent = element?.parentNode;
  return (element && parent?.childNodes[parent.childNodes.indexOf(element) + 1]) ?? null;
}

async function insert(parent: Element, what: Html, before: DefaultTreeAdapterTypes.ChildNode | null): Promise<void> {
  for (const child of Array.from(parseFragment(await textOf(what)).childNodes)) {
    tree.detachNode(child);
    if (before === null) tree.appendChild(parent, child);
    else tree.insertBefore(parent, child, before);
  }
}

/** A browser takes the first end of a line in such an element for none. */
function keepFirstLine(element: Element): void {
  const [first] = element.childNodes;
  if (first && 'value' in first && first.value.startsWith('\n')) first.value = `\n${first.value}`;
}
