/** Both registers from one policy. Pure: the same policy, law, estate and day give the same register. */
import type { Text } from '../../../base/language.ts';
import { ends, instant, isBefore, parseTerm } from '../../../base/time.ts';
import { same } from '../../../base/wording.ts';
import type { Dataset } from '../../../connectors/kit/index.ts';
import { saidOfHolds, type LawBook, type Policy, type Purpose } from '../../../policy/index.ts';
import { bases } from '../../../policy/phrases.ts';
import { inadequate, outsideEea } from '../../../policy/transfer.ts';
import type { Activity, Client, DataUsed, Proof, RecipientOf, Register, SystemUsed, Transfer } from './model.ts';
import { agreementOf, party, shown, statute } from './parts.ts';
import { storages } from './storage.ts';

/** What the register needs to know of the estate. */
export interface SystemSummary {
  readonly id: string;
  readonly title: Text;
  readonly role: Purpose['role'];
  readonly client?: string;
  readonly location: { readonly country: string; readonly place: string };
  readonly datasets: readonly Pick<Dataset, 'id' | 'data' | 'at'>[];
}

export interface Options {
  readonly book: LawBook;
  /** "2026-11-24": law, agreements and reviews are judged on this day. */
  readonly day: string;
  readonly version?: string;
  /** The estate beside the policy, when there is one. */
  readonly estate?: { readonly systems: readonly SystemSummary[] } | null;
  /** State of a promise, when the living systems were asked. */
  readonly proof?: (promise: string) => Proof | null;
  /** What a check or declaration is called, by the name that the policy gives it. */
  readonly nameOf?: (control: string) => Text | null;
  /** What a promise is called: "P08" alone says nothing to who reads a register. */
  readonly promiseName?: (promise: string) => Text | null;
}

export class UnknownClient extends Error {
  readonly known: readonly string[];
  constructor(client: string, known: readonly string[]) {
    super(`the policy has no client "${client}"`);
    this.name = 'UnknownClient';
    this.known = known;
  }
}

/** Art. 30(1): what the organisation does for itself. */
export function controllerRegister(policy: Policy, options: Options): Register {
  return { ...frame(policy, options, 'controller'), clients: [] };
}

/** Art. 30(2): what is done for this client; null for all of them, with the purposes that name none. */
export function processorRegister(policy: Policy, client: string | null, options: Options): Register {
  if (client !== null && !policy.clients.some((one) => one.id === client))
    throw new UnknownClient(
      client,
      policy.clients.map((one) => one.id),
    );
  const whole = frame(policy, options, 'processor');
  const clients = policy.clients.map((one): Client => {
    const from = `clients.${one.id}`;
    return {
      ...party(one, from),
      id: one.id,
      name: one.name,
      dpo: one.dpo ?? null,
      representative: one.representative ?? null,
      processing: one.processing,
      agreement: agreementOf(one.agreement, from, options.day),
    };
  });
  return {
    ...whole,
    clients: clients.filter((one) => client === null || one.id === client),
    activities: whole.activities.filter((one) => client === null || one.client === client),
  };
}

