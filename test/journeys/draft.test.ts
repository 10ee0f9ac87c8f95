/** A draft of the policy in a real browser: nothing that was written is lost, and every mistake is told at once. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { discardDraft } from '../../src/app/draft.ts';
import { places } from '../../src/app/home.ts';
import { browsed, type Browsed } from '../worlds/browsed.ts';
import { hasBrowser } from '../worlds/browser.ts';
import { referencePolicy } from '../worlds/home.ts';

describe('a draft of the policy', { skip: !hasBrowser && 'no chromium' }, () => {
  let world: Browsed;
  before(async () => {
    world = await browsed();
  });
  after(() => world.close());

  it('keeps what someone wrote when another saved meanwhile', async () => {
    const officer = world.site.who('privacy-officer').token;
    const save = (text: string, revision: string) =>
      world.site.ask('/policy/draft', { method: 'POST', as: officer, body: new URLSearchParams({ text, revision }) });
    await discardDraft(world.site.world, null);
    assert.equal((await save('gestand: 1 # mine', '0')).status, 303);
    const late = await save('gestand: 1 # theirs', '0');
    assert.equal(late.status, 409);
    const text = await late.text();
    assert.match(text, /gestand: 1 # theirs/);
    assert.match(text, /name="revision" value="1"/);
    assert.match(
      text,
      /What stands now[\s\S]*<textarea[^>]*readonly[^>]*>\s*gestand: 1 # mine/,
      'beside it what stands',
    );
    assert.match(await (await world.site.ask('/policy/draft', { as: officer })).text(), /# mine/);
    assert.equal((await save('gestand: 1 # again', '1')).status, 303);
    // Whoever looked at the first draft throws away nothing that was written since, and makes no version of it.
    for (const deed of ['discard', 'version']) {
      const blind = await world.site.ask(`/policy/draft/${deed}`, {
        method: 'POST',
        as: officer,
        body: new URLSearchParams({ revision: '1' }),
      });
      const shown = await blind.text();
      assert.equal(blind.status, 409, deed);
      assert.match(shown, /Somebody else changed the draft meanwhile/);
      assert.match(shown, /gestand: 1 # again/);
      assert.match(shown, /name="revision" value="2"/, 'pressed again, it is about what was just seen');
    }
    const program = (revision: string): Promise<Response> =>
      world.site.ask(`/api/policy/draft?revision=${revision}`, { method: 'DELETE', as: officer });
    assert.deepEqual([(await program('1')).status, (await program('2')).status], [409, 200]);
    await discardDraft(world.site.world, null);
  });

  it('tells whoever writes a draft every mistake at once, also those with which the other files do not fit it', async () => {
    const estate = places(world.site.home.home).estate;
    const before = readFileSync(estate, 'utf8');
    const text = referencePolicy
      .replace('then: review', 'then: reviw')
      .replace('data: [video]\n    text: { nl: Het', 'data: [vidio]\n    text: { nl: Het')
      .replace('keep: P7Y\n    from: invoice-date', 'keep: P5Y\n    from: invoice-date');
    const lint = async (of: string) => {
      const answer = await world.site.ask('/api/policy/lint', {
        method: 'POST',
        as: world.site.who('privacy-officer').token,
        headers: { 'content-type': 'application/json', 'accept-language': 'en' },
        body: JSON.stringify({ text: of }),
      });
      return ((await answer.json()) as { findings: { rule: string; file: string; message: string }[] }).findings;
    };
    try {
      writeFileSync(estate, 'gestand: 1\nsystems:\n  - { id: x, title: { nl: X, en: X }, profile: moton }\n');
      const found = await lint(text);
      for (const [file, what] of [
        ['policy.yaml', /"vidio"/],
        ['policy.yaml', /keeps five years/],
        ['policy.yaml', /"reviw"/],
        ['estate.yaml', /"moton"/],
        ['estate.yaml', /missing.*controller, processor/],
      ] as const)
        assert.equal(found.filter((one) => one.file === file && what.test(one.message)).length, 1, `${what}`);
      assert.ok(found.every((one) => one.rule === 'policy'));
      // A text that is right, beside an estate that is not: the rules have their say, and the home would still not open.
      const right = await lint(referencePolicy);
      assert.ok(right.some((one) => one.file === 'estate.yaml' && one.message.includes('"moton"')));
      assert.ok(right.every((one) => one.file === 'estate.yaml' || one.rule !== 'policy'));
      await discardDraft(world.site.world, null);
      await world.site.ask('/policy/draft', {
        method: 'POST',
        as: world.site.who('privacy-officer').token,
        body: new URLSearchParams({ text, revision: '0' }),
      });
      await world.as('privacy-officer', async (page) => {
        await page.goto(world.at('/policy/draft?lang=nl'));
        const told = (await page.textContent('section[aria-labelledby="findings"]')) ?? '';
        for (const word of [
          'zo gaat deze installatie niet open',
          '"vidio"',
          'bewaart vijf jaar',
          '"moton"',
          'estate.yaml, regel 3',
        ])
          assert.ok(told.includes(word), word);
        await world.examined(page, '/policy/draft?mistakes');
        await world.examined(page, '/policy/edit?mistakes');
      });
    } finally {
      writeFileSync(estate, before);
      await discardDraft(world.site.world, null);
    }
  });

  it('shows beside the editor what is missing in what stands there now: what was mended is gone, what moved is where it is', async () => {
    const lacking = referencePolicy.replace(/^ *readable: false\n/m, '');
    assert.notEqual(lacking, referencePolicy);
    await discardDraft(world.site.world, null);
    await world.site.ask('/policy/draft', {
      method: 'POST',
      as: world.site.who('privacy-officer').token,
      body: new URLSearchParams({ text: lacking, revision: '0' }),
    });
    await world.as('privacy-officer', async (page) => {
      await page.goto(world.at('/policy/edit?lang=en'));
      await page.locator('.cm-content').waitFor();
      const panel = page.locator('[data-findings]');
      const readable = panel.locator('[data-group="errors"] li', { hasText: 'GST-B13' });
      const write = async (text: string): Promise<void> => {
        await page.locator('.cm-content').click();
        await page.keyboard.press('Control+A');
        // Pasted: what a keyboard puts in at once Chromium writes with a style of its own, which our content policy forbids.
        await page.evaluate(`(() => {
          const clipboardData = new DataTransfer();
          clipboardData.setData('text/plain', ${JSON.stringify(text)});
          document
            .querySelector('.editor')
            .shadowRoot.querySelector('.cm-content')
            .dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
        })()`);
      };
      const line = Number(await readable.locator('[data-number]').textContent());
      const others = Number(await panel.locator('[data-group="errors"] [data-count]').textContent()) - 1;
      await write(`# one more line\n${lacking}`);
      await readable.locator('[data-number]', { hasText: String(line + 1) }).waitFor();
      await write(referencePolicy);
      await readable.waitFor({ state: 'detached' });
      assert.equal(await panel.locator('[data-group="errors"] [data-count]').textContent(), String(others));
      await write(referencePolicy.replace('then: review', 'then: reviw'));
      const mistakes = panel.locator('[data-group="mistakes"]');
      await mistakes.locator('li', { hasText: '"reviw"' }).waitFor();
      await mistakes.locator('a[data-line]').first().click();
      assert.match((await page.locator('.cm-activeLine').textContent()) ?? '', /reviw/);
      // A difference that names an address without a place to break stays within a narrow page.
      const long = `https://www.example.nl/${'privacy'.repeat(20)}`;
      await write(referencePolicy.replace(/^  url: .*$/m, `  url: ${long}`));
      await page.click('form[action="/policy/draft"] button');
      await page.waitForURL('**/policy/draft?done=drafted');
      assert.match((await page.textContent('section[aria-labelledby="differs"]')) ?? '', /privacyprivacy/);
      await world.examined(page, '/policy/draft?long');
      await page.goto(world.at('/policy/edit?lang=en'));
      await write(lacking);
      await readable.locator('a[href="/policy/rules/GST-B13"]').waitFor();
      await mistakes.waitFor({ state: 'hidden' });
    });
    await discardDraft(world.site.world, null);
  });
});
