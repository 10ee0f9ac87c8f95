/**
 * The policy that a newcomer begins with: blocks of policies/start, each put in where the answers are as it asks. A block claims
 * only what its answers say: what nobody said is left out, and the linter asks for it, where an example would have passed for an
 * answer. Pure.
 */
import { z } from 'zod';
import type { Path } from '../base/yaml.ts';
import { mergedYaml, piecesIn } from '../base/yaml-merge.ts';
import { isAsked, parts, several, type Part } from './parts.ts';
import { schemaComment } from './schemas.ts';

export interface Beginning {
  readonly organisation: string;
  readonly post: string;
  readonly email: string;
  /** Empty when there is none. */
  readonly website: string;
  /** The data protection officer, where there is one. */
  readonly dpo?: { readonly name: string; readonly email: string };
  /** Days until the last backup with something is overwritten; absent when nobody said. */
  readonly backupDays?: number;
  /** Absent: all of them, to be cut down by hand. */
  readonly does?: ReadonlySet<Part>;
}

const Fact = z.enum([...parts, ...(Object.keys(several) as (keyof typeof several)[]), 'website']);
const Facts = z.array(Fact).default([]);
const Block = z.strictObject({ all: Facts, any: Facts, none: Facts, add: z.record(z.string(), z.unknown()) });

/** The files of policies/start, in the order in which their blocks are put in. */
export const startFiles = ['every', 'customers', 'people', 'known', 'staff', 'rest'] as const;

/** The sections of the policy, in the order of docs/policy.md. */
const order = [
  'gestand',
  'publication',
  'organisation',
  'dpo',
  'subjects',
  'data',
  'purposes',
  'recipients',
  'clients',
  'backups',
  'retention',
  'terms',
  'holds',
  'locations',
  'rights',
  'complaint',
  'measures',
  'cookies',
  'telecom',
  'disclosures',
];

const heading = ` ${schemaComment('policy')}
 en: What we promise about personal data. Statement, registers and what is deleted when all follow from this file.
 en: Read every line: it follows from what you answered, and the terms are those that are usual. Change what differs, add what
 en: is not here, then run "gestand lint": it says what the law still misses, where, and what to write.
 en: How to go on: docs/first-statement.md
 nl: Wat wij over persoonsgegevens beloven. Verklaring, registers en wat wanneer wordt verwijderd volgen uit dit bestand.
 nl: Lees elke regel: het volgt uit uw antwoorden, en de termijnen zijn de gebruikelijke. Verander wat anders is, voeg toe wat
 nl: er niet staat, en draai "gestand lint": dat zegt wat de wet nog mist, waar, en wat u schrijft.
 nl: Hoe het verder gaat: docs/first-statement.md`;

/** `files` are the texts of `startFiles`. */
export function starterPolicy(files: readonly string[], facts: Beginning, day: string): string {
  const so = answered(facts);
  const blocks = files.flatMap(piecesIn).flatMap(({ item, piece }) => {
    const { all, any, none } = Block.parse(item);
    const holds =
      all.every((one) => so.has(one)) &&
      (any.length === 0 || any.some((one) => so.has(one))) &&
      !none.some((one) => so.has(one));
    return holds ? [piece] : [];
  });
  return mergedYaml(blocks, { order, heading, set: own(facts, day) });
}

/** Which words of the blocks are so: an answer to a question that was not to be asked is none. */
function answered({ does, website }: Beginning): ReadonlySet<string> {
  const said = new Set<string>(does ?? parts);
  const own = new Set<string>(website === '' ? [] : ['website']);
  // In the order in which they are asked: one that hangs on another that was not to be asked is not asked either.
  for (const part of parts) if (said.has(part) && isAsked(part, own)) own.add(part);
  for (const [word, of] of Object.entries(several)) if (of.some((one) => own.has(one))) own.add(word);
  return own;
}

function own(
  { organisation, post, email, website, dpo, backupDays }: Beginning,
  day: string,
): (readonly [Path, unknown])[] {
  return [
    [['publication', 'version'], `${day.slice(0, 4)}-1`],
    [['publication', 'date'], day],
    [['organisation', 'name'], organisation],
    [['organisation', 'post'], post],
    [['organisation', 'email'], email],
    ...(website === '' ? [] : [[['organisation', 'website'], website] as const]),
    ...(dpo === undefined ? [] : [[['dpo'], dpo] as const]),
    ...(backupDays === undefined ? [] : [[['backups'], { gone: `P${backupDays}D` }] as const]),
  ];
}
