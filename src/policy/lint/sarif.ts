/** The report as SARIF 2.1.0, which code hosts and editors show beside the line. Pure: the file's address comes from the caller. */
import type { Language } from '../../base/language.ts';
import { articleText } from '../phrases.ts';
import type { LintReport, Rule, Severity } from './model.ts';

export interface SarifOptions {
  readonly language: Language;
  readonly rules: readonly Rule[];
  /** Version of this program. */
  readonly version: string;
  /** The file as the reader of the report knows it: relative with forward slashes, or a file: address. */
  readonly uri: (file: string) => string;
}

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = { E: 'error', W: 'warning', I: 'note' };

/** A finding with a reason in the policy is a result that is suppressed in the source. */
export function toSarif(report: LintReport, options: SarifOptions): object {
  const { language, rules } = options;
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Gestand',
            version: options.version,
            language: language === 'nl' ? 'nl-NL' : 'en-GB',
            rules: rules.map((rule) => descriptor(rule, options)),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: report.findings.map((one) => ({
          ruleId: one.rule,
          ruleIndex: rules.findIndex((rule) => rule.id === one.rule),
          level: levels[one.severity],
          message: { text: one.message[language] },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: options.uri(one.file) },
                region: { startLine: one.line, startColumn: one.column },
              },
              logicalLocations: [{ fullyQualifiedName: one.path }],
            },
          ],
          // The same finding on another line is the same finding.
          partialFingerprints: { 'rule-and-place/v1': `${one.rule} ${one.path}` },
          ...(one.justification
            ? { suppressions: [{ kind: 'inSource', justification: one.justification[language] }] }
            : {}),
          properties: { article: one.article },
        })),
      },
    ],
  };
}

/** The whole help stands in the report: an address of the rule's page on this machine leads nowhere on another. */
function descriptor(rule: Rule, { language }: SarifOptions): object {
  const rests = `${rule.id}: ${articleText(rule.article)[language]}`;

  return {
    id: rule.id,
    shortDescription: { text: rule.title[language] },
    fullDescription: { text: rule.why[language] },
    help: {
      text: `${rule.write[language]} (${rests})`,
      markdown: `**${rule.title[language]}**\n\n${rule.why[language]}\n\n${rule.write[language]}\n\n${rests}`,
    },
    defaultConfiguration: { level: levels[rule.severity] },
    properties: { article: rule.article, sources: rule.sources },
  };
}
