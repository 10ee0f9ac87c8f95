import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { accountByEmail, actorOf, openLink } from '../../src/access/index.ts';
import { openAccess } from '../../src/app/access.ts';
import { readConfig } from '../../src/app/config.ts';
import { openWorld } from '../../src/app/world.ts';
import { desk } from '../worlds/access.ts';

const program = new URL('../../bin/gestand.js', import.meta.url).pathname;

describe('the first account of a home', () => {
  const home = join(mkdtempSync(join(tmpdir(), 'gestand-people-')), 'home');
  const env = { PATH: process.env['PATH'] ?? '', GESTAND_HOME: home, LANG: 'en' };
  const run = (...args: string[]) => {
    const done = spawnSync(process.execPath, [program, ...args], { env, encoding: 'utf8' });
    return { code: done.status, out: done.stdout, err: done.stderr };
  };
  const invite = ['people', 'invite', '--name', 'Kanarie van Zanten', '--email', 'kanarie@example.nl'];
  let link = '';
  before(() => {
    assert.equal(run('init', '--example').code, 0);
  });
  after(() => rmSync(join(home, '..'), { recursive: true, force: true }));

  it('is made by a link on the command line, and not by a password that somebody knew', () => {
    assert.match(run('people', 'list').out, /Nobody yet/);
    assert.equal(run(...invite).code, 2, 'without a role');
    const made = run(...invite, '--role', 'privacy-officer', '--json');
    assert.equal(made.code, 0, made.err);
    ({ link } = JSON.parse(made.out) as { link: string });
    assert.match(link, /^http:\/\/localhost:4180\/welcome#[\w-]{43}$/);
    const again = run(...invite, '--role', 'engineer', '--json');
    assert.equal((JSON.parse(again.out) as { error: { code: string } }).error.code, 'name-taken');
    const { people } = JSON.parse(run('people', 'list', '--json').out) as {
      people: { state: string; roles: string[] }[];
    };
    assert.deepEqual(
      people.map((one) => [one.state, one.roles]),
      [['invited', ['privacy-officer']]],
    );
    assert.equal(statSync(join(home, 'keys', 'access.key')).mode & 0o777, 0o600);
  });

  it('opens with that link, and shows in the list of sessions until it is revoked', async () => {
    const config = readConfig(env, false);
    const world = await openWorld({ config });
    try {
      const access = openAccess(world, config);
      const { session } = await openLink(access, link.split('#')[1] ?? '', desk);
      assert.equal((await actorOf(access, session))?.name, 'Kanarie van Zanten');
      assert.match(run('people', 'sessions').out, /s-\w+ {2}Kanarie van Zanten {2}link {2}Firefox on Debian/);
      assert.match(run('people', 'revoke', 'kanarie@example.nl').out, /Sessions ended: 1/);
      assert.equal(await actorOf(access, session), null);
      assert.equal(run('people', 'disable', 'Kanarie@Example.nl').code, 0);
      assert.equal((await accountByEmail(access.db, 'kanarie@example.nl'))?.state, 'disabled');
      assert.equal(run('people', 'reset', 'kanarie@example.nl', '--what', 'password').code, 3);
      assert.match(run('people', 'reset', 'kanarie@example.nl', '--what', 'everything').out, /welcome#/);
    } finally {
      await world.close();
    }
  });

  it('puts the name neither into the evidence nor beside it', () => {
    const mirror = join(home, 'ledger');
    assert.ok(existsSync(join(mirror, 'checkpoint')));
    const all = spawnSync('grep', ['-r', '-l', '-i', 'kanarie', mirror], { encoding: 'utf8' });
    assert.equal(all.stdout, '');
    assert.ok(readFileSync(join(mirror, 'checkpoint'), 'utf8').length > 0);
  });

  it('is told what is wrong in access.yaml, with its line', () => {
    writeFileSync(join(home, 'access.yaml'), 'gestand: 1\nsite: http://privacy.example.nl\nsecondFacter: required\n');
    const checked = run('check');
    assert.equal(checked.code, 2);
    assert.match(checked.out, /access\.yaml:2:1 site: needs https:\/\//);
    assert.match(checked.out, /access\.yaml:3:1 secondFacter: unknown key.+did you mean "secondFactor"/);
    assert.equal(run('people', 'list').code, 2);
  });
});
