/** What a register lacks, as a whole and per activity: the fields of Art. 30, and what must be known to fill them truly. Pure. */
import { ofActivity, sayer, unless, type Gap } from './gaps.ts';
import type { Party, Register } from './model.ts';

export type { Gap, Lack } from './gaps.ts';

export interface Completeness {
  readonly role: Register['role'];
  readonly day: string;
  readonly activities: number;
  /** Activities without a single gap. */
  readonly complete: number;
  readonly missing: number;
  readonly weak: number;
  readonly gaps: readonly Gap[];
}

export function completeness(register: Register): Completeness {
  const own = register.activities.map((one) => ofActivity(one, register));
  const gaps = [...ofRegister(register), ...own.flat()];
  return {
    role: register.role,
    day: register.day,
    activities: register.activities.length,
    complete: own.filter((one) => one.length === 0).length,
    missing: gaps.filter((one) => one.lack === 'missing').length,
    weak: gaps.filter((one) => one.lack === 'weak').length,
    gaps,
  };
}

const reachable = (one: Party): boolean => one.post !== null || one.email !== null || one.phone !== null;

function ofRegister(register: Register): Gap[] {
  const say = sayer(null);
  const { role, organisation, representative, dpo, jointControllers, measures } = register;
  const a = role === 'controller' ? '30(1)(a)' : '30(2)(a)';
  const measured = role === 'controller' ? '30(1)(g)' : '30(2)(d)';
  return [
    ...unless(reachable(organisation), () =>
      say('missing', a, 'organisation', 'Contactgegevens van de organisatie.', 'Contact details of the organisation.'),
    ),
    ...unless(!organisation.outsideEea || representative !== null, () =>
      say('missing', a, 'representative', 'De vertegenwoordiger in de EU.', 'The representative in the EU.'),
    ),
    ...unless(representative === null || reachable(representative), () =>
      say(
        'missing',
        a,
        'representative',
        'Contactgegevens van de vertegenwoordiger.',
        'Contact details of the representative.',
      ),
    ),
    ...unless(dpo === null || reachable(dpo), () =>
      say(
        'missing',
        a,
        'dpo',
        'Contactgegevens van de functionaris.',
        'Contact details of the data protection officer.',
      ),
    ),
    ...jointControllers.flatMap((one) =>
      unless(reachable(one), () =>
        say(
          'missing',
          a,
          one.from,
          `Contactgegevens van ${one.name ?? one.id}.`,
          `Contact details of ${one.name ?? one.id}.`,
        ),
      ),
    ),
    ...clientGaps(register),
    ...unless(measures.length > 0, () =>
      say('missing', measured, 'measures', 'De maatregelen van beveiliging.', 'The security measures.'),
    ),
    ...measures.flatMap((one) =>
      unless(one.shownBy.length > 0, () =>
        say(
          'weak',
          measured,
          `${one.from}.shownBy`,
          `Niets laat zien dat "${one.id}" zo is.`,
          `Nothing shows that "${one.id}" is so.`,
        ),
      ),
    ),
  ];
}

function clientGaps({ clients, activities }: Register): Gap[] {
  const say = sayer(null);
  return clients.flatMap((one) => [
    ...unless(reachable(one), () =>
      say('missing', '30(2)(a)', one.from, `Contactgegevens van ${one.name}.`, `Contact details of ${one.name}.`),
    ),
    ...unless(
      activities.some(({ client }) => client === one.id),
      () =>
        say(
          'missing',
          '30(2)(b)',
          'purposes',
          `Wat voor "${one.id}" gedaan wordt: geen doel met deze "client".`,
          `What is done for "${one.id}": no purpose with this "client".`,
        ),
    ),
    ...unless(one.agreement?.state === 'in-force', () =>
      say(
        'missing',
        '28(3)',
        `${one.from}.agreement`,
        `Een overeenkomst met ${one.name} die getekend is en loopt.`,
        `An agreement with ${one.name} that is signed and runs.`,
      ),
    ),
  ]);
}
