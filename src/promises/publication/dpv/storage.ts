/** How long data stays, where, and what suspends that. */
import type { Storage } from '../register/model.ts';
import { law } from './data.ts';
import { both, duration, place, type Around, type Reference, type Value } from './graph.ts';

/** How long, and what happens then. A text alone would be bad practice: the term is a duration, the end an event. */
export function storageCondition(one: Storage, { graph }: Around): Reference {
  const length: Value =
    one.keep === null
      ? undefined
      : { '@type': 'dpv:TemporalDuration', 'rdf:value': duration(one.keep), 'dpv:isAfter': event(one) };
  const until: Value = one.criterion
    ? { '@type': 'dpv:UntilEventDuration', 'dct:description': both(one.criterion) }
    : undefined;
  const { extendedBy } = one;
  return graph.put(one.from, {
    '@type': ['dpv:StorageDuration', ...(one.then === 'review' ? [] : ['dpv:StorageDeletion'])],
    'dct:identifier': one.id,
    'dct:description': both(one.text),
    'dpv:hasDuration': [length, until],
    'dpv:hasJustification': one.justification
      ? { '@type': 'dpv:Justification', 'dct:description': both(one.justification) }
      : undefined,
    'dpv:hasApplicableLaw': [one.minimum, one.maximum, ...one.keptWhile.map((other) => other.minimum)].map((each) =>
      each ? law(each, graph) : undefined,
    ),
    'dpv:hasContext': extendedBy
      ? {
          '@type': 'dpv:Consent',
          'dct:identifier': extendedBy.consent,
          'dpv:hasDuration':
            extendedBy.atMost === null
              ? undefined
              : { '@type': 'dpv:TemporalDuration', 'rdf:value': duration(extendedBy.atMost) },
        }
      : undefined,
    'dct:hasPart':
      one.backupsGone === null
        ? undefined
        : graph.put(`${one.from}.backups`, {
            '@type': 'dpv:StorageRestoration',
            'dpv:hasDuration': { '@type': 'dpv:TemporalDuration', 'rdf:value': duration(one.backupsGone) },
          }),
  });
}

function event(one: Storage): Value {
  if (one.event === null) return undefined;
  return {
    '@type': 'dpv:Context',
    'dct:identifier': one.event,
    'dct:type': one.startsAt === 'event' ? undefined : one.startsAt,
  };
}

/** What holds for every storage: where it is, and that a hold suspends the term. */
export function everywhere(storage: readonly Reference[], { graph, register }: Around): Reference[] {
  const { locations, holds } = register;
  return [
    graph.put(locations.from, {
      '@type': 'dpv:StorageLocation',
      'dpv:hasLocation': locations.allowed.map((country) => place(country)),
      'dct:description': both(locations.text),
    }),
    ...(storage.length === 0
      ? []
      : [
          graph.put(holds.from, {
            '@type': 'dpv:StorageCondition',
            'dpv:hasDuration': { '@type': 'dpv:UntilEventDuration', 'dct:identifier': 'hold-released' },
            'dpv:hasFrequency':
              holds.reviewEvery === null
                ? undefined
                : { '@type': 'dpv:Frequency', 'rdf:value': duration(holds.reviewEvery) },
            'dct:description': both(holds.decides),
          }),
        ]),
  ];
}
