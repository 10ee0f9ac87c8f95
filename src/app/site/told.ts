/** What to do, as a page tells it to whoever reads it. */
import { can, permissions, type Actor } from '../../access/index.ts';
import type { Language } from '../../base/language.ts';
import { toldIn, type Told } from '../../web/console/deeds.ts';

export const toldTo = (actor: Actor, language: Language): Told =>
  toldIn(language, (asked) => permissions.some((one) => one === asked && can(actor, one)));
