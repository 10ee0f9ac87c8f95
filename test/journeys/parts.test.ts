import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { theKinds } from '../../src/app/world.ts';
import { ConnectorFault, type Connector } from '../../src/connectors/kit/index.ts';
import { openDatabase } from '../../src/database/index.ts';
import { placeHold } from '../../src/promises/holds/service.ts';
import { measure } from '../../src/promises/proof/measure.ts';
import { lastMeasures } from '../../src/promises/proof/store.ts';
import { approvePlan, makePlan } from '../../src/promises/retention/plan.ts';
import type { World } from '../../src/promises/world.ts';
import { carry } from '../worlds/carry.ts';
import { testHome } from '../worlds/home.ts';
import { agesAgree } from '../worlds/ages.ts';
import { testSite } from '../worlds/site.ts';

const tree = (id: string, column: string): string => `  - id: ${id}
    title: { nl: a, en: a }
    source: ${id}
    tree: ["{name}.{ext:wav|txt}"]
    data: call-recordings
    fields: { path: recording, name: non-personal }
    partOf: { dataset: calls, path: "{${column}}", join: { path: ${column} } }
`;
const profile = `id: recorder
version: 1
product: A recorder of calls
title: { nl: a, en: a }
sources: { index: { connector: sql, dialects: [sqlite] }, films: { connector: files }, texts: { connector: files } }
datasets:
  - id: calls
    title: { nl: a, en: a }
    source: index
    table: calls
    key: [id]
    data: call-recordings
    fields: { id: non-personal, film: recording, text: recording, ended: traffic }
    clocks: { call-end: { readings: [{ column: ended, as: epoch-s }], zone: UTC } }
${tree('films', 'film')}${tree('texts', 'text')}`;

interface Recorder {
  readonly files: { readonly estate: string; readonly profiles: Readonly<Record<string, string>> };
  readonly index: DatabaseSync;
  has(file: string): boolean;
  calls(): string[];
  lose(file: string): void;
  close(): void;
}

/** Three calls that are due, each with a recording and a transcript in a tree of its own. */
function recorder(): Recorder {
  const base = mkdtempSync(join(tmpdir(), 'gestand-parts-'));
  const file = join(base, 'index.db');
  const index = new DatabaseSync(file);
  index.exec('create table calls (id text primary key, film text, text text, ended integer)');
  for (const folder of ['films', 'texts']) mkdirSync(join(base, folder));
  for (const id of ['c1', 'c2', 'c3']) {
    index.exec(
      `insert into calls values ('${id}', '${id}.wav', '${id}.txt', ${Date.parse('2026-06-01T10:00:00Z') / 1000})`,
    );
    writeFileSync(join(base, 'films', `${id}.wav`), 'RIFF');
    writeFileSync(join(base, 'texts', `${id}.txt`), 'hello');
  }
  const files = {
    profiles: { 'recorder.yaml': profile },
    estate: `gestand: 1
systems:
  - id: rec
    title: { nl: a, en: a }
    profile: recorder
    role: controller
    location: { country: NL, place: Haps }
    sources:
      index: { connector: sql, dialect: sqlite, read: { literal: ${file} }, erase: { literal: ${file} } }
      films: { connector: files, root: ${join(base, 'films')} }
      texts: { connector: files, root: ${join(base, 'texts')} }
`,
  };
  return {
    files,
    index,
    has: (name) => existsSync(join(base, name)),
    calls: () =>
      index
        .prepare('select id from calls order by id')
        .all()
        .map((row) => String(row['id'])),
    lose: (name) => {
      rmSync(join(base, name));
    },
    close: () => {
      index.close();
      rmSync(base, { recursive: true, force: true });
    },
  };
}

const matter = { matter: 'm', kind: 'dispute' as const, reason: 'r', legalBasis: 'b', prospective: true };

async function carried(world: World) {
  const { plan } = await makePlan(world, world.clock());
  await approvePlan(world, { name: 'A' }, plan);
  const report = await carry(world, plan);
  const line = report.lines.find((one) => one.dataset === 'calls');
  assert.ok(line);
  return { state: report.state, line };
}

