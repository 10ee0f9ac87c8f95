/** Holds: what is kept for a pending case, how safely, and who lets it go. */
import { z } from 'zod';
import { samePerson } from '../../../base/person.ts';
import { startOfDay } from '../../../base/time.ts';
import { can, type Actor } from '../../../access/index.ts';
import { daysOf, matterKinds, subjectKinds, type GivenScope, type Scope } from '../../../promises/holds/model.ts';
import { holdStates, incompleteTexts, itemsText, risks, subjectKindTexts } from '../../../promises/holds/phrases.ts';
import { listHolds, placeHold, releaseHold, reviewHold } from '../../../promises/holds/service.ts';
import { holdPage, holdsPage, newHoldPage, type HoldView } from '../../../web/console/holds.ts';
import { sayIn, type Say } from '../../../web/say.ts';
import { framed } from '../frame.ts';
import { scopeFor } from '../masked.ts';
import { siteRefusals } from '../phrases.ts';
import { one, page, type Seat } from '../seat.ts';
import type { Language } from '../../../base/language.ts';

const params = z.strictObject({ hold: z.string().regex(/^h-[a-z0-9]+$/) });
const text = z.string().trim().min(1).max(2000);

export const holdPages = [
  page(
    { method: 'GET', path: '/holds', may: 'see holds', summary: { nl: 'Bewaarplichten', en: 'Holds' } },
    async ({ world: seat, actor, language, request }) =>
      framed(
        { seat, actor, language, request },
        {
          title: language === 'nl' ? 'Bewaarplichten' : 'Holds',
          main: holdsPage(
            { holds: await viewsOf(seat, language, one(actor)), mayPlace: can(one(actor), 'place a hold') },
            sayIn(language, seat.world.zone),
          ),
        },
      ),
  ),
  page(
    {
      method: 'GET',
      path: '/holds/new',
      may: 'place a hold',
      summary: { nl: 'Een bewaarplicht instellen', en: 'Place a hold' },
    },
    ({ world: seat, actor, language, request }) =>
      framed(
        { seat, actor, language, request },
        {
          title: language === 'nl' ? 'Bewaarplicht instellen' : 'Place a hold',
          main: newHoldPage(
            {
              kinds: matterKinds,
              keys: subjectKinds.map((value) => ({ value, text: subjectKindTexts[value][language] })),
              datasets: datasetsOf(seat),
            },
            sayIn(language, seat.world.zone),
          ),
        },
      ),
  ),
  page(
    {
      method: 'POST',
      path: '/holds/new',
      may: 'place a hold',
      summary: { nl: 'Stelt een bewaarplicht in', en: 'Places a hold' },
      body: z.object({
        matter: text,
        kind: z.enum(matterKinds),
        reason: text,
        legalBasis: text,
        scope: z.enum(['subject', 'place']),
        subjectKind: z.enum(subjectKinds).default('phone'),
        value: z.string().trim().max(300).default(''),
        place: z.string().trim().max(300).default(''),
        from: z.union([z.iso.date(), z.literal('')]).default(''),
        to: z.union([z.iso.date(), z.literal('')]).default(''),
        datasets: z.union([z.string(), z.array(z.string())]).default([]),
        prospective: z.literal('yes').optional(),
      }),
      about: { 'hold-matches-nothing': ['value', 'place'], 'hold-scope': ['value', 'place', 'scope'] },
    },
    async ({ world: { world }, actor, body }) => {
      const datasets = Array.isArray(body.datasets) ? body.datasets : [body.datasets];
      const scope: GivenScope =
        body.scope === 'subject'
          ? [{ is: 'subject', kind: body.subjectKind, value: body.value, datasets }]
          : [
              {
                is: 'place',
                place: body.place,
                datasets,
                from: body.from === '' ? null : body.from,
                to: body.to === '' ? null : body.to,
              },
            ];
      const { matter, kind, reason, legalBasis } = body;
      const { hold } = await placeHold(world, one(actor), {
        matter,
        kind,
        reason,
        legalBasis,
        scope,
        prospective: body.prospective === 'yes',
      });
      return { to: `/holds/${hold.id}?done=held` };
    },
  ),
  page(
    {
      method: 'GET',
      path: '/holds/:hold',
      may: 'see holds',
      summary: { nl: 'Een bewaarplicht', en: 'A hold' },
      params,
    },
    async ({ world: seat, actor, language, params: { hold: id }, request }) => {
      const hold = (await viewsOf(seat, language, one(actor))).find((view) => view.id === id);
      if (!hold) throw siteRefusals.unknownHold(id);
      const rights = { review: can(one(actor), 'review a hold'), release: can(one(actor), 'release a hold') };
      return framed(
        { seat, actor, language, request },
        { title: hold.matter, main: holdPage(hold, rights, sayIn(language, seat.world.zone)) },
      );
    },
  ),
  page(
    {
      method: 'POST',
      path: '/holds/:hold/review',
      may: 'review a hold',
      summary: { nl: 'Herziet', en: 'Reviews' },
      params,
    },
    async ({ world: { world }, actor, params: { hold } }) => {
      await reviewHold(world, one(actor), hold);
      return { to: `/holds/${hold}?done=reviewed` };
    },
  ),
  page(
    {
      method: 'POST',
      path: '/holds/:hold/release',
      may: 'release a hold',
      summary: { nl: 'Vraagt of keurt de opheffing', en: 'Asks for or grants the release' },
      params,
      // Of the second of the two none is asked.
      body: z.object({ reason: text.optional() }),
    },
    async ({ world: { world }, actor, params: { hold }, body }) => {
      const { state } = await releaseHold(world, one(actor), hold, body.reason ?? '');
      return { to: `/holds/${hold}?done=${state === 'asked' ? 'release-asked' : 'releasing'}` };
    },
  ),
];

