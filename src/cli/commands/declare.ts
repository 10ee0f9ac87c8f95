import { createReadStream, existsSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import type { Declaration } from '../../promises/assurance/model.ts';
import { standing } from '../../promises/assurance/model.ts';
import { standings } from '../../promises/assurance/phrases.ts';
import { declarables } from '../../promises/assurance/declarable.ts';
import { declare as sign, listDeclarations, withdraw, type Attach } from '../../promises/assurance/service.ts';
import { Mistake } from '../../promises/world.ts';
import { argument, exit, required, text, withWorld, type Command, type Context } from '../command.ts';

export const declare: Command = {
  name: 'declare',
  summary: {
    nl: 'verklaart met naam en einddatum wat geen controle kan zien',
    en: 'declares, with a name and an end, what no check can see',
  },
  usage: 'gestand declare --control ID --by NAME --on DAY --until DAY --text TEXT | list | withdraw ID --by NAME',
  takes: { '': 1, withdraw: 2 },
  words: { known: ['list', 'withdraw'] },
  options: {
    control: {
      type: 'string',
      help: { nl: 'waarover: "declare list" noemt ze', en: 'about what: "declare list" names them' },
    },
    by: { type: 'string', help: { nl: 'wie', en: 'who' } },
    role: { type: 'string', help: { nl: 'in welke rol', en: 'in which role' } },
    on: { type: 'string', help: { nl: 'de dag waarop het is gezien', en: 'the day on which it was seen' } },
    until: { type: 'string', help: { nl: 'de laatste dag waarop het telt', en: 'the last day on which it counts' } },
    text: { type: 'string', help: { nl: 'wat is gezien, in eigen woorden', en: 'what was seen, in own words' } },
    'text-nl': { type: 'string', help: { nl: 'hetzelfde in het Nederlands', en: 'the same in Dutch' } },
    'text-en': { type: 'string', help: { nl: 'hetzelfde in het Engels', en: 'the same in English' } },
    attach: { type: 'string', help: { nl: 'een bestand erbij', en: 'a file that goes with it' } },
    reason: { type: 'string', help: { nl: 'waarom ingetrokken', en: 'why it is withdrawn' } },
  },
  examples: [
    'gestand declare --control premises-inspection --by "A. de Beer" --role engineer --on 2026-11-20 --until 2027-05-20 --text "Doors, locks and the list of keys were inspected." --attach report.pdf',
    'gestand declare list',
    'gestand declare withdraw d-0123456789 --by "A. de Beer" --reason "a key was lost"',
  ],
  run: (context) => {
    switch (context.args[0]) {
      case 'list':
        return show(context);
      case 'withdraw':
        return takeBack(context);
      default:
        return give(context);
    }
  },
};

const give = (context: Context): Promise<number> =>
  withWorld(context, async (world) => {
    const { out } = context;
    const words = text(context, 'text') ?? text(context, 'text-nl') ?? text(context, 'text-en') ?? '';
    const done = await sign(
      world,
      {
        control: required(context, 'control'),
        words: { nl: text(context, 'text-nl') ?? words, en: text(context, 'text-en') ?? words },
        by: required(context, 'by'),
        role: text(context, 'role') ?? null,
        on: required(context, 'on'),
        until: required(context, 'until'),
      },
      attached(text(context, 'attach')),
    );
    out.line(
      `  ${out.t({ nl: `Getekend: ${done.id} (${done.control}) telt tot en met ${done.until}.`, en: `Signed: ${done.id} (${done.control}) counts until ${done.until}.` })}`,
    );
    if (done.attachment) out.line(`  ${done.attachment.name}  SHA-256 ${done.attachment.sha256}`);
    out.result({ ...json(done), leaf: await world.leafOf(done.event) });
    return exit.ok;
  });

function attached(file: string | undefined): Attach | null {
  if (file === undefined) return null;
  if (!existsSync(file) || !statSync(file).isFile())
    throw new Mistake('no-such-file', { nl: `${file} is er niet.`, en: `${file} is not there.` });
  return { extension: extname(file), content: createReadStream(file) as AsyncIterable<Buffer> };
}

const show = (context: Context): Promise<number> =>
  withWorld(context, async (world) => {
    const { out } = context;
    const now = world.clock();
    const all = await listDeclarations(world);
    const known = [...declarables(world.policy)].toSorted(([a], [b]) => a.localeCompare(b));
    const rows = known.map(([control, { text: what, lasts }]) => {
      const one = all.find((word) => word.control === control && word.state === 'standing');
      const state = one ? standing(one, now, world.zone) : null;
      return { control, what, lasts, one, state };
    });
    out.table(
      [
        out.t({ nl: 'waarover', en: 'about' }),
        out.t({ nl: 'staat', en: 'state' }),
        out.t({ nl: 'gezien', en: 'seen' }),
        out.t({ nl: 'tot en met', en: 'until' }),
        out.t({ nl: 'door', en: 'by' }),
        '',
      ],
      rows.map(({ control, what, one, state }) => [
        control,
        state === null
          ? out.paint(out.t({ nl: 'niet verklaard', en: 'not declared' }), 'grey')
          : out.paint(out.t(standings[state]), state === 'in-force' ? 'green' : 'red'),
        one?.on ?? '',
        one?.until ?? '',
        one ? `${one.by}${one.role === null ? '' : `, ${one.role}`}` : '',
        one?.id ?? out.t(what),
      ]),
    );
    out.result({
      controls: rows.map(({ control, what, lasts, state }) => ({ control, text: out.t(what), lasts, state })),
      declarations: all.map((one) => ({ ...json(one), state: standing(one, now, world.zone) })),
    });
    return exit.ok;
  });

const takeBack = (context: Context): Promise<number> =>
  withWorld(context, async (world) => {
    const id = argument(context, 1, { nl: 'de verklaring', en: 'the declaration' });
    await withdraw(world, { name: required(context, 'by') }, id, text(context, 'reason') ?? '');
    context.out.line(`  ${context.out.t({ nl: 'Ingetrokken', en: 'Withdrawn' })}: ${id}`);
    context.out.result({ declaration: id, state: 'withdrawn' });
    return exit.ok;
  });

function json(one: Declaration): object {
  const { id, control, words, by, role, on, until, attachment } = one;
  return { declaration: id, control, text: words, by, role, on, until, attachment, signedAt: one.signedAt.toString() };
}
