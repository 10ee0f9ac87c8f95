/** What the board says, Dutch and English side by side. */
import type { Text } from '../../base/language.ts';
import { dayWords, counted } from '../../base/wording.ts';
import { faultTexts, type FaultKind } from '../../connectors/kit/index.ts';
import { Refusal } from '../world.ts';
import type { HoldRisk, ProofKind, PromiseState, Why } from './model.ts';

/** What sort of fault it was; one that this version does not know stays as it was written down. */
function faultWords(fault: string): Text {
  return Object.hasOwn(faultTexts, fault) ? faultTexts[fault as FaultKind] : { nl: fault, en: fault };
}

export const states: Record<PromiseState, Text> = {
  kept: { nl: 'nagekomen', en: 'kept' },
  'at-risk': { nl: 'in gevaar', en: 'at risk' },
  broken: { nl: 'gebroken', en: 'broken' },
  'not-proven': { nl: 'niet bewezen', en: 'not proven' },
};

/** Kinds of proof. A person's word has its own name and mark wherever it is shown: it is weaker than a measurement. */
export const kinds: Record<ProofKind | 'none', Text> = {
  measured: { nl: 'gemeten', en: 'measured' },
  derived: { nl: 'afgeleid', en: 'derived' },
  declared: { nl: 'verklaard', en: 'declared' },
  none: { nl: 'zonder bewijs', en: 'without proof' },
};

export const kindsMean: Record<ProofKind, Text> = {
  measured: {
    nl: 'een controle liep tegen de systemen zelf',
    en: 'a check ran against the systems themselves',
  },
  derived: {
    nl: 'volgt uit beleid, register, landschap of de gepubliceerde verklaring',
    en: 'follows from policy, register, estate or the published statement',
  },
  declared: {
    nl: 'iemands ondertekende woord, met een einddatum',
    en: "a person's signed word, with an end",
  },
};

const n = (items: number, one: string, more: string): string => `${items} ${items === 1 ? one : more}`;

const unsafe: Readonly<Record<HoldRisk, Text>> = {
  'host-deletes': {
    nl: 'een systeem verwijdert zelf, en er is geen kopie',
    en: 'a system deletes by itself, and there is no copy',
  },
  unreachable: { nl: 'een systeem was niet te bereiken', en: 'a system could not be reached' },
  disconnected: { nl: 'een systeem is niet meer aangesloten', en: 'a system is no longer connected' },
  incomplete: {
    nl: 'een verwijdering van ons nam een deel weg van wat bewaard moet blijven',
    en: 'a deletion of ours took a part of what must be kept',
  },
};

const lookedAt = ({ on, name }: { readonly on: string; readonly name?: Text }): Text => name ?? { nl: on, en: on };

