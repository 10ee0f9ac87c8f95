import { resolve } from 'node:path';
import { listAccounts } from '../../access/index.ts';
import { isHome, mayBeHome } from '../../app/home.ts';
import { jsonLog } from '../../app/world.ts';
import { Mistake } from '../../promises/world.ts';
import { exit, list, type Command, type Context } from '../command.ts';
import { untilStopped } from '../stop.ts';

export const serve: Command = {
  name: 'serve',
  summary: {
    nl: 'draait de dagelijkse ronde en de console',
    en: 'runs the daily round and the console',
  },
  usage: 'gestand serve [--also HOME …]',
  options: {
    also: {
      type: 'string',
      multiple: true,
      help: {
        nl: 'nog een home, onder de naam in zijn access.yaml',
        en: 'one more home, under the name in its access.yaml',
      },
    },
  },
  examples: ['gestand serve', 'GESTAND_PORT=8080 gestand serve', 'gestand serve --also /srv/other'],
  run: (context) => serveHome(context),
};

export async function serveHome(context: Context): Promise<number> {
  const { config, out } = context;
  const also = list(context, 'also').map((home) => resolve(home));
  const none = also.find((home) => !isHome(home));
  if (none !== undefined)
    throw new Mistake('no-home', {
      nl: `In ${none} is geen home: het zou stil worden overgeslagen. Maak er eerst een: gestand init --home ${none}`,
      en: `There is no home in ${none}: it would be left out in silence. Make one first: gestand init --home ${none}`,
    });
  // Else a page would ask for everything and then have nowhere to put it.
  if (!isHome(config.home)) mayBeHome(config.home);
  const homes = [config.home, ...also];
  // Here and not above: no other command needs the site and all its pages, and each would load them.
  const { openSite } = await import('../../app/site/open.ts');
  const site = await openSite(config, homes, jsonLog());
  const stopped = untilStopped();
  out.line(
    `  ${out.t({ nl: 'De console staat op', en: 'The console is at' })} ${out.paint(site.url, 'bold')}  ${out.t({ nl: '(Ctrl-C stopt)', en: '(Ctrl-C stops)' })}`,
  );
  if (site.firstLink !== null) {
    out.line();
    out.line(
      `  ${out.t({ nl: 'Er is hier nog niets. Begin met deze link; hij werkt één keer:', en: 'There is nothing here yet. Begin with this link; it works once:' })}`,
    );
    out.line(`  ${out.paint(site.firstLink, 'bold')}`);
  }
  for (const seat of site.seats())
    if ((await listAccounts(seat.access.db)).length === 0)
      out.line(
        `  ${out.t({ nl: 'Nog niemand kan zich aanmelden. Nodig de eerste uit met:', en: 'Nobody can sign in yet. Invite the first with:' })} gestand people invite --name "…" --email … --role privacy-officer --role engineer`,
      );
  out.result({ url: site.url, firstLink: site.firstLink });
  await stopped;
  await site.close();
  return exit.ok;
}
