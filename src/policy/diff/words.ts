/** How values of the policy read in a sentence. */
import type { Language, Text } from '../../base/language.ts';
import { countryWords, dayWords, joined, same, termWords } from '../../base/wording.ts';
import { bases, informed, kindsOfData, mechanismText, provisions, recipientRoles, startsAtText } from '../phrases.ts';
import type { Policy, Recipient } from '../schema.ts';
import type { Item, Show } from './field.ts';

/** In the middle of a sentence. */
const basisWords = Object.fromEntries(
  Object.entries(bases).map(([id, { text }]) => [id, { nl: text.nl.toLowerCase(), en: text.en.toLowerCase() }]),
);

const words: Readonly<Record<string, Text>> = {
  ...kindsOfData,
  ...recipientRoles,
  ...informed,
  ...startsAtText,
  ...provisions,
  ...basisWords,
  subject: { nl: 'de persoon zelf', en: 'the person' },
  event: { nl: 'vanaf de gebeurtenis', en: 'from the event' },
  erase: { nl: 'wissen', en: 'erase' },
  anonymise: { nl: 'anoniem maken', en: 'make anonymous' },
  review: { nl: 'een mens kijkt ernaar', en: 'a person looks' },
  // Kinds of people
  customer: { nl: 'klant', en: 'customer' },
  supplier: { nl: 'leverancier', en: 'supplier' },
  applicant: { nl: 'sollicitant', en: 'applicant' },
  employee: { nl: 'medewerker', en: 'employee' },
  caller: { nl: 'beller', en: 'caller' },
  filmed: { nl: 'in beeld', en: 'on camera' },
  'website-visitor': { nl: 'websitebezoeker', en: 'website visitor' },
  member: { nl: 'lid', en: 'member' },
  patient: { nl: 'patiënt', en: 'patient' },
  parent: { nl: 'ouder', en: 'parent' },
  subscriber: { nl: 'abonnee', en: 'subscriber' },
  contact: { nl: 'wie belt of schrijft', en: 'who calls or writes' },
  'end-user': { nl: 'eindgebruiker', en: 'end user' },
  other: { nl: 'anders', en: 'other' },
  // Asking for an ID
  never: { nl: 'nooit', en: 'never' },
  'last-resort': { nl: 'alleen als het niet anders kan', en: 'only when nothing else will do' },
  always: { nl: 'altijd', en: 'always' },
  // Channels
  email: { nl: 'e-mail', en: 'e-mail' },
  phone: { nl: 'telefoon', en: 'telephone' },
  portal: { nl: 'de online omgeving', en: 'the online environment' },
  form: { nl: 'een formulier', en: 'a form' },
  // Officer
  'public-body': { nl: 'overheidsorgaan', en: 'public body' },
  'large-scale-monitoring': { nl: 'volgen op grote schaal', en: 'large-scale monitoring' },
  'large-scale-special-data': { nl: 'bijzondere gegevens op grote schaal', en: 'special data on a large scale' },
  voluntary: { nl: 'vrijwillig', en: 'voluntary' },
  // Cookies and languages
  necessary: { nl: 'noodzakelijk', en: 'necessary' },
  measurement: { nl: 'meten', en: 'measurement' },
  preference: { nl: 'voorkeur', en: 'preference' },
  session: { nl: 'tot de browser sluit', en: 'until the browser closes' },
  nl: { nl: 'Nederlands', en: 'Dutch' },
  en: { nl: 'Engels', en: 'English' },
};

/** What a person can no longer do when a right falls away. */
export const abilities: Readonly<Record<string, Text>> = {
  access: { nl: 'uw gegevens inzien', en: 'see your data' },
  rectification: { nl: 'uw gegevens laten verbeteren', en: 'have your data corrected' },
  erasure: { nl: 'uw gegevens laten wissen', en: 'have your data erased' },
  restriction: { nl: 'het gebruik van uw gegevens laten beperken', en: 'have the use of your data restricted' },
  portability: { nl: 'uw gegevens meenemen', en: 'take your data with you' },
  objection: { nl: 'bezwaar maken', en: 'object' },
  withdrawal: { nl: 'uw toestemming intrekken', en: 'withdraw your consent' },
  'human-review': { nl: 'een mens naar een besluit laten kijken', en: 'have a person look at a decision' },
};

const yes = { nl: 'ja', en: 'yes' };
const no = { nl: 'nee', en: 'no' };

/** The value by its own type: texts, yes and no, lists, and words as they are. */
export const plain: Show = (value, policy, language) => {
  if (Array.isArray(value)) return together(value, policy, language, plain);
  if (typeof value === 'boolean') return (value ? yes : no)[language];
  if (isText(value)) return `“${value[language]}”`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** A word of the language that has a meaning of its own. */
export const word: Show = (value, policy, language) => {
  if (Array.isArray(value)) return together(value, policy, language, word);
  return typeof value === 'string' ? (words[value]?.[language] ?? value) : plain(value, policy, language);
};

export const mechanism: Show = (value, _policy, language) =>
  mechanismText(value as NonNullable<NonNullable<Recipient['transfer']>['mechanism']>)[language];

export const term: Show = (value, policy, language) =>
  readable(() => termWords(String(value))[language]) ?? word(value, policy, language);

export const day: Show = (value, _policy, language) =>
  readable(() => dayWords(String(value))[language]) ?? String(value);

export const country: Show = (value, policy, language) => {
  if (Array.isArray(value)) return together(value, policy, language, country);
  if (value === 'EEA') return { nl: 'de EER', en: 'the EEA' }[language];
  return readable(() => countryWords(String(value))[language]) ?? String(value);
};

/** A difference is told whatever the value: what is no term, day or country is told as it stands. */
function readable(make: () => string): string | null {
  try {
    return make();
  } catch {
    return null;
  }
}

function together(values: readonly unknown[], policy: Policy, language: Language, show: Show): string {
  return joined(values.map((one) => same(show(one, policy, language))))[language];
}

type Section = 'subjects' | 'data' | 'purposes' | 'recipients' | 'clients';

/** An item of another section, by its own text instead of its id. */
export const named =
  (section: Section): Show =>
  (value, policy, language) => {
    if (Array.isArray(value)) return together(value, policy, language, named(section));
    const found = (policy[section] as readonly Item[]).find((one) => one['id'] === value);
    return found ? textOf(found, language) : String(value);
  };

/** What an item calls itself. */
export function textOf(item: Item, language: Language): string {
  if (isText(item['text'])) return item['text'][language];
  return String(item['name'] ?? item['id'] ?? '');
}

export function isText(value: unknown): value is Text {
  return (
    typeof value === 'object' &&
    value !== null &&
    'nl' in value &&
    'en' in value &&
    typeof value.nl === 'string' &&
    typeof value.en === 'string'
  );
}
