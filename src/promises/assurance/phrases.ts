/** Every text of assurance, Dutch and English side by side. */
import type { Text } from '../../base/language.ts';
import { Mistake, Refusal } from '../world.ts';
import type { ControlState } from './controls.ts';
import type { Standing, Unfit } from './model.ts';

export const standings: Record<Standing, Text> = {
  'in-force': { nl: 'geldt', en: 'in force' },
  expired: { nl: 'verlopen', en: 'expired' },
  superseded: { nl: 'vervangen', en: 'superseded' },
  withdrawn: { nl: 'ingetrokken', en: 'withdrawn' },
  changed: { nl: 'veranderd na ondertekening', en: 'changed after it was signed' },
};

const unfitText = (why: Unfit): Text => {
  switch (why.is) {
    case 'no-day':
      return {
        nl: `"${why.given.slice(0, 20)}" is geen dag zoals 2026-11-24.`,
        en: `"${why.given.slice(0, 20)}" is not a day such as 2026-11-24.`,
      };
    case 'in-the-future':
      return {
        nl: 'De dag waarop het is gezien ligt in de toekomst.',
        en: 'The day on which it was seen lies in the future.',
      };
    case 'ends-before':
      return {
        nl: 'De laatste dag moet na de dag liggen waarop het is gezien.',
        en: 'The last day must come after the day on which it was seen.',
      };
    case 'over':
      return {
        nl: 'De laatste dag is al voorbij: deze verklaring zou niets tonen.',
        en: 'The last day is past: it would show nothing.',
      };
    case 'too-long':
      return {
        nl: `Zo lang telt een woord niet: op zijn laatst tot ${why.latest}.`,
        en: `A word does not last that long: until ${why.latest} at the latest.`,
      };
  }
};

export const refusals = {
  unknownControl: (id: string, known: readonly string[]) =>
    new Mistake('control-unknown', {
      nl: `Over "${id.slice(0, 40)}" valt niets te verklaren. Wel over: ${known.join(', ')}.`,
      en: `Nothing can be declared about "${id.slice(0, 40)}". It can about: ${known.join(', ')}.`,
    }),
  unfit: (why: Unfit) => new Mistake(`declaration-${why.is}`, unfitText(why)),
  noName: () =>
    new Mistake('name-needed', {
      nl: 'Een verklaring heeft een naam nodig.',
      en: 'A declaration needs a name.',
    }),
  noWords: () =>
    new Mistake('words-needed', {
      nl: 'Zeg in eigen woorden wat u zag.',
      en: 'Say in your own words what you saw.',
    }),
  unknown: (id: string) =>
    new Refusal('declaration-unknown', {
      nl: `Er is geen geldende verklaring "${id.slice(0, 40)}".`,
      en: `There is no declaration "${id.slice(0, 40)}" in force.`,
    }),
};

/** How the control mapping says what shows a control. */
export const controlStates: Readonly<Record<ControlState, Text>> = {
  shown: { nl: 'gemeten', en: 'measured' },
  declared: { nl: 'verklaard', en: 'declared' },
  unmeasured: { nl: 'controle genoemd, hier niet gemeten', en: 'check named, not measured here' },
  undeclared: { nl: 'verklaring genoemd, hier niet nagegaan', en: 'declaration named, not looked up here' },
  unproven: { nl: 'genoemd, nu niet bewezen', en: 'named, not proven now' },
  claimed: { nl: 'beweerd, niets laat het zien', en: 'claimed, nothing shows it' },
  broken: { nl: 'klopt niet, of is verlopen', en: 'does not hold, or ran out' },
  promised: { nl: 'beloofd, zonder eigen maatregel', en: 'promised, without a measure of its own' },
  open: { nl: 'geen maatregel', en: 'no measure' },
};
