export * from './condition.ts';
export * from './connector.ts';
export * from './dataset.ts';
export * from './joined.ts';
export * from './receipt.ts';
export * from './subject.ts';
export * from './template.ts';
