/**
 * The proof of each promise as anyone may read it, beside the sentence of the statement: the state and its words, never a system,
 * a dataset, a file or a person.
 */
import type { Text } from '../../base/language.ts';
import type { Proof } from '../publication/statement/model.ts';
import type { World } from '../world.ts';
import { promisedAs } from './controls/index.ts';
import type { Part, PromiseState, Why } from './model.ts';
import { judgeAll, type PromiseReport } from './service.ts';

export async function publicProofs(world: World): Promise<Map<string, Proof>> {
  return new Map((await judgeAll(world)).map((report) => [report.id, publicProof(report)]));
}

export function publicProof(report: PromiseReport): Proof {
  const { title, needs, shows, doesNotShow, verify } = promisedAs(report.id);
  const lacking = needs.flatMap((need) => (need.by === 'nothing' ? [need.missing] : []));
  // Proof of some parts is no proof of the promise: only when each part was once shown is there a moment to name.
  const last = report.parts.every(onceShown) ? report.proof : null;
  const partial = report.parts.some((part) => part.state === 'kept') ? 'partly' : last ? 'lapsed' : null;
  return {
    state: report.state,
    since: report.since.toString(),
    lastProof: last ? { at: last.day ?? last.at.toString(), leaf: report.leaf } : null,
    kind: report.kind,
    title,
    ...(report.kind === 'none' && partial ? { partial } : {}),
    // What stands in the table is true of a promise that is kept; of any other, its parts tell how far it is.
    shows: report.state === 'kept' ? together(shows, ...decided(report.parts)) : together(...perState(report.parts)),
    doesNotShow: together(doesNotShow, ...lacking),
    verify: last && report.leaf !== null ? together(verify, byKey(report.leaf)) : verify,
  };
}

/** A promise that is kept while a person decided that something stays says so: it is past its term, and there. */
function decided(parts: readonly Part[]): Text[] {
  if (!parts.some((part) => part.why.some((why) => why.is === 'measured' && why.decided !== undefined))) return [];
  return [
    {
      nl: 'Iets bleef na zijn termijn omdat een mens dat besliste, met een reden en een einddatum.',
      en: 'Something stayed past its term because a person decided so, with a reason and an end.',
    },
  ];
}

/** Why something of a part was never shown, whatever else of it was. */
const never: ReadonlySet<Why['is']> = new Set([
  'never-measured',
  'not-counted',
  'no-system',
  'not-carried-out',
  'task-open',
  'missing',
]);

const onceShown = (part: Part): boolean =>
  part.proof !== null && (part.state !== 'not-proven' || part.why.every((why) => !never.has(why.is)));

const heads: Record<PromiseState, Text> = {
  broken: { nl: 'Niet zoals beloofd', en: 'Not as promised' },
  'at-risk': { nl: 'Vraagt aandacht', en: 'Asks for attention' },
  kept: { nl: 'Bewezen', en: 'Proven' },
  'not-proven': { nl: 'Niet bewezen', en: 'Not proven' },
};

/** "Not as promised: at most 90 days." The titles of parts are the policy's own words, or ours. */
function perState(parts: readonly Part[]): Text[] {
  return (['broken', 'at-risk', 'kept', 'not-proven'] as const).flatMap((state) => {
    const own = parts.filter((part) => part.state === state).map((part) => part.title);
    if (own.length === 0) return [];
    const list = (language: 'nl' | 'en'): string =>
      [...new Set(own.map((title) => title[language].replace(/\.$/, '')))].join('; ');
    return [{ nl: `${heads[state].nl}: ${list('nl')}.`, en: `${heads[state].en}: ${list('en')}.` }];
  });
}

const byKey = (leaf: number): Text => ({
  nl: `Vraag het bewijsstuk van regel ${leaf} van ons bewijsboek: met onze openbare sleutel is het na te rekenen, zonder onze software.`,
  en: `Ask for the receipt of line ${leaf} of our evidence log: with our public key anyone can check it, without our software.`,
});

function together(...texts: readonly Text[]): Text {
  return { nl: texts.map((one) => one.nl).join(' '), en: texts.map((one) => one.en).join(' ') };
}
