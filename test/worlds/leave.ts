/**
 * What a test process started must be gone when it ends, also when a test failed, threw or the run was interrupted. Node
 * runs "exit" listeners in all of those but kill −9; they must be synchronous.
 */
import { readFileSync } from 'node:fs';

const leaving: (() => void)[] = [];

/** Runs `clean` when this process ends; the last registered first. */
export function atExit(clean: () => void): void {
  if (leaving.length === 0) {
    process.once('exit', () => {
      for (const one of leaving.toReversed()) one();
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      // With a listener of ours Node would no longer end by itself.
      process.once(signal, () => process.exit(signal === 'SIGINT' ? 130 : 143));
    }
  }
  leaving.push(clean);
}

/** Signals a process and waits, without an event loop, until it has ended (at most ten seconds). */
export function endProcess(pid: number, signal: NodeJS.Signals): void {
  const nap = new Int32Array(new SharedArrayBuffer(4));
  for (let i = 0; i < 1000; i += 1) {
    try {
      process.kill(pid, i === 0 ? signal : 0);
      // A child of ours that has ended stays as a zombie until the event loop, which no longer turns, would fetch it.
      if (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.startsWith('Z') === true) return;
    } catch (cause) {
      if (['ESRCH', 'ENOENT'].includes((cause as NodeJS.ErrnoException).code ?? '')) return;
      throw cause;
    }
    Atomics.wait(nap, 0, 0, 10);
  }
}
