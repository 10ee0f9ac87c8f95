/** The demo's home: the reference policy with its estate, and what stands elsewhere on a real machine put in its place. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../base/language.ts';
import { commentsIn } from '../comments.ts';
import { makeHome, places, program } from '../home.ts';
import { inHome } from '../schemas.ts';

const reference = join(program, 'policies', 'it-provider');

export function writeDemoHome(home: string, urlOf: (database: string) => string, language: Language): void {
  makeHome(home);
  const policy = inHome(readFileSync(join(reference, 'policy.yaml'), 'utf8'), 'policy');
  writeFileSync(places(home).policy, commentsIn(policy, language));
  cpSync(join(reference, 'documents'), join(home, 'documents'), { recursive: true });
  writeFileSync(places(home).estate, demoEstate(readFileSync(join(reference, 'estate.yaml'), 'utf8'), urlOf));
}

const roots = {
  '/mnt/exchange/recordings': 'demo/recordings',
  '/mnt/cameras': 'demo/cameras',
  '/mnt/office': 'demo/office',
  '/mnt/website/logs': 'demo/website',
  '/mnt/personnel': 'demo/personnel',
  '/mnt/helpdesk': 'demo/helpdesk',
};

/** The invented company has no environment: its databases are our own, over a private socket and without a password. */
export function demoEstate(text: string, urlOf: (database: string) => string): string {
  const inPlace = inHome(text, 'estate').replaceAll(
    /\{ env: ([A-Z]+)_(READ|ERASE)_URL \}/g,
    (_, system: string, what: string) => {
      const url = new URL(urlOf(`demo_${system.toLowerCase()}`));
      url.username = what === 'READ' ? 'demo_reader' : 'demo_eraser';
      return `{ literal: ${JSON.stringify(url.toString())} }`;
    },
  );
  return Object.entries(roots).reduce((estate, [from, to]) => estate.replace(`root: ${from}`, `root: ${to}`), inPlace);
}
