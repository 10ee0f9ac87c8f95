/** The board as it travels: to a program as JSON, to the page as data. */
import type { Language } from '../base/language.ts';
import { promisedAs } from '../promises/proof/controls/index.ts';
import type { Part } from '../promises/proof/model.ts';
import { whyText } from '../promises/proof/phrases.ts';
import type { PromiseReport } from '../promises/proof/service.ts';
import type { BoardPromise } from '../web/console/board.ts';

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

/** A promise as the page shows it; `known` is what can be declared. */
export function promiseView(report: PromiseReport, known: ReadonlyMap<string, unknown>): BoardPromise {
  const { shows, doesNotShow, verify } = promisedAs(report.id);
  return {
    id: report.id,
    title: report.title,
    state: report.state,
    kind: report.kind,
    since: report.since.toString(),
    proof: report.proof ? { at: report.proof.at.toString(), leaf: report.leaf } : null,
    next: report.next?.toString() ?? null,
    lacks: report.state === 'kept' ? [] : report.why.map(whyText),
    parts: report.parts.map(({ id, title, state, kind, why }) => ({
      title,
      state,
      kind,
      why: why.map(whyText),
      control: known.has(id) ? id : null,
    })),
    shows,
    doesNotShow,
    verify,
  };
}
