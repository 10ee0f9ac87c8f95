import {
  accountByEmail,
  changeRoles,
  checkDirectory,
  disable,
  hasSecondFactor,
  invite,
  listAccounts,
  listSessions,
  reset,
  revoke,
  Role,
  type AccessWorld,
  type Account,
  type DirectoryReport,
  type Link,
  type Reset,
} from '../../access/index.ts';
import { openAccess } from '../../app/access.ts';
import type { Language, Text } from '../../base/language.ts';
import { fromWall, instant, lastDay as lastDayBefore, type Instant } from '../../base/time.ts';
import { Mistake, Refusal } from '../../promises/world.ts';
import { argument, exit, list, oneOf, required, text, withWorld, type Command, type Context } from '../command.ts';
import { day } from '../output.ts';

export const people: Command = {
  name: 'people',
  summary: {
    nl: 'wie zich kan aanmelden: uitnodigen, tonen, rollen, beëindigen, herstellen, sessies',
    en: 'who can sign in: invite, list, roles, disable, reset, sessions',
  },
  usage: 'gestand people list|invite|roles|disable|reset|sessions|revoke|directories [E-MAIL]',
  takes: { '': 2, list: 1, invite: 1, directories: 1 },
  words: {
    known: ['list', 'invite', 'roles', 'disable', 'reset', 'sessions', 'revoke', 'directories'],
    needed: true,
  },
  options: {
    name: {
      type: 'string',
      help: { nl: 'de naam van de persoon; zij verandert niet', en: "the person's name; it does not change" },
    },
    email: { type: 'string', help: { nl: 'e-mailadres', en: 'e-mail address' } },
    role: { type: 'string', multiple: true, help: { nl: Role.options.join(' | '), en: Role.options.join(' | ') } },
    client: {
      type: 'string',
      multiple: true,
      help: { nl: 'klant waarvan de rol client het eigene ziet', en: 'client whose own the role of client sees' },
    },
    language: {
      type: 'string',
      help: {
        nl: 'taal waarin de persoon mail krijgt: nl | en',
        en: 'language that the person is written to in: nl | en',
      },
    },
    until: { type: 'string', help: { nl: 'laatste dag van het account', en: 'last day of the account' } },
    'same-person': {
      type: 'boolean',
      help: { nl: 'een tweede account van wie er al is', en: 'a second account of somebody who is there' },
    },
    what: {
      type: 'string',
      help: {
        nl: 'wat verloren is: password | second-factor | everything',
        en: 'what was lost: password | second-factor | everything',
      },
    },
    session: { type: 'string', help: { nl: 'alleen deze sessie', en: 'this session only' } },
  },
  examples: [
    'gestand people invite --name "A. de Beer" --email anna@example.nl --role privacy-officer',
    'gestand people invite --name "C. Keur" --email c.keur@audit.example --role auditor --until 2027-01-31',
    'gestand people reset anna@example.nl --what password',
    'gestand people revoke anna@example.nl',
  ],
  run: (context) => {
    const deed = deeds[context.args[0] as keyof typeof deeds]; // the command line has looked at the word
    return withWorld(context, async (world) => {
      await deed(context, openAccess(world, context.config));
      await world.flush();
      return exit.ok;
    });
  },
};

