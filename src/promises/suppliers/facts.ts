/** What of the policy belongs in the agreement with one client. */
import { nearest } from '../../base/yaml.ts';
import type { DataCategory, Policy, Purpose, Recipient } from '../../policy/index.ts';
import { Mistake } from '../world.ts';

export interface AgreementFacts {
  readonly organisation: Policy['organisation'];
  readonly dpo: Policy['dpo'];
  readonly client: Policy['clients'][number];
  readonly purposes: readonly Purpose[];
  readonly data: readonly DataCategory[];
  readonly subjects: Policy['subjects'];
  readonly measures: Policy['measures'];
  readonly subProcessors: readonly Recipient[];
  readonly locations: Policy['locations'];
  readonly breachHours: number | null;
  /** The longest time after which data of this client is out of the backups; null when the policy does not say it of all. */
  readonly backups: { readonly gone: string; readonly from: string } | null;
}

/** Throws a refusal for a client that the policy does not have, or for whom it names no purpose. */
export function agreementFacts(policy: Policy, id: string): AgreementFacts {
  const client = policy.clients.find((one) => one.id === id);
  if (!client) throw unknownClient(id, policy);
  const purposes = policy.purposes.filter((one) => one.role === 'processor' && one.client === id);
  if (purposes.length === 0)
    throw new Mistake('client-without-purpose', {
      nl: `Het beleid zegt niet wat u voor "${id}" doet: voeg een doel toe met "role: processor" en "client: ${id}".`,
      en: `The policy does not say what you do for "${id}": add a purpose with "role: processor" and "client: ${id}".`,
    });
  const used = new Set(purposes.flatMap((one) => one.data));
  const people = new Set(purposes.flatMap((one) => one.subjects));
  const named = new Set([...client.subProcessors, ...purposes.flatMap((one) => one.recipients)]);
  return {
    organisation: policy.organisation,
    dpo: policy.dpo,
    client,
    purposes,
    data: policy.data.filter((one) => used.has(one.id)),
    subjects: policy.subjects.filter((one) => people.has(one.id)),
    measures: policy.measures,
    subProcessors: policy.recipients.filter(
      // Whoever processes a client's data for us is its sub-processor, whatever we call him for our own data.
      (one) => named.has(one.id) && (one.role === 'sub-processor' || one.role === 'processor'),
    ),
    locations: policy.locations,
    breachHours: client.agreement?.breachHours ?? null,
    backups: backupsOf(policy, used),
  };
}

export function unknownClient(id: string, policy: Policy): Mistake {
  const known = policy.clients.map((one) => one.id);
  const near = nearest(id, known);
  const none = known.length === 0;
  return new Mistake('unknown-client', {
    nl: `Er is geen klant "${id}" in het beleid${near === undefined ? `; ${none ? 'er zijn er geen' : `er zijn ${known.join(', ')}`}.` : `. Bedoelde u "${near}"?`}`,
    en: `There is no client "${id}" in the policy${near === undefined ? `; ${none ? 'there are none' : `there are ${known.join(', ')}`}.` : `. Did you mean "${near}"?`}`,
  });
}

/** Only when one and the same time holds for all of the data: a shorter one would promise too much. */
function backupsOf(policy: Policy, data: ReadonlySet<string>): AgreementFacts['backups'] {
  const found = [...data].map((id) => {
    const rule = policy.retention.find((one) => one.data.includes(id));
    const term = policy.terms.find((one) => one.data.includes(id));
    const gone = (rule ?? term)?.backups?.gone;
    return gone === undefined
      ? null
      : { gone, from: rule ? `retention.${rule.id}.backups` : `terms.${term?.id ?? ''}.backups` };
  });
  const [first] = found;
  return first && found.every((one) => one?.gone === first.gone) ? first : null;
}
