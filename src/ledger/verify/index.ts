/** The verifier: needs nothing of Gestand and nothing but Node. What it says is true of the files and the public key alone. */
export * from './log.ts';
export * from './merkle.ts';
export * from './note.ts';
export { problemOf, Unverified, type Problem } from './problem.ts';
export * from './receipt.ts';
