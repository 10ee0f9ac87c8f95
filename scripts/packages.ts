/** The Debian packages of real servers that tests need: installed when we may, named when we may not. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';

interface Package {
  readonly name: string;
  readonly why: string;
  /** A file that is there when it is installed; may hold a star. */
  readonly file: string;
}

const needed: readonly Package[] = [
  { file: '/usr/sbin/mariadbd', name: 'mariadb-server', why: 'the database of FreePBX and others' },
  { file: '/usr/lib/postgresql/*/bin/initdb', name: 'postgresql', why: "the operator's own store" },
  { file: '/usr/sbin/slapd', name: 'slapd', why: 'a directory of people' },
  { file: '/usr/sbin/nginx', name: 'nginx-light', why: 'the proxy that docs/console.md describes' },
  { file: '/usr/bin/chromium', name: 'chromium', why: 'the browser that opens the pages' },
  { file: '/usr/bin/pdftotext', name: 'poppler-utils', why: 'the reader of the PDFs that we make' },
];

/** What only the long versions of the tests use. */
const forSoak: readonly Package[] = [
  { file: '/usr/bin/wapiti', name: 'wapiti', why: 'the scanner that attacks every form of a running home' },
];

/** Installs what is missing, or throws with the exact command when it may not. */
export function ensurePackages(which: 'tests' | 'soak' = 'tests'): void {
  const wanted = which === 'soak' ? [...needed, ...forSoak] : needed;
  const missing = absent(wanted);
  if (missing.length === 0) return;
  const names = missing.map((one) => one.name).join(' ');
  const install = `apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends ${names}`;
  const root = process.getuid?.() === 0;
  const sudo = !root && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
  if (!existsSync('/usr/bin/apt-get') || (!root && !sudo)) {
    const list = missing.map((one) => `  ${one.name}: ${one.why}`).join('\n');
    throw new Error(
      `these real servers are missing:\n${list}\nInstall them with:\n  sudo sh -c '${install}'\nor leave them out: npm test -- --quick`,
    );
  }
  console.log(`   installing ${names}`);
  const [program, ...before] = root ? ['sh'] : ['sudo', 'sh'];
  try {
    execFileSync(program ?? 'sh', [...before, '-c', quietly(install)], { stdio: ['ignore', 'ignore', 'inherit'] });
  } catch (cause) {
    throw new Error(`could not install ${names}; try:\n  sudo sh -c '${install}'`, { cause });
  }
  const still = absent(wanted);
  if (still.length > 0) throw new Error(`installed, yet not found: ${still.map((one) => one.file).join(', ')}`);
}

function absent(of: readonly Package[]): Package[] {
  return of.filter((one) => globSync(one.file).length === 0);
}

/** Debian starts what it installs, unless this file says no: tests start servers of their own, in folders of their own. */
function quietly(install: string): string {
  const policy = '/usr/sbin/policy-rc.d';
  return `if [ ! -e ${policy} ]; then printf '#!/bin/sh\\nexit 101\\n' > ${policy}; chmod 755 ${policy}; trap 'rm -f ${policy}' EXIT; fi; ${install}`;
}