const deeds = {
  list: async ({ out }, access) => {
    const accounts = await listAccounts(access.db);
    if (accounts.length === 0)
      out.line(
        `  ${out.t({ nl: 'Nog niemand. De eerste: gestand people invite --name NAAM --email ADRES --role privacy-officer', en: 'Nobody yet. The first: gestand people invite --name NAME --email ADDRESS --role privacy-officer' })}`,
      );
    else
      out.table(
        [
          { nl: 'naam', en: 'name' },
          { nl: 'e-mail', en: 'e-mail' },
          { nl: 'rollen', en: 'roles' },
          { nl: 'staat', en: 'state' },
          { nl: 'factoren', en: 'factors' },
          { nl: 'tot en met', en: 'until' },
          { nl: 'gezien', en: 'seen' },
        ].map(out.t),
        accounts.map((one) => [
          one.name,
          one.email,
          [...one.roles, ...one.clients].join(' '),
          out.t(states[one.state]),
          factors(one)
            .map((factor) => out.t(factorWords[factor] ?? { nl: factor, en: factor }))
            .join(' '),
          one.until === null ? '' : lastDayBefore(one.until, access.zone),
          day(one.lastSeen?.toString() ?? null),
        ]),
      );
    out.result({
      people: accounts.map((one) => ({
        account: one.id,
        name: one.name,
        email: one.email,
        roles: one.roles,
        clients: one.clients,
        state: one.state,
        secondFactor: hasSecondFactor(one),
        factors: factors(one),
        until: one.until?.toString() ?? null,
        lastSeen: one.lastSeen?.toString() ?? null,
      })),
    });
  },
  invite: async (context, access) => {
    const until = lastDay(context, access);
    const link = await invite(access, null, {
      name: required(context, 'name'),
      email: required(context, 'email'),
      roles: rolesOf(context),
      clients: list(context, 'client'),
      samePerson: context.values['same-person'] === true,
      ...languageOf(context),
      ...(until === null ? {} : { until }),
    });
    showLink(context, link);
  },
  roles: async (context, access) => {
    const account = await named(context, access);
    const until = lastDay(context, access);
    const to = { roles: rolesOf(context), clients: list(context, 'client'), ...(until === null ? {} : { until }) };
    await changeRoles(access, null, account.id, to);
    context.out.line(`  ${account.name}: ${to.roles.join(', ')}`);
    context.out.result({ account: account.id, roles: to.roles, clients: to.clients });
  },
  disable: async (context, access) => {
    const account = await named(context, access);
    await disable(access, null, account.id);
    context.out.line(
      `  ${account.name}: ${context.out.t({ nl: 'het account is beëindigd, met al zijn sessies', en: 'the account has ended, with all its sessions' })}`,
    );
    context.out.result({ account: account.id, state: 'disabled' });
  },
  reset: async (context, access) => {
    const account = await named(context, access);
    const what = required(context, 'what');
    if (!isReset(what))
      throw new Mistake('option-needed', {
        nl: '--what is password, second-factor of everything.',
        en: '--what is password, second-factor or everything.',
      });
    const link = await reset(access, null, account.id, what);
    if (link !== null) return showLink(context, link);
    context.out.line(
      `  ${account.name}: ${context.out.t({ nl: 'meldt zich aan met het wachtwoord en stelt dan een nieuwe tweede factor in', en: 'signs in with the password and then enrols a new second factor' })}`,
    );
    context.out.result({ account: account.id, link: null, expires: null });
  },
  sessions: async (context, access) => {
    const { out } = context;
    const account = context.args[1] === undefined ? null : await named(context, access);
    const sessions = await listSessions(access, account?.id);
    const names = new Map((await listAccounts(access.db)).map((one) => [one.id, one.name]));
    for (const one of sessions)
      out.line(
        `  ${one.session}  ${names.get(one.account) ?? one.account}  ${one.shown.join('+')}  ${one.browser}  ${out.t({ nl: 'gebruikt', en: 'used' })} ${one.seen.toString().slice(0, 16)}Z`,
      );
    if (sessions.length === 0) out.line(`  ${out.t({ nl: 'Er zijn geen sessies.', en: 'There are no sessions.' })}`);
    out.result({
      sessions: sessions.map((one) => ({
        session: one.session,
        account: one.account,
        name: names.get(one.account) ?? null,
        shown: one.shown,
        browser: one.browser,
        started: one.started.toString(),
        seen: one.seen.toString(),
        ends: one.ends.toString(),
      })),
    });
  },
  revoke: async (context, access) => {
    const session = text(context, 'session');
    const ended = await revoke(
      access,
      null,
      session === undefined ? { account: (await named(context, access)).id } : { session },
    );
    if (session !== undefined && ended === 0)
      throw new Refusal('session-unknown', {
        nl: `Er is geen sessie "${session}". "gestand people sessions" toont ze.`,
        en: `There is no session "${session}". "gestand people sessions" shows them.`,
      });
    context.out.line(`  ${context.out.t({ nl: 'Beëindigde sessies', en: 'Sessions ended' })}: ${ended}`);
    context.out.result({ ended });
  },
  directories: async (context, access) => {
    const { out, config } = context;
    const reports = [];
    for (const directory of access.settings.directories) {
      const report = await checkDirectory(access, directory, config.secret(directory.bind.password, config.home));
      reports.push(report);
      showDirectory(context, report);
    }
    if (reports.length === 0)
      out.line(`  ${out.t({ nl: 'access.yaml noemt geen adreslijst.', en: 'access.yaml names no directory.' })}`);
    out.result({
      directories: reports.map((one) => ({
        directory: one.directory,
        accounts: one.accounts,
        withoutSecondFactor: one.withoutSecondFactor?.map((account) => account.login) ?? null,
        stale: one.stale.map((account) => account.login),
        policy: one.policy,
        weak: one.weak,
      })),
    });
  },
} satisfies Readonly<Record<string, (context: Context, access: AccessWorld) => Promise<void>>>;

