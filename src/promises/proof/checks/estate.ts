/** Checks on the connected systems: where they stand, and what is in them that nobody declared. Pure. */
import { count, few, outcome, type Check, type Facts, type Outcome } from './check.ts';

const nothingConnected = outcome('not-proven', 0, 'Er is geen systeem aangesloten.', 'No system is connected.');
const notReached = (away: readonly string[]): Outcome =>
  outcome(
    'not-proven',
    away.length,
    `Niet bereikbaar, dus niet bekeken: ${few(away)}.`,
    `Not reachable, so not looked at: ${few(away)}.`,
  );

/** P14, P25: every system stands where the policy allows. Where it stands is what the estate says: nobody measured it. */
export const locations: Check = {
  id: 'locations',
  kind: 'derived',
  title: { nl: 'Elk systeem staat waar het mag', en: 'Every system stands where it may' },
  run: ({ policy, book, systems }) => {
    const allowed = new Set(policy.locations.allowed.flatMap((one) => (one === 'EEA' ? book.eea : [one])));
    const outside = systems.filter((one) => !allowed.has(one.location.country));
    if (systems.length === 0) return nothingConnected;
    return outside.length === 0
      ? outcome(
          'kept',
          systems.length,
          `De opgegeven plaats van ${count(systems.length, 'systeem', 'systemen')} past bij het beleid (een opgave, geen meting).`,
          `The stated place of ${count(systems.length, 'system', 'systems')} fits the policy (a statement, not a measurement).`,
        )
      : outcome(
          'broken',
          outside.length,
          `Buiten wat het beleid toestaat: ${few(outside.map((one) => `${one.id} (${one.location.country})`))}.`,
          `Outside what the policy allows: ${few(outside.map((one) => `${one.id} (${one.location.country})`))}.`,
        );
  },
};

/** Datasets whose data no purpose uses: kept for nothing that was said. */
export function purposeless({ policy, datasets }: Pick<Facts, 'policy' | 'datasets'>): { on: string; data: string }[] {
  const used = new Set(policy.purposes.flatMap((one) => one.data));
  return datasets
    .filter((one) => !used.has(one.data))
    .map((one) => ({ on: `${one.system}/${one.id}`, data: one.data }));
}

/** P03: what the connected systems hold is declared: no table, column or folder beside it, and a purpose for each. */
export const declaredData: Check = {
  id: 'declared-data',
  kind: 'measured',
  title: {
    nl: 'In de aangesloten systemen staat niets dat niemand noemt',
    en: 'The connected systems hold nothing that nobody names',
  },
  run: (facts) => {
    const { probes } = facts;
    const away = probes.filter((one) => !one.reachable).map((one) => one.system);
    const beside = probes.flatMap((one) =>
      one.findings.filter((found) => found.kind.startsWith('unlisted-')).map(() => one.system),
    );
    const idle = purposeless(facts);
    if (probes.length === 0) return nothingConnected;
    if (away.length > 0) return notReached(away);
    if (beside.length + idle.length > 0) {
      const where = few([...new Set(beside)]);
      const without = few(idle.map((one) => `${one.on} (${one.data})`));
      return outcome(
        'at-risk',
        beside.length + idle.length,
        [
          ...(where === ''
            ? []
            : [
                `${count(beside.length, 'vondst', 'vondsten')} die geen profiel noemt in ${where}: "gestand systems probe".`,
              ]),
          ...(without === '' ? [] : [`Zonder doel: ${without}.`]),
        ].join(' '),
        [
          ...(where === ''
            ? []
            : [
                `${count(beside.length, 'finding', 'findings')} that no profile lists in ${where}: "gestand systems probe".`,
              ]),
          ...(without === '' ? [] : [`Without a purpose: ${without}.`]),
        ].join(' '),
      );
    }
    return outcome(
      'kept',
      facts.datasets.length,
      `${count(facts.datasets.length, 'dataset', 'datasets')} in ${count(probes.length, 'systeem', 'systemen')} bekeken: niets ernaast, en elk heeft een doel.`,
      `${count(facts.datasets.length, 'dataset', 'datasets')} in ${count(probes.length, 'system', 'systems')} looked at: nothing beside them, and each has a purpose.`,
    );
  },
};

/** P22: no system shows what its profile warns of, such as passwords that stand in clear in a log. */
export const hostWarnings: Check = {
  id: 'host-warnings',
  kind: 'measured',
  title: {
    nl: 'Geen systeem toont waar zijn profiel voor waarschuwt, zoals leesbare wachtwoorden',
    en: 'No system shows what its profile warns of, such as passwords in clear',
  },
  run: ({ probes }) => {
    const away = probes.filter((one) => !one.reachable).map((one) => one.system);
    const warned = probes.flatMap((one) =>
      one.findings
        .filter((found) => found.kind === 'profile-warning')
        .map((found) => `${one.system}/${found.dataset ?? ''}`),
    );
    if (probes.length === 0) return nothingConnected;
    if (warned.length > 0)
      return outcome(
        'at-risk',
        warned.length,
        `Het profiel waarschuwt bij ${few(warned)}: "gestand systems probe".`,
        `The profile warns at ${few(warned)}: "gestand systems probe".`,
      );
    if (away.length > 0) return notReached(away);
    return outcome(
      'kept',
      probes.length,
      `${count(probes.length, 'systeem', 'systemen')} bekeken: geen waarschuwing.`,
      `${count(probes.length, 'system', 'systems')} looked at: no warning.`,
    );
  },
};
