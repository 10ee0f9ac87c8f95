/** People: inviting, roles, ending access, the review, and the declaration that everyone signs. */
import { z } from 'zod';
import {
  accountById,
  adoptDeclaration,
  can,
  changeRoles,
  checkConfidentiality,
  checkSecondFactors,
  closeReview,
  decide,
  declarationInForce,
  disable,
  invite,
  listAccounts,
  openReview,
  readReview,
  reset,
  reviewState,
  revoke,
  Role,
  roles,
  roleTitles,
  signDeclaration,
  type Account,
  type Actor,
} from '../../../access/index.ts';
import type { Language, Text } from '../../../base/language.ts';
import { endOfDay, lastDay } from '../../../base/time.ts';
import {
  declarationPage,
  invitePage,
  linkPage,
  peoplePage,
  peopleTitle,
  personPage,
  reviewPage,
  type ChoicesView,
  type PersonView,
} from '../../../web/console/people.ts';
import { sayIn } from '../../../web/say.ts';
import { several } from '../form.ts';
import { framed } from '../frame.ts';
import { one, page, type Seat } from '../seat.ts';
import { seePeople } from '../seen.ts';

const account = z.strictObject({ account: z.string().regex(/^[a-z]{1,8}-[0-9a-z]{10,26}$/) });
const Roles = z.object({
  roles: several(Role),
  clients: several(z.string().max(64)),
  until: z.union([z.iso.date(), z.literal('')]).default(''),
});

const aboutRoles = { 'dpo-role': 'roles', 'own-roles': 'roles' } as const;

