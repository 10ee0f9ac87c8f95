/** Systems: are they there, when did we last look, and what is in them that nobody declared. */
import { z } from 'zod';
import type { Language } from '../../../base/language.ts';
import { can } from '../../../access/index.ts';
import { lastMeasures } from '../../../promises/proof/store.ts';
import { systemPage, systemsPage, type SystemView } from '../../../web/console/systems.ts';
import { sayIn } from '../../../web/say.ts';
import { sayAbsent } from '../connect.ts';
import { framed } from '../frame.ts';
import { lastLooks, look } from '../looks.ts';
import { siteRefusals } from '../phrases.ts';
import { one, page, type Seat } from '../seat.ts';
import { seeEverything } from '../seen.ts';

const params = z.strictObject({ system: z.string().max(64) });

export const systemPages = [
  page(
    { method: 'GET', path: '/systems', may: 'see systems', summary: { nl: 'Systemen', en: 'Systems' } },
    async ({ world: seat, actor, language, request }) =>
      framed(
        { seat, actor, language, request },
        {
          title: language === 'nl' ? 'Systemen' : 'Systems',
          main: systemsPage(
            { systems: await viewsOf(seat, language), mayConnect: can(one(actor), 'connect a system') },
            sayIn(language, seat.world.zone),
          ),
        },
      ),
  ),
  page(
    {
      method: 'GET',
      path: '/systems/:system',
      may: 'see systems',
      summary: { nl: 'Een systeem', en: 'A system' },
      params,
    },
    async ({ world: seat, actor, language, params: { system }, request }) => {
      const view = (await viewsOf(seat, language)).find((each) => each.id === system);
      if (!view) throw siteRefusals.unknownSystem(system);
      return framed(
        { seat, actor, language, request },
        {
          title: view.id,
          main: systemPage(
            view,
            { look: can(one(actor), 'look into a system'), connect: can(one(actor), 'connect a system') },
            sayIn(language, seat.world.zone),
          ),
        },
      );
    },
  ),
  page(
    {
      method: 'POST',
      path: '/systems/:system/probe',
      may: 'look into a system',
      summary: { nl: 'Kijkt opnieuw', en: 'Looks again' },
      params,
    },
    async ({ world: { world }, params: { system } }) => {
      if (!world.systems.systems.some((each) => each.id === system)) throw siteRefusals.unknownSystem(system);
      await look(world, system);
      return { to: `/systems/${system}?done=probed` };
    },
  ),
  page(
    {
      method: 'POST',
      path: '/systems/:system/absent',
      may: 'connect a system',
      summary: { nl: 'Zegt dat een dataset hier niet is', en: 'Says that a dataset is not here' },
      params,
      body: z.object({ dataset: z.string().max(64) }),
    },
    async ({ world: seat, actor, params: { system }, body }) => {
      if (!seat.world.systems.systems.some((each) => each.id === system)) throw siteRefusals.unknownSystem(system);
      const next = await sayAbsent(seat, one(actor), system, body.dataset);
      await look(next.world, system);
      await seeEverything(next);
      return { to: `/systems/${system}?done=saved` };
    },
  ),
];

async function viewsOf({ world }: Seat, language: Language): Promise<SystemView[]> {
  const looks = await lastLooks(world);
  const measures = await lastMeasures(world.db, world.clock());
  return world.systems.systems.map((system) => {
    const seen = looks.get(system.id);
    const declared = world.declared.estate.systems.find((each) => each.id === system.id);
    return {
      id: system.id,
      title: declared?.title ?? null,
      role: declared?.role ?? null,
      country: system.location.country,
      look: seen
        ? {
            ...seen,
            findings: seen.findings.map((each) => ({ ...each, detail: each.text?.[language] ?? each.detail })),
          }
        : null,
      datasets: world.systems.datasets
        .filter((dataset) => dataset.system === system.id)
        .map((dataset) => {
          const mine = measures.filter((each) => each.system === system.id && each.dataset === dataset.id);
          return {
            id: dataset.id,
            data: world.policy.data.find((each) => each.id === dataset.data)?.text[language] ?? dataset.data,
            overdue: mine.some((each) => each.overdue === null)
              ? null
              : mine.reduce((sum, each) => sum + (each.overdue ?? 0), 0),
            held: mine.reduce((sum, each) => sum + each.held, 0),
            measured: mine.map((each) => each.at.toString()).toSorted()[0] ?? null,
          };
        }),
    };
  });
}
