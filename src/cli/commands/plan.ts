import { applicable, goes } from '../../promises/retention/planned.ts';
import { makePlan, total } from '../../promises/retention/plan.ts';
import { dayWords } from '../../base/wording.ts';
import { keepsIn, reviewsIn } from '../../promises/retention/review.ts';
import { approvedRules } from '../../promises/retention/store.ts';
import { planJson } from '../../app/wire.ts';
import { exit, moment, withWorld, type Command } from '../command.ts';
import { showPlan } from '../show.ts';
import { number } from '../output.ts';

export const plan: Command = {
  name: 'plan',
  summary: {
    nl: 'toont wat aan de beurt is, wat vastgehouden wordt en wat geen regel bereikt',
    en: 'shows what is due, what is held, and what no rule reaches',
  },
  usage: 'gestand plan [--at DATE]',
  options: {
    at: {
      type: 'string',
      help: {
        nl: 'alsof het dan was (2026-12-31 of een volledig tijdstip)',
        en: 'as if it were then (2026-12-31, or a full time)',
      },
    },
  },
  examples: ['gestand plan', 'gestand plan --at 2027-01-01', 'gestand plan --json'],
  run: (context) =>
    withWorld(context, async (world) => {
      const made = await makePlan(world, moment(context, 'at') ?? world.clock());
      await world.flush();
      const { out } = context;
      showPlan(out, made);
      out.line();
      const due = number(total(made, 'due'), out.language);
      const one = total(made, 'due') === 1;
      const waiting = made.lines.some((line) => goes(line) && line.needs === 'person');
      const approved = await approvedRules(world.db, made.plan);
      out.line(
        `  ${out.t({ nl: `Plan ${made.plan}: ${due} ${one ? 'item' : 'items'} aan de beurt. Niets is aangeraakt.`, en: `Plan ${made.plan}: ${due} ${one ? 'item' : 'items'} due. Nothing was touched.` })}`,
      );
      if (applicable(made, world.clock()) === 'forecast')
        out.line(
          `  ${out.t({ nl: 'Dit plan kijkt vooruit en kan niet goedgekeurd of uitgevoerd worden. Maak een plan voor nu met: gestand plan', en: 'This plan looks ahead, and cannot be approved or carried out. Make a plan for now with: gestand plan' })}`,
        );
      else if (waiting)
        out.line(
          `  ${out.t({ nl: 'Keur het goed met', en: 'Approve it with' })}: gestand approve ${made.plan} --by ${out.t({ nl: 'NAAM', en: 'NAME' })}`,
        );
      else if (made.lines.some((line) => line.due > 0 && line.then !== 'review' && approved.has(line.rule)))
        out.line(`  ${out.t({ nl: 'Voer het uit met', en: 'Carry it out with' })}: gestand apply ${made.plan}`);
      for (const { rule, items } of reviewsIn(made))
        out.line(
          `  ${out.t({ nl: `Daarvan wachten er ${number(items, out.language)} op een besluit van een mens`, en: `Of these ${number(items, out.language)} wait for a person to decide` })}: gestand review ${made.plan} ${rule} --erase | --keep-until ${out.t({ nl: 'DATUM', en: 'DATE' })} --reason ${out.t({ nl: 'REDEN', en: 'REASON' })} --by ${out.t({ nl: 'NAAM', en: 'NAME' })}`,
        );
      const keeps = (await keepsIn(world, made)).map((keep) => [`${keep.plan} ${keep.rule}`, keep] as const);
      for (const [name, keep] of new Map(keeps))
        out.line(
          `  ${out.t({ nl: `Een besluit bewaart tot en met ${dayWords(keep.until).nl}; terugnemen kan met`, en: `A decision keeps some until ${dayWords(keep.until).en}; it is taken back with` })}: gestand review ${name} --withdraw`,
        );
      const unseen = [...new Set(made.findings.filter((one) => one.kind === 'unreachable').map((one) => one.system))];
      if (unseen.length > 0)
        out.line(
          `  ${out.paint(out.t({ nl: `Niet gekeken in: ${unseen.join(', ')}. Wat daar aan de beurt is, staat niet in dit plan.`, en: `Not looked into: ${unseen.join(', ')}. What is due there is not in this plan.` }), 'red')}`,
        );
      out.result(planJson(made));
      return unseen.length > 0 ? exit.wrong : exit.ok;
    }),
};
