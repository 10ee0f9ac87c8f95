/** What a newcomer is asked: in the terminal and in the browser the same, with the same policy for the same answers. */
import { z } from 'zod';
import type { Text } from '../base/language.ts';
import { parts } from './parts.ts';
import type { Beginning } from './starter.ts';

export interface Question {
  /** As the form and the answers have it. */
  readonly name: 'organisation' | 'post' | 'email' | 'website' | 'dpo-name' | 'dpo-email' | 'backup-days';
  /** As the command line has it. */
  readonly option: string;
  readonly text: Text;
  readonly help: Text;
  readonly type: 'text' | 'email' | 'url' | 'number';
  readonly needed: boolean;
  /** Asked only where this one was answered. */
  readonly after?: Question['name'];
}

export const questions: readonly Question[] = [
  {
    name: 'organisation',
    option: 'name',
    text: { nl: 'Naam van de organisatie', en: 'Name of the organisation' },
    help: { nl: 'naam van de organisatie', en: 'name of the organisation' },
    type: 'text',
    needed: true,
  },
  {
    name: 'post',
    option: 'post',
    text: { nl: 'Postadres', en: 'Post address' },
    help: { nl: 'postadres', en: 'post address' },
    type: 'text',
    needed: true,
  },
  {
    name: 'email',
    option: 'email',
    text: { nl: 'E-mailadres voor vragen over privacy', en: 'E-mail address for questions on privacy' },
    help: { nl: 'e-mailadres voor privacy', en: 'e-mail address for privacy' },
    type: 'email',
    needed: true,
  },
  {
    name: 'website',
    option: 'website',
    text: { nl: 'Website (https, mag leeg)', en: 'Website (https, may be empty)' },
    help: { nl: 'website (https)', en: 'website (https)' },
    type: 'url',
    needed: false,
  },
  {
    name: 'dpo-name',
    option: 'dpo-name',
    text: {
      nl: 'Naam van de functionaris gegevensbescherming (leeg als die er niet is)',
      en: 'Name of the data protection officer (empty if there is none)',
    },
    help: { nl: 'functionaris gegevensbescherming, als die er is', en: 'data protection officer, if there is one' },
    type: 'text',
    needed: false,
  },
  {
    name: 'dpo-email',
    option: 'dpo-email',
    text: { nl: 'E-mailadres van de functionaris', en: 'E-mail address of the officer' },
    help: { nl: 'e-mailadres van de functionaris', en: 'e-mail address of the officer' },
    type: 'email',
    needed: false,
    after: 'dpo-name',
  },
  {
    name: 'backup-days',
    option: 'backup-days',
    text: {
      nl: 'Na hoeveel dagen is een back-up overschreven (leeg als u het niet weet)',
      en: 'After how many days is a backup overwritten (empty if you do not know)',
    },
    help: { nl: 'dagen tot een back-up is overschreven', en: 'days until a backup is overwritten' },
    type: 'number',
    needed: false,
  },
];

const line = z.string().trim().min(1).max(200);
const maybe = z.string().trim().max(200).default('');
const email = z.string().trim().pipe(z.email());

/** Answers as they are given; a mistake says which question it is about. */
export const Answers = z.object({
  organisation: line,
  post: line,
  email,
  website: z.union([z.url({ protocol: /^https$/ }), z.literal('')]).default(''),
  'dpo-name': maybe,
  'dpo-email': z.union([email, z.literal('')]).default(''),
  'backup-days': z
    .union([
      z
        .string()
        .trim()
        .regex(/^[1-9]\d{0,3}$/),
      z.literal(''),
    ])
    .default(''),
});

/** Why this cannot be the answer, and what can; null when it can. `given` are the answers to the questions before it. */
export function mistakeIn(
  name: Question['name'],
  answer: string,
  given: ReadonlyMap<Question['name'], string | undefined>,
): Text | null {
  const question = questions.find((one) => one.name === name);
  const needed =
    question?.needed === true || (question?.after !== undefined && (given.get(question.after) ?? '') !== '');
  if (answer.trim() === '')
    return needed ? { nl: 'Hier is een antwoord nodig.', en: 'An answer is needed here.' } : null;
  if (Answers.shape[name].safeParse(answer).success) return null;
  return wrong[question?.type ?? 'text'](answer.length > 60 ? `${answer.slice(0, 60)}…` : answer);
}

const wrong: Readonly<Record<Question['type'], (answer: string) => Text>> = {
  text: () => ({ nl: 'Ten hoogste 200 tekens.', en: 'At most 200 characters.' }),
  email: (answer) => ({
    nl: `"${answer}" is geen e-mailadres zoals privacy@example.nl.`,
    en: `"${answer}" is not an e-mail address such as privacy@example.nl.`,
  }),
  url: (answer) => ({
    nl: `"${answer}" is geen adres zoals https://www.example.nl.`,
    en: `"${answer}" is not an address such as https://www.example.nl.`,
  }),
  number: (answer) => ({
    nl: `"${answer}" is geen aantal dagen zoals 30.`,
    en: `"${answer}" is not a number of days such as 30.`,
  }),
};

export const doing = z.enum(parts);

/** An officer has an address, or nobody can reach them. */
export const officerReached = (given: z.output<typeof Answers>, context: z.RefinementCtx): void => {
  if (given['dpo-name'] !== '' && given['dpo-email'] === '')
    context.addIssue({
      code: 'too_small',
      origin: 'string',
      minimum: 1,
      inclusive: true,
      path: ['dpo-email'],
      input: '',
    });
};

export function beginningOf(given: z.output<typeof Answers>, does?: Beginning['does']): Beginning {
  const { organisation, post, email: reached, website } = given;
  const dpo = { name: given['dpo-name'], email: given['dpo-email'] };
  return {
    organisation,
    post,
    email: reached,
    website,
    ...(dpo.name === '' ? {} : { dpo }),
    ...(given['backup-days'] === '' ? {} : { backupDays: Number(given['backup-days']) }),
    ...(does === undefined ? {} : { does }),
  };
}
