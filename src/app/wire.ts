/** How plans, runs and holds look on the wire: the keys that docs/cli.md and the OpenAPI document promise. */
import { z } from 'zod';
import { Scope } from '../promises/holds/model.ts';
import type { HoldNow } from '../promises/holds/service.ts';
import type { Plan } from '../promises/retention/planned.ts';
import type { RunReport } from '../promises/retention/run.ts';

const count = z.number().nonnegative();

export const PlanReply = z.object({
  plan: z.string(),
  at: z.string(),
  expires: z.string(),
  lines: z.array(
    z.object({
      rule: z.string(),
      system: z.string(),
      dataset: z.string(),
      due: count,
      held: count,
      heldBy: z
        .record(z.string(), z.number())
        .optional()
        .describe(
          'Hold → items it keeps; "other": those of many holds together. An item under two holds counts with each. Absent in a plan made before this was counted.',
        ),
      retained: count,
      oldest: z.string().nullable(),
      newest: z.string().nullable(),
      bytes: z.number().nullable(),
      promise: z.string(),
      then: z.enum(['erase', 'anonymise', 'review']),
      cutoff: z.string(),
      retainedBy: z.record(z.string(), z.number()),
      decided: count.describe('Items that a person decided to keep a while.'),
      decidedUntil: z.string().nullable(),
      inDataset: count,
      needs: z.enum(['person', 'nothing']),
      why: z.string().nullable(),
      samples: z.array(z.record(z.string(), z.string())),
    }),
  ),
  findings: z.array(
    z.object({
      kind: z.string(),
      system: z.string(),
      dataset: z.string().nullable(),
      detail: z.string(),
      items: z.number().nullable(),
    }),
  ),
});
export type PlanReply = z.infer<typeof PlanReply>;

export function planJson(plan: Plan): PlanReply {
  const { lines, findings, ...rest } = plan;
  // A plan of before there were such decisions says nothing of them.
  const counted = lines.map((line) => ({ decided: 0, decidedUntil: null, ...line }));
  return PlanReply.parse({ ...rest, lines: counted, findings });
}

export const RunReply = z.object({
  run: z.string(),
  plan: z.string(),
  state: z.enum(['running', 'complete', 'partial', 'stopped']),
  lines: z.array(
    z.object({
      rule: z.string(),
      system: z.string(),
      dataset: z.string(),
      done: count,
      absent: count,
      held: count,
      retained: count.describe('Kept by statute.'),
      along: count.describe('Parts whose whole is still there: they go with it, and are due no sooner.'),
      failed: count,
      partial: count,
      partialAt: z
        .record(z.string(), z.number())
        .describe(
          'Of partial: part → items that are in two there. It went and the rest stands, or the other way round.',
        ),
      unseen: count.describe(
        'Of a batch that was cut off: its source cannot tell, yet or any more, whether they went.',
      ),
      level: z.string().nullable(),
      planned: count,
      left: z.number().nullable(),
      orphans: z
        .number()
        .nullable()
        .describe('Parts that still stand while their whole is gone; null until it was read again.'),
      stopped: z.string().nullable(),
    }),
  ),
});
export type RunReply = z.infer<typeof RunReply>;

export function runJson(report: RunReport): RunReply {
  return RunReply.parse(report);
}

export const HoldReply = z.object({
  hold: z.string(),
  matter: z.string(),
  kind: z.string(),
  reason: z.string(),
  legalBasis: z.string(),
  scope: Scope,
  prospective: z.boolean(),
  state: z.enum(['active', 'error', 'releasing', 'released']),
  placedAt: z.string(),
  reviewDue: z.string(),
  graceUntil: z.string().nullable(),
  achieved: z.array(
    z.object({
      system: z.string(),
      dataset: z.string(),
      native: count,
      preserved: count,
      guarded: count,
      risk: z.string().nullable(),
    }),
  ),
  incomplete: z
    .array(
      z.object({
        system: z.string(),
        dataset: z.string(),
        part: z.string(),
        items: count.nullable().describe('Items that stand without this part; null where it could not be looked up.'),
        ours: count.describe('Of these: how many lost it to a deletion of ours that was interrupted.'),
      }),
    )
    .describe('What the hold covers and is no longer whole, when it was placed and each night since.'),
});
export type HoldReply = z.infer<typeof HoldReply>;

export function holdJson({ hold, achieved, incomplete }: HoldNow): HoldReply {
  return {
    hold: hold.id,
    matter: hold.matter,
    kind: hold.kind,
    reason: hold.reason,
    legalBasis: hold.legalBasis,
    scope: hold.scope,
    prospective: hold.prospective,
    state: hold.state,
    placedAt: hold.placedAt.toString(),
    reviewDue: hold.reviewDue.toString(),
    graceUntil: hold.graceUntil?.toString() ?? null,
    achieved: [...achieved],
    incomplete: [...incomplete],
  };
}
