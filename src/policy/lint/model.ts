/** What a rule of the linter is, what it is told, and what it finds. */
import type { Text } from '../../base/language.ts';
import type { Path } from '../../base/yaml.ts';
import type { LawBook } from '../law.ts';
import type { PolicyParsed } from '../read.ts';
import type { Policy } from '../schema.ts';

/** E blocks publication · W needs a reason in the policy · I is advice. */
export type Severity = 'E' | 'W' | 'I';

/** Where the data stands, as far as the linter asks: made from the estate beside the policy. */
export interface EstateSummary {
  readonly systems: readonly {
    readonly id: string;
    readonly role: 'controller' | 'processor';
    readonly country: string;
    readonly datasets: readonly {
      readonly id: string;
      /** The data category of the policy that it belongs to. */
      readonly data: string;
      readonly kind: 'table' | 'tree' | 'task';
    }[];
  }[];
}

/**
 * What only the running systems can tell. Leave it out and GST-D07 and GST-I04 are silent, and GST-H03 judges by what the
 * policy declares in "shownBy". What makes a sentence of the statement false is an error. What is promised and not shown yet is
 * a warning: the statement says of it that it is not proven, and a first version can be published by whoever is honest about it.
 */
export interface Living {
  /** When these facts were gathered, an ISO 8601 instant such as "2026-11-25T10:00:00Z". */
  readonly now: string;
  /** GST-D07: the retention rules that connected systems carry out. A rule that is not here is bound to nothing. */
  readonly bound: readonly {
    /** Id in "retention". */
    readonly rule: string;
    /** When the rule was last carried out on every system it is bound to; null: never. */
    readonly lastRun: string | null;
    /** Seconds that should lie between two runs. */
    readonly interval: number;
  }[];
  /** GST-I04: where two of register, statement and enforcement do not say the same. */
  readonly drift: readonly {
    readonly between: readonly ['register' | 'statement' | 'enforcement', 'register' | 'statement' | 'enforcement'];
    /** What differs, without personal data: 'the mailbox "info" has no term'. */
    readonly message: Text;
    /** Place in the policy to mend, such as ['retention', 3]; the statement as a whole when absent. */
    readonly path?: Path;
    /** Nothing says otherwise, nothing carries it out either: a promise that is still to be made true. */
    readonly promisedOnly?: true;
  }[];
  /** GST-G03: what the website was seen to do that the policy does not say; absent when nothing was seen, or nobody looked. */
  readonly site?: Text;
  /** GST-H03: by its name in "shownBy", when a control was last shown. One that is not here was never shown. */
  readonly controls: readonly {
    readonly control: string;
    /** Instant; null: never. */
    readonly shownAt: string | null;
    /** Whether what was shown is too old to count, or has ended. */
    readonly stale: boolean;
    /** What was shown is that it is not so. */
    readonly broken?: true;
  }[];
}

export interface LintContext {
  readonly policy: Policy;
  /** Tells the line of a place. */
  readonly parsed: Pick<PolicyParsed, 'problem'>;
  readonly book: LawBook;
  /** The day whose law counts, "2026-11-25". */
  readonly at: string;
  /** Whether a file that the policy names beside itself is there. Not asked for https addresses. */
  readonly has: (document: string) => boolean;
  readonly estate: EstateSummary | null;
  readonly living?: Living;
}

/** One place where a rule is not met. */
export interface Hit {
  /** Where, or where it should have been written: ['purposes', 2, 'basis']. */
  readonly path: Path;
  /** What is wrong and what to write instead. */
  readonly message: Text;
  /** When it differs from the rule's. */
  readonly severity?: Severity;
  /** The reason that the policy itself gives at this place. */
  readonly justification?: Text;
}

export interface Rule {
  /** "GST-A01"; the letter is the file in rules/. */
  readonly id: string;
  readonly article: string;
  readonly severity: Severity;
  /** When an error of this rule is only a warning. */
  readonly mild?: Text;
  /** Ids in law/: the rule rests on each of them, and fires only while all are in force. */
  readonly sources: readonly string[];
  /** What must be so. */
  readonly title: Text;
  /** Why the law asks it. */
  readonly why: Text;
  /** What to write instead. */
  readonly write: Text;
  /** The rule asks only about living facts. */
  readonly needsLiving?: true;
  readonly check: (context: LintContext) => readonly Hit[];
}

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly article: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The place by name: "retention.video-90-days.keep". */
  readonly path: string;
  readonly message: Text;
  /** Why it stands all the same, in the policy's own words; null when it gives no reason, and always for an error. */
  readonly justification: Text | null;
}

export interface LintReport {
  readonly at: string;
  readonly errors: number;
  /** Without those that are justified. */
  readonly warnings: number;
  /** Without those that are justified. */
  readonly advice: number;
  /** Warnings and advice whose reason stands in the policy. */
  readonly justified: number;
  /** In the order of the rules, then of the file. */
  readonly findings: readonly Finding[];
}
