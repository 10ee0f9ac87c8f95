/** The control mapping as a table of data, beside the register. */
import type { Language, Text } from '../../base/language.ts';
import type { Sheet } from '../publication/document/formats/index.ts';
import { dayText, evidenceText } from '../../policy/phrases.ts';
import type { ControlEvidence, ControlRow } from './controls.ts';
import { controlStates } from './phrases.ts';

export function controlSheet(rows: readonly ControlRow[], language: Language): Sheet {
  const columns: readonly (readonly [Text, number])[] = [
    [{ nl: 'Norm', en: 'Standard' }, 20],
    [{ nl: 'Nummer', en: 'Number' }, 10],
    [{ nl: 'Naam (© ISO, kort)', en: 'Short name (© ISO)' }, 46],
    [{ nl: 'Beloften', en: 'Promises' }, 44],
    [{ nl: 'Maatregelen', en: 'Measures' }, 60],
    [{ nl: 'Getoond door', en: 'Shown by' }, 40],
    [{ nl: 'Stand', en: 'State' }, 36],
  ];
  return {
    name: { nl: 'ISO 27001 en 27701', en: 'ISO 27001 and 27701' }[language],
    columns: columns.map(([title, width]) => ({ title: title[language], width })),
    fixed: 2,
    rows: rows.map((one) => [
      one.standard,
      one.id,
      one.title[language],
      one.promises.map(({ id, name }) => (name ? `${id} ${name[language]}` : id)).join('\n'),
      one.measures.map(({ text }) => text[language]).join('\n'),
      one.measures.flatMap((measure) => measure.evidence.map((shown) => endingText(shown, language))).join('\n'),
      controlStates[one.state][language],
    ]),
  };
}

/** What shows it, and the day on which a document ends. */
export function endingText(one: ControlEvidence, language: Language): string {
  const end = one.until === null ? '' : `, ${{ nl: 'tot', en: 'until' }[language]} ${dayText(one.until, language)}`;
  return `${evidenceText(one, language)}${end}`;
}
