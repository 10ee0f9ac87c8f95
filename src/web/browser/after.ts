const isTyped = (place: HTMLElement): boolean =>
  [...place.querySelectorAll('input')].some((one) => one.type !== 'checkbox' && one.value.trim() !== '');

/** A choice or a field that says more of another is there once that other is ticked, or the field of that name is filled in. */
export function followChoices(page: Document): void {
  const later = [...page.querySelectorAll<HTMLElement>('[data-after]')];
  const isSo = (form: HTMLFormElement, word: string): boolean =>
    [...form.elements].some(
      (one) =>
        one instanceof HTMLInputElement &&
        (one.type === 'checkbox' ? one.value === word && one.checked : one.name === word && one.value.trim() !== ''),
    );
  const look = (): void => {
    for (const one of later) {
      const form = one.closest('form');
      const isAsked = (one.dataset['after'] ?? '').split(' ').some((word) => form !== null && isSo(form, word));
      // What was typed is never hidden: it is sent, and a mistake in it must be seen.
      if (form) one.hidden = !isAsked && !isTyped(one);
    }
  };
  if (later.length === 0) return;
  page.addEventListener('input', look);
  look();
}
