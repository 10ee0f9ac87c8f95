/** What stands behind the "#" of a link goes into the field that waits for it: it was never sent to a server on the way. */
export function fillFromFragment(page: Document): void {
  const place = page.querySelector<HTMLElement>('[data-fragment]');
  const given = location.hash.slice(1);
  if (!place || given === '') return;
  const field = place.querySelector('input');
  if (field) field.value = decodeURIComponent(given);
  // Gone from the address, so that it is not kept in the history either.
  history.replaceState(null, '', location.pathname);
}
