/** A site at a port and a browser before it, in which its pages are read as each person. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Role } from '../../src/access/index.ts';
import { program } from '../../src/app/home.ts';
import type { Server } from '../../src/app/site/site.ts';
import { axe } from './axe.ts';
import { signedIn, testBrowser, type TestBrowser } from './browser.ts';
import { testSite, type TestSite } from './site.ts';

/** Where the pictures of the pages lie, as build output. */
export const screens = join(program, 'dist', 'screens');

export interface Browsed {
  readonly site: TestSite;
  readonly server: Server;
  readonly browser: TestBrowser;
  at(path: string): string;
  /** A browser of one person, or of nobody; what it sends elsewhere and complains of is a failure. */
  as(role: Role | 'nobody', work: (page: Page) => Promise<void>): Promise<void>;
  /** It opens in both languages. That it is fit for everyone is looked at once, with every screen (screens.test.ts). */
  opens(page: Page, path: string): Promise<void>;
  /** A state that no other journey shows: in both languages, light and broad, dark and narrow: nothing that axe finds, and nothing that sticks out. */
  examined(page: Page, path: string): Promise<void>;
  close(): Promise<void>;
}

const looks = [
  ['nl', 'light', 1200],
  ['en', 'dark', 360],
] as const;

export async function browsed(options: Parameters<typeof testSite>[0] = {}): Promise<Browsed> {
  mkdirSync(screens, { recursive: true });
  const site = await testSite(options);
  const server = await site.listen();
  const browser = await testBrowser();
  const at = (path: string): string => `${server.url.replace(/\/$/, '')}${path}`;
  const opened = async (page: Page, path: string, lang: string): Promise<void> => {
    const answer = await page.goto(at(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`));
    assert.equal(answer?.status(), 200, `${path} ${lang}`);
    assert.equal(await page.locator('html').getAttribute('lang'), lang, path);
  };
  return {
    site,
    server,
    browser,
    at,
    as: async (role, work) => {
      const { context } = browser;
      await context.clearCookies();
      if (role !== 'nobody') await signedIn(context, site.who(role).token);
      const page = await context.newPage();
      const wrong: string[] = [];
      page.on('request', (request) => {
        if (!request.url().startsWith(server.url)) wrong.push(`asked ${request.url()}`);
      });
      page.on('console', (line) => {
        if (/Content Security|Trusted/.test(line.text())) wrong.push(line.text());
      });
      page.on('pageerror', (error) => wrong.push(error.message));
      try {
        await work(page);
        assert.deepEqual(wrong, []);
      } finally {
        await page.close();
      }
    },
    opens: async (page, path) => {
      for (const [lang] of looks) await opened(page, path, lang);
    },
    examined: async (page, path) => {
      const name = path
        .replace(/[vd]-[0-9a-z]{8,}/g, 'one')
        .replace(/[^a-z0-9]+/gi, '-')
        .replace(/^-|-$/g, '');
      for (const [lang, scheme, width] of looks) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.setViewportSize({ width, height: 900 });
        await opened(page, path, lang);
        if (path.startsWith('/policy/edit')) await page.locator('.cm-content').waitFor();
        const found = await axe(page);
        assert.deepEqual(found, [], `${path} ${lang} ${scheme}`);
        const reach = await page.evaluate('document.documentElement.scrollWidth');
        assert.equal(reach, width, `${path} ${lang} at ${width}`);
        await page.screenshot({ path: join(screens, `${name}.${lang}.${scheme}.png`), fullPage: true });
      }
    },
    close: async () => {
      await browser.close();
      await server.close();
      await site.close();
    },
  };
}
