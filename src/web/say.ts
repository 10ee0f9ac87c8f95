/** Numbers, bytes, days and moments as a person writes them, in both languages. */
import type { Language } from '../base/language.ts';
import { instant, isEndOfDay, lastDay, startOfDay } from '../base/time.ts';

const locale = { nl: 'nl-NL', en: 'en-GB' } as const;

export interface Say {
  readonly language: Language;
  n(value: number): string;
  bytes(value: number | null): string;
  day(iso: string | null): string;
  moment(iso: string): string;
  /** The end of what runs until an instant: "tot en met 20 mei 2027" when that is the end of a day, else with its time. */
  until(iso: string): string;
}

const untilWords = {
  day: { nl: 'tot en met', en: 'up to and including' },
  moment: { nl: 'tot', en: 'until' },
} as const;

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `zone` is the organisation's: its days count. */
export function sayIn(language: Language, zone: string): Say {
  const number = new Intl.NumberFormat(locale[language]);
  const day = new Intl.DateTimeFormat(locale[language], {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: zone,
  });
  const moment = new Intl.DateTimeFormat(locale[language], {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
  });
  return {
    language,
    n: (value) => number.format(value),
    bytes: (value) => {
      if (value === null) return '–';
      const step = value === 0 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
      const rounded = new Intl.NumberFormat(locale[language], { maximumFractionDigits: step === 0 ? 0 : 1 });
      return `${rounded.format(value / 1000 ** step)} ${units[step] ?? ''}`;
    },
    day: (iso) => (iso === null ? '–' : day.format(new Date(iso))),
    moment: (iso) => moment.format(new Date(iso)),
    until: (iso) => {
      const end = instant(iso);
      if (!isEndOfDay(end, zone)) return `${untilWords.moment[language]} ${moment.format(new Date(iso))}`;
      const last = startOfDay(lastDay(end, zone), zone).epochMilliseconds;
      return `${untilWords.day[language]} ${day.format(last)}`;
    },
  };
}
