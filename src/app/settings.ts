/** access.yaml, read. */
import { existsSync, readFileSync } from 'node:fs';
import { defaultSettings, Settings } from '../access/index.ts';
import { readYaml, type Problem } from '../base/yaml.ts';
import { places } from './home.ts';

/** access.yaml of a home; without the file, what is careful. Without a site of its own it is this machine's, at our port. */
export function readSettings(home: string, port: number): { settings: Settings | null; problems: Problem[] } {
  const here = `http://localhost:${port}`;
  const file = places(home).access;
  if (!existsSync(file)) return { settings: { ...defaultSettings, site: here }, problems: [] };
  const text = readFileSync(file, 'utf8');
  const { value, problems } = readYaml({ name: file, text }, Settings);
  return { settings: value && (/^site:/m.test(text) ? value : { ...value, site: here }), problems };
}
