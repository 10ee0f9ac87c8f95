import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openPolicyFolder } from '../../app/folder.ts';
import { instant } from '../../base/time.ts';
import type { Dataset } from '../../connectors/kit/index.ts';
import type { Policy } from '../../policy/index.ts';
import type { Declaration } from '../assurance/model.ts';
import { judge, type Measure, type Part } from './model.ts';
import { whyText } from './phrases.ts';
import { partsOf, type Checked, type PartFacts } from './parts.ts';
import type { Task } from './retention.ts';

const policy = ((): Policy => {
  const { value } = openPolicyFolder('policies/it-provider').parsed;
  assert.ok(value);
  return value;
})();
const now = instant('2026-11-24T10:00:00Z');
const hours = (n: number) => now.subtract({ hours: n });

const dataset = (data: string, from: string, over: Partial<Dataset> = {}): Dataset => ({
  system: 'exchange',
  id: data,
  source: 'db',
  at: { kind: 'table', table: data },
  key: ['id'],
  fields: {},
  data,
  clocks: { [from]: { id: from, readings: [{ column: 'at', as: 'timestamp' }], zone: 'UTC', empty: 'open' } },
  subjects: [],
  places: [],
  consents: {},
  layers: [],
  referrers: [],
  selfDeleting: false,
  secretKey: false,
  ...over,
});
const safe = { 'host-deletes': 0, unreachable: 0, disconnected: 0, incomplete: 0 };
const seen = (rule: string, data: string, over: Partial<Measure> = {}): Measure => ({
  at: hours(1),
  rule,
  system: 'exchange',
  dataset: data,
  overdue: 0,
  held: 0,
  retained: 0,
  decided: 0,
  undated: 0,
  fault: null,
  event: 'm',
  ...over,
});
const checked = (over: Partial<Checked> = {}): Checked => ({
  at: hours(1),
  state: 'kept',
  text: { nl: 'goed', en: 'well' },
  event: 'c',
  ...over,
});
const word = (control: string, over: Partial<Declaration> = {}): Declaration => ({
  id: 'd-0000000000',
  control,
  words: { nl: 'w', en: 'w' },
  by: 'A',
  role: null,
  on: '2026-11-01',
  until: '2027-05-01',
  attachment: null,
  signedAt: hours(100),
  event: 'd',
  state: 'standing',
  whole: true,
  ...over,
});
const recordings = [dataset('call-recordings', 'call-end'), dataset('voicemail', 'call-end')];
const facts = (over: Partial<PartFacts> = {}): PartFacts => ({
  policy,
  datasets: recordings,
  absent: [],
  measures: [seen('recordings-90-days', 'call-recordings'), seen('recordings-90-days', 'voicemail')],
  tasks: [],
  checked: new Map(),
  declarations: [],
  lost: [],
  keeps: [],
  overdueSince: [],
  asked: new Map(),
  holdsToReview: 0,
  holdsUnsafe: safe,
  since: hours(1000),
  zone: 'Europe/Amsterdam',
  ...over,
});
const verdict = (promise: string, over: Partial<PartFacts> = {}, at = now) =>
  judge(partsOf(promise, facts(over), at), at);
const states = (parts: readonly Part[]): Record<string, string> =>
  Object.fromEntries(parts.map((one) => [one.id, one.state]));
const because = (promise: string, over: Partial<PartFacts> = {}, at = now): string[] =>
  verdict(promise, over, at).why.map((why) => why.is);

