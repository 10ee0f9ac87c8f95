/** Categories of data with whose they are, where they come from, how long they stay, and what permits them. */
import type { Activity, DataUsed, Statute } from '../register/model.ts';
import { both, term, unique, type Around, type Graph, type Node, type Reference } from './graph.ts';
import * as terms from './terms.ts';

/** Data that points to nobody is no personal data, and says so. */
export function categories(activity: Activity, around: Around): Node {
  const put = (of: (one: DataUsed) => boolean): Reference[] =>
    activity.data.filter(of).map((one) => category(one, around));
  return {
    'dpv:hasPersonalData': put((one) => one.kind !== 'anonymous'),
    'dpv:hasData': put((one) => one.kind === 'anonymous'),
  };
}

/** Art. 9(2), as the condition of special data. */
export function conditionOf(one: DataUsed): string[] {
  return one.condition?.gdpr === null || one.condition === null ? [] : [terms.article('', one.condition.gdpr)];
}

function category(one: DataUsed, { graph, register }: Around): Reference {
  const type = terms.dataTypes[one.kind];
  const broader = one.dpv.length > 0 ? one.dpv.map((name) => `pd:${name}`) : terms.dataKinds[one.kind];
  const used = register.activities.flatMap((each) => each.data).filter((each) => each.id === one.id);
  const of = unique(used.flatMap((each) => each.subjects).map((id) => term(graph.name(`subjects.${id}`))));
  const national = one.condition?.national;
  return graph.put(one.from, {
    '@type':
      one.kind === 'anonymous' ? 'dpv:AnonymisedData' : ['dpv:PersonalData', ...(type === undefined ? [] : [type])],
    'dct:identifier': one.id,
    'skos:prefLabel': both(one.text),
    'skos:broader': broader.map(term),
    'dct:description': both(one.necessity),
    'dpv:hasNecessity': one.necessity ? term('dpv:Required') : undefined,
    'dpv:hasDataSubject': of,
    'dpv:hasDataSource': sources(one, register.role, graph),
    'dpv:hasStorageCondition': one.storage.map((each) => term(graph.name(each.from))),
    'dpv:hasLegalBasis': conditionOf(one).map(term),
    'dpv:hasApplicableLaw': [
      one.statute ? law(one.statute, graph) : undefined,
      national === null || national === undefined ? undefined : { '@type': 'dpv:Law', 'dct:source': national },
    ],
  });
}

/** A processor has data from its client, and the policy does not say from whom the client has it. */
export function sources(one: DataUsed, role: Activity['role'], graph: Graph): Reference[] {
  if (role === 'processor')
    return [
      graph.put('sources.client', {
        '@type': 'dpv:DataSource',
        'skos:prefLabel': both({ nl: 'de klant', en: 'the client' }),
        'skos:broader': term('dpv:ThirdPartyDataSource'),
      }),
    ];
  return one.sources.map(({ text, from }, n) =>
    text === null
      ? term('dpv:DataSubjectDataSource')
      : graph.put(`${from}.${n}`, {
          '@type': 'dpv:DataSource',
          'skos:prefLabel': both(text),
          'skos:broader': term('dpv:ThirdPartyDataSource'),
        }),
  );
}

export function law(one: Statute, graph: Graph): Reference {
  return graph.put(`law.${one.id}`, {
    '@type': 'dpv:Law',
    'dct:identifier': one.id,
    'dct:title': both(one.title),
    'dct:source': one.article ?? undefined,
  });
}
