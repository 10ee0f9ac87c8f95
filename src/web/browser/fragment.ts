/** What stands behind the "#" of a link goes into the field that waits for it: it was never sent to a server on the way. */
export function fillFromFragment(page: Document): void {
  const place = page.querySelector<HTMLElement>('[data-fragment]');
  if (!place) return;
  fill(place);
  // Whoever opens the link where this page is open already gets no new page, only another "#".
  addEventListener('hashchange', () => fill(place));
}

function fill(place: HTMLElement): void {
  const given = location.hash.slice(1);
  if (given === '') return;
  const field = place.querySelector('input');
  if (field) field.value = decodeURIComponent(given);
  // Gone from the address, so that it is not kept in the history either.
  history.replaceState(null, '', location.pathname);
}
