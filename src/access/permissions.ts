/** Who may do what. The one table; a route names its permission, and reads as a sentence. */
import type { Instant } from '../base/time.ts';
import { roles, type Actor, type Role } from './model.ts';
import { refusals } from './phrases.ts';

interface Rule {
  /** Roles that may, whatever it is about. */
  readonly all: readonly Role[];
  /** Roles that may where it is about themselves or their own client. */
  readonly own: readonly Role[];
  /** Two factors must have been shown within minutes. */
  readonly fresh: boolean;
  /** Two people are needed: see second-look.ts. */
  readonly two: boolean;
}

const by = (...all: readonly Role[]): Rule => ({ all, own: [], fresh: false, two: false });
const own = (rule: Rule, ...roles: readonly Role[]): Rule => ({ ...rule, own: roles });
const fresh = (rule: Rule): Rule => ({ ...rule, fresh: true });
const two = (rule: Rule): Rule => ({ ...rule, fresh: true, two: true });

const officer = 'privacy-officer';
const [engineer, approver, dpo, auditor, client, subject] = [
  'engineer',
  'approver',
  'dpo',
  'auditor',
  'client',
  'subject',
] as const;

const table = {
  // What is promised
  'see the board': by(officer, engineer, approver, dpo, auditor),
  'see the policy': by(officer, engineer, approver, dpo, auditor),
  'change the policy': by(officer),
  'publish a statement': two(by(officer, approver)),
  'override a finding': two(by(officer, dpo)),
  'see the register': by(officer, engineer, approver, dpo, auditor),
  "see a client's register": own(by(officer, engineer, approver, dpo, auditor), client),
  "see a client's proofs": own(by(officer, engineer, approver, dpo, auditor), client),
  'see the ledger': by(officer, engineer, approver, dpo, auditor),
  // Where the data is
  'see systems': by(officer, engineer, approver, dpo, auditor),
  'connect a system': fresh(by(engineer)),
  'look into a system': by(officer, engineer),
  // What is due
  'see plans': by(officer, engineer, approver, dpo, auditor),
  'make a plan': by(officer, engineer),
  'approve a plan': two(by(officer, approver)),
  'carry out a plan': fresh(by(officer, engineer)),
  'see holds': by(officer, engineer, approver, dpo, auditor),
  'place a hold': by(officer, approver, dpo),
  'review a hold': by(officer, approver, dpo),
  'release a hold': two(by(officer, approver, dpo)),
  'see tasks': by(officer, engineer, approver, dpo, auditor),
  'sign off a task': by(officer, engineer),
  'declare what was seen': fresh(by(officer, engineer, dpo)),
  // What people ask
  'see requests': by(officer, dpo),
  'handle a request': by(officer),
  'make a request': own(by(), subject),
  'see own requests': own(by(), subject),
  'open the vault': fresh(by(officer, dpo)),
  "read the DPO's box": fresh(by(dpo)),
  "admit a key to the DPO's box": fresh(by(dpo)),
  // Who is who
  'see people': by(officer, dpo, auditor),
  'invite people': fresh(by(officer)),
  'change roles': fresh(by(officer)),
  'end access': fresh(by(officer)),
  'review access': by(officer, dpo),
  'sign the declaration': by(officer, engineer, approver, dpo, auditor, client),
  'see settings': by(officer, engineer, dpo, auditor),
  'change settings': fresh(by(officer, engineer)),
} as const satisfies Readonly<Record<string, Rule>>;

export type Permission = keyof typeof table;
export const permissions = Object.keys(table) as readonly Permission[];

export const ruleOf = (permission: Permission): Rule => table[permission];

/** What a deed is about, where that matters: a client of ours, or the account of a person. */
export interface About {
  readonly client?: string;
  readonly account?: string;
}

/** `can(actor, 'approve a plan')`; `can(actor, "see a client's register", { client: 'bakery' })`. */
export function can(actor: Actor, permission: Permission, about: About = {}): boolean {
  const rule: Rule = table[permission];
  if (actor.roles.some((role) => rule.all.includes(role))) return true;
  return actor.roles.some((role) => rule.own.includes(role) && isOwn(actor, role, about));
}

function isOwn(actor: Actor, role: Role, about: About): boolean {
  if (role === client) return about.client !== undefined && actor.clients.includes(about.client);
  return about.account === undefined || about.account === actor.account;
}

/** What is not there is refused in the same words as what is not for this person. */
export const { notThere } = refusals;

/** Whether this actor sees every client, or only those named. */
export function clientsSeenBy(actor: Actor): 'all' | readonly string[] {
  return can(actor, "see a client's register") ? 'all' : actor.clients;
}

/**
 * Refuses what this actor may not. The refusal is the one for something that is not there, so that nobody learns from it
 * whether another client, account or case exists.
 */
export function allow(actor: Actor, permission: Permission, about: About = {}): void {
  if (!can(actor, permission, about)) throw refusals.notThere();
}

/** Refuses when two factors were shown longer ago than so many minutes; only for what the table marks so. */
export function requireStepUp(
  actor: Actor,
  permission: Permission,
  at: { readonly now: Instant; readonly withinMinutes: number },
): void {
  if (table[permission].fresh && !isFresh(actor, at)) throw refusals.stepUpNeeded();
}

export function isFresh(
  actor: Pick<Actor, 'stepUpAt'>,
  at: { readonly now: Instant; readonly withinMinutes: number },
): boolean {
  if (actor.stepUpAt === null) return false;
  const age = at.now.epochMilliseconds - actor.stepUpAt.epochMilliseconds;
  return age >= 0 && age <= at.withinMinutes * 60_000;
}

/** The whole table as Markdown, for docs/generated. */
export function permissionsPage(): string {
  const cell = (permission: Permission, role: Role): string => {
    const { all, own } = ruleOf(permission);
    return all.includes(role) ? 'yes' : own.includes(role) ? 'own' : '';
  };
  const rows = permissions.map((permission) => {
    const { fresh, two } = ruleOf(permission);
    return `| ${permission} | ${roles.map((role) => cell(permission, role)).join(' | ')} | ${fresh ? 'yes' : ''} | ${two ? 'yes' : ''} |`;
  });
  return [
    '# Who may do what',
    '',
    'Written from the table in the program by `npm run generate`. "own": where it is about themselves, or the client they belong to.',
    '"Fresh": a second factor was shown within minutes. "Two": another person must look too. What is not in the table nobody may.',
    '',
    `| may | ${roles.join(' | ')} | fresh | two |`,
    `|---|${roles.map(() => '---').join('|')}|---|---|`,
    ...rows,
    '',
  ].join('\n');
}
