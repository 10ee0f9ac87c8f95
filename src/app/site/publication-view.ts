/** The statement's versions as the console shows them. */
import { samePerson } from '../../base/person.ts';
import { can, type Actor } from '../../access/index.ts';
import type { Language, Text } from '../../base/language.ts';
import { dayWords } from '../../base/wording.ts';
import { lastChecks } from '../../promises/proof/store.ts';
import { handsOf, type Standing } from '../../promises/publication/versions/model.ts';
import { servedOutcome } from '../../promises/publication/versions/checks.ts';
import { channelOf, groupName } from '../../promises/publication/versions/notices.ts';
import {
  describe,
  listVersions,
  type Described,
  type GivenNotice,
  type Listed,
} from '../../promises/publication/versions/overview.ts';
import { acts as actTexts, standings } from '../../promises/publication/versions/phrases.ts';
import { readOverrides } from '../../promises/publication/versions/store.ts';
import { policyOf, today, type Fault, type Publishing } from '../../promises/publication/versions/publishing.ts';
import type { Served } from '../../promises/publication/versions/website.ts';
import type { Told } from '../../web/console/deeds.ts';
import type { NoticeView } from '../../web/console/notices.ts';
import type { PublicationView, ServedView, VersionMark } from '../../web/console/publication.ts';
import type { VersionView } from '../../web/console/version.ts';
import type { State } from '../../web/ui/controls.ts';
import { inForce } from '../in-force.ts';
import { publicationOf } from '../publication.ts';
import { changeViews } from './centre/difference.ts';
import { overridesAsked } from './override.ts';
import type { Seat } from './seat.ts';
import { toldTo } from './told.ts';

const looks: Readonly<Record<Standing, State>> = {
  draft: 'neutral',
  reviewed: 'neutral',
  approved: 'at-risk',
  planned: 'at-risk',
  published: 'kept',
  superseded: 'neutral',
  withdrawn: 'neutral',
};

export function markOf({ version, standing, effective }: Listed, language: Language): VersionMark {
  return {
    id: version.id,
    label: version.label,
    standing: standings[standing][language],
    look: looks[standing],
    effective,
    made: version.madeAt.toString(),
  };
}

/** `seen` is what was just found on the website; without it, what was found last. */
export async function publicationView(
  seat: Seat,
  actor: Actor,
  language: Language,
  seen: Served | null,
): Promise<PublicationView> {
  const desk = publicationOf(seat.world);
  const versions = await listVersions(desk);
  const now = versions.find((one) => one.standing === 'published');
  const day = today(desk);
  return {
    current: now ? markOf(now, language) : null,
    moved: now !== undefined && now.version.policyHash !== desk.policyHash,
    versions: versions.map((one) => markOf(one, language)),
    notices: await openNotices(desk, versions, language),
    overrides: (await readOverrides(desk.db)).map((one) => ({ ...one, over: one.until < day })).toReversed(),
    served: seen ? servedNow(seat, seen, language) : await servedLast(seat, language),
    mayDraft: can(actor, 'change the policy'),
    mayLook: can(actor, 'change the policy') && now !== undefined,
  };
}

/** Of what is or will be the statement: all that were not told, and those of the last version that were. */
async function openNotices(desk: Publishing, versions: readonly Listed[], language: Language): Promise<NoticeView[]> {
  const out = versions.filter((one) => ['published', 'planned', 'superseded'].includes(one.standing));
  const all = await Promise.all(
    out.map(async (one) => {
      const { notices } = await describe(desk, one.version.id);
      return notices
        .filter((notice) => notice.told === null || one.standing !== 'superseded')
        .map((notice) => noticeView(desk, one, notice, language));
    }),
  );
  return all.flat();
}

function noticeView(desk: Publishing, { version }: Listed, notice: GivenNotice, language: Language): NoticeView {
  const { policy } = policyOf(desk, version);
  return {
    version: version.id,
    label: version.label,
    group: notice.group,
    title: groupName(notice.group, policy)[language],
    when: notice.when,
    due: notice.due,
    late: notice.due < today(desk),
    channel: channelOf(notice.group, policy)[language],
    changes: notice.changes.map((one) => one.text[language]),
    told: notice.told && { how: notice.told.how, by: notice.told.by, at: notice.told.at.toString() },
  };
}