function showDirectory({ out }: Context, report: DirectoryReport): void {
  const logins = (accounts: readonly { login: string }[]): string => accounts.map((one) => one.login).join(' ');
  out.line(`  ${report.directory}: ${report.accounts} ${out.t({ nl: 'accounts', en: 'accounts' })}`);
  if (report.withoutSecondFactor?.length)
    out.line(
      `    ${out.t({ nl: 'buiten de groep met een tweede factor', en: 'outside the group with a second factor' })}: ${logins(report.withoutSecondFactor)}`,
    );
  if (report.stale.length > 0)
    out.line(`    ${out.t({ nl: 'lang niet gebruikt', en: 'not used for long' })}: ${logins(report.stale)}`);
  for (const one of report.weak) out.line(`    ${out.t(weaknesses[one])}`);
}

const weaknesses: Readonly<Record<DirectoryReport['weak'][number], Text>> = {
  short: { nl: 'wachtwoorden mogen te kort zijn', en: 'passwords may be too short' },
  'no-limit': { nl: 'raden wordt niet begrensd', en: 'guessing has no limit' },
  'forced-change': {
    nl: 'wachtwoorden moeten geregeld anders, wat ze zwakker maakt',
    en: 'passwords must change regularly, which makes them weaker',
  },
};

const states: Readonly<Record<Account['state'], Text>> = {
  invited: { nl: 'uitgenodigd', en: 'invited' },
  active: { nl: 'actief', en: 'active' },
  disabled: { nl: 'beëindigd', en: 'ended' },
};

/** How somebody shows who they are; a sign-in service has its own name. */
const factorWords: Readonly<Record<string, Text>> = {
  password: { nl: 'wachtwoord', en: 'password' },
  code: { nl: 'code', en: 'code' },
  passkey: { nl: 'passkey', en: 'passkey' },
};

function factors(account: Account): string[] {
  return [
    ...(account.hasPassword ? ['password'] : []),
    ...(account.hasCode ? ['code'] : []),
    ...(account.passkeys > 0 ? ['passkey'] : []),
    ...account.providers,
  ];
}

const isReset = (what: string): what is Reset => ['password', 'second-factor', 'everything'].includes(what);

/** Each is looked at by the service; what is no role at all is said here, with the list. */
function rolesOf(context: Context): Role[] {
  return list(context, 'role').map((one) => oneOf({ nl: '--role', en: '--role' }, one, Role.options, 'account-wrong'));
}

function languageOf(context: Context): { language?: Language } {
  const given = text(context, 'language');
  if (given === undefined) return {};
  if (given === 'nl' || given === 'en') return { language: given };
  throw new Mistake('account-wrong', { nl: '--language is nl of en.', en: '--language is nl or en.' });
}

async function named(context: Context, access: AccessWorld): Promise<Account> {
  const email = argument(context, 1, { nl: 'het e-mailadres', en: 'the e-mail address' });
  const account = await accountByEmail(access.db, email);
  if (account === null)
    throw new Refusal('no-account', {
      nl: `Er is geen account met het adres "${email}". "gestand people list" toont ze.`,
      en: `There is no account with the address "${email}". "gestand people list" shows them.`,
    });
  return account;
}

/** "2027-01-31" is the whole of that day, where the organisation is. */
function lastDay(context: Context, access: AccessWorld): Instant | null {
  const given = text(context, 'until');
  if (given === undefined) return null;
  const end = /^\d{4}-\d\d-\d\d$/.test(given) ? fromWall(`${given} 23:59:59`, access.zone) : parsed(given);
  if (end !== null) return end;
  throw new Mistake('account-wrong', {
    nl: `"${given}" is geen dag zoals 2027-01-31.`,
    en: `"${given}" is no day such as 2027-01-31.`,
  });
}

function parsed(given: string): Instant | null {
  try {
    return instant(given);
  } catch {
    return null;
  }
}

function showLink({ out }: Context, link: Link): void {
  out.line(`  ${out.paint(link.link, 'bold')}`);
  out.line(
    `  ${out.t({ nl: `Werkt één keer, tot ${link.expires.toString().slice(0, 16)}Z. Geef hem aan de persoon zelf en aan niemand anders.`, en: `Works once, until ${link.expires.toString().slice(0, 16)}Z. Hand it to the person themselves and to nobody else.` })}`,
  );
  out.result({ account: link.account, link: link.link, expires: link.expires.toString() });
}
