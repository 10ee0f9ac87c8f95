/** The Debian packages of real servers that tests need: installed when we may, named when we may not. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const needed: readonly { readonly file: string; readonly name: string; readonly why: string }[] = [
  { file: '/usr/sbin/mariadbd', name: 'mariadb-server', why: 'the database of FreePBX' },
  { file: '/usr/bin/chromium', name: 'chromium', why: 'the browser that opens the pages' },
];

/** Throws with the exact command when something is missing and may not be installed. */
export function ensurePackages(): void {
  const missing = needed.filter((one) => !existsSync(one.file));
  if (missing.length === 0) return;
  const names = missing.map((one) => one.name);
  const root = process.getuid?.() === 0;
  const sudo = !root && spawnSync('sudo', ['-n', 'true']).status === 0;
  const command = `apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ${names.join(' ')}`;
  if (!existsSync('/usr/bin/apt-get') || (!root && !sudo)) {
    throw new Error(
      `these real servers are missing: ${missing.map((one) => `${one.name} (${one.why})`).join(', ')}. Install them with:\n  sudo sh -c '${command}'`,
    );
  }
  console.log(`installing ${names.join(', ')} …`);
  // RUNLEVEL=1 keeps the packages from starting their daemons: tests start their own, in folders of their own.
  const shell = `RUNLEVEL=1; export RUNLEVEL; ${command}`;
  execFileSync(root ? 'sh' : 'sudo', root ? ['-c', shell] : ['sh', '-c', shell], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const still = needed.filter((one) => !existsSync(one.file));
  if (still.length > 0)
    throw new Error(`could not install ${still.map((one) => one.name).join(', ')}; try:\n  sudo sh -c '${command}'`);
}
