import { counted } from '../../base/wording.ts';
import { matterKinds, type GivenScope } from '../../promises/holds/model.ts';
import { holdStates, incompleteTexts, matterNames, risks } from '../../promises/holds/phrases.ts';
import { listHolds, placeHold, releaseHold, reviewHold } from '../../promises/holds/service.ts';
import type { Achieved } from '../../promises/holds/store.ts';
import { readHolds } from '../../promises/holds/store.ts';
import type { Incomplete } from '../../promises/holds/whole.ts';
import { Mistake } from '../../promises/world.ts';
import {
  argument,
  exit,
  list,
  moment,
  oneOf,
  required,
  text,
  withWorld,
  type Command,
  type Context,
} from '../command.ts';
import { alone, inNameOf } from '../operator.ts';
import { day, number } from '../output.ts';

export const hold: Command = {
  name: 'hold',
  summary: {
    nl: 'bewaarplicht: instellen, tonen, herzien, opheffen met twee personen',
    en: 'holds: place, list, review, release by two people',
  },
  usage: 'gestand hold place|list|review|release [ID] [--alone REASON]',
  takes: { '': 1, review: 2, release: 2 },
  words: { known: ['place', 'list', 'review', 'release'], needed: true },
  options: {
    matter: { type: 'string', help: { nl: 'de zaak', en: 'the matter' } },
    kind: { type: 'string', help: { nl: matterKinds.join(' | '), en: matterKinds.join(' | ') } },
    reason: { type: 'string', help: { nl: 'waarom', en: 'why' } },
    basis: { type: 'string', help: { nl: 'wettelijke grondslag', en: 'legal basis' } },
    subject: {
      type: 'string',
      multiple: true,
      help: {
        nl: 'kenmerk van een persoon: phone=+31612345678, email=…',
        en: 'key of a person: phone=+31612345678, email=…',
      },
    },
    place: {
      type: 'string',
      multiple: true,
      help: { nl: 'camera, toestel of gebeld nummer', en: 'camera, extension or called number' },
    },
    items: { type: 'string', multiple: true, help: { nl: 'systeem/dataset=sleutel', en: 'system/dataset=key' } },
    dataset: {
      type: 'string',
      multiple: true,
      help: { nl: 'alleen in systeem/dataset', en: 'only in system/dataset' },
    },
    from: {
      type: 'string',
      help: { nl: 'voor een plaats: vanaf deze dag of dit tijdstip', en: 'for a place: from this day or time' },
    },
    to: {
      type: 'string',
      help: {
        nl: 'voor een plaats: tot en met deze dag, of tot dit tijdstip',
        en: 'for a place: until the end of this day, or until this time',
      },
    },
    'existing-only': { type: 'boolean', help: { nl: 'niet wat nog komt', en: 'not what is yet to come' } },
    'review-by': {
      type: 'string',
      help: { nl: 'eerder herzien dan het beleid vraagt', en: 'review sooner than the policy asks' },
    },
    by: { type: 'string', help: { nl: 'wie', en: 'who' } },
    alone,
  },
  examples: [
    'gestand hold place --matter 2026-17 --kind litigation --reason "dispute on an order" --basis "Art. 17(3)(e) GDPR" --subject phone=+31612345678 --by "A. de Beer"',
    'gestand hold place --matter theft --kind criminal --reason "theft" --basis "Art. 17(3)(e) GDPR" --place server-room --from 2026-11-01 --to 2026-11-02 --by "A. de Beer"',
    'gestand hold release h-0123456789 --reason "settled" --by "A. de Beer"',
  ],
  run: (context) => {
    switch (context.args[0]) {
      case 'place':
        return place(context);
      case 'review':
        return review(context);
      case 'release':
        return release(context);
      default:
        return show(context);
    }
  },
};

