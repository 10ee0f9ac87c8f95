/** The server: the page of today and its health. It listens on loopback only, until sign-in has its place. */
import { serve } from '@hono/node-server';
import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import type { Language } from '../base/language.ts';
import { kinds, kindsMean, states } from '../promises/proof/phrases.ts';
import { boardPage } from '../web/page.ts';
import { boardOf } from './board.ts';
import type { OpenWorld } from './world.ts';

export interface Server {
  readonly url: string;
  close(): Promise<void>;
}

export function makeApp(world: OpenWorld): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    // A page on another site must not be able to talk to this one through a name that resolves to loopback.
    const host = (context.req.header('host') ?? '').replace(/:\d+$/, '');
    if (!['127.0.0.1', 'localhost', '[::1]'].includes(host))
      return context.text('This server answers on loopback only.', 421);
    await next();
    const headers = context.res.headers;
    headers.set('x-content-type-options', 'nosniff');
    headers.set('referrer-policy', 'no-referrer');
    headers.set('cache-control', 'no-store');
    return undefined;
  });
  app.get('/health', async (context) => {
    const at = await world.ledger.checkpoint();
    return context.json({ ok: true, at: world.clock().toString(), evidence: at?.size ?? 0 });
  });
  app.get('/', async (context) => {
    const page = String(
      await boardPage(
        await boardOf(world),
        { states, kinds, kindsMean },
        languageOf(context.req.query('lang'), context.req.header('accept-language')),
      ),
    );
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    context.header(
      'content-security-policy',
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    return context.html(page);
  });
  return app;
}

function languageOf(asked: string | undefined, accepted: string | undefined): Language {
  if (asked === 'nl' || asked === 'en') return asked;
  return /^\s*nl\b/i.test(accepted ?? '') ? 'nl' : 'en';
}

export async function startServer(world: OpenWorld, port: number): Promise<Server> {
  const app = makeApp(world);
  return new Promise((done, fail) => {
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (info) => {
      done({
        url: `http://127.0.0.1:${info.port}/`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
    server.on('error', (cause: NodeJS.ErrnoException) => {
      fail(
        cause.code === 'EADDRINUSE'
          ? new Error(`port ${port} is in use: stop what uses it, or choose another with GESTAND_PORT`, { cause })
          : cause,
      );
    });
  });
}
