import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import {
  actorOf,
  beginPasskey,
  beginPasskeySignIn,
  confirmPasskey,
  cookies,
  finishEnrolment,
  finishPasskeySignIn,
  invite,
  openLink,
  setCookie,
} from '../../src/access/index.ts';
import { accessWorld, desk, whoIs } from '../worlds/access.ts';
import { hasBrowser, testBrowser } from '../worlds/browser.ts';
import { pageWithKey } from '../worlds/visitor.ts';

/** What a page of ours does with the options, and sends back. */
const ask = (page: Page, how: 'create' | 'get', options: unknown): Promise<unknown> =>
  page.evaluate(
    async ([how, options]) => {
      const { PublicKeyCredential: Key, navigator } = globalThis as unknown as {
        PublicKeyCredential: Record<string, (options: unknown) => unknown>;
        navigator: { credentials: Record<string, (of: unknown) => Promise<{ toJSON(): unknown }>> };
      };
      const parse = how === 'create' ? 'parseCreationOptionsFromJSON' : 'parseRequestOptionsFromJSON';
      const answer = await navigator.credentials[how]?.({ publicKey: Key[parse]?.(options) });
      return answer?.toJSON();
    },
    [how, options] as const,
  );

describe('a real browser', { skip: hasBrowser ? false : 'chromium is not installed' }, () => {
  it('makes a passkey, signs in with it alone, and keeps our cookies on this machine without TLS', async () => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers.cookie ?? '');
      response.setHeader('set-cookie', setCookie('session', 'a-token'));
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>x</title>');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const site = `http://localhost:${(server.address() as AddressInfo).port}`;
    const access = await accessWorld({ site });
    const { world } = access;
    const browser = await testBrowser();
    try {
      const page = await pageWithKey(browser.context);
      await page.goto(site);
      await page.goto(site);
      assert.ok(seen.at(-1)?.includes(`${cookies.session.name}=a-token`), seen.join(' | '));

      const link = await invite(world, null, {
        name: 'Anna de Beer',
        email: 'anna@voorbeeld.example',
        roles: ['approver'],
      });
      const { session } = await openLink(world, link.token, desk);
      const begun = await beginPasskey(world, await whoIs(world, session));
      const made = await ask(page, 'create', begun.options);
      await confirmPasskey(world, await whoIs(world, session), begun.flow, { name: 'laptop', answer: made });
      await finishEnrolment(world, await whoIs(world, session));

      const signing = await beginPasskeySignIn(world);
      const answer = await ask(page, 'get', signing.options);
      const done = await finishPasskeySignIn(world, signing.flow, answer, desk);
      assert.equal((await actorOf(world, done.session))?.account, link.account);
      // The same browser, with the same key, at another name of the same machine: it shows no key there.
      await page.goto(site.replace('localhost', '127.0.0.1'));
      await assert.rejects(ask(page, 'get', (await beginPasskeySignIn(world)).options), /SecurityError/);
    } finally {
      await browser.close();
      server.closeAllConnections();
      server.close();
      await access.close();
    }
  });
});
