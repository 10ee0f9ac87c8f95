/** The statement about itself. */
import type { Text } from '../../../../base/language.ts';

export const about = {
  title: { nl: 'Over deze verklaring', en: 'About this statement' },
  version: (version: string, day: Text): Text => ({
    nl: `U leest versie ${version} van ${day.nl}.`,
    en: `You are reading version ${version} of ${day.en}.`,
  }),
  undated: (version: string): Text => ({ nl: `U leest versie ${version}.`, en: `You are reading version ${version}.` }),
  dated: (day: Text): Text => ({ nl: `Deze verklaring is van ${day.nl}.`, en: `This statement is of ${day.en}.` }),
  newest: { nl: 'De nieuwste versie staat op onze website.', en: 'The newest version is on our website.' },
  previous: {
    nl: 'Eerdere versies kunt u teruglezen.',
    en: 'You can read earlier versions.',
  },
  /** Art. 13(3), and WP260, 29-30: whom it matters to hears of it. */
  changes: {
    nl: 'Verandert er iets dat voor u belangrijk is? Dan laten wij u dat weten.',
    en: 'Does something change that matters to you? Then we let you know.',
  },
  askPrevious: {
    nl: 'Eerdere versies kunt u bij ons opvragen.',
    en: 'You can ask us for earlier versions.',
  },
  languages: {
    nl: 'Wij schrijven deze verklaring in het Nederlands en in het Engels. De inhoud is gelijk.',
    en: 'We write this statement in Dutch and in English. They say the same.',
  },
  one: {
    nl: { nl: 'Wij schrijven deze verklaring in het Nederlands.', en: 'We write this statement in Dutch.' },
    en: { nl: 'Wij schrijven deze verklaring in het Engels.', en: 'We write this statement in English.' },
  },
  ours: { nl: 'Dit is onze privacyverklaring.', en: 'This is our privacy statement.' },
  proofs: {
    nl: 'Bij een belofte ziet u of wij die nakomen, en waaruit dat blijkt.',
    en: 'Beside a promise you see whether we keep it, and what shows it.',
  },
};

export const document = {
  title: (name: string): Text => ({ nl: `Privacyverklaring van ${name}`, en: `Privacy statement of ${name}` }),
  short: { nl: 'In het kort', en: 'In short' },
  full: { nl: 'De hele verklaring', en: 'The whole statement' },
  also: { nl: 'Wat voor iedereen geldt', en: 'What applies to everyone' },
  groups: { nl: 'Wat geldt voor mij?', en: 'What applies to me?' },
  subtitle: (version: Text, day: Text): Text => ({
    nl: [version.nl, day.nl].filter((one) => one !== '').join(', '),
    en: [version.en, day.en].filter((one) => one !== '').join(', '),
  }),
  version: (version: string): Text => ({ nl: `Versie ${version}`, en: `Version ${version}` }),
};
