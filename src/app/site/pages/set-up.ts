/** The guided set-up, and connecting a system. */
import { z } from 'zod';
import { can } from '../../../access/index.ts';
import { choosePage, connectPage, setUpPage, setUpTitle, type ProfileChoice } from '../../../web/console/set-up.ts';
import { sayIn } from '../../../web/say.ts';
import { publishedHash } from '../centre/published.ts';
import { connectRefusals, connectSystem, type NewSystem } from '../connect.ts';
import { several } from '../form.ts';
import { framed } from '../frame.ts';
import { look } from '../looks.ts';
import { nearestPromise } from '../nearest.ts';
import { rolesThat } from '../roles.ts';
import { one, page, type Seat } from '../seat.ts';
import { seeEverything } from '../seen.ts';
import { setUpOf, stepMay, steps } from '../set-up.ts';

const word = z.string().trim().max(300);

export const setUpPages = [
  page(
    { method: 'GET', path: '/set-up', may: 'see settings', summary: { nl: 'Inrichten', en: 'Set-up' } },
    async ({ world: seat, actor, language, request }) => {
      const say = sayIn(language, seat.world.zone);
      const setUp = await setUpOf(seat);
      const nearest = setUp.next === 'promise' ? await nearestPromise(seat) : null;
      const others = steps.filter((step) => !can(one(actor), stepMay[step]));
      const whose = new Map<string, string>(others.map((step) => [step, rolesThat(stepMay[step], language)]));
      return framed(
        { seat, actor, language, request },
        {
          title: setUpTitle('title', say),
          main: setUpPage({ ...setUp, nearest, whose, published: (await publishedHash(seat)) !== null }, say),
        },
      );
    },
  ),
  page(
    {
      method: 'GET',
      path: '/set-up/system',
      may: 'connect a system',
      summary: { nl: 'Een systeem verbinden', en: 'Connect a system' },
      query: z.object({ profile: word.default('') }),
    },
    async ({ world: seat, actor, language, query, request }) => {
      const say = sayIn(language, seat.world.zone);
      const profiles = profilesOf(seat);
      const chosen = profiles.find((each) => each.id === query.profile);
      const main = chosen ? connectPage(chosen, say) : choosePage(profiles, say);
      return framed({ seat, actor, language, request }, { title: setUpTitle('connect', say), main });
    },
  ),
  page(
    {
      method: 'POST',
      path: '/set-up/system',
      may: 'connect a system',
      summary: { nl: 'Verbindt een systeem', en: 'Connects a system' },
      body: z.looseObject({
        absent: several(word),
        profile: word,
        id: word,
        title: word.min(1),
        country: word,
        place: word.min(1),
      }),
      // An address of a database has the password in it.
      secret: /^(read|erase)\./,
      about: { 'system-id': 'id', 'system-exists': 'id' },
    },
    async ({ world: seat, actor, body }) => {
      const profile = profilesOf(seat).find((each) => each.id === body.profile);
      if (!profile) throw connectRefusals.unknownProfile(body.profile);
      const next = await connectSystem(seat, one(actor), wantedOf(profile, body));
      await look(next.world, body.id);
      await seeEverything(next);
      return { to: `/systems/${body.id}?done=connected` };
    },
  ),
];

export function profilesOf({ world }: Seat): ProfileChoice[] {
  const promised = new Set(world.policy.data.map((one) => one.id));
  return [...world.declared.profiles.values()].map((profile) => ({
    id: profile.id,
    title: profile.title,
    datasets: profile.datasets
      .filter((dataset) => profile.sources[dataset.source]?.connector !== 'manual')
      .map(({ id, title, data }) => ({ id, title, promised: promised.has(data) })),
    sources: Object.entries(profile.sources).map(([name, source]) => ({
      name,
      kind: source.connector,
      dialects: source.dialects ?? [],
    })),
  }));
}

function wantedOf(
  profile: ProfileChoice,
  body: Readonly<Record<string, unknown>> & { readonly absent: readonly string[] },
): NewSystem {
  const text = (name: string): string => {
    const value = body[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  const sources = profile.sources.flatMap((source): [string, NewSystem['sources'][string]][] => {
    if (source.kind === 'files') return [[source.name, { root: text(`root.${source.name}`) }]];
    if (source.kind === 'sql')
      return [
        [
          source.name,
          {
            dialect: text(`dialect.${source.name}`),
            read: text(`read.${source.name}`),
            erase: text(`erase.${source.name}`),
          },
        ],
      ];
    return [];
  });
  return {
    profile: profile.id,
    id: text('id'),
    title: text('title'),
    country: text('country').toUpperCase(),
    place: text('place'),
    absent: body.absent,
    sources: Object.fromEntries(sources),
  };
}
