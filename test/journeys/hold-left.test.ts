/** A hold on something in a system that is no longer connected is not safe any more, and says so wherever holds are shown. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Role } from '../../src/access/index.ts';
import { holdsNow, keepHolds, listHolds, placeHold } from '../../src/promises/holds/service.ts';
import { protectingHolds } from '../../src/promises/holds/store.ts';
import { readFacts } from '../../src/promises/proof/facts.ts';
import { partsOf } from '../../src/promises/proof/parts.ts';
import { whyText } from '../../src/promises/proof/phrases.ts';
import type { OpenWorld } from '../../src/app/world.ts';
import { prospects, type ProspectWorld } from '../worlds/crm.ts';
import { testSite, type TestSite } from '../worlds/site.ts';

describe('a hold on a system that was disconnected', () => {
  let host: ProspectWorld;
  let site: TestSite;
  let kept = '';
  let empty = '';

  before(async () => {
    host = await prospects();
    await host.add([{ id: 1, email: 'a@example.nl', last: '2020-01-01' }]);
    site = await testSite({ estate: host.estate });
    kept = await place('Geschil', 'a@example.nl');
    empty = await place('Vergissing', 'nobody@example.nl');
  });
  after(async () => {
    await site.close();
    await host.close();
  });

  const place = async (matter: string, value: string): Promise<string> => {
    const scope = [{ is: 'subject' as const, kind: 'email' as const, value, datasets: [] }];
    const input = { matter, kind: 'dispute' as const, reason: 'r', legalBasis: 'b', prospective: false, scope };
    return (await placeHold(site.world, { name: 'A' }, input)).hold.id;
  };
  const shown = async (path: string, role: Role = 'privacy-officer'): Promise<string> =>
    (await site.ask(path, { as: site.people.get(role)?.token ?? assert.fail() })).text();
  const holdOf = async (world: OpenWorld, id: string) => (await listHolds(world)).find(({ hold }) => hold.id === id);
  const said = async (world: OpenWorld): Promise<string> => {
    const rule = world.policy.retention[0] ?? assert.fail();
    const parts = partsOf(rule.promise, await readFacts(world), world.clock());
    return parts
      .filter(({ id }) => id === 'holds')
      .map((part) => `${part.state}: ${part.why.map((why) => whyText(why).nl).join()}`)
      .join();
  };

  it('is in force while the system is there', async () => {
    assert.equal((await holdOf(site.world, kept))?.hold.state, 'active');
    assert.equal(await said(site.world), '');
    assert.doesNotMatch(await shown(`/holds/${kept}?lang=nl`), /niet meer aangesloten/);
  });

  it('is at risk from that moment on: in the list, on its page, for a program, and on the board', async () => {
    const engineer = site.people.get('engineer')?.token ?? assert.fail();
    const gone = await site.ask('/systems/office/disconnect', {
      method: 'POST',
      as: engineer,
      body: new URLSearchParams({ reason: 'Vervangen.' }),
    });
    assert.equal(gone.status, 303);
    const world = await site.home.open();
    const now = await holdOf(world, kept);
    assert.equal(now?.hold.state, 'error');
    assert.deepEqual(
      now?.achieved.map(({ system, dataset, risk }) => [system, dataset, risk]),
      [['office', 'prospects', 'disconnected']],
    );
    assert.equal(await said(world), 'at-risk: 1 bewaarplicht niet veilig: een systeem is niet meer aangesloten');
    const page = await shown(`/holds/${kept}?lang=nl`);
    assert.match(page, /van kracht, niet veilig/);
    assert.match(page, /Dit systeem is niet meer aangesloten: wij houden daar niets meer tegen/);
    assert.match(await shown('/holds?lang=nl'), /van kracht, niet veilig/);
    const answer = await shown('/api/holds');
    assert.match(answer, /"risk":"disconnected"/);
  });

  it('stays so when holds are kept anew, and one that keeps nothing there does not become so', async () => {
    const world = await site.home.open();
    await keepHolds(world);
    assert.equal((await holdOf(world, kept))?.hold.state, 'error');
    assert.equal((await holdOf(world, empty))?.hold.state, 'active');
  });

  it('is in force again with the system', async () => {
    // The control: with the estate of before nothing is at risk, so it is the estate that decides.
    const [hold] = await holdsNow(
      site.world,
      (await protectingHolds(site.world.db)).filter(({ id }) => id === kept),
    );
    assert.deepEqual([hold?.hold.state, hold?.achieved[0]?.risk], ['active', null]);
  });
});
