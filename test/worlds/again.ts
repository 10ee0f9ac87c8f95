/** Whether a form that was refused came back as it was sent, with an error at its field: read from the page as a browser would. */
import assert from 'node:assert/strict';
import { defaultTreeAdapter as tree, parse, type DefaultTreeAdapterTypes } from 'parse5';
import type { Role } from '../../src/access/index.ts';

type Element = DefaultTreeAdapterTypes.Element;
export type Fields = Readonly<Record<string, string | readonly string[]>>;

export interface Refused {
  /** The route; its address is filled in from `at`. */
  readonly post: string;
  readonly as: Role | null;
  /** Where the form stands. */
  readonly page: string;
  readonly sent: Fields;
  readonly status: number;
  /** The field that the error is tied to; null where it is about none. */
  readonly field: string | null;
  /** What is sent and must not come back. */
  readonly secret?: readonly string[];
}

export function comesBack(text: string, one: Refused, what: string): void {
  const document = parse(text);
  const main = find(document, (element) => attr(element, 'id') === 'main');
  assert.ok(main, what);
  const alert = elements(main)[0];
  assert.ok(
    alert && attr(alert, 'role') === 'alert' && attr(alert, 'autofocus') === '' && attr(alert, 'tabindex') === '-1',
    what,
  );
  assert.match(text, /<title>(Fout|Error): /, what);
  for (const secret of one.secret ?? []) assert.ok(!text.includes(secret), `${what}: ${secret} came back`);
  assert.ok(!text.includes('<script>alert'), `${what}: escaped`);
  const own = (element: Element): boolean => elements(element).some(named('again-page'));
  const fits = (element: Element): boolean =>
    element.tagName === 'form' &&
    attr(element, 'action')?.split('?')[0] === one.post &&
    Object.keys(one.sent).every((name) => elements(element).some(named(name)));
  const form = find(main, (element) => element.tagName === 'form' && own(element)) ?? find(main, fits);
  assert.ok(form, `${what}: the form`);
  const controls = elements(form).filter((element) => ['input', 'select', 'textarea'].includes(element.tagName));
  for (const [name, value] of Object.entries(one.sent)) {
    const mine = controls.filter((element) => attr(element, 'name') === name);
    assert.ok(mine.length > 0, `${what}: ${name} is there`);
    const secret = (one.secret ?? []).some((part) => [value].flat().some((each) => each.includes(part)));
    assert.deepEqual(
      valuesOf(mine).toSorted(),
      secret
        ? []
        : [value]
            .flat()
            .map(asRead)
            .filter((each) => each !== '')
            .toSorted(),
      `${what}: ${name}`,
    );
  }
  for (const element of controls.filter(
    (each) => attr(each, 'type') === 'checkbox' && attr(each, 'checked') !== undefined,
  ))
    assert.ok(Object.hasOwn(one.sent, attr(element, 'name') ?? ''), `${what}: nothing is ticked that was not`);
  if (one.field === null) return;
  const bad = elements(form).find((element) => attr(element, 'aria-invalid') === 'true');
  assert.ok(bad, `${what}: the field is marked`);
  const field = controls.find((element) => attr(element, 'name') === one.field);
  assert.ok(field && (bad === field || elements(bad).includes(field)), `${what}: ${one.field} is marked`);
  const link = find(alert, (element) => element.tagName === 'a');
  assert.equal(attr(link, 'href'), `#${attr(field, 'id')}`, `${what}: the error leads to its field`);
  const told = (attr(bad, 'aria-describedby') ?? '')
    .split(' ')
    .map((id) => find(form, (element) => attr(element, 'id') === id));
  assert.ok(told.length > 0 && told.every((element) => element !== null), `${what}: described`);
  assert.ok(
    told.some((element) => attr(element, 'class') === 'wrong' && words(element).length > 5),
    what,
  );
  for (let parent = form.parentNode; parent && 'tagName' in parent; parent = parent.parentNode)
    if (parent.tagName === 'details') assert.equal(attr(parent, 'open'), '', `${what}: unfolded`);
}

/** As a browser would send it again. */
export function valuesOf(controls: readonly Element[]): string[] {
  return controls
    .flatMap((element) => {
      const type = attr(element, 'type');
      if (type === 'checkbox' || type === 'radio')
        return attr(element, 'checked') === undefined ? [] : [attr(element, 'value') ?? 'on'];
      if (element.tagName === 'select')
        return elements(element)
          .filter((option) => attr(option, 'selected') !== undefined)
          .map((option) => attr(option, 'value') ?? '');
      if (element.tagName === 'textarea') return [rawOf(element)];
      return [attr(element, 'value') ?? ''];
    })
    .filter((value) => value !== '');
}

const asRead = (value: string): string => value.replaceAll('\r\n', '\n').replaceAll('\u0000', '');

export function elements(parent: DefaultTreeAdapterTypes.ParentNode): Element[] {
  return parent.childNodes.flatMap((child) => ('tagName' in child ? [child, ...elements(child)] : []));
}

export function find(
  parent: DefaultTreeAdapterTypes.ParentNode | null | undefined,
  is: (element: Element) => boolean,
): Element | null {
  return (parent && elements(parent).find(is)) ?? null;
}

export const named = (name: string) => (element: Element) => attr(element, 'name') === name;
export const ends = (path: string) => (element: Element) => attr(element, 'action')?.endsWith(path) === true;
export const attr = (element: Element | null | undefined, name: string): string | undefined =>
  element?.attrs.find((one) => one.name === name)?.value;

const rawOf = (element: Element): string =>
  element.childNodes.map((child) => (tree.isTextNode(child) ? child.value : '')).join('');

const words = (element: Element | null): string => (element === null ? '' : rawOf(element).trim());

export const pageOf = (text: string) => parse(text);