const place = (context: Context): Promise<number> =>
  withWorld(context, async (world) => {
    const kind = oneOf({ nl: '--kind', en: '--kind' }, required(context, 'kind'), matterKinds, 'hold-kind');
    const reviewBy = moment(context, 'review-by');
    const placed = await placeHold(
      world,
      { name: required(context, 'by') },
      {
        matter: required(context, 'matter'),
        kind,
        reason: required(context, 'reason'),
        legalBasis: required(context, 'basis'),
        scope: scopeOf(context),
        prospective: context.values['existing-only'] !== true,
        ...(reviewBy === null ? {} : { reviewBy }),
      },
    );
    const { out } = context;
    out.line(
      `  ${out.t({ nl: 'Bewaarplicht', en: 'Hold' })} ${placed.hold.id} (${out.t(holdStates[placed.hold.state])})  ${out.t({ nl: 'herzien vóór', en: 'review by' })} ${day(placed.hold.reviewDue.toString())}`,
    );
    showAchieved(context, placed.achieved);
    showIncomplete(context, placed.incomplete);
    const broken = counted(
      placed.interrupted,
      { nl: 'afgebroken batch', en: 'interrupted batch' },
      { nl: 'afgebroken batches', en: 'interrupted batches' },
    );
    if (placed.interrupted > 0)
      out.line(
        `  ${out.paint('!', 'yellow')} ${out.t({ nl: `${broken.nl}: wat daarmee ging kan al weg zijn.`, en: `${broken.en}: what went with it may already be gone.` })}`,
      );
    out.result({
      hold: placed.hold.id,
      state: placed.hold.state,
      reviewDue: placed.hold.reviewDue.toString(),
      achieved: placed.achieved,
      incomplete: placed.incomplete,
      interrupted: placed.interrupted,
    });
    return placed.hold.state === 'error' ? exit.wrong : exit.ok;
  });

function scopeOf(context: Context): GivenScope {
  const datasets = list(context, 'dataset');
  const pair = (given: string): [string, string] => {
    const at = given.indexOf('=');
    if (at < 1)
      throw new Mistake('hold-scope', {
        nl: `"${given.slice(0, 20)}" hoort soort=waarde te zijn.`,
        en: `"${given.slice(0, 20)}" should be kind=value.`,
      });
    return [given.slice(0, at), given.slice(at + 1)];
  };
  const kinds = ['phone', 'email', 'username', 'name', 'ip', 'mac', 'person-id'] as const;
  const subjects = list(context, 'subject').map((given) => {
    const [name, value] = pair(given);
    const kind = oneOf({ nl: 'Een kenmerk', en: 'A key' }, name, kinds, 'hold-scope');
    return { is: 'subject' as const, kind, value, datasets };
  });
  const places = list(context, 'place').map((value) => ({
    is: 'place' as const,
    place: value,
    datasets,
    from: text(context, 'from') ?? null,
    to: text(context, 'to') ?? null,
  }));
  const items = list(context, 'items').map((given) => {
    const [dataset, key] = pair(given);
    return { is: 'items' as const, dataset, keys: [key.split('|')] };
  });
  return [...subjects, ...places, ...items];
}

function showAchieved(context: Context, achieved: readonly Achieved[]): void {
  const { out } = context;
  const n = (value: number): string => number(value, out.language);
  const some = achieved.filter((one) => one.native + one.preserved + one.guarded > 0 || one.risk !== null);
  if (some.length === 0) {
    // A number with a slip in it looks like this.
    out.line(
      `  ${out.t({ nl: 'Van wat er nu staat valt hier niets onder.', en: 'Of what is there now nothing falls under it.' })}`,
    );
    return;
  }
  out.table(
    [
      out.t({ nl: 'waar', en: 'where' }),
      out.t({ nl: 'op slot in het systeem', en: 'locked by the host' }),
      out.t({ nl: 'gekopieerd', en: 'copied' }),
      out.t({ nl: 'alleen bewaakt', en: 'guard only' }),
      '',
    ],
    some.map((one) => [
      `${one.system}/${one.dataset}`,
      n(one.native),
      n(one.preserved),
      n(one.guarded),
      one.risk === null ? '' : out.paint(out.t(risks[one.risk] ?? { nl: one.risk, en: one.risk }), 'red'),
    ]),
    [1, 2, 3],
  );
}

