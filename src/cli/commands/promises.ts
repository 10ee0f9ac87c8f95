import { judgeAll, measure } from '../../promises/proof/service.ts';
import { exit, withWorld, type Command } from '../command.ts';
import { boardJson, showBoard } from '../show.ts';

export const promises: Command = {
  name: 'promises',
  summary: {
    nl: 'het bord: welke belofte wordt nagekomen, sinds wanneer, waaruit dat blijkt',
    en: 'the board: which promise is kept, since when, shown by what',
  },
  usage: 'gestand promises [--measure]',
  options: { measure: { type: 'boolean', help: { nl: 'eerst opnieuw meten', en: 'measure again first' } } },
  examples: ['gestand promises', 'gestand promises --measure --json'],
  run: (context) =>
    withWorld(context, async (world) => {
      if (context.values['measure'] === true) await measure(world);
      const reports = await judgeAll(world);
      await world.flush();
      showBoard(context.out, reports);
      context.out.result(boardJson(world.clock().toString(), reports, context.out));
      return reports.every((report) => report.state === 'kept') ? exit.ok : exit.wrong;
    }),
};
