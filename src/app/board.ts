/** The board as it travels: to a program as JSON, to the page as data. */
import type { Language, Text } from '../base/language.ts';
import { holdStates } from '../promises/holds/phrases.ts';
import { listHolds } from '../promises/holds/service.ts';
import { promisedAs } from '../promises/proof/controls/index.ts';
import type { Part } from '../promises/proof/model.ts';
import { whyText } from '../promises/proof/phrases.ts';
import { judgeAll, type PromiseReport } from '../promises/proof/service.ts';
import { readPlan, total } from '../promises/retention/plan.ts';
import { listPlans } from '../promises/retention/store.ts';
import type { BoardPromise } from '../web/board.ts';
import type { Board, BoardPlan } from '../web/page.ts';
import type { OpenWorld } from './world.ts';

/** The keys that docs/cli.md promises. */
export function boardJson(at: string, reports: readonly PromiseReport[], language: Language): unknown {
  const said = (part: Pick<Part, 'why'>): string => part.why.map((why) => whyText(why)[language]).join('; ');
  return {
    at,
    promises: reports.map((report) => ({
      id: report.id,
      state: report.state,
      since: report.since.toString(),
      proof: report.proof ? { at: report.proof.at.toString(), leaf: report.leaf } : null,
      detail: said(report),
      why: report.why,
      title: report.title[language],
      kind: report.kind,
      next: report.next?.toString() ?? null,
      parts: report.parts.map((part) => ({
        id: part.id,
        title: part.title[language],
        kind: part.kind,
        state: part.state,
        proof: part.proof?.at.toString() ?? null,
        until: part.until?.toString() ?? null,
        detail: said(part),
      })),
      missing: report.parts.filter((part) => part.state === 'not-proven').map(said),
    })),
  };
}

export async function boardOf(world: OpenWorld): Promise<Board> {
  const reports = await judgeAll(world);
  const holds = (await listHolds(world)).filter(({ hold }) => hold.state !== 'released');
  return {
    organisation: world.policy.organisation.name,
    at: world.clock().toString(),
    promises: reports.map(onPage),
    plans: await plansOf(world),
    holds: holds.map(({ hold, achieved }) => ({
      id: hold.id,
      state: holdStates[hold.state],
      review: hold.reviewDue.toString().slice(0, 10),
      items: achieved.reduce((sum, one) => sum + one.native + one.preserved + one.guarded, 0),
    })),
    evidence: { size: (await world.ledger.checkpoint())?.size ?? 0, key: world.ledger.vkey },
  };
}

function onPage(report: PromiseReport): BoardPromise {
  const { shows, doesNotShow, verify } = promisedAs(report.id);
  return {
    id: report.id,
    title: report.title,
    state: report.state,
    kind: report.kind,
    since: report.since.toString(),
    proof: report.proof ? { at: report.proof.at.toString(), leaf: report.leaf } : null,
    next: report.next?.toString() ?? null,
    parts: report.parts.map(({ title, state, kind, why }) => ({ title, state, kind, why: why.map(whyText) })),
    shows,
    doesNotShow,
    verify,
  };
}

async function plansOf(world: OpenWorld): Promise<BoardPlan[]> {
  const plans: BoardPlan[] = [];
  for (const head of await listPlans(world.db, 10)) {
    const plan = await readPlan(world, head.id);
    const something = plan.lines.some((line) => line.due > 0 && line.then !== 'review');
    plans.push({
      id: plan.plan,
      made: head.madeAt.toISOString(),
      due: total(plan, 'due'),
      held: total(plan, 'held'),
      state: planState(head.state, head.approvals, something),
      lines: plan.lines
        .filter((line) => line.due + line.held + line.retained > 0)
        .map(({ rule, system, dataset, due, held, retained }) => ({
          rule,
          where: `${system}/${dataset}`,
          due,
          held,
          retained,
        })),
    });
  }
  return plans;
}

function planState(run: string | null, approvals: number, something: boolean): Text {
  switch (run) {
    case 'complete':
      return { nl: 'uitgevoerd', en: 'carried out' };
    case 'partial':
      return { nl: 'gedeeltelijk uitgevoerd', en: 'partly carried out' };
    case 'stopped':
      return { nl: 'gestopt', en: 'stopped' };
    case 'running':
      return { nl: 'bezig', en: 'under way' };
    default:
      if (!something) return { nl: 'niets uit te voeren', en: 'nothing to carry out' };
      return approvals > 0
        ? { nl: 'goedgekeurd', en: 'approved' }
        : { nl: 'wacht op goedkeuring', en: 'waits for approval' };
  }
}
