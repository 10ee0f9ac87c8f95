/** Changing a system that is connected, and disconnecting it. */
import { z } from 'zod';
import { Refusal } from '../../../base/refusal.ts';
import { changePage, changeTitle, disconnectPage } from '../../../web/console/change-system.ts';
import { sayIn } from '../../../web/say.ts';
import {
  changeRefusals,
  changeSystem,
  disconnectSystem,
  openPlans,
  partingOf,
  systemNow,
  type SourceChange,
  type SystemChange,
} from '../change-system.ts';
import { several } from '../form.ts';
import { framed, type Where } from '../frame.ts';
import { look } from '../looks.ts';
import { siteRefusals } from '../phrases.ts';
import { one, page } from '../seat.ts';
import { seeEverything } from '../seen.ts';
import { profilesOf } from './set-up.ts';

const params = z.strictObject({ system: z.string().max(64) });
const word = z.string().trim().max(300);
const may = 'connect a system' as const;

async function changeForm(where: Where, system: string, typed: SystemChange | null) {
  const { seat, language } = where;
  const say = sayIn(language, seat.world.zone);
  const now = systemNow(seat, system);
  const profile = profilesOf(seat).find((each) => each.id === now.profile);
  if (!profile) throw siteRefusals.unknownSystem(system);
  const main = changePage({ now, profile, plans: (await openPlans(seat)).length, typed }, say);
  return framed(where, { title: changeTitle('change', say), main });
}

export const changeSystemPages = [
  page(
    {
      method: 'GET',
      path: '/systems/:system/change',
      may,
      summary: { nl: 'Een systeem wijzigen', en: 'Change a system' },
      params,
    },
    async ({ world: seat, actor, language, params: { system }, request }) =>
      changeForm({ seat, actor, language, request }, system, null),
  ),
  page(
    {
      method: 'POST',
      path: '/systems/:system/change',
      may,
      summary: { nl: 'Wijzigt een systeem', en: 'Changes a system' },
      params,
      body: z.looseObject({
        seen: z.string().max(64),
        absent: several(word),
        title: word.min(1),
        country: word,
        place: word.min(1),
      }),
      // An address of a database has the password in it.
      secret: /^(read|erase)\./,
    },
    async ({ world: seat, actor, language, params: { system }, body, request }) => {
      const { profile } = systemNow(seat, system);
      const sources = profilesOf(seat).find((each) => each.id === profile)?.sources ?? [];
      const wanted = wantedOf(sources, body);
      try {
        const next = await changeSystem(seat, one(actor), system, wanted, language);
        await look(next.world, system);
        await seeEverything(next);
      } catch (cause) {
        if (!(cause instanceof Refusal) || cause.code !== changeRefusals.meanwhile().code) throw cause;
        // Nothing that was typed is lost: it comes back, beside what the other made of it.
        const made = await changeForm({ seat, actor, language, request }, system, wanted);
        return { ...made, status: 409, refused: cause, page: `/systems/${system}/change` };
      }
      return { to: `/systems/${system}?done=changed` };
    },
  ),
  page(
    {
      method: 'GET',
      path: '/systems/:system/disconnect',
      may,
      summary: { nl: 'Een systeem loskoppelen', en: 'Disconnect a system' },
      params,
    },
    async ({ world: seat, actor, language, params: { system }, request }) => {
      const say = sayIn(language, seat.world.zone);
      const { title } = systemNow(seat, system);
      const main = disconnectPage({ id: system, title, parting: await partingOf(seat, system) }, say);
      return framed({ seat, actor, language, request }, { title: changeTitle('disconnect', say), main });
    },
  ),
  page(
    {
      method: 'POST',
      path: '/systems/:system/disconnect',
      may,
      summary: { nl: 'Koppelt een systeem los', en: 'Disconnects a system' },
      params,
      body: z.object({ reason: z.string().trim().min(1).max(500) }),
    },
    async ({ world: seat, actor, params: { system }, body }) => {
      await seeEverything(await disconnectSystem(seat, one(actor), system, body.reason));
      return { to: '/systems?done=disconnected' };
    },
  ),
];

function wantedOf(
  sources: readonly { readonly name: string; readonly kind: 'sql' | 'files' | 'manual' }[],
  body: Readonly<Record<string, unknown>> & { readonly absent: readonly string[]; readonly seen: string },
): SystemChange {
  const text = (name: string): string => {
    const value = body[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  const said = sources.flatMap(({ name, kind }): [string, SourceChange][] => {
    if (kind === 'manual') return [];
    if (kind === 'files') return [[name, { root: text(`root.${name}`) }]];
    return [
      [
        name,
        {
          dialect: text(`dialect.${name}`),
          read: text(`read.${name}`),
          erase: text(`erase.${name}`),
          gone: text(`gone.${name}`) !== '',
          readOnly: text(`read-only.${name}`) !== '',
        },
      ],
    ];
  });
  return {
    title: text('title'),
    country: text('country').toUpperCase(),
    place: text('place'),
    absent: body.absent,
    seen: body.seen,
    sources: Object.fromEntries(said),
  };
}
