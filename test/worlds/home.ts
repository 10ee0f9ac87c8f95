/** A home for tests: policy and estate as given, our store fresh, the clock in the test's hand. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/app/config.ts';
import { makeHome, places, program } from '../../src/app/home.ts';
import { openWorld, type OpenWorld } from '../../src/app/world.ts';
import { instant, type Instant } from '../../src/base/time.ts';
import { openDatabase } from '../../src/database/index.ts';
import type { ConnectorKind } from '../../src/estate/index.ts';
import { freshDatabase } from './postgres.ts';

export interface TestHome {
  readonly home: string;
  readonly databaseUrl: string;
  /** Opens the home as a program would; each call is another process's view of the same home. */
  open(kinds?: Readonly<Record<string, ConnectorKind>>): Promise<OpenWorld>;
  setNow(text: string): void;
  now(): Instant;
  close(): Promise<void>;
}

export const referencePolicy = readFileSync(join(program, 'policies/it-provider/policy.yaml'), 'utf8');

export async function testHome(
  files: { estate: string; policy?: string; profiles?: Readonly<Record<string, string>> },
  now = '2026-11-24T10:00:00Z',
): Promise<TestHome> {
  const home = mkdtempSync(join(tmpdir(), 'gestand-home-'));
  const store = await freshDatabase();
  makeHome(home);
  writeFileSync(places(home).policy, files.policy ?? referencePolicy);
  writeFileSync(places(home).estate, files.estate);
  mkdirSync(places(home).profiles, { recursive: true });
  for (const [name, text] of Object.entries(files.profiles ?? {}))
    writeFileSync(join(places(home).profiles, name), text);
  let at = instant(now);
  const opened: OpenWorld[] = [];
  return {
    home,
    databaseUrl: store.url,
    open: async (kinds) => {
      const own = openDatabase({ url: store.url });
      const world = await openWorld({
        // What our tests are asked for stands on this machine.
        config: readConfig(
          { GESTAND_HOME: home, GESTAND_DATABASE_URL: store.url, GESTAND_PRIVATE_TARGETS: '1' },
          false,
        ),
        clock: () => at,
        store: { db: own.db, url: store.url, urlOf: () => store.url, close: own.close },
        ...(kinds ? { kinds } : {}),
      });
      opened.push(world);
      return world;
    },
    setNow: (text) => {
      at = instant(text);
    },
    now: () => at,
    close: async () => {
      for (const world of opened) await world.close();
      await store.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
