/** "Firefox on Windows" out of what a browser calls itself; as it is when it says neither of ours. Only to recognise one's own. */
import type { Language } from '../../base/language.ts';

/** The order counts: most call themselves by the names of others too. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(OPR|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/\S+ (Mobile\/\S+ )?Safari\//, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

export function browserName(told: string, language: Language): string {
  const [browser, system] = [browsers, systems].map((known) => known.find(([is]) => is.test(told))?.[1]);
  if (browser === undefined) return told;
  return system === undefined ? browser : `${browser} ${language === 'nl' ? 'op' : 'on'} ${system}`;
}