describe('a promise to keep no longer', () => {
  it('is kept when nothing is past its term in any dataset', () => {
    const { state, kind, parts } = verdict('P08');
    assert.deepEqual([state, kind, parts.length], ['kept', 'measured', 1]);
  });
  it('is broken by one item, and not by one that a hold or a statute keeps', () => {
    const one = {
      measures: [
        seen('recordings-90-days', 'call-recordings', { overdue: 1 }),
        seen('recordings-90-days', 'voicemail'),
      ],
    };
    assert.equal(verdict('P08', one).state, 'broken');
    const held = {
      measures: [
        seen('recordings-90-days', 'call-recordings', { held: 9, retained: 2 }),
        seen('recordings-90-days', 'voicemail'),
      ],
    };
    assert.equal(verdict('P08', held).state, 'kept');
  });
  it('is not proven by what was measured a day and more ago, or before this policy was in force', () => {
    assert.deepEqual(because('P08', {}, now.add({ hours: 26 })), ['stale', 'stale']);
    assert.deepEqual(because('P08', { since: hours(0) }), ['policy-changed', 'policy-changed']);
  });
  it('is not proven for data that was never measured, could not be counted, or is in no connected system', () => {
    assert.deepEqual(because('P08', { measures: [seen('recordings-90-days', 'call-recordings')] }), ['never-measured']);
    const uncounted = [
      seen('recordings-90-days', 'call-recordings', { overdue: null, fault: 'unreachable' }),
      seen('recordings-90-days', 'voicemail'),
    ];
    assert.deepEqual(because('P08', { measures: uncounted }), ['not-counted']);
    assert.deepEqual(because('P08', { datasets: recordings.slice(0, 1) }), ['no-system']);
    assert.equal(verdict('P08', { datasets: recordings.slice(0, 1) }).state, 'not-proven');
  });
  it('believes the estate that a part of the data is not there, and not that all of it is', () => {
    const partly = verdict('P08', { datasets: recordings.slice(0, 1), absent: ['voicemail'] });
    assert.equal(partly.state, 'kept');
    // And says so: that it is not there was told, and not seen.
    assert.deepEqual(
      partly.parts.flatMap((part) => part.why.map((why) => why.is)),
      ['measured', 'said-absent'],
    );
    assert.equal(verdict('P08', { datasets: [], absent: ['voicemail', 'call-recordings'] }).state, 'not-proven');
  });
  it('is at risk when a dataset has no clock that the rule could read, when items have no date, and when holds are not looked at', () => {
    assert.deepEqual(because('P08', { datasets: [...recordings, dataset('voicemail', 'other', { id: 'more' })] }), [
      'not-covered',
    ]);
    const undated = [
      seen('recordings-90-days', 'call-recordings', { undated: 3 }),
      seen('recordings-90-days', 'voicemail'),
    ];
    assert.equal(verdict('P08', { measures: undated }).state, 'at-risk');
    assert.deepEqual(because('P08', { holdsToReview: 1 }), ['hold-review']);
    assert.deepEqual(because('P08', { holdsUnsafe: { ...safe, 'host-deletes': 1 } }), ['hold-unsafe']);
    const uncounted = (fault: string): string => whyText({ is: 'not-counted', on: 'a/b', fault }).nl;
    assert.equal(uncounted('unreachable'), 'a/b: kon niet geteld worden (de bron antwoordt niet)');
    assert.equal(uncounted('of a later version'), 'a/b: kon niet geteld worden (of a later version)');
    const all = { 'host-deletes': 1, unreachable: 2, disconnected: 1, incomplete: 1 };
    const told = verdict('P08', { holdsUnsafe: all }).why.map((why) => whyText(why).nl);
    assert.deepEqual(told, [
      '1 bewaarplicht niet veilig: een systeem verwijdert zelf, en er is geen kopie',
      '2 bewaarplichten niet veilig: een systeem was niet te bereiken',
      '1 bewaarplicht niet veilig: een systeem is niet meer aangesloten',
      '1 bewaarplicht niet veilig: een verwijdering van ons nam een deel weg van wat bewaard moet blijven',
    ]);
  });
  it('of rules and terms is only proven when no term is left that nothing carries out', () => {
    const said = ['payroll-seven-years', 'sick-leave-two-years'];
    const measured = {
      policy: {
        ...policy,
        retention: policy.retention.filter((one) => !said.includes(one.id)),
        terms: policy.retention.filter((one) => said.includes(one.id)),
      },
      datasets: [dataset('employees', 'contract-end')],
      measures: [seen('employees-two-years', 'employees')],
      declarations: [word('personnel-access')],
    };
    assert.deepEqual(states(verdict('P12', measured).parts), {
      'terms.payroll-seven-years': 'not-proven',
      'terms.sick-leave-two-years': 'not-proven',
      'retention.employees-two-years': 'kept',
      'personnel-access': 'kept',
    });
    assert.equal(verdict('P12', measured).state, 'not-proven');
    const without = { ...measured.policy, terms: [] };
    assert.deepEqual(
      [verdict('P12', { ...measured, policy: without }).state, verdict('P12', { ...measured, policy: without }).kind],
      ['kept', 'declared'],
    );
  });
  it('that a person decides each time is at risk while items wait for that', () => {
    const over = {
      datasets: [dataset('employees', 'contract-end')],
      measures: [seen('employees-two-years', 'employees', { overdue: 2 })],
    };
    assert.equal(
      verdict('P12', over).parts.find((one) => one.id === 'retention.employees-two-years')?.state,
      'at-risk',
    );
  });
  it('that only a person can carry out counts when it was signed off, as a word and not as a measurement', () => {
    const byHand = dataset('video', 'recorded', {
      at: { kind: 'task', instruction: { nl: 'x', en: 'x' }, withinDays: 7 },
    });
    const task: Task = {
      system: 'exchange',
      dataset: 'video',
      period: '2026-11',
      state: 'signed-off',
      due: hours(-100),
      signedAt: hours(2),
      event: 't',
    };
    const at = (tasks: readonly Task[]) => verdict('P09', { datasets: [byHand], measures: [], tasks });
    assert.deepEqual([at([task]).state, at([task]).kind], ['kept', 'declared']);
    assert.equal(at([]).state, 'not-proven');
    assert.equal(at([{ ...task, state: 'open', signedAt: null }]).state, 'not-proven');
    assert.equal(at([task, { ...task, period: '2026-12', state: 'open', due: hours(1) }]).state, 'not-proven');
    assert.equal(at([{ ...task, signedAt: hours(24 * 40) }]).state, 'not-proven');
  });
});

