/** The policy with the linter beside it, and the draft that someone writes at. A draft changes nothing by itself. */
import { z } from 'zod';
import { can, type Actor } from '../../../access/index.ts';
import type { Language } from '../../../base/language.ts';
import { doorRefusals } from '../../../http/problem.ts';
import { articleText, diff, lintRules, parsePolicy } from '../../../policy/index.ts';
import { draft as makeVersion } from '../../../promises/publication/versions/service.ts';
import {
  draftPage,
  editPage,
  policyPage,
  rulePage,
  type DraftView,
  type EditView,
  type FindingView,
} from '../../../web/console/policy.ts';
import { sayIn } from '../../../web/say.ts';
import { documentId, documentsOf } from '../../documents.ts';
import { discardDraft, mostText, readDraft, saveDraft, type PolicyDraft } from '../../draft.ts';
import { examineRunning, examineText, tell, type Examined } from '../../examined.ts';
import { inForce, mustOpen } from '../../in-force.ts';
import { publicationOf } from '../../publication.ts';
import { changeViews } from '../centre/difference.ts';
import { publishedHash } from '../centre/published.ts';
import { framed, type Where } from '../frame.ts';
import { siteRefusals } from '../phrases.ts';
import { one, page, type Seat } from '../seat.ts';
import { seeEverything } from '../seen.ts';
import { toldTo } from '../told.ts';

const titles = {
  policy: { nl: 'Beleid', en: 'Policy' },
  draft: { nl: 'Concept', en: 'Draft' },
  edit: { nl: 'Bewerken', en: 'Edit' },
} as const;

/** A form's text is three bytes for what a file has as one. */
const mostBytes = 3 * mostText;

function findingViews(found: Examined, language: Language, actor: Actor): FindingView[] {
  const title = new Map(lintRules.map((rule) => [rule.id, rule.title[language]]));
  const told = toldTo(actor, language);
  return tell(found, language).map((finding) => ({
    ...finding,
    message: told(finding.message),
    said: finding.message,
    documents: finding.documents.map((document) => ({ id: documentId(document), document })),
    title: title.get(finding.rule) ?? '',
  }));
}

const examined = async (seat: Seat, language: Language, actor: Actor): Promise<FindingView[]> =>
  findingViews(await examineRunning(seat.world), language, actor);

const seePage = page(
  { method: 'GET', path: '/policy', may: 'see the policy', summary: { nl: 'Het beleid', en: 'The policy' } },
  async ({ world: seat, actor, language, request }) => {
    const { world } = seat;
    const published = await publishedHash(seat);
    const view = {
      text: world.declared.text.policy,
      findings: await examined(seat, language, one(actor)),
      said:
        published === null
          ? ('none' as const)
          : published === world.policyHash
            ? ('this' as const)
            : ('other' as const),
      waits: inForce(world).waits,
      draft: await readDraft(world),
      missing: (await documentsOf(world)).filter(({ state }) => state === 'missing').length,
      mayChange: can(one(actor), 'change the policy'),
    };
    return framed(
      { seat, actor, language, request },
      { title: titles.policy[language], main: policyPage(view, sayIn(language, world.zone)) },
    );
  },
);

const rule = page(
  {
    method: 'GET',
    path: '/policy/rules/:rule',
    may: 'see the policy',
    summary: { nl: 'Wat een regel van de toetser vraagt', en: 'What a rule of the linter asks' },
    params: z.object({ rule: z.string().max(20) }),
  },
  async ({ world: seat, actor, language, request, params }) => {
    const found = lintRules.find((known) => known.id === params.rule);
    if (!found) throw doorRefusals.nothingHere();
    const view = {
      id: found.id,
      title: found.title[language],
      article: articleText(found.article)[language],
      severity: found.severity,
      mild: found.mild?.[language] ?? null,
      why: found.why[language],
      write: found.write[language],
      findings: (await examined(seat, language, one(actor))).filter((finding) => finding.rule === found.id),
    };
    return framed(
      { seat, actor, language, request },
      { title: found.id, main: rulePage(view, sayIn(language, seat.world.zone)) },
    );
  },
);

async function draftView(seat: Seat, draft: PolicyDraft, actor: Actor, language: Language): Promise<DraftView> {
  const { world } = seat;
  const { value } = parsePolicy({ name: 'policy.yaml', text: draft.text });
  return {
    draft,
    findings: findingViews(await examineText(world, draft.text), language, actor),
    changes: value ? changeViews(diff(world.policy, value, world.book.eea), value, language) : null,
    mayChange: can(actor, 'change the policy'),
    otherText: draft.text !== world.declared.text.policy,
  };
}

