// Packages for tests that bring no types: what our tests use of them.
declare module 'jsonld' {
  interface Options {
    readonly documentLoader?: (url: string) => Promise<never>;
    readonly safe?: boolean;
    readonly format?: 'application/n-quads';
  }
  const jsonld: {
    expand(document: unknown, options: Options): Promise<Record<string, unknown>[]>;
    flatten(document: unknown, context: null, options: Options): Promise<Record<string, unknown>[]>;
    toRDF(document: unknown, options: Options): Promise<string>;
  };
  export default jsonld;
}

declare module 'n3' {
  export interface Term {
    readonly termType: string;
    readonly value: string;
    readonly datatype?: Term;
  }
  export interface Quad {
    readonly subject: Term;
    readonly predicate: Term;
    readonly object: Term;
  }
  export class Parser {
    parse(text: string): Quad[];
  }
  export class Store implements Iterable<Quad> {
    constructor(quads: readonly Quad[]);
    [Symbol.iterator](): Iterator<Quad>;
  }
}
