/**
 * A sentence says what to do as a command, for it is said on the command line as well. On a page the same deed has a place of its
 * own: the command becomes the way there. Whoever may not do it reads where it is done, without a link.
 */
import type { Language, Text } from '../../base/language.ts';
import { html, type Html } from '../html.ts';
import { link } from '../ui/controls.ts';

interface Deed {
  readonly says: RegExp;
  readonly href: (found: RegExpExecArray) => string;
  readonly text: Text;
  /** For whoever may not; the same words where nothing is said. */
  readonly other?: Text;
  readonly may: string;
}

const deeds: readonly Deed[] = [
  {
    says: /gestand declare --control ([a-z0-9-]+)(?: --attach [A-Z]+)?/g,
    href: ([, control = '']) => `/declare/${control}`,
    text: { nl: 'verklaar het hier', en: 'declare it here' },
    other: {
      nl: 'vraag het een privacy-officer, engineer of functionaris',
      en: 'ask a privacy officer, engineer or data protection officer',
    },
    may: 'declare what was seen',
  },
  {
    says: /gestand promises --measure/g,
    href: () => '/',
    text: { nl: 'meet opnieuw bij Beloften', en: 'measure again at Promises' },
    may: 'look into a system',
  },
  {
    says: /gestand review(?: (p-[a-z0-9]+) ([A-Za-z0-9-]+))?/g,
    href: ([, plan, rule]) => (plan === undefined ? '/plans' : `/plans/${plan}#review-${rule ?? ''}`),
    text: { nl: 'beslis in het plan', en: 'decide in the plan' },
    other: {
      nl: 'vraag het een privacy-officer of goedkeurder',
      en: 'ask a privacy officer or approver',
    },
    may: 'approve a plan',
  },
  {
    says: /gestand apply(?: (p-[a-z0-9]+))?/g,
    href: ([, plan]) => (plan === undefined ? '/plans' : `/plans/${plan}`),
    text: { nl: 'naar het plan', en: 'to the plan' },
    may: 'see plans',
  },
  {
    says: /gestand plan(?![\w-])/g,
    href: () => '/plans',
    text: { nl: 'kijk bij Plannen wat aan de beurt is', en: 'look at Plans what is due' },
    may: 'see plans',
  },
  {
    says: /gestand tasks/g,
    href: () => '/tasks',
    text: { nl: 'de pagina Taken', en: 'the page Tasks' },
    may: 'see tasks',
  },
  {
    says: /"gestand publish draft"/g,
    href: () => '/publication',
    text: { nl: 'maak een concept bij Verklaring', en: 'make a draft at Statement' },
    may: 'see the policy',
  },
  {
    says: /"gestand publish notices"/g,
    href: () => '/publication',
    text: { nl: 'de pagina Verklaring', en: 'the page Statement' },
    may: 'see the policy',
  },
  {
    says: /"gestand lint"/g,
    href: () => '/policy',
    text: { nl: 'de pagina Beleid', en: 'the page Policy' },
    may: 'see the policy',
  },
  {
    says: /"gestand register(?: --[a-z]+)*"/g,
    href: () => '/register',
    text: { nl: 'de pagina Register', en: 'the page Register' },
    may: "see a client's register",
  },
  {
    says: /"gestand agreement check"/g,
    href: () => '/register#agreements',
    text: { nl: 'de overeenkomsten bij Register', en: 'the agreements at Register' },
    may: "see a client's register",
  },
  {
    says: /"gestand systems probe"/g,
    href: () => '/systems',
    text: { nl: 'bekijk het bij Systemen', en: 'look at it at Systems' },
    may: 'see systems',
  },
  {
    says: /onder "retention"|under "retention"/g,
    href: () => '/policy/edit',
    text: { nl: 'onder "retention" in het beleid', en: 'under "retention" in the policy' },
    may: 'change the policy',
  },
  {
    says: /sluit het aan(?=, of zet het onder notUsed)|connect it(?=, or list it under notUsed)/g,
    href: () => '/set-up/system',
    text: { nl: 'sluit het aan', en: 'connect it' },
    may: 'connect a system',
  },
  {
    says: /zet het onder notUsed in estate\.yaml bij een systeem waarvan het profiel het heeft|list it under notUsed in estate\.yaml at a system whose profile has it/g,
    href: () => '/systems',
    text: {
      nl: 'zeg bij een aangesloten systeem dat het er niet is',
      en: 'say at a connected system that it is not there',
    },
    may: 'connect a system',
  },
];

/** A sentence as a page says it. */
export type Told = (sentence: string) => Html;

export function toldIn(language: Language, may: (permission: string) => boolean): Told {
  return (sentence) => {
    const found = deeds
      .flatMap((deed) => [...sentence.matchAll(deed.says)].map((at) => ({ deed, at })))
      .toSorted((a, b) => a.at.index - b.at.index);
    const ends = [0, ...found.map(({ at }) => at.index + at[0].length)];
    const before = (i: number, start: number): string => sentence.slice(ends[i], start);
    return html`${found.map(({ deed, at }, i) => {
      const text = (may(deed.may) ? deed.text : (deed.other ?? deed.text))[language];
      const said = /(^|[.?!] )$/.test(sentence.slice(0, at.index))
        ? text.charAt(0).toUpperCase() + text.slice(1)
        : text;
      return html`${before(i, at.index)}${may(deed.may) ? link(deed.href(at), said) : said}`;
    })}${sentence.slice(ends.at(-1))}`;
  };
}
