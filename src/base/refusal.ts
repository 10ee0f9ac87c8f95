/** Something expected that a person must know: not a bug. */
import type { Text } from './language.ts';

/** How an answer over HTTP carries a refusal (RFC 9110); the command line shows its text. */
export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429;

/** A no with a code that stays the same and a text that says what to do, in both languages. */
export class Refusal extends Error {
  readonly code: string;
  readonly text: Text;
  readonly status: RefusalStatus;
  /** Which of the things that were given it is about, where the code alone does not tell. */
  readonly field: string | undefined;
  /** `status` follows from the code where nothing is said: what is unknown is 404, the rest a conflict with how things stand. */
  constructor(
    code: string,
    text: Text,
    status: RefusalStatus = /(^|-)unknown($|-)|^no-such-/.test(code) ? 404 : 409,
    field?: string,
  ) {
    super(text.en);
    this.field = field;
    this.name = 'Refusal';
    this.code = code;
    this.text = text;
    this.status = status;
  }
}

/**
 * A no to what was given: it is missing, cannot be, or names what neither the files nor the program know. Nothing but another
 * answer would make it right, where any other refusal is about how things stand. The command line ends with 2, not 3.
 */
export class Mistake extends Refusal {}

/** Something at fault that the person at the machine can mend: nothing was refused, and nothing wrong was asked. */
export class Fault extends Error {
  readonly text: Text;
  constructor(text: Text, options: { cause?: unknown } = {}) {
    super(text.en, options);
    this.name = 'Fault';
    this.text = text;
  }
}
