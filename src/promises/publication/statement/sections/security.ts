/** Art. 32 as told to people: measures (P21-P27), standards, and what another examined (P28). */
import { dayAfter, dayWords, everyWords, same } from '../../../../base/wording.ts';
import type { Policy } from '../../../../policy/index.ts';
import type { Block, Sentence } from '../../document/model.ts';
import { list, name, paragraph, part, say, table, webAddress, type Page } from '../page.ts';
import { others, seal, security } from '../phrases/security.ts';
import { isAboutSuppliers } from './recipients.ts';
import type { Section } from './section.ts';

type Claim = Policy['claims'][number];

export const securitySection: Section = {
  id: 'security',
  title: security.title,
  source: 'measures',
  blocks: (page) => [...measures(page), ...seals(page)],
};

function measures(page: Page): Block[] {
  const [again, once] = [true, false].map((periodic) =>
    page.policy.measures.filter((one) => one.periodic === periodic),
  );
  const standards = page.policy.claims.filter((one) => one.kind === 'standard');
  const rows = (again ?? []).map((one) => {
    const path = `measures.${one.id}`;
    return [
      say(page, one.text, `${path}.text`),
      one.every === undefined ? [] : name(page, everyWords(one.every), `${path}.every`),
      one.last === undefined ? [] : name(page, dayWords(one.last), `${path}.last`),
      one.last === undefined || one.every === undefined
        ? []
        : name(page, dayWords(dayAfter(one.last, one.every)), `${path}.every`),
    ];
  });
  return [
    ...list([
      ...(once ?? []).map((one) => say(page, one.text, `measures.${one.id}.text`)),
      ...standards.map((one) => say(page, one.text, `claims.${one.id}.text`)),
    ]),
    ...table(page, security.repeated, [security.what, security.often, security.last, security.next], rows),
  ];
}

function seals(page: Page): Block[] {
  const claims = page.policy.claims.filter((one) => one.kind === 'seal');
  return part(
    page,
    4,
    'seal',
    seal.title,
    claims.flatMap((one) => [
      ...paragraph(say(page, one.text, `claims.${one.id}.text`)),
      ...table(page, seal.caption, [seal.what, seal.answer], sealRows(page, one)),
    ]),
  );
}

function sealRows(page: Page, claim: Claim): Sentence[][][] {
  const { issuer, scope, date, expires, document } = claim.seal ?? {};
  const path = `claims.${claim.id}.seal`;
  const href = webAddress(document);
  const rows = [
    ['issuer', issuer === undefined ? undefined : same(issuer)],
    ['scope', scope],
    ['date', date === undefined ? undefined : dayWords(date)],
    ['expires', expires === undefined ? undefined : dayWords(expires)],
    ['document', href === undefined ? undefined : seal.read],
  ] as const;
  return rows.flatMap(([what, text]) =>
    text === undefined
      ? []
      : [
          [
            name(page, seal[what], `${path}.${what}`),
            name(page, text, `${path}.${what}`, what === 'document' && href !== undefined ? { href } : {}),
          ],
        ],
  );
}

/** Claims of no other section. */
export const othersSection: Section = {
  id: 'others',
  title: others.title,
  source: 'claims',
  blocks: (page) =>
    list(
      page.policy.claims
        .filter((one) => one.kind === 'other' && !isAboutSuppliers(one))
        .map((one) => say(page, one.text, `claims.${one.id}.text`)),
    ),
};
