import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openPolicyFolder } from '../../../app/folder.ts';
import { finding, type Dataset, type Finding } from '../../../connectors/kit/index.ts';
import type { Policy } from '../../../policy/index.ts';
import type { Finding as Open, LintReport } from '../../../policy/lint/index.ts';
import type { SystemSeen } from '../../world.ts';
import { checks, lawCheck, type Facts } from './index.ts';

const { parsed, book } = openPolicyFolder('policies/it-provider');
const policy = ((): Policy => {
  assert.ok(parsed.value);
  return parsed.value;
})();
const system = (id: string, country: string): SystemSeen => ({
  id,
  title: { nl: id, en: id },
  role: 'controller',
  location: { country, place: 'x' },
  datasets: [],
});
const clean: LintReport = { at: '2026-11-24', errors: 0, warnings: 0, advice: 0, justified: 0, findings: [] };
const well = { state: 'kept', n: 1, text: { nl: 'goed', en: 'well' } } as const;
const facts = (over: Partial<Facts> = {}): Facts => ({
  policy,
  book,
  lint: clean,
  today: '2026-11-24',
  systems: [system('office', 'NL')],
  datasets: [{ system: 'office', id: 'prospects', data: 'prospects' } as Dataset],
  probes: [{ system: 'office', reachable: true, findings: [] }],
  statement: { published: well, told: well, served: well, visited: well },
  people: { signed: well, twoFactors: well },
  shown: () => true,
  ...over,
});
const says = (id: string, over: Partial<Facts> = {}) => {
  const check = checks.find((one) => one.id === id);
  assert.ok(check, id);
  return check.run(facts(over));
};
const changed = (over: Partial<Policy>): Partial<Facts> => ({ policy: { ...policy, ...over } });
const purposes = (id: string, over: Partial<Policy['purposes'][number]>): Policy['purposes'] =>
  policy.purposes.map((one) => (one.id === id ? { ...one, ...over } : one));
const measures = (id: string, over: Partial<Policy['measures'][number]>): Policy['measures'] =>
  policy.measures.map((one) => (one.id === id ? { ...one, ...over } : one));

describe('every check', () => {
  it('says of the reference policy that it is well, in Dutch and English', () => {
    for (const check of checks) {
      const found = check.run(facts());
      assert.equal(found.state, 'kept', `${check.id}: ${found.text.en}`);
      assert.ok(found.text.nl !== '' && found.text.en !== '' && check.title.nl !== check.title.en);
    }
  });
  it('has a name of its own that a leaf may carry', () => {
    const ids = checks.map((one) => one.id);
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.match(id, /^[a-z][a-z-]{2,60}$/);
  });
});

