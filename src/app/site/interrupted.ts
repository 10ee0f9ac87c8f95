/** Somebody sent a form and must first confirm, or sign in again: the page for it holds what they typed, in their own browser. */
import { accountById, beginStepUp, type Actor } from '../../access/index.ts';
import { keptIn, type Kept } from '../../http/again.ts';
import type { Problem } from '../../http/problem.ts';
import { awayPage, secondPage, titleOf, type SecondView } from '../../web/access/sign-in.ts';
import { framedText, type Where } from './frame.ts';
import { one } from './seat.ts';

export async function confirming({ seat, actor }: Where, back: string, kept: Kept | null): Promise<SecondView> {
  const { factors } = await beginStepUp(seat.access, one(actor));
  const { providers } = await accountById(seat.access.db, one(actor).account);
  return {
    back,
    factors,
    action: '/confirm',
    options: '/confirm/options',
    confirming: true,
    providers: seat.access.settings.providers.filter(({ id }) => providers.includes(id)),
    ...(kept === null ? {} : { kept: JSON.stringify(kept) }),
  };
}

export async function interruptedPage(where: Where, problem: Problem, actor: Actor | null, of: Kept): Promise<string> {
  const { language } = where;
  // Interrupted once more on the way back: what is kept is still the first form.
  const before = of.values.find(([name]) => name === 'kept')?.[1];
  const kept = keptIn.parse(before) ?? of;
  if (actor === null || problem.code !== 'step-up-needed' || actor.stage !== 'full')
    return framedText(where, { title: titleOf('away', language), main: awayPage(JSON.stringify(kept), language) });
  const main = secondPage(await confirming(where, kept.page, kept), language);
  return framedText(where, { title: titleOf('confirm', language), main });
}
