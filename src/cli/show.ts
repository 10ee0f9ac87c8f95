/** How plans and runs look in a terminal. */
import type { Plan, PlanLine } from '../promises/retention/planned.ts';
import { stopText } from '../promises/retention/phrases.ts';
import { otherHolds } from '../promises/holds/model.ts';
import { heldTwice } from '../promises/holds/phrases.ts';
import type { RunReport } from '../promises/retention/run.ts';
import { bytes, day, number, type Output } from './output.ts';

const words = {
  rule: { nl: 'regel', en: 'rule' },
  where: { nl: 'waar', en: 'where' },
  due: { nl: 'aan de beurt', en: 'due' },
  held: { nl: 'vastgehouden', en: 'held' },
  statute: { nl: 'wet', en: 'statute' },
  along: { nl: 'gaat met het geheel mee', en: 'goes with the whole' },
  oldest: { nl: 'oudste', en: 'oldest' },
  newest: { nl: 'jongste', en: 'newest' },
  size: { nl: 'omvang', en: 'size' },
  decides: { nl: 'beslist', en: 'decides' },
  person: { nl: 'een mens', en: 'a person' },
  itself: { nl: 'vanzelf', en: 'by itself' },
  done: { nl: 'weg', en: 'gone' },
  absent: { nl: 'was al weg', en: 'absent' },
  failed: { nl: 'mislukt', en: 'failed' },
  partial: { nl: 'gedeeltelijk', en: 'partial' },
  level: { nl: 'niveau', en: 'level' },
  findings: { nl: 'Bevindingen', en: 'Findings' },
  waits: { nl: 'wacht op een mens:', en: 'waits for a person:' },
  decided: { nl: 'bewaard door een besluit tot en met', en: 'kept by a decision until' },
  samples: { nl: 'voorbeelden (gemaskeerd)', en: 'samples (masked)' },
} as const;

export function showPlan(out: Output, plan: Plan): void {
  const t = (word: keyof typeof words): string => out.t(words[word]);
  const n = (value: number): string => (value === 0 ? '·' : number(value, out.language));
  const head = [
    t('rule'),
    t('where'),
    t('due'),
    t('held'),
    t('statute'),
    t('oldest'),
    t('newest'),
    t('size'),
    t('decides'),
  ];
  const rows = plan.lines.map((line) => [
    line.rule,
    `${line.system}/${line.dataset}`,
    line.due > 0 ? out.paint(n(line.due), 'bold') : n(line.due),
    line.held > 0 ? out.paint(n(line.held), 'yellow') : n(line.held),
    n(line.retained),
    day(line.oldest),
    day(line.newest),
    line.due === 0 ? '' : bytes(line.bytes, out.language),
    line.due === 0 ? '' : line.needs === 'person' ? t('person') : t('itself'),
  ]);
  out.table(head, rows, [2, 3, 4, 7]);
  for (const line of plan.lines) {
    const by = Object.entries(line.heldBy ?? {});
    if (by.length === 0) continue;
    const holds = by.map(
      ([hold, items]) =>
        `${hold === otherHolds ? out.t({ nl: 'andere bewaarplichten', en: 'other holds' }) : hold} ${n(items)}`,
    );
    const each = by.length > 1 ? ` (${out.t(heldTwice)})` : '';
    out.line(`  ${line.system}/${line.dataset} ${t('held')}: ${holds.join(', ')}${each}`);
  }
  for (const line of plan.lines.filter((one) => (one.decided ?? 0) > 0))
    out.line(
      `  ${line.system}/${line.dataset}: ${number(line.decided ?? 0, out.language)} ${t('decided')} ${day(line.decidedUntil ?? null)}`,
    );
  const sampled = plan.lines.filter((line) => line.samples.length > 0 && line.due > 0).slice(0, 3);
  for (const line of sampled)
    out.line(
      out.paint(
        `  ${line.system}/${line.dataset} ${t('samples')}: ${Object.entries(line.samples[0] ?? {})
          .map(([name, value]) => `${name} ${value}`)
          .join(', ')}`,
        'grey',
      ),
    );
  const waiting = plan.lines.filter((line) => line.due > 0 && line.needs === 'person');
  for (const why of new Set(waiting.map((line) => waitsOn(out, line, waiting))))
    out.line(out.paint(`  ${t('waits')} ${why}`, 'grey'));
  if (plan.findings.length > 0) {
    out.line();
    out.line(`  ${out.paint(t('findings'), 'bold')}`);
    for (const one of plan.findings)
      out.line(
        `  ${out.paint('!', 'yellow')} ${one.system}${one.dataset === null ? '' : `/${one.dataset}`}: ${one.text === undefined ? one.detail : out.t(one.text)}${one.items === null ? '' : ` (${number(one.items, out.language)})`}`,
      );
  }
}

/** A rule once for all that it governs; where its datasets wait for different reasons, each with its own name. */
function waitsOn(out: Output, line: PlanLine, waiting: readonly PlanLine[]): string {
  const why = whyOf(out, line);
  const alike = waiting.every((one) => one.rule !== line.rule || whyOf(out, one) === why);
  return `${line.rule}${alike ? '' : ` (${line.system}/${line.dataset})`}: ${why}`;
}

/** A plan that was signed before reasons had two languages has the English alone. */
const whyOf = (out: Output, { why, whyText }: PlanLine): string => (whyText ? out.t(whyText) : (why ?? ''));

export function showRun(out: Output, report: RunReport): void {
  const t = (word: keyof typeof words): string => out.t(words[word]);
  const n = (value: number): string => (value === 0 ? '·' : number(value, out.language));
  // A column only where there is something in it: the recordings of calls that stay are no news to whoever has none.
  const along = report.lines.some((line) => line.along > 0);
  const rows = report.lines.map((line) => [
    line.rule,
    `${line.system}/${line.dataset}`,
    n(line.done),
    n(line.absent),
    n(line.held),
    n(line.retained),
    ...(along ? [n(line.along)] : []),
    n(line.failed),
    n(line.partial),
    line.level ?? '',
    line.stopped === null ? '' : out.t(stopText(line.stopped)),
  ]);
  out.table(
    [
      t('rule'),
      t('where'),
      t('done'),
      t('absent'),
      t('held'),
      t('statute'),
      ...(along ? [t('along')] : []),
      t('failed'),
      t('partial'),
      t('level'),
      '',
    ],
    rows,
    [2, 3, 4, 5, 6, 7, ...(along ? [8] : [])],
  );
}
