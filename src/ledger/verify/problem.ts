/** What is wrong with a log or a receipt, for people of two languages: said here, since the verifier needs nothing of ours. */

export interface Problem {
  readonly nl: string;
  readonly en: string;
}

/** The message is the English text. */
export class Unverified extends Error {
  readonly text: Problem;
  constructor(text: Problem, options: { cause?: unknown } = {}) {
    super(text.en, options);
    this.name = 'Unverified';
    this.text = text;
  }
}

export const problems = {
  otherRoot: (size: bigint): Problem => ({
    nl: `de eerste ${size} vermeldingen geven niet de wortel die ondertekend is`,
    en: `the first ${size} entries do not give the root that was signed`,
  }),
  endsEarly: (path: string, i: number, width: number): Problem => ({
    nl: `${path} houdt op binnen vermelding ${i} van ${width}`,
    en: `${path} ends within its entry ${i} of ${width}`,
  }),
  goesOn: (path: string, width: number): Problem => ({
    nl: `${path} bevat meer dan zijn ${width} vermeldingen`,
    en: `${path} holds more than its ${width} entries`,
  }),
  otherLength: (path: string, is: number, should: number): Problem => ({
    nl: `${path} heeft ${is} bytes in plaats van ${should}`,
    en: `${path} has ${is} bytes instead of ${should}`,
  }),
  otherEntry: (n: bigint, path: string): Problem => ({
    nl: `vermelding ${n} is niet die waarvan de hash in ${path} staat`,
    en: `entry ${n} is not the one whose hash stands in ${path}`,
  }),
  otherHash: (n: number, path: string): Problem => ({
    nl: `hash ${n} van ${path} is niet wat de blokken eronder geven`,
    en: `hash ${n} of ${path} is not what the tiles below give`,
  }),
  fewer: (now: bigint, before: bigint): Problem => ({
    nl: `het logboek heeft ${now} vermeldingen, minder dan de ${before} die het had`,
    en: `the log has ${now} entries, fewer than the ${before} it had`,
  }),
  unread: (path: string, code: string): Problem => ({
    nl: `${path} is niet te lezen (${code})`,
    en: `${path} cannot be read (${code})`,
  }),
  noCheckpoint: { nl: 'het bewijsstuk heeft geen checkpoint', en: 'the receipt has no checkpoint' },
  noReceipt: { nl: 'dit is geen bewijsstuk (tlog-proof)', en: 'not a tlog-proof' },
  extraCoded: {
    nl: 'de regel "extra" van het bewijsstuk is geen base64',
    en: 'the extra line of the receipt is not base64',
  },
  noIndex: { nl: 'het bewijsstuk heeft geen nummer', en: 'the receipt has no index' },
  receiptHash: {
    nl: 'het bewijsstuk heeft een hash die geen 32 bytes in base64 is',
    en: 'the receipt has a hash that is not 32 bytes in base64',
  },
  notInTree: {
    nl: 'de vermelding staat niet in de boom van dit checkpoint',
    en: 'the entry is not in the tree of this checkpoint',
  },
  otherDetails: {
    nl: 'de bijzonderheden zijn niet die welke zijn vastgelegd',
    en: 'the details are not the ones that were committed to',
  },
  noEntry: { nl: 'het bewijsstuk bevat zijn vermelding niet', en: 'the receipt does not carry its entry' },
  notAKey: {
    nl: 'dit is geen openbare sleutel (Ed25519: naam+hash+sleutel)',
    en: 'not an Ed25519 verifier key (name+hash+key)',
  },
  keyUnfit: {
    nl: 'de openbare sleutel past niet bij zijn eigen hash',
    en: 'the verifier key does not fit its own hash',
  },
  noteCharacters: {
    nl: 'het checkpoint bevat tekens die er niet in mogen staan',
    en: 'the note holds characters that a note may not have',
  },
  noSignatures: { nl: 'het checkpoint heeft geen handtekeningen', en: 'the note has no signatures' },
  manySignatures: { nl: 'het checkpoint heeft te veel handtekeningen', en: 'the note has too many signatures' },
  lineUnsigned: {
    nl: 'het checkpoint heeft een regel die geen handtekening is',
    en: 'the note has a line that is no signature',
  },
  badSignature: { nl: 'de handtekening klopt niet', en: 'the signature does not hold' },
  otherSigner: { nl: 'het checkpoint is niet met deze sleutel ondertekend', en: 'the note is not signed by this key' },
  notACheckpoint: {
    nl: 'het checkpoint is niet herkomst, aantal en wortel',
    en: 'the checkpoint is not origin, size and root',
  },
  otherOrigin: {
    nl: 'het checkpoint is van een andere herkomst dan zijn sleutel',
    en: 'the checkpoint is of another origin than its key',
  },
  rootLength: { nl: 'de wortel van het checkpoint is geen 32 bytes', en: 'the root of the checkpoint is not 32 bytes' },
} as const;

/** Of anything that was thrown while it was looked at. */
export function problemOf(cause: unknown): Problem {
  if (cause instanceof Unverified) return cause.text;
  const said = cause instanceof Error ? cause.message : String(cause);
  return { nl: `niet te controleren: ${said}`, en: said };
}
