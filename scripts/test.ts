/**
 * What "npm test" does: everything that must hold, in order; the first thing that does not stops it and says what to do.
 * Its last lines are node's own summary of the tests.
 *
 *   --quick       nothing is installed and no browser opens; one pass, on the embedded store
 *   --only TEXT   no static checks, and only the test files whose path holds TEXT
 */
import { spawn } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startOwnPostgres } from './own-postgres.ts';
import { ensurePackages } from './packages.ts';

const { values: flags } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const quick = flags.quick;
const files = globSync(['src/**/*.test.ts', 'test/**/*.test.ts', 'bench/**/*.test.ts'])
  .filter((file) => !quick || !file.startsWith('test/journeys'))
  .filter((file) => flags.only === undefined || file.includes(flags.only))
  .toSorted();
/** Those that use our store; not those that are about the embedded server itself. */
const onStore = files.filter((file) => /worlds\/postgres\.ts/.test(readFileSync(file, 'utf8')));
const bin = (name: string): string => `node_modules/.bin/${name}`;
const nodeTest = [
  process.execPath,
  '--disable-warning=ExperimentalWarning',
  '--test',
  '--test-isolation=none',
  '--test-force-exit',
];

await step('packages', 'see above', () => {
  if (!quick) ensurePackages();
});
if (flags.only === undefined) await staticChecks();
if (!quick && onStore.length > 0) {
  await step("tests of the store on an operator's own PostgreSQL", 'see the first ✖ above', async () => {
    const own = await startOwnPostgres();
    console.log(`   PostgreSQL ${own.version}, over TCP, as an account that is no superuser`);
    await run([...nodeTest, '--test-reporter=dot', ...onStore], { GESTAND_TEST_DATABASE_URL: own.url });
  });
}
await step('tests', 'see the first ✖ above', () => run([...nodeTest, '--test-reporter=spec', ...files]), {
  silent: true,
});
process.exit(0); // what was started goes with us

async function staticChecks(): Promise<void> {
  await step('types', 'mend the types above', async () => {
    await run([bin('tsc'), '-p', '.']);
    await run([bin('tsc'), '-p', 'src/web/browser']);
  });
  await step('lint', 'mend what the linter names', () => run([bin('oxlint'), '--type-aware', '--deny-warnings']));
  await step('format', 'run: npm run format', () => run([bin('oxfmt'), '--check', '.']));
  await step('generated', 'run: npm run generate', () => run([process.execPath, 'scripts/generate.ts', '--check']));
}

async function step(
  name: string,
  help: string,
  work: () => void | Promise<void>,
  how = { silent: false },
): Promise<void> {
  const start = performance.now();
  console.log(`── ${name}`);
  try {
    await work();
  } catch (cause) {
    console.error(`── ${name} failed: ${(cause as Error).message}\n   ${help}`);
    process.exit(1);
  }
  if (!how.silent) console.log(`   ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

async function run(
  [program = '', ...args]: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const env = { ...process.env, GESTAND_TEST_QUICK: quick ? '1' : '', ...more };
  const child = spawn(program, args, { stdio: 'inherit', env });
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((settle, fail) => {
    child.once('error', fail);
    child.once('exit', (...how) => settle(how));
  });
  if (code !== 0) throw new Error(signal === null ? `exit ${code}` : `ended by ${signal}`);
}