async function draftShown(where: Where & { readonly actor: Actor }) {
  const { seat, actor, language } = where;
  const draft = await readDraft(seat.world);
  const view = draft && (await draftView(seat, draft, actor, language));
  return framed(where, { title: titles.draft[language], main: draftPage(view, sayIn(language, seat.world.zone)) });
}

/** A button under a draft that is another by now: nothing is done, and the draft that stands now is shown. */
const anotherDraft = async (where: Where & { readonly actor: Actor }) =>
  ({
    ...(await draftShown(where)),
    status: 409,
    refused: siteRefusals.draftChanged(),
    page: '/policy/draft',
  }) as const;

const ofDraft = z.object({ revision: z.coerce.number().int().positive() });

const seeDraft = page(
  {
    method: 'GET',
    path: '/policy/draft',
    may: 'see the policy',
    summary: { nl: 'Het concept, en wat het verandert', en: 'The draft, and what it changes' },
  },
  async ({ world: seat, actor, language, request }) => draftShown({ seat, actor: one(actor), language, request }),
);

async function editor(where: Where, view: EditView) {
  const main = editPage(view, sayIn(where.language, where.seat.world.zone));
  return framed(where, { title: titles.edit[where.language], main, scripts: ['editor.js'] });
}

const edit = page(
  {
    method: 'GET',
    path: '/policy/edit',
    may: 'change the policy',
    summary: { nl: 'Het concept bewerken', en: 'Edit the draft' },
  },
  async ({ world: seat, actor, language, request }) => {
    const draft = await readDraft(seat.world);
    const text = draft?.text ?? seat.world.declared.text.policy;
    const findings = findingViews(await examineText(seat.world, text), language, one(actor));
    return editor({ seat, actor, language, request }, { text, revision: draft?.revision ?? 0, findings, stands: null });
  },
);

const save = page(
  {
    method: 'POST',
    path: '/policy/draft',
    may: 'change the policy',
    summary: { nl: 'Slaat het concept op', en: 'Saves the draft' },
    body: z.object({ text: z.string().min(1).max(mostText), revision: z.coerce.number().int().nonnegative() }),
    mostBytes,
  },
  async ({ world: seat, actor, language, request, body }) => {
    if (await saveDraft(seat.world, one(actor), body.text, body.revision)) return { to: '/policy/draft?done=drafted' };
    // Nothing that was written is lost: it comes back, with a word about the other draft.
    const now = await readDraft(seat.world);
    const findings = findingViews(await examineText(seat.world, body.text), language, one(actor));
    const stands = now === null ? null : { text: now.text, by: now.by, at: now.at };
    const view = { text: body.text, revision: now?.revision ?? 0, findings, stands };
    const made = await editor({ seat, actor, language, request }, view);
    return { ...made, status: 409, refused: siteRefusals.draftChanged(), page: '/policy/edit' };
  },
);

const discard = page(
  {
    method: 'POST',
    path: '/policy/draft/discard',
    may: 'change the policy',
    summary: { nl: 'Gooit het concept weg', en: 'Throws the draft away' },
    body: ofDraft,
  },
  async ({ world: seat, actor, language, request, body }) =>
    (await discardDraft(seat.world, body.revision))
      ? { to: '/policy?done=discarded' }
      : anotherDraft({ seat, actor: one(actor), language, request }),
);

const version = page(
  {
    method: 'POST',
    path: '/policy/draft/version',
    may: 'change the policy',
    summary: { nl: 'Maakt van het concept een versie', en: 'Makes a version of the draft' },
    body: ofDraft,
  },
  async ({ world: seat, actor, language, request, body }) => {
    const draft = await readDraft(seat.world);
    if (!draft) throw siteRefusals.noDraft();
    if (draft.revision !== body.revision) return anotherDraft({ seat, actor: one(actor), language, request });
    const made = await makeVersion({ ...publicationOf(seat.world), policyText: draft.text }, one(actor));
    seat.shelf.clear();
    return { to: `/publication/${made.id}?done=version` };
  },
);

const reload = page(
  {
    method: 'POST',
    path: '/policy/reload',
    may: 'change the policy',
    summary: { nl: 'Leest policy.yaml opnieuw', en: 'Reads policy.yaml again' },
  },
  async ({ world: seat }) => {
    mustOpen(seat.world);
    await seeEverything(await seat.reload());
    return { to: '/policy?done=reloaded' };
  },
);

export const policyPages = [seePage, rule, seeDraft, edit, save, discard, version, reload];
