import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { instant } from '../../base/time.ts';
import type { Dataset } from '../../connectors/kit/index.ts';
import type { Policy, RetentionRule } from '../../policy/index.ts';
import { bind } from './model.ts';
import { partialTexts } from './phrases.ts';
import { capped, standing, type PlanLine } from './planned.ts';

const rule = {
  id: 'recordings-90-days',
  approval: { standing: true, by: 'privacy officer', atMost: { items: 100, share: '10%' }, until: '2026-12-31' },
} as unknown as RetentionRule;
const line = (dataset: string, due: number): PlanLine =>
  ({
    rule: rule.id,
    dataset,
    due,
    needs: 'nothing',
    why: 'standing approval by privacy officer',
  }) as unknown as PlanLine;
const at = instant('2026-11-24T10:00:00Z');

describe('a standing approval', () => {
  it('lets go what is within its caps, and waits for a person above one of them or after its last day', () => {
    assert.equal(standing(rule, 100, 1000, at).ok, true);
    assert.match(standing(rule, 101, 10_000, at).why, /cap of 100/);
    assert.match(standing(rule, 100, 999, at).why, /cap of 10%/);
    assert.match(standing(rule, 1, 1000, instant('2027-01-01T10:00:00Z')).why, /ended on 2026-12-31/);
    assert.equal(standing({ ...rule, approval: undefined }, 1, 1000, at).ok, false);
    // The same in Dutch, for who reads it; programs keep the English that they had.
    assert.deepEqual(standing(rule, 101, 10_000, at), {
      ok: false,
      why: '101 items is more than the cap of 100',
      whyText: { nl: '101 items is meer dan de grens van 100', en: '101 items is more than the cap of 100' },
    });
  });

  it('counts what all datasets of the rule have due together: above the cap all of them wait', () => {
    const needs = (...due: number[]): string[] =>
      capped(
        due.map((n, i) => line(`d${i}`, n)),
        [rule],
      ).map((one) => one.needs);
    assert.deepEqual(needs(50, 50, 0), ['nothing', 'nothing', 'nothing']);
    assert.deepEqual(needs(50, 51, 0), ['person', 'person', 'nothing']);
  });
});

describe('a rule that a consent lengthens', () => {
  const dataset = {
    system: 'office',
    id: 'applicants',
    data: 'applicants',
    at: { kind: 'table' },
    layers: [],
    clocks: { 'procedure-closed': {} },
    consents: { 'keep-application': { is: 'everything' } },
  } as unknown as Dataset;
  const bound = (consent: string | null) =>
    bind(
      {
        retention: [
          {
            id: 'applicants',
            data: ['applicants'],
            keep: 'P4W',
            from: 'procedure-closed',
            then: 'erase',
            ...(consent === null ? {} : { extendedBy: { consent, atMost: 'P1Y' } }),
          },
        ],
      } as unknown as Policy,
      [dataset],
    );

  it('is carried out where that consent can be read', () => {
    for (const consent of ['keep-application', null]) assert.equal(bound(consent).lines.length, 1);
  });

  it('carries nothing out where it cannot, and says which consent was meant', () => {
    const { lines, uncovered } = bound('keep-aplication');
    assert.deepEqual([lines.length, uncovered[0]?.why], [0, 'no-consent']);
    assert.match(
      uncovered[0]?.text.nl ?? '',
      /toestemmingen van deze dataset: keep-application; bedoelt u "keep-application"/,
    );
    assert.doesNotMatch(bound('something-else').uncovered[0]?.text.en ?? '', /did you mean/);
  });
});

describe('a run that is partial', () => {
  it('says of parts without a whole that they are there, and nothing where there are none', () => {
    const ended = { system: 'tickets', dataset: 'tickets', partialAt: {}, unseen: 0 };
    const said = (orphans: number | null): string[] => partialTexts([{ ...ended, orphans }]).map((text) => text.en);
    assert.deepEqual(said(1), [
      '1 part of tickets/tickets still stands while the whole is gone. Which, stands under findings: gestand plan',
    ]);
    assert.match(said(3).join(), /^3 parts of tickets\/tickets still stand /);
    assert.deepEqual([said(0), said(null)], [[], []]);
  });
});
