/** Whom a hold is about, for who must know it; others see enough to tell one from another (ASVS 14.2.6). */
import { can, type Actor } from '../../access/index.ts';
import type { Scope } from '../../promises/holds/model.ts';

/** "+31612345678" is "+…78". */
export function masked(value: string): string {
  const letters = Array.from(value);
  return letters.length < 6 ? '…' : `${letters[0]}…${letters.slice(-2).join('')}`;
}

/** Whoever may review a hold must see whether it still fits; engineer and auditor need not know the person. */
export function scopeFor(actor: Actor, scope: Scope): Scope {
  if (can(actor, 'review a hold')) return scope;
  return scope.map((part) => {
    if (part.is === 'subject') return { ...part, value: masked(part.value) };
    if (part.is === 'items')
      return { ...part, keys: part.keys.map((key) => key.map((value) => masked(String(value)))) };
    return part;
  });
}