export const peoplePages = [
  page(
    { method: 'GET', path: '/people', may: 'see people', summary: { nl: 'Mensen', en: 'People' } },
    async ({ world: seat, actor, language, request }) => {
      const say = sayIn(language, seat.world.zone);
      const bound = await checkConfidentiality(seat.access);
      const factors = await checkSecondFactors(seat.access);
      const review = await reviewState(seat.access);
      const people = (await listAccounts(seat.access.db)).map((each) =>
        personOf(
          each,
          seat.world.zone,
          language,
          bound.missing.map((who) => who.person),
          factors.without,
        ),
      );
      const view = {
        people,
        covered: factors.covered,
        accounts: factors.accounts,
        signed: bound.signed,
        withAccess: bound.withAccess,
        declaration: bound.version,
        review: {
          last: review.last?.toString() ?? null,
          due: review.due?.toString() ?? null,
          overdue: review.overdue,
          open: review.open,
        },
        mayInvite: can(one(actor), 'invite people'),
        mayReview: can(one(actor), 'review access'),
      };
      return framed(
        { seat, actor, language, request },
        { title: peopleTitle('title', say), main: peoplePage(view, say) },
      );
    },
  ),
  page(
    { method: 'GET', path: '/people/invite', may: 'invite people', summary: { nl: 'Uitnodigen', en: 'Invite' } },
    ({ world: seat, actor, language, request }) => {
      const say = sayIn(language, seat.world.zone);
      return framed(
        { seat, actor, language, request },
        { title: peopleTitle('invite', say), main: invitePage(choicesOf(seat, one(actor), language, null), say) },
      );
    },
  ),
  page(
    {
      method: 'POST',
      path: '/people/invite',
      may: 'invite people',
      summary: { nl: 'Nodigt uit', en: 'Invites' },
      body: Roles.extend({
        name: z.string().trim().min(1).max(120),
        email: z.email(),
        language: z.enum(['nl', 'en', '']).default(''),
      }),
      about: { ...aboutRoles, 'name-taken': 'name', 'email-taken': 'email' },
    },
    async ({ world: seat, actor, language, body, request }) => {
      const made = await invite(seat.access, one(actor), {
        name: body.name,
        email: body.email,
        ...given(body, seat.world.zone),
        ...(body.language === '' ? {} : { language: body.language }),
      });
      const say = sayIn(language, seat.world.zone);
      const main = linkPage({ link: made.link, expires: made.expires.toString() }, say);
      return framed({ seat, actor, language, request }, { title: peopleTitle('linkTitle', say), main });
    },
  ),
  page(
    {
      method: 'GET',
      path: '/people/:account',
      may: 'see people',
      summary: { nl: 'Een persoon', en: 'A person' },
      params: account,
    },
    async ({ world: seat, actor, language, params, request }) => {
      const say = sayIn(language, seat.world.zone);
      const found = await accountById(seat.access.db, params.account);
      const [change, end] = [can(one(actor), 'change roles'), can(one(actor), 'end access')];
      // No form whose button would be refused.
      const own = found.person === one(actor).person;
      const why = own ? 'notOwn' : found.roles.includes('dpo') && !one(actor).roles.includes('dpo') ? 'notHere' : null;
      const may = {
        change: change && why === null,
        end: end && why === null,
        why: change || end ? why : null,
      } as const;
      return framed(
        { seat, actor, language, request },
        {
          title: found.name,
          main: personPage(
            personOf(found, seat.world.zone, language, [], []),
            choicesOf(seat, one(actor), language, found),
            may,
            say,
          ),
        },
      );
    },
  ),
  page(
    {
      method: 'POST',
      path: '/people/:account/roles',
      may: 'change roles',
      summary: { nl: 'Wijzigt rollen', en: 'Changes roles' },
      params: account,
      body: Roles,
      about: aboutRoles,
    },
    async ({ world: { access, world }, actor, params, body }) => {
      await changeRoles(access, one(actor), params.account, given(body, world.zone));
      return { to: `/people/${params.account}?done=saved` };
    },
  ),
  page(
    {
      method: 'POST',
      path: '/people/:account/reset',
      may: 'end access',
      summary: { nl: 'Maakt een nieuwe link', en: 'Makes a new link' },
      params: account,
      body: z.object({ what: z.enum(['password', 'second-factor', 'everything']) }),
    },
    async ({ world: seat, actor, language, params, body, request }) => {
      const say = sayIn(language, seat.world.zone);
      const made = await reset(seat.access, one(actor), params.account, body.what);
      if (made === null) return { to: `/people/${params.account}?done=saved` };
      return framed(
        { seat, actor, language, request },
        {
          title: peopleTitle('linkTitle', say),
          main: linkPage({ link: made.link, expires: made.expires.toString() }, say),
        },
      );
    },
  ),
  page(
    {
      method: 'POST',
      path: '/people/:account/sign-out',
      may: 'end access',
      summary: { nl: 'Meldt overal af', en: 'Signs out everywhere' },
      params: account,
    },
    async ({ world: { access }, actor, params }) => {
      const found = await accountById(access.db, params.account);
      await revoke(access, one(actor), { account: found.id });
      return { to: `/people/${params.account}?done=saved` };
    },
  ),
  page(
    {
      method: 'POST',
      path: '/people/:account/end',
      may: 'end access',
      summary: { nl: 'Beëindigt toegang', en: 'Ends access' },
      params: account,
    },
    async ({ world: { access }, actor, params }) => {
      await disable(access, one(actor), params.account);
      return { to: '/people?done=saved' };
    },
  ),
  page(
    {
      method: 'POST',
      path: '/people/review',
      may: 'review access',
      summary: { nl: 'Begint een controle', en: 'Begins a review' },
    },
    async ({ world: { access } }) => ({
      to: `/people/review/${await openReview(access)}`,
    }),
  ),
  page(
    {
      method: 'GET',
      path: '/people/review/:review',
      may: 'review access',
      summary: { nl: 'Een controle', en: 'A review' },
      params: z.strictObject({ review: z.string().max(40) }),
    },
    async ({ world: seat, actor, language, params, request }) => {
      const say = sayIn(language, seat.world.zone);
      const review = await readReview(seat.access.db, params.review);
      const lines = review.lines.map((line) => ({
        account: line.account.id,
        name: line.account.name,
        roles: titles(line.account, language),
        lastSeen: line.account.lastSeen?.toString() ?? null,
        decision: line.decision,
        own: line.account.person === one(actor).person,
        dpo: line.account.roles.includes('dpo'),
      }));
      return framed(
        { seat, actor, language, request },
        {
          title: peopleTitle('review', say),
          main: reviewPage({ id: review.id, opened: review.opened.toString(), lines }, say),
        },
      );
    },
  ),
  page(
    {
      method: 'POST',
      path: '/people/review/:review',
      may: 'review access',
      summary: { nl: 'Beslist over een persoon', en: 'Decides on a person' },
      params: z.strictObject({ review: z.string().max(40) }),
      body: z.object({ account: z.string().max(40), decision: z.enum(['keep', 'end']) }),
    },
    async ({ world: { access }, actor, params, body }) => {
      await decide(access, one(actor), params.review, body.account, body.decision);
      return { to: `/people/review/${params.review}` };
    },
  ),
  page(
    {
      method: 'POST',
      path: '/people/review/:review/close',
      may: 'review access',
      summary: { nl: 'Sluit een controle', en: 'Closes a review' },
      params: z.strictObject({ review: z.string().max(40) }),
    },
    async ({ world: { access }, actor, params }) => {
      await closeReview(access, one(actor), params.review);
      return { to: '/people?done=saved' };
    },
  ),
  page(
    {
      method: 'GET',
      path: '/declaration',
      may: 'sign the declaration',
      summary: { nl: 'Geheimhouding', en: 'Confidentiality' },
    },
    async ({ world: seat, actor, language, request }) => {
      const say = sayIn(language, seat.world.zone);
      const inForce = await declarationInForce(seat.access.db);
      const bound = await checkConfidentiality(seat.access);
      const view = {
        version: inForce?.version ?? null,
        text: inForce?.text[language] ?? null,
        signed: !bound.missing.some((who) => who.person === one(actor).person),
        mayAdopt: can(one(actor), 'change settings'),
        missing: can(one(actor), 'see people') ? bound.missing.map((who) => who.name) : [],
      };
      return framed(
        { seat, actor, language, request },
        { title: peopleTitle('declaration', say), main: declarationPage(view, say) },
      );
    },
  ),
  page(
    {
      method: 'POST',
      path: '/declaration/sign',
      may: 'sign the declaration',
      summary: { nl: 'Tekent', en: 'Signs' },
      body: z.object({ version: z.string().max(60) }),
    },
    async ({ world: seat, actor, body }) => {
      await signDeclaration(seat.access, one(actor), body.version);
      await seePeople(seat);
      return { to: '/declaration?done=signed' };
    },
  ),
  page(
    {
      method: 'POST',
      path: '/declaration',
      may: 'change settings',
      summary: { nl: 'Laat een tekst gelden', en: 'Puts a text in force' },
      body: z.object({
        version: z.string().trim().min(1).max(60),
        nl: z.string().trim().min(1).max(5000),
        en: z.string().trim().min(1).max(5000),
      }),
      about: { 'declaration-there': 'version' },
    },
    async ({ world: seat, actor, body }) => {
      await adoptDeclaration(seat.access, one(actor), body.version, { nl: body.nl, en: body.en });
      await seePeople(seat);
      return { to: '/declaration?done=saved' };
    },
  ),
];

