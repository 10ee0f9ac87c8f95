/** Art. 13(1)(e) and (f): who gets data and what protects it outside the EEA; authorities (P17) and a new owner (P19). */
import { countryWords, dayWords } from '../../../../base/wording.ts';
import { inForce, outsideEea, type Policy, type Recipient } from '../../../../policy/index.ts';
import type { Block, Sentence } from '../../document/model.ts';
import { led, mid, name, namedOf, names, paragraph, part, say, table, type Page } from '../page.ts';
import { disclosures, mechanisms, recipients, roles, transfers } from '../phrases/recipients.ts';
import type { Section } from './section.ts';

export const recipientsSection: Section = {
  id: 'recipients',
  title: recipients.title,
  source: 'recipients',
  blocks: (page) => [...all(page), ...abroad(page), ...onDemand(page)],
};

/** Those that the statement may name. */
export function named(policy: Policy): Recipient[] {
  return policy.recipients.filter((one) => one.inStatement);
}

/** What they do, and who they are where the policy says so. */
export function recipientName(page: Page, one: Recipient): Sentence[] {
  const path = `recipients.${one.id}`;
  if (one.name === undefined) return name(page, one.text, `${path}.text`);
  return [...say(page, one.text, `${path}.text`), { text: one.name, from: `${path}.name` }];
}

export function countryOf(page: Page, one: Recipient): Sentence[] {
  return name(page, countryWords(one.country), `recipients.${one.id}.country`);
}

function all(page: Page): Block[] {
  const rows = named(page.policy).map((one) => [
    recipientName(page, one),
    names(page, namedOf(page.policy.data, one.data, 'data')),
    name(page, roles[one.role], `recipients.${one.id}.role`),
    countryOf(page, one),
  ]);
  return led(
    say(page, recipients.lead, 'recipients'),
    table(page, recipients.caption, [recipients.who, recipients.data, recipients.role, recipients.country], rows),
  );
}

function abroad(page: Page): Block[] {
  // One inside the EEA that passes data on has a transfer too.
  const away = named(page.policy).filter(
    (one) => one.transfer !== undefined || (page.eea !== null && outsideEea(one, { eea: page.eea })),
  );
  const rows = away.map((one) => [
    recipientName(page, one),
    countryOf(page, one),
    safeguards(page, one),
    one.transfer?.copy ? say(page, one.transfer.copy, `recipients.${one.id}.transfer.copy`) : [],
  ]);
  const claims = page.policy.claims.filter(isAboutSuppliers);
  return part(page, 4, 'transfers', transfers.title, [
    ...paragraph(claims.flatMap((one) => say(page, one.text, `claims.${one.id}.text`))),
    ...table(page, transfers.caption, [recipients.who, recipients.country, transfers.protected, transfers.copy], rows),
  ]);
}

/** A claim about suppliers outside the EEA (P16) or about what recipients get (P15). */
export function isAboutSuppliers(claim: Policy['claims'][number]): boolean {
  return claim.kind === 'other' && (claim.promise === 'P15' || claim.promise === 'P16');
}

function safeguards(page: Page, one: Recipient): Sentence[] {
  const { mechanism, assessment } = one.transfer ?? {};
  const path = `recipients.${one.id}.transfer`;
  return [
    ...(mechanism === undefined ? [] : say(page, mechanisms[mechanism], `${path}.mechanism`)),
    ...(mechanism === '45' ? adequacy(page, one) : []),
    ...(assessment ? say(page, transfers.assessed(dayWords(assessment.date)), `${path}.assessment`) : []),
  ];
}

/** Where a decision of the Commission holds for part of a country only. */
function adequacy(page: Page, one: Recipient): Sentence[] {
  if (one.transfer?.participant !== true) return [];
  const decision = page.adequacy.find((other) => other.territory === one.country && inForce(other, page.day));
  const from = `recipients.${one.id}.transfer.participant`;
  if (decision?.scope !== 'participants') return [];
  return say(page, decision.scopeText ? transfers.partly(mid(page, decision.scopeText)) : transfers.participant, from);
}

function onDemand(page: Page): Block[] {
  return (['authority', 'ownership', 'other'] as const).flatMap((kind) => {
    const { id, title } = disclosures[kind];
    const all = page.policy.disclosures.filter((one) => one.kind === kind);
    return part(page, 4, id, title, paragraph(all.flatMap((one) => say(page, one.text, `disclosures.${one.id}.text`))));
  });
}
