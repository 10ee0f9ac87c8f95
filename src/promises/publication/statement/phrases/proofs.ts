/** The proof beside a promise. */
import type { Text } from '../../../../base/language.ts';
import type { ProofState } from '../../document/model.ts';
import type { Proof, ProofKind } from '../model.ts';

export const proof = {
  about: (about: Text): Text => ({
    nl: `Komen wij deze belofte na: ${about.nl}?`,
    en: `Do we keep this promise: ${about.en}?`,
  }),
  this: { nl: 'Komen wij deze belofte na?', en: 'Do we keep this promise?' },
  since: (state: Text, day: Text): Text => ({ nl: `${state.nl} sinds ${day.nl}`, en: `${state.en} since ${day.en}` }),
  question: { nl: 'Vraag', en: 'Question' },
  answer: { nl: 'Antwoord', en: 'Answer' },
  state: { nl: 'Stand', en: 'State' },
  kind: { nl: 'Hoe weten wij dat?', en: 'How do we know?' },
  last: { nl: 'Wanneer bleek het voor het laatst?', en: 'When was it last shown?' },
  leaf: (moment: Text, leaf: number): Text => ({
    nl: `${moment.nl}, regel ${leaf} van ons bewijsboek`,
    en: `${moment.en}, line ${leaf} of our evidence log`,
  }),
  never: { nl: 'Nog niet', en: 'Not yet' },
  shows: { nl: 'Wat laat dit bewijs zien?', en: 'What does this proof show?' },
  doesNotShow: { nl: 'Wat laat het niet zien?', en: 'What does it not show?' },
  verify: { nl: 'Hoe controleert u het zelf?', en: 'How do you check it yourself?' },
};

export const states: Record<ProofState, Text> = {
  kept: { nl: 'nagekomen', en: 'kept' },
  declared: { nl: 'verklaard', en: 'declared' },
  'at-risk': { nl: 'in gevaar', en: 'at risk' },
  broken: { nl: 'niet nagekomen', en: 'broken' },
  'not-proven': { nl: 'niet bewezen', en: 'not proven' },
};

const kinds: Record<ProofKind, Text> = {
  measured: { nl: 'Gemeten in de systemen zelf.', en: 'Measured in the systems themselves.' },
  declared: { nl: 'Iemand heeft het verklaard. Het is niet gemeten.', en: 'Someone declared it. It was not measured.' },
  derived: { nl: 'Het volgt uit wat wij hebben vastgelegd.', en: 'It follows from what we laid down.' },
  none: { nl: 'Er is nog geen bewijs.', en: 'There is no proof yet.' },
};

const partials: Record<NonNullable<Proof['partial']>, Text> = {
  partly: {
    nl: 'Deels: van een deel is er bewijs, van de rest niet.',
    en: 'Partly: there is proof of a part, and not of the rest.',
  },
  lapsed: { nl: 'Er was bewijs, maar dat telt nu niet meer.', en: 'There was proof, but it no longer counts.' },
};

export const howKnown = ({ kind, partial }: Pick<Proof, 'kind' | 'partial'>): Text =>
  partial === undefined ? kinds[kind] : partials[partial];