export function whyText(why: Why): Text {
  switch (why.is) {
    case 'no-system': {
      const data = [why.data, ...(why.also ?? [])].map((one) => `"${one}"`).join(', ');
      return {
        nl: `geen aangesloten systeem heeft ${data}: sluit het aan, of zet het onder notUsed in estate.yaml bij een systeem waarvan het profiel het heeft`,
        en: `no connected system has ${data}: connect it, or list it under notUsed in estate.yaml at a system whose profile has it`,
      };
    }
    case 'said-absent':
      return {
        nl: `"${why.data}" is hier niet: dat zegt het landschap (notUsed), en het is niet gemeten`,
        en: `"${why.data}" is not here: so the estate says (notUsed), and it was not measured`,
      };
    case 'not-carried-out':
      if (why.criterion)
        return {
          nl: `${why.term}: eindigt zodra iemand iets meldt; een mens voert het uit, en niets laat dat zien`,
          en: `${why.term}: ends once somebody tells us; a person carries it out, and nothing shows that`,
        };
      return {
        nl: `${why.term}: wel gezegd, maar geen regel voert het uit; maak er een van onder "retention"`,
        en: `${why.term}: said, but no rule carries it out; make it one under "retention"`,
      };
    case 'policy-changed':
      return {
        nl: `${lookedAt(why).nl}: gemeten vóór het beleid of landschap van nu; meet opnieuw`,
        en: `${lookedAt(why).en}: measured before the policy or estate of today; measure again`,
      };
    case 'to-review':
      return {
        nl: `${why.on}: ${n(why.items, 'item wacht', 'items wachten')} voorbij de termijn op een besluit van een mens, gezien op ${dayWords(why.since).nl}, te beslissen tot en met ${dayWords(why.by).nl}: ${reviewCommand(why)}`,
        en: `${why.on}: ${n(why.items, 'item waits', 'items wait')} past the term for a person to decide, seen on ${dayWords(why.since).en}, to be decided through ${dayWords(why.by).en}: ${reviewCommand(why)}`,
      };
    case 'to-carry-out':
      return {
        nl: `${why.on}: van ${n(why.items, 'item', 'items')} voorbij de termijn is beslist dat het weg moet; voer het uit: gestand apply ${why.plan}`,
        en: `${why.on}: of ${n(why.items, 'item', 'items')} past the term it was decided that it must go; carry it out: gestand apply ${why.plan}`,
      };
    case 'kept-since':
      return {
        nl: `${why.on}: bewaard door een besluit, tot en met ${dayWords(why.until).nl}, en daarna nog niet gemeten: gestand promises --measure`,
        en: `${why.on}: kept by a decision, through ${dayWords(why.until).en}, and not measured since: gestand promises --measure`,
      };
    case 'task-open':
      return {
        nl: `${why.on}: een mens doet dit, en tekende nog niet: gestand tasks`,
        en: `${why.on}: a person does this, and has not signed yet: gestand tasks`,
      };
    case 'task-done':
      return {
        nl: `${why.on}: door een mens gedaan en getekend voor ${why.period}`,
        en: `${why.on}: done and signed by a person for ${why.period}`,
      };
    case 'never-measured':
      return { nl: `${lookedAt(why).nl}: nog nooit gemeten`, en: `${lookedAt(why).en}: never measured` };
    case 'stale':
      return {
        nl: `${lookedAt(why).nl}: de laatste meting, van ${dayWords(why.at.slice(0, 10)).nl}, is te oud`,
        en: `${lookedAt(why).en}: last measured on ${dayWords(why.at.slice(0, 10)).en}, too long ago`,
      };
    case 'overdue':
      return {
        nl: `${why.on}: ${n(why.items, 'item', 'items')} voorbij de termijn en niet vastgehouden`,
        en: `${why.on}: ${n(why.items, 'item', 'items')} past the term and not held`,
      };
    case 'not-counted':
      return {
        nl: `${why.on}: kon niet geteld worden (${faultWords(why.fault).nl})`,
        en: `${why.on}: could not be counted (${faultWords(why.fault).en})`,
      };
    case 'undated':
      return {
        nl: `${why.on}: ${n(why.items, 'item', 'items')} zonder bruikbare datum`,
        en: `${why.on}: ${n(why.items, 'item', 'items')} without a usable date`,
      };
    case 'not-covered':
      return { nl: `${why.on}: geen regel bereikt deze gegevens`, en: `${why.on}: no rule reaches this data` };
    case 'hold-review':
      return {
        nl: `${n(why.holds, 'bewaarplicht', 'bewaarplichten')} te lang niet herzien`,
        en: `${n(why.holds, 'hold', 'holds')} overdue for review`,
      };
    case 'hold-unsafe':
      return {
        nl: `${n(why.holds, 'bewaarplicht', 'bewaarplichten')} niet veilig: ${unsafe[why.risk].nl}`,
        en: `${n(why.holds, 'hold', 'holds')} not safe: ${unsafe[why.risk].en}`,
      };
    case 'measured':
      return {
        nl: `0 te laat in ${n(why.datasets, 'dataset', 'datasets')}${why.held > 0 ? `, ${why.held} vastgehouden` : ''}${why.retained > 0 ? `, ${why.retained} wettelijk bewaard` : ''}${why.decided ? `, ${why.decided.items} bewaard door een besluit tot en met ${dayWords(why.decided.until).nl}` : ''}`,
        en: `0 overdue in ${n(why.datasets, 'dataset', 'datasets')}${why.held > 0 ? `, ${why.held} held` : ''}${why.retained > 0 ? `, ${why.retained} kept by statute` : ''}${why.decided ? `, ${why.decided.items} kept by a decision through ${dayWords(why.decided.until).en}` : ''}`,
      };
    case 'declared':
      return {
        nl: `gezien op ${dayWords(why.on).nl}, geldt tot en met ${dayWords(why.until).nl}${why.attached ? ', met bijlage' : ''}`,
        en: `seen on ${dayWords(why.on).en}, counts until ${dayWords(why.until).en}${why.attached ? ', with an attachment' : ''}`,
      };
    case 'declaration-ended':
      return {
        nl: `het woord liep af op ${dayWords(why.until).nl}; kijk opnieuw: gestand declare --control ${why.control}`,
        en: `the word ended on ${dayWords(why.until).en}; look again: gestand declare --control ${why.control}`,
      };
    case 'declaration-changed':
      return {
        nl: `de verklaring is niet meer wat er getekend is en telt niet: gestand declare --control ${why.control}`,
        en: `the declaration is no longer what was signed and does not count: gestand declare --control ${why.control}`,
      };
    case 'attachment-lost':
      return {
        nl: `de bijlage is weg of veranderd: gestand declare --control ${why.control} --attach BESTAND`,
        en: `the attachment is gone or changed: gestand declare --control ${why.control} --attach FILE`,
      };
    case 'missing':
    case 'check':
      return why.text;
  }
}

/** Where it is decided; where no plan shows it yet, one is made first. */
const reviewCommand = ({ plan, rule }: { plan: string | null; rule: string }): string =>
  plan === null ? 'gestand plan' : `gestand review ${plan} ${rule}`;

export const refusals = {
  unknownTask: (id: string) =>
    new Refusal('task-unknown', { nl: `Er is geen open taak "${id}".`, en: `There is no open task "${id}".` }),
};

/** "3 van 8 delen bewezen". */
export function provenOf(kept: number, all: number): Text {
  const parts = counted(all, { nl: 'deel', en: 'part' }, { nl: 'delen', en: 'parts' });
  return { nl: `${kept} van ${parts.nl} bewezen`, en: `${kept} of ${parts.en} proven` };
}
