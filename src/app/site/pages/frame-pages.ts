/** Pages that belong to the frame: its files, its health, how it looks, the reference for programs, search. */
import { z } from 'zod';
import { permissionText } from '../../../access/index.ts';
import { openApi } from '../../../http/openapi.ts';
import { referencePage } from '../../../web/console/reference.ts';
import { searchPage } from '../../../web/console/search.ts';
import { hookContracts } from '../../notify/contract.ts';
import { framed, remembered } from '../frame.ts';
import { findIn } from '../find.ts';
import { api, one, page, type Seat, type SiteRoute } from '../seat.ts';
import { within } from '../within.ts';
import { version } from '../../version.ts';

const icon = new TextEncoder().encode(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M2 9l4 4 8-10" fill="none" stroke="#0f8a55" stroke-width="2.6"/></svg>',
);

const about = ({ origin }: Pick<Seat, 'origin'>, language: 'nl' | 'en') => ({
  title: 'Gestand',
  version: version(),
  language,
  told: (may: string) => permissionText(may, language),
  server: origin,
  hooks: hookContracts(language),
});
const nowhere = { nl: 'Dat is er niet.', en: 'That is not there.' };

/** `routes` answers with every route of the site, these included: the reference shows them all. */
export const framePages = (routes: () => readonly SiteRoute[]): readonly SiteRoute[] => [
  page(
    {
      method: 'GET',
      path: '/assets/:file',
      may: 'anyone',
      summary: { nl: 'Opmaak en scripts', en: 'Sheet and scripts' },
      params: z.strictObject({ file: z.string().regex(/^[a-z]+-[0-9a-f]{16}\.(css|js)$/) }),
    },
    ({ world: { assets }, params, language }) => {
      const found = assets.read(params.file);
      return Promise.resolve(
        found === null ? { html: nowhere[language], status: 404 as const } : { ...found, cache: 'forever' as const },
      );
    },
  ),
  page({ method: 'GET', path: '/icon.svg', may: 'anyone', summary: { nl: 'Het teken', en: 'The mark' } }, () =>
    Promise.resolve({ bytes: icon, type: 'image/svg+xml; charset=utf-8', cache: 'public' as const }),
  ),
  page(
    {
      method: 'POST',
      path: '/appearance',
      may: 'anyone',
      summary: { nl: 'Licht of donker', en: 'Light or dark' },
      body: z.object({ theme: z.enum(['light', 'dark']), back: z.string().max(500).default('/') }),
    },
    ({ body }) =>
      Promise.resolve({
        to: within(body.back),
        cookies: [remembered('theme', body.theme)],
      }),
  ),
  page(
    {
      method: 'GET',
      path: '/search',
      may: 'anyone signed in',
      summary: { nl: 'Zoeken', en: 'Search' },
      query: z.object({ q: z.string().trim().max(200).default('') }),
    },
    async ({ world: seat, actor, language, query, request }) =>
      framed(
        { seat, actor, language, request },
        {
          title: language === 'nl' ? 'Zoeken' : 'Search',
          main: searchPage(query.q, await findIn(seat, one(actor), query.q, language), language),
        },
      ),
  ),
  api(
    {
      method: 'GET',
      path: '/health',
      may: 'anyone',
      summary: { nl: 'Of de server leeft', en: 'Whether the server lives' },
      reply: z.object({ ok: z.boolean(), at: z.string(), evidence: z.number() }),
    },
    async ({ world: { world } }) => ({
      ok: true,
      at: world.clock().toString(),
      evidence: (await world.ledger.checkpoint())?.size ?? 0,
    }),
  ),
  api(
    {
      method: 'GET',
      path: '/api/openapi.json',
      may: 'anyone',
      summary: { nl: 'Dit document', en: 'This document' },
      reply: z.record(z.string(), z.unknown()),
    },
    ({ world: seat, language }) => Promise.resolve(openApi(routes(), about(seat, language))),
  ),
  page(
    {
      method: 'GET',
      path: '/api/reference',
      may: 'anyone',
      summary: { nl: 'Naslag voor programma’s', en: 'Reference for programs' },
    },
    ({ world: seat, actor, language, request }) =>
      framed(
        { seat, actor, language, request },
        {
          title: language === 'nl' ? 'Voor programma’s' : 'For programs',
          main: referencePage(openApi(routes(), about(seat, language)), language),
        },
      ),
  ),
];
