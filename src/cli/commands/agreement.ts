import type { Text } from '../../base/language.ts';
import { counted } from '../../base/wording.ts';
import { articleText, dayText } from '../../policy/phrases.ts';
import { draftAgreement } from '../../promises/suppliers/draft.ts';
import { agreementCounts } from '../../promises/suppliers/checks.ts';
import { checkAgreements, type AgreementChecked } from '../../promises/suppliers/model.ts';
import { agreementStates, clauseTexts } from '../../promises/suppliers/phrases.ts';
import { render } from '../../promises/publication/document/formats/index.ts';
import { exit, required, type Command, type Context } from '../command.ts';
import { dayOf, deliver, formatOf, policyFolder } from '../folder.ts';

export const agreement: Command = {
  name: 'agreement',
  summary: {
    nl: 'een concept-verwerkersovereenkomst voor een klant, en de controle van alle overeenkomsten (art. 28)',
    en: 'a draft processing agreement for a client, and the check of all agreements (Art. 28)',
  },
  usage: 'gestand agreement [POLICY_DIR] --client ID [--format docx|pdf|html|md] [--out FILE] | check [POLICY_DIR]',
  takes: { '': 1, check: 2 },
  words: { known: ['check'], others: true },
  options: {
    client: {
      type: 'string',
      help: { nl: 'de klant voor wie u verwerker bent', en: 'the client whose processor you are' },
    },
    format: { type: 'string', help: { nl: 'docx, pdf, html of md', en: 'docx, pdf, html or md' } },
    out: { type: 'string', help: { nl: 'het bestand', en: 'the file' } },
    at: { type: 'string', help: { nl: 'op deze dag', en: 'on this day' } },
  },
  examples: ['gestand agreement policies/it-provider --client bakery --out agreement.docx', 'gestand agreement check'],
  run: async (context) => {
    if (context.args[0] === 'check') return check(context);
    const { policy } = policyFolder(context, context.args[0]);
    const draft = draftAgreement(policy, required(context, 'client'), dayOf(context, policy), context.out.language);
    const format = formatOf(context, ['docx', 'pdf', 'html', 'md']);
    deliver(context, await render(draft.document, format), format === 'html' || format === 'md');
    return exit.ok;
  },
};

function check(context: Context): number {
  const { policy } = policyFolder(context, context.args[1]);
  const day = dayOf(context, policy);
  const found = checkAgreements(policy, day);
  for (const one of found) show(context, one);
  const { out } = context;
  const all = counted(
    found.length,
    { nl: 'overeenkomst', en: 'agreement' },
    { nl: 'overeenkomsten', en: 'agreements' },
  );
  const wrong = found.filter((one) => one.state !== 'in-force' || one.missing.length > 0).length;
  out.line(
    `  ${wrong === 0 ? out.paint('✔', 'green') : out.paint('✘', 'red')} ${out.t({
      nl: `${found.length - wrong} van ${all.nl} in orde.`,
      en: `${found.length - wrong} of ${all.en} in order.`,
    })}`,
  );
  out.result({ at: day, ...agreementCounts(policy, day), agreements: found });
  return wrong === 0 ? exit.ok : exit.wrong;
}

const sides = {
  processor: { nl: 'verwerker', en: 'processor' },
  'sub-processor': { nl: 'subverwerker', en: 'sub-processor' },
  client: { nl: 'klant', en: 'client' },
} as const;

function show(context: Context, one: AgreementChecked): void {
  const { out } = context;
  const good = one.state === 'in-force' && one.missing.length === 0;
  const day = (word: Text, on: string | null): string =>
    on === null ? '' : ` ${out.t(word)} ${dayText(on, out.language)}`;
  const from = day({ nl: 'vanaf', en: 'from' }, one.signed);
  const until = day({ nl: 'tot', en: 'until' }, one.until);
  const had = one.clauses.length - one.missing.length;
  const clauses = out.t({
    nl: `${had} van ${one.clauses.length} afspraken`,
    en: `${had} of ${one.clauses.length} clauses`,
  });
  const hours =
    one.breachHours === null
      ? out.t({ nl: 'geen uren voor datalekken', en: 'no hours for breaches' })
      : out.t({ nl: `datalek binnen ${one.breachHours} uur`, en: `breach within ${one.breachHours} hours` });
  out.line(
    `  ${good ? out.paint('✔', 'green') : out.paint('✘', 'red')} ${one.id} (${out.t(sides[one.with])}): ${out.t(agreementStates[one.state])}${from}${until}; ${clauses}; ${hours}`,
  );
  if (one.state === 'none') return;
  for (const clause of one.missing) {
    const { article, title, asks } = clauseTexts[clause];
    out.line(
      `    ${out.paint('–', 'red')} ${out.t(articleText(article))} ${out.t(title)}: ${out.paint(out.t(asks), 'grey')}`,
    );
  }
}