function servedNow(seat: Seat, seen: Served, language: Language): ServedView {
  const { state, text } = servedOutcome(seen);
  return {
    look: state,
    text: text[language],
    at: seat.world.clock().toString(),
    url: seen.url,
    differences: seen.result === 'changed-text' ? seen.differences : [],
  };
}

async function servedLast({ world }: Seat, language: Language): Promise<ServedView> {
  const last = (await lastChecks(world.db, world.clock())).get('served');
  const never = { nl: 'Er is nog niet gekeken.', en: 'Nobody has looked yet.' };
  return {
    look: last?.state ?? 'not-proven',
    text: (last?.text ?? never)[language],
    at: last?.at.toString() ?? null,
    url: world.policy.publication?.url ?? null,
    differences: [],
  };
}

export async function versionView(seat: Seat, actor: Actor, asked: string, language: Language): Promise<VersionView> {
  const desk = publicationOf(seat.world);
  const one = await describe(desk, asked);
  const { version, standing } = one;
  const { policy } = policyOf(desk, version);
  const told = toldTo(actor, language);
  return {
    ...markOf(one, language),
    hash: version.sha256,
    files: Object.entries(one.files).map(([name, { bytes }]) => ({ name, bytes })),
    acts: version.acts.map((act) => ({
      text: actTexts[act.act][language],
      by: act.by,
      at: act.at.toString(),
      more: act.reason ?? (act.effective === null ? null : dayWords(act.effective)[language]),
    })),
    since: one.since && {
      label: one.since.version.label,
      changes: changeViews(one.since.changes, policy, language),
    },
    faults: await faultsOf(seat, one, (text) => told(text[language])),
    unproven: one.unproven.map(({ rule, path, message }) => ({ rule, path, message: told(message[language]) })),
    notices: one.notices.map((notice) => noticeView(desk, one, notice, language)),
    step: stepOf(seat, one),
    own: handsOf(version).some((one) => samePerson(one, actor.name)),
    today: today(desk),
    actor: actor.name,
    mayReview: can(actor, 'change the policy'),
    mayPublish: can(actor, 'publish a statement'),
    mayOverride: can(actor, 'override a finding'),
    mayWithdraw: can(actor, 'publish a statement') && ['draft', 'reviewed', 'approved', 'planned'].includes(standing),
  };
}

function stepOf(seat: Seat, { standing, version }: Listed): VersionView['step'] {
  if (standing === 'draft') return 'review';
  if (standing === 'reviewed') return 'approve';
  if (standing === 'approved') return 'publish';
  const other = version.policyHash !== seat.world.policyHash;
  return standing === 'published' && other && !inForce(seat.world).waits ? 'in-force' : null;
}

async function faultsOf(
  seat: Seat,
  { version, blocked, passed }: Described,
  say: (text: Text) => ReturnType<Told>,
): Promise<VersionView['faults']> {
  const asked = await overridesAsked(seat.world, version.id);
  return [
    ...grouped(blocked).map(({ rule, path, faults }) => ({
      rule,
      path,
      messages: faults.map((fault) => say(fault.message)),
      passed: null,
      asked: asked.find((one) => one.rule === rule && one.path === path) ?? null,
    })),
    ...[...Map.groupBy(passed, (one) => one.override.id).values()].flatMap((own) => {
      const [first] = own;
      if (!first) return [];
      const { rule, path } = first.override;
      return [
        { rule, path, messages: own.map(({ fault }) => say(fault.message)), passed: first.override, asked: null },
      ];
    }),
  ];
}

/** By rule and section of the policy, so that one reason is given once. */
function grouped(faults: readonly Fault[]): { rule: string; path: string; faults: readonly Fault[] }[] {
  const groups = Map.groupBy(faults, ({ rule, path }) => `${rule} ${path.split('.')[0] ?? ''}`);
  return [...groups.values()].flatMap((own) => {
    const [first, more] = own;
    if (!first) return [];
    return [{ rule: first.rule, path: more ? (first.path.split('.')[0] ?? '') : first.path, faults: own }];
  });
}
