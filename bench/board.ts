/**
 * The board of 1,000 promises and 200 systems in Debian's Chromium: from the start of the navigation until the page answers (its
 * document is read, its script has run, and the next frame was drawn), beside a page of the same browser that has the same bytes
 * of markup and neither our judging nor our frame around it. Each round judges anew: nothing that was judged before is kept.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { forgetReports } from '../src/app/site/reports.ts';
import { testBrowser } from '../test/worlds/browser.ts';
import { largeSite } from '../test/worlds/large.ts';
import { gate, median, type Bench } from './bench.ts';

const systems = 200;

export const board: Bench = {
  name: 'board',
  run: async (options) => {
    const promises = options.size ?? 1000;
    const { site, close } = await largeSite(promises, systems);
    const server = await site.listen();
    const browser = await testBrowser();
    try {
      const token = site.people.get('privacy-officer')?.token ?? '';
      await browser.context.addCookies([
        { name: '__Host-gestand', value: token, url: 'https://localhost', secure: true, httpOnly: true },
      ]);
      const page = await browser.context.newPage();
      await page.goto(server.url);
      const ids = await page.evaluate<string[]>(
        'Array.from(document.querySelectorAll("ul.board > li"), (one) => one.id)',
      );
      gate(new Set(ids).size === promises, `${ids.length} promises on the page`);
      const told = await site.ask('/api/promises', { as: token });
      const judged = ((await told.json()) as { promises: { id: string; state: string }[] }).promises;
      gate(judged.length === promises && judged.every((one) => ids.includes(one.id)), 'the page shows what was judged');
      gate(judged.filter((one) => one.state === 'kept').length >= systems, 'what was measured is kept');
      const whole = await page.content();
      const plain = await serve(whole.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<link[^>]*>/g, ''));
      try {
        const took = { ours: [] as number[], baseline: [] as number[] };
        const answered: number[] = [];
        const work: number[] = [];
        for (let round = 0; round < Math.max(5, options.rounds); round += 1) {
          forgetReports(site.world);
          const ours = await interactive(page, server.url);
          const baseline = await interactive(page, `http://localhost:${(plain.address() as AddressInfo).port}/`);
          took.ours.push(ours.all);
          took.baseline.push(baseline.all);
          answered.push(ours.answered);
          work.push(ours.work);
          options.log(
            `round ${round + 1}: interactive after ${(ours.all * 1000).toFixed(0)} ms (answered after ${(ours.answered * 1000).toFixed(0)}, work ${(ours.work * 1000).toFixed(0)}), the bare page after ${(baseline.all * 1000).toFixed(0)} ms`,
          );
        }
        const [o, b] = [median(took.ours), median(took.baseline)];
        return {
          bench: 'board',
          ours_s: o,
          baseline_s: b,
          ratio: o / b,
          gate: 'pass',
          answered_s: median(answered),
          work_s: median(work),
          promises,
          systems,
          markup_bytes: Buffer.byteLength(whole),
          within: o <= 1,
        };
      } finally {
        plain.closeAllConnections();
        plain.close();
      }
    } finally {
      await browser.close();
      await server.close();
      await close();
    }
  },
};

interface Seen {
  /** Seconds from the start of the navigation, by the browser's own clock: until one can go on, and until the answer was whole. */
  readonly all: number;
  readonly answered: number;
  /** Seconds of a processor: of this process, which serves, and of the thread that lays the page out. A busy machine leaves them as they are. */
  readonly work: number;
}

async function interactive(page: Page, url: string): Promise<Seen> {
  await page.goto('about:blank');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = process.cpuUsage();
  await page.goto(url, { waitUntil: 'commit' });
  const [all, answered] = await page.evaluate<[number, number]>(`new Promise((done) => {
    const drawn = () => requestAnimationFrame(() => setTimeout(() =>
      done([performance.now(), performance.getEntriesByType('navigation')[0].responseEnd])));
    document.readyState === 'loading' ? addEventListener('DOMContentLoaded', drawn) : drawn();
  })`);
  const { user, system } = process.cpuUsage(before);
  const { metrics } = await devtools.send('Performance.getMetrics');
  await devtools.detach();
  const laid = metrics.find((one) => one.name === 'TaskDuration')?.value ?? Number.NaN;
  return { all: all / 1000, answered: answered / 1000, work: (user + system) / 1e6 + laid };
}

function serve(html: string): Promise<Server> {
  const server = createServer((_, answer) => {
    answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}
