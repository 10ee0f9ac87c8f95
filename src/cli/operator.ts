/**
 * The authority of the command line. Whoever has it has the machine, with the store, its keys and its files: no rule of ours
 * stops that person. What takes two people in the browser is therefore not forbidden here but made plain: where people have
 * accounts it is done alone only when asked for in so many words, in the name of somebody who may, with a reason; and before it
 * is done the evidence tells everyone that it was, and in its details who, and under which account of the machine.
 */
import { isOpen, listAccounts, ruleOf, type Permission } from '../access/index.ts';
import { samePerson } from '../base/person.ts';
import { openAccess } from '../app/access.ts';
import { operatorName } from '../app/config.ts';
import type { OpenWorld } from '../app/world.ts';
import { record } from '../ledger/index.ts';
import { Refusal } from '../promises/world.ts';
import { required, text, type Context } from './command.ts';

export const alone = {
  type: 'string',
  help: {
    nl: 'waarom dit hier alleen gebeurt, als mensen accounts hebben; staat in het bewijs',
    en: 'why this is done here alone, where people have accounts; stands in the evidence',
  },
} as const;

const refusals = {
  twoPeople: (site: string) =>
    new Refusal('two-people', {
      nl: `Mensen hebben hier accounts, en hiervoor zijn er twee nodig: ${site}. Wie de opdrachtregel heeft, heeft de machine en kan het alleen: --alone "REDEN". Dat staat dan voor iedereen in het bewijs.`,
      en: `People have accounts here, and this takes two of them: ${site}. Whoever has the command line has the machine and can do it alone: --alone "REASON". The evidence then shows everyone that it was.`,
    }),
  notTheirs: (name: string) =>
    new Refusal('not-by-this-person', {
      nl: `Niemand met een open account die dit mag heet "${name}". "gestand people list" toont wie er zijn.`,
      en: `Nobody with an open account who may do this is called "${name}". "gestand people list" shows who there is.`,
    }),
};

type Deed =
  | 'approve-plan'
  | 'decide-review'
  | 'release-hold'
  | 'approve-statement'
  | 'publish-statement'
  | 'override-finding';

export interface Hand {
  readonly option: 'by' | 'as';
  readonly may: Permission;
  /** Null: the first of two, who only asks. */
  readonly deed: Deed | null;
  readonly subject: string;
}

/** In whose name this is done. Without accounts there is nobody to ask, and the name that is given stands. */
export async function inNameOf(context: Context, world: OpenWorld, hand: Hand): Promise<{ readonly name: string }> {
  const name = required(context, hand.option);
  const open = (await listAccounts(world.db)).filter((one) => isOpen(one, world.clock()));
  if (open.length === 0) return { name };
  const known = open.find(
    (one) => samePerson(one.name, name) && one.roles.some((role) => ruleOf(hand.may).all.includes(role)),
  );
  if (known === undefined) throw refusals.notTheirs(name);
  if (hand.deed === null) return { name: known.name };
  const access = openAccess(world, context.config);
  const reason = text(context, 'alone')?.trim() ?? '';
  if (reason === '') throw refusals.twoPeople(access.settings.site);
  const { deed, subject } = hand;
  const operator = access.mark('operator', operatorName());
  await world.db.transaction().execute((tx) =>
    record(tx, {
      type: 'operator.alone',
      at: world.clock(),
      fields: { deed },
      details: { by: known.name, subject, reason, operator },
    }),
  );
  await world.flush();
  context.out.line(
    `  ${context.out.paint('!', 'yellow')} ${context.out.t({ nl: 'Alleen gedaan, op gezag van de opdrachtregel; het staat in het bewijs.', en: 'Done alone, on the authority of the command line; it stands in the evidence.' })}`,
  );
  return { name: known.name };
}
