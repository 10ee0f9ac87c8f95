/** Who is responsible, and how one reaches them. */
import type { Text } from '../../../../base/language.ts';

export const who = {
  title: { nl: 'Wie wij zijn', en: 'Who we are' },
  decides: (name: string): Text => ({
    nl: `${name} beslist waarom en hoe uw gegevens worden gebruikt.`,
    en: `${name} decides why and how your data is used.`,
  }),
  controller: {
    nl: 'De wet noemt dat de verwerkingsverantwoordelijke.',
    en: 'The law calls this the controller.',
  },
  does: (activity: Text): Text => ({ nl: `Wat wij doen: ${activity.nl}.`, en: `What we do: ${activity.en}.` }),
  publicBody: { nl: 'Wij zijn een overheidsorganisatie.', en: 'We are a public body.' },
  noChildren: {
    nl: 'Onze diensten zijn niet bedoeld voor kinderen onder de 16 jaar.',
    en: 'Our services are not meant for children under 16.',
  },
  children: {
    nl: 'Onze diensten zijn ook bedoeld voor kinderen onder de 16 jaar.',
    en: 'Our services are also meant for children under 16.',
  },
};

export const contact = {
  caption: (name: string): Text => ({ nl: `Zo bereikt u ${name}`, en: `How to reach ${name}` }),
  way: { nl: 'Hoe', en: 'How' },
  where: { nl: 'Waar', en: 'Where' },
  email: { nl: 'E-mail', en: 'E-mail' },
  post: { nl: 'Post', en: 'Post' },
  phone: { nl: 'Telefoon', en: 'Telephone' },
  website: { nl: 'Website', en: 'Website' },
  registration: { nl: 'Handelsregister', en: 'Trade register' },
};

export const representative = {
  title: { nl: 'Onze vertegenwoordiger', en: 'Our representative' },
  is: (name: string): Text => ({
    nl: `In de Europese Unie kunt u ook terecht bij onze vertegenwoordiger: ${name}.`,
    en: `In the European Union you can also turn to our representative: ${name}.`,
  }),
};

export const joint = {
  title: { nl: 'Met wie wij samen beslissen', en: 'With whom we decide together' },
  with: (name: string): Text => ({
    nl: `Over een deel van het gebruik beslissen wij samen met ${name}.`,
    en: `We decide on part of the use together with ${name}.`,
  }),
  either: {
    nl: 'U mag zelf kiezen bij wie van ons u uw rechten gebruikt.',
    en: 'You may choose with which of us you use your rights.',
  },
  read: (name: string): Text => ({
    nl: `Lees wat wij met ${name} hebben afgesproken.`,
    en: `Read what we agreed with ${name}.`,
  }),
  ask: (name: string): Text => ({
    nl: `Vraag ons gerust wat wij met ${name} hebben afgesproken.`,
    en: `Feel free to ask us what we agreed with ${name}.`,
  }),
};

export const dpo = {
  title: { nl: 'Onze functionaris gegevensbescherming', en: 'Our data protection officer' },
  called: (name: string): Text => ({
    nl: `Onze functionaris is ${name}.`,
    en: `Our officer is ${name}.`,
  }),
  caption: { nl: 'Zo bereikt u de functionaris', en: 'How to reach the officer' },
  does: {
    nl: 'Deze functionaris let erop dat wij ons aan de privacywet houden.',
    en: 'This officer checks that we keep to privacy law.',
  },
  external: {
    nl: 'De functionaris komt van buiten ons bedrijf.',
    en: 'The officer comes from outside our company.',
  },
  registered: (number: string, day: Text): Text => ({
    nl: `De toezichthouder kent de functionaris sinds ${day.nl}, onder nummer ${number}.`,
    en: `The supervisory authority has known the officer since ${day.en}, under number ${number}.`,
  }),
  grounds: {
    'public-body': {
      nl: 'Een overheidsorganisatie moet zo iemand hebben.',
      en: 'A public body must have such an officer.',
    },
    'large-scale-monitoring': {
      nl: 'De wet vraagt dit, omdat wij veel mensen geregeld volgen.',
      en: 'The law demands this, because we follow many people regularly.',
    },
    'large-scale-special-data': {
      nl: 'De wet vraagt dit, omdat wij veel gevoelige gegevens hebben.',
      en: 'The law demands this, because we have much sensitive data.',
    },
    voluntary: {
      nl: 'De wet verplicht ons niet tot een functionaris; wij kiezen daar zelf voor.',
      en: 'The law does not oblige us to have an officer; we chose to have one.',
    },
    other: null,
  },
};