function frame(policy: Policy, options: Options, role: Purpose['role']): Omit<Register, 'clients'> {
  const { organisation, representative, dpo, locations } = policy;
  const said = saidOfHolds(policy.holds);
  return {
    role,
    day: options.day,
    version: options.version ?? policy.publication?.version ?? null,
    organisation: {
      ...party(organisation, 'organisation'),
      name: organisation.name,
      website: organisation.website ?? null,
      country: organisation.country,
      registration: organisation.registration ?? null,
      outsideEea: !options.book.eea.includes(organisation.country),
    },
    representative: representative ? party(representative, 'representative') : null,
    jointControllers:
      role === 'processor'
        ? []
        : policy.jointControllers.map((one) => ({
            ...party(one, `jointControllers.${one.id}`),
            id: one.id,
            arrangement: one.arrangement ?? null,
          })),
    dpo: dpo ? { ...party(dpo, 'dpo'), external: dpo.external, registration: dpo.registration ?? null } : null,
    activities: policy.purposes.filter((one) => one.role === role).map((one) => activity(policy, one, options)),
    // What authorities or a new owner get is ours to say for our own data; for a client's, it is the client's.
    disclosures: (role === 'processor' ? [] : policy.disclosures).map(({ id, kind, text }) => ({
      id,
      kind,
      text,
      from: `disclosures.${id}`,
    })),
    locations: { from: 'locations', allowed: locations.allowed, text: locations.text ?? null },
    holds: { from: 'holds', decides: said.decides ?? null, reviewEvery: said.reviewEvery },
    measures: policy.measures.map((one) => ({
      id: one.id,
      text: one.text,
      from: `measures.${one.id}`,
      promise: one.promise,
      promiseName: options.promiseName?.(one.promise) ?? null,
      kind: one.kind,
      controls: one.controls,
      shownBy: one.shownBy.map(({ control, kind }) => ({ control, kind, name: options.nameOf?.(control) ?? null })),
      every: one.every ?? null,
      last: one.last ?? null,
    })),
  };
}

function activity(policy: Policy, one: Purpose, options: Options): Activity {
  const from = `purposes.${one.id}`;
  const { book, day } = options;
  const recipients = receivers(policy, one, options);
  const dpia = one.dpia && {
    from: `${from}.dpia`,
    needed: one.dpia.needed,
    reason: one.dpia.reason ?? null,
    assessment: shown(one.dpia.assessment, `${from}.dpia.assessment`),
    reviewEvery: one.dpia.reviewEvery ?? null,
  };
  return {
    id: one.id,
    from,
    role: one.role,
    purpose: one.text,
    dpv: one.dpv ?? [],
    openEnded: one.openEnded,
    client: one.client ?? null,
    bases: one.basis.map((basis) => ({ basis, article: bases[basis].article, from: `${from}.basis` })),
    interest: one.interest
      ? {
          from: `${from}.interest`,
          text: one.interest.text,
          assessment: shown(one.interest.assessment, `${from}.interest.assessment`),
        }
      : null,
    statutes: one.statute.map((id) => statute(id, `${from}.statute`, book, day)),
    furtherUse: one.furtherUse
      ? {
          from: `${from}.furtherUse`,
          of: one.furtherUse.of,
          compatibility: shown(one.furtherUse.compatibility, `${from}.furtherUse.compatibility`),
        }
      : null,
    subjects: policy.subjects
      .filter(({ id }) => one.subjects.includes(id))
      .map(({ id, kind, text }) => ({ id, kind, text, from: `subjects.${id}` })),
    data: policy.data.filter(({ id }) => one.data.includes(id)).map((data) => dataUsed(policy, one, data, options)),
    provision: one.provision
      ? {
          from: `${from}.provision`,
          required: one.provision.required,
          consequence: one.provision.consequence ?? null,
        }
      : null,
    recipients,
    transfers: transfers(policy, recipients, options),
    automated: automated(one, from),
    dpia: dpia ?? null,
    systems: systemsUsed(one, options),
    owner: typeof one.owner === 'string' ? same(one.owner) : (one.owner ?? null),
    reviewed: one.reviewed ?? null,
    status: status(one, day),
    promise: one.promise,
    promiseName: options.promiseName?.(one.promise) ?? null,
    proof: options.proof?.(one.promise) ?? null,
  };
}

function dataUsed(policy: Policy, purpose: Purpose, one: Policy['data'][number], options: Options): DataUsed {
  const { book, day } = options;
  const from = `data.${one.id}`;
  return {
    id: one.id,
    text: one.text,
    from,
    kind: one.kind,
    dpv: one.dpv ?? [],
    openEnded: one.openEnded,
    necessity: one.necessity ?? null,
    subjects: one.subjects.filter((id) => purpose.subjects.includes(id)),
    sources: one.sources.map((source) =>
      source === 'subject'
        ? { from: `${from}.sources`, text: null, inform: null }
        : { from: `${from}.sources`, text: source.from, inform: source.inform ?? null },
    ),
    condition: one.condition
      ? {
          from: `${from}.condition`,
          gdpr: one.condition.gdpr ?? null,
          national: one.condition.national ?? null,
        }
      : null,
    statute: one.statute === undefined ? null : statute(one.statute, `${from}.statute`, book, day),
    masked: one.masked ?? null,
    storage: storages(policy, one.id, (id, where) => statute(id, where, book, day)),
  };
}

