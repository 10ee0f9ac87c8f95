/** Whose data there is, and what is done for clients. */

export const people = {
  title: { nl: 'Van wie wij gegevens hebben', en: 'Whose data we have' },
  lead: { nl: 'Wij hebben gegevens van deze mensen:', en: 'We have data of these people:' },
};

export const processor = {
  title: { nl: 'Als wij voor een klant werken', en: 'When we work for a client' },
  decides: {
    nl: 'Sommige gegevens bewaren wij voor een klant. Die klant beslist erover, niet wij.',
    en: 'Some data we keep for a client. The client decides about it; we do not.',
  },
  word: { nl: 'De wet noemt ons dan een verwerker.', en: 'The law then calls us a processor.' },
  instructed: {
    nl: 'Wij doen ermee wat de klant ons heeft opgedragen, en niets anders.',
    en: 'We do with it what the client told us to do, and nothing else.',
  },
  agreed: {
    nl: 'Onze afspraken met een klant staan in een overeenkomst, ook over de bescherming van de gegevens.',
    en: 'What we agree with a client is in an agreement, and so is how the data is protected.',
  },
  ask: {
    nl: 'Hebt u een vraag over die gegevens? Stel die dan aan onze klant. Komt uw vraag bij ons, dan geven wij die door.',
    en: 'Do you have a question about that data? Please ask our client. If you ask us, we pass your question on.',
  },
  caption: { nl: 'Wat wij voor klanten doen', en: 'What we do for clients' },
  what: { nl: 'Wat wij doen', en: 'What we do' },
  data: { nl: 'Met welke gegevens', en: 'With which data' },
  whose: { nl: 'Van wie', en: 'Whose data' },
  services: { nl: 'Dit spraken wij met klanten af:', en: 'This is what we agreed with clients:' },
};
