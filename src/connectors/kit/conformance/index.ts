/** What every connector is held to, as sentences that run against any of them, and against doubles that break one each. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { all, any, everything, not, nothing, type Condition } from '../condition.ts';
import type { Connector, DeedOptions, Guard } from '../connector.ts';
import type { Dataset } from '../dataset.ts';
import { addCounts, noCounts, type Batch, type Counts } from '../receipt.ts';
import { spellings } from '../subject.ts';

/** An item as the suite plants it: `at` is UTC, null where the item cannot be dated. */
export interface Planted {
  readonly id: string;
  readonly phone: string;
  readonly at: string | null;
}

/** A connector on a place of its own, with a dataset whose clock is "ended" and whose subject key is the telephone number. */
export interface Place {
  readonly connector: Connector;
  readonly dataset: Dataset;
  plant(items: readonly Planted[]): Promise<void>;
  /** Ids of what is still there, read without the connector. */
  survivors(): Promise<string[]>;
  /** The key by which the connector knows an item. */
  keyOf(item: Planted): string;
  /** Ids, here the keys too, of the items of which a part is still there that no rollback brings back; absent without such a part. */
  parts?(): Promise<string[]>;
  close(): Promise<void>;
}

const cutoff = '2026-08-26T00:00:00Z';
export const due: Condition = { is: 'before', clock: 'ended', at: cutoff };
const free: Guard = { held: nothing, kept: [] };
const canary = '0611223344';

/** Forty items: even ones are due, three numbers, one that cannot be dated. */
export const company: readonly Planted[] = [
  ...Array.from({ length: 40 }, (_, i) => ({
    id: `i${String(i).padStart(2, '0')}`,
    phone: i % 5 === 0 ? canary : i % 3 === 0 ? '0620000001' : '0620000002',
    at:
      i % 2 === 0
        ? `2026-0${1 + (i % 7)}-1${i % 9}T10:00:${String(i).padStart(2, '0')}Z`
        : `2026-10-1${i % 9}T10:00:${String(i).padStart(2, '0')}Z`,
  })),
  { id: 'undated', phone: '0620000002', at: null },
];

export function options(more: Partial<DeedOptions> = {}): DeedOptions {
  return { limit: 1000, cursor: null, guard: () => Promise.resolve(free), prepared: () => Promise.resolve(), ...more };
}

/** Sweeps to the end, batch by batch. */
export async function sweepAll(place: Place, where: Condition, more: Partial<DeedOptions> = {}): Promise<Counts> {
  let counts = noCounts;
  let cursor: string | null = null;
  do {
    const batch: Batch = await place.connector.sweep(place.dataset, where, 'ended', options({ ...more, cursor }));
    counts = addCounts(counts, batch.counts);
    cursor = batch.next;
  } while (cursor !== null);
  return counts;
}

const ids = (items: readonly Planted[]): string[] => items.map((item) => item.id).toSorted();
const isDue = (item: Planted): boolean => item.at !== null && item.at < cutoff;
const held: Condition = { is: 'subject', kind: 'phone', spellings: spellings('phone', canary) };

