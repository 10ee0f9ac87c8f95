/** Search: whatever has a name or a number, among what this person may see. Nothing in the connected systems is searched. */
import { can, listAccounts, roleTitles, type Actor, type Permission } from '../../access/index.ts';
import { keyOf } from '../../access/model.ts';
import type { Language, Text } from '../../base/language.ts';
import { dayOf, instantFromEpochMs } from '../../base/time.ts';
import { readEntries } from '../../ledger/store.ts';
import { lintRules, promiseIds } from '../../policy/index.ts';
import { promisedAs } from '../../promises/proof/controls/index.ts';
import { listHolds } from '../../promises/holds/service.ts';
import { listTasks } from '../../promises/proof/store.ts';
import { listVersions } from '../../promises/publication/versions/overview.ts';
import { listPlans } from '../../promises/retention/store.ts';
import { documentsTitle } from '../../web/console/documents.ts';
import type { Found } from '../../web/console/search.ts';
import { sayIn } from '../../web/say.ts';
import { documentId, namedIn } from '../documents.ts';
import { publicationOf } from '../publication.ts';
import { eventText } from './entry-text.ts';
import { sections } from './frame.ts';
import type { Seat } from './seat.ts';

interface Candidate {
  readonly kind: Text;
  readonly may: Permission;
  /** The client that it is about: one who sees only their own finds only that one. */
  readonly client?: string;
  readonly href: string;
  readonly name: string;
  readonly also: string;
}

const kinds = {
  section: { nl: 'onderdeel', en: 'section' },
  promise: { nl: 'belofte', en: 'promise' },
  rule: { nl: 'bewaarregel', en: 'retention rule' },
  purpose: { nl: 'doel', en: 'purpose' },
  data: { nl: 'soort gegevens', en: 'data category' },
  recipient: { nl: 'ontvanger', en: 'recipient' },
  system: { nl: 'systeem', en: 'system' },
  plan: { nl: 'plan', en: 'plan' },
  run: { nl: 'run', en: 'run' },
  hold: { nl: 'bewaarplicht', en: 'hold' },
  task: { nl: 'taak', en: 'task' },
  document: { nl: 'document', en: 'document' },
  person: { nl: 'persoon', en: 'person' },
  client: { nl: 'klant', en: 'client' },
  dataset: { nl: 'dataset', en: 'dataset' },
  measure: { nl: 'maatregel', en: 'measure' },
  lint: { nl: 'regel van de toetser', en: 'rule of the linter' },
  version: { nl: 'versie van de verklaring', en: 'version of the statement' },
  entry: { nl: 'vermelding in het bewijs', en: 'entry in the evidence' },
} as const;

/** So many plans back, the newest first: some years of nights. */
const plansBack = 2000;

export async function findIn(seat: Seat, actor: Actor, asked: string, language: Language): Promise<Found[]> {
  const words = keyOf(asked)
    .split(' ')
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const named = [
    ...fixed(seat, language),
    ...(await changing(seat, language)),
    ...(await people(seat, language)),
  ].filter((one) => words.every((word) => keyOf(`${one.name} ${one.also}`).includes(word)));
  return [...(await entry(seat, asked, language)), ...named]
    .filter((one) => can(actor, one.may, one.client === undefined ? {} : { client: one.client }))
    .slice(0, 50)
    .map((one) => ({ kind: one.kind[language], href: one.href, name: one.name, also: one.also }));
}

