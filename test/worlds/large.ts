/** A home as large as we say that we carry: so many promises, so many systems, all of them real folders with a file in them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { measure } from '../../src/promises/proof/service.ts';
import { referencePolicy } from './home.ts';
import { testSite, type TestSite } from './site.ts';

type Raw = Record<string, unknown>;

export interface LargeSite {
  readonly site: TestSite;
  close(): Promise<void>;
}

/** The 37 of the reference; then one of one's own per system, with a rule that is measured there; the rest are measures. */
export async function largeSite(promises: number, systems: number): Promise<LargeSite> {
  const folder = mkdtempSync(join(tmpdir(), 'gestand-large-'));
  const policy = parse(referencePolicy) as Record<string, Raw[]>;
  const count = (many: number): number[] => Array.from({ length: many }, (_, i) => i);
  const own = (i: number): string => `P${38 + i}`;
  const text = (nl: string, en: string): Raw => ({ nl, en });
  policy['data']?.push(
    ...count(systems).map((i) => ({
      id: `own-${i}`,
      subjects: ['customers'],
      text: text(`Bestanden van systeem ${i}`, `Files of system ${i}`),
    })),
  );
  policy['purposes']?.push({
    id: 'own',
    role: 'controller',
    basis: 'contract',
    subjects: ['customers'],
    data: count(systems).map((i) => `own-${i}`),
    text: text('Onze eigen diensten leveren', 'Delivering our own services'),
  });
  policy['retention']?.push(
    ...count(systems).map((i) => ({
      id: `own-rule-${i}`,
      promise: own(i),
      data: [`own-${i}`],
      text: text(`Systeem ${i}: ten hoogste 90 dagen`, `System ${i}: at most 90 days`),
      keep: 'P90D',
      from: 'made',
      then: 'erase',
      backups: { gone: 'P30D' },
    })),
  );
  policy['measures']?.push(
    ...count(promises - 37 - systems).map((i) => ({
      id: `own-measure-${i}`,
      promise: own(systems + i),
      kind: 'other',
      text: text(`Eigen maatregel ${i}`, `Own measure ${i}`),
      shownBy: [
        i % 3 === 0 ? { control: `own-word-${i}`, kind: 'declaration' } : { control: 'contact', kind: 'check' },
      ],
    })),
  );
  const profiles = count(systems).map((i): [string, string] => [
    `own-${i}.yaml`,
    stringify({
      id: `own-${i}`,
      version: 1,
      product: `Own ${i}`,
      title: text(`Eigen ${i}`, `Own ${i}`),
      sources: { files: { connector: 'files' } },
      datasets: [
        {
          id: 'files',
          title: text('Bestanden', 'Files'),
          source: 'files',
          tree: ['{date}-{name}.{ext:txt}'],
          data: `own-${i}`,
          fields: { path: 'document' },
          clocks: { made: { readings: [{ groups: ['date'] }, { mtime: true }] } },
        },
      ],
    }),
  ]);
  const estate = {
    gestand: 1,
    systems: count(systems).map((i) => {
      const root = join(folder, `s${i}`);
      mkdirSync(root);
      writeFileSync(join(root, `20261101-a${i}.txt`), 'x');
      return {
        id: `s${i}`,
        title: text(`Systeem ${i}`, `System ${i}`),
        profile: `own-${i}`,
        role: 'controller',
        location: { country: 'NL', place: 'Haps' },
        sources: { files: { connector: 'files', root } },
      };
    }),
  };
  const site = await testSite({
    policy: stringify(policy),
    estate: stringify(estate),
    profiles: Object.fromEntries(profiles),
  });
  await measure(site.world);
  return {
    site,
    close: async () => {
      await site.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
