/** Words that every section uses. */
import { z } from 'zod';
import { isZone, parseTerm } from '../../base/time.ts';
import { message } from '../../base/yaml-mistakes.ts';

export { Country } from '../../base/country.ts';

export const Id = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,63}$/,
    message({
      nl: 'een id bestaat uit kleine letters, cijfers en streepjes, ten hoogste 64',
      en: 'an id is lower-case letters, digits and hyphens, at most 64',
    }),
  )
  .describe('Own id: lower-case letters, digits and hyphens.');

/** What an id of the policy names: a thing under that section, a source in law/, a rule or a part for "reasons", a check of the program. */
export type Named = 'subjects' | 'data' | 'purposes' | 'recipients' | 'clients' | 'law' | 'rule' | 'part' | 'check';

/** Every place of the language where a word names something else; "own" is a name of which nobody has a list. */
export const naming = z.registry<{ readonly names: Named | 'own' }>();

/** An id that is not the thing's own. Each says what it names, so that no place is forgotten where names are looked up. */
export const idOf = (names: Named | 'own'): typeof Id => Id.clone().register(naming, { names });

export const Text = z
  .strictObject({ nl: z.string().trim().min(1), en: z.string().trim().min(1) })
  .describe('The text in Dutch and in English; both are needed.');

export const Term = z
  .string({
    error: message({
      nl: 'hier hoort een termijn zoals P90D (90 dagen), P4W, P6M of P7Y; zij mag niet leeg zijn',
      en: 'expected an ISO 8601 duration such as P90D; a term cannot be left empty',
    }),
  })
  .superRefine((text, context) => {
    try {
      parseTerm(text);
    } catch (cause) {
      context.addIssue({
        code: 'custom',
        message: cause instanceof Error ? cause.message : 'not a term',
        params: {
          nl: `"${text}" is geen termijn; schrijf bijvoorbeeld P90D (90 dagen), P4W (4 weken), P6M, P7Y of PT24H`,
        },
      });
    }
  })
  .describe('ISO 8601 duration: P90D, P4W, P6M, P7Y. Zero is an error, never "off".');

export const Zone = z.string().refine(
  isZone,
  message({
    nl: 'hier hoort een tijdzone zoals Europe/Amsterdam',
    en: 'expected an IANA time zone such as Europe/Amsterdam',
  }),
);

/** P01–P37 are those of every statement; one's own go on from there, to P9999. One way to write each: P08, never P008. */
export const PromiseId = z.string().regex(
  /^P(\d{2}|[1-9]\d{2,3})$/,
  message({
    nl: 'hier hoort het nummer van een belofte zoals P08, of P38 tot P9999 voor een eigen belofte',
    en: 'expected the id of a promise such as P08, or P38 to P9999 for one of your own',
  }),
);

export const Control = z.string().regex(
  /^(A\.)?\d+(\.\d+){1,3}$/,
  message({
    nl: 'hier hoort het nummer van een maatregel, zoals A.8.13 of 7.4.5',
    en: 'expected the number of a control, such as A.8.13 or 7.4.5',
  }),
);

export const Day = z.iso.date().describe('A calendar day, such as 2026-11-24.');

export const Link = z
  .string()
  .regex(
    /^(https:\/\/\S+|[\w./-]+\.(md|pdf|html|docx|txt|yaml))$/,
    message({
      nl: 'hier hoort een https-adres, of een bestand naast het beleid',
      en: 'expected an https address or a file beside the policy',
    }),
  )
  .describe('An https address, or a file beside the policy.');

/** A document that shows something: where it is, of when, and until when it counts. */
export const Document = z.strictObject({
  document: Link,
  date: Day,
  until: Day.optional(),
});
