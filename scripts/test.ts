/**
 * What "npm test" does: everything that must hold, in order; the first thing that does not stops it and says what to do.
 * Its last lines are a summary of the tests in node's words.
 *
 *   --quick       nothing is installed and no browser opens; one pass, on the embedded store
 *   --only TEXT   no static checks, and only the test files whose path holds TEXT
 */
import { spawn } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startOwnPostgres } from './own-postgres.ts';
import { ensurePackages } from './packages.ts';

const { values: flags } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const quick = flags.quick;
const files = globSync(['src/**/*.test.ts', 'test/**/*.test.ts', 'bench/**/*.test.ts'])
  .filter((file) => !quick || !isJourney(file))
  .filter((file) => flags.only === undefined || file.includes(flags.only))
  .toSorted();
/** What every lane said. */
let said = '';
/** What failed in each, told again at the end: the last lines of a long log are read first. */
const failed: string[] = [];
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
// Journeys wait for servers and browsers, the rest computes: in three lanes side by side the waiting costs little.
const journeys = files.filter(isJourney);
const rest = files.filter((file) => !isJourney(file));
if (files.length === 0) {
  console.error(`No test file has "${flags.only ?? ''}" in its path.`);
  process.exit(2);
}
await step(
  'tests; journeys beside them, shown after them',
  'see each ✖ above',
  async () => {
    const held = ['', ''];
    const every = (lane: number): string[] => journeys.filter((_, i) => i % held.length === lane);
    const ended = await Promise.allSettled([
      onOwnServer().then(() => tests(rest, (text) => process.stdout.write(text))),
      ...held.map((_, lane) => tests(every(lane), (text) => (held[lane] += text))),
    ]);
    for (const text of held) process.stdout.write(text);
    slowest();
    for (const text of failed) console.log(text);
    for (const one of ended) if (one.status === 'rejected') throw one.reason;
    summary(ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
  },
  { silent: true },
);
process.exit(0); // what was started goes with us

function isJourney(file: string): boolean {
  return file.startsWith('test/journeys');
}

async function onOwnServer(): Promise<void> {
  if (quick || onStore.length === 0) return;
  const own = await startOwnPostgres();
  console.log(`   on an operator's own PostgreSQL ${own.version}, over TCP, as an account that is no superuser:`);
  await run([...nodeTest, '--test-reporter=dot', ...onStore], { GESTAND_TEST_DATABASE_URL: own.url });
}

/** Runs them in one process, and answers the numbers of node's own summary. */
async function tests(some: readonly string[], write: (text: string) => void): Promise<ReadonlyMap<string, number>> {
  if (some.length === 0) return new Map();
  let all = '';
  try {
    await run([...nodeTest, '--test-reporter=spec', ...some], {}, (text) => {
      all += text;
      said += text;
      write(text);
    });
  } finally {
    const at = all.indexOf('✖ failing tests:');
    if (at >= 0) failed.push(all.slice(at));
  }
  const numbers = [...all.matchAll(/^ℹ (\w+) ([\d.]+)$/gm)].map(([, name = '', n]) => [name, Number(n)] as const);
  if (!numbers.some(([name, n]) => name === 'tests' && n > 0)) throw new Error('no test ran');
  return new Map(numbers);
}

/** Where the time went: the tests, not the suites that hold them, that took longest in the lane that they were in. */
function slowest(): void {
  const suites = new Set([...said.matchAll(/^ *▶ (.*)$/gm)].map(([, name]) => name));
  const timed = [...said.matchAll(/^ *[✔✖] (.*) \(([\d.]+)ms\)$/gm)].map(([, name = '', ms]) => ({
    name,
    ms: Number(ms),
  }));
  const once = new Map(timed.map((one) => [one.name, one]));
  const most = [...once.values()].filter(({ name }) => !suites.has(name)).toSorted((a, b) => b.ms - a.ms);
  console.log('── the ten slowest');
  for (const { name, ms } of most.slice(0, 10)) console.log(`   ${(ms / 1000).toFixed(1).padStart(6)} s  ${name}`);
}

/** In node's own words, the last lines of all. */
function summary(parts: readonly ReadonlyMap<string, number>[]): void {
  for (const name of new Set(parts.flatMap((part) => [...part.keys()]))) {
    const numbers = parts.map((part) => part.get(name) ?? 0);
    console.log(`ℹ ${name} ${name === 'duration_ms' ? Math.max(...numbers) : numbers.reduce((a, b) => a + b, 0)}`);
  }
}

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
  take?: (text: string) => void,
): Promise<void> {
  // The tests start the program hundreds of times: what was compiled once serves them all.
  const NODE_COMPILE_CACHE = resolve('node_modules/.cache/gestand');
  const env = { ...process.env, NODE_COMPILE_CACHE, GESTAND_TEST_QUICK: quick ? '1' : '', ...more };
  const child = spawn(program, args, { stdio: ['inherit', take ? 'pipe' : 'inherit', 'inherit'], env });
  if (take) child.stdout?.setEncoding('utf8').on('data', take);
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((settle, fail) => {
    child.once('error', fail);
    child.once('close', (...how) => settle(how));
  });
  if (code !== 0) throw new Error(signal === null ? `exit ${code}` : `ended by ${signal}`);
}