/** The last day counts whole, where the organisation is. */
function given(body: z.infer<typeof Roles>, zone: string) {
  return {
    roles: body.roles,
    clients: body.clients,
    ...(body.until === '' ? {} : { until: endOfDay(body.until, zone) }),
  };
}

function titles(found: Account, language: Language): string {
  return found.roles.map((role) => roleTitles[role][language]).join(', ');
}

function personOf(
  found: Account,
  zone: string,
  language: Language,
  unsigned: readonly string[],
  without: readonly string[],
): PersonView {
  return {
    id: found.id,
    name: found.name,
    email: found.email,
    roles: titles(found, language),
    state: found.state,
    until: found.until === null ? null : lastDay(found.until, zone),
    lastSeen: found.lastSeen?.toString() ?? null,
    two: !without.includes(found.id),
    signed: !unsigned.includes(found.person),
  };
}

/** What somebody with this role does, for whoever gives it. */
const roleHints: Readonly<Record<Role, Text>> = {
  'privacy-officer': { nl: 'wat wij beloven, en wie toegang heeft', en: 'what we promise, and who has access' },
  engineer: {
    nl: 'sluit systemen aan, maakt plannen en voert ze uit',
    en: 'connects systems, makes plans and carries them out',
  },
  approver: { nl: 'kijkt als tweede persoon mee, en keurt goed', en: 'looks as the second person, and approves' },
  dpo: { nl: 'houdt toezicht', en: 'oversees' },
  auditor: { nl: 'ziet, verandert niets, tot en met een dag', en: 'sees, changes nothing, until a day' },
  client: { nl: 'ziet alleen het eigen register en bewijs', en: 'sees the register and the proofs of its own only' },
  subject: { nl: 'de eigen verzoeken', en: 'their own requests' },
};

function choicesOf(
  { world }: Seat,
  actor: Actor,
  language: Language,
  found: Pick<Account, 'roles' | 'clients'> | null,
): ChoicesView {
  const givesDpo = actor.roles.includes('dpo');
  return {
    givesDpo,
    roles: roles
      .filter((role) => role !== 'subject' && (role !== 'dpo' || givesDpo))
      .map((value) => ({
        value,
        text: roleTitles[value][language],
        hint: roleHints[value][language],
        checked: found?.roles.includes(value) === true,
      })),
    clients: world.policy.clients.map((client) => ({
      value: client.id,
      text: client.name,
      checked: found?.clients.includes(client.id) === true,
    })),
  };
}
