/** What axe finds wrong with a page that is open, in light and in dark: the theme changes under the page, which is not read again. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** In light every rule; in dark, where the same page has other colours, those about colour. */
export async function axeFinds(page: Page): Promise<string[]> {
  const in_ = async (colorScheme: 'light' | 'dark', only: Only): Promise<string[]> => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    return (await axe(page, only)).map((one) => `${one} (${colorScheme})`);
  };
  return [...(await in_('light', 'all')), ...(await in_('dark', 'colour'))];
}

type Only = 'all' | 'colour' | 'not colour';
const options: Readonly<Record<Only, object>> = {
  all: {},
  colour: { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } },
  'not colour': { rules: { 'color-contrast': { enabled: false }, 'link-in-text-block': { enabled: false } } },
};

/** Once, as the page is now. */
export async function axe(page: Page, only: Only = 'all'): Promise<string[]> {
  // Into the page as the browser's own tools do it: its policy for content stays as it is.
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(source);
  const how = JSON.stringify({ resultTypes: ['violations'], ...options[only] });
  return page.evaluate<string[]>(`axe.run(${how}).then(({ violations }) =>
    violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.target.join(' ')).join(', ')))`);
}
