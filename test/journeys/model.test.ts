import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { ends, instant, parseTerm, type Instant } from '../../src/base/time.ts';
import { placeHold, releaseHold, tendHolds } from '../../src/promises/holds/service.ts';
import { approvePlan, makePlan } from '../../src/promises/retention/plan.ts';
import type { World } from '../../src/promises/world.ts';
import { carry } from '../worlds/carry.ts';
import { prospects, type ProspectWorld } from '../worlds/crm.ts';
import { testHome, type TestHome } from '../worlds/home.ts';

/** What must be true, without any of our machinery: a map of rows, and a duty for each. */
interface Model {
  now: Instant;
  rows: Map<number, { email: string; last: string }>;
  holds: Map<string, { email: string; until: Instant | null; asked: boolean }>;
}

interface Real {
  readonly world: World;
  readonly home: TestHome;
  readonly host: ProspectWorld;
}

const zone = 'Europe/Amsterdam';
const term = parseTerm('P1Y');
const mails = ['a@example.nl', 'b@example.nl', 'c@example.nl'];

/** The term has passed, counted from the end of the day of the last contact. */
function isDue(last: string, now: Instant): boolean {
  const event = instant(`${last}T22:59:59.999Z`);
  return ends(event, term, 'event', zone).epochMilliseconds < now.epochMilliseconds - 3_600_000;
}

function isFree(model: Model, email: string): boolean {
  return [...model.holds.values()].every(
    (hold) =>
      hold.email !== email || (hold.until !== null && hold.until.epochMilliseconds <= model.now.epochMilliseconds),
  );
}

type Step = fc.AsyncCommand<Model, Real>;

class Insert implements Step {
  readonly #row: { id: number; email: string; last: string };
  constructor(row: { id: number; email: string; last: string }) {
    this.#row = row;
  }
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    model.rows.set(this.#row.id, this.#row);
    await real.host.add([this.#row]);
  }
  toString = () => `insert ${this.#row.id} ${this.#row.email} ${this.#row.last}`;
}

class Pass implements Step {
  readonly #days: number;
  constructor(days: number) {
    this.#days = days;
  }
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    model.now = model.now.add({ hours: 24 * this.#days });
    real.home.setNow(model.now.toString());
    await Promise.resolve();
  }
  toString = () => `${this.#days} days`;
}

class Hold implements Step {
  readonly #email: string;
  constructor(email: string) {
    this.#email = email;
  }
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    const { hold } = await placeHold(
      real.world,
      { name: 'A' },
      {
        matter: 'm',
        kind: 'dispute',
        reason: 'r',
        legalBasis: 'b',
        prospective: true,
        scope: [{ is: 'subject', kind: 'email', value: this.#email, datasets: [] }],
      },
    );
    model.holds.set(hold.id, { email: this.#email, until: null, asked: false });
  }
  toString = () => `hold ${this.#email}`;
}

class Release implements Step {
  readonly #who: string;
  constructor(who: string) {
    this.#who = who;
  }
  check = (model: Readonly<Model>) => [...model.holds.values()].some((hold) => hold.until === null);
  async run(model: Model, real: Real): Promise<void> {
    const open = [...model.holds].find(([, hold]) => hold.until === null);
    if (!open) return;
    const [id, hold] = open;
    const done = await releaseHold(real.world, { name: this.#who }, id, 'settled').catch((cause: unknown) => {
      assert.match(String(cause), /cannot grant/);
      return null;
    });
    if (done === null) assert.ok(hold.asked);
    if (done?.state === 'releasing') hold.until = done.graceUntil;
    hold.asked = true;
  }
  toString = () => `release by ${this.#who}`;
}

class Sweep implements Step {
  readonly #mutant: boolean;
  constructor(mutant = false) {
    this.#mutant = mutant;
  }
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    await tendHolds(real.world);
    const plan = await makePlan(real.world, real.world.clock());
    if (this.#mutant) await sql`update holds.hold set state = 'released'`.execute(real.world.db);
    const shown = this.#mutant ? await makePlan(real.world, real.world.clock()) : plan;
    await approvePlan(real.world, { name: 'A' }, shown.plan);
    const report = await carry(real.world, shown.plan);
    assert.equal(report.state, 'complete');
    for (const [id, row] of model.rows)
      if (isDue(row.last, model.now) && isFree(model, row.email)) model.rows.delete(id);
    assert.deepEqual(
      await real.host.ids(),
      [...model.rows.keys()].toSorted((a, b) => a - b),
    );
  }
  toString = () => 'sweep';
}

async function histories(runs: number, mutant: boolean): Promise<void> {
  const host = await prospects();
  const home = await testHome({ estate: host.estate });
  const world = await home.open();
  const day = fc.integer({ min: 0, max: 900 }).map((days) =>
    instant('2024-08-01T00:00:00Z')
      .add({ hours: 24 * days })
      .toString()
      .slice(0, 10),
  );
  const commands = fc.commands(
    [
      fc
        .record({ id: fc.integer({ min: 1, max: 30 }), email: fc.constantFrom(...mails), last: day })
        .map((row) => new Insert(row)),
      fc.constantFrom(1, 20, 200).map((days) => new Pass(days)),
      fc.constantFrom(...mails).map((mail) => new Hold(mail)),
      fc.constantFrom('A', 'B').map((who) => new Release(who)),
      fc.constant(new Sweep(mutant)),
    ],
    { size: '+1' },
  );
  try {
    await fc.assert(
      fc.asyncProperty(commands, async (list) => {
        await sql`delete from holds.achieved`.execute(world.db);
        await sql`delete from holds.hold`.execute(world.db);
        await host.clear();
        home.setNow('2026-11-24T10:00:00Z');
        const model: Model = { now: home.now(), rows: new Map(), holds: new Map() };
        await fc.asyncModelRun(() => ({ model, real: { world, home, host } }), list);
      }),
      { numRuns: runs, endOnFailure: mutant },
    );
  } finally {
    await home.close();
    await host.close();
  }
}

describe('any history of contacts, holds, releases, days and sweeps', () => {
  it('leaves exactly what the promise says', async () => {
    if (process.env['GESTAND_SOAK'] === undefined) return histories(25, false);
    // Ten thousand sweeps, each of many short waits for a server: side by side, in homes of their own, they fill one core.
    await Promise.all(Array.from({ length: 8 }, () => histories(125, false)));
  });
  it('and a sweep that forgets the holds is caught', async () => {
    await assert.rejects(histories(200, true));
  });
});
