/** Debian's Chromium with a profile of its own, that talks to nobody by itself. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';

const executablePath = '/usr/bin/chromium';
export const hasBrowser = existsSync(executablePath);

export interface TestBrowser {
  readonly context: BrowserContext;
  readonly close: () => Promise<void>;
}

export async function testBrowser(): Promise<TestBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'gestand-chromium-'));
  const quiet = ['quic', 'background-networking', 'component-update', 'sync', 'gpu'].map((one) => `--disable-${one}`);
  const args = ['--no-sandbox', '--no-first-run', ...quiet];
  const context = await chromium.launchPersistentContext(profile, { executablePath, headless: true, args });
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