export const sentences: Readonly<Record<string, (place: Place) => Promise<void>>> = {
  'what is due goes; what is younger or cannot be dated stays': async (place) => {
    const counts = await sweepAll(place, due);
    assert.deepEqual(await place.survivors(), ids(company.filter((item) => !isDue(item))));
    assert.equal(counts.done, company.filter(isDue).length);
  },
  'what is held stays and is counted': async (place) => {
    const counts = await sweepAll(place, due, { guard: () => Promise.resolve({ held, kept: [] }) });
    assert.deepEqual(await place.survivors(), ids(company.filter((item) => !isDue(item) || item.phone === canary)));
    assert.equal(counts.held, company.filter((item) => isDue(item) && item.phone === canary).length);
  },
  'a hold that comes between two batches wins for every item not yet deleted': async (place) => {
    let asked = 0;
    const guard = (): Promise<Guard> => {
      asked += 1;
      return Promise.resolve(asked === 1 ? free : { held, kept: [] });
    };
    await place.connector.sweep(place.dataset, due, 'ended', options({ limit: 5, guard }));
    const before = await place.survivors();
    await sweepAll(place, due, { limit: 5, guard });
    const heldThen = company.filter((item) => item.phone === canary && before.includes(item.id)).map((item) => item.id);
    const now = await place.survivors();
    assert.ok(heldThen.length > 0);
    assert.deepEqual(
      heldThen.filter((id) => !now.includes(id)),
      [],
    );
  },
  'what a statute keeps stays, with its reason': async (place) => {
    const kept: Guard = {
      held: nothing,
      kept: [{ reason: 'nl-awr-52-4', where: not({ is: 'before', clock: 'ended', at: '2026-03-01T00:00:00Z' }) }],
    };
    const batch = await place.connector.sweep(
      place.dataset,
      due,
      'ended',
      options({ guard: () => Promise.resolve(kept) }),
    );
    const expected = company.filter(
      (item) => isDue(item) && item.at !== null && item.at >= '2026-03-01T00:00:00Z',
    ).length;
    assert.equal(batch.counts.retained, expected);
    assert.deepEqual(batch.retainedBy, { 'nl-awr-52-4': expected });
  },
  'the outcomes add up to what was due': async (place) => {
    const counts = await sweepAll(place, due, { limit: 6, guard: () => Promise.resolve({ held, kept: [] }) });
    assert.equal(
      counts.done + counts.held + counts.retained + counts.failed + counts.partial,
      company.filter(isDue).length,
    );
  },
  'sweeping twice is sweeping once': async (place) => {
    await sweepAll(place, due);
    const before = await place.survivors();
    const again = await sweepAll(place, due);
    assert.deepEqual(await place.survivors(), before);
    assert.equal(again.done, 0);
  },
  'small batches end where one large batch ends': async (place) => {
    const counts = await sweepAll(place, due, { limit: 3 });
    assert.deepEqual(await place.survivors(), ids(company.filter((item) => !isDue(item))));
    assert.equal(counts.done, company.filter(isDue).length);
  },
  'when "prepared" cannot be written nothing goes': async (place) => {
    await assert.rejects(
      place.connector.sweep(
        place.dataset,
        due,
        'ended',
        options({ prepared: () => Promise.reject(new Error('no journal')) }),
      ),
      /no journal/,
    );
    assert.deepEqual(await place.survivors(), ids(company));
  },
  'cut off between batches, it goes on and ends the same': async (place) => {
    const first = await place.connector.sweep(place.dataset, due, 'ended', options({ limit: 4 }));
    await assert.rejects(
      place.connector.sweep(
        place.dataset,
        due,
        'ended',
        options({ limit: 4, cursor: first.next, prepared: () => Promise.reject(new Error('killed')) }),
      ),
    );
    await sweepAll(place, due, { limit: 4 });
    assert.deepEqual(await place.survivors(), ids(company.filter((item) => !isDue(item))));
  },
  'the trace of a batch tells whether its deed became final, whatever comes into its place meanwhile': async (
    place,
  ) => {
    const { connector, dataset } = place;
    let more = 0;
    /** Due, and where the others were: at the moment of the last of them. */
    const comes = () => place.plant([{ id: `n${more++}`, phone: '0620000009', at: '2026-01-10T10:00:00Z' }]);
    const goneOf = async (batch: Batch | undefined): Promise<number> => {
      if (batch && batch.trace !== null) return connector.gone(dataset, batch.trace, batch.counts.done);
      assert.equal(batch?.counts.done, 0, 'only a batch that takes nothing may leave no trace');
      return 0;
    };
    const guard = () => Promise.resolve({ held, kept: [] });
    let cursor: string | null = null;
    do {
      let undone: Batch | undefined;
      const cutOff = (batch: Batch) => {
        undone = batch;
        return Promise.reject(new Error('killed'));
      };
      await assert.rejects(
        connector.sweep(dataset, due, 'ended', options({ limit: 4, cursor, guard, prepared: cutOff })),
        /killed/,
      );
      await comes();
      assert.equal(await goneOf(undone), 0);
      const done: Batch = await connector.sweep(dataset, due, 'ended', options({ limit: 4, cursor, guard }));
      await comes();
      assert.equal(await goneOf(done), done.counts.done);
      cursor = done.next;
    } while (cursor !== null);
  },
  'erasing by key takes those items and no other; one that is not there is absent': async (place) => {
    const [a, b] = company;
    assert.ok(a && b);
    const batch = await place.connector.erase(
      place.dataset,
      [[place.keyOf(a)], [place.keyOf(b)], [place.keyOf({ ...a, id: 'nobody' })]],
      options(),
    );
    assert.deepEqual(await place.survivors(), ids(company.filter((item) => item !== a && item !== b)));
    assert.deepEqual([batch.counts.done, batch.counts.absent], [2, 1]);
  },
  'what it says it can, it does; what it says it cannot, it refuses and changes nothing': async (place) => {
    const { operations } = place.connector.describe();
    const item = company.find((one) => one.phone !== canary) ?? company[1];
    assert.ok(item);
    const correct = (id: string, was: string, guard = free) =>
      place.connector.rectify(
        place.dataset,
        [place.keyOf({ ...item, id })],
        { phone: '0699999999' },
        { phone: was },
        () => Promise.resolve(guard),
      );
    const ours: Condition = { is: 'key', oneOf: [[place.keyOf(item)]] };
    if (operations.rectify === 'impossible') await assert.rejects(correct(item.id, item.phone));
    else {
      assert.equal(await correct(item.id, 'something else'), 'changed');
      assert.equal(await correct('nobody', item.phone), 'absent');
      assert.equal(await correct(item.id, item.phone, { held: ours, kept: [] }), 'held');
      assert.equal(
        await correct(item.id, item.phone, { held: nothing, kept: [{ reason: 'x', where: ours }] }),
        'retained',
      );
      assert.equal(await correct(item.id, item.phone), 'done');
      assert.equal(await correct(item.id, item.phone), 'changed');
    }
    if (operations.restrict === 'impossible')
      assert.equal(await place.connector.restrict(place.dataset, everything, true), 'impossible');
    if (operations.anonymise === 'impossible')
      await assert.rejects(place.connector.anonymise(place.dataset, everything, {}, options()));
    const exported = await Array.fromAsync(place.connector.export(place.dataset, due));
    assert.equal(exported.length, company.filter(isDue).length);
    assert.equal((await place.survivors()).length, company.length);
  },
  'only the subject meant is touched': async (place) => {
    await sweepAll(place, all(due, held));
    assert.deepEqual(await place.survivors(), ids(company.filter((item) => !(isDue(item) && item.phone === canary))));
  },
  'verification reads what is left, and claims no more than it saw': async (place) => {
    const before = await place.connector.verify(place.dataset, due);
    assert.deepEqual([before.level, before.left], ['V0', company.filter(isDue).length]);
    await sweepAll(place, due);
    const after = await place.connector.verify(place.dataset, due);
    assert.deepEqual([after.level, after.left], ['V2', 0]);
  },
  'a census counts each item once': async (place) => {
    const census = await place.connector.inventory(
      place.dataset,
      due,
      'ended',
      [
        { name: 'held', where: held },
        { name: 'due', where: everything },
      ],
      2,
    );
    const n = (name: string): number => census.buckets[name]?.items ?? -1;
    assert.equal(n('held'), company.filter((item) => isDue(item) && item.phone === canary).length);
    assert.equal(n('held') + n('due'), company.filter(isDue).length);
    // Samples are of what is due, not of what is held; an item is shown often enough to tell.
    const free = company.filter((item) => isDue(item) && item.phone !== canary).length;
    const shown = await place.connector.inventory(
      place.dataset,
      due,
      'ended',
      [
        { name: 'held', where: held },
        { name: 'due', where: everything },
      ],
      company.length,
    );
    assert.equal(shown.samples.length, free);
    const undated = await place.connector.inventory(
      place.dataset,
      { is: 'undated', clock: 'ended' },
      null,
      [{ name: 'all', where: everything }],
      0,
    );
    assert.equal(undated.buckets['all']?.items, 1);
  },
  'a shared bucket has all that it means, and takes nothing from the others': async (place) => {
    const census = await place.connector.inventory(
      place.dataset,
      due,
      'ended',
      [
        { name: 'held', where: held },
        { name: 'held too', where: held, shared: true },
        { name: 'whole', where: everything, shared: true },
        { name: 'nobody', where: nothing, shared: true },
        { name: 'due', where: everything },
      ],
      company.length,
    );
    const n = (name: string): number => census.buckets[name]?.items ?? -1;
    const those = company.filter((item) => isDue(item) && item.phone === canary).length;
    const all = company.filter(isDue).length;
    assert.deepEqual(
      [n('held'), n('held too'), n('whole'), n('nobody'), n('due')],
      [those, those, all, 0, all - those],
    );
    assert.equal(census.samples.length, all - those);
  },
  'shares are disjoint and together are the whole': async (place) => {
    const shares = await place.connector.split(place.dataset, due, 'ended', 3);
    const found: string[] = [];
    for (const share of shares)
      for await (const item of place.connector.locate(place.dataset, all(due, share))) found.push(String(item.key[0]));
    assert.equal(found.length, company.filter(isDue).length);
    assert.equal(new Set(found).size, found.length);
  },
  'which items lose a part for good is told while they have it; where that cannot be written down nothing goes': async (
    place,
  ) => {
    if (!place.parts) return;
    const all = await place.parts();
    const going = company.filter((item) => isDue(item) && all.includes(item.id));
    assert.ok(going.length > 0 && all.length > going.length, 'only some have the part, and only some of those are due');
    const parting = () => Promise.reject(new Error('no journal'));
    await assert.rejects(sweepAll(place, due, { parting }), /no journal/);
    assert.deepEqual([await place.survivors(), await place.parts()], [ids(company), all]);
    const told: string[] = [];
    await sweepAll(place, due, {
      limit: 4,
      parting: async (part, items) => {
        assert.equal(part, place.dataset.layers[0]?.dataset.id);
        const keys = items.map(({ key }) => String(key[0]));
        const there = await place.parts?.();
        assert.deepEqual(
          keys.filter((key) => there?.includes(key) !== true),
          [],
        );
        told.push(...keys);
      },
    });
    assert.deepEqual(told.toSorted(), ids(going));
    assert.deepEqual(
      await place.parts(),
      all.filter((id) => !ids(going).includes(id)),
    );
  },
  'nothing it says holds a value of an item': async (place) => {
    const said: unknown[] = [await place.connector.probe([place.dataset])];
    said.push(await place.connector.inventory(place.dataset, due, 'ended', [{ name: 'all', where: everything }], 5));
    // Where a batch was or ended may be an item's key; whoever keeps it seals it (promises/retention/journal.ts).
    said.push({
      ...(await place.connector.sweep(
        place.dataset,
        due,
        'ended',
        options({ limit: 5, guard: () => Promise.resolve({ held: any(held), kept: [] }) }),
      )),
      next: null,
      trace: null,
    });
    try {
      await place.connector.sweep({ ...place.dataset, clocks: {} }, due, 'ended', options());
    } catch (cause) {
      said.push(String(cause));
    }
    const text = JSON.stringify(said);
    for (const item of company) assert.equal(text.includes(item.phone), false);
  },
};

/** Registers the suite for one connector. */
export function conformance(name: string, make: () => Promise<Place>): void {
  describe(`the contract, kept by ${name}`, () => {
    for (const [sentence, check] of Object.entries(sentences)) {
      it(sentence, async () => {
        const place = await make();
        try {
          await place.plant(company);
          await check(place);
        } finally {
          await place.close();
        }
      });
    }
  });
}
