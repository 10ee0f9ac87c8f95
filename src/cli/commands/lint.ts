import { counted } from '../../base/wording.ts';
import { readFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { lintContext, openPolicyFolder } from '../../app/folder.ts';
import { program } from '../../app/home.ts';
import { systemClock } from '../../base/time.ts';
import type { Text } from '../../base/language.ts';
import {
  articleText,
  lint as lintPolicy,
  lintRules,
  toSarif,
  type Finding,
  type LintReport,
} from '../../policy/index.ts';
import { livingFacts } from '../../promises/proof/living.ts';
import { exit, list, text, withWorld, wrongOption, type Command, type Context } from '../command.ts';
import type { Output } from '../output.ts';

export const lint: Command = {
  name: 'lint',
  summary: {
    nl: 'toetst een beleid aan de wet: wat ontbreekt, waar, en wat u in plaats daarvan schrijft',
    en: 'holds a policy against the law: what is missing, where, and what to write instead',
  },
  usage: 'gestand lint [POLICY_DIR | --live] [--at DATE] [--pack ID] [--json | --sarif]',
  takes: 1,
  options: {
    at: { type: 'string', help: { nl: 'recht op deze dag', en: 'law on this day' } },
    pack: {
      type: 'string',
      multiple: true,
      help: { nl: 'een wetsvoorstel van law/packs telt mee', en: 'a proposal of law/packs counts too' },
    },
    live: {
      type: 'boolean',
      help: {
        nl: 'vraag ook de draaiende systemen van de home (GST-D07, GST-H03, GST-I04)',
        en: 'ask the running systems of the home too (GST-D07, GST-H03, GST-I04)',
      },
    },
    sarif: { type: 'boolean', help: { nl: 'SARIF 2.1.0, voor een codehost', en: 'SARIF 2.1.0, for a code host' } },
  },
  examples: [
    'gestand lint',
    'gestand lint policies/it-provider-2019 --lang nl',
    'gestand lint --at 2027-07-01 --pack digital-omnibus',
    'gestand lint --live',
    'gestand lint --sarif > lint.sarif',
  ],
  run: async (context) => {
    const { out, config } = context;
    const live = context.values['live'] === true;
    if (live && context.args[0] !== undefined)
      throw wrongOption({
        nl: '--live vraagt de systemen van de home: noem dan geen andere map.',
        en: '--live asks the systems of the home: name no other folder with it.',
      });
    const packs = list(context, 'pack');
    const folder = openPolicyFolder(context.args[0] ?? config.home, packs);
    const known = folder.book.packs;
    const unknown = packs.find((one) => !known.includes(one));
    if (unknown !== undefined)
      throw wrongOption({
        nl: `Er is geen pakket "${unknown}" in law/packs; er zijn: ${known.join(', ')}.`,
        en: `There is no pack "${unknown}" in law/packs; there are: ${known.join(', ')}.`,
      });
    const living = live ? await withWorld(context, (world) => livingFacts(world)) : undefined;
    const day = dayOf(context, folder.parsed.value?.organisation.zone ?? 'UTC');
    const report = lintPolicy(lintContext(folder, day, living));
    if (context.values['sarif'] === true) out.document(sarifOf(out, report));
    else {
      show(out, report, live);
      out.result(jsonOf(out, folder.file, packs, report));
    }
    return report.errors > 0 ? exit.wrong : exit.ok;
  },
};

/** The asked day, else today where the organisation is. */
function dayOf(context: Context, zone: string): string {
  const asked = text(context, 'at');
  if (asked === undefined) return systemClock().toZonedDateTimeISO(zone).toPlainDate().toString();
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(asked) ? Date.parse(`${asked}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(asked))
    throw wrongOption({
      nl: `--at: "${asked}" is geen dag; schrijf die als 2026-11-25.`,
      en: `--at: "${asked}" is not a day; write it as 2026-11-25.`,
    });
  return asked;
}

/** A file as someone in this folder names it. */
function here(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith('..') || isAbsolute(path) ? file : path;
}

const page = (rule: string): string => join(program, 'docs', 'rules', `${rule}.md`);

function jsonOf(out: Output, file: string, packs: readonly string[], report: LintReport): object {
  const { at, errors, warnings, advice, justified, findings } = report;
  return {
    policy: here(file),
    at,
    packs,
    errors,
    warnings,
    advice,
    justified,
    findings: findings.map((one) => ({
      ...one,
      file: here(one.file),
      message: out.t(one.message),
      justification: one.justification && out.t(one.justification),
    })),
  };
}

function sarifOf(out: Output, report: LintReport): object {
  const { version } = JSON.parse(readFileSync(join(program, 'package.json'), 'utf8')) as { version: string };
  return toSarif(report, {
    language: out.language,
    rules: lintRules,
    version,
    uri: (file) => {
      const path = here(file);
      return isAbsolute(path) ? pathToFileURL(path).href : path.split('/').map(encodeURIComponent).join('/');
    },
  });
}

const groups: readonly {
  readonly of: (one: Finding) => boolean;
  readonly title: Text;
  readonly mark: string;
  readonly colour: 'red' | 'yellow' | 'grey' | 'green';
}[] = [
  {
    of: (one) => one.severity === 'E',
    title: { nl: 'Fouten: zo mag het niet naar buiten', en: 'Errors: not to be published like this' },
    mark: '✘',
    colour: 'red',
  },
  {
    of: (one) => one.severity === 'W' && one.justification === null,
    title: { nl: 'Waarschuwingen: verander het, of geef een reden', en: 'Warnings: change it, or give a reason' },
    mark: '!',
    colour: 'yellow',
  },
  {
    of: (one) => one.severity === 'I' && one.justification === null,
    title: { nl: 'Advies', en: 'Advice' },
    mark: '·',
    colour: 'grey',
  },
  {
    of: (one) => one.justification !== null,
    title: { nl: 'Met een reden in het beleid', en: 'With a reason in the policy' },
    mark: '✔',
    colour: 'green',
  },
];

function show(out: Output, report: LintReport, live: boolean): void {
  for (const { of, title, mark, colour } of groups) {
    const found = report.findings.filter(of);
    if (found.length === 0) continue;
    out.line(out.paint(out.t(title), 'bold'));
    for (const rule of lintRules) {
      const hits = found.filter((one) => one.rule === rule.id);
      if (hits.length === 0) continue;
      out.line();
      out.line(`  ${out.paint(mark, colour)} ${out.paint(rule.id, 'bold')} ${out.t(rule.title)}`);
      for (const one of hits) {
        out.line(`    ${here(one.file)}:${one.line}  ${out.t(one.message)}`);
        if (one.justification) out.line(`      ${out.t({ nl: 'Reden', en: 'Reason' })}: ${out.t(one.justification)}`);
      }
      if (mark !== '✔') out.line(`    → ${out.t(rule.write)}`);
      out.line(
        `    ${out.paint(`${out.t(articleText(hits[0]?.article ?? rule.article))} · ${here(page(rule.id))}`, 'grey')}`,
      );
    }
    out.line();
  }
  tally(out, report, live);
}

function tally(out: Output, { at, errors, warnings, advice, justified }: LintReport, live: boolean): void {
  const count = (value: number, one: Text, more: Text): string => out.t(counted(value, one, more));
  const words = [
    out.paint(count(errors, { nl: 'fout', en: 'error' }, { nl: 'fouten', en: 'errors' }), errors > 0 ? 'red' : 'green'),
    out.paint(
      count(warnings, { nl: 'waarschuwing', en: 'warning' }, { nl: 'waarschuwingen', en: 'warnings' }),
      warnings > 0 ? 'yellow' : 'green',
    ),
    out.t({ nl: `${advice} advies`, en: `${advice} advice` }),
    out.t({ nl: `${justified} met een reden`, en: `${justified} with a reason` }),
  ];
  const asleep = lintRules.filter((rule) => rule.needsLiving).map((rule) => rule.id);
  const law = out.t({
    nl: live ? `(recht van ${at})` : `(recht van ${at}; ${asleep.join(' en ')} vragen de draaiende systemen: --live)`,
    en: live ? `(law of ${at})` : `(law of ${at}; ${asleep.join(' and ')} need the running systems: --live)`,
  });
  out.line(`${words.join(' · ')}  ${out.paint(law, 'grey')}`);
}
