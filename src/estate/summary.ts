import type { Dataset } from '../connectors/kit/index.ts';
import type { EstateSummary } from '../policy/index.ts';

interface Placed {
  readonly id: string;
  readonly role: 'controller' | 'processor';
  readonly location: { readonly country: string };
  readonly datasets: readonly Pick<Dataset, 'id' | 'data' | 'at'>[];
}

/** What the linter asks of an estate: roles, countries, and which data is where. */
export function estateSummary(estate: { readonly systems: readonly Placed[] }): EstateSummary {
  return {
    systems: estate.systems.map((system) => ({
      id: system.id,
      role: system.role,
      country: system.location.country,
      datasets: system.datasets.map(({ id, data, at }) => ({ id, data, kind: at.kind })),
    })),
  };
}
