/** What is published and kept, for other programs: JSON-LD in the W3C Data Privacy Vocabulary 2.3. */
export type { JsonLd } from './graph.ts';
export { registerJsonLd } from './register.ts';
export { statementJsonLd, type StatementOptions } from './statement.ts';
