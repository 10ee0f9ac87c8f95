import { copyProfile, shippedProfiles } from '../../app/profiles.ts';
import {
  argument,
  exit,
  required,
  systemsNamed,
  text,
  withWorld,
  wrongOption,
  type Command,
  type Context,
} from '../command.ts';
import { number } from '../output.ts';

export const systems: Command = {
  name: 'systems',
  summary: {
    nl: 'kijkt of elk systeem bereikbaar is en wat erin staat dat geen profiel noemt; kopieert een profiel',
    en: 'looks whether each system is reachable, and what is in it that no profile lists; copies a profile',
  },
  usage: 'gestand systems probe [SYSTEM…] | profile [NAME --as ID]',
  takes: { '': Infinity, profile: 2 },
  words: { known: ['probe', 'profile'], needed: true },
  options: {
    as: {
      type: 'string',
      help: { nl: 'eigen id voor de kopie van het profiel', en: 'id of your own for the copy of the profile' },
    },
  },
  examples: [
    'gestand systems probe',
    'gestand systems probe exchange --json',
    'gestand systems profile crm --as our-customers',
  ],
  run: async (context) => {
    if (context.args[0] === 'profile') return profile(context);
    if (text(context, 'as') !== undefined)
      throw wrongOption({ nl: '--as hoort bij "systems profile".', en: '--as goes with "systems profile".' });
    return withWorld(context, async (world) => {
      const wanted = systemsNamed(world, context.args.slice(1));
      const { out } = context;
      const reports = [];
      for (const system of world.systems.systems) {
        if (!wanted.includes(system.id)) continue;
        const report = await world.systems.probe(system.id);
        const notes = world.systems.notes(system.id);
        reports.push({ system: system.id, ...report, notes });
        out.line(
          `  ${report.reachable ? out.paint('✔', 'green') : out.paint('✘', 'red')} ${system.id}  ${report.version ?? ''}`,
        );
        for (const one of report.findings)
          out.line(
            `    ${out.paint('!', 'yellow')} ${one.dataset === null ? '' : `${one.dataset}: `}${out.t(one.text)}${one.items === null ? '' : ` (${number(one.items, out.language)})`}`,
          );
        for (const one of notes)
          out.line(out.paint(`    · ${one.dataset === null ? '' : `${one.dataset}: `}${out.t(one.text)}`, 'grey'));
      }
      out.result({ systems: reports });
      return reports.every((report) => report.reachable) ? exit.ok : exit.wrong;
    });
  },
};

/** A copy of one of the program's in the home, to change; without a name, which there are. */
function profile(context: Context): number {
  const { out, config, args } = context;
  const name = args[1];
  if (name === undefined && text(context, 'as') === undefined) {
    const profiles = shippedProfiles();
    const width = Math.max(...profiles.map((one) => one.id.length));
    for (const one of profiles) out.line(`  ${one.id.padEnd(width)}  ${one.product}`);
    out.result({ profiles });
    return exit.ok;
  }
  const file = copyProfile(
    config.home,
    argument(context, 1, { nl: 'het profiel', en: 'the profile' }),
    required(context, 'as'),
  );
  out.line(`  ${out.t({ nl: 'Gemaakt', en: 'Made' })}: ${file}`);
  out.line(
    `  ${out.t({ nl: 'Verander wat anders is, noem het in estate.yaml bij "profile", en draai gestand check.', en: 'Change what differs, name it under "profile" in estate.yaml, and run gestand check.' })}`,
  );
  out.result({ file });
  return exit.ok;
}
