import type { EstateSummary } from '../policy/index.ts';
import type { System } from './estate.ts';

type Summed = Pick<System, 'id' | 'role' | 'location' | 'datasets'>;

/** What the linter asks of an estate: roles, countries, and which data is where. */
export function estateSummary(estate: { readonly systems: readonly Summed[] }): EstateSummary {
  return {
    systems: estate.systems.map((system) => ({
      id: system.id,
      role: system.role,
      country: system.location.country,
      datasets: system.datasets.map(({ id, data, at }) => ({ id, data, kind: at.kind })),
    })),
  };
}
