import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { places } from '../home.ts';
import { testSite, type TestSite } from '../../../test/worlds/site.ts';
import { connectSystem, type NewSystem } from './connect.ts';

describe('connecting a system from the browser', () => {
  let site: TestSite;
  before(async () => {
    site = await testSite();
  });
  after(() => site.close());

  const wanted: NewSystem = {
    profile: 'freeradius',
    id: 'radius',
    title: 'RADIUS',
    country: 'NL',
    place: 'Haps',
    sources: { db: { dialect: 'postgres', read: 'postgres://reader:s3cr3t@127.0.0.1:1/radius', erase: '' } },
  };
  const estate = (): string => readFileSync(places(site.home.home).estate, 'utf8');
  const connect = (more: Partial<NewSystem> = {}): Promise<unknown> => {
    const engineer = site.people.get('engineer');
    assert.ok(engineer);
    return connectSystem(site.seat, engineer.actor, { ...wanted, ...more });
  };

  it('refuses a name that would be a place elsewhere, and leaves nothing behind', async () => {
    const before = estate();
    for (const id of ['../../etc/cron.d/x', 'a/b', '..', 'A', '', 'x'.repeat(65)])
      await assert.rejects(connect({ id }), { code: 'system-id' }, id);
    assert.equal(estate(), before);
    assert.ok(!existsSync(join(site.home.home, 'secrets')));
  });
  it('leaves estate and secrets as they were when it is not right', async () => {
    const before = estate();
    await assert.rejects(connect({ country: 'Nederland' }), { code: 'estate-wrong' });
    assert.equal(estate(), before);
    assert.deepEqual(
      existsSync(join(site.home.home, 'secrets')) ? readdirSync(join(site.home.home, 'secrets')) : [],
      [],
    );
  });
  it('keeps the password out of the estate, in a file that only we read', async () => {
    await connect();
    assert.ok(estate().includes('id: radius'));
    assert.ok(!estate().includes('s3cr3t'));
    const [file = ''] = readdirSync(join(site.home.home, 'secrets'));
    assert.match(readFileSync(join(site.home.home, 'secrets', file), 'utf8'), /s3cr3t/);
    await assert.rejects(connect(), { code: 'system-exists' });
  });
});
