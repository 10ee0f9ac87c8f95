/** What people read about safety has the figures of the program, and the parts that it must have. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { defaultSettings, passwordLengths } from '../../src/access/index.ts';
import { perMinute } from '../../src/app/site/site.ts';
import { longestDays } from '../../src/app/site/tokens.ts';
import { passwordCost } from '../../src/crypto/index.ts';

const { sessions, keepSignInsDays, invitationHours, reviewEveryMonths } = defaultSettings;
const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six'];

/** A page, and what it must say; the figure is the program's own. */
const said: readonly (readonly [page: string, text: string])[] = [
  [
    'docs/people.md',
    `after ${sessions.idleMinutes} minutes without use and ${sessions.longestMinutes / 60} hours in any case`,
  ],
  ['docs/people.md', `shown more than ${sessions.stepUpMinutes} minutes ago`],
  ['docs/people.md', 'There is no limit to how many one has'],
  // With a provider: who leaves there is out at the next sign-in, and an open session ends in its own time.
  [
    'docs/people.md',
    `Its open sessions last until they end by themselves, ${sessions.longestMinutes / 60} hours at most`,
  ],
  [
    'docs/people.md',
    `at least ${passwordLengths.alone} characters, or ${passwordLengths.besideAnother} beside a second factor`,
  ],
  ['docs/people.md', `argon2id (${passwordCost.memory / 1024} MiB, ${passwordCost.passes} pass)`],
  ['docs/people.md', `a link that works once, for ${words[invitationHours / 24]} days`],
  ['docs/people.md', `Every ${words[reviewEveryMonths]} months a person looks`],
  ['docs/people.md', keepSignInsDays === 365 ? 'erased after a year (`keepSignInsDays`)' : '?'],
  [
    'docs/api.md',
    `${perMinute.person.toLocaleString('en')} requests a minute for one person or token, ${perMinute.network} for a network`,
  ],
  ['docs/api.md', longestDays === 366 ? 'an end (at most a year)' : '?'],
  ['docs/console.md', `shown more than ${words[sessions.stepUpMinutes]} minutes ago`],
];

const tables = (sql: string): string[] => [...sql.matchAll(/^create table (\w+\.\w+)/gm)].map(([, name = '']) => name);
const classed = (page: string): string[] =>
  [...page.matchAll(/^\| (?:systems|staff|subjects|sealed|hashed) \|.*\| (.+?) \|$/gm)].flatMap(([, list = '']) =>
    [...list.matchAll(/`(\w+\.\w+)`/g)].map(([, name = '']) => name),
  );

describe('the pages about safety', () => {
  it('have the figures of the program', () => {
    for (const [page, text] of said) assert.ok(readFileSync(page, 'utf8').includes(text), `${page}: ${text}`);
  });
  it('say within which time a weakness is mended, the gravest soonest', () => {
    const section = /## Time to mend\n([\s\S]*?)\n## /.exec(readFileSync('SECURITY.md', 'utf8'))?.[1] ?? '';
    const days = [...section.matchAll(/\| (\d+) days \|/g)].map(([, n]) => Number(n));
    assert.equal(days.length, 3);
    assert.deepEqual(
      days,
      days.toSorted((a, b) => a - b),
    );
  });
  it('are there when the code says so', () => {
    const named = globSync('{src,scripts,bench,bin}/**/*.{ts,js}', { exclude: ['**/*.test.ts'] }).flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\bdocs\/[a-z0-9/-]+\.md\b/g)].map(([page]) => page),
    );
    assert.ok(new Set(named).size > 15);
    assert.deepEqual(
      [...new Set(named)].filter((page) => !existsSync(page)),
      [],
    );
  });
  it('put every table of the store in a class, once', () => {
    const all = globSync('migrations/*.sql').flatMap((file) => tables(readFileSync(file, 'utf8')));
    const page = readFileSync('docs/database.md', 'utf8');
    assert.ok(all.length > 50);
    assert.deepEqual(classed(page).toSorted(), all.toSorted());
    // The control: a table that nobody put anywhere.
    assert.notDeepEqual(classed(page.replace('`access.session` ', '')).toSorted(), all.toSorted());
  });
});
