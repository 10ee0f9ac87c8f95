/**
 * What stands behind the "#" of a link goes into the field that waits for it: it was never sent to a server on the way. It is taken
 * out of the address at once, and stays with this page only: whoever reads it again, or in the other language, still has it. The
 * link works once, and the first person has no other.
 */
export function fillFromFragment(page: Document): void {
  const place = page.querySelector<HTMLElement>('[data-fragment]');
  if (!place) return;
  fill(place);
  // Whoever opens the link where this page is open already gets no new page, only another "#".
  addEventListener('hashchange', () => fill(place));
  for (const other of page.querySelectorAll<HTMLAnchorElement>('a[hreflang]'))
    other.addEventListener('click', () => {
      other.hash = place.querySelector('input')?.value ?? '';
    });
}

function fill(place: HTMLElement): void {
  const field = place.querySelector('input');
  if (!field) return;
  const kept: unknown = history.state;
  const given = location.hash === '' ? kept : decodeURIComponent(location.hash.slice(1));
  // What the server gave back, with what was wrong about it, stays.
  if (typeof given !== 'string' || (location.hash === '' && field.value !== '')) return;
  field.value = given;
  // Gone from the address, so that it is not in the list of what was visited either.
  history.replaceState(given, '', location.pathname + location.search);
}
