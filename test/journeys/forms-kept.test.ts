/** What was typed is not lost when one must first confirm or sign in, when the form is gone, or without script; and it goes to nobody else. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import {
  beginCode,
  confirmCode,
  finishEnrolment,
  invite,
  openLink,
  setPassword,
  type Role,
} from '../../src/access/index.ts';
import { program } from '../../src/app/home.ts';
import { publicationOf } from '../../src/app/publication.ts';
import type { Server } from '../../src/app/site/site.ts';
import { makeToken } from '../../src/app/site/tokens.ts';
import { draft, withdraw } from '../../src/promises/publication/versions/service.ts';
import { codeAt, desk, passphrase, whoIs } from '../worlds/access.ts';
import { attr, comesBack, find, named, pageOf, type Refused } from '../worlds/again.ts';
import { axeFinds } from '../worlds/axe.ts';
import { hasBrowser, testBrowser, type TestBrowser } from '../worlds/browser.ts';
import { testSite, type TestSite } from '../worlds/site.ts';
import { enrol, freePort, pageWithKey } from '../worlds/visitor.ts';

const screens = join(program, 'dist', 'screens');
const invited = {
  name: 'Nieuw Gezicht',
  email: 'nieuw@example.nl',
  language: 'en',
  roles: 'approver',
  until: '2027-03-01',
};

describe('what was typed', () => {
  let site: TestSite;
  let server: Server;
  let browser: TestBrowser | null = null;

  before(async () => {
    const port = await freePort();
    site = await testSite({ port });
    server = await site.listen();
    if (hasBrowser) browser = await testBrowser();
    mkdirSync(screens, { recursive: true });
  });
  after(async () => {
    await browser?.close();
    await server.close();
    await site.close();
  });

  const person = (role: Role) => {
    const found = site.people.get(role);
    assert.ok(found);
    return found;
  };
  const send = (
    path: string,
    fields: Readonly<Record<string, string>>,
    of: { as?: string; page?: string; from?: string } = {},
  ) =>
    site.ask(path, {
      method: 'POST',
      ...(of.as === undefined ? {} : { as: of.as }),
      headers: {
        accept: 'text/html',
        'accept-language': 'en',
        'sec-fetch-site': of.from ?? 'same-origin',
        ...(of.page === undefined ? {} : { referer: `http://localhost${of.page}` }),
      },
      body: new URLSearchParams(fields),
    });
  const accounts = async (): Promise<number> =>
    Number((await sql<{ n: string }>`select count(*) as n from access.account`.execute(site.world.db)).rows[0]?.n);
  const keptOf = (text: string): string => attr(find(pageOf(text), named('kept')), 'value') ?? '';

  it('waits where one must confirm first, and nothing is done by that', async () => {
    const many = await accounts();
    const asked = await send('/people/invite', invited, {
      as: person('privacy-officer').stale,
      page: '/people/invite',
    });
    assert.equal(asked.status, 401);
    const kept = keptOf(await asked.text());
    assert.match(kept, /Nieuw Gezicht/);
    const soon = await send('/again', { kept }, { as: person('privacy-officer').stale });
    assert.deepEqual([soon.status, keptOf(await soon.text())], [401, kept], 'too soon: it goes on waiting');
    const back = await send('/again', { kept }, { as: person('privacy-officer').token });
    assert.equal(back.status, 200);
    const text = await back.text();
    const page = pageOf(text);
    assert.equal(attr(find(page, named('name')), 'value'), 'Nieuw Gezicht');
    assert.equal(attr(find(page, named('until')), 'value'), '2027-03-01');
    assert.equal(
      attr(
        find(page, (one) => attr(one, 'value') === 'approver'),
        'checked',
      ),
      '',
    );
    assert.match(text, /Press the button once more/);
    assert.equal(await accounts(), many);
    const other = await (await site.ask('/people/invite', { as: person('privacy-officer').token })).text();
    assert.doesNotMatch(other, /Nieuw Gezicht/, 'the server keeps nothing');
  });

  it('is without what is secret, and says that it must be filled in again', async () => {
    const fields = {
      profile: 'freepbx',
      id: 'centrale',
      title: 'De centrale',
      country: 'NL',
      place: 'Haps',
      'read.cdr': 'mysql://r:hunter2@h/db',
    };
    const page = '/set-up/system?profile=freepbx';
    const asked = await send(page, fields, { as: person('engineer').stale, page });
    const text = await asked.text();
    assert.deepEqual([asked.status, text.includes('hunter2')], [401, false]);
    const back = pageOf(await (await send('/again', { kept: keptOf(text) }, { as: person('engineer').token })).text());
    const read = find(back, named('read.cdr'));
    assert.ok(read && (attr(read, 'value') ?? '') === '');
    assert.ok(
      find(
        back,
        (one) =>
          (attr(read, 'aria-describedby') ?? '').split(' ').includes(attr(one, 'id') ?? '-') &&
          attr(one, 'id')?.endsWith('-again') === true,
      ),
    );
    assert.equal(attr(find(back, named('id')), 'value'), 'centrale');
  });

  it('is asked again at the second step, without the code', async () => {
    const { access } = site.seat;
    const email = 'twee.stappen@example.nl';
    const link = await invite(access, null, { name: 'Twee Stappen', email, roles: ['engineer'] });
    const { session } = await openLink(access, link.token, desk);
    const actor = await whoIs(access, session);
    await setPassword(access, actor, { password: passphrase });
    const { secret, flow } = await beginCode(access, actor);
    await confirmCode(access, actor, flow, codeAt(secret, access.clock()));
    await finishEnrolment(access, await whoIs(access, session));
    for (const [name, wrong] of [
      ['code', '123123'],
      ['recovery', 'AAAA-BBBB-CCCC'],
    ] as const) {
      const first = await send('/sign-in', { email, password: passphrase, back: '/holds' }, { page: '/sign-in' });
      assert.equal(first.status, 303, await first.text());
      const second = await site.ask('/sign-in/second', {
        method: 'POST',
        headers: {
          accept: 'text/html',
          'accept-language': 'en',
          cookie: first.headers
            .getSetCookie()
            .map((one) => one.split(';')[0])
            .join('; '),
        },
        body: new URLSearchParams({ [name]: wrong, back: '/holds' }),
      });
      comesBack(
        await second.text(),
        {
          post: '/sign-in/second',
          as: null,
          page: '/sign-in/second',
          sent: { [name]: wrong, back: '/holds' },
          status: 422,
          field: name,
          secret: [wrong],
        },
        name,
      );
      assert.equal(second.status, 422);
    }
  });

  it('is asked again of an officer whose box is not made, or who has no key to it yet', async () => {
    const again = async (as: string, post: string, sent: Readonly<Record<string, string>>): Promise<void> => {
      const answer = await send(post, sent, { as, page: '/dpo' });
      assert.equal(answer.status, 409, post);
      const refused = { post, as: null, page: '/dpo', sent, status: 409, field: 'passphrase', secret: ['kort'] };
      comesBack(await answer.text(), refused, post);
    };
    const [one, two] = [person('dpo').token, (await site.person('Tweede Functionaris', 'dpo')).token];
    await again(one, '/dpo/make', { passphrase: 'kort', parts: '3', needed: '2' });
    const made = await send('/dpo/make', { passphrase, parts: '3', needed: '2' }, { as: one, page: '/dpo' });
    assert.equal(made.status, 200);
    await again(two, '/dpo/key', { passphrase: 'kort' });
  });

  it('waits where the session was over, also for who goes on too soon', async () => {
    const asked = await send('/people/invite', invited, { page: '/people/invite' });
    assert.equal(asked.status, 401);
    const kept = keptOf(await asked.text());
    const soon = await send('/again', { kept }, { page: '/people/invite' });
    assert.equal(soon.status, 401);
    assert.equal(keptOf(await soon.text()), kept);
    const back = await send('/again', { kept }, { as: person('privacy-officer').token });
    assert.match(await back.text(), /value="Nieuw Gezicht"/);
    const noRole = await send('/again', { kept }, { as: person('auditor').token });
    assert.deepEqual(
      [noRole.status, noRole.headers.get('location')],
      [303, '/people/invite'],
      'a page is for who may see it',
    );
  });

  it('takes nothing back that leads elsewhere or is not whole', async () => {
    const as = person('privacy-officer').token;
    for (const kept of [
      '',
      '{',
      JSON.stringify({ action: '/people/invite', page: 'https://evil.example/', values: [], withheld: [] }),
      JSON.stringify({ action: '/people/invite', page: '//evil.example/', values: [], withheld: [] }),
    ]) {
      const answer = await send('/again', { kept }, { as });
      assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/'], kept);
    }
  });

  it('never goes into the form of something else', async () => {
    const { token, actor } = person('engineer');
    await makeToken(site.seat, actor, { purpose: 'stays', may: ['see plans'], days: 1 });
    const answer = await send('/settings/tokens/end', { id: 'k-nothing' }, { as: token, page: '/settings' });
    const text = await answer.text();
    assert.equal(answer.status, 404);
    assert.doesNotMatch(text, /again-page|value="k-nothing"/);
  });

  it('can be copied where the form is not there any more', async () => {
    const { actor, token } = person('approver');
    const desk = publicationOf(site.world);
    const { id } = await draft(desk, person('privacy-officer').actor);
    const page = `/publication/${id}`;
    assert.match(await (await site.ask(page, { as: token })).text(), /\/withdraw"/);
    await withdraw(desk, actor, id, 'another was first');
    const answer = await send(`${page}/withdraw`, { reason: 'Mijn lange reden <b>' }, { as: token, page });
    const text = await answer.text();
    assert.equal(answer.status, 409);
    const copy = find(pageOf(text), (one) => one.tagName === 'textarea' && attr(one, 'readonly') !== undefined);
    assert.ok(copy && text.includes('Mijn lange reden &lt;b&gt;'));
    assert.ok(
      find(pageOf(text), (one) => attr(one, 'href') === page),
      'and a way back',
    );
  });

  it('comes back to nobody who sends it from another site, and stands in no log', async () => {
    const answer = await send('/people/invite', invited, {
      as: person('privacy-officer').token,
      page: '/people/invite',
      from: 'cross-site',
    });
    assert.equal(answer.status, 403);
    assert.doesNotMatch(await answer.text(), /Nieuw Gezicht|nieuw@example/);
    assert.doesNotMatch(site.logged.join('\n'), /Nieuw Gezicht|nieuw@example|hunter2|lange reden/);
  });

  it('is missed where it does not come back: a page that was only made anew fails', async () => {
    const one: Refused = {
      post: '/people/invite',
      as: 'privacy-officer',
      page: '/people/invite',
      sent: invited,
      status: 409,
      field: 'email',
    };
    const plain = await (await site.ask('/people/invite', { as: person('privacy-officer').token })).text();
    assert.throws(() => comesBack(plain, one, 'plain'));
  });

  describe('in a browser at 360 pixels', { skip: !hasBrowser && 'no chromium' }, () => {
    const at = (path: string): string => new URL(path, server.url).href;

    it('comes back with the focus on what is wrong, and the error leads to its field', async () => {
      const { link } = await invite(site.seat.access, null, {
        name: 'Anna Officier',
        email: 'anna@example.nl',
        roles: ['privacy-officer'],
      });
      assert.ok(browser);
      const page = await pageWithKey(await browser.another());
      await page.setViewportSize({ width: 360, height: 740 });
      await enrol(page, link);
      for (const lang of ['nl', 'en'] as const) {
        await page.goto(at(`/people/invite?lang=${lang}`));
        await page.fill('#name', '   ');
        await page.fill('#email', 'nieuw@example.nl');
        await page.check('input[name="roles"][value="auditor"]');
        await page.fill('#until', '2027-03-01');
        await page.click('main form button');
        await page.locator('#again').waitFor();
        assert.equal(await page.evaluate('document.activeElement?.id'), 'again', 'the focus is on the summary');
        assert.deepEqual(
          [
            await page.inputValue('#email'),
            await page.inputValue('#until'),
            await page.isChecked('input[value="auditor"]'),
          ],
          ['nieuw@example.nl', '2027-03-01', true],
        );
        assert.match(await page.title(), lang === 'nl' ? /^Fout: / : /^Error: /);
        assert.deepEqual(await axeFinds(page), []);
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360);
        await page.emulateMedia({ colorScheme: 'light' });
        await page.screenshot({ path: join(screens, `refused-360-${lang}.png`), fullPage: true });
        await page.click('#again a');
        assert.equal(await page.evaluate('document.activeElement?.id'), 'name', 'the link leads to the field');
      }
      // Mended, it goes through; the page is by then at the address of the deed.
      await page.fill('#name', 'Nieuw Gezicht');
      await page.click('main form button');
      await page.locator('code').first().waitFor();

      // Minutes later: confirmed with the passkey, and what was typed is there again.
      await page.goto(at('/people/invite?lang=nl'));
      await page.fill('#name', 'Later Gezicht');
      await page.fill('#email', 'later@example.nl');
      await page.check('input[name="roles"][value="approver"]');
      site.home.setNow('2026-11-24T10:25:00Z');
      const many = await accounts();
      await page.click('main form button');
      await page.locator('form[data-passkey]').waitFor();
      assert.deepEqual(await axeFinds(page), []);
      await page.screenshot({ path: join(screens, 'confirm-kept-360.png'), fullPage: true });
      await page.click('form[data-passkey] button');
      await page.locator('#again').waitFor();
      assert.equal(await page.inputValue('#name'), 'Later Gezicht');
      assert.equal(await page.isChecked('input[value="approver"]'), true);
      assert.equal(await accounts(), many, 'nothing was done yet');
      assert.deepEqual(await axeFinds(page), []);
      await page.screenshot({ path: join(screens, 'kept-360.png'), fullPage: true });
      await page.click('main form button');
      await page.locator('code').first().waitFor();
      assert.equal(await accounts(), many + 1);
      await page.context().close();
    });

    it('comes back without script too, also in the privacy centre', async () => {
      assert.ok(browser);
      const context = await browser.withoutScript();
      const page = await context.newPage();
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto(at('/sign-in?lang=nl'));
      await page.fill('#email', 'person.engineer@example.nl');
      await page.fill('#password', 'not the password');
      await page.click('form[action="/sign-in"] button');
      await page.locator('#again').waitFor();
      assert.deepEqual(
        [await page.inputValue('#email'), await page.inputValue('#password')],
        ['person.engineer@example.nl', ''],
      );
      assert.equal(await page.locator('#again:focus').count(), 1);
      await context.close();
    });
  });
});
