/** Art. 32(1), in general terms. */
import type { Measure } from '../register/model.ts';
import { both, duration, term, type Graph, type Node, type Reference } from './graph.ts';
import * as terms from './terms.ts';

export function measures(of: readonly Measure[], graph: Graph): Node {
  const found: Record<string, Reference[]> = {};
  for (const one of of) {
    const [by, broader] = terms.measures[one.kind];
    (found[by] ??= []).push(
      graph.put(one.from, {
        '@type': by.replace('has', ''),
        'dct:identifier': one.id,
        'skos:prefLabel': both(one.text),
        'skos:broader': term(broader),
        'dct:conformsTo': one.controls.map(
          (control) => `${control.startsWith('A.') ? 'ISO/IEC 27001:2022' : 'ISO/IEC 27701:2019'} ${control}`,
        ),
        'dpv:hasFrequency':
          one.every === null ? undefined : { '@type': 'dpv:Frequency', 'rdf:value': duration(one.every) },
      }),
    );
  }
  return found;
}
