/**
 * Whether the root of a tree is the tree. A disk that is not mounted leaves an empty folder in its place: nothing would be due in it,
 * and the recordings of a call would count as gone. So the number of a root in which something stands is remembered, and an empty
 * one with another number is no answer.
 */
import { opendirSync } from 'node:fs';
import {
  ConnectorFault,
  finding,
  type Condition,
  type Connector,
  type ConnectorContext,
  type Dataset,
} from '../kit/index.ts';
import { closeRoot, openRoot, quarantineName, unreadable } from './tree.ts';

/** The connector, which answers nothing and does nothing while its root is an empty folder in the place of the tree. */
export function whereItWas(connector: Connector, root: string, memory: ConnectorContext['memory']): Connector {
  if (!memory) return connector;
  const there = checking(root, memory);
  const before =
    <A extends readonly unknown[], T>(work: (dataset: Dataset, ...more: A) => Promise<T>) =>
    async (dataset: Dataset, ...more: A): Promise<T> => {
      await there(dataset);
      return work(dataset, ...more);
    };
  const streamed = <T>(work: (dataset: Dataset, where: Condition) => AsyncIterable<T>) =>
    async function* (dataset: Dataset, where: Condition): AsyncGenerator<T> {
      await there(dataset);
      yield* work(dataset, where);
    };
  return {
    ...connector,
    probe: async (datasets, nonPersonal) => {
      try {
        for (const dataset of datasets) await there(dataset);
      } catch (cause) {
        if (!(cause instanceof ConnectorFault)) throw cause;
        return { reachable: false, version: null, findings: [finding('unreachable', null, cause.text, null)] };
      }
      return connector.probe(datasets, nonPersonal);
    },
    inventory: before(connector.inventory),
    locate: streamed(connector.locate),
    export: streamed(connector.export),
    erase: before(connector.erase),
    sweep: before(connector.sweep),
    gone: before(connector.gone),
    split: before(connector.split),
    hold: before(connector.hold),
    verify: before(connector.verify),
  };
}

function checking(
  path: string,
  memory: NonNullable<ConnectorContext['memory']>,
): (dataset: Pick<Dataset, 'system' | 'source'>) => Promise<void> {
  let seen: string | null = null;
  return async ({ system, source }) => {
    const number = numberOf(path);
    if (number === seen) return;
    const place = `${system}/${source}:${path}`;
    const known = await memory.known(place);
    if (isEmpty(path)) {
      if (known === null || known === number) return;
      throw new ConnectorFault(
        'unreachable',
        'the root of this source is another folder than before, and empty: is its disk mounted?',
        {
          retry: true,
          nl: 'de map van deze bron is een andere dan eerst, en leeg: is haar schijf aangekoppeld?',
        },
      );
    }
    if (known !== number) await memory.know(place, number);
    seen = number;
  };
}

function numberOf(path: string): string {
  const root = openRoot(path);
  closeRoot(root);
  return String(root.ino);
}

/** Of what the file system or we put there ourselves: of nobody. */
const ours = new Set(['lost+found', quarantineName]);

function isEmpty(path: string): boolean {
  try {
    const folder = opendirSync(path);
    try {
      for (let entry = folder.readSync(); entry; entry = folder.readSync()) if (!ours.has(entry.name)) return false;
      return true;
    } finally {
      folder.closeSync();
    }
  } catch (cause) {
    throw unreadable(cause);
  }
}