function datasetsOf(seat: Seat): string[] {
  return seat.world.systems.datasets
    .filter((dataset) => dataset.at.kind !== 'task')
    .map((dataset) => `${dataset.system}/${dataset.id}`);
}

async function viewsOf({ world }: Seat, language: Language, actor: Actor): Promise<HoldView[]> {
  const { zone } = world;
  const now = world.clock().toString();
  return (await listHolds(world)).map(({ hold, achieved, incomplete }) => ({
    id: hold.id,
    matter: hold.matter,
    kind: hold.kind,
    reason: hold.reason,
    legalBasis: hold.legalBasis,
    state: hold.state,
    stateText: holdStates[hold.state][language],
    placedBy: hold.placedBy,
    placedAt: hold.placedAt.toString(),
    reviewDue: hold.reviewDue.toString(),
    overdue: hold.state !== 'released' && hold.reviewDue.toString() <= now,
    releaseAsked: hold.releaseBy,
    releaseReason: hold.releaseReason,
    askedByReader: hold.releaseBy !== null && samePerson(hold.releaseBy, actor.name),
    graceUntil: hold.graceUntil?.toString() ?? null,
    prospective: hold.prospective,
    scope: scopeFor(actor, hold.scope).map((part) => scopeText(part, sayIn(language, zone), zone)),
    incomplete: incomplete.flatMap(incompleteTexts).map((text) => text[language]),
    achieved: achieved.map((part) => ({
      where: `${part.system}/${part.dataset}`,
      native: part.native,
      preserved: part.preserved,
      guarded: part.guarded,
      risk: part.risk === null ? null : (risks[part.risk]?.[language] ?? part.risk),
    })),
  }));
}

function scopeText(part: Scope[number], { language, day, moment }: Say, zone: string): string {
  const on = (datasets: readonly string[]): string =>
    datasets.length === 0 ? (language === 'nl' ? 'overal' : 'everywhere') : datasets.join(', ');
  switch (part.is) {
    case 'items':
      return `${part.dataset}: ${itemsText(part.keys.length)[language]}`;
    case 'subject':
      return `${subjectKindTexts[part.kind][language]} ${part.value} · ${on(part.datasets)}`;
    case 'place': {
      const { from, to, days } = daysOf(part, zone);
      const end = (at: string | null): string =>
        at === null ? '…' : days ? day(startOfDay(at, zone).toString()) : moment(at);
      return `${part.place} · ${end(from)} – ${end(to)} · ${on(part.datasets)}`;
    }
  }
}
