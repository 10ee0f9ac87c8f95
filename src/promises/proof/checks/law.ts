/** What the law asks of each promise: the linter's findings, brought to the promise that they are about. Pure. */
import { promisesMade, type Policy } from '../../../policy/index.ts';
import type { LintReport } from '../../../policy/lint/index.ts';
import { few, outcome, type Check, type Outcome } from './check.ts';

/**
 * Rules whose error means that the promise itself does not hold: who promises to name every purpose's basis and names none has
 * broken that word. Any other finding puts the promise of the item where it was found at risk.
 */
export const rulesOf: Readonly<Record<string, readonly string[]>> = {
  'GST-A01': ['P01'],
  'GST-A02': ['P01'],
  'GST-A03': ['P33'],
  'GST-A04': ['P33'],
  'GST-A05': ['P33'],
  'GST-A06': ['P01'],
  'GST-B01': ['P02'],
  'GST-B02': ['P02'],
  'GST-B03': ['P02'],
  'GST-B04': ['P02'],
  'GST-B05': ['P03'],
  'GST-B06': ['P03'],
  'GST-B07': ['P12'],
  'GST-B08': ['P13'],
  'GST-B09': ['P02'],
  'GST-B10': ['P02'],
  'GST-B11': ['P03'],
  'GST-B12': ['P03'],
  'GST-B13': ['P22'],
  'GST-C01': ['P15'],
  'GST-C02': ['P15'],
  'GST-C03': ['P15', 'P26'],
  'GST-C04': ['P16'],
  'GST-C05': ['P14'],
  'GST-C06': ['P16'],
  'GST-C07': ['P16'],
  'GST-D01': ['P07'],
  'GST-E01': ['P29'],
  'GST-E02': ['P30'],
  'GST-E03': ['P31'],
  'GST-E04': ['P31'],
  'GST-E05': ['P31'],
  'GST-E06': ['P31'],
  'GST-E07': ['P31'],
  'GST-E08': ['P31'],
  'GST-E09': ['P31', 'P36'],
  'GST-E10': ['P31'],
  'GST-E11': ['P32'],
  'GST-E12': ['P29', 'P30', 'P31'],
  'GST-E13': ['P06'],
  'GST-F01': ['P02'],
  'GST-F02': ['P33'],
  'GST-F03': ['P33'],
  'GST-F04': ['P03'],
  'GST-F05': ['P02'],
  'GST-F06': ['P04'],
  'GST-F07': ['P05'],
  'GST-F08': ['P02'],
  'GST-G02': ['P36'],
  'GST-G03': ['P20'],
  'GST-G04': ['P18'],
  'GST-G05': ['P34'],
  'GST-H02': ['P28'],
  'GST-I01': ['P06'],
  'GST-I03': ['P06'],
  'GST-I05': ['P27'],
};

export const lawId = (promise: string): string => `law-${promise.toLowerCase()}`;

/** One check a promise, so that its proof is a leaf of its own. */
export function lawCheck(promise: string): Check {
  return {
    id: lawId(promise),
    kind: 'derived',
    title: {
      nl: 'Wij hebben hierover opgeschreven wat de wet vraagt',
      en: 'We wrote down about this what the law asks',
    },
    // What was never published was said to nobody: a gap in it is work to do, and no promise that is broken.
    run: ({ policy, lint, statement }) =>
      asked(promise, policy, lint, statement.published.state === 'not-proven' ? 'not-proven' : 'broken'),
  };
}

function asked(promise: string, policy: Policy, lint: LintReport, wrong: 'broken' | 'not-proven'): Outcome {
  const items = promisesMade(policy).filter((one) => one.promise === promise);
  // What is told of the terms as a whole (GST-D08) is told of each.
  const keeps = items.some((one) => one.at.startsWith('retention.') || one.at.startsWith('terms.'));
  const at = (path: string): boolean =>
    path === 'retention' ? keeps : items.some((one) => path === one.at || path.startsWith(`${one.at}.`));
  const about = (rule: string): boolean => rulesOf[rule]?.includes(promise) === true;
  const open = lint.findings.filter(
    (one) => one.severity !== 'I' && one.justification === null && (about(one.rule) || at(one.path)),
  );
  if (open.length === 0)
    return outcome(
      'kept',
      0,
      'Het beleid beantwoordt elke vraag van de wet hierover.',
      'The policy answers every question of the law about it.',
    );
  const rules = few([...new Set(open.map((one) => one.rule))]);
  return outcome(
    open.some((one) => one.severity === 'E' && about(one.rule)) ? wrong : 'at-risk',
    open.length,
    `Open vragen van de wet: ${rules}. "gestand lint" zegt waar, en wat te schrijven.`,
    `Open questions of the law: ${rules}. "gestand lint" says where, and what to write.`,
  );
}
