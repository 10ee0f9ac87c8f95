import { dayWords } from '../../base/wording.ts';
import { decideErase, decideKeep, toDecide, toWithdraw, withdrawKeep } from '../../promises/retention/review.ts';
import { alone, inNameOf } from '../operator.ts';
import { argument, exit, required, text, withWorld, wrongOption, type Command, type Context } from '../command.ts';
import { number } from '../output.ts';

export const review: Command = {
  name: 'review',
  summary: {
    nl: 'beslist over wat een regel aan een mens overlaat: verwijderen, of nog bewaren tot een dag',
    en: 'decides what a rule leaves to a person: erase it, or keep it until a day',
  },
  usage: 'gestand review PLAN RULE --erase | --keep-until DATE | --withdraw --reason TEXT --by NAME [--alone REASON]',
  takes: 2,
  options: {
    erase: {
      type: 'boolean',
      help: { nl: 'het gaat weg als dit plan wordt uitgevoerd', en: 'it goes when this plan is carried out' },
    },
    'keep-until': {
      type: 'string',
      help: {
        nl: 'het blijft tot en met deze dag, ten hoogste een jaar, en wordt dan opnieuw gevraagd',
        en: 'it stays through this day, at most a year ahead, and is then asked again',
      },
    },
    withdraw: {
      type: 'boolean',
      help: {
        nl: 'neemt een besluit om te bewaren terug: het volgende plan vraagt het opnieuw',
        en: 'takes a decision to keep back: the next plan asks again',
      },
    },
    reason: { type: 'string', help: { nl: 'waarom', en: 'why' } },
    by: { type: 'string', help: { nl: 'wie beslist', en: 'who decides' } },
    alone,
  },
  examples: [
    'gestand review p-0123456789 employees-two-years --erase --reason "No claim is pending" --by "A. de Beer"',
    'gestand review p-0123456789 employees-two-years --keep-until 2027-03-01 --reason "Pension is being worked out" --by "A. de Beer"',
    'gestand review p-0123456789 employees-two-years --withdraw --reason "Pension is settled" --by "A. de Beer"',
  ],
  run: (context) => {
    const erase = context.values['erase'] === true;
    const until = text(context, 'keep-until');
    const withdraw = context.values['withdraw'] === true;
    if ([erase, until !== undefined, withdraw].filter(Boolean).length !== 1)
      throw wrongOption({
        nl: `Kies één van de drie: --erase, --keep-until DATUM of --withdraw. Zo gaat het: ${review.usage}`,
        en: `Choose one of the three: --erase, --keep-until DATE or --withdraw. This is how: ${review.usage}`,
      });
    if (withdraw) return takeBack(context);
    return withWorld(context, async (world) => {
      const { out } = context;
      const plan = argument(context, 0, { nl: 'het plan', en: 'the plan' });
      const rule = argument(context, 1, { nl: 'de regel', en: 'the rule' });
      const reason = required(context, 'reason');
      // What cannot be decided is refused before the evidence would say that somebody decided it alone.
      await toDecide(world, plan, rule);
      // Keeping destroys nothing: one person may. Erasing is an approval, and takes two.
      const deed = until === undefined ? ('decide-review' as const) : null;
      const hand = { option: 'by', may: 'approve a plan', deed, subject: `${plan} ${rule}` } as const;
      const who = await inNameOf(context, world, hand);
      const done =
        until === undefined
          ? await decideErase(world, who, { plan, rule, reason })
          : await decideKeep(world, who, { plan, rule, until, reason });
      await world.flush();
      const items = number(done.items, out.language);
      if (done.until === null) {
        out.line(
          `  ${out.t({ nl: `Beslist: ${items} van ${rule} gaan weg als het plan wordt uitgevoerd. Er is nog niets verwijderd.`, en: `Decided: ${items} of ${rule} go when the plan is carried out. Nothing has been deleted yet.` })}`,
        );
        out.line(`  ${out.t({ nl: 'Voer het uit met', en: 'Carry it out with' })}: gestand apply ${plan}`);
      } else
        out.line(
          `  ${out.t({ nl: `Beslist: ${items} van ${rule} blijven tot en met ${dayWords(done.until).nl}. Daarna wordt het opnieuw gevraagd.`, en: `Decided: ${items} of ${rule} stay through ${dayWords(done.until).en}. After that it is asked again.` })}`,
        );
      out.result({ ...done, by: who.name });
      return exit.ok;
    });
  },
};

const takeBack = (context: Context): Promise<number> =>
  withWorld(context, async (world) => {
    const { out } = context;
    const plan = argument(context, 0, { nl: 'het plan', en: 'the plan' });
    const rule = argument(context, 1, { nl: 'de regel', en: 'the rule' });
    const reason = required(context, 'reason');
    await toWithdraw(world, plan, rule);
    const hand = { option: 'by', may: 'approve a plan', deed: null, subject: `${plan} ${rule}` } as const;
    const who = await inNameOf(context, world, hand);
    const { items } = await withdrawKeep(world, who, { plan, rule, reason });
    await world.flush();
    const n = number(items, out.language);
    out.line(
      `  ${out.t({ nl: `Teruggenomen: ${n} van ${rule} worden niet langer bewaard. Er is niets verwijderd: een nieuw plan vraagt het opnieuw.`, en: `Taken back: ${n} of ${rule} are kept no longer. Nothing was deleted: a new plan asks again.` })}`,
    );
    out.result({ plan, rule, decision: 'withdraw', items, by: who.name });
    return exit.ok;
  });