describe('a check sees what is wrong', () => {
  it('a controller that cannot be written to', () => {
    assert.equal(
      says('contact', changed({ organisation: { ...policy.organisation, post: undefined } })).state,
      'broken',
    );
    assert.equal(
      says('contact', changed({ rights: { ...policy.rights, channels: ['email'] } as Policy['rights'] })).state,
      'broken',
    );
  });
  it('a register with a gap', () => {
    assert.equal(says('registers', changed({ purposes: purposes('billing', { basis: [] }) })).state, 'broken');
  });
  it('a copy of an ID without an end', () => {
    assert.equal(
      says('id-copy-terms', changed({ retention: policy.retention.filter((one) => !one.data.includes('employee-id')) }))
        .state,
      'broken',
    );
    assert.equal(
      says('id-copy-terms', changed({ data: policy.data.filter((one) => one.kind !== 'id-copy') })).state,
      'not-proven',
    );
  });
  it('a recipient outside the EEA', () => {
    const [first, ...rest] = policy.recipients;
    assert.ok(first);
    assert.equal(
      says('recipients-inside', changed({ recipients: [{ ...first, country: 'US' }, ...rest] })).state,
      'broken',
    );
    assert.equal(
      says('recipients-inside', changed({ recipients: [{ ...first, country: 'NO' }, ...rest] })).state,
      'kept',
    );
    // The policy names the country: then it is what was promised.
    assert.equal(
      says(
        'recipients-inside',
        changed({
          recipients: [{ ...first, country: 'US' }, ...rest],
          locations: { ...policy.locations, allowed: ['EEA', 'US'] },
        }),
      ).state,
      'kept',
    );
  });
  it('and calls nothing proven where nobody has said the country yet', () => {
    const [first, ...rest] = policy.recipients;
    assert.ok(first);
    assert.equal(
      says('recipients-inside', changed({ recipients: [{ ...first, country: 'ZZ' }, ...rest] })).state,
      'not-proven',
    );
    assert.equal(
      says('locations', changed({ locations: { ...policy.locations, allowed: ['ZZ'] } })).state,
      'not-proven',
    );
  });
  it('a recipient that is given what no purpose gives it', () => {
    const more = policy.recipients.map((one) =>
      one.id === 'parcel' ? { ...one, data: [...one.data, 'invoices'] } : one,
    );
    const found = says('only-necessary', changed({ recipients: more }));
    assert.equal(found.state, 'broken');
    assert.match(found.text.en, /parcel \(invoices\)/);
  });
  it('an agreement that is missing, unsigned, over, or lacks one clause; of a processor and of a client', () => {
    const state = (agreement: Partial<NonNullable<Policy['clients'][number]['agreement']>> | undefined): string => {
      const clients = policy.clients.map((one) => ({
        ...one,
        agreement: agreement && one.agreement ? { ...one.agreement, ...agreement } : undefined,
      }));
      return says('client-agreements', changed({ clients })).state;
    };
    const [one] = policy.clients;
    assert.equal(state({}), 'kept');
    assert.equal(state(undefined), 'broken');
    assert.equal(state({ signed: undefined }), 'broken');
    assert.equal(state({ until: '2026-11-23' }), 'broken');
    assert.equal(state({ until: '2026-11-24' }), 'kept');
    assert.equal(state({ clauses: one?.agreement?.clauses.slice(1) ?? [] }), 'broken');
    assert.equal(state({ clauses: one?.agreement?.clauses.slice(0, 1) ?? [] }), 'broken');
    const payroll = policy.recipients.map((each) => (each.id === 'payroll' ? { ...each, agreement: undefined } : each));
    assert.equal(says('agreement-clauses', changed({ recipients: payroll })).state, 'broken');
  });
  it('an agreement that nobody went through yet, and says so without calling it broken', () => {
    const with_ = (id: string, change: object) =>
      policy.recipients.map((one) =>
        one.id === id && one.agreement ? { ...one, agreement: { ...one.agreement, ...change } } : one,
      );
    const found = says('agreement-clauses', changed({ recipients: with_('payroll', { clauses: [] }) }));
    assert.equal(found.state, 'not-proven');
    assert.match(found.text.en, /payroll\. Write in the policy under "clauses"/);
    // What is really wrong with another, or with this one, still breaks it.
    assert.equal(
      says('agreement-clauses', changed({ recipients: with_('payroll', { clauses: [], until: '2026-11-23' }) })).state,
      'broken',
    );
    const both = with_('payroll', { clauses: [] }).map((one) =>
      one.id === 'colocation' && one.agreement
        ? { ...one, agreement: { ...one.agreement, clauses: one.agreement.clauses.slice(1) } }
        : one,
    );
    assert.equal(says('agreement-clauses', changed({ recipients: both })).state, 'broken');
  });
  it('an activity that nobody looked at yet: not proven, at risk when it is too long ago, and broken by what is missing', () => {
    const dpia = { needed: true, assessment: { document: 'd.md', date: '2025-01-01' }, reviewEvery: 'P1Y' };
    const unseen = purposes('billing', { reviewed: undefined });
    const found = says('registers', changed({ purposes: unseen }));
    assert.deepEqual([found.state, found.n], ['not-proven', 1]);
    assert.match(found.text.en, /billing\. Go through each/);
    assert.equal(says('registers', changed({ purposes: purposes('security', { dpia }) })).state, 'at-risk');
    assert.equal(
      says('registers', changed({ purposes: purposes('billing', { reviewed: undefined, basis: [] }) })).state,
      'broken',
    );
  });
  it('a system that stands elsewhere, by the list of the law and not by one of its own', () => {
    assert.equal(says('locations', { systems: [system('a', 'NL'), system('b', 'US')] }).state, 'broken');
    assert.equal(says('locations', { systems: [] }).state, 'not-proven');
    const eea = changed({ locations: { ...policy.locations, allowed: ['EEA'] } });
    assert.equal(says('locations', { ...eea, systems: [system('a', 'IS')] }).state, 'kept');
    assert.equal(
      says('locations', { ...eea, systems: [system('a', 'IS')], book: { ...book, eea: ['NL'] } }).state,
      'broken',
    );
  });
  it('data in a system that nobody names, a dataset without a purpose, and a system that could not be looked at', () => {
    const beside = finding('unlisted-field', 'prospects', { nl: 'x', en: 'x' }, null);
    assert.equal(
      says('declared-data', { probes: [{ system: 'office', reachable: true, findings: [beside] }] }).state,
      'at-risk',
    );
    const other: Finding = { ...beside, kind: 'missing-privilege' };
    assert.equal(
      says('declared-data', { probes: [{ system: 'office', reachable: true, findings: [other] }] }).state,
      'kept',
    );
    assert.equal(
      says('declared-data', { probes: [{ system: 'office', reachable: false, findings: [] }] }).state,
      'not-proven',
    );
    assert.equal(says('declared-data', { probes: [] }).state, 'not-proven');
    const idle = policy.purposes.map((one) => ({ ...one, data: one.data.filter((id) => id !== 'prospects') }));
    assert.match(says('declared-data', changed({ purposes: idle })).text.en, /office\/prospects/);
  });
  it('a password in clear where the profile warns of it, also when another system is away', () => {
    const warning = finding('profile-warning', 'logins', { nl: 'open en bloot', en: 'in clear' }, 60);
    const warned = { system: 'access', reachable: true, findings: [warning] };
    const away = { system: 'office', reachable: false, findings: [] };
    assert.equal(says('host-warnings', { probes: [warned] }).state, 'at-risk');
    assert.equal(says('host-warnings', { probes: [away, warned] }).state, 'at-risk');
    assert.equal(says('host-warnings', { probes: [away] }).state, 'not-proven');
    assert.equal(says('host-warnings', { probes: [] }).state, 'not-proven');
  });
  it('a term that says nothing of backups', () => {
    const [first, ...rest] = policy.retention;
    assert.ok(first);
    assert.equal(
      says('backup-horizon', changed({ retention: [{ ...first, backups: undefined }, ...rest] })).state,
      'not-proven',
    );
  });
  it('a review that is overdue, on the day after it was due and not on the day', () => {
    const at = (last: string) =>
      says('review-dates', changed({ measures: measures('risk-review', { last, every: 'P1Y' }) })).state;
    assert.equal(at('2025-11-24'), 'kept');
    assert.equal(at('2025-11-23'), 'broken');
    assert.equal(
      says('review-dates', changed({ measures: measures('risk-review', { last: undefined }) })).state,
      'not-proven',
    );
    const dpia = { needed: true, assessment: { document: 'd.md', date: '2025-01-01' }, reviewEvery: 'P1Y' };
    assert.equal(says('review-dates', changed({ purposes: purposes('security', { dpia }) })).state, 'broken');
  });
  it('a seal that ended, and one that names neither issuer nor end', () => {
    const seal = (over: object) =>
      changed({ claims: policy.claims.map((one) => (one.seal ? { ...one, seal: { ...one.seal, ...over } } : one)) });
    assert.equal(says('seal-dates', seal({ expires: '2026-11-23' })).state, 'broken');
    assert.equal(says('seal-dates', seal({ expires: '2026-11-24' })).state, 'kept');
    assert.equal(says('seal-dates', seal({ issuer: undefined })).state, 'not-proven');
    assert.equal(says('seal-dates', changed({ claims: [] })).state, 'not-proven');
  });
  it('a measure without a number of the standard, or whose evidence does not count today', () => {
    assert.equal(
      says('control-mapping', changed({ measures: measures('premises', { controls: [] }) })).state,
      'not-proven',
    );
    assert.equal(says('control-mapping', { shown: (control) => control !== 'restore-test' }).state, 'not-proven');
    assert.equal(says('control-mapping', { shown: () => null }).state, 'not-proven');
    // In words, and by no id.
    const lacking = says('control-mapping', { shown: (control) => control !== 'restore-test' }).text;
    assert.equal(lacking.nl, 'Zonder bewijs dat nu geldt: back-ups.');
    // Its own measure is not its evidence.
    assert.equal(says('control-mapping', { shown: (control) => control !== 'control-mapping' }).state, 'kept');
  });
});