function fixed({ world }: Seat, language: Language): Candidate[] {
  const { policy } = world;
  return [
    ...sections.map((one) => ({
      kind: kinds.section,
      may: one.may,
      href: one.href,
      name: one.text[language],
      also: '',
    })),
    {
      kind: kinds.section,
      may: 'see the policy',
      href: '/policy/documents',
      name: documentsTitle(sayIn(language, world.zone)),
      also: '',
    },
    ...promiseIds(policy).map((id) => ({
      kind: kinds.promise,
      may: 'see the board' as const,
      href: `/promises/${id}`,
      name: promisedAs(id).title[language],
      also: id,
    })),
    ...policy.retention.map((one) => ({
      kind: kinds.rule,
      may: 'see the policy' as const,
      href: `/promises/${one.promise}`,
      name: one.text[language],
      also: `${one.id} ${one.keep}`,
    })),
    ...(['purposes', 'data', 'recipients'] as const).flatMap((section) =>
      policy[section].map((one) => ({
        kind: section === 'purposes' ? kinds.purpose : section === 'data' ? kinds.data : kinds.recipient,
        may: 'see the policy' as const,
        href: '/policy',
        name: one.text[language],
        also: one.id,
      })),
    ),
    ...policy.measures.map((one) => ({
      kind: kinds.measure,
      may: 'see the board' as const,
      href: `/promises/${one.promise}`,
      name: one.text[language],
      also: `${one.id} ${one.controls.join(' ')}`.trim(),
    })),
    ...policy.clients.map((one) => ({
      kind: kinds.client,
      may: "see a client's register" as const,
      client: one.id,
      href: `/register/clients/${one.id}`,
      name: one.name,
      also: one.id,
    })),
    ...lintRules.map((one) => ({
      kind: kinds.lint,
      may: 'see the policy' as const,
      href: `/policy/rules/${one.id}`,
      name: one.title[language],
      also: one.id,
    })),
    ...world.systems.datasets.map((one) => ({
      kind: kinds.dataset,
      may: 'see systems' as const,
      href: `/systems/${one.system}`,
      name: `${one.system}/${one.id}`,
      also: policy.data.find((each) => each.id === one.data)?.text[language] ?? one.data ?? '',
    })),
    ...world.declared.estate.systems.map((one) => ({
      kind: kinds.system,
      may: 'see systems' as const,
      href: `/systems/${one.id}`,
      name: one.title?.[language] ?? one.id,
      also: one.id,
    })),
  ];
}

async function changing({ world }: Seat, language: Language): Promise<Candidate[]> {
  const plans = await listPlans(world.db, plansBack);
  const holds = await listHolds(world);
  const documents = Map.groupBy(await namedIn(world), (one) => one.document);
  return [
    ...[...documents].map(([document, used]) => ({
      kind: kinds.document,
      may: 'see the policy' as const,
      href: `/policy/documents/${documentId(document)}`,
      name: document,
      also: used.map(({ at }) => at).join(' '),
    })),
    ...plans.map((one) => ({
      kind: kinds.plan,
      may: 'see plans' as const,
      href: `/plans/${one.id}`,
      name: one.id,
      also: dayOf(instantFromEpochMs(one.madeAt.getTime()), world.zone),
    })),
    ...plans.flatMap((one) =>
      one.run === null
        ? []
        : [{ kind: kinds.run, may: 'see plans' as const, href: `/plans/${one.id}`, name: one.run, also: one.id }],
    ),
    ...(await listVersions(publicationOf(world))).map(({ version }) => ({
      kind: kinds.version,
      may: 'see the policy' as const,
      href: `/publication/${version.id}`,
      name: version.label,
      also: version.id,
    })),
    ...(await listTasks(world.db)).map((task) => ({
      kind: kinds.task,
      may: 'see tasks' as const,
      href: `/tasks#${task.id}`,
      name: task.instruction[language],
      also: `${task.id} ${task.system}/${task.dataset} ${task.period}`,
    })),
    ...holds.map(({ hold }) => ({
      kind: kinds.hold,
      may: 'see holds' as const,
      href: `/holds/${hold.id}`,
      name: hold.matter,
      also: hold.id,
    })),
  ];
}

async function people({ access }: Seat, language: Language): Promise<Candidate[]> {
  return (await listAccounts(access.db)).map((one) => ({
    kind: kinds.person,
    may: 'see people' as const,
    href: `/people/${one.id}`,
    name: one.name,
    also: `${one.email} · ${one.roles.map((role) => roleTitles[role][language]).join(', ')}`,
  }));
}

/** The entry of the ledger that has this number. */
async function entry({ world }: Seat, asked: string, language: Language): Promise<Candidate[]> {
  const number = /^\s*#?(\d{1,12})\s*$/.exec(asked)?.[1];
  if (number === undefined) return [];
  const index = Number(number);
  if (index >= ((await world.ledger.checkpoint())?.size ?? 0)) return [];
  const [bytes] = await readEntries(world.db, BigInt(index), BigInt(index + 1));
  const { t } = JSON.parse(bytes?.toString('utf8') ?? '{}') as { t?: unknown };
  return [
    {
      kind: kinds.entry,
      may: 'see the ledger',
      href: `/ledger?to=${index + 1}`,
      name: String(index),
      also: eventText(String(t), language),
    },
  ];
}
