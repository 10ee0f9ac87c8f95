/** What is wrong with a statement: walks from the document to the policy and from the policy to the document. */
import type { Policy } from '../../src/policy/index.ts';
import { sentences, type Block, type Sentence } from '../../src/promises/publication/document/model.ts';
import {
  isWithin,
  outside,
  promised,
  prose,
  rowText,
  valueAt,
  type Layers,
} from '../../src/promises/publication/statement/index.ts';

export function faults(policy: Policy, { short, full, groups }: Layers): string[] {
  const parts = [short, full, ...groups.map((one) => one.blocks)];
  return [
    ...parts.flatMap((blocks) => [
      ...empty(blocks),
      ...repeated(blocks),
      ...lonely(blocks),
      ...unsourced(policy, blocks),
    ]),
    ...untold(policy, full),
  ];
}

function empty(blocks: readonly Block[]): string[] {
  const texts = sentences(blocks).filter((one) => !/[\p{L}\p{N}]/u.test(one.text));
  return texts.map((one) => `an empty sentence from ${one.from}`);
}

/** No sentence of prose twice in one layer, no row twice in one table. */
export function repeated(blocks: readonly Block[]): string[] {
  const tables = blocks.flatMap((block) => (block.kind === 'table' ? [block.rows.map(rowText)] : []));
  return [prose(blocks).map((one) => one.text), ...tables].flatMap((texts) =>
    texts.filter((text, i) => texts.indexOf(text) !== i).map((text) => `said twice: ${text}`),
  );
}

/** Headings with nothing under them, lists and tables with nothing in them. */
function lonely(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block, i) => {
    const next = blocks[i + 1];
    if (block.kind === 'heading')
      return next === undefined || (next.kind === 'heading' && next.level <= block.level)
        ? [`nothing under "${block.text}"`]
        : [];
    if (block.kind === 'apart') return lonely(block.blocks);
    if (block.kind === 'list' && block.items.some((item) => item.length === 0)) return ['an empty item'];
    if (block.kind === 'table' && block.rows.some((row) => row.length !== block.head.length))
      return [`a row of "${block.caption}" has not the width of its head`];
    return sentences([block]).length === 0 ? [`an empty ${block.kind}`] : [];
  });
}

function fromOf(sentence: Sentence): string[] {
  return [sentence.from, ...(sentence.also ?? [])];
}

/** From the document to the policy: every sentence has a place that is there. */
export function unsourced(policy: Policy, blocks: readonly Block[]): string[] {
  return sentences(blocks)
    .flatMap(fromOf)
    .filter((from) => !(outside as readonly string[]).includes(from) && valueAt(policy, from) === undefined)
    .map((from) => `no place "${from}"`);
}

/** From the policy to the document: every promise, and every text that its author wrote for the public. */
export function untold(policy: Policy, blocks: readonly Block[]): string[] {
  const told = sentences(blocks).flatMap(fromOf);
  const isTold = (path: string): boolean => told.some((from) => isWithin(from, path));
  return [
    ...promised(policy)
      .filter((one) => !isTold(one.at))
      .map((one) => `${one.promise} is not told (${one.at})`),
    ...textsOf(policy)
      .filter((path) => !isTold(path))
      .map((path) => `not told: ${path}`),
  ];
}

/** Texts that are not for the statement, or that it tells in words of its own. */
const elsewhere: readonly RegExp[] = [
  /^reasons\./, // why a warning of the linter stands
  /\.dpia\./, // an assessment is for the authority
  /^purposes\.[^.]+\.owner$/, // for the register
  /^clients\.[^.]+\.processing$/, // for the register and the agreement: who our clients are is not for the public
  /^(retention|terms)\.[^.]+\.text$/, // told from the term itself
  /^locations\.text$/, // told by the claim about it, where there is one
];

function textsOf(policy: Policy): string[] {
  const found: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('inStatement' in value && value.inStatement === false) return;
    if ('nl' in value && 'en' in value) found.push(path);
    else
      for (const [key, inner] of Object.entries(value) as [string, unknown][]) {
        const id =
          Array.isArray(value) && typeof inner === 'object' && inner !== null && 'id' in inner ? inner.id : key;
        walk(inner, path === '' ? String(id) : `${path}.${String(id)}`);
      }
  };
  walk(policy, '');
  const ofClients = clientsOnly(policy);
  return found.filter(
    (path) =>
      !elsewhere.some((one) => one.test(path)) &&
      !ofClients.some((item) => isWithin(path, item) && path !== `${item}.text`),
  );
}

/** Purposes and data about which a client decides: the statement names them, and leaves the rest to the client. */
function clientsOnly({ purposes, data }: Policy): string[] {
  const ours = new Set(purposes.flatMap((one) => (one.role === 'controller' ? one.data : [])));
  const theirs = purposes.filter((one) => one.role === 'processor');
  const only = data.filter((one) => !ours.has(one.id) && theirs.some((purpose) => purpose.data.includes(one.id)));
  return [...theirs.map((one) => `purposes.${one.id}`), ...only.map((one) => `data.${one.id}`)];
}
