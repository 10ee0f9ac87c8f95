/**
 * Makes lib/ from src/: the same files as JavaScript, at the same depth. Node runs TypeScript in a checkout, but refuses it under
 * node_modules, so this is what a package holds. Runs at "npm ci" and "npm pack"; in a checkout only others that link it read it.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const tsc = (...args: string[]): void => {
  execFileSync(join(root, 'node_modules/.bin/tsc'), args, { cwd: root, stdio: 'inherit' });
};

rmSync(join(root, 'lib'), { recursive: true, force: true });
tsc('-p', 'tsconfig.lib.json');
// Types for what is exported: others compile against the verifier alone.
tsc('-p', 'src/ledger/verify/tsconfig.json');
for (const file of globSync('src/**/*.typ', { cwd: root })) {
  const copy = join(root, file.replace(/^src/, 'lib'));
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(join(root, file), copy);
}
