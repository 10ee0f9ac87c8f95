/** Two hands and no mouse: Tab, Shift+Tab, Enter, Space and the arrows, watched so that the focus is always seen and never lost. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

export interface Keyboard {
  /** Tabs on until something that is called so has the focus. */
  to(name: string | RegExp): Promise<void>;
  /** The same, backwards. */
  backTo(name: string | RegExp): Promise<void>;
  press(key: 'Enter' | 'Space' | 'Escape' | 'ArrowDown' | 'ArrowUp'): Promise<void>;
  /** Presses Enter, and waits for the page that it leads to. */
  follow(address: string | RegExp): Promise<void>;
  /** What the focus is on. */
  readonly focused: () => Promise<string>;
}

interface Focus {
  readonly lost: boolean;
  readonly name: string;
  readonly seen: boolean;
  readonly why: string;
}

/** What has the focus, what it is called, and whether someone who looks can see that it has it. */
const look = `(() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return { lost: true, name: '', seen: false, why: 'nothing' };
  const labels = one.labels ? [...one.labels].map((label) => label.textContent).join(' ') : '';
  const name = (one.getAttribute('aria-label') || labels || one.textContent || '').replace(/\\s+/g, ' ').trim();
  // Of a box that is drawn by its label, the label shows the focus.
  const shows = one.classList.contains('hidden') && one.labels?.length ? one.labels[0] : one;
  const style = getComputedStyle(shows);
  const box = shows.getBoundingClientRect();
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 4 && box.height > 4;
  return { lost: false, name, seen: ring && inside, why: [one.tagName, one.id, one.className, name.slice(0, 40), 'ring ' + ring, JSON.stringify(box)].join(' ') };
})()`;

export function keyboardOf(page: Page): Keyboard {
  const focus = (): Promise<Focus> => page.evaluate<Focus>(look);
  const step = async (key: 'Tab' | 'Shift+Tab'): Promise<Focus> => {
    await page.keyboard.press(key);
    const now = await focus();
    if (!now.lost) assert.ok(now.seen, `the focus is not to be seen on ${now.why} of ${page.url()}`);
    return now;
  };
  const reach = async (name: string | RegExp, key: 'Tab' | 'Shift+Tab'): Promise<void> => {
    const is = (text: string): boolean => (typeof name === 'string' ? text.startsWith(name) : name.test(text));
    // Beyond the last thing of a page the browser itself has the focus, once, and then the page again.
    let beyond = 0;
    for (let steps = 0; steps < 400; steps += 1) {
      const now = await step(key);
      if (now.lost) beyond += 1;
      assert.ok(beyond < 2, `the keyboard does not come to ${String(name)} on ${page.url()}`);
      if (!now.lost && is(now.name)) return;
    }
    assert.fail(`the keyboard does not come to ${String(name)} on ${page.url()}`);
  };
  return {
    to: (name) => reach(name, 'Tab'),
    backTo: (name) => reach(name, 'Shift+Tab'),
    press: (key) => page.keyboard.press(key),
    follow: async (address) => {
      const there = page.waitForURL(address, { waitUntil: 'load' });
      await page.keyboard.press('Enter');
      await there;
    },
    focused: async () => (await focus()).name,
  };
}
