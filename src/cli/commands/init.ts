import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isHome, makeHome, places, program } from '../../app/home.ts';
import { Refusal } from '../../promises/world.ts';
import { exit, type Command } from '../command.ts';

export const init: Command = {
  name: 'init',
  summary: { nl: 'maakt een home met een beleid om aan te passen', en: 'makes a home with a policy to adapt' },
  usage: 'gestand init',
  examples: ['GESTAND_HOME=/srv/gestand gestand init'],
  run: (context) => {
    const { config, out } = context;
    if (isHome(config.home))
      throw new Refusal('home-exists', {
        nl: `${config.home} heeft al een beleid; er is niets veranderd.`,
        en: `${config.home} has a policy already; nothing was changed.`,
      });
    makeHome(config.home);
    const at = places(config.home);
    copyFileSync(join(program, 'policies', 'it-provider', 'policy.yaml'), at.policy);
    if (!existsSync(at.estate)) writeFileSync(at.estate, firstEstate);
    out.line(`  ${out.t({ nl: 'Gemaakt', en: 'Made' })}: ${at.policy}`);
    out.line(`  ${out.t({ nl: 'Gemaakt', en: 'Made' })}: ${at.estate}`);
    out.line(
      `  ${out.t({ nl: 'Pas beide aan en kijk dan met: gestand check, en gestand lint voor wat de wet nog mist. Een voorbeeld van begin tot eind: docs/connect-a-freepbx.md', en: 'Adapt both, then look with: gestand check, and gestand lint for what the law still misses. An example from zero: docs/connect-a-freepbx.md' })}`,
    );
    out.result({ home: config.home, policy: at.policy, estate: at.estate });
    return Promise.resolve(exit.ok);
  },
};

const firstEstate = `# Which systems there are and how they are reached. Reference: docs/estate.md; an example from zero: docs/connect-a-freepbx.md;
# a whole estate, with databases whose secrets stand in the environment: policies/it-provider/estate.yaml of the program.
gestand: 1
systems:
  - id: recordings
    title: { nl: Opnames, en: Recordings }
    profile: asterisk-recordings
    role: controller
    location: { country: NL, place: Haps }
    sources:
      recordings: { connector: files, root: /var/spool/asterisk/monitor }
`;
