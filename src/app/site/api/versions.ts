/** Publishing for programs: the draft of the policy, and a version from draft to told. What needs two people needs them here too. */
import { z } from 'zod';
import type { Actor } from '../../../access/index.ts';
import type { Language } from '../../../base/language.ts';
import type { Change } from '../../../policy/index.ts';
import { servedOutcome } from '../../../promises/publication/versions/checks.ts';
import { channelOf, groupName } from '../../../promises/publication/versions/notices.ts';
import {
  describe,
  listVersions,
  type Described,
  type Listed,
} from '../../../promises/publication/versions/overview.ts';
import { policyOf, type Publishing } from '../../../promises/publication/versions/publishing.ts';
import { approve, draft, publishOn, review, tell, withdraw } from '../../../promises/publication/versions/service.ts';
import { checkWebsite } from '../../../promises/publication/versions/website.ts';
import { discardDraft, mostText, readDraft, saveDraft } from '../../draft.ts';
import { putInForce } from '../../in-force.ts';
import { publicationOf } from '../../publication.ts';
import { overrideByTwo } from '../override.ts';
import { siteRefusals } from '../phrases.ts';
import { api, one, type Seat } from '../seat.ts';
import { seeEverything, seeStatement } from '../seen.ts';
import { Part, partOf } from './list.ts';

const params = z.strictObject({ version: z.string().regex(/^v-[0-9a-z]{4,16}$/) });
const reason = z.string().trim().min(1).max(2000);
const none = z.strictObject({});

