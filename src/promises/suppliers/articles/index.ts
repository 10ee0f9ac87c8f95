/**
 * The articles of an agreement with a client, in plain words: each clause of Art. 28(3) GDPR, filled in from the policy. What the
 * parties have to settle themselves is marked as a choice and never filled in for them.
 */
import type { Article } from './article.ts';
import { duties } from './duties.ts';
import { help } from './help.ts';
import { what } from './what.ts';

export type { Part } from './article.ts';

/** In this order: the articles refer to each other by number. */
export const articles: readonly Article[] = [...what, ...duties, ...help];
