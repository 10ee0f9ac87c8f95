/** The document itself, for a program: every sentence with the place in the policy that it comes from. */
import type { Document } from '../model.ts';
import { clean } from './clean.ts';

/** Raised when a key changes its meaning or goes; a new key is not a new version. */
export const documentVersion = 1;

export function json(document: Document): string {
  return `${JSON.stringify({ gestandDocument: documentVersion, ...clean(document) }, unnamed, 2)}\n`;
}

/** A client's id in the policy is as good as its name, and whose processor we are is not for everyone to read. */
function unnamed(key: string, value: unknown): unknown {
  if (key === 'from' && typeof value === 'string') return place(value);
  return key === 'also' && Array.isArray(value) ? [...new Set(value.map((one) => place(String(one))))] : value;
}

const place = (path: string): string => (path.startsWith('clients.') ? 'clients' : path);
