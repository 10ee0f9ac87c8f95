/** Sections of a policy in the making, and what could not be read. */
import type { Language, Text } from '../../../../base/language.ts';
import type { DataCategory, Policy, Purpose, Recipient } from '../../../../policy/index.ts';
import type { Mechanism } from '../model.ts';
import { slug } from './words.ts';

/** not-read: it stands in the file as a note only · check: it was read, and someone must look whether it is right. */
export interface Remark {
  readonly is: 'not-read' | 'check';
  /** As the spreadsheet numbers its rows; the header is one of them. */
  readonly row: number;
  readonly column: string;
  readonly value: string;
  /** What to do. */
  readonly text: Text;
}

export interface AgreementDraft {
  readonly id: string;
  readonly signed: string | null;
  readonly until: string | null;
  readonly breachHours: number | null;
}

interface Entry {
  readonly id: string;
  readonly text: string;
}
export interface SubjectDraft extends Entry {
  readonly kind: Policy['subjects'][number]['kind'];
}
export interface DataDraft extends Entry {
  /** Where it was read by its words alone; null when our own export gave its id. */
  readonly column: string | null;
  kind: DataCategory['kind'];
  readonly subjects: Set<string>;
  /** Null: the person. */
  readonly sources: Map<string | null, 'one-month' | 'first-contact' | 'first-disclosure' | null>;
  condition: { gdpr: string | null; national: string | null } | null;
  statute: string | null;
}
export interface RecipientDraft extends Entry {
  role: Recipient['role'];
  country: string | null;
  readonly data: Set<string>;
  agreement: AgreementDraft | null;
  transfer: { mechanism: Mechanism; assessment: { document: string; date: string } | null } | null;
}
export interface ClientDraft extends Entry {
  processing: string;
  agreement: AgreementDraft | null;
}
export interface TermDraft extends Entry {
  readonly promise: string;
  readonly data: Set<string>;
  readonly keep: string | null;
  readonly from: string | null;
  readonly startsAt: string | null;
  readonly criterion: string | null;
  readonly minimum: string | null;
  readonly maximum: string | null;
  readonly extendedBy: { readonly consent: string; readonly atMost: string | null } | null;
  readonly backups: string | null;
}
export interface MeasureDraft extends Entry {
  readonly kind: string;
  readonly promise: string;
}
export interface PurposeDraft extends Entry {
  readonly row: number;
  readonly role: Purpose['role'];
  readonly promise: string | null;
  readonly basis: readonly Purpose['basis'][number][];
  readonly statute: readonly string[];
  readonly client: string | null;
  readonly interest: { readonly text: string; readonly assessment: { document: string; date: string } | null } | null;
  readonly subjects: readonly string[];
  readonly data: readonly string[];
  readonly recipients: readonly string[];
  readonly provision: { readonly required: string; readonly consequence: string | null } | null;
  readonly dpia: {
    readonly needed: boolean;
    readonly reason: string | null;
    readonly reviewEvery: string | null;
    readonly assessment: { document: string; date: string } | null;
  } | null;
  readonly owner: string | null;
  readonly reviewed: string | null;
  /** What stands beside it as a comment: column and value. */
  readonly notes: readonly string[];
}

/** Things by id, and by the words that name them: the same words are the same thing. */
export class Named<T extends Entry> {
  readonly all = new Map<string, T>();
  readonly #byText = new Map<string, string>();
  readonly #prefix: string;
  constructor(prefix: string) {
    this.#prefix = prefix;
  }
  /** The thing that these words or this id name; made when there is none yet. */
  of(text: string, id: string | null, make: (id: string) => T): T {
    const words = text.toLowerCase().replaceAll(/\s+/g, ' ');
    const known = this.all.get(id ?? this.#byText.get(words) ?? '');
    if (known) return known;
    const made = make(id ?? this.free(slug(text)));
    this.all.set(made.id, made);
    this.#byText.set(words, made.id);
    return made;
  }
  /** This id, or the first free one after it. */
  free(id: string): string {
    const base = id === '' ? `${this.#prefix}-${this.all.size + 1}` : id;
    let free = base;
    for (let n = 2; this.all.has(free); n++) free = `${base}-${n}`;
    return free;
  }
}

export interface Draft {
  readonly language: Language;
  readonly subjects: Named<SubjectDraft>;
  readonly data: Named<DataDraft>;
  readonly purposes: Named<PurposeDraft>;
  readonly recipients: Named<RecipientDraft>;
  readonly clients: Named<ClientDraft>;
  readonly terms: Named<TermDraft>;
  readonly measures: Named<MeasureDraft>;
  /** Measures of no known kind, said once although every row repeats them. */
  readonly measuresLeft: Set<string>;
  /** Rows that could not become an activity: all their cells, as notes. */
  readonly left: { readonly row: number; readonly notes: readonly string[] }[];
  readonly remarks: Remark[];
}

export function emptyDraft(language: Language): Draft {
  return {
    language,
    subjects: new Named('group'),
    data: new Named('data'),
    purposes: new Named('purpose'),
    recipients: new Named('recipient'),
    clients: new Named('client'),
    terms: new Named('term'),
    measures: new Named('measure'),
    measuresLeft: new Set(),
    left: [],
    remarks: [],
  };
}
