import { z } from 'zod';
import { message } from '../../base/yaml-mistakes.ts';
import { Id, idOf, Link, naming, PromiseId, Term, Text } from './words.ts';

/** What the website puts on a visitor's device (P20; Tw 11.7a). */
export const Cookies = z.strictObject({
  promise: PromiseId.default('P20'),
  statement: Link.optional(),
  text: Text.optional(),
  list: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1),
        text: Text,
        kind: z.enum(['necessary', 'measurement', 'preference', 'marketing']),
        lasts: z.union([z.literal('session'), Term]),
        by: z.string().trim().min(1).optional().describe('Who reads it, when that is another.'),
        consent: z.boolean().describe('Placed only after the visitor said yes.'),
      }),
    )
    .optional()
    .describe('Every cookie. Leave the key out when nobody has looked yet; an empty list says that there are none.'),
});

/** What a telecom provider owes beside the GDPR (P18; Tw 11.5, Bude 4.2). */
export const Telecom = z.strictObject({
  traffic: z
    .array(
      z.strictObject({
        text: Text.describe('Kind of traffic data.'),
        purpose: idOf('purposes'),
        keep: Term.optional(),
        consent: z.boolean().default(false),
        valueAdded: z.boolean().default(false).describe('Used for marketing or value-added services.'),
      }),
    )
    .default([]),
  shieldedNumbers: z
    .strictObject({
      promise: PromiseId.default('P18'),
      text: Text.optional(),
      freeRightTold: z.boolean().describe('The statement says that shielding is a free right.'),
      recipients: Text.optional(),
      numberOnly: z.boolean(),
    })
    .optional(),
});

/** When data goes to an authority (P17) or with a change of ownership (P19). */
export const Disclosures = z
  .array(
    z.strictObject({
      id: Id,
      promise: PromiseId,
      kind: z.enum(['authority', 'ownership', 'other']),
      text: Text,
    }),
  )
  .default([]);

/** The statement itself (P06). */
export const Publication = z.strictObject({
  promise: PromiseId.default('P06'),
  version: z.string().trim().min(1).optional(),
  date: z
    .string()
    .regex(
      /^\d{4}-\d{2}(-\d{2})?$/,
      message({ nl: 'hier hoort een dag zoals 2026-11-24', en: 'expected a day such as 2026-11-24' }),
    )
    .optional(),
  languages: z.array(z.enum(['nl', 'en'])).default(['nl', 'en']),
  url: Link.optional(),
  previous: Link.optional().describe('Where earlier versions can be read.'),
  law: Text.optional().describe('Which law applies.'),
  forum: z
    .strictObject({ text: Text, excludesResidence: z.boolean() })
    .optional()
    .describe('A court named in the statement; it cannot exclude the court where the person lives (Art. 79(2)).'),
});

/** Why a warning of the linter stands: it then counts as justified. */
export const Reasons = z
  .array(
    z.strictObject({
      rule: z
        .string()
        .regex(
          /^GST-[A-I]\d{2}$/,
          message({
            nl: 'hier hoort het nummer van een regel zoals GST-D04',
            en: 'expected the id of a rule such as GST-D04',
          }),
        )
        .register(naming, { names: 'rule' }),
      path: z
        .string()
        .trim()
        .min(1)
        .register(naming, { names: 'part' })
        .optional()
        .describe('Only for the place in this file, such as "retention.video-90-days".'),
      text: Text,
    }),
  )
  .default([]);
