/** The document itself, for a program: every sentence with the place in the policy that it comes from. */
import type { Document } from '../model.ts';
import { clean } from './clean.ts';

/** Raised when a key changes its meaning or goes; a new key is not a new version. */
export const documentVersion = 1;

export function json(document: Document): string {
  return `${JSON.stringify({ gestandDocument: documentVersion, ...clean(document) }, null, 2)}\n`;
}
