import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { places } from '../home.ts';
import { testSite, type TestSite } from '../../../test/worlds/site.ts';
import { connectSystem, type NewSystem } from './connect.ts';

describe('connecting a system from the browser', () => {
  let site: TestSite;
  let read = '';
  before(async () => {
    site = await testSite();
    // An address that answers, with something in it that may stand nowhere else.
    const { databaseUrl } = site.home;
    read = `${databaseUrl}${databaseUrl.includes('?') ? '&' : '?'}application_name=s3cr3t`;
    wanted = { ...nowhere, sources: { db: { dialect: 'postgres', read, erase: '' } } };
  });
  after(() => site.close());

  const nowhere: NewSystem = {
    profile: 'freeradius',
    id: 'radius',
    title: 'RADIUS',
    country: 'NL',
    place: 'Haps',
    sources: { db: { dialect: 'postgres', read: 'postgres://reader:s3cr3t@127.0.0.1:1/radius', erase: '' } },
  };
  let wanted = nowhere;
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
  it('writes nothing of a system that does not answer, and tells it at the field that is wrong', async () => {
    const before = estate();
    const db = (more: object): Partial<NewSystem> => ({
      sources: { db: { dialect: 'postgres', read, erase: '', ...more } },
    });
    const recordings = (root: string): Partial<NewSystem> => ({
      profile: 'asterisk-recordings',
      id: 'recorder',
      sources: { recordings: { root } },
    });
    for (const [more, field] of [
      [{ sources: nowhere.sources }, 'read.db'],
      [db({ read: 'not an address' }), 'read.db'],
      [db({ erase: 'postgres://eraser:s3cr3t@127.0.0.1:1/radius' }), 'erase.db'],
      [recordings('/no/such/folder'), 'root.recordings'],
      [recordings(places(site.home.home).policy), 'root.recordings'],
    ] as const)
      await assert.rejects(connect(more), { code: 'source-silent', field, status: 422 }, field);
    await assert.rejects(connect(recordings('')), { code: 'source-none', field: 'root.recordings' });
    assert.equal(estate(), before);
    assert.ok(!existsSync(join(site.home.home, 'secrets')));
    const folder = places(site.home.home).mirror;
    await connect(recordings(folder));
    assert.ok(estate().includes(folder), 'and under the same name once it is right');
  });
  it('keeps the password out of the estate, in a file that only we read', async () => {
    await connect();
    assert.ok(estate().includes('id: radius'));
    assert.ok(!estate().includes('s3cr3t'));
    const [file = ''] = readdirSync(join(site.home.home, 'secrets'));
    assert.match(readFileSync(join(site.home.home, 'secrets', file), 'utf8'), /s3cr3t/);
    await assert.rejects(connect(), { code: 'system-exists' });
  });
  it('lets it be said of what a look missed that it is not here, and of nothing else', async () => {
    const token = site.people.get('engineer')?.token ?? '';
    const say = (dataset: string): Promise<Response> =>
      site.ask('/systems/radius/absent', { method: 'POST', as: token, body: new URLSearchParams({ dataset }) });
    const before = estate();
    assert.equal((await say('accounting')).status, 409, 'nobody looked yet');
    assert.equal(estate(), before);
    await site.ask('/systems/radius/probe', { method: 'POST', as: token });
    const shown = await (await site.ask('/systems/radius', { as: token })).text();
    const [, missed = ''] = /name="dataset" value="([^"]+)"/.exec(shown) ?? [];
    assert.notEqual(missed, '');
    assert.equal((await say(missed)).status, 303);
    assert.match(estate().slice(estate().indexOf('id: radius')), new RegExp(`notUsed:\\s*\\[? ?-? ?${missed}`));
    assert.ok(!(await (await site.ask('/systems/radius', { as: token })).text()).includes(`value="${missed}"`));
    assert.equal((await say('nothing')).status, 409);
  });
});
