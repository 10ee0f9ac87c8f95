/** Every text of retention, Dutch and English side by side. */
import type { Text } from '../../base/language.ts';
import { counted, dayWords } from '../../base/wording.ts';
import { Mistake, Refusal } from '../world.ts';

export const refusals = {
  unknownPlan: (id: string) =>
    new Refusal('plan-unknown', {
      nl: `Er is geen plan "${id}". Maak er een met: gestand plan`,
      en: `There is no plan "${id}". Make one with: gestand plan`,
    }),
  tampered: (id: string) =>
    new Refusal('plan-tampered', {
      nl: `Plan "${id}" is niet meer wat er getekend is en wordt niet uitgevoerd. Maak een nieuw plan, en zoek uit wie de rij veranderde.`,
      en: `Plan "${id}" is no longer what was signed, and is not carried out. Make a new plan, and find out who changed the row.`,
    }),
  expired: (id: string) =>
    new Refusal('plan-expired', {
      nl: `Plan "${id}" is verlopen: wat het toonde kan veranderd zijn. Maak een nieuw plan met: gestand plan`,
      en: `Plan "${id}" has expired: what it showed may have changed. Make a new one with: gestand plan`,
    }),
  forecast: (id: string) =>
    new Refusal('plan-forecast', {
      nl: `Plan "${id}" kijkt vooruit: wat het toont is nog niet aan de beurt. Maak op de dag zelf een plan.`,
      en: `Plan "${id}" looks ahead: what it shows is not due yet. Make a plan on the day itself.`,
    }),
  policyChanged: (id: string) =>
    new Refusal('plan-policy-changed', {
      nl: `Beleid of landschap is veranderd sinds plan "${id}" werd gemaakt. Maak een nieuw plan met: gestand plan`,
      en: `The policy or the estate has changed since plan "${id}" was made. Make a new one with: gestand plan`,
    }),
  notApproved: (id: string) =>
    new Refusal('plan-not-approved', {
      nl: `Plan "${id}" is niet goedgekeurd. Bekijk het en keur het goed met: gestand approve ${id} --by NAAM`,
      en: `Plan "${id}" is not approved. Look at it and approve it with: gestand approve ${id} --by NAME`,
    }),
  unknownRule: (id: string, rule: string) =>
    new Mistake('plan-unknown-rule', {
      nl: `Plan "${id}" heeft geen regel "${rule}".`,
      en: `Plan "${id}" has no rule "${rule}".`,
    }),
  toReview: (id: string, rule: string) =>
    new Refusal('plan-to-review', {
      nl: `Over "${rule}" beslist een mens apart, met een reden: gestand review ${id} ${rule}`,
      en: `A person decides about "${rule}" on its own, with a reason: gestand review ${id} ${rule}`,
    }),
  notReviewed: (id: string, rule: string) =>
    new Refusal('review-not-asked', {
      nl: `In plan "${id}" wacht bij regel "${rule}" niets op een besluit van een mens.`,
      en: `In plan "${id}" nothing of rule "${rule}" waits for a person to decide.`,
    }),
  decidedAlready: (id: string, rule: string) =>
    new Refusal('review-decided', {
      nl: `Over regel "${rule}" van plan "${id}" is al beslist. Maak een nieuw plan voor wat er nu aan de beurt is.`,
      en: `Rule "${rule}" of plan "${id}" has been decided already. Make a new plan for what is due now.`,
    }),
  notKept: (id: string, rule: string) =>
    new Refusal('review-not-kept', {
      nl: `In plan "${id}" loopt voor regel "${rule}" geen besluit om te bewaren. Het plan waarin dat besluit wel loopt, noemt: gestand plan`,
      en: `In plan "${id}" no decision to keep is running for rule "${rule}". The plan in which it runs is named by: gestand plan`,
    }),
  carriedOut: (id: string) =>
    new Refusal('plan-carried-out', {
      nl: `Plan "${id}" is al uitgevoerd, en dat gebeurt één keer. Maak een nieuw plan en beslis daarin.`,
      en: `Plan "${id}" has been carried out, and that happens once. Make a new plan and decide there.`,
    }),
  decidedMeanwhile: (id: string) =>
    new Refusal('plan-decided-meanwhile', {
      nl: `Over plan "${id}" werd net iets beslist. Begin opnieuw: gestand apply ${id}`,
      en: `Something of plan "${id}" was decided just now. Begin again: gestand apply ${id}`,
    }),
  noReason: () =>
    new Mistake('review-reason', { nl: 'Zeg in een paar woorden waarom.', en: 'Say in a few words why.' }),
  keepDay: (first: string, last: string) =>
    new Mistake('review-until', {
      nl: `Noem een dag van ${dayWords(first).nl} tot en met ${dayWords(last).nl}: ten hoogste een jaar vooruit, dan wordt het opnieuw gevraagd.`,
      en: `Name a day from ${dayWords(first).en} through ${dayWords(last).en}: at most a year ahead, then it is asked again.`,
    }),
  beyondMaximum: (law: string, last: string | null) =>
    new Refusal(
      'review-maximum',
      last === null
        ? {
            nl: `Dit kan niet langer bewaard worden: het wettelijk maximum (${law}) is voorbij.`,
            en: `This cannot be kept any longer: the statutory maximum (${law}) has passed.`,
          }
        : {
            nl: `Het wettelijk maximum (${law}) laat bewaren toe tot en met ${dayWords(last).nl}.`,
            en: `The statutory maximum (${law}) allows keeping through ${dayWords(last).en}.`,
          },
    ),
  keepTask: (where: string) =>
    new Refusal('review-task', {
      nl: `${where} is een taak voor een mens: wat daar ligt, kan geen plan op datum bewaren.`,
      en: `${where} is a task for a person: no plan can keep by date what lies there.`,
    }),
  noName: () =>
    new Mistake('name-needed', {
      nl: 'Een beslissing heeft een naam nodig: --by NAAM.',
      en: 'A decision needs a name: --by NAME.',
    }),
};

