#!/usr/bin/env node
// Runs Gestand on Node 24, which npm brings along, also where the machine's own Node is older.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const newer = Number(process.versions.node.split('.')[0]) >= 24;

function broughtAlong() {
  const require = createRequire(import.meta.url);
  const name = `node-${process.platform}-${process.arch}`;
  return (require.resolve.paths(name) ?? []).map((folder) => `${folder}/${name}/bin/node`).find((file) => existsSync(file));
}

const node = newer ? process.execPath : broughtAlong();
if (!node) {
  console.error(`Gestand needs Node 24 or newer, and this is ${process.version}: run "npm ci" with optional dependencies, or install Node 24.`);
  process.exit(2);
}
const child = spawn(node, ['--disable-warning=ExperimentalWarning', main, ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 128 : (code ?? 1)));