describe('a promise that a check shows', () => {
  const inside = (over: Partial<Checked> = {}) => ({
    checked: new Map([
      ['locations', checked()],
      ['recipients-inside', checked(over)],
    ]),
  });
  it('is kept when each of its checks says so, as derived', () => {
    assert.deepEqual([verdict('P14', inside()).state, verdict('P14', inside()).kind], ['kept', 'derived']);
  });
  it('is broken by one of them, and stays so however long ago that was seen', () => {
    assert.equal(verdict('P14', inside({ state: 'broken' })).state, 'broken');
    assert.equal(verdict('P14', inside({ state: 'broken', at: hours(500) })).state, 'broken');
  });
  it('is not proven when a check never ran, ran too long ago, or ran under another policy', () => {
    assert.equal(verdict('P14', { checked: new Map([['locations', checked()]]) }).state, 'not-proven');
    assert.deepEqual(because('P14', inside({ at: hours(27) })), ['stale']);
    // Looked at, and nothing was shown: that is no proof, and has no moment.
    const looked = verdict('P14', inside({ state: 'not-proven' })).parts.find((one) => one.state === 'not-proven');
    assert.deepEqual([looked?.kind, looked?.proof, looked?.until], ['none', null, null]);
    assert.deepEqual(because('P14', { ...inside({ at: hours(3) }), since: hours(2) }), ['policy-changed']);
  });
  it('is told by its name, in both languages, also before it was ever measured', () => {
    const told = (over: Partial<PartFacts>, language: 'nl' | 'en'): string =>
      verdict('P14', over)
        .parts.flatMap((part) => part.why.map((why) => whyText(why)[language]))
        .join('\n');
    const ids = /locations|recipients-inside|host-warnings/;
    for (const over of [{}, inside({ at: hours(27) }), { ...inside({ at: hours(3) }), since: hours(2) }])
      for (const language of ['nl', 'en'] as const) assert.doesNotMatch(told(over, language), ids);
    assert.match(told({}, 'nl'), /^Geen ontvanger buiten de EER: nog nooit gemeten$/m);
    assert.match(told({}, 'en'), /^No recipient outside the EEA: never measured$/m);
  });
  it('and that is measured carries an open question of the law as a risk, without becoming weaker proof', () => {
    const open = { checked: new Map([['law-p08', checked({ state: 'at-risk' })]]) };
    assert.deepEqual([verdict('P08', open).state, verdict('P08', open).kind], ['at-risk', 'measured']);
    assert.equal(verdict('P08', { checked: new Map([['law-p08', checked()]]) }).parts.length, 1);
  });
});

