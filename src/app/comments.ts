/** The comments in the files of a new home: the program's own files say each in both languages, a home has those of one. */
import type { Language } from '../base/language.ts';

/**
 * Keeps of the comment lines that begin with "en: " or "nl: " those of this language, without that word. A comment without it stays
 * as it is.
 */
export function commentsIn(text: string, language: Language): string {
  const other = language === 'nl' ? 'en' : 'nl';
  return text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith(`# ${other}: `))
    .map((line) => (line.trimStart().startsWith(`# ${language}: `) ? line.replace(`# ${language}: `, '# ') : line))
    .join('\n');
}
