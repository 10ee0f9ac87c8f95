/** Who is behind it: the organisation, its DPO and representative, joint controllers, clients (Art. 30(1)(a), 30(2)(a)). */
import type { Register } from '../register/model.ts';
import { party, place, term, type Graph } from './graph.ts';

export function parties(register: Register, graph: Graph): void {
  const { organisation, dpo, representative, jointControllers, clients } = register;
  graph.put('organisation', {
    '@type': register.role === 'controller' ? 'dpv:DataController' : 'dpv:DataProcessor',
    ...party(organisation),
    'dpv:hasCountry': place(organisation.country),
    'dpv:hasIdentifier': organisation.registration ?? undefined,
    'dct:source': organisation.website ?? undefined,
    'dpv:hasDataProtectionOfficer': dpo
      ? graph.put('dpo', {
          '@type': 'dpv:DataProtectionOfficer',
          ...party(dpo),
          'dpv:hasIdentifier': dpo.registration?.number,
        })
      : undefined,
    'dpv:hasRepresentative': representative
      ? graph.put('representative', { '@type': 'dpv:Representative', ...party(representative) })
      : undefined,
  });
  if (jointControllers.length > 0)
    graph.put('jointControllers', {
      '@type': 'dpv:JointDataControllers',
      'dpv:hasDataController': [
        term(graph.name('organisation')),
        ...jointControllers.map((one) =>
          graph.put(one.from, {
            '@type': 'dpv:DataController',
            'dct:identifier': one.id,
            ...party(one),
            'dct:source': one.arrangement ?? undefined,
          }),
        ),
      ],
    });
  for (const one of clients)
    graph.put(one.from, {
      '@type': 'dpv:DataController',
      'dct:identifier': one.id,
      ...party(one),
      'dpv:hasDataProtectionOfficer':
        one.dpo === null ? undefined : { '@type': 'dpv:DataProtectionOfficer', 'dpv:hasContact': one.dpo },
      'dpv:hasRepresentative':
        one.representative === null ? undefined : { '@type': 'dpv:Representative', 'dpv:hasName': one.representative },
    });
}
