/** Legal sources as dated data: periods stand in law/, never in code. */
import { z } from 'zod';
import { message } from '../base/yaml-mistakes.ts';
import { entriesOf, isUnknown, type Names } from '../base/yaml-parts.ts';
import { readUnchanged, type Problem, type Read, type Source } from '../base/yaml.ts';
import { subjectKinds } from './sections/subjects.ts';
import { Control, Country, Id, PromiseId, Term, Text } from './sections/words.ts';

/** Whether personal data may go to a territory outside the EEA without more (Art. 45). */
const Adequacy = z.strictObject({
  territory: z
    .union([
      Country,
      z.string().regex(
        /^[A-Z]{3}$/,
        message({
          nl: 'hier hoort een landcode zoals US, of drie letters voor een organisatie',
          en: 'expected a country code such as US, or three letters for an organisation',
        }),
      ),
    ])
    .describe('Country code; three letters for an organisation.'),
  title: Text,
  scope: z
    .enum(['all', 'participants'])
    .describe('participants: only recipients that fall under it, such as DPF members.'),
  scopeText: Text.optional(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().optional(),
  mark: z.enum(['primary', 'secondary', 'memory']),
  source: z.string().min(1),
});
export type Adequacy = z.output<typeof Adequacy>;

/** A standard by its numbers and short names: what it says is not ours to copy. */
const Standard = z.strictObject({
  id: z.string().min(1),
  validFrom: z.iso.date(),
  validTo: z.iso.date().optional(),
  mark: z.enum(['primary', 'secondary', 'memory']),
  source: z.string().min(1),
  controls: z.array(
    z.strictObject({
      id: Control,
      title: Text,
      promises: z.array(PromiseId).describe('Promises of the statement that the control is about.'),
    }),
  ),
});
export type Standard = z.output<typeof Standard>;

export const LawFile = z.strictObject({
  pack: z
    .strictObject({ id: Id, title: Text, status: z.literal('proposal') })
    .optional()
    .describe('A proposal that is not law: off until it is asked for by its id.'),
  eea: z.array(Country).default([]),
  adequacy: z.array(Adequacy).default([]),
  standards: z.array(Standard).default([]),
  sources: z.array(
    z.strictObject({
      id: Id,
      title: Text,
      article: z.string().min(1),
      kind: z.enum(['minimum', 'maximum', 'guideline', 'prohibition', 'duty', 'none']),
      period: Term.optional(),
      startsAt: z.enum(['event', 'end-of-day', 'end-of-month', 'end-of-year']).optional(),
      trigger: z.string().optional(),
      appliesTo: z.array(z.string()).default([]),
      subjects: z
        .array(z.enum(subjectKinds))
        .optional()
        .describe('A statute that prescribes a national number or an ID copy: for these people only.'),
      prescribes: z.array(z.enum(['national-number', 'id-copy'])).optional(),
      unnamed: z
        .boolean()
        .default(false)
        .describe('Holds for those people also where a policy does not name it, as payroll does for employees.'),
      replaces: z.array(Id).default([]).describe('Sources that this one takes the place of, from its first day.'),
      validFrom: z.iso.date(),
      validTo: z.iso.date().optional(),
      mark: z
        .enum(['primary', 'secondary', 'memory'])
        .describe('primary: statute read; secondary: a page about it; memory: verify first.'),
      source: z.string().min(1),
      reviewedAt: z.iso.date(),
    }),
  ),
});
export type LawSource = z.output<typeof LawFile>['sources'][number];

/** All legal data: sources by id, the EEA, territories with an adequacy decision, and standards. */
export interface LawBook {
  readonly law: Map<string, LawSource>;
  readonly eea: readonly string[];
  readonly adequacy: readonly Adequacy[];
  readonly standards: readonly Standard[];
  readonly packs: readonly string[];
}

export interface LawRead extends LawBook {
  readonly problems: Problem[];
  /** Whether a legal source of this name is in a file with mistakes: nothing is known of it, also not that it is not there. */
  readonly unsure: (id: string) => boolean;
}

/**
 * Reads the files of law/. Files that are a proposal count only when their id is among `packs`. Of a file with mistakes the
 * sources that are right count, so that what a policy says of those is looked at all the same.
 */
export function readLaw(files: readonly Source[], packs: readonly string[] = []): LawRead {
  const law = new Map<string, LawSource>();
  const problems: Problem[] = [];
  const eea: string[] = [];
  const adequacy: Adequacy[] = [];
  const standards: Standard[] = [];
  const known: string[] = [];
  const doubts: Names[] = [];
  for (const file of files) {
    const read = readUnchanged(file, LawFile);
    problems.push(...read.problems);
    if (read.value?.pack) known.push(read.value.pack.id);
    if (read.value?.pack && !packs.includes(read.value.pack.id)) continue;
    if (!read.value) doubts.push(read.ids(['sources']));
    eea.push(...(read.value?.eea ?? []));
    adequacy.push(...(read.value?.adequacy ?? []));
    standards.push(...(read.value?.standards ?? []));
    for (const [i, source] of read.value?.sources.entries() ?? soundIn(read)) {
      if (law.has(source.id))
        problems.push(
          read.problem(['sources', i, 'id'], {
            nl: `er is al een wettelijke bron "${source.id}": kies een andere id`,
            en: `a second legal source "${source.id}"`,
          }),
        );
      law.set(source.id, source);
    }
  }
  for (const source of law.values())
    for (const id of source.replaces) {
      const old = law.get(id);
      if (old && (old.validTo === undefined || old.validTo >= source.validFrom))
        law.set(id, { ...old, validTo: dayBefore(source.validFrom) });
    }
  const unsure = (id: string): boolean => doubts.some((one) => !isUnknown(one, id));
  return { law, eea, adequacy, standards, packs: known, problems, unsure };
}

/** The sources without a mistake of a file that has some elsewhere. */
function* soundIn({ part, wrong }: Read<unknown, z.input<typeof LawFile>>): Generator<[number, LawSource]> {
  // What makes a file a proposal may be the very thing that is wrong in it.
  if (wrong(['pack']) || part?.pack !== undefined) return;
  for (const [i, one] of entriesOf(part?.sources)) {
    const sound = wrong(['sources', i]) ? undefined : LawFile.shape.sources.element.safeParse(one);
    if (sound?.success === true) yield [i, sound.data];
  }
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** In force on this day ("2026-11-24"). */
export function inForce(
  source: { readonly validFrom: string; readonly validTo?: string | undefined },
  day: string,
): boolean {
  return source.validFrom <= day && (source.validTo === undefined || day <= source.validTo);
}
