/** Waits for Ctrl-C or a service manager's stop. */
export function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done(signal));
  });
}
