/** npm run bench -- NAME [--size N] [--rounds N] [--json]: ours and an honest baseline in turn, after a correctness gate. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench } from '../bench/bench.ts';
import { board } from '../bench/board.ts';
import { http } from '../bench/http.ts';
import { ledger } from '../bench/ledger.ts';
import { policy } from '../bench/policy.ts';
import { retentionFiles } from '../bench/retention-files.ts';
import { retentionSql } from '../bench/retention-sql.ts';
import { startEmbedded } from '../src/database/index.ts';

const benches: readonly Bench[] = [retentionSql, retentionFiles, ledger, policy, http, board];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { size: { type: 'string' }, rounds: { type: 'string' }, json: { type: 'boolean' } },
});
const bench = benches.find((one) => one.name === positionals[0]);
if (!bench) {
  console.error(`name one of ${benches.map((one) => one.name).join(', ')}`);
  process.exit(2);
}
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
