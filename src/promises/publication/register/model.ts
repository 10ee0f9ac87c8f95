/**
 * The records of processing activities (Art. 30 GDPR) as data: as controller (30(1)) and, per client, as processor (30(2)).
 * Nothing in it is typed twice: every part comes from the policy, the law book or the estate, and knows its place there.
 * Null means that the policy does not say it; completeness.ts tells which of those the law wants.
 */
import type { Text } from '../../../base/language.ts';
import type { AgreementState, DataCategory, LawSource, Policy, Purpose, Recipient } from '../../../policy/index.ts';
import type { EvidenceNamed } from '../../../policy/phrases.ts';

export type Role = Purpose['role'];
export type Basis = Purpose['basis'][number];
export type Mechanism = NonNullable<NonNullable<Recipient['transfer']>['mechanism']>;

/** What comes from a place in the policy, by name: "purposes.billing.basis". In the estate: "estate.crm". */
export interface Placed {
  readonly from: string;
}

export interface Named extends Placed {
  readonly id: string;
  readonly text: Text;
}

/** Who can be reached where: Art. 30(1)(a), 30(2)(a). */
export interface Party extends Placed {
  readonly name: string | null;
  readonly post: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

export interface Organisation extends Party {
  readonly name: string;
  readonly website: string | null;
  readonly country: string;
  readonly registration: string | null;
  /** Established outside the EEA: then a representative is needed (Art. 27). */
  readonly outsideEea: boolean;
}

export interface JointController extends Party {
  readonly id: string;
  readonly arrangement: string | null;
}

export interface Dpo extends Party {
  readonly external: boolean;
  readonly registration: { readonly number: string; readonly date: string } | null;
}

/** A document that shows something, of a day, and until when it counts. */
export interface Shown extends Placed {
  readonly document: string;
  readonly date: string;
  readonly until: string | null;
}

export interface Agreement extends Placed {
  readonly id: string;
  readonly signed: string | null;
  readonly until: string | null;
  readonly document: string | null;
  readonly breachHours: number | null;
  /** Where the agreement says that all is deleted or returned at the end (Art. 28(3)(g)). */
  readonly returnsAt: string | null;
  readonly state: AgreementState;
}

/** The controller for whom a processing is done (Art. 30(2)(a)), and what is done for it (30(2)(b)). */
export interface Client extends Party {
  readonly id: string;
  readonly name: string;
  readonly dpo: string | null;
  readonly representative: string | null;
  readonly processing: Text;
  readonly agreement: Agreement | null;
}

/** A legal source by its id in law/; title and article null when law/ does not have it. */
export interface Statute extends Placed {
  readonly id: string;
  readonly title: Text | null;
  readonly article: string | null;
  readonly kind: LawSource['kind'] | null;
  readonly inForce: boolean;
}

export interface Subject extends Named {
  readonly kind: Policy['subjects'][number]['kind'];
}

export interface DataUsed extends Named {
  readonly kind: DataCategory['kind'];
  /** What it holds, in the Data Privacy Vocabulary. */
  readonly dpv: NonNullable<DataCategory['dpv']>;
  readonly openEnded: boolean;
  readonly necessity: Text | null;
  /** Groups of people, of those of the activity, to whom the data belongs. */
  readonly subjects: readonly string[];
  readonly sources: readonly Source[];
  /** What permits special or criminal data (Art. 9, 10). */
  readonly condition: (Placed & { readonly gdpr: string | null; readonly national: string | null }) | null;
  /** What prescribes a national number or an ID copy. */
  readonly statute: Statute | null;
  readonly masked: boolean | null;
  /** Empty when nothing says how long it is kept. */
  readonly storage: readonly Storage[];
}

export interface Source extends Placed {
  /** Null: the person. */
  readonly text: Text | null;
  readonly inform: 'one-month' | 'first-contact' | 'first-disclosure' | null;
}

/** How long, and what shortens or lengthens it: Art. 30(1)(f). A rule is carried out by the program, a term is a promise alone. */
export interface Storage extends Placed {
  readonly id: string;
  readonly is: 'rule' | 'term';
  readonly promise: string;
  readonly text: Text;
  /** ISO 8601, such as P90D. */
  readonly keep: string | null;
  readonly event: string | null;
  readonly startsAt: 'event' | 'end-of-day' | 'end-of-month' | 'end-of-year';
  readonly then: 'erase' | 'anonymise' | 'review' | null;
  readonly criterion: Text | null;
  readonly minimum: Statute | null;
  readonly maximum: Statute | null;
  readonly justification: Text | null;
  /** Stays while that other data, which refers to it, is under its statutory minimum. */
  readonly keptWhile: readonly { readonly data: string; readonly text: Text; readonly minimum: Statute }[];
  readonly extendedBy: { readonly consent: string; readonly atMost: string | null } | null;
  readonly backupsGone: string | null;
}

export interface RecipientOf extends Named {
  readonly name: string | null;
  readonly role: Recipient['role'];
  readonly country: string;
  readonly inStatement: boolean;
  /** Which data of the activity it gets. */
  readonly data: readonly string[];
  /** For a processor or sub-processor (Art. 28(3)). */
  readonly agreement: Agreement | null;
}

/** To a country outside the EEA: Art. 30(1)(e), 30(2)(c). */
export interface Transfer extends Placed {
  readonly recipient: string;
  readonly country: string;
  readonly mechanism: Mechanism | null;
  /** Why the adequacy decision that is relied on does not carry it; null when it does, or none is relied on. */
  readonly inadequate: Text | null;
  readonly copy: Text | null;
  readonly assessment: Shown | null;
}

export interface AutomatedDecision extends Placed {
  readonly text: Text;
  readonly article22: boolean;
  readonly basis: string | null;
  readonly logic: Text | null;
  readonly significance: Text | null;
  readonly consequences: Text | null;
  readonly review: Text | null;
}

export interface Dpia extends Placed {
  readonly needed: boolean;
  readonly reason: Text | null;
  readonly assessment: Shown | null;
  readonly reviewEvery: string | null;
}

/** A system of the estate that holds data of the activity, and where in it. */
export interface SystemUsed extends Placed {
  readonly id: string;
  readonly title: Text;
  readonly country: string;
  readonly place: string;
  readonly datasets: readonly Selector[];
}

export interface Selector {
  readonly dataset: string;
  readonly data: string;
  /** A table, a path template, or what a person does. */
  readonly at: string;
}

/** State of the promise behind an activity, when the living systems were asked. */
export interface Proof {
  /** As the board says it: "kept", "not proven". */
  readonly text: Text;
  /** The day since when. */
  readonly since: string;
}

export interface Activity extends Placed {
  readonly id: string;
  readonly role: Role;
  readonly purpose: Text;
  /** What kind of purpose it is, in the Data Privacy Vocabulary. */
  readonly dpv: NonNullable<Purpose['dpv']>;
  readonly openEnded: boolean;
  /** Processor only; null when the policy does not name whose purpose it is. */
  readonly client: string | null;
  /** Art. 6(1). Empty for a processor: the basis is its client's. */
  readonly bases: readonly (Placed & { readonly basis: Basis; readonly article: string })[];
  readonly interest: (Placed & { readonly text: Text; readonly assessment: Shown | null }) | null;
  readonly statutes: readonly Statute[];
  readonly furtherUse: (Placed & { readonly of: string; readonly compatibility: Shown | null }) | null;
  readonly subjects: readonly Subject[];
  readonly data: readonly DataUsed[];
  readonly provision:
    | (Placed & { readonly required: 'statute' | 'contract' | 'no'; readonly consequence: Text | null })
    | null;
  readonly recipients: readonly RecipientOf[];
  readonly transfers: readonly Transfer[];
  readonly automated: AutomatedDecision | null;
  readonly dpia: Dpia | null;
  readonly systems: readonly SystemUsed[];
  readonly owner: Text | null;
  readonly reviewed: string | null;
  /** "review-due": the assessment asks for a look that has not been taken in time. */
  readonly status: 'reviewed' | 'review-due' | 'not-reviewed';
  readonly promise: string;
  readonly promiseName: Text | null;
  readonly proof: Proof | null;
}

/** Art. 32(1), in general terms: Art. 30(1)(g), 30(2)(d). */
export interface Measure extends Named {
  readonly promise: string;
  readonly promiseName: Text | null;
  readonly kind: Policy['measures'][number]['kind'];
  readonly controls: readonly string[];
  readonly shownBy: readonly EvidenceNamed[];
  readonly every: string | null;
  readonly last: string | null;
}

export interface Register {
  readonly role: Role;
  /** Day whose law counts, "2026-11-24". */
  readonly day: string;
  readonly version: string | null;
  /** Who keeps the register: the controller, or the processor. */
  readonly organisation: Organisation;
  readonly representative: Party | null;
  readonly jointControllers: readonly JointController[];
  /** Null: the policy has no DPO. */
  readonly dpo: Dpo | null;
  /** Processor only: the controllers that are served. */
  readonly clients: readonly Client[];
  readonly activities: readonly Activity[];
  /** Authorities, a new owner: recipients that no single purpose has. */
  readonly disclosures: readonly (Named & { readonly kind: Policy['disclosures'][number]['kind'] })[];
  readonly locations: Placed & { readonly allowed: readonly string[]; readonly text: Text | null };
  /** What suspends every term of storage. */
  readonly holds: Placed & { readonly decides: Text | null; readonly reviewEvery: string | null };
  readonly measures: readonly Measure[];
}
