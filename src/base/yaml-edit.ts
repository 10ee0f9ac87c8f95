/** Changing a YAML file without losing what a person wrote around it: comments, order and spelling stay. */
import { parseDocument } from 'yaml';
import type { Path } from './yaml.ts';

/** The text with the value at `path`; what is above it is made when it is not there. */
export function withValue(text: string, path: Path, value: unknown): string {
  const document = parseDocument(text);
  document.setIn([...path], document.createNode(value));
  return document.toString({ lineWidth: 0 });
}

/** The text with one more item in the list at `path`. */
export function withItem(text: string, path: Path, item: unknown): string {
  const document = parseDocument(text);
  if (document.hasIn([...path])) document.addIn([...path], document.createNode(item));
  else document.setIn([...path], document.createNode([item]));
  return document.toString({ lineWidth: 0 });
}
