import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isHome } from '../../app/home.ts';
import { openAccess } from '../../app/access.ts';
import { people } from '../../app/demo/people.ts';
import { invite, listAccounts } from '../../access/index.ts';
import { withWorld, type Command, type Context } from '../command.ts';
import { runDemo } from './demo.ts';
import { serveHome } from './serve.ts';

export const start: Command = {
  name: 'start',
  summary: {
    nl: 'zonder home eerst de demo; dan de console',
    en: 'the demo first when there is no home; then the console',
  },
  usage: 'gestand start',
  examples: ['npm start'],
  run: async (context) => {
    const { home } = context.config;
    if (!isHome(home)) await runDemo(context);
    // Also when the first run was broken off between the two.
    if (existsSync(join(home, 'demo'))) await welcomeBoth(context);
    return serveHome(context);
  },
};

/** Its two people may come in, each by a link that works once. */
async function welcomeBoth(context: Context): Promise<void> {
  const { out } = context;
  await withWorld(context, async (world) => {
    const access = openAccess(world, context.config);
    const accounts = await listAccounts(world.db);
    if (accounts.length > 0) {
      // The links stood in a terminal that may be gone; whoever has nobody in the console gets no further without one.
      if (accounts.every((one) => one.state === 'invited'))
        out.line(
          `  ${out.t({ nl: 'Er is nog niemand binnen geweest. Een nieuwe link, als de eerste kwijt is', en: 'Nobody has come in yet. A new link, when the first one is lost' })}: npx gestand people reset ${people.officer.email} --what everything`,
        );
      return;
    }
    out.line();
    out.line(
      `  ${out.t({ nl: 'Kijk nu rond in de console. Open een van deze links als een van de twee mensen van het bedrijf; elke link werkt één keer:', en: 'Now look around in the console. Open one of these links as one of the two people of the company; each works once:' })}`,
    );
    for (const one of Object.values(people)) {
      const { link } = await invite(access, null, one);
      out.line(`  ${one.name.padEnd(12)} ${out.paint(link, 'bold')}`);
    }
    out.line();
  });
}
