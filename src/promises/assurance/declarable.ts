/** What a person can declare, in which words it is shown, and how long such a word lasts at most. Pure. */
import type { Text } from '../../base/language.ts';
import type { Policy } from '../../policy/index.ts';

export interface Declarable {
  /** What is declared, as a sentence. */
  readonly text: Text;
  /** ISO 8601: a word older than this proves nothing about today. */
  readonly lasts: string;
}

const known: Readonly<Record<string, Declarable>> = {
  'anonymisation-test': {
    lasts: 'P1Y',
    text: {
      nl: 'De cijfers over het gebruik zijn getoetst: ze wijzen naar niemand meer.',
      en: 'The figures on use were tested: they no longer point to anyone.',
    },
  },
  'authority-disclosures': {
    lasts: 'P1Y',
    text: {
      nl: 'Wat autoriteiten vroegen en kregen is nagelopen, met de wettelijke grond erbij.',
      en: 'What authorities asked and got was gone through, with its ground in law.',
    },
  },
  'cookie-scan': {
    lasts: 'P6M',
    text: {
      nl: 'De website is nagekeken: zij plaatst alleen de cookies die het beleid noemt.',
      en: 'The website was looked at: it places only the cookies that the policy lists.',
    },
  },
  'ownership-change': {
    lasts: 'P1Y',
    text: {
      nl: 'Het bedrijf ging niet over, of de mensen hoorden het vooraf.',
      en: 'The business did not pass to another, or the people were told beforehand.',
    },
  },
  'outside-audit': {
    lasts: 'P3Y',
    text: {
      nl: 'Een onafhankelijke partij onderzocht werkwijze, beleid en techniek.',
      en: 'An independent party examined processes, policy and technique.',
    },
  },
  'personnel-access': {
    lasts: 'P1Y',
    text: {
      nl: 'Wie bij personeelsgegevens kan is nagelopen.',
      en: 'Who can reach employee records was gone through.',
    },
  },
  'premises-inspection': {
    lasts: 'P1Y',
    text: {
      nl: 'De beveiliging van het pand en de servers is bekeken.',
      en: 'The protection of the premises and the servers was inspected.',
    },
  },
  'recording-use': {
    lasts: 'P3M',
    text: {
      nl: 'Wie opnames terugluisterde, en waarvoor, is nagelopen.',
      en: 'Who listened to recordings, and for what, was gone through.',
    },
  },
  'restore-test': {
    lasts: 'P6M',
    text: {
      nl: 'Een back-up is teruggezet en nagelezen.',
      en: 'A backup was restored and read.',
    },
  },
  'risk-review': {
    lasts: 'P1Y',
    text: {
      nl: "De privacyrisico's zijn opnieuw in kaart gebracht.",
      en: 'The privacy risks were mapped again.',
    },
  },
  'second-factor-share': {
    lasts: 'P6M',
    text: {
      nl: 'Van elk systeem is bekeken hoe mensen zich aanmelden, en wie een tweede stap heeft.',
      en: 'For each system it was looked at how people sign in, and who has a second step.',
    },
  },
  'shielded-numbers': {
    lasts: 'P3M',
    text: {
      nl: 'Een ronde rekeningen is nagekeken: van afgeschermde nummers ontbreken de laatste vier cijfers.',
      en: 'A run of bills was looked at: shielded numbers lack their last four digits.',
    },
  },
  'signed-declarations': {
    lasts: 'P1Y',
    text: {
      nl: 'Ook wie buiten dit programma bij gegevens kan, tekende geheimhouding; of zo iemand is er niet.',
      en: 'Whoever reaches data outside this program has signed confidentiality as well; or there is nobody like that.',
    },
  },
};

/** What one declares under this name in any policy; null where only a policy says it. */
export const declarableText = (control: string): Text | null => known[control]?.text ?? null;

/**
 * What can be declared under a policy: the list above, and whatever a measure says that a person or a document shows. A measure
 * that is repeated ("every") shortens how long the word lasts.
 */
export function declarables(policy: Policy): ReadonlyMap<string, Declarable> {
  const all = new Map<string, Declarable>(Object.entries(known));
  for (const measure of policy.measures)
    for (const { control, kind } of measure.shownBy) {
      if (kind === 'check') continue;
      const one = all.get(control) ?? { text: measure.text, lasts: 'P1Y' };
      all.set(control, { ...one, lasts: measure.every ?? one.lasts });
    }
  return all;
}
