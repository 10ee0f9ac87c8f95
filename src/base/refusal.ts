import type { Text } from './language.ts';

/** Something expected that a person must know: not a bug. The message says what to do. */
export class Refusal extends Error {
  readonly code: string;
  readonly text: Text;
  constructor(code: string, text: Text) {
    super(text.en);
    this.name = 'Refusal';
    this.code = code;
    this.text = text;
  }
}
