/** P21, P22: what was seen of the people who have access to this program itself. Other systems are declared, or asked by a directory. */
import type { Text } from '../../../base/language.ts';
import type { Check, Facts } from './check.ts';

const seen = (id: string, of: keyof Facts['people'], title: Text): Check => ({
  id,
  kind: 'measured',
  title,
  run: ({ people }) => people[of],
});

export const peopleSigned = seen('people-signed', 'signed', {
  nl: 'Wie toegang heeft tot dit programma, tekende geheimhouding',
  en: 'Who has access to this program signed confidentiality',
});

export const peopleTwoFactors = seen('people-two-factors', 'twoFactors', {
  nl: 'Wie toegang heeft tot dit programma, meldt zich aan met twee factoren',
  en: 'Who has access to this program signs in with two factors',
});
