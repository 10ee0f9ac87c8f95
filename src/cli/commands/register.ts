import { completeness, type Completeness } from '../../promises/publication/register/completeness.ts';
import { controllerRegister, processorRegister, UnknownClient } from '../../promises/publication/register/derive.ts';
import { registerDocument } from '../../promises/publication/register/document.ts';
import type { Register } from '../../promises/publication/register/model.ts';
import { registerSheet, registerSheets } from '../../promises/publication/register/sheets.ts';
import { csv, render, xlsx } from '../../promises/publication/document/formats/index.ts';
import { registerJsonLd } from '../../promises/publication/dpv/index.ts';
import { Refusal } from '../../promises/world.ts';
import { exit, text, type Command, type Context } from '../command.ts';
import { choice, dayOf, deliver, policyFolder } from '../folder.ts';
import { registerImport } from './register-import.ts';

export const register: Command = {
  name: 'register',
  summary: {
    nl: 'het register van verwerkingen (art. 30), als verantwoordelijke of voor een klant',
    en: 'the record of processing (Art. 30), as controller or for a client',
  },
  usage:
    'gestand register [POLICY_DIR] [--role controller|processor] [--client ID] [--format html|pdf|xlsx|csv|jsonld] [--out FILE] | --completeness | import FILE.csv [--out FILE]',
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
    completeness: {
      type: 'boolean',
      help: { nl: 'wat er nog ontbreekt, per verwerking', en: 'what is missing, per activity' },
    },
  },
  examples: [
    'gestand register policies/it-provider --format xlsx --out register.xlsx',
    'gestand register --role processor --client bakery --format pdf --out bakery.pdf',
    'gestand register --completeness',
    'gestand register import register.csv --out policy-part.yaml',
  ],
  run: async (context) => {
    if (context.args[0] === 'import') return registerImport(context);
    const found = derive(context, context.args[0]);
    if (context.values['completeness'] === true) return showCompleteness(context, completeness(found));
    const { language } = context.out;
    switch (choice(context, 'format', ['html', 'pdf', 'xlsx', 'csv', 'jsonld'])) {
      case 'xlsx':
        deliver(context, await xlsx(registerSheets(found, language)), false);
        break;
      case 'csv':
        deliver(context, new TextEncoder().encode(csv(registerSheet(found, language))), true);
        break;
      case 'jsonld':
        deliver(context, new TextEncoder().encode(`${JSON.stringify(registerJsonLd(found), null, 2)}\n`), true);
        break;
      case 'pdf':
        deliver(context, await render(registerDocument(found, language), 'pdf'), false);
        break;
      case 'html':
        deliver(context, await render(registerDocument(found, language), 'html'), true);
    }
    return exit.ok;
  },
};

function derive(context: Context, named: string | undefined): Register {
  const { policy, book, estate } = policyFolder(context, named);
  const client = text(context, 'client');
  const role = choice(
    context,
    'role',
    client === undefined ? ['controller', 'processor'] : ['processor', 'controller'],
  );
  const options = { book, estate, day: dayOf(context) };
  if (role === 'controller') {
    if (client === undefined) return controllerRegister(policy, options);
    throw new Refusal('client-of-processor', {
      nl: 'Een klant hoort bij --role processor.',
      en: 'A client goes with --role processor.',
    });
  }
  try {
    return processorRegister(policy, client ?? null, options);
  } catch (cause) {
    throw cause instanceof UnknownClient ? unknownClient(client ?? '', cause.known) : cause;
  }
}

export function unknownClient(client: string, known: readonly string[]): Refusal {
  return new Refusal('unknown-client', {
    nl: `Er is geen klant "${client}" in het beleid; ${known.length === 0 ? 'er zijn er geen' : `er zijn ${known.join(', ')}`}.`,
    en: `There is no client "${client}" in the policy; ${known.length === 0 ? 'there are none' : `there are ${known.join(', ')}`}.`,
  });
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
        `  ${gap.lack === 'missing' ? out.paint('✘', 'red') : out.paint('!', 'yellow')} art. ${gap.article}: ${out.t(gap.text)} ${out.paint(gap.path, 'grey')}`,
      );
  }
  out.line(
    `  ${report.missing === 0 ? out.paint('✔', 'green') : out.paint('✘', 'red')} ${out.t({
      nl: `${report.complete} van ${report.activities} verwerkingen volledig; ${report.missing} ontbreekt, ${report.weak} zwak.`,
      en: `${report.complete} of ${report.activities} activities complete; ${report.missing} missing, ${report.weak} weak.`,
    })}`,
  );
  out.result(report);
  return report.missing === 0 ? exit.ok : exit.wrong;
}
