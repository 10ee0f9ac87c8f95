/** Traffic data and shielded numbers. */

export const telecom = {
  title: { nl: 'Uw telefoon- en dataverkeer', en: 'Your telephone and data traffic' },
  provider: {
    nl: 'Wij zijn aanbieder van telefonie of internet. De Telecommunicatiewet zegt wat wij met verkeersgegevens mogen.',
    en: 'We are a provider of telephony or internet. The Telecommunications Act therefore says what we may do with traffic data.',
  },
  caption: { nl: 'Verkeersgegevens', en: 'Traffic data' },
  kind: { nl: 'Welke verkeersgegevens', en: 'Which traffic data' },
  purpose: { nl: 'Waarvoor', en: 'What for' },
  term: { nl: 'Hoe lang', en: 'How long' },
  consent: { nl: 'Toestemming', en: 'Consent' },
  only: { nl: 'Alleen als u ja zegt', en: 'Only if you say yes' },
};

export const shielded = {
  title: { nl: 'Uw nummer afschermen', en: 'Shielding your number' },
  free: {
    nl: 'U mag uw nummer gratis laten afschermen op rekeningen van anderen.',
    en: 'You may have your number shielded on the bills of others, free of charge.',
  },
  passed: {
    nl: 'Wij geven een afgeschermd nummer door aan andere aanbieders.',
    en: 'We pass a shielded number on to other providers.',
  },
  numberOnly: {
    nl: 'Andere aanbieders krijgen alleen het nummer, geen naam en geen adres.',
    en: 'Other providers get only the number, no name and no address.',
  },
};
