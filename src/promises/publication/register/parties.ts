/** Who is who in a register, line by line: for the sheet, the document and the columns of a CSV file. */
import type { Language, Text } from '../../../base/language.ts';
import { countryText, dayText } from '../../../policy/phrases.ts';
import { agreementText, type Line } from './lines.ts';
import type { Party, Register } from './model.ts';

export interface PartyRow {
  readonly role: Text;
  readonly name: Line | null;
  readonly contact: readonly Line[];
  readonly note: readonly Line[];
}

/** Art. 30(1)(a) and 30(2)(a). */
export function parties(register: Register, language: Language): PartyRow[] {
  const { organisation, representative, dpo, jointControllers, clients, role } = register;
  const keeper: Text =
    role === 'controller'
      ? { nl: 'Verwerkingsverantwoordelijke (deze organisatie)', en: 'Controller (this organisation)' }
      : { nl: 'Verwerker (deze organisatie)', en: 'Processor (this organisation)' };
  const notes: Line[] = [
    ...(organisation.registration === null
      ? []
      : [{ text: organisation.registration, from: `${organisation.from}.registration` }]),
    { text: countryText(organisation.country, language), from: `${organisation.from}.country` },
  ];
  return [
    row(keeper, organisation, notes),
    ...jointControllers.map((one) =>
      row(
        { nl: 'Gezamenlijk verwerkingsverantwoordelijke', en: 'Joint controller' },
        one,
        one.arrangement === null ? [] : [{ text: one.arrangement, from: `${one.from}.arrangement` }],
      ),
    ),
    ...(representative
      ? [row({ nl: 'Vertegenwoordiger in de EU', en: 'Representative in the EU' }, representative, [])]
      : []),
    ...(dpo ? [row(officer, dpo, officerNotes(dpo, language))] : []),
    ...clients.map((one) =>
      row({ nl: 'Verwerkingsverantwoordelijke (klant)', en: 'Controller (client)' }, one, [
        { text: one.processing[language], from: `${one.from}.processing` },
        ...(one.agreement ? [{ text: agreementText(one.agreement, language), from: one.agreement.from }] : []),
        ...(one.representative === null ? [] : [{ text: one.representative, from: `${one.from}.representative` }]),
        ...(one.dpo === null ? [] : [{ text: one.dpo, from: `${one.from}.dpo` }]),
      ]),
    ),
  ];
}

const officer: Text = {
  nl: 'Functionaris voor gegevensbescherming (FG)',
  en: 'Data protection officer (DPO)',
};

function officerNotes(dpo: NonNullable<Register['dpo']>, language: Language): Line[] {
  return dpo.registration === null
    ? []
    : [
        {
          text: `${dpo.registration.number}, ${dayText(dpo.registration.date, language)}`,
          from: `${dpo.from}.registration`,
        },
      ];
}

function row(role: Text, one: Party, note: readonly Line[]): PartyRow {
  const contact = (['post', 'email', 'phone'] as const).flatMap((key) => {
    const text = one[key];
    return text === null ? [] : [{ text, from: `${one.from}.${key}` }];
  });
  return { role, name: one.name === null ? null : { text: one.name, from: `${one.from}.name` }, contact, note };
}
