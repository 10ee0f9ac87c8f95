/** The server: the page of today and its health. It listens on loopback only, until sign-in has its place. */
import { serve } from '@hono/node-server';
import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import type { Language } from '../base/language.ts';
import { judgeAll } from '../promises/proof/service.ts';
import { promises, states, whyText } from '../promises/proof/phrases.ts';
import { holdStates } from '../promises/holds/phrases.ts';
import { listHolds } from '../promises/holds/service.ts';
import { readPlan, total } from '../promises/retention/plan.ts';
import { listPlans } from '../promises/retention/store.ts';
import { boardPage, type Board, type BoardPlan } from '../web/page.ts';
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

async function boardOf(world: OpenWorld): Promise<Board> {
  const reports = await judgeAll(world);
  const heads = await listPlans(world.db, 10);
  const plans: BoardPlan[] = [];
  for (const head of heads) {
    const plan = await readPlan(world, head.id);
    plans.push({
      id: plan.plan,
      made: head.madeAt.toISOString(),
      due: total(plan, 'due'),
      held: total(plan, 'held'),
      state: planState(
        head.state,
        head.approvals,
        plan.lines.some((line) => line.due > 0 && line.then !== 'review'),
      ),
      lines: plan.lines
        .filter((line) => line.due + line.held + line.retained > 0)
        .map((line) => ({
          rule: line.rule,
          where: `${line.system}/${line.dataset}`,
          due: line.due,
          held: line.held,
          retained: line.retained,
        })),
    });
  }
  const holds = (await listHolds(world)).filter(({ hold }) => hold.state !== 'released');
  return {
    organisation: world.policy.organisation.name,
    at: world.clock().toString(),
    promises: reports.map((report) => ({
      id: report.id,
      title: promises[report.id] ?? { nl: report.id, en: report.id },
      state: report.state,
      stateText: states[report.state],
      since: report.since.toString(),
      why: report.why.map(whyText),
      proof: report.proof ? { at: report.proof.at.toString(), leaf: report.leaf } : null,
    })),
    plans,
    holds: holds.map(({ hold, achieved }) => ({
      id: hold.id,
      state: holdStates[hold.state],
      review: hold.reviewDue.toString().slice(0, 10),
      items: achieved.reduce((sum, one) => sum + one.native + one.preserved + one.guarded, 0),
    })),
    evidence: { size: (await world.ledger.checkpoint())?.size ?? 0, key: world.ledger.vkey },
  };
}

function planState(run: string | null, approvals: number, something: boolean): { nl: string; en: string } {
  switch (run) {
    case 'complete':
      return { nl: 'uitgevoerd', en: 'carried out' };
    case 'partial':
      return { nl: 'gedeeltelijk uitgevoerd', en: 'partly carried out' };
    case 'stopped':
      return { nl: 'gestopt', en: 'stopped' };
    case 'running':
      return { nl: 'bezig', en: 'under way' };
    default:
      if (!something) return { nl: 'niets uit te voeren', en: 'nothing to carry out' };
      if (!something) return { nl: 'niets uit te voeren', en: 'nothing to carry out' };
      return approvals > 0
        ? { nl: 'goedgekeurd', en: 'approved' }
        : { nl: 'wacht op goedkeuring', en: 'waits for approval' };
  }
}
