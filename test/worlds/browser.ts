/** Debian's Chromium with a profile of its own, that talks to nobody by itself. */
import { existsSync } from 'node:fs';
import { chromium, type BrowserContext } from 'playwright-core';

const executablePath = '/usr/bin/chromium';
export const hasBrowser = existsSync(executablePath);

export interface TestBrowser {
  readonly context: BrowserContext;
  /** Another person at the same machine: cookies and keys of their own. */
  readonly another: () => Promise<BrowserContext>;
  /** One whose browser runs no script. */
  readonly withoutScript: () => Promise<BrowserContext>;
  readonly close: () => Promise<void>;
}

export async function testBrowser(): Promise<TestBrowser> {
  const quiet = ['quic', 'background-networking', 'component-update', 'sync', 'gpu'].map((one) => `--disable-${one}`);
  const args = ['--no-sandbox', '--no-first-run', ...quiet];
  const browser = await chromium.launch({ executablePath, headless: true, args });
  const another = (): Promise<BrowserContext> => browser.newContext({ acceptDownloads: true });
  const withoutScript = (): Promise<BrowserContext> => browser.newContext({ javaScriptEnabled: false });
  return { context: await another(), another, withoutScript, close: () => browser.close() };
}

/** From here on this browser is that person's. */
export async function signedIn(context: BrowserContext, token: string): Promise<void> {
  await context.addCookies([
    { name: '__Host-gestand', value: token, url: 'https://localhost', secure: true, httpOnly: true },
  ]);
}
