/**
 * The long versions of the tests: every point of death, a thousand histories, a minute of symlink races; ten thousand cases
 * against every route, and Debian's wapiti against a running home. Two at a time, each in a process of its own, with a bound;
 * what each took stands at the end.
 *
 *   --security    only those that attack: the ten thousand cases, and wapiti
 *   --only TEXT   only the files whose path holds TEXT
 */
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensurePackages } from './packages.ts';

interface Soak {
  readonly file: string;
  readonly minutes: number;
  /** Its files in memory: it is about what is decided, not about what a disk does, and would wait for the disk most of the time. */
  readonly memory?: true;
  readonly attacks?: true;
}

/** The longest first, so that the two lanes end together. */
const all: readonly Soak[] = [
  { file: 'test/journeys/model.test.ts', minutes: 50, memory: true },
  { file: 'test/journeys/kill.test.ts', minutes: 30 },
  { file: 'test/journeys/fuzz.test.ts', minutes: 20, memory: true, attacks: true },
  { file: 'test/journeys/wapiti.test.ts', minutes: 40, attacks: true },
  { file: 'src/promises/publication/statement/told.test.ts', minutes: 15 },
  { file: 'src/policy/lint/mutation.test.ts', minutes: 20 },
  { file: 'src/app/together.test.ts', minutes: 25 },
  { file: 'src/promises/publication/register/register.test.ts', minutes: 15 },
  { file: 'test/journeys/workers.test.ts', minutes: 10 },
  { file: 'src/connectors/files/files.test.ts', minutes: 10 },
  { file: 'src/connectors/files/hostile.test.ts', minutes: 5 },
  { file: 'test/journeys/hostile.test.ts', minutes: 5 },
  { file: 'test/journeys/round.test.ts', minutes: 5 },
  { file: 'test/journeys/database-crash.test.ts', minutes: 10 },
  { file: 'test/journeys/full-disk.test.ts', minutes: 5 },
  { file: 'test/journeys/residue.test.ts', minutes: 5 },
  { file: 'test/journeys/publish-kill.test.ts', minutes: 5 },
  { file: 'src/ledger/crash.test.ts', minutes: 5 },
  { file: 'src/ledger/restore.test.ts', minutes: 5 },
  { file: 'src/ledger/verify/tamper.test.ts', minutes: 5 },
];

const { values: flags } = parseArgs({ options: { only: { type: 'string' }, security: { type: 'boolean' } } });
const root = join(import.meta.dirname, '..');
const listed = new Set(all.map(({ file }) => file));
const wrong = [
  ...all.filter(({ file }) => !existsSync(join(root, file))).map(({ file }) => `${file} is not there`),
  ...globSync('{src,test,bench}/**/*.test.ts', { cwd: root })
    .filter((file) => !listed.has(file) && readFileSync(join(root, file), 'utf8').includes('GESTAND_SOAK'))
    .map((file) => `${file} has a long version and is not listed here`),
];
if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
ensurePackages('soak');

const memory = writable('/dev/shm') ? { TMPDIR: '/dev/shm' } : {};
const queue = all
  .filter(({ file }) => flags.only === undefined || file.includes(flags.only))
  .filter(({ attacks }) => flags.security !== true || attacks === true);
const results: { file: string; seconds: number; ok: boolean }[] = [];
await Promise.all([lane(), lane()]);
for (const { file, seconds, ok } of results) console.log(`${ok ? '✔' : '✖'} ${file}  ${seconds.toFixed(0)} s`);
process.exit(results.every(({ ok }) => ok) ? 0 : 1);

async function lane(): Promise<void> {
  for (let one = queue.shift(); one; one = queue.shift()) {
    const started = performance.now();
    const ok = await run(one);
    results.push({ file: one.file, seconds: (performance.now() - started) / 1000, ok });
  }
}

/** Its words come when it has ended, so that two do not speak through each other. */
async function run(one: Soak): Promise<boolean> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--test', '--test-isolation=none', '--test-force-exit', one.file],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, GESTAND_SOAK: '1', ...(one.memory ? memory : {}) },
    },
  );
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => said.push(part));
  const bound = setTimeout(() => {
    said.push(Buffer.from(`\nnot done after ${one.minutes} minutes\n`));
    child.kill('SIGTERM'); // it takes along what it started
  }, one.minutes * 60_000);
  const [code] = await new Promise<[number | null]>((settle, fail) => {
    child.once('error', fail);
    child.once('close', (...how) => settle([how[0]]));
  });
  clearTimeout(bound);
  process.stdout.write(`── ${one.file}\n${Buffer.concat(said).toString()}\n`);
  return code === 0;
}

function writable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
