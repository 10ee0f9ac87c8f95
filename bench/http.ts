/**
 * The board over HTTP at a steady 200 requests a second for ten seconds, signed in, beside a handler of the same framework that
 * only sends the same bytes. Open loop: a request is sent when its moment comes, whatever the ones before it do, so that a stall
 * shows in the figures. Client and server share the machine's cores. Before the rounds each serves two seconds: a program that has
 * just begun compiles itself and opens its sessions, and that figure stands apart (`cold_p99_s`).
 */
import { Agent, request } from 'node:http';
import { Hono } from 'hono';
import { listen, makeSite } from '../src/app/site/site.ts';
import { testSite } from '../test/worlds/site.ts';
import { gate, median, type Bench } from './bench.ts';

const perSecond = 200;
const coldSeconds = 2;

export const http: Bench = {
  name: 'http',
  run: async (options) => {
    const seconds = options.size ?? 10;
    const world = await testSite();
    const site = makeSite({
      seatOf: () => world.seat,
      https: false,
      proxies: [],
      log: () => undefined,
      perMinute: { person: 1e9, network: 1e9 },
    });
    const ours = await listen((ask, env) => site.fetch(ask, env as never), { port: 0, hostname: '127.0.0.1' });
    const cookie = `__Host-gestand=${world.people.get('privacy-officer')?.token ?? ''}`;
    const path = '/api/promises';
    try {
      const body = await (await fetch(new URL(path, ours.url), { headers: { cookie } })).text();
      const told = JSON.parse(body) as { promises: { id: string }[] };
      gate(told.promises.length >= 30, 'the board has too few promises');
      const bare = new Hono();
      bare.get(path, (context) => context.body(body, 200, { 'content-type': 'application/json; charset=utf-8' }));
      const plain = await listen((ask) => bare.fetch(ask), { port: 0, hostname: '127.0.0.1' });
      try {
        const took = { ours: [] as number[], baseline: [] as number[] };
        const cold = await load(new URL(path, ours.url), cookie, coldSeconds);
        gate(cold.length === perSecond * coldSeconds, 'a request was not answered with 200');
        await load(new URL(path, plain.url), cookie, coldSeconds);
        const tails = { ours: [] as number[], baseline: [] as number[] };
        for (let round = 0; round < options.rounds; round += 1) {
          for (const [name, url] of [
            ['ours', ours.url],
            ['baseline', plain.url],
          ] as const) {
            const times = await load(new URL(path, url), cookie, seconds);
            gate(times.length === perSecond * seconds, 'a request was not answered with 200');
            took[name].push(quantile(times, 0.5));
            tails[name].push(quantile(times, 0.99));
            options.log(
              `round ${round + 1}: ${name} p50 ${(quantile(times, 0.5) * 1000).toFixed(1)} ms, p99 ${(quantile(times, 0.99) * 1000).toFixed(1)} ms`,
            );
          }
        }
        const [o, b] = [median(tails.ours), median(tails.baseline)];
        return {
          bench: 'http',
          ours_s: o,
          baseline_s: b,
          ratio: o / b,
          gate: 'pass',
          p50_s: median(took.ours),
          baseline_p50_s: median(took.baseline),
          cold_p99_s: quantile(cold, 0.99),
          requests_a_second: perSecond,
          within: o <= 0.05,
        };
      } finally {
        await plain.close();
      }
    } finally {
      await ours.close();
      await world.close();
    }
  },
};

/** Seconds that each answer took, counted from the moment at which its request was due; only those answered with 200. */
async function load(url: URL, cookie: string, seconds: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const times: number[] = [];
  const start = performance.now();
  const all = Array.from({ length: perSecond * seconds }, async (_, i) => {
    const due = start + (i * 1000) / perSecond;
    await new Promise((done) => setTimeout(done, Math.max(0, due - performance.now())));
    // A timer may fire a little early: then the answer is counted from when the request was really sent.
    const from = Math.min(due, performance.now());
    if ((await status(url, cookie, agent)) === 200) times.push((performance.now() - from) / 1000);
  });
  await Promise.all(all);
  agent.destroy();
  return times;
}

function status(url: URL, cookie: string, agent: Agent): Promise<number> {
  return new Promise((settle) => {
    const ask = request(url, { agent, headers: { cookie } }, (answer) => {
      answer.resume();
      answer.on('end', () => settle(answer.statusCode ?? 0));
    });
    ask.on('error', (cause: NodeJS.ErrnoException) => {
      // The server closed an idle connection just as it was taken up again: any client then asks on another.
      const again = ask.reusedSocket && cause.code === 'ECONNRESET';
      settle(again ? status(url, cookie, agent) : 0);
    });
    ask.end();
  });
}

function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? Number.NaN;
}