describe('an open question of the law', () => {
  const open = (rule: string, path: string, over: Partial<Open> = {}): Partial<Facts> => ({
    lint: {
      ...clean,
      findings: [
        {
          rule,
          path,
          severity: 'E',
          article: '',
          file: '',
          line: 1,
          column: 1,
          message: { nl: '', en: '' },
          justification: null,
          ...over,
        },
      ],
    },
  });
  const law = (promise: string, over: Partial<Facts>): string => lawCheck(promise).run(facts(over)).state;
  it('breaks the promise that it is about, and puts the promise of the item at risk', () => {
    const basis = open('GST-B01', 'purposes.training.basis');
    assert.equal(law('P02', basis), 'broken');
    assert.equal(law('P34', basis), 'at-risk');
    assert.equal(law('P33', basis), 'kept');
  });
  it('breaks nothing of what was never published: it is not proven', () => {
    const basis = open('GST-B01', 'purposes.training.basis');
    const unpublished = { ...well, state: 'not-proven' } as const;
    const statement = { published: unpublished, told: well, served: well, visited: well };
    assert.equal(law('P02', { ...basis, statement }), 'not-proven');
    assert.equal(law('P34', { ...basis, statement }), 'at-risk');
  });
  it('that is a warning is a risk; advice and what the policy gives a reason for are neither', () => {
    assert.equal(law('P02', open('GST-B01', 'purposes.training', { severity: 'W' })), 'at-risk');
    assert.equal(law('P02', open('GST-B01', 'purposes.training', { severity: 'I' })), 'kept');
    assert.equal(law('P09', open('GST-D04', 'retention.video-90-days.keep', { severity: 'W' })), 'at-risk');
    const reasoned = { severity: 'W', justification: { nl: 'om', en: 'for' } } as const;
    assert.equal(law('P09', open('GST-D04', 'retention.video-90-days.keep', reasoned)), 'kept');
  });
  it('reaches the item at that place and no other whose name begins alike', () => {
    assert.equal(law('P12', open('GST-D08', 'retention.employees-two-years-more')), 'kept');
    assert.equal(law('P12', open('GST-D08', 'retention.employees-two-years')), 'at-risk');
  });
});
