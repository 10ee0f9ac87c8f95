/** What the linter can only know from the running systems: which rules run, which controls show something, where things drift apart. */
import { isBefore, type Instant } from '../../base/time.ts';
import type { Path } from '../../base/yaml.ts';
import { promiseIds, type Living } from '../../policy/index.ts';
import { published } from '../publication/versions/model.ts';
import { readVersions } from '../publication/versions/store.ts';
import { bind } from '../retention/model.ts';
import type { World } from '../world.ts';
import { purposeless } from './checks/index.ts';
import { readAsOf } from './asked.ts';
import { readFacts } from './facts.ts';
import { judge } from './model.ts';
import { controlsNamed, partsOf, shownNow } from './parts.ts';
import * as store from './store.ts';

/** The nightly round: seconds that should lie between two runs of a rule. */
const interval = 86_400;

/**
 * `publishing`: asked by who is about to publish, so that what publishing mends is no reason against it. `of`: a text that does not
 * run yet.
 */
export async function livingFacts(
  running: World,
  { publishing = false, of }: { readonly publishing?: boolean; readonly of?: Pick<World, 'policy' | 'parsed'> } = {},
): Promise<Living> {
  const world = of ? { ...running, ...of } : running;
  const now = world.clock();
  const seen = await readFacts(running);
  const facts = of ? readAsOf(world, seen) : seen;
  const { policy } = world;
  const site = facts.checked.get('visited');
  return {
    now: now.toString(),
    bound: await boundRules(world),
    drift: [...undeclared(world), ...elsewhere(world), ...(publishing ? [] : await unpublished(world))],
    ...(site?.state === 'broken' && !isBefore(site.at, facts.since) ? { site: site.text } : {}),
    controls: controlsNamed(policy).flatMap((control) => {
      const part = shownNow(control, facts, now);
      return part === null
        ? []
        : [
            {
              control,
              shownAt: part.proof?.at.toString() ?? null,
              stale: part.state !== 'kept',
              ...(part.state === 'broken' ? { broken: true as const } : {}),
            },
          ];
    }),
  };
}

/** A rule was last carried out when, on each of its datasets, nothing was found past its term: the oldest of those moments. */
async function boundRules(world: World): Promise<Living['bound']> {
  const clean = await store.lastClean(world.db);
  const { lines } = bind(world.policy, world.systems.datasets);
  return world.policy.retention.flatMap(({ id }) => {
    const own = lines.filter((line) => line.rule.id === id && line.dataset.at.kind !== 'task');
    if (own.length === 0) return [];
    const last = own.map(
      ({ dataset }) =>
        clean.find((one) => one.rule === id && one.system === dataset.system && one.dataset === dataset.id)?.at ?? null,
    );
    const oldest = last.reduce<Instant | null>(
      (a, b) => (a === null || b === null ? null : isBefore(b, a) ? b : a),
      last[0] ?? null,
    );
    return [{ rule: id, lastRun: oldest?.toString() ?? null, interval }];
  });
}

type Drift = Living['drift'][number];

/** Data in the systems for which the register has no purpose, or no term. */
function undeclared(world: World): Drift[] {
  const { policy, systems } = world;
  const at = (data: string): Path => ['data', policy.data.findIndex((one) => one.id === data)];
  const termed = new Set([...policy.retention, ...policy.terms].flatMap((one) => one.data));
  const own = new Set(policy.purposes.filter((one) => one.role === 'controller').flatMap((one) => one.data));
  return [
    ...purposeless({ policy, datasets: systems.datasets }).map(({ on, data }): Drift => ({
      between: ['register', 'enforcement'],
      message: {
        nl: `In ${on} staan gegevens ("${data}") waarvoor geen doel is.`,
        en: `${on} holds data ("${data}") for which there is no purpose.`,
      },
      path: at(data),
    })),
    ...systems.datasets
      .filter(({ data }) => own.has(data) && !termed.has(data))
      .map((dataset): Drift => {
        const on = `${dataset.system}/${dataset.id}`;
        return {
          between: ['statement', 'enforcement'],
          message: {
            nl: `In ${on} staan gegevens ("${dataset.data}") zonder termijn.`,
            en: `${on} holds data ("${dataset.data}") without a term.`,
          },
          path: at(dataset.data),
        };
      }),
    ...unbound(world),
  ];
}