/** Why a line of a plan waits for a person, or goes by itself. */
export const whys = {
  none: { nl: 'er is geen vaste goedkeuring', en: 'no standing approval' },
  ended: (day: string): Text => ({
    nl: `de vaste goedkeuring liep tot en met ${day}`,
    en: `standing approval ended on ${day}`,
  }),
  items: (due: number, most: number): Text => ({
    nl: `${due} items is meer dan de grens van ${most}`,
    en: `${due} items is more than the cap of ${most}`,
  }),
  share: (percent: number, most: string): Text => ({
    nl: `${percent}% van de dataset is meer dan de grens van ${most}`,
    en: `${percent}% of the dataset is more than the cap of ${most}`,
  }),
  ofRule: (due: number, most: number): Text => ({
    nl: `${due} items van deze regel is meer dan de grens van ${most}`,
    en: `${due} items of this rule is more than the cap of ${most}`,
  }),
  standing: (by: string): Text => ({ nl: `vaste goedkeuring door ${by}`, en: `standing approval by ${by}` }),
  nothingDue: { nl: 'er is niets aan de beurt', en: 'nothing is due' },
  review: { nl: 'een mens beoordeelt deze', en: 'a person reviews these' },
} as const;

/** Where a manual dataset's items are "in two": the task that a person has not signed off. */
const task = 'manual';

interface Ended {
  readonly system: string;
  readonly dataset: string;
  readonly partialAt: Readonly<Record<string, number>>;
  readonly unseen: number;
  readonly orphans: number | null;
}

