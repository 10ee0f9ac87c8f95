/** A task for a person, from the terminal: what a run that waits for it says, and what the list of tasks says. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { it } from 'node:test';
import { program } from '../../src/app/home.ts';
import { approvePlan, makePlan } from '../../src/promises/retention/plan.ts';
import { cabinetProfile, cabinetSystem } from '../worlds/cabinet.ts';
import { testHome } from '../worlds/home.ts';

it('a run that waits for a person says how many tasks are open and where they stand, and they are signed off there', async () => {
  const home = await testHome({
    estate: `gestand: 1\nsystems:\n${cabinetSystem}`,
    profiles: { 'cabinet.yaml': cabinetProfile },
  });
  const world = await home.open();
  // The terminal has the clock of the machine.
  home.setNow(new Date().toISOString());
  const { plan } = await makePlan(world, world.clock());
  await approvePlan(world, { name: 'A' }, plan);
  await world.flush();
  const env = { ...process.env, GESTAND_HOME: home.home, GESTAND_DATABASE_URL: home.databaseUrl };
  const gestand = (...args: readonly string[]): string =>
    spawnSync(process.execPath, [join(program, 'bin/gestand.js'), ...args], { encoding: 'utf8', env }).stdout;
  assert.match(
    gestand('apply', plan, '--lang', 'nl'),
    /1 taak ging naar een mens; of zij nog openstaat, en waar u aftekent: gestand tasks/,
  );
  assert.match(
    gestand('apply', plan, '--lang', 'en'),
    /1 task was left to a person; whether it is still open, and where to sign off: gestand tasks/,
  );
  const listed = gestand('tasks', 'list', '--lang', 'nl');
  assert.match(
    listed,
    /t-[0-9a-z]{10} {2}open {2}archive\/contracts {2}20\d\d-\d\d-\d\d {2}Vernietig wat ouder is dan zeven jaar/,
  );
  const [task = ''] = /t-[0-9a-z]{10}/.exec(listed) ?? [];
  assert.equal(gestand('tasks', 'done', task, '--by', 'B', '--lang', 'nl').trim(), `Afgetekend: ${task}`);
  assert.ok(gestand('tasks', 'list', '--lang', 'nl').includes(`${task}  afgetekend`));
  await home.close();
});
