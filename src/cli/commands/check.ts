import { inLanguage, problemIn } from '../../base/yaml.ts';
import { systemClock } from '../../base/time.ts';
import { readSettings } from '../../app/settings.ts';
import { checkHome } from '../../app/home.ts';
import { bind } from '../../promises/retention/model.ts';
import { exit, moment, type Command } from '../command.ts';

export const check: Command = {
  name: 'check',
  summary: {
    nl: 'leest beleid en landschap en toont elke fout met regel en kolom',
    en: 'reads policy and estate and shows every mistake with line and column',
  },
  usage: 'gestand check [HOME] [--at DATE]',
  takes: 1,
  options: { at: { type: 'string', help: { nl: 'recht op deze dag', en: 'law on this day' } } },
  examples: ['gestand check'],
  run: (context) => {
    const { out, config } = context;
    const folder = context.args[0] ?? config.home;
    const home = checkHome(folder, (moment(context, 'at') ?? systemClock()).toString().slice(0, 10));
    const { declared } = home;
    const problems = [...home.problems, ...readSettings(folder, config.port).problems];
    for (const problem of problems) out.line(`  ${out.paint('✘', 'red')} ${problemIn(problem, out.language)}`);
    const bound = declared
      ? bind(
          declared.policy,
          declared.estate.systems.flatMap((system) => system.datasets),
        )
      : null;
    if (declared && bound) {
      for (const { dataset, text } of bound.uncovered)
        out.line(`  ${out.paint('!', 'yellow')} ${dataset.system}/${dataset.id}: ${out.t(text)}`);
      out.line(
        `  ${out.paint('✔', 'green')} ${out.t({ nl: `Beleid en landschap kloppen (regels: ${declared.policy.retention.length}, systemen: ${declared.estate.systems.length}, verbindingen: ${bound.lines.length}).`, en: `Policy and estate are right (rules: ${declared.policy.retention.length}, systems: ${declared.estate.systems.length}, lines between them: ${bound.lines.length}).` })}`,
      );
    }
    out.result({
      ok: problems.length === 0,
      problems: problems.map((one) => inLanguage(one, out.language)),
      uncovered:
        bound?.uncovered.map((one) => ({
          system: one.dataset.system,
          dataset: one.dataset.id,
          why: one.why,
          detail: one.text.en,
        })) ?? [],
    });
    return Promise.resolve(problems.length === 0 ? exit.ok : exit.usage);
  },
};
