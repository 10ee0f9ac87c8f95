/** Letters to the data protection officer, in a real browser: sealed where they are written, and open to nobody else. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { axe } from '../worlds/axe.ts';
import { browsed, type Browsed } from '../worlds/browsed.ts';
import { hasBrowser } from '../worlds/browser.ts';

const secretText = 'Over mijn loonstrook wil ik het met niemand anders hebben.';

describe('a letter to the officer', { skip: !hasBrowser && 'no chromium' }, () => {
  let world: Browsed;
  before(async () => {
    world = await browsed();
  });
  after(() => world.close());

  it('seals a letter to the officer, whom alone it is there for', async () => {
    await world.as('nobody', async (page) => {
      await page.goto(world.at('/privacy/dpo?lang=en'));
      assert.equal(await page.locator('form').count(), 0, 'no box, no form');
    });
    await world.as('dpo', async (page) => {
      await world.examined(page, '/dpo');
      await page.goto(world.at('/dpo?lang=en'));
      await page.fill('#passphrase', 'korte zin');
      await page.click('form[action="/dpo/make"] button');
      await page.locator('.told.wrong').waitFor();
      await page.fill('#passphrase', 'vier groene kastelen bij zee');
      await page.click('form[action="/dpo/make"] button');
      assert.equal(await page.locator('ol.parts li').count(), 3);
      assert.deepEqual(await axe(page), []);
    });
    let receipt = '';
    await world.as('nobody', async (page) => {
      await world.examined(page, '/privacy/dpo');
      await page.goto(world.at('/privacy/dpo?lang=nl'));
      await page.fill('#subject', 'Loon');
      await page.fill('#text', secretText);
      await page.click('main form button');
      await page.waitForURL(/receipt=d-/);
      receipt = (await page.textContent('main code')) ?? '';
      assert.match(receipt, /^d-/);
      assert.doesNotMatch(page.url(), /Loon|loonstrook/);
      assert.deepEqual(await world.browser.context.cookies(), []);
      await world.examined(page, `/privacy/dpo?receipt=${receipt}`);
    });
    for (const role of ['privacy-officer', 'engineer', 'approver', 'auditor', 'client'] as const) {
      const answer = await world.site.ask('/dpo', { as: world.site.who(role).token, headers: { accept: 'text/html' } });
      assert.equal(answer.status, 404, role);
      const nowhere = await world.site.ask('/no-such-place', {
        as: world.site.who(role).token,
        headers: { accept: 'text/html' },
      });
      assert.match(await answer.text(), new RegExp(/<h1>(.*?)<\/h1>/.exec(await nowhere.text())?.[1] ?? '-'));
    }
    await world.as('dpo', async (page) => {
      await page.goto(world.at('/dpo?lang=en'));
      assert.doesNotMatch((await page.textContent('main')) ?? '', /loonstrook/, 'shut');
      await page.fill('#passphrase', 'vier groene kastelen op zee');
      await page.click('form[action="/dpo/open"] button');
      await page.locator('.told.wrong').waitFor();
      await page.fill('#passphrase', 'vier groene kastelen bij zee');
      await page.click('form[action="/dpo/open"] button');
      await page.waitForURL('**/dpo');
      assert.match((await page.textContent('main')) ?? '', /loonstrook/);
      await page.fill(`#note-${receipt}`, 'Teruggebeld.');
      await page.click(`form[action$="/note"] button`);
      await page.waitForURL('**/dpo');
      assert.match((await page.textContent('main')) ?? '', /Teruggebeld/);
      await world.examined(page, '/dpo');
      await page.goto(world.at('/dpo'));
      await page.click('form[action$="/close"] button');
      await page.waitForURL('**/dpo');
    });
    const seen = await world.site.ask('/dpo', { as: world.site.who('dpo').token });
    assert.match(seen.headers.get('cache-control') ?? '', /no-store/);
    // Nothing of it in the store, the log, or the address.
    const { rows } = await sql<{ sealed: string }>`
      select encode(sealed, 'escape') as sealed from access.dpo_message`.execute(world.site.world.db);
    assert.equal(rows.length, 2);
    for (const row of rows) assert.doesNotMatch(row.sealed, /loonstrook|Teruggebeld/);
    assert.doesNotMatch(world.site.logged.join('\n'), /loonstrook|Teruggebeld|kastelen/);
    await world.as('dpo', async (page) => {
      await page.goto(world.at('/dpo'));
      await page.locator('li.card > details > summary').first().click();
      await page.locator('li.card details details > summary').first().click();
      await page.click('form[action$="/erase"] button');
      await page.waitForURL('**/dpo');
      assert.doesNotMatch((await page.textContent('main')) ?? '', /loonstrook/);
    });
  });

  it('takes no more letters than someone can read', async () => {
    const send = async (): Promise<number> =>
      (
        await world.site.ask('/privacy/dpo', {
          method: 'POST',
          body: new URLSearchParams({ kind: 'request', subject: 'x', text: 'y' }),
        })
      ).status;
    const answers: number[] = [];
    for (let i = 0; i < 8; i += 1) answers.push(await send());
    assert.ok(answers.includes(303), answers.join(' '));
    assert.equal(answers.at(-1), 429, answers.join(' '));
  });
});
