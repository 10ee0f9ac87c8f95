import { exit, systemsNamed, withWorld, type Command } from '../command.ts';
import { number } from '../output.ts';

export const systems: Command = {
  name: 'systems',
  summary: {
    nl: 'kijkt of elk systeem bereikbaar is en wat erin staat dat geen profiel noemt',
    en: 'looks whether each system is reachable, and what is in it that no profile lists',
  },
  usage: 'gestand systems probe [SYSTEM…]',
  takes: Infinity,
  words: { known: ['probe'], needed: true },
  examples: ['gestand systems probe', 'gestand systems probe exchange --json'],
  run: (context) =>
    withWorld(context, async (world) => {
      const wanted = systemsNamed(world, context.args.slice(1));
      const { out } = context;
      const reports = [];
      for (const system of world.systems.systems) {
        if (!wanted.includes(system.id)) continue;
        const report = await world.systems.probe(system.id);
        reports.push({ system: system.id, ...report });
        out.line(
          `  ${report.reachable ? out.paint('✔', 'green') : out.paint('✘', 'red')} ${system.id}  ${report.version ?? ''}`,
        );
        for (const one of report.findings)
          out.line(
            `    ${out.paint('!', 'yellow')} ${one.dataset === null ? '' : `${one.dataset}: `}${out.t(one.text)}${one.items === null ? '' : ` (${number(one.items, out.language)})`}`,
          );
      }
      out.result({ systems: reports });
      return reports.every((report) => report.reachable) ? exit.ok : exit.wrong;
    }),
};
