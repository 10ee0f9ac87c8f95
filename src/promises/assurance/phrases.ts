/** How the control mapping says what shows a control. */
import type { Text } from '../../base/language.ts';
import type { ControlState } from './controls.ts';

export const controlStates: Readonly<Record<ControlState, Text>> = {
  shown: { nl: 'gemeten', en: 'measured' },
  declared: { nl: 'verklaard', en: 'declared' },
  unmeasured: { nl: 'controle genoemd, hier niet gemeten', en: 'check named, not measured here' },
  claimed: { nl: 'beweerd, niets laat het zien', en: 'claimed, nothing shows it' },
  broken: { nl: 'bewijs klopt niet of is verlopen', en: 'evidence fails or ran out' },
  promised: { nl: 'beloofd, zonder eigen maatregel', en: 'promised, without a measure of its own' },
  open: { nl: 'geen maatregel', en: 'no measure' },
};

export const evidenceKinds = {
  check: { nl: 'controle', en: 'check' },
  declaration: { nl: 'verklaring', en: 'declaration' },
  document: { nl: 'document', en: 'document' },
} as const satisfies Readonly<Record<string, Text>>;
