/** One activity of the register as a dpv:Process, with all that it names. */
import type { Activity } from '../register/model.ts';
import { categories, conditionOf, law, sources } from './data.ts';
import {
  both,
  day,
  duration,
  shown,
  place,
  term,
  unique,
  type Around,
  type Graph,
  type Node,
  type Reference,
  type Value,
} from './graph.ts';
import { receivers, transfer } from './receivers.ts';
import { everywhere, storageCondition } from './storage.ts';
import * as terms from './terms.ts';

export function process(activity: Activity, around: Around): Reference {
  const { graph, audience } = around;
  const open = audience === 'register';
  const storage = activity.data.flatMap((one) => one.storage.map((each) => storageCondition(each, around)));
  return graph.put(activity.from, {
    '@type': 'dpv:Process',
    'dct:identifier': activity.id,
    'dct:title': both(activity.purpose),
    ...roles(activity, around),
    'dpv:hasPurpose': purpose(activity, graph),
    'dpv:hasLegalBasis': [
      ...activity.bases.map(({ basis }) => term(terms.bases[basis])),
      ...activity.data.flatMap(conditionOf).map(term),
    ],
    'dpv:hasApplicableLaw': activity.statutes.map((one) => law(one, graph)),
    'dpv:hasProcessing': [
      ...terms.processing(activity).map(term),
      ...activity.transfers.map((one) => transfer(one, activity, around)),
    ],
    ...categories(activity, around),
    'dpv:hasDataSubject': activity.subjects.map((one) =>
      graph.put(one.from, {
        '@type': 'dpv:HumanSubject',
        'dct:identifier': one.id,
        'skos:prefLabel': both(one.text),
        'skos:broader': term(terms.subjects[one.kind]),
      }),
    ),
    'dpv:hasDataSource': unique(activity.data.flatMap((one) => sources(one, activity.role, graph))),
    'dpv:hasStorageCondition': unique([...storage, ...everywhere(storage, around)]),
    ...receivers(activity, around),
    ...provision(activity),
    'dpv:hasAssessment': [interest(activity, open), furtherUse(activity, open)],
    'dpv:hasImpactAssessment': dpia(activity, open),
    'dpv:hasContext': automated(activity),
    'dpv:hasResponsibleEntity':
      open && activity.owner !== null
        ? { '@type': 'dpv:OrganisationalUnit', 'dpv:hasName': both(activity.owner) }
        : undefined,
    'dct:modified': open ? day(activity.reviewed) : undefined,
    'dpv:isImplementedUsingTechnology': activity.systems.map((one) =>
      graph.put(one.from, {
        '@type': 'dpv:Technology',
        'dct:title': both(one.title),
        'dpv:hasLocation': place(one.country),
        'dct:description': one.datasets.map(({ dataset, at }) => (at === '' ? dataset : `${dataset}: ${at}`)),
      }),
    ),
  });
}

function roles(activity: Activity, { graph, register }: Around): Node {
  const own = term(graph.name('organisation'));
  if (activity.role === 'controller')
    return {
      'dpv:hasDataController': own,
      'dpv:hasJointDataControllers':
        register.jointControllers.length > 0 ? term(graph.name('jointControllers')) : undefined,
    };
  const client = register.clients.find((one) => one.id === activity.client);
  return {
    'dpv:hasDataProcessor': own,
    'dpv:hasDataController': client ? term(graph.name(client.from)) : undefined,
  };
}

function purpose(activity: Activity, graph: Graph): Reference {
  const derived = activity.bases.flatMap(({ basis }) => terms.purposeOfBasis[basis] ?? []);
  const broader = activity.dpv.length > 0 ? activity.dpv.map((one) => `dpv:${one}`) : derived;
  return graph.put(`${activity.from}.text`, {
    '@type': 'dpv:Purpose',
    'skos:prefLabel': both(activity.purpose),
    'skos:broader': broader.map(term),
  });
}

function provision({ provision: one }: Activity): Node {
  if (!one) return {};
  return {
    'dpv:hasNecessity': term(one.required === 'no' ? 'dpv:Optional' : 'dpv:Required'),
    'dpv:hasConsequence': one.consequence
      ? { '@type': 'dpv:Consequence', 'dct:description': both(one.consequence) }
      : undefined,
  };
}

function interest({ interest: one }: Activity, open: boolean): Value {
  return one
    ? { '@type': 'dpv:LegitimateInterestAssessment', 'dct:description': both(one.text), ...shown(one.assessment, open) }
    : undefined;
}

function furtherUse({ furtherUse: one }: Activity, open: boolean): Value {
  return one
    ? { '@type': 'dpv:ComplianceAssessment', 'dct:subject': one.of, ...shown(one.compatibility, open) }
    : undefined;
}

function dpia({ dpia: one }: Activity, open: boolean): Value {
  if (!one) return undefined;
  return {
    '@type': 'dpv:DPIA',
    'dpv:hasStatus': term(one.needed ? 'eu-gdpr:DPIARequired' : 'eu-gdpr:DPIANotRequired'),
    'dct:description': both(one.reason),
    ...shown(one.assessment, open),
    'dpv:hasFrequency':
      one.reviewEvery === null ? undefined : { '@type': 'dpv:Frequency', 'rdf:value': duration(one.reviewEvery) },
  };
}

/** Art. 13(2)(f), 22: what a machine decides, how, what follows, and how a person comes in. */
function automated({ automated: one }: Activity): Value {
  if (!one) return undefined;
  const said = (type: string, text: typeof one.logic): Value =>
    text ? { '@type': type, 'dct:description': both(text) } : undefined;
  return {
    '@type': 'dpv:AutomatedDecisionMaking',
    'dct:description': both(one.text),
    'dct:conformsTo': one.basis === null ? undefined : `Art. ${one.basis}`,
    'dpv:hasAlgorithmicLogic': said('dpv:AlgorithmicLogic', one.logic),
    'dpv:hasConsequence': [said('dpv:Consequence', one.significance), said('dpv:Consequence', one.consequences)],
    'dpv:hasHumanInvolvement': said('dpv:HumanInvolvementForIntervention', one.review),
    'dpv:hasRight': one.article22 ? terms.rights['human-review'].map(term) : undefined,
  };
}
