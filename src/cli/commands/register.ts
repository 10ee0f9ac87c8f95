import { counted } from '../../base/wording.ts';
import { controlRows, unknownControls, type ControlRow } from '../../promises/assurance/controls.ts';
import { controlStates } from '../../promises/assurance/phrases.ts';
import { controlSheet, endingText } from '../../promises/assurance/sheet.ts';
import { holdsNow } from '../../promises/proof/living.ts';
import { controlName, promiseName } from '../../promises/proof/parts.ts';
import { completeness, type Completeness } from '../../promises/publication/register/completeness.ts';
import { controllerRegister, processorRegister, UnknownClient } from '../../promises/publication/register/derive.ts';
import { renderRegister } from '../../promises/publication/register/formats.ts';
import type { Register } from '../../promises/publication/register/model.ts';
import { registerSheets } from '../../promises/publication/register/sheets.ts';
import { csv, xlsx } from '../../promises/publication/document/formats/index.ts';
import { unknownClient } from '../../promises/suppliers/facts.ts';
import { articleText } from '../../policy/index.ts';
import { Mistake } from '../../promises/world.ts';
import { exit, text, withWorld, type Command, type Context } from '../command.ts';
import { choice, dayOf, deliver, formatOf, policyFolder } from '../folder.ts';
import { registerImport } from './register-import.ts';

export const register: Command = {
  name: 'register',
  summary: {
    nl: 'het register van verwerkingen (art. 30), als verantwoordelijke of voor een klant',
    en: 'the record of processing (Art. 30), as controller or for a client',
  },
  usage:
    'gestand register [POLICY_DIR] [--role controller|processor] [--client ID] [--format html|pdf|xlsx|csv|jsonld] [--out FILE] | --completeness | --controls | import FILE.csv [--out FILE]',
  takes: { '': 1, import: 2 },
  words: { known: ['import'], others: true },
  options: {
    role: {
      type: 'string',
      help: {
        nl: 'controller (eigen doelen) of processor (voor klanten)',
        en: 'controller (own purposes) or processor (for clients)',
      },
    },
    client: { type: 'string', help: { nl: 'alleen voor deze klant', en: 'for this client only' } },
    format: { type: 'string', help: { nl: 'html, pdf, xlsx, csv of jsonld', en: 'html, pdf, xlsx, csv or jsonld' } },
    out: { type: 'string', help: { nl: 'het bestand', en: 'the file' } },
    at: { type: 'string', help: { nl: 'recht en overeenkomsten op deze dag', en: 'law and agreements on this day' } },
    controls: {
      type: 'boolean',
      help: {
        nl: 'ISO 27001 en 27701: welke maatregel, en wat het laat zien',
        en: 'ISO 27001 and 27701: which measure, and what shows it',
      },
    },
    live: {
      type: 'boolean',
      help: {
        nl: 'bij --controls: wat nu geldt volgens de home',
        en: 'with --controls: what holds now, as the home sees it',
      },
    },
    completeness: {
      type: 'boolean',
      help: { nl: 'wat er nog ontbreekt, per verwerking', en: 'what is missing, per activity' },
    },
  },
  examples: [
    'gestand register policies/it-provider --out register.xlsx',
    'gestand register --role processor --client bakery --out bakery.pdf',
    'gestand register --completeness',
    'gestand register --controls --live',
    'gestand register --controls --out controls.xlsx',
    'gestand register import register.csv --out policy-part.yaml',
  ],
  run: async (context) => {
    if (context.args[0] === 'import') return registerImport(context);
    const opened = policyFolder(context, context.args[0]);
    const living = context.values['live'] === true ? await withWorld(context, holdsNow) : undefined;
    const controls = controlRows(opened.policy, opened.book.standards, {
      day: dayOf(context, opened.policy),
      nameOf: controlName,
      promiseName,
      ...(living ? { living } : {}),
    });
    if (context.values['controls'] === true) return await controlsAsked(context, controls, opened);
    const found = derive(context, opened);
    if (context.values['completeness'] === true) return showCompleteness(context, completeness(found));
    const { language } = context.out;
    const format = formatOf(context, ['html', 'pdf', 'xlsx', 'csv', 'jsonld']);
    // The workbook of the command has the controls beside the register.
    const bytes =
      format === 'xlsx'
        ? await xlsx([...registerSheets(found, language), controlSheet(controls, language)])
        : await renderRegister(found, format, language);
    deliver(context, bytes, format !== 'xlsx' && format !== 'pdf');
    return exit.ok;
  },
};

type Opened = ReturnType<typeof policyFolder>;

