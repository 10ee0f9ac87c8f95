/** What the board says, Dutch and English side by side. */
import type { Text } from '../../base/language.ts';
import { Refusal } from '../world.ts';
import type { PromiseState, Why } from './model.ts';

export const states: Record<PromiseState, Text> = {
  kept: { nl: 'nagekomen', en: 'kept' },
  'at-risk': { nl: 'in gevaar', en: 'at risk' },
  broken: { nl: 'gebroken', en: 'broken' },
  'not-proven': { nl: 'niet bewezen', en: 'not proven' },
};

export const promises: Record<string, Text> = {
  P07: {
    nl: 'Bewaard zolang het contract of de wet het vraagt',
    en: 'Kept as long as the contract or the law demands',
  },
  P08: { nl: 'Gespreksopnames ten hoogste 90 dagen', en: 'Call recordings at most 90 days' },
  P09: { nl: 'Camerabeelden ten hoogste 90 dagen', en: 'Video at most 90 days' },
  P10: { nl: 'Prospects zolang ze prospect zijn', en: 'Prospects as long as they are prospects' },
  P11: {
    nl: 'Sollicitanten 4 weken, langer alleen met toestemming',
    en: 'Applicants 4 weeks, longer only with consent',
  },
  P12: { nl: 'Personeelsgegevens niet langer dan nodig', en: 'Employee records no longer than needed' },
  P14: { nl: 'Opgeslagen in Nederland, nooit buiten de EER', en: 'Stored in the Netherlands, never outside the EEA' },
};

const n = (items: number, one: string, more: string): string => `${items} ${items === 1 ? one : more}`;

export function whyText(why: Why): Text {
  switch (why.is) {
    case 'no-binding':
      return { nl: 'geen enkel aangesloten systeem heeft deze gegevens', en: 'no connected system has this data' };
    case 'never-measured':
      return { nl: `${why.on}: nog nooit gemeten`, en: `${why.on}: never measured` };
    case 'stale':
      return {
        nl: `${why.on}: laatste meting ${why.at.slice(0, 16)}Z is te oud`,
        en: `${why.on}: last measured ${why.at.slice(0, 16)}Z, too long ago`,
      };
    case 'overdue':
      return {
        nl: `${why.on}: ${n(why.items, 'item', 'items')} voorbij de termijn en niet vastgehouden`,
        en: `${why.on}: ${n(why.items, 'item', 'items')} past the term and not held`,
      };
    case 'not-counted':
      return {
        nl: `${why.on}: kon niet geteld worden (${why.fault})`,
        en: `${why.on}: could not be counted (${why.fault})`,
      };
    case 'undated':
      return {
        nl: `${why.on}: ${n(why.items, 'item', 'items')} zonder bruikbare datum`,
        en: `${why.on}: ${n(why.items, 'item', 'items')} without a usable date`,
      };
    case 'not-covered':
      return { nl: `${why.on}: geen regel bereikt deze gegevens`, en: `${why.on}: no rule reaches this data` };
    case 'hold-review':
      return {
        nl: `${n(why.holds, 'bewaarplicht', 'bewaarplichten')} te lang niet herzien`,
        en: `${n(why.holds, 'hold', 'holds')} overdue for review`,
      };
    case 'hold-unsafe':
      return {
        nl: `${n(why.holds, 'bewaarplicht', 'bewaarplichten')} niet veilig: het systeem verwijdert zelf`,
        en: `${n(why.holds, 'hold', 'holds')} not safe: the system deletes by itself`,
      };
    case 'measured':
      return {
        nl: `0 te laat in ${n(why.datasets, 'dataset', 'datasets')}${why.held > 0 ? `, ${why.held} vastgehouden` : ''}${why.retained > 0 ? `, ${why.retained} wettelijk bewaard` : ''}`,
        en: `0 overdue in ${n(why.datasets, 'dataset', 'datasets')}${why.held > 0 ? `, ${why.held} held` : ''}${why.retained > 0 ? `, ${why.retained} kept by statute` : ''}`,
      };
    case 'elsewhere':
      return {
        nl: `${n(why.systems, 'systeem staat', 'systemen staan')} buiten wat het beleid toestaat`,
        en: `${n(why.systems, 'system stands', 'systems stand')} outside what the policy allows`,
      };
    case 'declared':
      return {
        nl: `opgegeven plaats van ${n(why.systems, 'systeem', 'systemen')} gecontroleerd (een opgave, geen meting)`,
        en: `declared location of ${n(why.systems, 'system', 'systems')} checked (a declaration, not a measurement)`,
      };
  }
}

export const refusals = {
  unknownTask: (id: string) =>
    new Refusal('task-unknown', { nl: `Er is geen open taak "${id}".`, en: `There is no open task "${id}".` }),
};
