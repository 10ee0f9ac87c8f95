/** What the console gains where script runs: passkeys, progress that moves, choices that follow from others, a summary that closes, a word before a large file is sent. Every page works without. */
import { followChoices } from './after.ts';
import { passkeys } from './passkeys.ts';
import { fillFromFragment } from './fragment.ts';
import { followRuns } from './progress.ts';

passkeys(document);
followRuns(document);
followChoices(document);
fillFromFragment(document);

// A menu that was opened closes when one goes on elsewhere.
document.addEventListener('click', (event) => {
  for (const open of document.querySelectorAll<HTMLDetailsElement>('details.account[open]'))
    if (event.target instanceof Node && !open.contains(event.target)) open.open = false;
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const open of document.querySelectorAll<HTMLDetailsElement>('details.account[open]')) {
    open.open = false;
    open.querySelector('summary')?.focus();
  }
});

// A file that is too large is told as it is chosen, before minutes of sending.
document.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLInputElement) || target.dataset['most'] === undefined) return;
  const isLarge = (target.files?.[0]?.size ?? 0) > Number(target.dataset['most']);
  target.setCustomValidity(isLarge ? (target.dataset['tooLarge'] ?? '') : '');
  target.reportValidity();
});
