/** P01–P37: what each promise needs to have shown. */
import { keeping } from './keeping.ts';
import { measures } from './measures.ts';
import type { Promised } from './need.ts';
import { people } from './people.ts';
import { receivers } from './receivers.ts';
import { telling } from './telling.ts';

export type { Need, Promised } from './need.ts';

export const promised: Readonly<Record<string, Promised>> = {
  ...telling,
  ...keeping,
  ...receivers,
  ...measures,
  ...people,
};

/** A promise of one's own, beyond P37: its rules, terms and measures are its parts, and there is nothing more to know of it. */
export function promisedAs(id: string): Promised {
  return (
    promised[id] ?? {
      title: { nl: `Belofte ${id}`, en: `Promise ${id}` },
      needs: [],
      shows: {
        nl: 'Wat de maatregelen en regels bij deze belofte tonen.',
        en: 'What the measures and rules of this promise show.',
      },
      doesNotShow: { nl: 'Wat daarbuiten gebeurt.', en: 'What happens beyond that.' },
      verify: { nl: 'Vraag het ons.', en: 'Ask us.' },
    }
  );
}
