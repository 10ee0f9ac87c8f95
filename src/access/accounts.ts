/**
 * People and their accounts. There is no account to begin with and no password that anyone else knew: an account starts with
 * a link that works once and not long. A name belongs to one person and is never changed, since it stands under approvals.
 */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { opaqueId } from '../base/id.ts';
import type { Language } from '../base/language.ts';
import { instantFromEpochMs, type Instant } from '../base/time.ts';
import { StoreRefused, type Database, type Tx } from '../database/index.ts';
import { audit, nameOf, type By } from './audit.ts';
import { keyOf, Role, type Account, type Actor } from './model.ts';
import { refusals } from './phrases.ts';
import { endSessionsOf, newToken, type Token } from './sessions.ts';
import type { AccessWorld } from './world.ts';

export interface Invited {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  /** Clients whose own they see; for the role of client only. */
  readonly clients?: readonly string[];
  /** An auditor's account has a last day. */
  readonly until?: Instant;
  /** In which they are written to, until they choose themselves. */
  readonly language?: Language;
  /** There is somebody of this name, and it is they. */
  readonly samePerson?: boolean;
}

export interface Link {
  readonly account: string;
  /** To be handed to the person, and to nobody else. After the "#", so that no server or proxy on the way writes it down. */
  readonly link: string;
  readonly token: Token;
  readonly expires: Instant;
}

/** Makes an account and its first link. */
export async function invite(world: AccessWorld, by: By, whom: Invited): Promise<Link> {
  return world.db.transaction().execute(async (tx) => {
    const account = await createAccount(tx, world, by, whom, { state: 'invited', rolesBy: null });
    await audit(tx, world, 'access.invited', { account, name: whom.name, roles: [...whom.roles], by: nameOf(by) });
    return makeLink(tx, world, account, 'enrol', by);
  });
}

/** Makes an account within a transaction; its id. Refuses what may not be, before anything is written. */
export async function createAccount(
  tx: Tx,
  world: AccessWorld,
  by: By,
  whom: Invited,
  as: { state: 'invited' | 'active'; rolesBy: string | null },
): Promise<string> {
  checkAccount(whom, world.clock());
  if (as.rolesBy === null) mayGive(by, [], whom.roles);
  const id = opaqueId('a');
  const person = await personOf(tx, world, whom.name, whom.samePerson ?? false);
  try {
    await sql`
      insert into access.account (id, person, email, email_key, handle, roles, clients, roles_by, state, until, language, made)
      values (${id}, ${person}, ${whom.email.trim()}, ${keyOf(whom.email)}, ${randomBytes(32)}, ${[...whom.roles]}, ${[...(whom.clients ?? [])]},
              ${as.rolesBy}, ${as.state}, ${whom.until?.toString() ?? null}, ${whom.language ?? null}, ${world.clock().toString()})`.execute(
      tx,
    );
  } catch (cause) {
    if (cause instanceof StoreRefused && cause.constraint === 'account_email_key_key') throw refusals.emailTaken();
    throw cause;
  }
  return id;
}

/** One address and no more: of "a,b@example.nl" a mail program makes two. */
const oneAddress = /^[^\s@<>"(),:;[\]\\\p{C}]{1,64}@[^\s@<>"(),:;\\\p{C}]{1,190}$/u;

function checkAccount(whom: Omit<Invited, 'name' | 'email'> & Partial<Invited>, now: Instant): void {
  const wrong = refusals.badAccount;
  const { roles, clients = [], until, name, email } = whom;
  if (name !== undefined && (keyOf(name).length < 2 || name.length > 120))
    throw wrong('name', 'Geef een naam van 2 tot 120 tekens.', 'Give a name of 2 to 120 characters.');
  if (email !== undefined && !oneAddress.test(email.trim()))
    throw wrong('email', 'Dit is geen e-mailadres.', 'This is not an e-mail address.');
  if (roles.length === 0 || !roles.every((role) => Role.safeParse(role).success))
    throw wrong('roles', `Geef een rol: ${Role.options.join(', ')}.`, `Give a role: ${Role.options.join(', ')}.`);
  const outsider = roles.find((role) => role === 'client' || role === 'subject' || role === 'auditor');
  if (outsider !== undefined && roles.length > 1)
    throw wrong(
      'roles',
      `Wie ${outsider} is, heeft geen andere rol in hetzelfde account.`,
      `Whoever is ${outsider} has no other role in the same account.`,
    );
  if (roles.includes('client') !== clients.length > 0)
    throw wrong(
      'clients',
      'De rol client noemt haar klanten, en alleen die rol.',
      'The role of client names its clients, and only that role does.',
    );
  if (roles.includes('auditor') && until === undefined)
    throw wrong('until', 'Een auditor heeft een laatste dag.', 'An auditor has a last day.');
  if (until !== undefined && until.epochMilliseconds <= now.epochMilliseconds)
    throw wrong('until', 'De laatste dag is al voorbij.', 'The last day has passed already.');
}