/** What of a run is partial, a sentence each: tasks that are open for people, items that nobody can tell of, items that are in two, parts without a whole. */
export function partialTexts(lines: readonly Ended[]): Text[] {
  const open = openTasks(lines);
  // A run keeps what it ended with; a task may have been signed off since.
  const tasks = counted(
    open,
    { nl: 'taak ging naar een mens; of zij nog openstaat', en: 'task was left to a person; whether it is still open' },
    {
      nl: 'taken gingen naar een mens; of zij nog openstaan',
      en: 'tasks were left to a person; whether they are still open',
    },
  );
  const said: Text[] =
    open === 0
      ? []
      : [
          {
            nl: `${tasks.nl}, en waar u aftekent: gestand tasks`,
            en: `${tasks.en}, and where to sign off: gestand tasks`,
          },
        ];
  for (const { system, dataset, unseen } of lines) {
    if (unseen === 0) continue;
    const items = counted(unseen, { nl: 'item', en: 'item' }, { nl: 'items', en: 'items' });
    said.push({
      nl: `Van ${items.nl} in ${system}/${dataset} is niet te zien of ze weg zijn: een partij werd afgebroken. Een nieuw plan toont wat er staat.`,
      en: `Of ${items.en} in ${system}/${dataset} it cannot be seen whether they went: a batch was cut off. A new plan shows what is there.`,
    });
  }
  for (const { system, dataset, partialAt } of lines)
    for (const [part, n] of Object.entries(partialAt)) {
      if (part === task || n === 0) continue;
      const items = counted(n, { nl: 'item is', en: 'item is' }, { nl: 'items zijn', en: 'items are' });
      said.push({
        nl: `${items.nl} in ${system}/${dataset} niet heel meer en niet weg: het gaat om het deel "${part}".`,
        en: `${items.en} in ${system}/${dataset} neither whole nor gone: it is about the part "${part}".`,
      });
    }
  for (const { system, dataset, orphans } of lines) {
    if (!orphans) continue;
    const parts = counted(orphans, { nl: 'deel van', en: 'part of' }, { nl: 'delen van', en: 'parts of' });
    const stand = orphans === 1 ? { nl: 'staat', en: 'stands' } : { nl: 'staan', en: 'stand' };
    said.push({
      nl: `${parts.nl} ${system}/${dataset} ${stand.nl} er terwijl het geheel weg is. Welke, staat bij de bevindingen: gestand plan`,
      en: `${parts.en} ${system}/${dataset} still ${stand.en} while the whole is gone. Which, stands under findings: gestand plan`,
    });
  }
  return said;
}

/** How many tasks of a run are open for people: they count as partial, and no column says that a person is waited for. */
export function openTasks(lines: readonly Pick<Ended, 'partialAt'>[]): number {
  return lines.reduce((sum, line) => sum + (line.partialAt[task] ?? 0), 0);
}

/** Why a step of a run was given up: the sort of fault, or a stop of our own. */
export function stopText(why: string): Text {
  return Object.hasOwn(stops, why) ? (stops[why] ?? { nl: why, en: why }) : { nl: why, en: why };
}

const stops: Readonly<Record<string, Text>> = {
  unreachable: { nl: 'de bron antwoordt niet', en: 'the source does not answer' },
  refused: {
    nl: 'de bron of het profiel staat dit niet toe; wat er ontbreekt: gestand systems probe',
    en: 'the source or the profile does not allow it; what is missing: gestand systems probe',
  },
  limited: { nl: 'de bron heeft het te druk', en: 'the source is too busy' },
  'half-done': { nl: 'het werk bleef halverwege steken', en: 'the work stuck halfway' },
  surprise: { nl: 'de bron is anders dan verwacht', en: 'the source is not what was expected' },
  'more-than-the-plan-showed': {
    nl: 'er zou meer weggaan dan het plan liet zien',
    en: 'more would go than the plan showed',
  },
  'policy-changed': {
    nl: 'het beleid of het profiel zegt van deze gegevens iets anders dan toen de run begon',
    en: 'the policy or the profile says something else of this data than when the run began',
  },
  internal: { nl: 'een fout in Gestand zelf', en: 'a fault of Gestand itself' },
};