/**
 * A rule of the statement that no connected system carries out: nothing says that it is not kept, nothing shows that it is. Where
 * nothing is connected at all, one thing is left to do, and one thing is told; unless the policy gives reasons term by term.
 */
function unbound({ policy, systems }: World): Drift[] {
  const bound = new Set(bind(policy, systems.datasets).lines.map((line) => line.rule.id));
  const terms = policy.retention.map(({ id }) => `"${id}"`).join(', ');
  const onePlace = policy.reasons.every((one) => one.rule !== 'GST-I04' || one.path === undefined);
  if (systems.systems.length === 0 && policy.retention.length > 1 && onePlace)
    return [
      {
        between: ['statement', 'enforcement'],
        message: {
          nl: `Er is nog geen systeem aangesloten. Daarom voert nog niets deze ${policy.retention.length} termijnen uit, en noemt de verklaring ze niet bewezen: ${terms}.`,
          en: `No system is connected yet. So nothing carries out these ${policy.retention.length} terms, and the statement calls them not proven: ${terms}.`,
        },
        path: ['retention'],
        promisedOnly: true,
      },
    ];
  return policy.retention.flatMap((rule, i): Drift[] =>
    bound.has(rule.id)
      ? []
      : [
          {
            between: ['statement', 'enforcement'],
            message: {
              nl: `De regel "${rule.id}" staat in de verklaring, en nog geen aangesloten systeem voert hem uit.`,
              en: `The rule "${rule.id}" is in the statement, and no connected system carries it out yet.`,
            },
            path: ['retention', i],
            promisedOnly: true,
          },
        ],
  );
}

/** Systems outside what the statement allows, or run by someone that it does not name. */
function elsewhere({ policy, book, systems }: World): Drift[] {
  const allowed = new Set(policy.locations.allowed.flatMap((one) => (one === 'EEA' ? book.eea : [one])));
  const known = [policy.organisation.name, ...policy.recipients.flatMap((one) => [one.id, one.name ?? one.id])];
  const named = (operator: string): boolean => known.some((one) => one.toLowerCase() === operator.toLowerCase());
  return systems.systems.flatMap(({ id, location: { country, operator } }): Drift[] => [
    ...(allowed.has(country)
      ? []
      : [
          {
            between: ['statement', 'enforcement'] as const,
            message: {
              nl: `"${id}" staat in ${country}, en dat laat de verklaring niet toe.`,
              en: `"${id}" stands in ${country}, which the statement does not allow.`,
            },
            path: ['locations', 'allowed'],
          },
        ]),
    ...(operator === undefined || named(operator)
      ? []
      : [
          {
            between: ['register', 'enforcement'] as const,
            message: {
              nl: `"${id}" draait bij "${operator}", en die is geen ontvanger in dit beleid.`,
              en: `"${id}" is run by "${operator}", who is no recipient in this policy.`,
            },
            path: ['recipients'],
          },
        ]),
  ]);
}

/** What is published came from another policy than the one that runs, and no version of this one is on its way. */
async function unpublished(world: World): Promise<Drift[]> {
  const out = published(await readVersions(world.db));
  if (out.length === 0 || out.some((one) => one.policyHash === world.policyHash)) return [];
  return [
    {
      between: ['statement', 'register'],
      message: {
        nl: 'De gepubliceerde verklaring komt uit een ander beleid dan dit: publiceer opnieuw.',
        en: 'The published statement comes from another policy than this: publish again.',
      },
    },
  ];
}

/**
 * Whether a control or a promise ("P08") of this name holds now: false only for what was seen to be broken, null for what nothing
 * shows and for a name that is neither. For the mapping to ISO 27001.
 */
export async function holdsNow(world: World): Promise<(name: string) => boolean | null> {
  const now = world.clock();
  const facts = await readFacts(world);
  const made = new Set(promiseIds(world.policy));
  return (name) => {
    const state = made.has(name) ? judge(partsOf(name, facts, now), now).state : shownNow(name, facts, now)?.state;
    return state === 'kept' ? true : state === 'broken' ? false : null;
  };
}
