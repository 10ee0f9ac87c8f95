/**
 * The manual connector: paper, a closed appliance, a supplier. A person does it, and signs. Until then it is "partial", and
 * afterwards it is a person's declaration, level V0: weaker than what is measured, and it says so.
 */
import { z } from 'zod';
import {
  ConnectorFault,
  noCounts,
  type Batch,
  type Capabilities,
  type Connector,
  type Dataset,
  type DeedOptions,
} from '../kit/index.ts';

export interface Task {
  readonly system: string;
  readonly dataset: string;
  /** What the task is about, so that asking twice opens one: a month ("2026-11"). */
  readonly period: string;
  readonly instruction: { readonly nl: string; readonly en: string };
  readonly withinDays: number;
}

/** Where tasks are kept; the connector knows no database. */
export interface TaskBook {
  /** Opens the task, or finds the one of the same period, and tells how it stands. */
  open(task: Task): Promise<'open' | 'signed-off'>;
  /** How the task of this period stands, without opening one. */
  state(task: Pick<Task, 'system' | 'dataset' | 'period'>): Promise<'none' | 'open' | 'signed-off'>;
  readonly period: () => string;
}

export const ManualSettings = z.strictObject({ connector: z.literal('manual') });

export function manualConnector(book: TaskBook) {
  return { kind: 'manual', settings: ManualSettings, open: () => Promise.resolve(make(book)) };
}

const capabilities: Capabilities = {
  kind: 'manual',
  operations: {
    inventory: 'impossible',
    locate: 'impossible',
    export: 'impossible',
    rectify: 'impossible',
    restrict: 'impossible',
    anonymise: 'emulated',
    erase: 'emulated',
    sweep: 'emulated',
    hold: 'emulated',
    verify: 'impossible',
  },
  atomic: false,
  level: 'V0',
  residue: ['a-persons-declaration'],
};

function make(book: TaskBook): Connector {
  const deed = async (dataset: Dataset, options: DeedOptions): Promise<Batch> => {
    if (dataset.at.kind !== 'task')
      throw new ConnectorFault('refused', `"${dataset.id}" is not a task`, {
        retry: false,
        nl: `"${dataset.id}" is geen taak`,
      });
    await options.guard();
    const state = await book.open({
      system: dataset.system,
      dataset: dataset.id,
      period: book.period(),
      instruction: dataset.at.instruction,
      withinDays: dataset.at.withinDays,
    });
    const batch: Batch = {
      counts: state === 'signed-off' ? { ...noCounts, done: 1 } : { ...noCounts, partial: 1 },
      retainedBy: {},
      partialAt: state === 'signed-off' ? {} : { manual: 1 },
      oldest: null,
      newest: null,
      bytes: 0,
      fingerprint: null,
      next: null,
      trace: book.period(),
    };
    await options.prepared(batch);
    return batch;
  };
  const cannot = (what: string) =>
    Promise.reject(
      new ConnectorFault('refused', `a manual dataset cannot be ${what} by a program`, {
        retry: false,
        nl: 'een programma kan dit niet doen met wat mensen zelf bijhouden',
      }),
    );
  return {
    describe: () => capabilities,
    probe: () => Promise.resolve({ reachable: true, version: null, findings: [] }),
    // One task is due each period, until it is signed off: that is all a program can know of a cabinet.
    inventory: async (dataset, _where, _clock, buckets) => {
      const state = await book.state({ system: dataset.system, dataset: dataset.id, period: book.period() });
      const items = state === 'signed-off' ? 0 : 1;
      const stat = (i: number) => ({
        items: i === buckets.length - 1 ? items : 0,
        bytes: null,
        oldest: null,
        newest: null,
      });
      return { buckets: Object.fromEntries(buckets.map((bucket, i) => [bucket.name, stat(i)])), samples: [] };
    },
    locate: async function* () {
      await Promise.resolve();
      yield* [];
    },
    export: async function* () {
      await Promise.resolve();
      yield* [];
    },
    rectify: () => cannot('corrected'),
    restrict: () => Promise.resolve('impossible'),
    anonymise: (dataset, _where, _recipe, options) => deed(dataset, options),
    erase: (dataset, _keys, options) => deed(dataset, options),
    sweep: (dataset, _where, _clock, options) => deed(dataset, options),
    gone: async (dataset, period) => {
      const state = await book.state({ system: dataset.system, dataset: dataset.id, period });
      return state === 'signed-off' ? 1 : 0;
    },
    split: () => Promise.resolve([{ is: 'all', of: [] }]),
    hold: () => Promise.resolve({ native: 0, preserved: 0, guarded: 0, risk: 'a-person-must-know' }),
    release: () => Promise.resolve(0),
    verify: () => Promise.resolve({ level: 'V0', left: 0, orphans: {}, residue: capabilities.residue }),
    close: () => Promise.resolve(),
  };
}
