/** Errors as application/problem+json (RFC 9457): a refusal, a mistake in what was sent, or a bug of ours with a reference. */
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Language, Text } from '../base/language.ts';
import { Refusal, type RefusalStatus } from '../base/refusal.ts';
import { plainly } from './plainly.ts';

export interface Problem {
  /** Where the reference explains the code. */
  readonly type: string;
  readonly title: string;
  readonly status: RefusalStatus | 500;
  readonly code: string;
  readonly detail?: string;
  /** What was sent wrongly, and where; never the value itself. */
  readonly errors?: readonly Mistake[];
  /** Number under which the log has the cause of a bug. */
  readonly reference?: string;
}

/** Refusals of the door itself; every other stands in the phrases of its promise. */
export const doorRefusals = {
  signIn: () => new Refusal('sign-in-needed', { nl: 'Meld u eerst aan.', en: 'Sign in first.' }, 401),
  notAllowed: () =>
    new Refusal(
      'not-allowed',
      { nl: 'Dit hoort niet bij uw rol, of het bestaat niet.', en: 'This is not for your role, or it does not exist.' },
      403,
    ),
  stepUp: () =>
    new Refusal(
      'step-up-needed',
      { nl: 'Bevestig eerst opnieuw dat u het bent.', en: 'First confirm again that it is you.' },
      401,
    ),
  otherSite: () =>
    new Refusal(
      'other-site',
      {
        nl: 'Dit verzoek kwam niet van deze website zelf. Open de pagina opnieuw.',
        en: 'This request did not come from this site itself. Open the page again.',
      },
      403,
    ),
  tooMany: () =>
    new Refusal(
      'too-many-requests',
      {
        nl: 'Te veel verzoeken. Probeer het over een minuut opnieuw.',
        en: 'Too many requests. Try again in a minute.',
      },
      429,
    ),
  /** @param most in bytes */
  tooLarge: (most: number) => {
    const size = most < 1_000_000 ? `${Math.floor(most / 1000)} kB` : `${Math.floor(most / 1_000_000)} MB`;
    return new Refusal(
      'too-large',
      {
        nl: `Wat u stuurt is te groot: het mag hoogstens ${size} zijn.`,
        en: `What you send is too large: it may be ${size} at most.`,
      },
      413,
    );
  },
  brokenOff: () =>
    new Refusal(
      'broken-off',
      {
        nl: 'Wat u stuurde kwam niet heel aan. Verstuur het opnieuw.',
        en: 'What you sent did not arrive whole. Send it again.',
      },
      400,
    ),
  notAForm: () =>
    new Refusal(
      'not-a-form',
      {
        nl: 'Dit kwam niet aan als formulier. Vul het in en verstuur het opnieuw.',
        en: 'This did not arrive as a form. Fill it in and send it again.',
      },
      415,
    ),
  wrongType: () => new Refusal('wrong-type', { nl: 'Stuur application/json.', en: 'Send application/json.' }, 415),
  nothingHere: () =>
    new Refusal('no-such-address', { nl: 'Dit adres bestaat niet.', en: 'There is nothing here.' }, 404),
  badKey: () =>
    new Refusal(
      'idempotency-key-reused',
      {
        nl: 'Deze Idempotency-Key hoort bij een ander verzoek.',
        en: 'This Idempotency-Key belongs to another request.',
      },
      422,
    ),
  stillRunning: () =>
    new Refusal(
      'idempotency-key-in-use',
      {
        nl: 'Het eerste verzoek met deze Idempotency-Key loopt nog.',
        en: 'The first request with this Idempotency-Key is still running.',
      },
      409,
    ),
  outcomeUnknown: (look: string) =>
    new Refusal(
      'idempotency-outcome-unknown',
      {
        nl: `Bij het eerste verzoek met deze Idempotency-Key brak de server af; of het gedaan is, weten wij niet. Kijk bij ${look}, en stuur het zo nodig opnieuw met een nieuwe sleutel.`,
        en: `The server broke off during the first request with this Idempotency-Key; whether it was done we do not know. Look at ${look}, and if need be send it again with a new key.`,
      },
      409,
    ),
} as const;

const titles: Readonly<Record<number, Text>> = {
  400: { nl: 'Niet goed verstuurd', en: 'Not well sent' },
  401: { nl: 'Niet aangemeld', en: 'Not signed in' },
  403: { nl: 'Niet toegestaan', en: 'Not allowed' },
  404: { nl: 'Niet gevonden', en: 'Not found' },
  409: { nl: 'Kan nu niet', en: 'Not possible as things stand' },
  410: { nl: 'Niet meer geldig', en: 'No longer valid' },
  413: { nl: 'Te groot', en: 'Too large' },
  415: { nl: 'Verkeerde soort inhoud', en: 'Wrong kind of content' },
  422: { nl: 'Klopt niet', en: 'Not right' },
  429: { nl: 'Te veel verzoeken', en: 'Too many requests' },
  500: { nl: 'Er ging bij ons iets mis', en: 'Something went wrong on our side' },
};

export function titleOf(status: number, language: Language): string {
  return (titles[status] ?? titles[500])?.[language] ?? '';
}

export interface Mistake {
  readonly at: string;
  readonly message: string;
}

/** A mistake in a form, as a person is told of it. */
interface Plain {
  /** The field; none where it is about all of them. */
  readonly field?: string;
  readonly text?: Text;
}

/** What was sent does not fit the route's schema. */
export class SentWrongly extends Error {
  readonly errors: readonly (Mistake & Plain)[];
  constructor(errors: readonly (Mistake & Plain)[]) {
    super('sent wrongly');
    this.name = 'SentWrongly';
    this.errors = errors;
  }
}

export function mistakesOf(part: 'path' | 'query' | 'body', error: z.ZodError): SentWrongly {
  return new SentWrongly(
    error.issues.slice(0, 20).map((issue) => ({
      at: [part, ...issue.path.map(String)].join('.'),
      message: issue.code === 'unrecognized_keys' ? unknown(issue.keys) : issue.message,
      field: String(issue.path[0] ?? ''),
      text: plainly(issue),
    })),
  );
}

/** Names what is not known where it is a word; anything else could be a value of someone. */
function unknown(keys: readonly string[]): string {
  const words = keys.filter((key) => /^[A-Za-z][\w-]{0,40}$/.test(key)).slice(0, 5);
  return words.length === 0 ? 'unknown key' : `unknown: ${words.join(', ')}`;
}

/** Turns whatever was thrown into a problem. `bug` is given what nobody expected, with its reference. */
export function problemOf(
  cause: unknown,
  language: Language,
  bug: (reference: string, cause: unknown) => void,
): Problem {
  if (cause instanceof Refusal) return made(cause.code, cause.status, language, { detail: cause.text[language] });
  if (cause instanceof SentWrongly)
    return made('sent-wrongly', 422, language, { errors: cause.errors.map(({ at, message }) => ({ at, message })) });
  const reference = randomBytes(6).toString('hex');
  bug(reference, cause);
  return made('bug', 500, language, { reference });
}

function made(
  code: string,
  status: Problem['status'],
  language: Language,
  more: Partial<Pick<Problem, 'detail' | 'errors' | 'reference'>>,
): Problem {
  return { type: `/api/reference#${code}`, title: titleOf(status, language), status, code, ...more };
}
