/** How the board looks in a terminal: every promise on a line, what asks for a deed first, and one promise in full. */
import { isEndOfDay, lastDay } from '../base/time.ts';
import { promisedAs } from '../promises/proof/controls/index.ts';
import { keptOf, proofKinds, worstFirst, type Part, type ProofKind } from '../promises/proof/model.ts';
import { kinds, kindsMean, states, whyText, provenOf } from '../promises/proof/phrases.ts';
import type { PromiseReport } from '../promises/proof/service.ts';
import { day, type Output } from './output.ts';

const colours = { kept: 'green', 'at-risk': 'yellow', broken: 'red', 'not-proven': 'grey' } as const;
const marks = { kept: '✔', 'at-risk': '▲', broken: '✘', 'not-proven': '?' } as const;
/** A filled mark was measured, a half one follows from what is written, an open one is somebody's word. */
const kindMarks: Record<ProofKind | 'none', string> = { measured: '●', derived: '◐', declared: '○', none: ' ' };

/** Reasons that a promise gets on the board; the rest stands with the promise itself. */
const mostReasons = 2;

const words = {
  since: { nl: 'sinds', en: 'since' },
  proof: { nl: 'bewijs', en: 'proof' },
  entry: { nl: 'vermelding', en: 'entry' },
  none: { nl: 'nog geen', en: 'none yet' },
  ofSome: { nl: 'niet van elk deel; het laatste van', en: 'not of every part; the last of' },
  next: { nl: 'geldt', en: 'counts' },
  untilDay: { nl: 'tot en met', en: 'up to and including' },
  untilTime: { nl: 'tot', en: 'until' },
  parts: { nl: 'Delen', en: 'Parts' },
  shows: { nl: 'Wat het bewijs toont', en: 'What the proof shows' },
  wouldShow: { nl: 'Wat een bewijs zou tonen', en: 'What proof would show' },
  doesNotShow: { nl: 'Wat het niet toont', en: 'What it does not show' },
  verify: { nl: 'Zelf nagaan', en: 'See for yourself' },
  more: { nl: 'Eén belofte helemaal: gestand promises P08', en: 'One promise in full: gestand promises P08' },
} as const;

const state = (out: Output, of: Pick<PromiseReport, 'state'>): string =>
  out.paint(`${marks[of.state]} ${out.t(states[of.state])}`, colours[of.state]);

/** `brief` names what is not proven on one line: for whoever sees the board go by. */
export function showBoard(out: Output, reports: readonly PromiseReport[], { brief = false } = {}): void {
  out.line(`  ${counts(out, reports)}`);
  for (const group of worstFirst) {
    const own = reports.filter((report) => report.state === group);
    if (own.length === 0) continue;
    out.line();
    out.line(`  ${state(out, { state: group })} ${out.paint(`(${own.length})`, 'grey')}`);
    if (brief && group === 'not-proven') {
      out.line(out.paint(`  ${own.map((report) => report.id).join(' ')}`, 'grey'));
      continue;
    }
    for (const report of own) {
      const mark = kindMarks[report.kind];
      const some = group === 'not-proven' && keptOf(report.parts) > 0 ? `  ${ofParts(out, report)}` : '';
      out.line(
        `  ${report.id} ${out.paint(mark, report.kind === 'declared' ? 'yellow' : 'grey')} ${out.t(report.title)}${some}`,
      );
      if (group === 'kept') continue;
      const reasons = [...new Set(report.why.map((why) => out.t(whyText(why))))];
      for (const reason of reasons.slice(0, mostReasons)) out.line(out.paint(`        ${reason}`, 'grey'));
      if (reasons.length > mostReasons) out.line(out.paint(`        … +${reasons.length - mostReasons}`, 'grey'));
    }
  }
  if (brief) return;
  out.line();
  for (const kind of proofKinds)
    out.line(out.paint(`  ${kindMarks[kind]} ${out.t(kinds[kind])}: ${out.t(kindsMean[kind])}`, 'grey'));
  out.line(out.paint(`  ${out.t(words.more)}`, 'grey'));
}

const ofParts = (out: Output, { parts }: PromiseReport): string =>
  out.paint(out.t(provenOf(keptOf(parts), parts.length)), 'grey');

function counts(out: Output, reports: readonly PromiseReport[]): string {
  return worstFirst
    .map((one) => ({ one, n: reports.filter((report) => report.state === one).length }))
    .filter(({ n }) => n > 0)
    .map(({ one, n }) => out.paint(`${n} ${out.t(states[one])}`, colours[one]))
    .join(' · ');
}

/** `zone` is the organisation's: its days count. */
export function showPromise(out: Output, report: PromiseReport, zone: string): void {
  const { shows, doesNotShow, verify } = promisedAs(report.id);
  out.line(`  ${out.paint(`${report.id} ${out.t(report.title)}`, 'bold')}`);
  out.line(`  ${state(out, report)}, ${out.t(words.since)} ${minute(report.since.toString())}`);
  const at = report.proof
    ? `${minute(report.proof.at.toString())}${report.leaf === null ? '' : `, ${out.t(words.entry)} ${report.leaf}`}`
    : out.t(words.none);
  // What has proof of some parts only has none as a whole, and yet a last one.
  const kind =
    report.kind !== 'none'
      ? `${kindMarks[report.kind]} ${out.t(kinds[report.kind])}, `
      : report.proof
        ? `${out.t(words.ofSome)} `
        : '';
  out.line(`  ${out.t(words.proof)}: ${kind}${at}`);
  if (report.next) {
    const until = isEndOfDay(report.next, zone)
      ? `${out.t(words.untilDay)} ${lastDay(report.next, zone)}`
      : `${out.t(words.untilTime)} ${minute(report.next.toString())}`;
    out.line(`  ${out.t(words.next)} ${until}`);
  }
  out.line();
  out.line(`  ${out.paint(out.t(words.parts), 'bold')}`);
  for (const part of report.parts) showPart(out, part);
  for (const [word, text] of [
    [report.state === 'kept' ? words.shows : words.wouldShow, shows],
    [words.doesNotShow, doesNotShow],
    [words.verify, verify],
  ] as const) {
    out.line();
    out.line(`  ${out.paint(out.t(word), 'bold')}`);
    out.line(`  ${out.t(text)}`);
  }
  if (report.leaf !== null) out.line(`  gestand evidence prove ${report.leaf}`);
}

function showPart(out: Output, part: Part): void {
  out.line(
    `  ${out.paint(marks[part.state], colours[part.state])} ${kindMarks[part.kind]} ${out.t(part.title)} ${out.paint(`(${part.id})`, 'grey')}`,
  );
  for (const why of part.why) out.line(out.paint(`      ${out.t(whyText(why))}`, 'grey'));
}

const minute = (text: string): string => `${day(text)} ${text.slice(11, 16)} UTC`;
