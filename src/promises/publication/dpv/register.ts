/** The register of Art. 30 in DPV 2.3. */
import type { Register } from '../register/model.ts';
import { both, day, graph, type Around, type JsonLd } from './graph.ts';
import { parties } from './parties.ts';
import { measures } from './measures.ts';
import { process } from './process.ts';

export function registerJsonLd(register: Register): JsonLd {
  const around: Around = { graph: graph(register.organisation), register, audience: 'register' };
  const made = around.graph;
  parties(register, made);
  const processes = register.activities.map((one) => process(one, around));
  made.put(`register.${register.role}`, {
    '@type': 'dpv:ROPA',
    'dct:title': both(titles[register.role]),
    'dct:created': day(register.day),
    'dct:hasVersion': register.version ?? undefined,
    [register.role === 'controller' ? 'dpv:hasDataController' : 'dpv:hasDataProcessor']: {
      '@id': made.name('organisation'),
    },
    'dct:hasPart': processes,
    ...measures(register.measures, made),
    'dpv:hasRecipient': register.disclosures.map((one) =>
      made.put(one.from, {
        '@type': one.kind === 'authority' ? 'dpv:Authority' : 'dpv:ThirdParty',
        'dct:identifier': one.id,
        'dct:description': both(one.text),
      }),
    ),
  });
  return made.document();
}

const titles = {
  controller: {
    nl: 'Verwerkingsregister als verantwoordelijke (art. 30, lid 1, AVG)',
    en: 'Record of processing as controller (Art. 30(1) GDPR)',
  },
  processor: {
    nl: 'Verwerkingsregister als verwerker (art. 30, lid 2, AVG)',
    en: 'Record of processing as processor (Art. 30(2) GDPR)',
  },
} as const;