/** Nobody gives roles to themselves, and only a DPO makes or unmakes a DPO: their independence is the law's (Art. 38(3)). */
function mayGive(by: By, before: readonly Role[], after: readonly Role[]): void {
  if (by === null) return;
  if (before.includes('dpo') !== after.includes('dpo') && !by.roles.includes('dpo')) throw refusals.dpoRole();
}

async function personOf(tx: Tx, world: AccessWorld, name: string, same: boolean): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from access.person where name_key = ${keyOf(name)}`.execute(tx);
  if (rows[0] !== undefined) {
    if (!same) throw refusals.nameTaken(name);
    return rows[0].id;
  }
  const id = opaqueId('p');
  const at = world.clock().toString();
  const done = await sql`
    insert into access.person (id, name, name_key, made) values (${id}, ${name.trim()}, ${keyOf(name)}, ${at})
    on conflict (name_key) do nothing`.execute(tx);
  if (done.numAffectedRows !== 1n) throw refusals.nameTaken(name);
  return id;
}

/** A new link; earlier ones of the account stop working. */
async function makeLink(
  tx: Tx,
  world: AccessWorld,
  account: string,
  stage: 'enrol' | 'new-password',
  by: By,
): Promise<Link> {
  const { token, hash } = newToken();
  const expires = world.clock().add({ hours: world.settings.invitationHours });
  await sql`delete from access.invitation where account = ${account}`.execute(tx);
  await sql`
    insert into access.invitation (hash, account, stage, made_by, expires)
    values (${hash}, ${account}, ${stage}, ${by?.account ?? null}, ${expires.toString()})`.execute(tx);
  return { account, token, expires, link: `${world.settings.site}/welcome#${token}` };
}

/** Gives other roles. They count from the next request on, also in sessions that are open. */
export async function changeRoles(
  world: AccessWorld,
  by: By,
  id: string,
  to: Pick<Invited, 'roles' | 'clients' | 'until'>,
): Promise<void> {
  const account = await accountById(world.db, id);
  refuseOwn(by, account);
  mayGive(by, account.roles, to.roles);
  checkAccount(to, world.clock());
  await world.db.transaction().execute(async (tx) => {
    await sql`
      update access.account set roles = ${[...to.roles]}, clients = ${[...(to.clients ?? [])]}, until = ${to.until?.toString() ?? null}, roles_by = null
       where id = ${id}`.execute(tx);
    await audit(tx, world, 'access.roles-changed', {
      account: id,
      name: account.name,
      from: [...account.roles],
      to: [...to.roles],
      by: nameOf(by),
    });
  });
}

/** The language that one reads; null leaves it to the browser, and in a mail to the organisation. */
export async function changeLanguage(world: AccessWorld, actor: Actor, language: Language | null): Promise<void> {
  await sql`update access.account set language = ${language} where id = ${actor.account}`.execute(world.db);
}

/** Ends an account: its sessions, links and known browsers go at once. What it decided stays. */
export async function disable(world: AccessWorld, by: By, id: string): Promise<void> {
  const account = await accountById(world.db, id);
  refuseOwn(by, account);
  mayGive(
    by,
    account.roles,
    account.roles.filter((role) => role !== 'dpo'),
  );
  await world.db.transaction().execute((tx) => disableWithin(tx, world, account, nameOf(by)));
}

export async function disableWithin(tx: Tx, world: AccessWorld, account: Account, by: string): Promise<void> {
  await sql`
    update access.account set state = 'disabled', ended = ${world.clock().toString()} where id = ${account.id}`.execute(
    tx,
  );
  for (const table of ['session', 'invitation', 'device', 'flow'])
    await sql`delete from ${sql.table(`access.${table}`)} where account = ${account.id}`.execute(tx);
  await audit(tx, world, 'access.ended', { account: account.id, name: account.name, by });
}

