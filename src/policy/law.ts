/** Legal sources as dated data: periods stand in law/, never in code. */
import { z } from 'zod';
import { readYaml, type Problem, type Source } from '../base/yaml.ts';
import { Id, Term, Text } from './sections/words.ts';

export const LawFile = z.strictObject({
  sources: z.array(
    z.strictObject({
      id: Id,
      title: Text,
      article: z.string().min(1),
      kind: z.enum(['minimum', 'maximum', 'guideline', 'prohibition', 'none']),
      period: Term.optional(),
      startsAt: z.enum(['event', 'end-of-day', 'end-of-month', 'end-of-year']).optional(),
      trigger: z.string().optional(),
      appliesTo: z.array(z.string()).default([]),
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

export function readLaw(files: readonly Source[]): { law: Map<string, LawSource>; problems: Problem[] } {
  const law = new Map<string, LawSource>();
  const problems: Problem[] = [];
  for (const file of files) {
    const read = readYaml(file, LawFile);
    problems.push(...read.problems);
    for (const [i, source] of (read.value?.sources ?? []).entries()) {
      if (law.has(source.id)) problems.push(read.problem(['sources', i, 'id'], `a second legal source "${source.id}"`));
      law.set(source.id, source);
    }
  }
  return { law, problems };
}

/** In force on this day ("2026-11-24"). */
export function inForce(source: LawSource, day: string): boolean {
  return source.validFrom <= day && (source.validTo === undefined || day <= source.validTo);
}
