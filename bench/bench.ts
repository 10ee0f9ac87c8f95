/** What a benchmark is: one run of ours against one of an honest baseline, several times in turn, medians, one ratio. */
export interface BenchOptions {
  readonly home: string;
  readonly urlOf: (database: string) => string;
  readonly log: (line: string) => void;
  readonly size?: number;
  readonly rounds: number;
}

export interface BenchResult {
  readonly bench: string;
  readonly ours_s: number;
  readonly baseline_s: number;
  /** ours / baseline: below 1 is faster. */
  readonly ratio: number;
  readonly gate: 'pass';
  readonly [more: string]: unknown;
}

export interface Bench {
  readonly name: string;
  run(options: BenchOptions): Promise<BenchResult>;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** A gate that does not hold gives no figure at all. */
export function gate(holds: boolean, what: string): void {
  if (!holds) throw new Error(`the result is wrong (${what}): no figure`);
}
