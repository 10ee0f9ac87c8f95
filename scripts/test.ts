/** What "npm test" does: everything that must hold, in order; the first thing that does not stops it. */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { ensurePackages } from './packages.ts';

const quick = process.argv.includes('--quick');
const bin = (name: string): string => `node_modules/.bin/${name}`;

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  readonly help: string;
}

const tests = globSync(['src/**/*.test.ts', 'test/**/*.test.ts'])
  .filter((file) => !quick || !file.includes('journeys'))
  .toSorted();
const steps: readonly Step[] = [
  { name: 'types', command: [bin('tsc'), '-p', '.'], help: 'mend the types above' },
  { name: 'lint', command: [bin('oxlint'), '--type-aware', '--deny-warnings'], help: 'mend what the linter names' },
  { name: 'format', command: [bin('oxfmt'), '--check', '.'], help: 'run: npm run format' },
  { name: 'generated', command: [process.execPath, 'scripts/generate.ts', '--check'], help: 'run: npm run generate' },
  {
    name: 'tests',
    command: [
      process.execPath,
      '--disable-warning=ExperimentalWarning',
      '--test',
      '--test-isolation=none',
      '--test-force-exit',
      '--test-reporter=spec',
      ...tests,
    ],
    help: 'see the first ✖ above',
  },
];

if (!quick) {
  try {
    ensurePackages();
  } catch (cause) {
    console.error((cause as Error).message);
    process.exit(1);
  }
}
for (const { name, command, help } of steps) {
  const start = performance.now();
  console.log(`── ${name}`);
  const [program = '', ...args] = command;
  const { status, signal } = spawnSync(program, args, {
    stdio: 'inherit',
    env: { ...process.env, GESTAND_TEST_QUICK: quick ? '1' : '' },
  });
  if (status !== 0) {
    console.error(`── ${name} failed${signal ? ` (${signal})` : ''}: ${help}`);
    process.exit(1);
  }
  if (name !== 'tests') console.log(`   ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
