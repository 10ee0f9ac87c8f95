/** A JSON-LD document in the making: nodes by their name, each written once, however often it is named. */
import { unsaid } from '../../../base/country.ts';
import type { Text } from '../../../base/language.ts';
import type { Party, Register, Shown } from '../register/model.ts';
import { context } from './terms.ts';

export interface Reference {
  readonly '@id': string;
}

export type Value =
  | string
  | Reference
  | { readonly '@value': string; readonly '@language'?: string; readonly '@type'?: string }
  | Node
  | readonly Value[]
  | undefined;

export interface Node {
  readonly '@id'?: string;
  readonly '@type'?: string | readonly string[];
  readonly [property: string]: Value;
}

export interface JsonLd {
  readonly '@context': typeof context;
  readonly '@graph': readonly Node[];
}

export interface Graph {
  /** The name of what stands at a place in the policy. */
  readonly name: (place: string) => string;
  /** Writes a node, unless it is there already, and points to it. */
  readonly put: (place: string, node: Node) => Reference;
  readonly document: () => JsonLd;
}

/** Who reads it: what is only for the register stays out of what is published. */
export type Audience = 'public' | 'register';

export interface Around {
  readonly graph: Graph;
  readonly register: Register;
  readonly audience: Audience;
}

/** Names are made of the organisation's own website, so that two organisations never name the same thing. */
export function graph(organisation: { readonly name: string; readonly website: string | null }): Graph {
  const slug = organisation.name.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-');
  const base = organisation.website ?? `https://${slug}.invalid/`;
  const nodes = new Map<string, Node>();
  const name = (place: string): string => `${base.replace(/#.*$/u, '')}#${encodeURIComponent(place)}`;
  return {
    name,
    put: (place, node) => {
      const id = name(place);
      if (!nodes.has(id)) nodes.set(id, bare({ '@id': id, ...node }));
      return { '@id': id };
    },
    document: () => ({ '@context': context, '@graph': [...nodes.values()] }),
  };
}

/** What is not said is not written, however deep. */
function bare(node: Node): Node {
  return Object.fromEntries(
    Object.entries(node)
      .map(([key, value]) => [key, bareValue(value)] as const)
      .filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  );
}

function bareValue(value: Value): Value {
  if (Array.isArray(value)) return (value as readonly Value[]).map(bareValue).filter((one) => one !== undefined);
  return typeof value === 'object' ? bare(value as Node) : value;
}

export function term(iri: string): Reference {
  return { '@id': iri };
}

/** A country, or the whole EEA. DPV follows ISO 3166-1, which has no letters for Kosovo: of that it has no word, nor of one that is not said. */
export function place(code: string): Reference | undefined {
  return code === 'XK' || code === unsaid ? undefined : term(`loc:${code}`);
}

export function both(text: Text | null | undefined): Value {
  if (!text) return undefined;
  return (['nl', 'en'] as const).map((language) => ({ '@value': text[language], '@language': language }));
}

/** A day; of a statement that tells its month only, the month. */
export function day(date: string | null | undefined): Value {
  if (date === null || date === undefined) return undefined;
  return { '@value': date, '@type': date.length === 7 ? 'xsd:gYearMonth' : 'xsd:date' };
}

/** XML Schema knows no weeks: "P4W" is "P28D". */
export function duration(of: string): Value {
  const lexical = of.replace(/^P(\d+)W$/u, (_, weeks: string) => `P${Number(weeks) * 7}D`);
  return { '@value': lexical, '@type': 'xsd:duration' };
}

export function party(one: Party): Node {
  return {
    'dpv:hasName': one.name ?? undefined,
    'dpv:hasAddress': one.post ?? undefined,
    'dpv:hasContact': [one.email === null ? undefined : `mailto:${one.email}`, one.phone ?? undefined],
  };
}

/** A document that shows something. Its file is for the register; the public is told that it exists, and of which day. */
export function shown(one: Shown | null, open: boolean): Node {
  if (!one) return {};
  return { 'dct:created': day(one.date), 'dct:valid': day(one.until), 'dct:source': open ? one.document : undefined };
}

export function unique(references: readonly Reference[]): Reference[] {
  return [...new Map(references.map((one) => [one['@id'], one])).values()];
}
