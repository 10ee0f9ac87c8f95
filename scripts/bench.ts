/** npm run bench -- NAME [--size N] [--rounds N] [--json]: ours and an honest baseline in turn, after a correctness gate. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench } from '../bench/bench.ts';
import { startEmbedded } from '../src/database/index.ts';

/** Only the one that is asked for is loaded: what a bench says of memory is its own. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  'retention-sql': async () => (await import('../bench/retention-sql.ts')).retentionSql,
  'retention-files': async () => (await import('../bench/retention-files.ts')).retentionFiles,
  ledger: async () => (await import('../bench/ledger.ts')).ledger,
  policy: async () => (await import('../bench/policy.ts')).policy,
  http: async () => (await import('../bench/http.ts')).http,
  board: async () => (await import('../bench/board.ts')).board,
};
const usage = `npm run bench -- NAME [--size N] [--rounds N] [--json]
NAME is one of ${Object.keys(benches).join(', ')}`;

function given() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        size: { type: 'string' },
        rounds: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (cause) {
    return stop(2, `${(cause as Error).message.split('. ')[0]}.`);
  }
}

function stop(code: number, mistake: string): never {
  if (mistake !== '') console.error(mistake);
  (code === 0 ? console.log : console.error)(usage);
  process.exit(code);
}

const { values, positionals } = given();
if (values.help === true) stop(0, '');
for (const name of ['size', 'rounds'] as const)
  if (values[name] !== undefined && !/^[1-9]\d*$/.test(values[name])) stop(2, `--${name} is a number of 1 or more.`);
const [name = '', surplus] = positionals;
const load = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (!load) stop(2, name === '' ? '' : `There is no bench "${name}".`);
if (surplus !== undefined) stop(2, `"${surplus}" is a word too many.`);
const bench = await load();
const home = mkdtempSync(join(tmpdir(), 'gestand-bench-'));
const server = await startEmbedded({ home });
try {
  const log = (line: string): void => (values.json === true ? undefined : console.log(line));
  const result = await bench.run({
    home,
    urlOf: server.urlOf,
    log,
    ...(values.size === undefined ? {} : { size: Number(values.size) }),
    rounds: Number(values.rounds ?? 3),
  });
  if (values.json !== true)
    console.log(
      `${bench.name}: ours ${result.ours_s.toFixed(2)} s, baseline ${result.baseline_s.toFixed(2)} s, ratio ${result.ratio.toFixed(2)} (below 1 is faster)`,
    );
  console.log(JSON.stringify(result));
} finally {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
}
