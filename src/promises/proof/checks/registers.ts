/** P04: both records of processing are complete. Pure. */
import { completeness } from '../../publication/register/completeness.ts';
import { controllerRegister, processorRegister } from '../../publication/register/derive.ts';
import { count, few, outcome, type Check } from './check.ts';

export const registers: Check = {
  id: 'registers',
  kind: 'derived',
  title: { nl: 'Beide registers van artikel 30 zijn volledig', en: 'Both registers of Article 30 are complete' },
  run: ({ policy, book, today, systems }) => {
    const options = { book, day: today, estate: { systems } };
    const both = [controllerRegister(policy, options), processorRegister(policy, null, options)].map(completeness);
    const activities = both.reduce((sum, one) => sum + one.activities, 0);
    const gaps = both.flatMap((one) => one.gaps);
    if (gaps.length === 0)
      return outcome(
        'kept',
        activities,
        `${count(activities, 'activiteit', 'activiteiten')}: er ontbreekt niets.`,
        `${count(activities, 'activity', 'activities')}: nothing is missing.`,
      );
    const where = few([...new Set(gaps.map((one) => one.path))], 3);
    return outcome(
      gaps.some((one) => one.lack === 'missing') ? 'broken' : 'at-risk',
      gaps.length,
      `${count(gaps.length, 'lacune', 'lacunes')}, onder meer bij ${where}: "gestand register" zegt wat er ontbreekt.`,
      `${count(gaps.length, 'gap', 'gaps')}, such as at ${where}: "gestand register" says what is missing.`,
    );
  },
};
