/** A tree of empty camera files in a thread of its own: every second one of a hundred days ago, the others of ten. */
import { closeSync, futimesSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { workerData } from 'node:worker_threads';

export interface Planting {
  readonly root: string;
  readonly folders: number;
  readonly files: number;
  /** Milliseconds: both trees of a round are of the same moment. */
  readonly now: number;
}

const { root, folders, files, now } = workerData as Planting;
const daysAgo = (days: number): Date => new Date(now - days * 86_400_000);
const stamp = (at: Date): string => at.toISOString().replace(/\D/g, '').slice(0, 14);
const [old, young] = [daysAgo(100), daysAgo(10)];
const [oldName, youngName] = [stamp(old), stamp(young)];

for (let f = 0; f < folders; f += 1) {
  const folder = join(root, f === 0 ? 'held' : `camera-${f}`);
  mkdirSync(folder);
  for (let i = 0; i < files; i += 1) {
    const fd = openSync(join(folder, `${i}-${i % 2 === 0 ? oldName : youngName}.mp4`), 'wx');
    // The others are as new as they look: made just now.
    if (i % 2 === 0) futimesSync(fd, old, old);
    closeSync(fd);
  }
}
