/** Search: whatever has a name or a number, among what this person may see. Nothing in the connected systems is searched. */
import type { Permission } from '../../access/index.ts';
import { keyOf } from '../../access/model.ts';
import type { Language, Text } from '../../base/language.ts';
import { promiseIds } from '../../policy/index.ts';
import { promisedAs } from '../../promises/proof/controls/index.ts';
import { listHolds } from '../../promises/holds/service.ts';
import { listPlans } from '../../promises/retention/store.ts';
import type { Found } from '../../web/console/search.ts';
import { sections } from './frame.ts';
import type { Seat } from './seat.ts';

interface Candidate {
  readonly kind: Text;
  readonly may: Permission;
  readonly href: string;
  readonly name: string;
  readonly also: string;
}

const kinds = {
  section: { nl: 'onderdeel', en: 'section' },
  promise: { nl: 'belofte', en: 'promise' },
  rule: { nl: 'bewaarregel', en: 'retention rule' },
  purpose: { nl: 'doel', en: 'purpose' },
  data: { nl: 'soort gegevens', en: 'data category' },
  recipient: { nl: 'ontvanger', en: 'recipient' },
  system: { nl: 'systeem', en: 'system' },
  plan: { nl: 'plan', en: 'plan' },
  hold: { nl: 'bewaarplicht', en: 'hold' },
} as const;

export async function findIn(
  seat: Seat,
  may: (permission: Permission) => boolean,
  asked: string,
  language: Language,
): Promise<Found[]> {
  const words = keyOf(asked)
    .split(' ')
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const candidates = [...fixed(seat, language), ...(await changing(seat))];
  return candidates
    .filter((one) => may(one.may) && words.every((word) => keyOf(`${one.name} ${one.also}`).includes(word)))
    .slice(0, 50)
    .map((one) => ({ kind: one.kind[language], href: one.href, name: one.name, also: one.also }));
}

function fixed({ world }: Seat, language: Language): Candidate[] {
  const { policy } = world;
  return [
    ...sections.map((one) => ({
      kind: kinds.section,
      may: one.may,
      href: one.href,
      name: one.text[language],
      also: '',
    })),
    ...promiseIds(policy).map((id) => ({
      kind: kinds.promise,
      may: 'see the board' as const,
      href: `/promises/${id}`,
      name: promisedAs(id).title[language],
      also: id,
    })),
    ...policy.retention.map((one) => ({
      kind: kinds.rule,
      may: 'see the policy' as const,
      href: `/promises/${one.promise}`,
      name: one.text[language],
      also: `${one.id} ${one.keep}`,
    })),
    ...(['purposes', 'data', 'recipients'] as const).flatMap((section) =>
      policy[section].map((one) => ({
        kind: section === 'purposes' ? kinds.purpose : section === 'data' ? kinds.data : kinds.recipient,
        may: 'see the policy' as const,
        href: '/policy',
        name: one.text[language],
        also: one.id,
      })),
    ),
    ...world.declared.estate.systems.map((one) => ({
      kind: kinds.system,
      may: 'see systems' as const,
      href: `/systems/${one.id}`,
      name: one.title?.[language] ?? one.id,
      also: one.id,
    })),
  ];
}

async function changing({ world }: Seat): Promise<Candidate[]> {
  const plans = await listPlans(world.db, 100);
  const holds = await listHolds(world);
  return [
    ...plans.map((one) => ({
      kind: kinds.plan,
      may: 'see plans' as const,
      href: `/plans/${one.id}`,
      name: one.id,
      also: `${one.run ?? ''} ${one.madeAt.toISOString().slice(0, 10)}`,
    })),
    ...holds.map(({ hold }) => ({
      kind: kinds.hold,
      may: 'see holds' as const,
      href: `/holds/${hold.id}`,
      name: hold.matter,
      also: hold.id,
    })),
  ];
}
