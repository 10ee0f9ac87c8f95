/** What there is to be told now, from the stores themselves: it is gone when it was done, without anybody ticking it off. */
import {
  declarationInForce,
  listMarks,
  noticeTexts,
  ownNotices,
  reviewState,
  type Actor,
  type Permission,
  type SecondLook,
} from '../../../access/index.ts';
import { signers } from '../../../access/declarations.ts';
import { addDays, dayOf, ends, instantFromEpochMs, isBefore, parseTerm } from '../../../base/time.ts';
import { promiseIds } from '../../../policy/index.ts';
import { declarables } from '../../../promises/assurance/declarable.ts';
import { listDeclarations } from '../../../promises/assurance/service.ts';
import { protectingHolds } from '../../../promises/holds/store.ts';
import { promisedAs } from '../../../promises/proof/controls/index.ts';
import { decideWithinDays } from '../../../promises/proof/retention.ts';
import { listTasks, overdueSince, readStates } from '../../../promises/proof/store.ts';
import { hindrance } from '../../../promises/publication/versions/model.ts';
import { groupName } from '../../../promises/publication/versions/notices.ts';
import { listVersions } from '../../../promises/publication/versions/overview.ts';
import { today } from '../../../promises/publication/versions/publishing.ts';
import { readNotices, readOverrides } from '../../../promises/publication/versions/store.ts';
import { newestPlan, waitingRules } from '../../../promises/retention/plan.ts';
import { waitingReviews } from '../../../promises/retention/review.ts';
import { listHooks } from '../../notify/hooks.ts';
import { publicationOf } from '../../publication.ts';
import { stillAsked } from '../four-eyes.ts';
import { asksToErase, reviewsAsked } from '../review.ts';
import type { Seat } from '../seat.ts';
import { listTokens } from '../tokens.ts';
import { byDay, byThen, type Addressed, type Now } from './model.ts';

type Source = (seat: Seat, actor: Actor, when: Now) => Promise<readonly Addressed[]>;

const fortnight = 14;
const month = 31;

/** As they were last judged: measuring is not something that every page waits for. */
const broken: Source = async ({ world }) => {
  const states = await readStates(world.db);
  return promiseIds(world.policy).flatMap((id) => {
    const one = states.get(id);
    if (one?.state !== 'broken') return [];
    const { title } = promisedAs(id);
    const since = one.since.toString();
    return [
      {
        key: `promise ${id} ${since}`,
        kind: 'broken',
        may: 'see the board',
        text: { nl: `${id} is gebroken: ${title.nl}`, en: `${id} is broken: ${title.en}` },
        at: { since },
        late: true,
        href: `/promises/${id}`,
      },
    ];
  });
};

const holds: Source = async ({ world }, _, when) =>
  (await protectingHolds(world.db)).flatMap((hold): Addressed[] => {
    const due = byThen(hold.reviewDue, when, fortnight);
    const about = { kind: 'deadline', href: `/holds/${hold.id}` } as const;
    const asked = hold.releaseBy !== null && (hold.state === 'active' || hold.state === 'error');
    return [
      ...(due === null
        ? []
        : [
            {
              ...about,
              ...due,
              key: `hold ${hold.id} ${hold.reviewDue.toString()}`,
              may: 'review a hold' as const,
              text: { nl: `Bewaarplicht herzien: ${hold.matter}`, en: `Review the hold: ${hold.matter}` },
            },
          ]),
      ...(asked
        ? [
            {
              ...about,
              kind: 'waiting' as const,
              key: `release ${hold.id}`,
              may: 'release a hold' as const,
              not: (actor: Actor) => actor.name === hold.releaseBy,
              text: {
                nl: `Opheffing van een bewaarplicht goedkeuren: ${hold.matter}`,
                en: `Grant the release of a hold: ${hold.matter}`,
              },
              at: null,
              late: false,
            },
          ]
        : []),
    ];
  });

/** A word that ends proves nothing any more: somebody looks again before it does. */
const declarations: Source = async ({ world }, _, when) => {
  const known = declarables(world.policy);
  const standing = (await listDeclarations(world)).filter((one) => one.state === 'standing');
  return standing.flatMap((one) => {
    const due = byDay(one.until, when, month);
    const about = known.get(one.control);
    if (due === null || about === undefined) return [];
    return [
      {
        ...due,
        key: `declaration ${one.id} ${one.until}`,
        kind: 'deadline',
        may: 'declare what was seen',
        text: { nl: `Opnieuw te verklaren: ${about.text.nl}`, en: `To be declared again: ${about.text.en}` },
        href: `/declare/${one.control}`,
      },
    ];
  });
};

const review: Source = async ({ access }, _, when) => {
  const { due, open } = await reviewState(access);
  const soon = due === null ? null : byThen(due, when, month);
  if (soon === null || due === null) return [];
  return [
    {
      ...soon,
      key: `review ${due.toString()} ${open ?? ''}`,
      kind: 'deadline',
      may: 'review access',
      text: { nl: 'Nakijken wie toegang heeft', en: 'Review who has access' },
      href: open === null ? '/people' : `/people/review/${open}`,
    },
  ];
};

