/** One sentence on how far a run is, and the two numbers of its bar. */
import type { Language } from '../../base/language.ts';
import type { RunReport } from '../../promises/retention/run.ts';

export function runText(report: RunReport, language: Language): { done: number; expected: number; text: string } {
  const sum = (pick: (line: RunReport['lines'][number]) => number): number =>
    report.lines.reduce((total, line) => total + pick(line), 0);
  const expected = sum((line) => line.planned);
  const gone = sum((line) => line.done);
  const done = sum(
    (line) => line.done + line.absent + line.held + line.retained + line.failed + line.partial + line.unseen,
  );
  const n = (value: number): string => value.toLocaleString(language === 'nl' ? 'nl-NL' : 'en-GB');
  const left = sum((line) => Math.max(0, line.left ?? 0));
  const texts = {
    running: { nl: `Bezig: ${n(done)} van ${n(expected)}.`, en: `Under way: ${n(done)} of ${n(expected)}.` },
    complete: {
      nl: `Klaar: ${n(gone)} weg, en opnieuw gelezen: er staat niets meer dat weg moet.`,
      en: `Complete: ${n(gone)} gone, and read again: nothing is left that should go.`,
    },
    partial: {
      nl: `Gedeeltelijk: ${n(gone)} weg, ${n(left)} staan er nog.`,
      en: `Partial: ${n(gone)} gone, ${n(left)} still there.`,
    },
    stopped: {
      nl: `Gestopt: ${n(gone)} weg. Maak een nieuw plan voor wat er nog staat.`,
      en: `Stopped: ${n(gone)} gone. Make a new plan for what is left.`,
    },
  } as const;
  return { done, expected, text: texts[report.state][language] };
}
