/** PostgreSQL refuses to run as root. When we are root, this says as whom it runs, and which folders that account can pass. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Fault } from '../base/refusal.ts';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Null when we are an ordinary user already: then the server is ours. */
export function serverAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'gestand', 'nobody']) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined && uid !== '0') return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Fault({
    nl: 'PostgreSQL draait niet als root, en deze machine heeft geen account "postgres" of "nobody": start Gestand als gewone gebruiker',
    en: 'PostgreSQL does not run as root, and this machine has no account "postgres" or "nobody": start Gestand as an ordinary user',
  });
}

/** Whether that account may enter this folder, every folder above it included. */
export function canPass(folder: string, account: Account): boolean {
  try {
    execFileSync('/bin/sh', ['-c', 'cd "$0"', folder], {
      uid: account.uid,
      gid: account.gid,
      cwd: '/',
      stdio: 'ignore',
    });
    return true;
  } catch (cause) {
    if ((cause as { status?: unknown }).status !== undefined) return false; // the shell answers by its exit code
    throw cause;
  }
}
