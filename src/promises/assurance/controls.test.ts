import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openPolicyFolder } from '../../app/folder.ts';
import type { Policy } from '../../policy/index.ts';
import { controlRows, unknownControls, type ControlOptions } from './controls.ts';
import { controlSheet } from './sheet.ts';

const { parsed, book } = openPolicyFolder('policies/it-provider');
const policy: Policy = parsed.value ?? assert.fail();
const day = '2026-11-24';
const stateOf = (id: string, options: Partial<ControlOptions> = {}, of: Policy = policy): string =>
  controlRows(of, book.standards, { day, ...options }).find((one) => one.id === id)?.state ?? assert.fail(id);
const changed = (change: (one: Policy) => void): Policy => {
  const copy = structuredClone(policy);
  change(copy);
  return copy;
};

describe('the controls of ISO 27001 and 27701', () => {
  it('are numbers and short names, each once, in both languages', () => {
    assert.deepEqual(
      book.standards.map(({ id }) => id),
      ['ISO/IEC 27001:2022', 'ISO/IEC 27701:2019'],
    );
    for (const { controls } of book.standards) {
      assert.ok(controls.length > 30);
      assert.equal(new Set(controls.map(({ id }) => id)).size, controls.length);
      for (const { title } of controls) for (const name of Object.values(title)) assert.ok(name.length < 85, name);
    }
  });

  it('hold every number that the reference policy names', () => {
    assert.deepEqual(unknownControls(policy, book.standards, day), []);
    const wrong = changed(({ measures }) => void measures[0]?.controls.push('A.9.99'));
    assert.deepEqual(unknownControls(wrong, book.standards, day), [
      { control: 'A.9.99', from: 'measures.confidentiality.controls' },
    ]);
  });

  it('say what shows them, and a word is not a measurement', () => {
    // A declaration that is only named in the policy was not made yet, for all that is known here.
    assert.equal(stateOf('A.8.13'), 'undeclared');
    assert.equal(stateOf('A.5.20'), 'unmeasured');
    assert.equal(stateOf('A.8.10'), 'promised');
    assert.equal(stateOf('A.5.26'), 'open');
    const bare = changed(({ measures }) => {
      for (const one of measures) one.shownBy = [];
    });
    assert.equal(stateOf('A.8.13', {}, bare), 'claimed');
  });

  it('follow the living evidence, and one thing that fails outweighs what holds', () => {
    const living =
      (answers: Readonly<Record<string, boolean>>) =>
      (name: string): boolean | null =>
        answers[name] ?? null;
    assert.equal(stateOf('A.5.20', { living: living({ 'agreement-clauses': true }) }), 'shown');
    assert.equal(stateOf('A.8.13', { living: living({ 'restore-test': true }) }), 'declared');
    assert.equal(stateOf('A.5.20', { living: living({ 'agreement-clauses': true, P26: false }) }), 'broken');
    // What nothing shows is not what fails: neither where a measure is, nor where only a promise is.
    const silent = { living: living({}) };
    assert.deepEqual(
      ['A.8.13', 'A.5.20', 'A.8.10', 'A.5.26'].map((id) => stateOf(id, silent)),
      ['unproven', 'unproven', 'promised', 'open'],
    );
    assert.equal(stateOf('A.8.13', { living: living({ 'restore-test': false }) }), 'broken');
    assert.equal(stateOf('A.7.14', { living: living({ P07: true }) }), 'shown');
    assert.equal(stateOf('A.8.10', { living: living({ P07: true, P08: true }) }), 'promised');
  });

  it('no longer rest on a declaration whose time ran out', () => {
    const until = (last: string): Policy =>
      changed(({ measures }) => {
        const shown = measures.find(({ id }) => id === 'backups')?.shownBy[0];
        assert.ok(shown);
        shown.evidence = { document: 'documents/restore.md', date: '2026-10-01', until: last };
      });
    assert.equal(stateOf('A.8.13', {}, until(day)), 'undeclared');
    assert.equal(stateOf('A.8.13', { living: () => true }, until(day)), 'declared');
    assert.equal(stateOf('A.8.13', {}, until('2026-11-23')), 'broken');
  });

  it('leave out a standard that is not in force', () => {
    assert.deepEqual(controlRows(policy, book.standards, { day: '2018-01-01' }), []);
  });

  it('make one row each in the sheet', () => {
    const rows = controlRows(policy, book.standards, { day });
    const sheet = controlSheet(rows, 'nl');
    assert.equal(sheet.rows.length, rows.length);
    for (const row of sheet.rows) assert.equal(row.length, sheet.columns.length);
    assert.ok(sheet.rows.some((row) => row.includes('verklaring "restore-test"')));
  });
});