const tokens: Source = async (seat, actor, when) =>
  (await listTokens(seat)).flatMap((token) => {
    const due = byThen(token.ends, when, fortnight);
    if (due === null) return [];
    return [
      {
        ...due,
        key: `token ${token.id} ${token.ends.toString()}`,
        kind: 'deadline',
        may: token.account === actor.account ? ('see settings' as const) : ('change settings' as const),
        text: { nl: `Een token loopt af: ${token.purpose}`, en: `A token ends: ${token.purpose}` },
        href: '/settings',
      },
    ];
  });

const hooks: Source = async ({ world }) =>
  (await listHooks(world)).flatMap((hook) =>
    hook.paused === null
      ? []
      : [
          {
            key: `hook ${hook.id} ${hook.paused}`,
            kind: 'waiting',
            may: 'change settings',
            text: {
              nl: 'Een webhook staat stil: de ontvanger nam een dag lang niets aan',
              en: 'A webhook is paused: its receiver took nothing for a day',
            },
            at: { since: hook.paused },
            late: false,
            href: '/settings',
          },
        ],
  );

const overrides: Source = async ({ world }, _, when) =>
  (await readOverrides(world.db)).flatMap((one) => {
    const due = byDay(one.until, when, fortnight);
    // What ended is told by the linter itself, and holds the next version back.
    if (due === null || due.late) return [];
    return [
      {
        ...due,
        key: `override ${one.id}`,
        kind: 'deadline',
        may: 'override a finding',
        text: { nl: `${one.rule} is nog maar kort toegestaan`, en: `${one.rule} is let pass for a short time still` },
        href: '/publication',
      },
    ];
  });

const versions: Source = async ({ world }) => {
  const desk = publicationOf(world);
  const waits = (await listVersions(desk)).filter(({ standing }) => standing === 'reviewed' || standing === 'approved');
  return waits.map(({ version, standing }) => ({
    key: `version ${version.id} ${standing} ${version.acts.length}`,
    kind: 'waiting',
    may: 'publish a statement',
    not: (actor) => standing === 'reviewed' && hindrance(version.acts, 'approved', actor.name, today(desk)) !== null,
    text:
      standing === 'reviewed'
        ? { nl: `Versie ${version.label} goedkeuren`, en: `Approve version ${version.label}` }
        : { nl: `Versie ${version.label} publiceren`, en: `Publish version ${version.label}` },
    at: { since: version.acts.at(-1)?.at.toString() ?? version.madeAt.toString() },
    late: false,
    href: `/publication/${version.id}`,
  }));
};

const telling: Source = async ({ world }, _, when) =>
  (await readNotices(world.db)).flatMap((notice) => {
    const due = notice.told === null ? byDay(notice.due, when, month) : null;
    if (due === null) return [];
    const who = groupName(notice.group, world.policy);
    return [
      {
        ...due,
        key: `tell ${notice.version} ${notice.group} ${notice.due}`,
        kind: 'deadline',
        may: 'change the policy',
        text: { nl: `Inlichten over een wijziging: ${who.nl}`, en: `To be told of a change: ${who.en}` },
        href: '/publication',
      },
    ];
  });

const plans: Source = async ({ world }) => {
  const last = await newestPlan(world);
  if (!last) return [];
  const n = (await waitingRules(world, last.id)).length;
  if (n === 0) return [];
  return [
    {
      key: `plan ${last.id}`,
      kind: 'waiting',
      may: 'approve a plan',
      text: {
        nl: `Een plan wacht op goedkeuring: ${n} ${n === 1 ? 'regel' : 'regels'} waarin iets aan de beurt is`,
        en: `A plan waits for approval: ${n} ${n === 1 ? 'rule' : 'rules'} in which something is due`,
      },
      at: { by: last.expiresAt.toISOString() },
      late: false,
      href: `/plans/${last.id}`,
    },
  ];
};

/** Told from the first day, and under one name for as long as the same waits, though every night makes a new plan. */
const decisions: Source = async (seat, _, { now, zone }) => {
  const { world } = seat;
  const last = await newestPlan(world);
  if (!last) return [];
  // What one asked to erase waits for a second person, and is told as that.
  const asked = await reviewsAsked(seat, last.id);
  const waiting = (await waitingReviews(world, last.id)).filter((one) => !asked.has(one.rule));
  if (waiting.length === 0) return [];
  const seen = await overdueSince(
    world.db,
    waiting.map((one) => one.rule),
    now,
  );
  return waiting.map(({ rule, items }) => {
    const [first] = seen.filter((one) => one.rule === rule).toSorted((a, b) => (isBefore(a.at, b.at) ? -1 : 1));
    const by = first === undefined ? null : addDays(dayOf(first.at, zone), decideWithinDays);
    const title = world.policy.retention.find((one) => one.id === rule)?.text ?? { nl: rule, en: rule };
    return {
      key: `decide ${rule} ${first?.at.toString() ?? last.id}`,
      kind: 'waiting' as const,
      may: 'approve a plan' as const,
      text: {
        nl: `Beslissen over ${items} ${items === 1 ? 'item' : 'items'} voorbij de termijn: ${title.nl}`,
        en: `Decide about ${items} ${items === 1 ? 'item' : 'items'} past the term: ${title.en}`,
      },
      at: by === null ? { since: last.madeAt.toISOString() } : { by },
      late: by !== null && by < dayOf(now, zone),
      href: `/plans/${last.id}#review-${rule}`,
    };
  });
};

