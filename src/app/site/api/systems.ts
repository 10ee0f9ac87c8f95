import { z } from 'zod';
import { siteRefusals } from '../phrases.ts';
import { api } from '../seat.ts';
import { Part, partOf } from './list.ts';

const SystemReply = z.object({
  id: z.string(),
  country: z.string(),
  datasets: z.array(z.object({ id: z.string(), data: z.string().nullable(), source: z.string() })),
});

export const systemRoutes = [
  api(
    {
      method: 'GET',
      path: '/api/systems',
      may: 'see systems',
      summary: { nl: 'Verbonden systemen', en: 'Connected systems' },
      query: Part,
      reply: z.object({ systems: z.array(SystemReply), next: z.string().nullable() }),
    },
    ({ world: { world }, query }) => {
      const { part, next } = partOf(world.systems.systems, (system) => system.id, query);
      return Promise.resolve({
        next,
        systems: part.map((system) => ({
          id: system.id,
          country: system.location.country,
          datasets: world.systems.datasets
            .filter((dataset) => dataset.system === system.id)
            .map((dataset) => ({ id: dataset.id, data: dataset.data, source: dataset.source })),
        })),
      });
    },
  ),
  api(
    {
      method: 'POST',
      path: '/api/systems/:system/probe',
      may: 'look into a system',
      summary: {
        nl: 'Kijkt of het bereikbaar is en wat geen profiel noemt',
        en: 'Looks whether it is reachable and what no profile lists',
      },
      params: z.strictObject({ system: z.string() }),
      body: z.strictObject({}),
      reply: z.object({
        system: z.string(),
        reachable: z.boolean(),
        version: z.string().nullable(),
        findings: z.array(
          z.object({
            kind: z.string(),
            dataset: z.string().nullable(),
            detail: z.string(),
            items: z.number().nullable(),
          }),
        ),
      }),
      refuses: ['system-unknown'],
      harmless: true,
    },
    async ({ world: { world }, params }) => {
      if (!world.systems.systems.some((system) => system.id === params.system))
        throw siteRefusals.unknownSystem(params.system);
      const { findings, ...rest } = await world.systems.probe(params.system);
      return { system: params.system, ...rest, findings: [...findings] };
    },
  ),
];
