import { approvePlan, readPlan } from '../../promises/retention/plan.ts';
import { reviewsIn } from '../../promises/retention/review.ts';
import { alone, inNameOf } from '../operator.ts';
import { argument, exit, text, withWorld, type Command } from '../command.ts';

export const approve: Command = {
  name: 'approve',
  summary: { nl: 'keurt een plan goed, of één regel ervan', en: 'approves a plan, or one rule of it' },
  usage: 'gestand approve PLAN --by NAME [--rule RULE] [--alone REASON]',
  takes: 1,
  options: {
    by: { type: 'string', help: { nl: 'wie beslist', en: 'who decides' } },
    alone,
    rule: { type: 'string', help: { nl: 'alleen deze regel', en: 'only this rule' } },
  },
  examples: ['gestand approve p-0123456789 --by "A. de Beer"'],
  run: (context) =>
    withWorld(context, async (world) => {
      const plan = argument(context, 0, { nl: 'het plan', en: 'the plan' });
      const hand = { option: 'by', may: 'approve a plan', deed: 'approve-plan', subject: plan } as const;
      const who = await inNameOf(context, world, hand);
      const rules = await approvePlan(world, who, plan, text(context, 'rule'));
      await world.flush();
      context.out.line(`  ${context.out.t({ nl: 'Goedgekeurd', en: 'Approved' })}: ${rules.join(', ')}`);
      context.out.line(
        `  ${context.out.t({ nl: 'Voer het uit met', en: 'Carry it out with' })}: gestand apply ${plan}`,
      );
      for (const one of reviewsIn(await readPlan(world, plan)))
        context.out.line(
          `  ${context.out.t({ nl: 'Hierover beslist een mens apart', en: 'A person decides about this on its own' })}: gestand review ${plan} ${one.rule}`,
        );
      context.out.result({ plan, by: who.name, rules });
      return exit.ok;
    }),
};
