/** JSON-LD as the triples that a stranger's program reads, without network, and held against shapes and a list of terms. */
import { readFileSync } from 'node:fs';
import jsonld from 'jsonld';
import { Parser, Store, type Quad, type Term } from 'n3';
import SHACLValidator from 'rdf-validate-shacl';

const vectors = new URL('../vectors/dpv/', import.meta.url);
const options = {
  safe: true, // what would be lost in reading is an error
  documentLoader: async (url: string): Promise<never> => {
    throw new Error(`asked the network for ${url}`);
  },
};

export const expanded = async (document: unknown) => jsonld.expand(document, options);

/** Every node by its name, with its properties in full. */
export async function nodes(document: unknown): Promise<ReadonlyMap<string, Record<string, unknown>>> {
  const flat = await jsonld.flatten(document, null, options);
  return new Map(flat.map((node) => [String(node['@id']), node]));
}

export async function quads(document: unknown): Promise<Quad[]> {
  return new Parser().parse(await jsonld.toRDF(document, { ...options, format: 'application/n-quads' }));
}

const shapes = new Store(new Parser().parse(readFileSync(new URL('shapes.ttl', vectors), 'utf8')));

/** What the shapes find wrong: "place in the policy: property". */
export async function violations(document: unknown): Promise<string[]> {
  const data = new Store(await quads(document));
  const { results } = await new SHACLValidator(shapes as never).validate(data);
  const local = (term: unknown): string => decodeURIComponent((term as Term).value.replace(/^.*[#/]/u, ''));
  return results.map((one) => `${local(one.focusNode)}: ${local(one.path)}`).toSorted();
}

const pinned = JSON.parse(readFileSync(new URL('terms-2.3.json', vectors), 'utf8')) as Readonly<
  Record<string, readonly string[]>
>;
const namespaces: Readonly<Record<string, string>> = {
  'https://w3id.org/dpv#': 'dpv',
  'https://w3id.org/dpv/legal/eu/gdpr#': 'eu-gdpr',
  'https://w3id.org/dpv/legal/eu#': 'legal-eu',
  'https://w3id.org/dpv/legal/nl#': 'legal-nl',
  'https://w3id.org/dpv/pd#': 'pd',
  'https://w3id.org/dpv/tech#': 'tech',
  'https://w3id.org/dpv/loc#': 'loc',
};

/** The same by prefix: "dpv:Process". */
export function isPinned(prefixed: string): boolean {
  const [prefix = '', name = ''] = prefixed.split(':');
  return pinned[prefix]?.includes(name) === true;
}

/** Terms of DPV that are not in the pinned list, whether by a wrong name, a wrong namespace or http for https. */
export async function unknownTerms(document: unknown): Promise<string[]> {
  const iris = (await quads(document))
    .flatMap((quad) => [quad.subject, quad.predicate, quad.object])
    .filter((term) => term.termType === 'NamedNode');
  const dpv = new Set(iris.map((term) => term.value).filter((iri) => /w3id\.org\/dpv|w3\.org\/ns\/dpv/u.test(iri)));
  return [...dpv].filter((iri) => {
    const prefix = namespaces[iri.replace(/#.*$/u, '#')];
    return prefix === undefined || !isPinned(`${prefix}:${iri.replace(/^.*#/u, '')}`);
  });
}
