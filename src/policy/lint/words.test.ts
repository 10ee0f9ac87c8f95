import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { said } from './facts.ts';
import {
  absolute,
  byItself,
  circular,
  generic,
  heavy,
  inside,
  longerWithConsent,
  openEnded,
  periodic,
} from './words.ts';

const words = { absolute, byItself, circular, generic, heavy, inside, longerWithConsent, openEnded, periodic };
type List = keyof typeof words;
const found = (list: List, text: string): boolean => said({ nl: text, en: text }, words[list]) !== undefined;

/** What each list must find, and what it must leave alone. */
const cases: Readonly<Record<List, { readonly finds: readonly string[]; readonly leaves: readonly string[] }>> = {
  openEnded: {
    finds: [
      'Bijvoorbeeld facturen',
      'brieven, e-mail, enz.',
      'namen etc',
      'names etc.',
      'data such as names',
      'o.a. namen',
      'etcetera',
    ],
    leaves: ['Facturen sturen', 'Etching of glass', 'Voorbeelden van brood', 'Inclusive of tax'],
  },
  generic: {
    finds: [
      'Derden',
      'onze zorgvuldig geselecteerde partners',
      'Third parties that we trust',
      'Our suppliers',
      'derde partijen',
    ],
    leaves: [
      'Leveranciers bij wie wij voor u bestellen',
      'The parcel service',
      'Suppliers with whom we order',
      'De pakketdienst',
    ],
  },
  inside: {
    finds: ['nooit buiten de EER', 'not outside the EEA', 'does not leave the European Economic Area', 'binnen Europa'],
    leaves: ['op eigen servers in Nederland', 'outside our building', 'binnen een maand'],
  },
  circular: {
    finds: [
      'Zolang als nodig',
      'zo lang als noodzakelijk',
      'niet langer dan nodig',
      'as long as necessary',
      'no longer than is necessary',
      'Zolang iemand gezien wordt als prospect',
    ],
    leaves: [
      'Zolang u klant bent',
      'Twee jaar na het contract',
      'Until you end the shielding',
      'As long as the number is yours',
    ],
  },
  byItself: {
    finds: ['daarna automatisch verwijderd', 'deleted automatically', 'gaat vanzelf'],
    leaves: ['wij verwijderen ze', 'vanzelfsprekend', 'automation'],
  },
  longerWithConsent: {
    finds: ['4 weken, langer met toestemming', 'with consent we keep it longer'],
    leaves: ['met toestemming ten hoogste een jaar', 'Longer than a year. With consent we write'],
  },
  absolute: {
    finds: [
      'Wij voldoen strikt aan de wet',
      '100% veilig',
      'we strictly comply',
      'fully compliant',
      'gegarandeerd veilig',
      'we guarantee',
    ],
    leaves: [
      'strikt noodzakelijke cookies',
      'strictly necessary',
      'strikt vertrouwelijk',
      'een kopie op 100 meter',
      'restricted',
    ],
  },
  periodic: {
    finds: ['periodiek', 'wij kijken regelmatig', 'periodically', 'a regular test'],
    leaves: ['elk kwartaal', 'irregularities', 'regels'],
  },
  heavy: {
    finds: ['middels een brief', 'uit hoofde van de overeenkomst', 'pursuant to the law', 'ten behoeve van u'],
    leaves: ['inmiddels', 'met een brief', 'here in the house', 'where as a customer'],
  },
};

describe('the words the linter looks for', () => {
  for (const [list, { finds, leaves }] of Object.entries(cases) as [List, (typeof cases)[List]][])
    it(`of the list "${list}" are found, and others are left alone`, () => {
      assert.deepEqual(
        finds.filter((text) => !found(list, text)),
        [],
      );
      assert.deepEqual(
        leaves.filter((text) => found(list, text)),
        [],
      );
    });
  it('are told in the language in which they stand', () => {
    assert.deepEqual(said({ nl: 'Derden', en: 'Third parties' }, words.generic), { nl: 'Derden', en: 'Third parties' });
    assert.deepEqual(said({ nl: 'Derden', en: 'The parcel service' }, words.generic), { nl: 'Derden', en: 'Derden' });
  });
});
