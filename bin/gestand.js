#!/usr/bin/env node
// Runs Gestand on Node 24, which npm brings along, also where the machine's own Node is older. Plain JavaScript for old Nodes.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

// In a checkout the sources themselves; in a package what was made of them, since Node runs no TypeScript under node_modules.
const sources = new URL('../src/cli/main.ts', import.meta.url);
const main = existsSync(sources) ? sources : new URL('../lib/cli/main.js', import.meta.url);
const newEnough = Number(process.versions.node.split('.')[0]) >= 24;

if (newEnough) await here();
else onNewer();

/** In this process: one pid, and a signal arrives once. */
async function here() {
  const plain = process.emitWarning;
  process.emitWarning = (warning, ...rest) => {
    const kind = typeof rest[0] === 'object' ? rest[0]?.type : rest[0];
    if (kind !== 'ExperimentalWarning') plain.call(process, warning, ...rest);
  };
  // A reader that went away ("| head") must not end a deed in the middle: what is still said falls on deaf ears.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (cause) => {
      if (cause.code !== 'EPIPE') throw cause;
    });
  }
  // What was compiled once is kept beside the program, where only who may change the program may write; elsewhere it is not kept.
  module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/gestand', import.meta.url)));
  const { main: run } = await import(main.href);
  process.exitCode = await run(process.argv.slice(2));
}

function onNewer() {
  const name = `node-${process.platform}-${process.arch}`;
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? [];
  const node = folders.map((folder) => `${folder}/${name}/bin/node`).find((file) => existsSync(file));
  if (node === undefined) {
    console.error(
      `Gestand needs Node 24 or newer, and this is ${process.version}: run "npm ci" with optional dependencies, or install Node 24.`,
    );
    process.exit(2);
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // Ctrl-C in a terminal reaches the whole group: a second one of ours would mean "at once".
      if (signal !== 'SIGINT' || process.stdin.isTTY !== true) child.kill(signal);
    });
  }
  child.on('error', (cause) => {
    console.error(`Node 24 at ${node} does not run: ${cause.message}`);
    process.exit(2);
  });
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)));
}
