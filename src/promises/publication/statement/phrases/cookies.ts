/** What the website puts on a device. */
import type { Text } from '../../../../base/language.ts';

export const cookies = {
  title: { nl: 'Cookies op onze website', en: 'Cookies on our website' },
  none: { nl: 'Onze website plaatst geen cookies.', en: 'Our website places no cookies.' },
  are: {
    nl: 'Een cookie is een klein bestand dat een website op uw apparaat zet.',
    en: 'A cookie is a small file that a website puts on your device.',
  },
  read: { nl: 'Lees onze cookieverklaring.', en: 'Read our cookie statement.' },
  ask: {
    nl: 'Wij sturen u onze cookieverklaring als u erom vraagt.',
    en: 'We send you our cookie statement if you ask for it.',
  },
  caption: { nl: 'Alle cookies', en: 'All cookies' },
  cookie: { nl: 'Cookie', en: 'Cookie' },
  what: { nl: 'Wat hij doet', en: 'What it does' },
  kind: { nl: 'Soort', en: 'Kind' },
  lasts: { nl: 'Hoe lang', en: 'How long' },
  consent: { nl: 'Vragen wij het eerst?', en: 'Do we ask first?' },
  session: { nl: 'Tot u de browser sluit', en: 'Until you close the browser' },
  asked: { nl: 'Ja', en: 'Yes' },
  notAsked: { nl: 'Nee', en: 'No' },
  by: (who: string): Text => ({ nl: `${who} leest hem ook.`, en: `${who} reads it too.` }),
};

export const cookieKinds = {
  necessary: { nl: 'Nodig', en: 'Necessary' },
  measurement: { nl: 'Meten', en: 'Measuring' },
  preference: { nl: 'Voorkeur', en: 'Preference' },
  marketing: { nl: 'Reclame', en: 'Advertising' },
} as const;
