import { startServer } from '../../app/server.ts';
import { jsonLog, openWorld } from '../../app/world.ts';
import { startWorker } from '../../app/worker.ts';
import { exit, type Command, type Context } from '../command.ts';
import { untilStopped } from '../stop.ts';

export const serve: Command = {
  name: 'serve',
  summary: {
    nl: 'draait de dagelijkse ronde en toont het bord op een pagina',
    en: 'runs the daily round and shows the board on a page',
  },
  usage: 'gestand serve',
  examples: ['gestand serve', 'GESTAND_PORT=8080 gestand serve'],
  run: (context) => serveHome(context),
};

export async function serveHome(context: Context): Promise<number> {
  const { config, out } = context;
  const world = await openWorld({ config, log: jsonLog() });
  const worker = await startWorker(world, { schedule: true });
  const server = await startServer(world, config.port);
  const stopped = untilStopped();
  out.line(
    `  ${out.t({ nl: 'Bekijk het bord op', en: 'See the board at' })} ${out.paint(server.url, 'bold')}  ${out.t({ nl: '(Ctrl-C stopt)', en: '(Ctrl-C stops)' })}`,
  );
  out.result({ url: server.url });
  await stopped;
  await server.close();
  await worker.stop();
  await world.close();
  return exit.ok;
}
