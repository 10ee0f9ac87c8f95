/**
 * Before there is a home: one page that makes it. Only who has the link from the terminal gets in, and only once. It asks who the
 * organisation is, what it does and who is doing this, writes the policy that follows and an estate in which nothing is connected
 * yet; then the real site takes over.
 */
import { timingSafeEqual } from 'node:crypto';
import { Hono, type HonoRequest } from 'hono';
import { z } from 'zod';
import { invite } from '../../access/index.ts';
import { newToken } from '../../access/sessions.ts';
import type { Language } from '../../base/language.ts';
import { Refusal, type RefusalStatus } from '../../base/refusal.ts';
import { pageField, refusalIn, sentOf } from '../../http/again.ts';
import { formIn } from '../../http/body.ts';
import { contentPolicy, secure } from '../../http/headers.ts';
import { mistakesOf, type SentWrongly } from '../../http/problem.ts';
import { firstPage } from '../../web/access/first.ts';
import { putBack } from '../../web/again.ts';
import { textOf } from '../../web/html.ts';
import { shell } from '../../web/shell.ts';
import type { Config } from '../config.ts';
import { beginHome } from '../begin.ts';
import { isHome } from '../home.ts';
import { Answers, beginningOf, doing, officerReached, questions } from '../questions.ts';
import { partLists, partQuestions, parts, type PartList } from '../parts.ts';
import { openAssets } from './assets.ts';
import { several } from './form.ts';
import type { Seat } from './seat.ts';

export interface FirstSite {
  readonly token: string;
  fetch(request: Request): Response | Promise<Response>;
}

/** The organisation's own, and who is doing this. */
const Begun = Answers.extend({
  does: several(doing),
  token: z.string().max(100),
  name: z.string().trim().min(1).max(200),
  address: z.email(),
}).superRefine(officerReached);

export function firstSite(config: Config, open: () => Promise<Seat>): FirstSite {
  const { token } = newToken();
  const assets = openAssets();
  const app = new Hono();
  const answer = (html: string, status: 200 | RefusalStatus): Response =>
    new Response(html, {
      status,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': contentPolicy({ scripts: true }),
      },
    });
  const page = (language: Language): Promise<string> =>
    textOf(
      shell(
        {
          language,
          title: language === 'nl' ? 'Inrichten' : 'Set-up',
          organisation: null,
          path: '/set-up',
          here: '/set-up',
          nav: [],
          who: null,
          bell: null,
          theme: null,
          styles: assets.url('gestand.css'),
          scripts: [assets.url('console.js')],
        },
        firstPage(
          {
            questions,
            lists: (Object.keys(partLists) as PartList[]).map((list) => ({
              text: partLists[list][language],
              parts: parts
                .filter((value) => partQuestions[value].in === list)
                .map((value) => {
                  const { text, after } = partQuestions[value];
                  return { value, text: text[language], ...(after === undefined ? {} : { after }) };
                }),
            })),
          },
          language,
        ),
      ),
    );
  /** The code of the link comes back too: it was only ever in this browser's address, and is gone from there. */
  const refuse = async (request: HonoRequest, cause: Refusal | SentWrongly, language: Language): Promise<Response> => {
    const sent = await sentOf(request, {}, []);
    const empty = await page(language);
    const what = refusalIn(cause, sent, { about: { 'set-up-link': 'token' } }, language);
    const { html } = await putBack(empty, { ...what, made: true }, pageField);
    return answer(html, cause instanceof Refusal ? cause.status : 422);
  };
  let busy = false;
  app.use(async (context, next) => {
    await next();
    secure(context.res.headers, { https: false });
  });
  app.get('/assets/:file', (context) => {
    const found = assets.read(context.req.param('file'));
    if (found === null) return context.notFound();
    return new Response(Buffer.from(found.bytes), { headers: { 'content-type': found.type } });
  });
  app.get('/set-up', async (context) => answer(await page(languageOf(context.req.raw)), 200));
  app.post('/set-up', async (context) => {
    const language = languageOf(context.req.raw);
    const sent = await formIn(context.req, {}).catch((cause: unknown) => cause);
    if (sent instanceof Refusal) return refuse(context.req, sent, language);
    const read = Begun.safeParse(sent);
    if (!read.success) return refuse(context.req, mistakesOf('body', read.error), language);
    if (!same(read.data.token, token)) return refuse(context.req, refusals.link(), language);
    if (busy) return refuse(context.req, refusals.busy(), language);
    busy = true;
    try {
      // Where an earlier try made the home and then failed, this one goes on with it.
      if (!isHome(config.home)) beginHome(config.home, beginningOf(read.data, new Set(read.data.does)), language);
      const seat = await open();
      const made = await invite(seat.access, null, {
        name: read.data.name,
        email: read.data.address,
        roles: ['privacy-officer', 'engineer'],
        language,
      });
      const { pathname, hash } = new URL(made.link);
      return context.redirect(`${pathname}?lang=${language}${hash}`, 303);
    } catch (cause) {
      if (cause instanceof Refusal) return await refuse(context.req, cause, language);
      throw cause;
    } finally {
      busy = false;
    }
  });
  app.get('*', (context) => context.redirect('/set-up', 303));
  return { token, fetch: (request) => app.fetch(request) };
}

const refusals = {
  link: () =>
    new Refusal(
      'set-up-link',
      {
        nl: 'De code uit de link klopt niet. Open de link die in het venster van de server staat.',
        en: 'The code of the link is not right. Open the link that stands in the server’s window.',
      },
      422,
    ),
  busy: () => new Refusal('set-up-busy', { nl: 'Er wordt al ingericht.', en: 'It is being set up already.' }),
} as const;

function same(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

function languageOf(request: Request): Language {
  const asked = new URL(request.url).searchParams.get('lang');
  if (asked === 'nl' || asked === 'en') return asked;
  return /^\s*nl\b/i.test(request.headers.get('accept-language') ?? '') ? 'nl' : 'en';
}
