/** Calls that are recorded, and cameras. */
import type { Text } from '../../../../base/language.ts';

export const calls = {
  title: { nl: 'Als u met ons belt', en: 'When you call us or we call you' },
  may: { nl: 'Wij kunnen gesprekken met u opnemen.', en: 'We may record calls with you.' },
  for: (purpose: Text): Text => ({ nl: `Waarvoor: ${purpose.nl}.`, en: `What for: ${purpose.en}.` }),
  onHold: {
    nl: 'Staat u in de wacht, dan nemen wij niets op.',
    en: 'While you are on hold we record nothing.',
  },
};

export const cameras = {
  title: { nl: 'Als u in beeld komt', en: 'When you are on camera' },
  there: { nl: "Bij ons hangen camera's.", en: 'There are cameras at our premises.' },
  for: (purpose: Text): Text => ({ nl: `Die zijn er voor: ${purpose.nl}.`, en: `They are there for: ${purpose.en}.` }),
  noRoad: { nl: "De camera's filmen de openbare weg niet.", en: 'The cameras do not film the public road.' },
  road: {
    nl: "De camera's filmen ook een stuk openbare weg.",
    en: 'The cameras also film part of the public road.',
  },
  noneHidden: { nl: "Verborgen camera's gebruiken wij niet.", en: 'We do not use hidden cameras.' },
  hidden: {
    nl: 'Soms gebruiken wij een verborgen camera.',
    en: 'Sometimes we use a hidden camera.',
  },
};
