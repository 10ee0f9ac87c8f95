import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { options } from '../kit/conformance/index.ts';
import { everything, type Dataset, nothing } from '../kit/index.ts';
import { manualConnector, type Task } from './index.ts';

const dataset: Dataset = {
  system: 'archive',
  id: 'paper',
  source: 'm',
  at: { kind: 'task', instruction: { nl: 'Vernietig de map', en: 'Shred the binder' }, withinDays: 14 },
  key: ['path'],
  fields: {},
  data: 'contracts',
  clocks: {},
  subjects: [],
  places: [],
  consents: {},
  layers: [],
  referrers: [],
  selfDeleting: false,
  secretKey: false,
};

describe('a task for a person', () => {
  it('is opened once, is partial until it is signed off, and then is a declaration of the lowest level', async () => {
    const opened: Task[] = [];
    let state: 'open' | 'signed-off' = 'open';
    const connector = await manualConnector({
      period: () => '2026-11',
      state: () => Promise.resolve(state),
      open: (task) => {
        if (!opened.some((one) => one.period === task.period && one.dataset === task.dataset)) opened.push(task);
        return Promise.resolve(state);
      },
    }).open();
    for (let i = 0; i < 2; i += 1) {
      const batch = await connector.sweep(dataset, everything, 'any', options());
      assert.deepEqual([batch.counts.done, batch.counts.partial, batch.partialAt], [0, 1, { manual: 1 }]);
    }
    assert.equal(opened.length, 1);
    state = 'signed-off';
    assert.equal((await connector.sweep(dataset, everything, 'any', options())).counts.done, 1);
    assert.equal((await connector.verify(dataset, everything)).level, 'V0');
    await assert.rejects(
      connector.rectify(dataset, ['x'], {}, {}, () => Promise.resolve({ held: nothing, kept: [] })),
      /cannot be corrected/,
    );
  });
});