function showIncomplete({ out }: Context, incomplete: readonly Incomplete[]): void {
  for (const text of incomplete.flatMap(incompleteTexts)) out.line(`  ${out.paint('!', 'yellow')} ${out.t(text)}`);
}

const show = (context: Context): Promise<number> =>
  withWorld(context, async (world) => {
    const holds = await listHolds(world);
    const { out } = context;
    if (holds.length === 0) out.line(`  ${out.t({ nl: 'Er zijn geen bewaarplichten.', en: 'There are no holds.' })}`);
    for (const { hold: one, achieved, incomplete } of holds) {
      const overdue = one.state !== 'released' && one.reviewDue.epochMilliseconds <= world.clock().epochMilliseconds;
      const late = overdue ? out.paint(` ${out.t({ nl: 'TE LAAT', en: 'OVERDUE' })}`, 'red') : '';
      const next =
        one.state === 'released'
          ? ''
          : one.graceUntil === null
            ? `  ${out.t({ nl: 'herzien vóór', en: 'review by' })} ${day(one.reviewDue.toString())}${late}`
            : `  ${out.t({ nl: 'alles blijft staan tot', en: 'everything stays until' })} ${day(one.graceUntil.toString())}`;
      out.line(`  ${one.id}  ${out.t(holdStates[one.state])}  ${one.matter} (${out.t(matterNames[one.kind])})${next}`);
      if (one.state === 'released') continue; // it keeps nothing any more
      showAchieved(context, achieved);
      showIncomplete(context, incomplete);
    }
    out.result({
      holds: holds.map(({ hold: one, achieved, incomplete }) => ({
        hold: one.id,
        matter: one.matter,
        kind: one.kind,
        state: one.state,
        prospective: one.prospective,
        placedAt: one.placedAt.toString(),
        reviewDue: one.reviewDue.toString(),
        graceUntil: one.graceUntil?.toString() ?? null,
        releaseAsked: one.releaseBy !== null,
        achieved,
        incomplete,
      })),
    });
    return exit.ok;
  });

const review = (context: Context): Promise<number> =>
  withWorld(context, async (world) => {
    const id = context.args[1] ?? argument(context, 1, { nl: 'de bewaarplicht', en: 'the hold' });
    const next = await reviewHold(world, { name: required(context, 'by') }, id);
    context.out.line(
      `  ${context.out.t({ nl: 'Herzien; opnieuw vóór', en: 'Reviewed; again by' })} ${day(next.toString())}`,
    );
    context.out.result({ hold: id, reviewDue: next.toString() });
    return exit.ok;
  });

const release = (context: Context): Promise<number> =>
  withWorld(context, async (world) => {
    const id = argument(context, 1, { nl: 'de bewaarplicht', en: 'the hold' });
    const [hold] = await readHolds(world.db, [id]);
    const who = await inNameOf(context, world, {
      option: 'by',
      may: 'release a hold',
      // The first only asks; another may grant it here or in the browser.
      deed: hold === undefined || hold.releaseBy === null ? null : 'release-hold',
      subject: id,
    });
    const done = await releaseHold(world, who, id, text(context, 'reason') ?? '');
    const { out } = context;
    if (done.state === 'asked')
      out.line(
        `  ${out.t({ nl: 'Gevraagd. Een tweede persoon keurt de opheffing goed met hetzelfde bevel.', en: 'Asked. A second person grants the release with the same command.' })}`,
      );
    else
      out.line(
        `  ${out.t({ nl: 'Goedgekeurd. Alles blijft staan tot', en: 'Granted. Everything stays until' })} ${day(done.graceUntil?.toString() ?? null)}.`,
      );
    out.result({ hold: id, state: done.state, graceUntil: done.graceUntil?.toString() ?? null });
    return exit.ok;
  });
