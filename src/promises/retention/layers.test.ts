import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dataset, onPostgres } from '../../../test/worlds/sql.ts';
import type { Dataset, Item } from '../../connectors/kit/index.ts';
import type { World } from '../world.ts';
import { orphansAmong } from './layers.ts';

const files: Dataset = {
  ...dataset('files'),
  id: 'files',
  source: 'media',
  at: { kind: 'tree', templates: ['{call}.wav'], ignore: [] },
};
const file = (call: string): Item => ({
  key: [`${call}.wav`],
  fields: { path: `${call}.wav`, call },
  at: {},
  bytes: null,
});

describe('a file whose name says whose it is', () => {
  const cases: Record<string, { type: string; ids: string[]; theirs: string[]; nobodys: string[] }> = {
    'a number': {
      type: 'integer',
      ids: ['12', '345', '0'],
      theirs: ['12', '000012', '0345', '000'],
      nobodys: ['13', '00013', '120'],
    },
    'an id in hexadecimal': {
      type: 'uuid',
      ids: ['0a1b2c3d-0000-4000-8000-00000000abcd'],
      theirs: ['0a1b2c3d-0000-4000-8000-00000000abcd', '0A1B2C3D-0000-4000-8000-00000000ABCD'],
      nobodys: ['0a1b2c3d-0000-4000-8000-00000000abce'],
    },
    // Of a text every sign counts.
    'a text of which another begins with a nought': { type: 'text', ids: ['007'], theirs: ['007'], nobodys: ['0007'] },
    'a text': { type: 'text', ids: ['12', '007'], theirs: ['12', '007'], nobodys: ['012', '7', '0007'] },
  };
  for (const [name, { type, ids, theirs, nobodys }] of Object.entries(cases))
    it(`by ${name} is nobody's only when that is so`, async () => {
      const place = await onPostgres(`create table calls (id ${type} primary key, phone text, ended timestamp)`);
      await place.run(`insert into calls (id) values ${ids.map((id) => `('${id}')`).join(', ')}`);
      const world = { systems: { connector: () => Promise.resolve(place.connector) } } as unknown as Pick<
        World,
        'systems'
      >;
      const parent = { dataset: place.dataset, layer: { dataset: files, shared: false, join: { call: 'id' } } };
      const orphans = await orphansAmong(world as World, parent, [...theirs, ...nobodys].map(file));
      assert.deepEqual(
        [...orphans].map(({ fields }) => fields['call']),
        nobodys,
      );
      await place.close();
    });
});
