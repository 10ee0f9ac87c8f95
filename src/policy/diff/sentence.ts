/** One change as a sentence, in Dutch and in English. */
import type { Language as Tongue, Text } from '../../base/language.ts';
import type { Policy } from '../schema.ts';
import { plain } from './words.ts';
import type { Difference, Language } from './walk.ts';

const groups: Readonly<Record<keyof Policy, Text>> = {
  gestand: { nl: 'Het beleid', en: 'The policy' },
  publication: { nl: 'De verklaring', en: 'The statement' },
  organisation: { nl: 'Wie wij zijn', en: 'Who we are' },
  representative: { nl: 'Vertegenwoordiger in de EU', en: 'Representative in the EU' },
  jointControllers: { nl: 'Met wie wij samen beslissen', en: 'With whom we decide' },
  dpo: { nl: 'Functionaris gegevensbescherming', en: 'Data protection officer' },
  subjects: { nl: 'Van wie wij gegevens hebben', en: 'Whose data we have' },
  data: { nl: 'Welke gegevens', en: 'Which data' },
  purposes: { nl: 'Waarvoor', en: 'What for' },
  recipients: { nl: 'Wie de gegevens krijgt', en: 'Who receives the data' },
  clients: { nl: 'Voor wie wij verwerken', en: 'For whom we process' },
  retention: { nl: 'Hoe lang', en: 'How long' },
  terms: { nl: 'Hoe lang', en: 'How long' },
  holds: { nl: 'Lopende zaken', en: 'Pending cases' },
  locations: { nl: 'Waar de gegevens staan', en: 'Where the data is' },
  rights: { nl: 'Uw rechten', en: 'Your rights' },
  complaint: { nl: 'Klagen', en: 'Complaining' },
  measures: { nl: 'Hoe wij beveiligen', en: 'How we keep it safe' },
  claims: { nl: 'Wat wij verder beloven', en: 'What else we promise' },
  cookies: { nl: 'Cookies', en: 'Cookies' },
  telecom: { nl: 'Telefonie', en: 'Telephony' },
  disclosures: { nl: 'Aan wie gegevens door kunnen gaan', en: 'To whom data may pass on' },
  reasons: { nl: 'Redenen bij de toetser', en: 'Reasons for the linter' },
};

/** Heading under which the changes of a section stand. */
export function groupTitle(group: keyof Policy): Text {
  return groups[group];
}

/** What is said of a key when the table has no sentence of its own. */
const usual = {
  changed: { nl: '{where}{label}: {before} → {after}', en: '{where}{label}: {before} → {after}' },
  added: { nl: '{where}{label} is nu ingevuld: {after}', en: '{where}{label} is now filled in: {after}' },
  removed: { nl: '{where}{label} vervalt: {before}', en: '{where}{label} removed: {before}' },
};

export function sentence(
  one: Difference,
  from: Policy,
  to: Policy,
  tongue: Tongue,
  { fields, lists }: Language,
): string {
  const way = one.before === undefined ? 'added' : one.after === undefined ? 'removed' : 'changed';
  const path = one.within.map(
    (part) => lists[part.pattern]?.name(part.after ?? part.before, to, tongue).replace(/\.$/, '') ?? '',
  );
  const policy = one.after === undefined ? from : to;
  if (one.item) {
    const list = lists[one.pattern];
    const show = list?.full ?? list?.name ?? plain;
    const said = show(one.after ?? one.before, policy, tongue);
    return fill(way === 'added' ? list?.added[tongue] : list?.removed[tongue], { where: [...path, said].join(', ') });
  }
  const field = fields[one.pattern];
  const show = field?.show ?? plain;
  const own = field?.[way];
  const where = path.join(', ');
  const parts = {
    where: own || where === '' ? where : `${where}: `,
    label: field?.label[tongue] ?? one.path,
    before: one.before === undefined ? '' : show(one.before, from, tongue),
    after: one.after === undefined ? '' : show(one.after, to, tongue),
  };
  const text = fill((own ?? usual[way])[tongue], parts);
  return text.charAt(0).toLocaleUpperCase(tongue) + text.slice(1);
}

/** Values go in at once: what stands in a value is never taken for a place to fill. */
function fill(template: string | undefined, parts: Readonly<Record<string, string>>): string {
  return (template ?? '{where}').replace(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? '');
}
