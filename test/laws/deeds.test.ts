import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { toldIn } from '../../src/web/console/deeds.ts';

/** Where the board, the promise and the linter say what to do. */
const rooms = [
  'src/promises/proof/**/*.ts',
  'src/policy/lint/rules/*.ts',
  'src/promises/publication/versions/phrases.ts',
];

/** Sentences of the command line's own refusals, and what a page has no place for. */
const stay =
  /^gestand (approve|hold|people invite|publish (list|show|approve|override|verify|visit|fetch|withdraw|on))\b/;

const everyone = (): boolean => true;

const commandsIn = (text: string): string[] =>
  [
    ...text.matchAll(
      /"?gestand (?!init)[a-z]+(?: [a-z]+)?(?: --control \$\{[\w.]+\}(?: --attach \w+)?|(?: --[a-z]+)+)?"?/g,
    ),
  ].map(([command]) => command.replace(/\$\{[\w.]+\}/, 'restore-test'));

const strays = async (text: string): Promise<string[]> => {
  const lost: string[] = [];
  for (const command of commandsIn(text)) {
    if (stay.test(command.replaceAll('"', ''))) continue;
    const told = String(await toldIn('en', everyone)(`Look: ${command}.`));
    if (told.includes('gestand')) lost.push(command);
  }
  return lost;
};

describe('what a sentence tells to do', () => {
  it('has a place on a page, wherever a command is named', async () => {
    let seen = 0;
    for (const file of rooms.flatMap((room) => globSync(room)).filter((name) => !name.endsWith('.test.ts'))) {
      const text = readFileSync(file, 'utf8');
      seen += commandsIn(text).length;
      assert.deepEqual(await strays(text), [], file);
    }
    assert.ok(seen > 15, `${seen} commands`);
  });

  it('and this would see one that has none', async () => {
    assert.deepEqual(await strays('Do it: "gestand dance".'), ['"gestand dance"']);
  });

  it('leads there whoever may, and is said to others without a link', async () => {
    const say = async (text: string, may: boolean): Promise<string> => String(await toldIn('nl', () => may)(text));
    const open = 'Open vragen: GST-G03. "gestand lint" zegt waar.';
    assert.equal(await say(open, true), 'Open vragen: GST-G03. <a href="/policy">De pagina Beleid</a> zegt waar.');
    const word = 'Nog door niemand verklaard: gestand declare --control restore-test';
    assert.equal(
      await say(word, true),
      'Nog door niemand verklaard: <a href="/declare/restore-test">verklaar het hier</a>',
    );
    assert.equal(
      await say(word, false),
      'Nog door niemand verklaard: vraag het een privacy-officer, engineer of functionaris',
    );
    assert.equal(await say('<b> & 0 te laat', true), '&lt;b&gt; &amp; 0 te laat');
  });
});