const Version = z.object({
  version: z.string(),
  label: z.string(),
  state: z.string(),
  on: z.string().nullable(),
  sha256: z.string(),
  policy: z.string(),
  made: z.string(),
  acts: z.array(
    z.object({
      act: z.string(),
      by: z.string(),
      at: z.string(),
      on: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
});

export const ChangeReply = z.object({
  path: z.string(),
  kind: z.string(),
  material: z.boolean(),
  tell: z.array(z.string()),
  text: z.string(),
  group: z.string(),
  why: z.array(z.string()),
  when: z.enum(['before', 'afterwards']).nullable(),
});

const Notice = z.object({
  group: z.string(),
  who: z.string(),
  when: z.enum(['before', 'afterwards']),
  due: z.string(),
  channel: z.string(),
  changes: z.array(z.string()),
  told: z.object({ how: z.string(), by: z.string(), at: z.string() }).nullable(),
});

const VersionWhole = Version.extend({
  files: z.array(z.object({ name: z.string(), bytes: z.number(), sha256: z.string(), at: z.string() })),
  since: z.string().nullable(),
  changes: z.array(ChangeReply),
  blocked: z.array(z.object({ rule: z.string(), path: z.string(), message: z.string() })),
  overridden: z.array(
    z.object({ rule: z.string(), path: z.string(), reason: z.string(), until: z.string(), by: z.string() }),
  ),
  notices: z.array(Notice),
});

export const changeJson = (change: Change, language: Language): z.input<typeof ChangeReply> => ({
  path: change.path,
  kind: change.kind,
  material: change.material,
  tell: [...change.tell],
  text: change.text[language],
  group: change.group,
  why: [...change.why],
  when: change.when,
});

function versionJson({ version, standing, effective }: Listed): z.input<typeof Version> {
  const { id, label, sha256, policyHash, madeAt, acts } = version;
  return {
    version: id,
    label,
    state: standing,
    on: effective,
    sha256,
    policy: policyHash,
    made: madeAt.toString(),
    acts: acts.map(({ act, by, at, effective: on, reason: why }) => ({ act, by, at: at.toString(), on, reason: why })),
  };
}

function wholeJson(desk: Publishing, found: Described, language: Language): z.input<typeof VersionWhole> {
  const { policy } = policyOf(desk, found.version);
  return {
    ...versionJson(found),
    files: Object.entries(found.files).map(([name, { bytes, sha256 }]) => ({
      name,
      bytes,
      sha256,
      at: `/publication/${found.version.id}/files/${name}`,
    })),
    since: found.since?.version.id ?? null,
    changes: found.since?.changes.map((change) => changeJson(change, language)) ?? [],
    blocked: found.blocked.map(({ rule, path, message }) => ({ rule, path, message: message[language] })),
    overridden: found.passed.map(({ fault, override }) => ({
      rule: fault.rule,
      path: fault.path,
      reason: override.reason,
      until: override.until,
      by: override.by,
    })),
    notices: found.notices.map(({ group, when, due, changes, told }) => ({
      group,
      who: groupName(group, policy)[language],
      when,
      due,
      channel: channelOf(group, policy)[language],
      changes: changes.map((change) => change.text[language]),
      told: told && { how: told.how, by: told.by, at: told.at.toString() },
    })),
  };
}

type Step = (desk: Publishing, actor: Actor) => Promise<unknown>;

/** Takes a step with a version; what everyone reads is made anew; the answer is where it stands now. */
/** `after` is for a step that changes what the board says of the statement. */
async function stepped(
  seat: Seat,
  actor: Actor | null,
  id: string,
  step: Step,
  after?: typeof seeStatement,
): Promise<z.input<typeof Version>> {
  const desk = publicationOf(seat.world);
  await step(desk, one(actor));
  seat.shelf.clear();
  await after?.(seat, id);
  return versionJson(await describe(desk, id));
}

const often = ['version-unknown', 'version-order', 'version-damaged'];

const reading = [
  api(
    {
      method: 'GET',
      path: '/api/versions',
      may: 'see the policy',
      summary: {
        nl: 'Versies van de verklaring, de nieuwste eerst',
        en: 'Versions of the statement, the newest first',
      },
      query: Part,
      reply: z.object({ versions: z.array(Version), next: z.string().nullable() }),
    },
    async ({ world: { world }, query }) => {
      const all = await listVersions(publicationOf(world));
      const { part, next } = partOf(all, ({ version }) => version.id, query);
      return { versions: part.map(versionJson), next };
    },
  ),
  api(
    {
      method: 'GET',
      path: '/api/versions/:version',
      may: 'see the policy',
      summary: {
        nl: 'Een versie: wie wat deed, haar bestanden, wat zij verandert, wat haar tegenhoudt en wie het moet weten',
        en: 'A version: who did what, its files, what it changes, what holds it back and who must be told',
      },
      params,
      reply: VersionWhole,
      refuses: ['version-unknown'],
    },
    async ({ world: { world }, language, params: { version } }) => {
      const desk = publicationOf(world);
      return wholeJson(desk, await describe(desk, version), language);
    },
  ),
];

const steps = [
  api(
    {
      method: 'POST',
      path: '/api/versions',
      may: 'change the policy',
      summary: {
        nl: 'Maakt een versie van het beleid dat werkt, of van het concept; hetzelfde beleid geeft dezelfde versie',
        en: 'Makes a version of the policy that runs, or of the draft; the same policy gives the same version',
      },
      body: z.strictObject({ of: z.enum(['running', 'draft']).default('running') }),
      reply: Version,
      refuses: ['no-draft', 'version-without-name', 'version-name-taken'],
      harmless: true,
    },
    async ({ world: seat, actor, body }) => {
      const desk = publicationOf(seat.world);
      const text = body.of === 'running' ? desk.policyText : (await readDraft(seat.world))?.text;
      if (text === undefined) throw siteRefusals.noDraft();
      const made = await draft({ ...desk, policyText: text }, one(actor));
      seat.shelf.clear();
      return versionJson(await describe(desk, made.id));
    },
  ),
  api(
    {
      method: 'POST',
      path: '/api/versions/:version/review',
      may: 'change the policy',
      summary: { nl: 'Tekent dat zij gelezen is', en: 'Signs that it was read' },
      params,
      body: none,
      reply: Version,
      refuses: often,
    },
    ({ world: seat, actor, params: { version } }) =>
      stepped(seat, actor, version, (desk, who) => review(desk, who, version)),
  ),
  api(
    {
      method: 'POST',
      path: '/api/versions/:version/approve',
      may: 'publish a statement',
      summary: {
        nl: 'Keurt een versie goed, als een ander dan wie haar maakte of las',
        en: 'Approves a version, as another than who made or read it',
      },
      params,
      body: none,
      reply: Version,
      refuses: [...often, 'version-same-person'],
    },
    ({ world: seat, actor, params: { version } }) =>
      stepped(seat, actor, version, (desk, who) => approve(desk, who, version)),
  ),
  api(
    {
      method: 'POST',
      path: '/api/versions/:version/publish',
      may: 'publish a statement',
      summary: { nl: 'Maakt haar de verklaring, vanaf een dag', en: 'Makes it the statement, from a day on' },
      params,
      body: z.strictObject({ on: z.iso.date() }),
      reply: Version,
      refuses: [...often, 'publication-blocked', 'day-past', 'later-version-planned'],
    },
    ({ world: seat, actor, params: { version }, body }) =>
      stepped(seat, actor, version, (desk, who) => publishOn(desk, who, version, body.on), seeStatement),
  ),
  api(
    {
      method: 'POST',
      path: '/api/versions/:version/withdraw',
      may: 'publish a statement',
      summary: { nl: 'Trekt een versie in die nog niet geldt', en: 'Withdraws a version that does not apply yet' },
      params,
      body: z.strictObject({ reason }),
      reply: Version,
      refuses: [...often, 'version-in-force'],
    },
    ({ world: seat, actor, params: { version }, body }) =>
      stepped(seat, actor, version, (desk, who) => withdraw(desk, who, version, body.reason), seeStatement),
  ),
  api(
    {
      method: 'POST',
      path: '/api/versions/:version/override',
      may: 'override a finding',
      summary: {
        nl: 'Laat een fout van de toetser toe; de tweede persoon maakt het af',
        en: 'Lets an error of the linter pass; the second person completes it',
      },
      params,
      body: z.strictObject({ rule: z.string().max(20), path: z.string().max(300), reason, until: z.iso.date() }),
      reply: z.object({ version: z.string(), state: z.enum(['asked', 'done']) }),
      refuses: ['version-unknown', 'officer-only', 'override-matches-nothing', 'override-until'],
    },
    async ({ world: seat, actor, params: { version }, body }) => {
      const end = await overrideByTwo(seat, one(actor), { ...body, version });
      return { version, state: end.is };
    },
  ),
  api(
    {
      method: 'POST',
      path: '/api/versions/:version/told',
      may: 'change the policy',
      summary: { nl: 'Tekent af dat een groep het weet', en: 'Signs off that a group was told' },
      params,
      body: z.strictObject({ group: z.string().max(100), how: z.string().trim().min(1).max(500) }),
      reply: Version,
      refuses: ['version-unknown', 'notice-unknown'],
    },
    ({ world: seat, actor, params: { version }, body }) =>
      stepped(seat, actor, version, (desk, who) => tell(desk, who, version, body.group, body.how), seeStatement),
  ),
  api(
    {
      method: 'POST',
      path: '/api/versions/:version/in-force',
      may: 'publish a statement',
      summary: {
        nl: 'Laat het beleid van de verklaring van vandaag in werking treden',
        en: 'Puts the policy of the statement of today in force',
      },
      params,
      body: none,
      reply: z.object({ version: z.string(), policy: z.string() }),
      refuses: ['version-unknown', 'policy-not-published', 'policy-does-not-fit'],
    },
    async ({ world: seat, params: { version } }) => {
      const { id, policyHash } = await putInForce(seat.world, version);
      await seeEverything(await seat.reload());
      return { version: id, policy: policyHash };
    },
  ),
  api(
    {
      method: 'POST',
      path: '/api/statement/website',
      may: 'change the policy',
      summary: { nl: 'Kijkt wat de website toont', en: 'Looks at what the website shows' },
      body: none,
      reply: z.object({
        result: z.string(),
        state: z.string(),
        url: z.string(),
        detail: z.string(),
        differences: z.array(z.object({ sign: z.string(), text: z.string() })),
      }),
      refuses: ['nothing-published', 'website-unknown'],
      harmless: true,
    },
    async ({ world: { world }, language }) => {
      const seen = await checkWebsite(publicationOf(world));
      const { state, text } = servedOutcome(seen);
      const differences = seen.result === 'changed-text' ? seen.differences.map((one) => ({ ...one })) : [];
      return { result: seen.result, state, url: seen.url, detail: text[language], differences };
    },
  ),
];

const Draft = z.object({
  revision: z.number(),
  text: z.string(),
  outdated: z.boolean(),
  by: z.string(),
  at: z.string(),
});

const drafts = [
  api(
    {
      method: 'GET',
      path: '/api/policy',
      may: 'see the policy',
      summary: { nl: 'Het beleid dat werkt, zoals het geschreven is', en: 'The policy that runs, as it was written' },
      reply: z.object({ hash: z.string(), text: z.string() }),
    },
    ({ world: { world } }) => Promise.resolve({ hash: world.policyHash, text: world.declared.text.policy }),
  ),
  api(
    {
      method: 'GET',
      path: '/api/policy/draft',
      may: 'see the policy',
      summary: { nl: 'Het concept van het beleid', en: 'The draft of the policy' },
      reply: Draft,
      refuses: ['no-draft'],
    },
    async ({ world: { world } }) => {
      const found = await readDraft(world);
      if (!found) throw siteRefusals.noDraft();
      return found;
    },
  ),
  api(
    {
      method: 'PUT',
      path: '/api/policy/draft',
      may: 'change the policy',
      summary: {
        nl: 'Slaat het concept op; er verandert niets aan wat werkt',
        en: 'Saves the draft; nothing that runs changes',
      },
      body: z.strictObject({
        text: z.string().min(1).max(mostText),
        revision: z.number().int().nonnegative().describe('The revision that you began with; 0 when there was none.'),
      }),
      reply: Draft,
      refuses: ['draft-changed'],
      mostBytes: 2 * mostText,
    },
    async ({ world: { world }, actor, body }) => {
      if (!(await saveDraft(world, one(actor), body.text, body.revision))) throw siteRefusals.draftChanged();
      const saved = await readDraft(world);
      if (!saved) throw siteRefusals.noDraft();
      return saved;
    },
  ),
  api(
    {
      method: 'DELETE',
      path: '/api/policy/draft',
      may: 'change the policy',
      summary: { nl: 'Gooit het concept weg', en: 'Throws the draft away' },
      query: z.strictObject({
        revision: z.coerce.number().int().positive().optional().describe('Only when it is still this one.'),
      }),
      reply: z.object({ discarded: z.literal(true) }),
      refuses: ['draft-changed'],
      harmless: true,
    },
    async ({ world: { world }, query }) => {
      if (!(await discardDraft(world, query.revision ?? null))) throw siteRefusals.draftChanged();
      return { discarded: true as const };
    },
  ),
];

export const versionRoutes = [...reading, ...steps, ...drafts];
