/**
 * The list beside the editor, as it is of what stands there now: what was mended goes, what is new comes, and a line that moved is
 * named where it is. An entry that says the same stays as the server made it, with its links.
 */
import { groupOf, type Grouped } from '../finding-groups.ts';

export interface Found extends Grouped {
  readonly file: string;
  readonly line: number;
  readonly path: string;
  readonly message: string;
}

export interface Place {
  readonly page: Document;
  /** What the line of an entry leads to. */
  readonly goTo: (line: number) => void;
}

export function showFindings({ page, goTo }: Place, found: readonly Found[]): void {
  const panel = page.querySelector<HTMLElement>('[data-findings]');
  const empty = panel?.querySelector('template')?.content.firstElementChild;
  if (!panel || !empty) return;
  const before = new Map(
    [...panel.querySelectorAll<HTMLElement>('li.finding')].map((one) => [one.dataset['finding'] ?? '', one]),
  );
  for (const group of panel.querySelectorAll<HTMLElement>('[data-group]')) {
    const own = found.filter((one) => groupOf(one) === group.dataset['group']);
    group.hidden = own.length === 0;
    const count = group.querySelector('[data-count]');
    if (count) count.textContent = String(own.length);
    group.querySelector('ul')?.replaceChildren(
      ...own.map((one) => {
        const entry = before.get(nameOf(one)) ?? made(empty, one, goTo);
        at(entry, one);
        return entry;
      }),
    );
  }
  const clean = panel.querySelector<HTMLElement>('[data-clean]');
  if (clean) clean.hidden = found.length > 0;
}

const nameOf = ({ rule, path, message }: Found): string => `${rule} ${path} ${message}`;

function made(empty: Element, one: Found, goTo: Place['goTo']): HTMLElement {
  const entry = empty.cloneNode(true) as HTMLElement;
  entry.dataset['finding'] = nameOf(one);
  const text = entry.querySelector('[data-message]');
  if (text) text.textContent = one.message;
  const rule = entry.querySelector<HTMLAnchorElement>('[data-rule]');
  if (rule) {
    rule.textContent = one.rule === 'policy' ? one.path : one.rule;
    if (one.rule !== 'policy') rule.href = `/policy/rules/${one.rule}`;
  }
  const line = entry.querySelector<HTMLElement>('[data-line]');
  line?.addEventListener('click', (event) => {
    event.preventDefault();
    goTo(Number(line.dataset['line']));
  });
  return entry;
}

/** In which line it is now. */
function at(entry: HTMLElement, { line, file }: Found): void {
  const place = entry.querySelector<HTMLElement>('[data-line]');
  if (!place) return;
  place.dataset['line'] = String(line);
  const number = place.querySelector('[data-number]');
  if (number) number.textContent = file === 'policy.yaml' ? String(line) : `${line} (${file})`;
}
