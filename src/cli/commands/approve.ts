import { approvePlan } from '../../promises/retention/plan.ts';
import { argument, exit, required, text, withWorld, type Command } from '../command.ts';

export const approve: Command = {
  name: 'approve',
  summary: { nl: 'keurt een plan goed, of één regel ervan', en: 'approves a plan, or one rule of it' },
  usage: 'gestand approve PLAN --by NAME [--rule RULE]',
  options: {
    by: { type: 'string', help: { nl: 'wie beslist', en: 'who decides' } },
    rule: { type: 'string', help: { nl: 'alleen deze regel', en: 'only this rule' } },
  },
  examples: ['gestand approve p-0123456789 --by "A. de Beer"'],
  run: (context) =>
    withWorld(context, async (world) => {
      const plan = argument(context, 0, { nl: 'het plan', en: 'the plan' });
      const by = required(context, 'by');
      const rules = await approvePlan(world, { name: by }, plan, text(context, 'rule'));
      await world.flush();
      context.out.line(`  ${context.out.t({ nl: 'Goedgekeurd', en: 'Approved' })}: ${rules.join(', ')}`);
      context.out.line(
        `  ${context.out.t({ nl: 'Voer het uit met', en: 'Carry it out with' })}: gestand apply ${plan}`,
      );
      context.out.result({ plan, by, rules });
      return exit.ok;
    }),
};
