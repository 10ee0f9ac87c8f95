/** The estate opened: connectors made when first needed, one for each source of each system. */
import { isAbsolute, join } from 'node:path';
import type { Text } from '../base/language.ts';
import {
  ConnectorFault,
  everything,
  type Connector,
  type ConnectorContext,
  type Finding,
  finding,
} from '../connectors/kit/index.ts';
import type { Estate, Secret, SourceSettings, System } from './estate.ts';
import { toCondition } from './profile.ts';

export interface ConnectorKind {
  readonly kind: string;
  readonly settings: { parse(value: unknown): unknown };
  open(settings: never, context: ConnectorContext): Promise<Connector>;
}

export interface OpenOptions {
  readonly kinds: Readonly<Record<string, ConnectorKind>>;
  readonly secret: (ref: Secret) => string;
  readonly context: ConnectorContext;
  /** Folder of the estate file: relative paths start there. */
  readonly folder: string;
}

export interface OpenEstate {
  connector(system: string, source: string): Promise<Connector>;
  probe(system: string): Promise<{ reachable: boolean; version: string | null; findings: Finding[] }>;
  /** What the profile knows of the product and no look can tell: what it deletes by itself, what to set in it. */
  notes(system: string): { dataset: string | null; text: Text }[];
  close(): Promise<void>;
}

export function openEstate(estate: Estate, options: OpenOptions): OpenEstate {
  const opened = new Map<string, Promise<Connector>>();
  const systemOf = (id: string): System => {
    const system = estate.systems.find((one) => one.id === id);
    if (!system)
      throw new ConnectorFault('refused', `there is no system "${id}" in the estate`, {
        retry: false,
        nl: `er is geen systeem "${id}" in het landschap`,
      });
    return system;
  };
  const connector = (system: string, source: string): Promise<Connector> => {
    const name = `${system}/${source}`;
    const known = opened.get(name);
    if (known) return known;
    const made = make(systemOf(system), source, options);
    opened.set(name, made);
    return made;
  };
  return {
    connector,
    probe: (id) => probe(systemOf(id), connector),
    notes: (id) => notes(systemOf(id)),
    close: async () => {
      for (const one of opened.values()) await (await one).close();
      opened.clear();
    },
  };
}

async function make(system: System, source: string, options: OpenOptions): Promise<Connector> {
  const settings = system.sources[source];
  const kind = settings ? options.kinds[settings.connector] : undefined;
  if (!settings || !kind)
    throw new ConnectorFault('refused', `system "${system.id}" has no source "${source}"`, {
      retry: false,
      nl: `systeem "${system.id}" heeft geen bron "${source}"`,
    });
  return kind.open(kind.settings.parse(plain(settings, options)) as never, options.context);
}

/** Secrets looked up, relative paths made absolute: what a connector is given. */
function plain(settings: SourceSettings, options: OpenOptions): Record<string, unknown> {
  const path = (text: string): string => (isAbsolute(text) ? text : join(options.folder, text));
  if (settings.connector === 'files') return { ...settings, root: path(settings.root) };
  if (settings.connector === 'manual') return settings;
  const url = (ref: Secret): string =>
    settings.dialect === 'sqlite' ? path(options.secret(ref)) : options.secret(ref);
  return { ...settings, read: url(settings.read), ...(settings.erase ? { erase: url(settings.erase) } : {}) };
}

function notes({ profile, datasets }: System): { dataset: string | null; text: Text }[] {
  const here = new Set(datasets.map((one) => one.id));
  const known = profile.datasets.flatMap(({ id, native, unreached }) =>
    here.has(id) ? [native, unreached].flatMap((text) => (text ? [{ dataset: id, text }] : [])) : [],
  );
  return [...known, ...profile.findings.map((text) => ({ dataset: null, text }))];
}

async function probe(
  system: System,
  connector: OpenEstate['connector'],
): Promise<{ reachable: boolean; version: string | null; findings: Finding[] }> {
  const findings: Finding[] = [];
  let reachable = true;
  let version: string | null = null;
  for (const source of new Set(system.datasets.map((dataset) => dataset.source))) {
    const report = await (
      await connector(system.id, source)
    ).probe(
      system.datasets.filter((dataset) => dataset.source === source),
      system.profile.sources[source]?.nonPersonal,
    );
    reachable &&= report.reachable;
    version ??= report.version;
    findings.push(...report.findings);
  }
  for (const dataset of system.datasets) {
    if (dataset.selfDeleting)
      findings.push(
        finding(
          'host-deletes',
          dataset.id,
          {
            nl: 'het product verwijdert zelf: een bewaarplicht kopieert wat zij vasthoudt',
            en: 'the product deletes by itself: a hold copies what it covers',
          },
          null,
        ),
      );
  }
  if (reachable) findings.push(...(await warnings(system, connector)));
  return { reachable, version, findings };
}

/** What the profile warns of, counted: clear-text passwords in a log of log-ins. */
async function warnings(system: System, connector: OpenEstate['connector']): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const profile of system.profile.datasets) {
    const dataset = system.datasets.find((one) => one.id === profile.id);
    if (!dataset) continue;
    for (const warning of profile.warnings) {
      try {
        const census = await (
          await connector(system.id, dataset.source)
        ).inventory(dataset, toCondition(warning.when), null, [{ name: 'all', where: everything }], 0);
        const items = census.buckets['all']?.items ?? 0;
        if (items > 0) found.push(finding('profile-warning', dataset.id, warning.text, items));
      } catch (cause) {
        if (!(cause instanceof ConnectorFault)) throw cause;
        const { nl, en } = cause.text;
        const text = { nl: `was niet na te gaan: ${nl}`, en: `could not be checked: ${en}` };
        found.push(finding('profile-warning', dataset.id, text, null));
      }
    }
  }
  return found;
}
