/** Decisions that only a computer takes. */

export const automated = {
  title: { nl: 'Besluiten door een computer', en: 'Decisions by a computer' },
  none: {
    nl: 'Wij laten geen belangrijk besluit over u alleen aan een computer over.',
    en: 'We do not leave any important decision about you to a computer alone.',
  },
  question: { nl: 'Vraag', en: 'Question' },
  answer: { nl: 'Antwoord', en: 'Answer' },
  what: { nl: 'Wat beslist de computer?', en: 'What does the computer decide?' },
  effect: { nl: 'Heeft dat grote gevolgen voor u?', en: 'Does that affect you greatly?' },
  yes: { nl: 'Ja, dat kan.', en: 'Yes, it may.' },
  no: { nl: 'Nee.', en: 'No.' },
  allowed: { nl: 'Waarom mag dat?', en: 'Why is that allowed?' },
  logic: { nl: 'Hoe werkt het?', en: 'How does it work?' },
  significance: { nl: 'Wat betekent het voor u?', en: 'What does it mean for you?' },
  consequences: { nl: 'Wat kan het gevolg zijn?', en: 'What may come of it?' },
  review: { nl: 'Hoe krijgt u een mens erbij?', en: 'How do you get a person to look at it?' },
};

/** Art. 22(2) GDPR. */
export const allowedBy = {
  '22(2)(a)': {
    nl: 'Het is nodig voor het contract met u (artikel 22, lid 2, onder a, AVG).',
    en: 'The contract with you needs it (Article 22(2)(a) GDPR).',
  },
  '22(2)(b)': {
    nl: 'Een wet staat het toe (artikel 22, lid 2, onder b, AVG).',
    en: 'A law permits it (Article 22(2)(b) GDPR).',
  },
  '22(2)(c)': {
    nl: 'U hebt er uitdrukkelijk ja op gezegd (artikel 22, lid 2, onder c, AVG).',
    en: 'You expressly said yes to it (Article 22(2)(c) GDPR).',
  },
} as const;
