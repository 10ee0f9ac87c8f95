/** Whom a change concerns: groups of people by id, and "clients.ID" where the organisation is a processor. */
import type { Policy } from '../schema.ts';
import type { Difference } from './walk.ts';

type Ids = readonly string[];
type Purpose = Policy['purposes'][number];

/** Whom a material change must be told to, in the order of the policy. */
export function audience(difference: Difference, from: Policy, to: Policy): string[] {
  const found = new Set(concerned(difference, from, to));
  const groups = [...to.subjects, ...from.subjects].map((one) => one.id);
  const clients = [...to.clients, ...from.clients].map((one) => `clients.${one.id}`);
  return [...new Set([...groups, ...clients])].filter((one) => found.has(one));
}

function concerned(difference: Difference, from: Policy, to: Policy): string[] {
  const section = difference.pattern.split(/[.[]/, 1)[0];
  const item = difference.within[0] ?? { before: difference.before, after: difference.after };
  const policy = item.after === undefined ? from : to;
  const one: unknown = item.after ?? item.before;
  switch (section) {
    case 'subjects':
      return ofGroup((one as Policy['subjects'][number]).id, policy);
    case 'data':
      return difference.pattern === 'data[].subjects'
        ? words(difference)
        : peopleOf([(one as Policy['data'][number]).id], policy);
    case 'purposes':
      return [
        ...ofPurpose(one as Purpose, difference.pattern === 'purposes[].subjects' ? words(difference) : null, to),
        ...strangers(
          one as Purpose,
          difference.pattern === 'purposes[].data'
            ? words(difference)
            : difference.pattern === 'purposes'
              ? (one as Purpose).data
              : [],
          policy,
        ),
      ];
    case 'recipients':
      return ofRecipient(
        one as Policy['recipients'][number],
        difference.pattern === 'recipients[].data' ? words(difference) : null,
        policy,
      );
    case 'clients':
      return [`clients.${(one as Policy['clients'][number]).id}`];
    case 'retention':
    case 'terms':
      return peopleOf(
        difference.pattern.endsWith('].data') ? words(difference) : (one as Policy['terms'][number]).data,
        policy,
      );
    case 'cookies':
      return visitors(to);
    case 'telecom':
      return ofTelecom(difference, to);
    default:
      return everyone(to);
  }
}

/** The words of a list that came or went. */
function words({ before, after }: Difference): string[] {
  const list = after ?? before;
  return Array.isArray(list) ? list.map(String) : [];
}

function everyone(policy: Policy): string[] {
  return policy.purposes.filter((one) => one.role === 'controller').flatMap((one) => one.subjects);
}

function ofPurpose(purpose: Purpose, only: Ids | null, policy: Policy): string[] {
  if (purpose.role === 'controller') return [...(only ?? purpose.subjects)];
  return purpose.client === undefined
    ? policy.clients.map((one) => `clients.${one.id}`)
    : [`clients.${purpose.client}`];
}

/** Data of people whom the purpose does not name: theirs is now used for something else, and they are told too (Art. 13(3)). */
function strangers(purpose: Purpose, data: Ids, policy: Policy): string[] {
  if (purpose.role !== 'controller') return [];
  const owners = (id: string): Ids => policy.data.find((one) => one.id === id)?.subjects ?? [];
  return data.flatMap((id) => (owners(id).some((one) => purpose.subjects.includes(one)) ? [] : [...owners(id)]));
}

/** The group itself, unless its data is only there for clients. */
function ofGroup(id: string, policy: Policy): string[] {
  const uses = policy.purposes.filter((one) => one.subjects.includes(id));
  return uses.length === 0 ? [id] : uses.flatMap((one) => ofPurpose(one, [id], policy));
}

/** Those whose data it is, for the purposes that use it; a client, where it is used on its behalf. */
function peopleOf(data: Ids, policy: Policy): string[] {
  const people = (id: string): Ids => policy.data.find((one) => one.id === id)?.subjects ?? [];
  return data.flatMap((id) => {
    const uses = policy.purposes.filter((one) => one.data.includes(id));
    if (uses.length === 0) return [...people(id)];
    return uses.flatMap((purpose) => {
      const both = purpose.subjects.filter((one) => people(id).includes(one));
      return ofPurpose(purpose, both.length > 0 ? both : null, policy);
    });
  });
}

function ofRecipient(recipient: Policy['recipients'][number], only: Ids | null, policy: Policy): string[] {
  const data = only ?? recipient.data;
  const clients = policy.clients.filter((one) => one.subProcessors.includes(recipient.id));
  const uses = policy.purposes.filter((one) => one.recipients.includes(recipient.id));
  const people = uses.flatMap((purpose) => {
    const shared = purpose.data.filter((id) => data.includes(id));
    return peopleOf(shared, { ...policy, purposes: [purpose] });
  });
  const told = [...clients.map((one) => `clients.${one.id}`), ...people];
  return told.length > 0 ? told : peopleOf(data, policy);
}

function visitors(policy: Policy): string[] {
  const found = policy.subjects.filter((one) => one.kind === 'website-visitor').map((one) => one.id);
  return found.length > 0 ? found : everyone(policy);
}

function ofTelecom(difference: Difference, policy: Policy): string[] {
  const [item] = difference.within;
  const traffic = (item?.after ?? difference.after) as { purpose?: string } | undefined;
  const named = policy.purposes.find((one) => one.id === traffic?.purpose);
  if (named) return ofPurpose(named, null, policy);
  const kinds = policy.data.filter((one) => one.kind === 'traffic').map((one) => one.id);
  return kinds.length > 0 ? peopleOf(kinds, policy) : everyone(policy);
}
