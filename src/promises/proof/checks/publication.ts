/** P06: the statement is published as it was approved, and the website serves it. What was seen is among the facts. Pure. */
import { outcome, type Check, type Outcome } from './check.ts';

const notLooked: Outcome = outcome(
  'not-proven',
  0,
  'Naar de publicatie is niet gekeken.',
  'The publication was not looked at.',
);

export const published: Check = {
  id: 'published',
  kind: 'derived',
  title: { nl: 'Er is een verklaring gepubliceerd, uit dit beleid', en: 'A statement is published, from this policy' },
  run: ({ publication }) => publication?.published ?? notLooked,
};

export const served: Check = {
  id: 'served',
  kind: 'measured',
  title: { nl: 'De website toont de nieuwste versie', en: 'The website shows the newest version' },
  run: ({ publication }) => publication?.served ?? notLooked,
};
