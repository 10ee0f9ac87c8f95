import { counted } from '../../base/wording.ts';
import { apply as applyPlan, startWorker } from '../../app/worker.ts';
import { readPlan } from '../../promises/retention/plan.ts';
import { openTasks, partialTexts, stopText } from '../../promises/retention/phrases.ts';
import { reviewsIn } from '../../promises/retention/review.ts';
import { decisionsOf } from '../../promises/retention/review-store.ts';
import type { RunReport } from '../../promises/retention/run.ts';
import { argument, exit, withWorld, type Command, type Context } from '../command.ts';
import { number, seconds } from '../output.ts';
import { runJson } from '../../app/wire.ts';
import { showRun } from '../show.ts';

const waits = { one: { nl: 'item wacht', en: 'item waits' }, more: { nl: 'items wachten', en: 'items wait' } };

export const apply: Command = {
  name: 'apply',
  summary: {
    nl: 'voert een goedgekeurd plan uit, of gaat verder waar het bleef',
    en: 'carries out an approved plan, or goes on where it stopped',
  },
  usage: 'gestand apply PLAN',
  takes: 1,
  examples: ['gestand apply p-0123456789', 'gestand apply p-0123456789 --json'],
  run: (context) =>
    withWorld(context, async (world) => {
      const plan = argument(context, 0, { nl: 'het plan', en: 'the plan' });
      // One more worker: whatever server and other workers do with this run, this one helps.
      const worker = await startWorker(world, { schedule: false });
      try {
        const report = await applyPlan(world, worker.jobs, plan, progress(context));
        showRun(context.out, report);
        context.out.line();
        context.out.line(`  ${sentence(context, report)}`);
        for (const text of partialTexts(report.lines)) context.out.line(`  ${context.out.t(text)}`);
        const decided = await decisionsOf(world.db, plan);
        const shown = await readPlan(world, plan);
        const open = reviewsIn(shown).filter((one) => !decided.has(one.rule));
        const waiting = open.reduce((sum, one) => sum + one.items, 0);
        const rules = open.map((one) => one.rule).join(', ');
        if (waiting > 0)
          context.out.line(
            `  ${context.out.t({ nl: `${counted(waiting, waits.one, waits.more).nl} op een besluit van een mens (${rules}): niets daarvan is aangeraakt. Maak een nieuw plan en beslis: gestand plan`, en: `${counted(waiting, waits.one, waits.more).en} for a person to decide (${rules}): nothing of that was touched. Make a new plan and decide: gestand plan` })}`,
          );
        const ran = new Set(report.lines.map((line) => line.rule));
        const left = shown.lines.filter((line) => line.due > 0 && line.then !== 'review' && !ran.has(line.rule));
        if (left.length > 0) {
          const due = counted(
            left.reduce((sum, line) => sum + line.due, 0),
            { nl: 'item', en: 'item' },
            { nl: 'items', en: 'items' },
          );
          const unapproved = [...new Set(left.map((line) => line.rule))].join(', ');
          context.out.line(
            `  ${context.out.t({ nl: `Niet goedgekeurd in dit plan, en dus niet aangeraakt: ${due.nl} (${unapproved}). Maak een nieuw plan: gestand plan`, en: `Not approved in this plan, and so not touched: ${due.en} (${unapproved}). Make a new plan: gestand plan` })}`,
          );
        }
        context.out.result(runJson(report));
        return report.state === 'complete' ? exit.ok : exit.wrong;
      } finally {
        await worker.stop();
      }
    }),
};

export function progress(context: Pick<Context, 'out'>): (report: RunReport) => void {
  const start = Date.now();
  return (report) => {
    const planned = report.lines.reduce((sum, line) => sum + line.planned, 0);
    const done = report.lines.reduce((sum, line) => sum + line.done + line.absent + line.failed + line.partial, 0);
    const rate = done / Math.max(0.001, (Date.now() - start) / 1000);
    const left = rate > 0 ? seconds((planned - done) / rate) : '…';
    const { out } = context;
    out.progress(
      `${number(done, out.language)} / ${number(planned, out.language)}  ${number(Math.round(rate), out.language)}/s  ${out.t({ nl: 'nog', en: 'left' })} ${left}`,
    );
  };
}

export function sentence(context: Pick<Context, 'out'>, report: RunReport): string {
  const { out } = context;
  const sum = (pick: (line: RunReport['lines'][number]) => number): number =>
    report.lines.reduce((total, line) => total + pick(line), 0);
  const gone = number(
    sum((line) => line.done),
    out.language,
  );
  const left = sum((line) => Math.max(0, line.left ?? 0));
  const reason = report.lines.map((line) => line.stopped).find((one) => one !== null) ?? null;
  const stopped = reason === null ? null : stopText(reason);
  switch (report.state) {
    case 'complete':
      if (report.lines.length === 0)
        return out.t({
          nl: `Run ${report.run}: klaar. Er was niets om uit te voeren.`,
          en: `Run ${report.run}: complete. There was nothing to carry out.`,
        });
      return out.paint(
        out.t({
          nl: `Run ${report.run}: klaar. ${gone} weg, opnieuw gelezen: er staat niets meer dat weg moet.`,
          en: `Run ${report.run}: complete. ${gone} gone; read again: nothing is left that should go.`,
        }),
        'green',
      );
    case 'partial': {
      const inTwo = sum((line) => line.failed + line.partial) > 0;
      const tasksAlone =
        left + sum((line) => line.failed + line.partial + (line.orphans ?? 0)) === openTasks(report.lines);
      return out.paint(
        out.t(
          tasksAlone
            ? {
                nl: `Run ${report.run}: gedeeltelijk. ${gone} weg; wat een programma kan, is gedaan.`,
                en: `Run ${report.run}: partial. ${gone} gone; what a program can do has been done.`,
              }
            : {
                nl: `Run ${report.run}: gedeeltelijk. ${gone} weg, ${left} staan er nog.${inTwo ? ' Zie de kolommen mislukt en gedeeltelijk.' : ''}`,
                en: `Run ${report.run}: partial. ${gone} gone, ${left} still there.${inTwo ? ' See the columns failed and partial.' : ''}`,
              },
        ),
        'yellow',
      );
    }
    case 'stopped':
      return out.paint(
        out.t({
          nl: `Run ${report.run}: gestopt (${stopped?.nl ?? ''}). Maak een nieuw plan voor wat er nog staat.`,
          en: `Run ${report.run}: stopped (${stopped?.en ?? ''}). Make a new plan for what is left.`,
        }),
        'red',
      );
    case 'running':
      return out.t({ nl: `Run ${report.run} loopt nog.`, en: `Run ${report.run} is still running.` });
  }
}
