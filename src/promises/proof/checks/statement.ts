/** P06: what was seen of the statement itself. It is looked at elsewhere; here it gets its place on the board. */
import type { Text } from '../../../base/language.ts';
import type { Check, Facts } from './check.ts';

const seen = (id: keyof Facts['statement'], kind: Check['kind'], title: Text): Check => ({
  id,
  kind,
  title,
  run: ({ statement }) => statement[id],
});

export const published = seen('published', 'derived', {
  nl: 'De verklaring is gepubliceerd zoals zij is goedgekeurd',
  en: 'The statement is published as it was approved',
});

export const told = seen('told', 'derived', {
  nl: 'Wie een wijziging aangaat, is ingelicht',
  en: 'Those whom a change concerns were told',
});

export const served = seen('served', 'measured', {
  nl: 'De website toont de nieuwste verklaring',
  en: 'The website shows the newest statement',
});

/** P20, and GST-G03: it can only break the promise. */
export const visited = seen('visited', 'measured', {
  nl: 'De website plaatst bij binnenkomst geen cookies die niet genoemd zijn',
  en: 'The website sets no cookies on arrival that are not named',
});
