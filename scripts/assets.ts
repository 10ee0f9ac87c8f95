/**
 * Bundles what the browser gets: one sheet, the console's script and the editor's, each under a name that holds its hash, so
 * that a browser may keep it for ever. Runs at "npm ci" and before the tests; a second run changes nothing.
 *
 *   --sizes   prints what each weighs, gzipped
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { documentPrint, documentStyle } from '../src/promises/publication/document/formats/style.ts';

const folder = join(import.meta.dirname, '..', 'dist', 'web');
const source = join(import.meta.dirname, '..', 'src', 'web');

mkdirSync(folder, { recursive: true });
const made = new Map<string, string>();
for (const name of ['console', 'editor']) {
  const bundle = await rolldown({ input: join(source, 'browser', `${name}.ts`), platform: 'browser' });
  const { output } = await bundle.generate({ format: 'esm', minify: true, codeSplitting: false });
  made.set(`${name}.js`, output[0].code);
  await bundle.close();
}
// A statement or register looks the same on a page of the site as on a page of its own.
const sheet = readFileSync(join(source, 'gestand.css'), 'utf8');
made.set('gestand.css', `${sheet}${documentStyle}@media print{${documentPrint}}`);

const manifest: Record<string, string> = {};
for (const [name, content] of made) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  const file = name.replace('.', `-${hash}.`);
  writeFileSync(join(folder, file), content);
  manifest[name] = file;
  if (process.argv.includes('--sizes')) console.log(`${name}  ${(gzipSync(content).length / 1000).toFixed(1)} kB gzip`);
}
writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
const current = new Set([...Object.values(manifest), 'manifest.json']);
for (const old of readdirSync(folder)) if (!current.has(old)) rmSync(join(folder, old));
