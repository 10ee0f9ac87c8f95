/** Locks or unlocks one key in a thread of its own: scrypt computes for about a second, and others are waiting meanwhile. */
import { parentPort, workerData } from 'node:worker_threads';
import { armor, Decrypter, Encrypter } from 'age-encryption';

/** log2 of scrypt's N: ASVS asks 17 at least. Some 0.6 s and 128 MiB, here and for whoever guesses. */
const work = 17;

export interface LockTask {
  readonly passphrase: string;
  /** To lock: the key. To unlock: what was locked. */
  readonly lock?: string;
  readonly unlock?: string;
}

async function carryOut(task: LockTask): Promise<string | null> {
  if (task.lock !== undefined) {
    const encrypter = new Encrypter();
    encrypter.setPassphrase(task.passphrase);
    encrypter.setScryptWorkFactor(work);
    return armor.encode(await encrypter.encrypt(task.lock));
  }
  const decrypter = new Decrypter();
  decrypter.addPassphrase(task.passphrase);
  try {
    return await decrypter.decrypt(armor.decode(task.unlock ?? ''), 'text');
  } catch {
    return null; // another passphrase, or a damaged lock: age cannot tell them apart
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage(await carryOut(workerData as LockTask));