/** Who the purpose names, and for a client the sub-processors that it agreed to. */
function receivers(policy: Policy, purpose: Purpose, { day }: Options): RecipientOf[] {
  const client = policy.clients.find((one) => one.id === purpose.client);
  const ids = new Set([...purpose.recipients, ...(client?.subProcessors ?? [])]);
  return policy.recipients
    .filter((one) => ids.has(one.id))
    .map((one) => ({
      id: one.id,
      text: one.text,
      from: `recipients.${one.id}`,
      name: one.name ?? null,
      role: one.role,
      country: one.country,
      inStatement: one.inStatement,
      data: one.data.filter((id) => purpose.data.includes(id)),
      agreement: agreementOf(one.agreement, `recipients.${one.id}`, day),
    }));
}

function transfers(policy: Policy, recipients: readonly RecipientOf[], { book, day }: Options): Transfer[] {
  return policy.recipients
    .filter((one) => recipients.some(({ id }) => id === one.id) && outsideEea(one, book))
    .map((one) => {
      const from = `recipients.${one.id}.transfer`;
      return {
        from,
        recipient: one.id,
        country: one.country,
        mechanism: one.transfer?.mechanism ?? null,
        inadequate: one.transfer?.mechanism === '45' ? whyNot(inadequate(one, book, day)) : null,
        copy: one.transfer?.copy ?? null,
        assessment: shown(one.transfer?.assessment, `${from}.assessment`),
      };
    });
}

/** The text alone: where the linter points is no part of the register. */
function whyNot(why: Text | null): Text | null {
  return why && { nl: why.nl, en: why.en };
}

function automated(one: Purpose, from: string): Activity['automated'] {
  if (!one.automated) return null;
  const { text, legalOrSimilarEffect, basis, logic, significance, consequences, review } = one.automated;
  return {
    from: `${from}.automated`,
    text,
    article22: legalOrSimilarEffect,
    basis: basis ?? null,
    logic: logic ?? null,
    significance: significance ?? null,
    consequences: consequences ?? null,
    review: review ?? null,
  };
}

/** Systems in the same role with data of the purpose. One that names another client is none of this client's business. */
function systemsUsed(purpose: Purpose, { estate }: Options): SystemUsed[] {
  return (estate?.systems ?? [])
    .filter((one) => one.role === purpose.role && (one.client === undefined || one.client === purpose.client))
    .map((one) => ({
      id: one.id,
      from: `estate.${one.id}`,
      title: one.title,
      country: one.location.country,
      place: one.location.place,
      datasets: one.datasets
        .filter(({ data }) => purpose.data.includes(data))
        .map(({ id, data, at }) => ({ dataset: id, data, at: selector(at) })),
    }))
    .filter((one) => one.datasets.length > 0);
}

function selector(at: Dataset['at']): string {
  if (at.kind === 'table') return at.schema === undefined ? at.table : `${at.schema}.${at.table}`;
  return at.kind === 'tree' ? at.templates.join(', ') : '';
}

function status(one: Purpose, day: string): Activity['status'] {
  if (one.reviewed === undefined) return 'not-reviewed';
  const { assessment, reviewEvery } = one.dpia ?? {};
  if (!assessment || reviewEvery === undefined) return 'reviewed';
  const due = ends(midnight(assessment.date), parseTerm(reviewEvery), 'event', 'UTC');
  return isBefore(due, midnight(day)) ? 'review-due' : 'reviewed';
}

function midnight(day: string): ReturnType<typeof instant> {
  return instant(`${day}T00:00:00Z`);
}