const tasks: Source = async ({ world }, _, { now, zone }) =>
  (await listTasks(world.db))
    .filter((task) => task.state === 'open')
    .map((task) => ({
      key: `task ${task.id}`,
      kind: 'deadline' as const,
      may: 'sign off a task' as const,
      text: { nl: `Te doen: ${task.instruction.nl}`, en: `To do: ${task.instruction.en}` },
      at: { by: dayOf(instantFromEpochMs(task.due.getTime()), zone) },
      late: task.due.getTime() < now.epochMilliseconds,
      href: `/tasks#${task.id}`,
    }));

const places: Partial<Record<Permission, (subject: string) => string>> = {
  'approve a plan': (subject) => `/plans/${subject.split(' ')[0] ?? ''}`,
  'override a finding': (subject) => `/publication/${subject.split(' ')[0] ?? ''}`,
};

const looks: Source = async (seat) =>
  (await stillAsked(seat)).map((look) => ({
    key: `look ${look.id}`,
    kind: 'waiting',
    may: look.deed,
    not: (actor) => actor.name === look.askedBy,
    text: {
      nl: `Een tweede persoon wordt gevraagd: ${deedOf(look)?.nl ?? look.deed}`,
      en: `A second person is asked for: ${deedOf(look)?.en ?? look.deed}`,
    },
    at: { since: look.asked.toString() },
    late: false,
    href: places[look.deed]?.(look.subject) ?? '/',
  }));

const deedOf = ({ deed, subject }: SecondLook): { nl: string; en: string } | undefined =>
  asksToErase(subject) ? { nl: 'beslissen om te verwijderen', en: 'decide to erase' } : deeds[deed];

const deeds: Partial<Record<Permission, { nl: string; en: string }>> = {
  'approve a plan': { nl: 'een plan goedkeuren', en: 'approve a plan' },
  'override a finding': { nl: 'een fout van de toetser toestaan', en: 'let an error of the linter pass' },
};

/** How many, and since when; what is in them only an opened box shows. */
const box: Source = async ({ access }, _, { now, zone }) => {
  const open = (await listMarks(access.db)).filter((one) => one.kind !== 'note' && one.closed === null);
  const [first] = open;
  if (!first) return [];
  const due = ends(first.received, parseTerm('P1M'), 'event', zone);
  return [
    {
      key: `box ${open.at(-1)?.id ?? ''}`,
      kind: 'waiting',
      may: "read the DPO's box",
      text: {
        nl: `${open.length} ${open.length === 1 ? 'bericht' : 'berichten'} in uw postvak, het oudste te beantwoorden binnen een maand`,
        en: `${open.length} ${open.length === 1 ? 'message' : 'messages'} in your box, the oldest to be answered within a month`,
      },
      ...(byThen(due, { now, zone }, month) ?? { at: null, late: false }),
      href: '/dpo',
    },
  ];
};

/** About the account of the one who looks, and nobody else. */
const own: Source = async ({ access }, actor, when) => {
  const ending = actor.until === null ? null : byThen(actor.until, when, fortnight);
  const since = when.now.subtract({ hours: 24 * fortnight });
  const changes = await ownNotices(access.db, actor.account, since);
  const text = await declarationInForce(access.db);
  const unsigned = text !== null && !(await signers(access.db, text.version)).has(actor.person);
  return [
    ...(ending === null
      ? []
      : [
          {
            ...ending,
            key: `until ${actor.account} ${actor.until?.toString() ?? ''}`,
            kind: 'account' as const,
            may: 'self' as const,
            text: { nl: 'Uw account loopt af', en: 'Your account ends' },
            href: '/account',
          },
        ]),
    ...(unsigned
      ? [
          {
            key: `sign ${text.version}`,
            kind: 'account' as const,
            may: 'sign the declaration' as const,
            text: { nl: 'De verklaring van geheimhouding tekenen', en: 'Sign the declaration of confidentiality' },
            at: { since: text.since.toString() },
            late: false,
            href: '/declaration',
          },
        ]
      : []),
    ...changes.map(({ id, kind, at }) => ({
      key: `account ${id}`,
      kind: 'account' as const,
      may: 'self' as const,
      text: {
        nl: `Uw aanmelding: ${noticeTexts[kind].nl}`,
        en: `Your sign-in: ${noticeTexts[kind].en}`,
      },
      at: { since: at.toString() },
      late: false,
      href: '/account',
    })),
  ];
};

export const sources: readonly Source[] = [
  broken,
  looks,
  plans,
  decisions,
  tasks,
  versions,
  holds,
  declarations,
  telling,
  review,
  tokens,
  overrides,
  hooks,
  box,
  own,
];
