/** Measures and claims. */

export const security = {
  title: { nl: 'Hoe wij uw gegevens beschermen', en: 'How we protect your data' },
  repeated: { nl: 'Wat wij steeds opnieuw doen', en: 'What we do again and again' },
  what: { nl: 'Wat wij doen', en: 'What we do' },
  often: { nl: 'Hoe vaak', en: 'How often' },
  last: { nl: 'Laatste keer', en: 'Last time' },
  next: { nl: 'Volgende keer uiterlijk', en: 'Next time at the latest' },
};

export const seal = {
  title: { nl: 'Onderzocht door een ander', en: 'Examined by another' },
  caption: { nl: 'Ons keurmerk', en: 'Our seal' },
  what: { nl: 'Vraag', en: 'Question' },
  answer: { nl: 'Antwoord', en: 'Answer' },
  issuer: { nl: 'Van wie is het?', en: 'Who gave it?' },
  scope: { nl: 'Waar gaat het over?', en: 'What does it cover?' },
  date: { nl: 'Sinds wanneer?', en: 'Since when?' },
  expires: { nl: 'Tot wanneer?', en: 'Until when?' },
  document: { nl: 'Waar is het bewijs?', en: 'Where is the proof?' },
  read: { nl: 'Bekijk het keurmerk', en: 'See the seal' },
};

export const others = { title: { nl: 'Wat wij verder beloven', en: 'What else we promise' } };
