/**
 * The proof of each promise as anyone may read it, beside the sentence of the statement: the state and its words, never a system,
 * a dataset, a file or a person.
 */
import type { Text } from '../../base/language.ts';
import type { Proof } from '../publication/statement/model.ts';
import type { World } from '../world.ts';
import { promisedAs } from './controls/index.ts';
import { keptOf, type Part } from './model.ts';
import { judgeAll, type PromiseReport } from './service.ts';

export async function publicProofs(world: World): Promise<Map<string, Proof>> {
  return new Map((await judgeAll(world)).map((report) => [report.id, publicProof(report)]));
}

export function publicProof(report: PromiseReport): Proof {
  const { needs, shows, doesNotShow, verify } = promisedAs(report.id);
  const lacking = needs.flatMap((need) => (need.by === 'nothing' ? [need.missing] : []));
  return {
    state: report.state,
    since: report.since.toString(),
    lastProof: report.proof ? { at: report.proof.at.toString(), leaf: report.leaf } : null,
    kind: report.kind,
    shows:
      report.state === 'not-proven' && keptOf(report.parts) === 0
        ? nothingNow
        : together(...partly(report.parts), shows),
    doesNotShow: together(doesNotShow, ...lacking),
    verify: report.leaf === null ? verify : together(verify, byKey(report.leaf)),
  };
}

const nothingNow: Text = { nl: 'Nu niets.', en: 'Nothing now.' };

/** A promise of several parts says how many of them are shown, so that one of them is not taken for the whole. */
function partly(parts: readonly Part[]): Text[] {
  const kept = keptOf(parts);
  if (kept === parts.length || parts.length === 1) return [];
  return [
    {
      nl: `Van de ${parts.length} delen van deze belofte ${kept === 1 ? 'is' : 'zijn'} er nu ${kept} bewezen.`,
      en: `Of the ${parts.length} parts of this promise ${kept} ${kept === 1 ? 'is' : 'are'} proven now.`,
    },
  ];
}

const byKey = (leaf: number): Text => ({
  nl: `Vraag het bewijsstuk van regel ${leaf} van ons bewijsboek: met onze openbare sleutel is het na te rekenen, zonder onze software.`,
  en: `Ask for the receipt of line ${leaf} of our evidence log: with our public key anyone can check it, without our software.`,
});

function together(...texts: readonly Text[]): Text {
  return { nl: texts.map((one) => one.nl).join(' '), en: texts.map((one) => one.en).join(' ') };
}
