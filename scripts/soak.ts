/** The long versions of the reliability tests: every point of death, many histories, a minute of symlink races. */
import { spawnSync } from 'node:child_process';

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
  'test/journeys/fuzz.test.ts',
];
const { status } = spawnSync(
  process.execPath,
  ['--disable-warning=ExperimentalWarning', '--test', '--test-isolation=none', '--test-force-exit', ...files],
  { stdio: 'inherit', env: { ...process.env, GESTAND_SOAK: '1' } },
);
process.exit(status ?? 1);