export type Reset = 'password' | 'second-factor' | 'everything';

/**
 * Helps someone who lost a password or a second factor, after they were recognised in another way. What they did not lose
 * stays: a new password does not open an account that has a second factor. Null when they can go on with what they have.
 */
export async function reset(world: AccessWorld, by: By, id: string, what: Reset): Promise<Link | null> {
  const account = await accountById(world.db, id);
  refuseOwn(by, account);
  // Whoever hands over the link could use it: nobody becomes the DPO in this way.
  if (by !== null && account.roles.includes('dpo') && !by.roles.includes('dpo')) throw refusals.dpoRole();
  // An account that was ended begins again from nothing, or not at all.
  if (account.state === 'disabled' && what !== 'everything') throw refusals.notThere();
  return world.db.transaction().execute(async (tx) => {
    await endSessionsOf(tx, id);
    await sql`delete from access.device where account = ${id}`.execute(tx);
    await sql`delete from access.flow where account = ${id}`.execute(tx);
    const dropPassword = what !== 'second-factor' || !account.hasLongPassword;
    if (dropPassword)
      await sql`update access.account set password = null, password_long = null where id = ${id}`.execute(tx);
    if (what !== 'password')
      for (const table of ['totp', 'recovery_code', 'passkey'])
        await sql`delete from ${sql.table(`access.${table}`)} where account = ${id}`.execute(tx);
    if (what === 'everything')
      await sql`update access.account set state = 'invited', ended = null where id = ${id}`.execute(tx);
    await audit(tx, world, 'access.reset', { account: id, name: account.name, what, by: nameOf(by) });
    if (!dropPassword) return null;
    const keepsFactor = what === 'password' && (account.hasCode || account.passkeys > 0);
    return makeLink(tx, world, id, keepsFactor ? 'new-password' : 'enrol', by);
  });
}

function refuseOwn(by: By, account: Pick<Account, 'person'>): void {
  if (by !== null && by.person === account.person) throw refusals.ownRoles();
}

interface Row {
  id: string;
  person: string;
  name: string;
  email: string;
  roles: Role[];
  clients: string[];
  roles_by: string | null;
  state: Account['state'];
  language: Language | null;
  until: Date | null;
  made: Date;
  last_seen: Date | null;
  has_password: boolean;
  password_long: boolean | null;
  has_code: boolean;
  passkeys: number;
  providers: string[];
}

const at = (date: Date | null): Instant | null => (date === null ? null : instantFromEpochMs(date.getTime()));

async function read(db: Database, where: ReturnType<typeof sql>): Promise<Account[]> {
  const { rows } = await sql<Row>`
    select a.id, a.person, p.name, a.email, a.roles, a.clients, a.roles_by, a.state, a.language, a.until, a.made, a.last_seen,
           a.password is not null as has_password, a.password_long,
           exists (select from access.totp t where t.account = a.id) as has_code,
           (select count(*)::int from access.passkey k where k.account = a.id) as passkeys,
           array(select distinct provider from access.identity i where i.account = a.id order by 1) as providers
      from access.account a join access.person p on p.id = a.person
     where ${where} order by p.name_key, a.made, a.id`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    person: row.person,
    name: row.name,
    email: row.email,
    roles: row.roles,
    clients: row.clients,
    rolesBy: row.roles_by,
    state: row.state,
    language: row.language,
    until: at(row.until),
    made: instantFromEpochMs(row.made.getTime()),
    lastSeen: at(row.last_seen),
    hasPassword: row.has_password,
    hasLongPassword: row.password_long ?? false,
    hasCode: row.has_code,
    passkeys: row.passkeys,
    providers: row.providers,
  }));
}

export async function listAccounts(db: Database): Promise<Account[]> {
  return read(db, sql`true`);
}

/** Refuses with "not there" when there is none. */
export async function accountById(db: Database, id: string): Promise<Account> {
  const [account] = await read(db, sql`a.id = ${id}`);
  if (account === undefined) throw refusals.notThere();
  return account;
}

export async function accountByEmail(db: Database, email: string): Promise<Account | null> {
  const [account] = await read(db, sql`a.email_key = ${keyOf(email)}`);
  return account ?? null;
}
