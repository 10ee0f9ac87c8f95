/** Markup as a template that escapes whatever is put in it (hono/html); the only way a page is made. */
import { html, raw } from 'hono/html';

export { html, raw };
export type Html = ReturnType<typeof html>;

export const nothing: Html = html``;

export async function textOf(page: Html): Promise<string> {
  return String(await page);
}
