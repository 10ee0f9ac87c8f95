import { jsonLog } from '../../app/world.ts';
import { openWorld } from '../../app/world.ts';
import { startWorker } from '../../app/worker.ts';
import { untilStopped } from '../stop.ts';
import { exit, systemsNamed, text, type Command } from '../command.ts';

export const worker: Command = {
  name: 'worker',
  summary: {
    nl: 'voert alleen taken uit, hier of op een andere machine',
    en: 'runs jobs only, here or on another machine',
  },
  usage: 'gestand worker [--systems a,b]',
  options: {
    systems: {
      type: 'string',
      help: {
        nl: 'alleen voor deze systemen, gescheiden door komma’s',
        en: 'only for these systems, separated by commas',
      },
    },
  },
  examples: ['GESTAND_DATABASE_URL=postgres://… gestand worker --systems exchange'],
  run: async (context) => {
    const log = jsonLog();
    const world = await openWorld({ config: context.config, log });
    try {
      const asked = text(context, 'systems')?.split(',') ?? [];
      const systems = systemsNamed(
        world,
        asked.map((one) => one.trim()),
      );
      const running = await startWorker(world, { schedule: false, systems });
      const stopped = untilStopped(); // before anyone is told that it runs, and may stop it
      log('worker.started', { systems: systems.length });
      await stopped;
      await running.stop();
    } finally {
      await world.close();
    }
    return exit.ok;
  },
};
