/** Art. 13(2)(a): how long, worked out from the terms themselves, so that the text cannot say another term than is kept. */
import type { Text } from '../../../../base/language.ts';
import { joined, termFigures, termWords } from '../../../../base/wording.ts';
import { saidOfHolds, type Policy } from '../../../../policy/index.ts';
import type { Block, Sentence } from '../../document/model.ts';
import { led, mid, name, namedOf, names, paragraph, part, say, statuteWords, table, type Page } from '../page.ts';
import { after, events, holds, retention, startsAt, type Event } from '../phrases/retention.ts';
import type { Section } from './section.ts';

export const retentionSection: Section = {
  id: 'retention',
  title: retention.title,
  source: 'retention',
  blocks: (page) => [...terms(page), ...automatic(page), ...backups(page), ...onHold(page)],
};

/** A rule that is carried out, or a term that a person keeps: for the reader the same. */
export type Keep = (Policy['retention'][number] | Policy['terms'][number]) & { readonly path: string };

export function keeps(policy: Policy): Keep[] {
  return [
    ...policy.retention.map((one) => ({ ...one, path: `retention.${one.id}` })),
    ...policy.terms.map((one) => ({ ...one, path: `terms.${one.id}` })),
  ];
}

function terms(page: Page): Block[] {
  const rows = keeps(page.policy).map((one) => [
    names(page, namedOf(page.policy.data, one.data, 'data')),
    termOf(page, one),
    one.backups ? name(page, retention.atMost(termWords(one.backups.gone)), `${one.path}.backups.gone`) : [],
  ]);
  const erases = page.policy.retention.some((one) => one.then === 'erase');
  return led(
    [...say(page, retention.lead, 'retention'), ...(erases ? say(page, retention.erased, 'retention') : [])],
    table(page, retention.caption, [retention.what, retention.term, retention.inBackups], rows),
  );
}

/** All that decides the end of one rule. */
export function termOf(page: Page, one: Keep): Sentence[] {
  return [...period(page, one), ...afterwards(page, one), ...longer(page, one)];
}

/** The term in words; the policy's own text where there is no term, or where we have no words for the event. */
export function period(page: Page, one: Keep): Sentence[] {
  if (one.keep === undefined)
    return [
      ...say(page, one.text, `${one.path}.text`),
      ...('criterion' in one && one.criterion
        ? say(page, retention.counts(mid(page, one.criterion)), `${one.path}.criterion`)
        : []),
    ];
  const term = termWords(one.keep);
  const from = `${one.path}.keep`;
  if (one.from === undefined) return say(page, term, from);
  const event = eventOf(page, one);
  if (event) return say(page, after(term, startsAt[one.startsAt](event)), from);
  const told = say(page, one.text, `${one.path}.text`);
  return tells(page, one.text, one.keep)
    ? told.map((each) => ({ ...each, also: [from] }))
    : [...say(page, term, from), ...told];
}

/** Whether a text has the term in it, in words or in figures. */
function tells(page: Page, text: Text, keep: string): boolean {
  const told = text[page.language].toLowerCase();
  return [termWords(keep), termFigures(keep)].some((term) => told.includes(term[page.language]));
}

function eventOf(page: Page, one: Keep): Event | undefined {
  if (one.from === undefined) return undefined;
  const { policy } = page;
  const staff = new Set(policy.subjects.filter((subject) => subject.kind === 'employee').map((subject) => subject.id));
  const people = policy.data.filter((data) => one.data.includes(data.id)).flatMap((data) => data.subjects);
  const employment = one.from === 'contract-end' && people.every((id) => staff.has(id));
  return events[employment ? 'employment-end' : one.from];
}

function afterwards(page: Page, one: Keep): Sentence[] {
  if (!('then' in one)) return [];
  const from = `${one.path}.then`;
  if (one.then === 'anonymise') return say(page, retention.anonymised, from);
  if (one.then === 'review') return say(page, retention.reviewed, from);
  return one.approval ? say(page, retention.byItself, `${one.path}.approval`) : [];
}

function longer(page: Page, one: Keep): Sentence[] {
  const law = one.minimum === undefined ? null : statuteWords(page, one.minimum);
  const { extendedBy } = one;
  const whiles = 'keptWhile' in one ? (one.keptWhile ?? []).map((other) => other.data) : [];
  return [
    ...(law ? say(page, retention.statute(law), `${one.path}.minimum`) : []),
    ...(whiles.length > 0 ? say(page, retention.keptWhile(listOf(page, whiles)), `${one.path}.keptWhile`) : []),
    ...(extendedBy
      ? say(
          page,
          extendedBy.atMost === undefined ? retention.consentUncapped : retention.consent(termWords(extendedBy.atMost)),
          `${one.path}.extendedBy`,
        )
      : []),
    ...(one.justification
      ? [
          ...say(page, retention.why, `${one.path}.justification`),
          ...say(page, one.justification, `${one.path}.justification`),
        ]
      : []),
  ];
}

/** Data by its names, in the middle of a sentence. */
export function listOf(page: Page, ids: readonly string[]): Text {
  return joined(page.policy.data.filter((one) => ids.includes(one.id)).map((one) => mid(page, one.text)));
}

function automatic(page: Page): Block[] {
  const claims = page.policy.claims.filter((one) => one.kind === 'automatic-deletion');
  return paragraph(claims.flatMap((one) => say(page, one.text, `claims.${one.id}.text`)));
}

function backups(page: Page): Block[] {
  const first = keeps(page.policy).find((one) => one.backups);
  return first ? paragraph(say(page, retention.backups, `${first.path}.backups`)) : [];
}

function onHold(page: Page): Block[] {
  const { decides, reviewEvery, grace } = saidOfHolds(page.policy.holds);
  return part(
    page,
    4,
    'holds',
    holds.title,
    paragraph(
      say(page, holds.longer, 'holds'),
      decides ? say(page, holds.decides(mid(page, decides)), 'holds.decides') : [],
      reviewEvery === null ? [] : say(page, holds.review(termWords(reviewEvery)), 'holds.reviewEvery'),
      grace === null ? [] : say(page, holds.after(termWords(grace)), 'holds.grace'),
    ),
  );
}
