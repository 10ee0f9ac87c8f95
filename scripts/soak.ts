/**
 * The long versions of the tests: every point of death, many histories, a minute of symlink races; ten thousand cases against every
 * route, and Debian's wapiti against a running home.
 *
 *   --security   only those that attack: the ten thousand cases, and wapiti
 */
import { spawnSync } from 'node:child_process';
import { ensurePackages } from './packages.ts';

const files = [
  'src/connectors/files/files.test.ts',
  'src/base/yaml.test.ts',
  'src/policy/lint/mutation.test.ts',
  'src/policy/policy.test.ts',
  'src/ledger/ledger.test.ts',
  'src/ledger/crash.test.ts',
  'src/ledger/restore.test.ts',
  'test/journeys/kill.test.ts',
  'test/journeys/model.test.ts',
  'test/journeys/workers.test.ts',
];
const attacks = ['test/journeys/fuzz.test.ts', 'test/journeys/wapiti.test.ts'];
ensurePackages('soak');
const { status } = spawnSync(
  process.execPath,
  [
    '--disable-warning=ExperimentalWarning',
    '--test',
    '--test-isolation=none',
    '--test-force-exit',
    ...(process.argv.includes('--security') ? [] : files),
    ...attacks,
  ],
  { stdio: 'inherit', env: { ...process.env, GESTAND_SOAK: '1' } },
);
process.exit(status ?? 1);