/** On the screen, or as a sheet in the file or the format that was asked for. */
async function controlsAsked(context: Context, rows: readonly ControlRow[], opened: Opened): Promise<number> {
  const asked = text(context, 'format') ?? text(context, 'out');
  if (asked === undefined) return showControls(context, rows, opened);
  const format = formatOf(context, ['xlsx', 'csv']);
  const sheet = controlSheet(rows, context.out.language);
  const bytes = format === 'xlsx' ? await xlsx([sheet]) : new TextEncoder().encode(csv(sheet));
  deliver(context, bytes, format === 'csv');
  return rows.some(({ state }) => state === 'broken') ? exit.wrong : exit.ok;
}

function derive(context: Context, { policy, book, estate }: Opened): Register {
  const client = text(context, 'client');
  const role = choice(
    context,
    'role',
    client === undefined ? ['controller', 'processor'] : ['processor', 'controller'],
  );
  const options = { book, estate, day: dayOf(context, policy), nameOf: controlName, promiseName };
  if (role === 'controller') {
    if (client === undefined) return controllerRegister(policy, options);
    throw new Mistake('client-of-processor', {
      nl: 'Een klant hoort bij --role processor.',
      en: 'A client goes with --role processor.',
    });
  }
  try {
    return processorRegister(policy, client ?? null, options);
  } catch (cause) {
    throw cause instanceof UnknownClient ? unknownClient(client ?? '', policy) : cause;
  }
}

function showCompleteness(context: Context, report: Completeness): number {
  const { out } = context;
  const groups = [...new Set(report.gaps.map((one) => one.activity))];
  for (const group of groups) {
    out.line(
      `  ${out.paint(group ?? out.t({ nl: 'het register als geheel', en: 'the register as a whole' }), 'bold')}`,
    );
    for (const gap of report.gaps.filter((one) => one.activity === group))
      out.line(
        `  ${gap.lack === 'missing' ? out.paint('✘', 'red') : out.paint('!', 'yellow')} art. ${out.t(articleText(gap.article))}: ${out.t(gap.text)} ${out.paint(gap.path, 'grey')}`,
      );
  }
  const all = counted(
    report.activities,
    { nl: 'verwerking', en: 'activity' },
    { nl: 'verwerkingen', en: 'activities' },
  );
  const mark =
    report.missing > 0 ? out.paint('✘', 'red') : report.weak > 0 ? out.paint('!', 'yellow') : out.paint('✔', 'green');
  out.line(
    `  ${mark} ${out.t({
      nl: `${report.complete} van ${all.nl} volledig; ${report.missing} ontbreekt, ${report.weak} zwak.`,
      en: `${report.complete} of ${all.en} complete; ${report.missing} missing, ${report.weak} weak.`,
    })}`,
  );
  out.result(report);
  return report.missing === 0 ? exit.ok : exit.wrong;
}

const colours = {
  shown: 'green',
  declared: 'yellow',
  unmeasured: 'yellow',
  undeclared: 'yellow',
  unproven: 'yellow',
  claimed: 'red',
  promised: 'grey',
  open: 'grey',
  broken: 'red',
} as const;

function showControls(context: Context, rows: readonly ControlRow[], { policy, book }: Opened): number {
  const { out } = context;
  out.table(
    [
      { nl: 'norm', en: 'standard' },
      { nl: 'nummer', en: 'number' },
      { nl: 'naam (© ISO)', en: 'name (© ISO)' },
      { nl: 'beloften', en: 'promises' },
      { nl: 'maatregel', en: 'measure' },
      { nl: 'getoond door', en: 'shown by' },
      { nl: 'stand', en: 'state' },
    ].map(out.t),
    rows.map((one) => [
      one.standard.replace('ISO/IEC ', ''),
      one.id,
      out.t(one.title),
      // "✔": shown to hold now; without "--live" nothing was looked up.
      one.promises.map(({ id, holds }) => (holds === null ? id : `${id} ${holds ? '✔' : '✘'}`)).join(', '),
      one.measures.map(({ id }) => id).join(', '),
      one.measures.flatMap(({ evidence }) => evidence.map((shown) => endingText(shown, out.language))).join(', '),
      out.paint(out.t(controlStates[one.state]), colours[one.state]),
    ]),
  );
  const unknown = unknownControls(policy, book.standards, dayOf(context, policy));
  for (const { control, from } of unknown)
    out.line(
      `  ${out.paint('!', 'yellow')} ${from}: ${out.t({ nl: `${control} staat niet in law/iso.yaml`, en: `${control} is not in law/iso.yaml` })}`,
    );
  out.result({ at: dayOf(context, policy), controls: rows, unknown });
  return rows.some(({ state }) => state === 'broken') || unknown.length > 0 ? exit.wrong : exit.ok;
}
