/** Elements marked data-run="/api/runs/ID": the bar and its sentence follow the run until it ends; then the page is read again. */
import { ask } from './ask.ts';

interface Run {
  readonly state: string;
  readonly done: number;
  readonly expected: number;
  readonly text: string;
}

const pause = 800;

export function followRuns(page: Document): void {
  for (const place of page.querySelectorAll<HTMLElement>('[data-run]')) void follow(place);
}

async function follow(place: HTMLElement): Promise<void> {
  const bar = place.querySelector('progress');
  const text = place.querySelector<HTMLElement>('[data-text]');
  for (let failures = 0; failures < 20;) {
    try {
      const run = await ask<Run>(place.dataset['run'] ?? '');
      failures = 0;
      if (bar) {
        bar.max = Math.max(1, run.expected);
        bar.value = run.done;
      }
      if (text && text.textContent !== run.text) text.textContent = run.text;
      if (run.state !== 'running') return location.reload();
    } catch {
      // A server that restarts comes back: the run goes on without us.
      failures += 1;
    }
    await new Promise((done) => setTimeout(done, pause));
  }
}
