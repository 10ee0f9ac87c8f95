/** The privacy statement in DPV 2.3: what a program can read of what is published, and no more than is published. */
import type { Language } from '../../../base/language.ts';
import type { LawBook, Policy } from '../../../policy/index.ts';
import { controllerRegister } from '../register/derive.ts';
import {
  both,
  day,
  duration,
  graph,
  term,
  type Around,
  type Graph,
  type JsonLd,
  type Node,
  type Reference,
} from './graph.ts';
import { parties } from './parties.ts';
import { measures } from './measures.ts';
import { process } from './process.ts';
import * as terms from './terms.ts';

export interface StatementOptions {
  readonly version: string;
  /** ISO 8601 day of publication, or its month; law and adequacy are those of this day. */
  readonly date: string;
  readonly languages: readonly Language[];
  readonly law: LawBook;
  /** The version that this one takes the place of. */
  readonly replaces?: string;
  /** A version that was replaced itself is stale. */
  readonly latest?: boolean;
}

export function statementJsonLd(policy: Policy, options: StatementOptions): JsonLd {
  const register = controllerRegister(policy, {
    book: options.law,
    day: options.date.length === 7 ? `${options.date}-01` : options.date,
    version: options.version,
  });
  const around: Around = { graph: graph(register.organisation), register, audience: 'public' };
  const made = around.graph;
  parties(register, made);
  const processes = register.activities.map((one) => process(one, around));
  const indirect = register.activities.some((one) =>
    one.data.some((data) => data.sources.some(({ text }) => text !== null)),
  );
  made.put(`statement.${options.version}`, {
    '@type': [
      'dpv:PrivacyNotice',
      'eu-gdpr:DirectDataCollectionNotice',
      ...(indirect ? ['eu-gdpr:IndirectDataCollectionNotice'] : []),
    ],
    'dct:title': both({
      nl: `Privacyverklaring van ${policy.organisation.name}`,
      en: `Privacy statement of ${policy.organisation.name}`,
    }),
    'dct:issued': day(options.date),
    'dct:hasVersion': options.version,
    'dct:replaces': options.replaces === undefined ? undefined : { '@id': made.name(`statement.${options.replaces}`) },
    'dct:language': options.languages,
    'dct:source': policy.publication?.url,
    'dpv:hasNoticeStatus': [
      term('dpv:NoticeCommunicated'),
      term(options.latest === false ? 'dpv:NoticeStale' : 'dpv:NoticeLatest'),
    ],
    'dpv:hasApplicableLaw': term('legal-eu:law-GDPR'),
    'dpv:hasDataController': { '@id': made.name('organisation') },
    'dpv:hasProcess': processes,
    ...rights(policy, indirect, made),
    'dpv:hasAuthority': authority(policy, made),
    ...together(measures(register.measures, made), claims(policy, made)),
  });
  return made.document();
}

function rights(policy: Policy, indirect: boolean, made: Graph): Node {
  const { rights: one, complaint, organisation } = policy;
  const list = [
    'eu-gdpr:A13',
    ...(indirect ? ['eu-gdpr:A14'] : []),
    ...(one?.list.flatMap(({ right }) => terms.rights[right]) ?? []),
    ...(complaint ? ['eu-gdpr:A77'] : []),
  ];
  return {
    'dpv:hasRight': list.map(term),
    'dpv:isExercisedAt': one
      ? made.put('rights', {
          '@type': 'dpv:RightExerciseNotice',
          'dpv:hasContact': [
            one.channels.includes('email') && organisation.email !== undefined
              ? `mailto:${organisation.email}`
              : undefined,
            one.channels.includes('phone') ? organisation.phone : undefined,
          ],
          'dpv:hasAddress': one.channels.includes('post') ? organisation.post : undefined,
          'dpv:hasDuration':
            one.answerWithin === undefined
              ? undefined
              : { '@type': 'dpv:TemporalDuration', 'rdf:value': duration(one.answerWithin) },
          'dct:description': both(one.withdrawal?.channel),
        })
      : undefined,
  };
}

/** DPV has a term for the Dutch authority; any other is named. */
function authority({ complaint, organisation }: Policy, made: Graph): Reference | undefined {
  if (!complaint) return undefined;
  if (organisation.country === 'NL' && /autoriteit persoonsgegevens/iu.test(complaint.authority))
    return term('legal-nl:DPA-NL');
  return made.put('complaint', {
    '@type': 'dpv:DataProtectionAuthority',
    'dpv:hasName': complaint.authority,
    'dct:source': complaint.website,
  });
}

function claims(policy: Policy, made: Graph): Node {
  const found: Record<string, Reference[]> = {};
  for (const one of policy.claims) {
    const [by, broader] = terms.claims[one.kind] ?? [];
    if (by === undefined || broader === undefined) continue;
    (found[by] ??= []).push(
      made.put(`claims.${one.id}`, {
        '@type': by.replace('has', ''),
        'dct:identifier': one.id,
        'skos:prefLabel': both(one.text),
        'skos:broader': term(broader),
        'dct:issued': day(one.seal?.date),
        'dct:valid': day(one.seal?.expires),
        'dct:publisher': one.seal?.issuer,
        'dct:description': both(one.seal?.scope),
      }),
    );
  }
  return found;
}

function together(one: Node, other: Node): Node {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...keys].map((key) => [key, [one[key] ?? [], other[key] ?? []].flat()]));
}
