/** A person in a real browser, with a security key that is made of software: opens an invitation, makes a passkey, signs in. */
import { createServer, type AddressInfo } from 'node:net';
import type { BrowserContext, Page } from 'playwright-core';

/** A page whose browser has a key that answers at once, as a finger on a reader would. */
export async function pageWithKey(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return page;
}

/** From the link of an invitation to the console. */
export async function enrol(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.click('main form button');
  await page.waitForURL('**/account');
  await page.fill('#name', 'key');
  await page.click('form[data-passkey] button');
  await page.waitForURL('**/account?done=saved');
  await page.click('.card.kept button');
  // The recovery codes are shown once; a second person of the same account would see the console at once.
  await page.click('main a.button.main');
  await page.waitForLoadState();
}

/** A port that nobody uses now: a passkey is bound to the address, so it must be known before the server starts. */
export function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}