describe('a call of which the parts stand in two other places', () => {
  it('stays whole when one part is held, whichever part would have gone first', async () => {
    const place = recorder();
    const home = await testHome(place.files);
    const world = await home.open();
    const held = [
      { is: 'items' as const, dataset: 'rec/films', keys: [['c1.wav']] },
      { is: 'items' as const, dataset: 'rec/texts', keys: [['c2.txt']] },
    ];
    await placeHold(world, { name: 'A' }, { ...matter, scope: held });
    const { state, line } = await carried(world);
    assert.deepEqual([state, line.done, line.held, line.failed, line.partial, line.left], ['complete', 1, 2, 0, 0, 0]);
    assert.deepEqual(place.calls(), ['c1', 'c2']);
    for (const id of ['c1', 'c2', 'c3'])
      assert.deepEqual([place.has(`films/${id}.wav`), place.has(`texts/${id}.txt`)], [id !== 'c3', id !== 'c3'], id);
    await home.close();
    place.close();
  });

  it('of which one part is held is held where it is counted too: in the plan, by which hold, and by the promise', async () => {
    const place = recorder();
    const home = await testHome(place.files);
    const world = await home.open();
    const on = (dataset: string, key: string) =>
      placeHold(world, { name: 'A' }, { ...matter, scope: [{ is: 'items' as const, dataset, keys: [[key]] }] });
    const first = (await on('rec/films', 'c1.wav')).hold.id;
    const second = (await on('rec/texts', 'c1.txt')).hold.id;
    const plan = await makePlan(world, world.clock());
    const planned = plan.lines.find((one) => one.dataset === 'calls');
    assert.deepEqual([planned?.due, planned?.held], [2, 1]);
    const ages = (await agesAgree(world, plan)).get('rec/calls');
    assert.deepEqual([ages?.due, ages?.held], [2, 1], 'and in the picture of ages');
    assert.deepEqual(planned?.heldBy, { [first]: 1, [second]: 1 });
    const measured = async () => {
      await measure(world);
      return (await lastMeasures(world.db, world.clock())).find((one) => one.dataset === 'calls');
    };
    const before = await measured();
    assert.deepEqual([before?.overdue, before?.held], [2, 1], 'the control: what is late is late');
    await carried(world);
    const after = await measured();
    assert.deepEqual([after?.overdue, after?.held], [0, 1]);
    await home.close();
    place.close();
  });

  it('counts once when the host keeps its row, also where it cannot be seen at once what is gone of it', async () => {
    const place = recorder();
    const home = await testHome(place.files);
    place.index.exec(
      `create table complaint (id text references calls (id)); insert into complaint values ('c3'); pragma foreign_keys = on`,
    );
    let dark = false;
    const faulty = (connector: Connector): Connector => ({
      ...connector,
      sweep: async (dataset, ...rest) => {
        const batch = await connector.sweep(dataset, ...rest);
        dark = dataset.id === 'calls';
        return batch;
      },
      locate: (dataset, where) => {
        if (!dark || dataset.id !== 'films') return connector.locate(dataset, where);
        dark = false;
        throw new ConnectorFault('unreachable', 'away', { retry: true, nl: 'weg' });
      },
    });
    const own = openDatabase({ url: home.databaseUrl });
    const kinds = Object.entries(theKinds(own.db, home.now)).map(([name, kind]) => {
      const open = async (settings: never, context: Parameters<typeof kind.open>[1]) =>
        faulty(await kind.open(settings, context));
      return [name, { ...kind, open }];
    });
    const world = await home.open(Object.fromEntries(kinds) as Parameters<typeof home.open>[0]);
    const { state, line } = await carried(world);
    assert.deepEqual([dark, state, line.done, line.failed, line.partial], [false, 'partial', 2, 1, 0]);
    await own.close();
    await home.close();
    place.close();
  });

  it('lacks one of them: the page of its hold says so, in each language, and nothing where it is whole', async () => {
    const place = recorder();
    const site = await testSite(place.files);
    place.lose('texts/c1.txt');
    const on = async (id: string): Promise<string> => {
      const scope = [{ is: 'items' as const, dataset: 'rec/calls', keys: [[id]] }];
      return (await placeHold(site.world, { name: 'A' }, { ...matter, scope })).hold.id;
    };
    const [broken, whole] = [await on('c1'), await on('c2')];
    const page = async (id: string, language: 'nl' | 'en') => site.page('privacy-officer', `/holds/${id}`, language);
    assert.match(
      await page(broken, 'nl'),
      /rec\/calls: 1 item<.*Niet meer heel.*1 item van rec\/calls is niet meer heel: het deel &quot;texts&quot; is weg\. Van een verwijdering door ons is niets bekend\./u,
    );
    assert.match(
      await page(broken, 'en'),
      /No longer whole.*1 item of rec\/calls is no longer whole: the part &quot;texts&quot; is gone/u,
    );
    assert.doesNotMatch(await page(whole, 'nl'), /Niet meer heel/u);
    await site.close();
    place.close();
  });
});
