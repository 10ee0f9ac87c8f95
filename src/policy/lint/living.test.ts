/** The rules that need more than the policy: the systems as they run, and the estate. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { provider, published, linted, fired, of, change } from '../../../test/worlds/linted.ts';
import type { EstateSummary, Living } from '../index.ts';

describe('the living systems', () => {
  const facts = (more: Partial<Living> = {}): Living => ({
    now: '2026-11-25T10:00:00Z',
    bound: [
      'sessions-six-months',
      'logins-six-months',
      'traffic-until-paid',
      'recordings-90-days',
      'video-90-days',
      'visits-six-months',
    ].map((rule) => ({
      rule,
      lastRun: '2026-11-25T03:00:00Z',
      interval: 86_400,
    })),
    drift: [],
    controls: [
      'signed-declarations',
      'second-factor-share',
      'restore-test',
      'control-mapping',
      'premises-inspection',
      'agreement-clauses',
      'risk-review',
    ].map((control) => ({ control, shownAt: '2026-11-20T10:00:00Z', stale: false })),
    ...more,
  });

  it('leave the reference policy clean when all runs and all is shown', () => {
    const report = linted(provider, { living: facts() });
    assert.deepEqual([report.errors, report.warnings], [0, 0], JSON.stringify(report.findings));
  });

  it('break the promise of automatic deletion after twice the interval', () => {
    const last = (lastRun: string | null): string[] => {
      const bound = facts().bound.map((one) => (one.rule === 'video-90-days' ? { ...one, lastRun } : one));
      return of(linted(provider, { living: facts({ bound }) }), 'D07').map((one) => one.path);
    };
    assert.deepEqual(last('2026-11-23T10:00:00Z'), []);
    assert.deepEqual(last('2026-11-23T09:59:59Z'), ['retention.video-90-days']);
    assert.deepEqual(last(null), ['retention.video-90-days']);
    const unbound = facts().bound.filter((one) => one.rule !== 'video-90-days');
    const found = (text: string) => of(linted(text, { living: facts({ bound: unbound }) }), 'D07');
    assert.deepEqual(
      found(provider).map(({ severity, path }) => [severity, path]),
      [['E', 'retention.video-90-days']],
    );
    assert.match(found(provider)[0]?.message.en ?? '', /no connected system.*Connect the system.*take out "approval"/);
    // Said as it is, it is a promise like any other, and no false sentence.
    const plain = change(
      provider,
      / {4}approval: \{ standing: true, by: privacy officer, atMost: \{ items: 5000, share: 10% \} \}\n/,
      '',
    );
    assert.deepEqual(found(plain), []);
  });

  it('show a website that does what the policy does not say', () => {
    const site = { nl: 'De website plaatst _ga.', en: 'The website sets _ga.' };
    const found = of(linted(provider, { living: facts({ site }) }), 'G03');
    assert.deepEqual(
      found.map(({ severity, path, message }) => [severity, path, message.en]),
      [['E', 'cookies.list', site.en]],
    );
  });

  it('warn of a rule that nothing carries out yet, and block what says something else than the systems', () => {
    const message = { nl: 'nog niemand', en: 'nobody yet' };
    const drift = { between: ['statement', 'enforcement'], message, path: ['retention', 0] } as const;
    const severity = (more: object): string[] =>
      of(linted(provider, { living: facts({ drift: [{ ...drift, ...more }] }) }), 'I04').map((one) => one.severity);
    assert.deepEqual([severity({}), severity({ promisedOnly: true })], [['E'], ['W']]);
  });

  it('show drift where it is, and in the statement when nothing says where', () => {
    const message = { nl: 'twee is geen drie', en: 'two is not three' };
    const report = linted(provider, {
      living: facts({
        drift: [
          { between: ['register', 'statement'], message },
          { between: ['statement', 'enforcement'], message, path: ['retention', 0] },
        ],
      }),
    });
    assert.deepEqual(
      of(report, 'I04').map((one) => one.path),
      ['publication', 'retention.customers-after-contract'],
    );
    assert.match(of(report, 'I04')[0]?.message.nl ?? '', /register en verklaring: twee is geen drie/);
    assert.equal(report.errors, 2);
  });

  it('take a measure for unshown when its evidence is stale, was never shown, or is not known', () => {
    const controls = facts().controls;
    const with_ = (
      change: (one: Living['controls'][number]) => Living['controls'][number][],
      severity = 'W',
    ): string[] =>
      of(
        linted(provider, {
          living: facts({
            controls: controls.flatMap((one) => (one.control === 'restore-test' ? change(one) : [one])),
          }),
        }),
        'H03',
      ).map((one) => `${one.severity === severity ? '' : one.severity}${one.path}`);
    assert.deepEqual(
      with_((one) => [one]),
      [],
    );
    assert.deepEqual(
      with_((one) => [{ ...one, stale: true }]),
      ['measures.backups.shownBy'],
    );
    assert.deepEqual(
      with_((one) => [{ ...one, shownAt: null }]),
      ['measures.backups.shownBy'],
    );
    assert.deepEqual(
      with_(() => []),
      ['measures.backups.shownBy'],
    );
    // What was seen not to be so may not be said.
    assert.deepEqual(
      with_((one) => [{ ...one, stale: true, broken: true }], 'E'),
      ['measures.backups.shownBy'],
    );
  });
});

describe('what happens again and again', () => {
  it('is overdue once its interval has passed, and not a day before', () => {
    const on = (at: string): string[] => of(linted(provider, { at }), 'H04').map((one) => one.path);
    assert.deepEqual(on('2027-01-01'), []);
    assert.deepEqual(on('2027-01-02'), ['measures.backups.last']);
    assert.deepEqual(on('2027-10-13'), ['measures.backups.last', 'measures.risk-review.last']);
  });
});

describe('the estate beside the policy', () => {
  const recorder = (more: Partial<EstateSummary['systems'][number]> = {}): EstateSummary => ({
    systems: [
      {
        id: 'recorder',
        role: 'controller',
        country: 'NL',
        datasets: [{ id: 'clips', data: 'video', kind: 'tree' }],
        ...more,
      },
    ],
  });

  it('adds nothing where it agrees', () => {
    assert.deepEqual(fired(linted(provider, { estate: recorder() })), ['GST-D04']);
  });

  it('shows a system outside the EEA while the statement says that data stays inside', () => {
    const [found] = of(linted(provider, { estate: recorder({ country: 'US' }) }), 'C05');
    assert.equal(found?.path, 'locations.allowed');
    assert.match(found.message.en, /"recorder" stands in US/);
  });

  it('shows data that a system holds for a client and the policy has as its own', () => {
    const [found] = of(linted(provider, { estate: recorder({ role: 'processor' }) }), 'F06');
    assert.equal(found?.path, 'data.video');
    assert.match(found.message.nl, /voor een klant \(processor\)/);
  });

  it('names the system that keeps what no purpose uses', () => {
    assert.match(of(linted(published, { estate: recorder() }), 'B11')[0]?.message.en ?? '', /"video" \(recorder\)/);
  });
});