describe('a promise that rests on a word', () => {
  const premises = (over: Partial<Declaration> = {}, more: Partial<PartFacts> = {}) => ({
    checked: new Map([['locations', checked()]]),
    declarations: [word('premises-inspection', over)],
    ...more,
  });
  it('is kept as declared, since the day that it was seen, until the day that the word ends', () => {
    const found = verdict('P25', premises());
    assert.deepEqual([found.state, found.kind, found.proof?.event], ['kept', 'declared', 'd']);
    assert.equal(found.proof?.at.toString(), '2026-11-01T22:59:59Z');
    assert.equal(found.proof?.day, '2026-11-01');
    // Signed on the day itself: then the moment is known.
    const signed = verdict('P25', premises({ signedAt: instant('2026-11-01T10:00:00Z') })).proof;
    assert.deepEqual([signed?.at.toString(), signed?.day], ['2026-11-01T10:00:00Z', undefined]);
  });
  it('is not proven without one, and says how to declare', () => {
    const found = verdict('P25', { ...premises(), declarations: [] });
    assert.equal(found.state, 'not-proven');
    assert.match(JSON.stringify(found.why), /gestand declare --control premises-inspection/);
  });
  it('is not proven once the word has ended, was taken back, was changed, or lost its attachment', () => {
    assert.deepEqual(because('P25', premises({ until: '2026-11-23' })), ['declaration-ended']);
    assert.equal(verdict('P25', premises({ until: '2026-11-24' })).state, 'kept');
    assert.deepEqual(because('P25', premises({ state: 'withdrawn' })), ['missing']);
    assert.deepEqual(because('P25', premises({ state: 'superseded' })), ['missing']);
    assert.deepEqual(because('P25', premises({ whole: false })), ['declaration-changed']);
    assert.deepEqual(because('P25', premises({}, { lost: ['premises-inspection'] })), ['attachment-lost']);
  });
});

describe('a promise that nothing here can show yet', () => {
  it('is not proven, and says what is missing in plain words', () => {
    for (const id of ['P29', 'P30', 'P31', 'P35', 'P36', 'P37']) {
      const lawful = { checked: new Map([[`law-${id.toLowerCase()}`, checked()]]) };
      assert.equal(verdict(id, lawful).state, 'not-proven', id);
    }
    assert.match(JSON.stringify(verdict('P29').why), /does not handle them yet/);
  });
  it('has a part also when the policy adds a promise of its own', () => {
    const own = { ...policy, claims: [{ ...policy.claims[0], id: 'own', promise: 'P90' }] } as Policy;
    assert.deepEqual(because('P90', { policy: own }), ['missing']);
  });
  it('is not shown by a check that this program does not have', () => {
    const own = {
      ...policy,
      measures: policy.measures.map((one) => ({
        ...one,
        promise: 'P91',
        shownBy: [{ control: 'magic', kind: 'check' as const }],
      })),
    };
    assert.equal(verdict('P91', { policy: own }).state, 'not-proven');
  });
});
