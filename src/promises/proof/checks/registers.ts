/**
 * P04: both records of processing are complete. What the law asks and is not there breaks that; an activity that nobody has
 * looked at yet is not proven; what says too little is at risk. Pure.
 */
import { completeness, type Gap } from '../../publication/register/completeness.ts';
import { controllerRegister, processorRegister } from '../../publication/register/derive.ts';
import { count, few, outcome, type Check, type Outcome } from './check.ts';

export const registers: Check = {
  id: 'registers',
  kind: 'derived',
  title: { nl: 'Beide registers van artikel 30 zijn volledig', en: 'Both registers of Article 30 are complete' },
  run: ({ policy, book, today, systems }) => {
    const options = { book, day: today, estate: { systems } };
    const both = [controllerRegister(policy, options), processorRegister(policy, null, options)];
    const activities = both.flatMap((one) => one.activities);
    const gaps = both.flatMap((one) => completeness(one).gaps);
    if (gaps.length === 0)
      return outcome(
        'kept',
        activities.length,
        `${count(activities.length, 'activiteit', 'activiteiten')}: er ontbreekt niets.`,
        `${count(activities.length, 'activity', 'activities')}: nothing is missing.`,
      );
    const missing = gaps.filter((one) => one.lack === 'missing');
    if (missing.length > 0) return lacking('broken', missing);
    const unseen = activities.filter((one) => one.reviewed === null).map((one) => one.id);
    if (unseen.length > 0)
      return outcome(
        'not-proven',
        unseen.length,
        `Nog niet bekeken: ${few(unseen)}. Kijk elke activiteit na en schrijf bij het doel de dag: reviewed.`,
        `Not looked at yet: ${few(unseen)}. Go through each activity and write the day with its purpose: reviewed.`,
      );
    return lacking('at-risk', gaps);
  },
};

function lacking(state: 'broken' | 'at-risk', gaps: readonly Gap[]): Outcome {
  const where = few([...new Set(gaps.map((one) => one.path))], 3);
  return outcome(
    state,
    gaps.length,
    `${count(gaps.length, 'lacune', 'lacunes')}, onder meer bij ${where}: "gestand register --completeness" zegt wat er ontbreekt.`,
    `${count(gaps.length, 'gap', 'gaps')}, such as at ${where}: "gestand register --completeness" says what is missing.`,
  );
}
