import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  lint,
  lintRules,
  parsePolicy,
  readLaw,
  unnamedClient,
  type EstateSummary,
  type LintReport,
  type Living,
} from '../index.ts';

const lawFiles = ['nl.yaml', 'nl-duties.yaml', 'eu.yaml', 'packs/digital-omnibus.yaml'].map((name) => ({
  name,
  text: readFileSync(`law/${name}`, 'utf8'),
}));
const books = new Map(['', 'digital-omnibus'].map((pack) => [pack, readLaw(lawFiles, [pack])]));
const provider = readFileSync('policies/it-provider/policy.yaml', 'utf8');
const published = readFileSync('policies/it-provider-2019/policy.yaml', 'utf8');
const today = '2026-11-25';

interface How {
  readonly at?: string;
  readonly pack?: string;
  readonly has?: (document: string) => boolean;
  readonly estate?: EstateSummary;
  readonly living?: Living;
}
function linted(text: string, { at = today, pack = '', has = () => true, estate, living }: How = {}): LintReport {
  const parsed = parsePolicy({ name: 'policy.yaml', text });
  assert.ok(parsed.value, JSON.stringify(parsed.problems));
  const book = books.get(pack);
  assert.ok(book);
  return lint({
    policy: parsed.value,
    parsed,
    book,
    at,
    has,
    estate: estate ?? null,
    ...(living ? { living } : {}),
  });
}
const fired = (report: LintReport): string[] => [...new Set(report.findings.map((one) => one.rule))];
const of = (report: LintReport, rule: string): LintReport['findings'] =>
  report.findings.filter((one) => one.rule === `GST-${rule}`);
const change = (text: string, from: string | RegExp, to: string): string => {
  const changed = text.replace(from, to);
  assert.notEqual(changed, text);
  return changed;
};
const rules = (letters: string): string[] =>
  letters
    .trim()
    .split(/\s+/)
    .map((one) => `GST-${one}`);

describe('a client that nobody named', () => {
  it('is an error: it would stand in the register as the controller', () => {
    assert.deepEqual(of(linted(provider), 'A01'), []);
    const [found] = of(linted(change(provider, /(\nclients:[\s\S]*?\n +name: ).*/, `$1${unnamedClient}`)), 'A01');
    assert.match(`${found?.severity} ${found?.path}`, /^E clients\.[\w-]+\.name$/);
  });
});

describe('the reference policy', () => {
  it('has no errors and no warnings today, and what goes beyond a guideline has its reason', () => {
    const report = linted(provider);
    assert.deepEqual([report.errors, report.warnings, report.advice], [0, 0, 0]);
    assert.deepEqual(
      report.findings.map((one) => [one.rule, one.path]),
      [['GST-D04', 'retention.video-90-days.keep']],
    );
    assert.match(report.findings[0]?.justification?.en ?? '', /three months/);
  });

  it('stays so for at least two years', () => {
    for (const at of ['2027-05-25', '2027-11-25', '2028-05-25', '2028-11-25', '2029-01-01']) {
      const { errors, warnings, findings } = linted(provider, { at });
      assert.deepEqual([errors, warnings], [0, 0], `${at}: ${findings.map((one) => one.rule).join()}`);
    }
  });

  it('names no document that is not there', () => {
    const report = linted(provider, { has: () => false });
    assert.deepEqual(fired(report), rules('B03 D04 F07 G03 I05'));
  });

  it('is read and linted in a tenth of a second', () => {
    linted(provider);
    const runs = 10;
    // Time on the processor: other programs on the machine do not count.
    const before = process.cpuUsage();
    for (let i = 0; i < runs; i += 1) linted(provider);
    const { user, system } = process.cpuUsage(before);
    const each = (user + system) / 1000 / runs;
    assert.ok(each < 100, `${each} ms`);
  });
});

describe('a contract as the only basis', () => {
  const alone = change(provider, 'basis: [contract, legitimate-interests]', 'basis: contract');

  it('is none for a caller, who did not make it', () => {
    const found = of(linted(alone), 'B01');
    assert.deepEqual(
      found.map((one) => [one.path, one.severity]),
      [['purposes.billing.basis', 'E']],
    );
    assert.match(found[0]?.message.en ?? '', /"callers" did not make it \(Article 6\(1\)\(b\)\)/);
  });

  it('is one for customers', () => {
    assert.match(provider, /- id: service\n(?: {4}.*\n)*? {4}basis: contract\n/);
    assert.deepEqual(of(linted(provider), 'B01'), []);
  });
});

describe('the statement of October 2019', () => {
  const report = linted(published);
  const expected = rules(`
    A03 A04 A05
    B01 B02 B03 B04 B05 B07 B08 B11 B13
    C01 C02 C04 C05
    D01 D02 D04 D05 D06 D08 D09
    E03 E04 E06 E08 E09 E10 E12 E13
    F01 F02 F03 F04 F05 F06 F07
    G01 G03 G04 G05 G06
    H01 H02 H03 H04
    I01 I02 I03 I05`);
  const silent = rules('A01 A02 A06 B06 B09 B10 B12 C03 C06 C07 D03 D10 E01 E02 E05 E07 E11 F08 G02');
  const living = rules('D07 I04');

  it('breaks exactly 51 rules, keeps 19, and 2 need the living systems', () => {
    assert.deepEqual(fired(report), expected);
    assert.deepEqual([expected.length, silent.length, living.length], [51, 19, 2]);
    assert.deepEqual(
      [...expected, ...silent, ...living].toSorted(),
      lintRules.map((rule) => rule.id),
    );
  });

  it('shows each at its line, with the article and what to write', () => {
    const lines = published.split('\n');
    for (const one of report.findings)
      assert.ok(one.line > 1 && one.line <= lines.length && one.article !== '', one.rule);
    const [dpo] = of(report, 'A03');
    assert.match(lines[(dpo?.line ?? 0) - 1] ?? '', /^dpo:/);
    const [interest] = of(report, 'B03');
    assert.equal(interest?.path, 'purposes.recordings.interest');
    assert.match(interest.message.nl, /voeg "interest" toe/);
  });

  it('breaks with its living systems the promise of automatic deletion too', () => {
    const alone = linted(published, { living: { now: `${today}T10:00:00Z`, bound: [], drift: [], controls: [] } });
    assert.deepEqual(
      of(alone, 'D07').map((one) => one.path),
      ['retention.recordings-90-days', 'retention.video-90-days'],
    );
  });
});

describe('law with a date', () => {
  it('asks nothing of the GDPR on the day before it applied, and all of it on the day', () => {
    assert.deepEqual(fired(linted(published, { at: '2018-05-24' })), rules('G01 G03'));
    assert.ok(fired(linted(published, { at: '2018-05-25' })).includes('GST-B01'));
  });

  it('applies guidelines on cameras from their first day', () => {
    assert.deepEqual(of(linted(published, { at: '2020-01-28' }), 'G06'), []);
    assert.equal(of(linted(published, { at: '2020-01-29' }), 'G06').length, 1);
  });

  it('leaves a rule out whose statute has ended', () => {
    const ended = lawFiles.map((file) => ({
      ...file,
      text: file.text.replace(/(id: gdpr-35\n[\s\S]*?validFrom: 2018-05-25)/, '$1\n    validTo: 2026-12-31'),
    }));
    const parsed = parsePolicy({ name: 'policy.yaml', text: published });
    assert.ok(parsed.value);
    const told = { policy: parsed.value, parsed, book: readLaw(ended), has: () => true, estate: null };
    assert.ok(fired(lint({ ...told, at: '2026-12-31' })).includes('GST-I05'));
    assert.ok(!fired(lint({ ...told, at: '2027-01-01' })).includes('GST-I05'));
  });

  it('knows that adequacy decisions end: the United Kingdom until 27 December 2031', () => {
    const british = change(
      provider,
      /text: \{ nl: De pakketdienst, en: The parcel service \}\n {4}role: controller\n {4}country: NL/,
      `text: { nl: De pakketdienst, en: The parcel service }\n    role: controller\n    country: GB\n    transfer: { mechanism: '45' }`,
    );
    assert.deepEqual(of(linted(british, { at: '2031-12-27' }), 'C06'), []);
    assert.match(of(linted(british, { at: '2031-12-28' }), 'C06')[0]?.message.en ?? '', /not in force on 2031-12-28/);
  });

  it('lets a proposal count only where it is asked for', () => {
    assert.equal(of(linted(published), 'G03')[0]?.article, 'Tw art. 11.7a');
    const proposed = linted(published, { pack: 'digital-omnibus' });
    assert.equal(of(proposed, 'G03')[0]?.article, 'GDPR art. 88a (proposed)');
    assert.deepEqual(fired(proposed), fired(linted(published)));
  });
});

describe('a reason', () => {
  const told = (rule: string, path?: string): string =>
    `${published}\nreasons:\n  - { rule: ${rule}, ${path === undefined ? '' : `path: ${path}, `}text: { nl: Omdat, en: Because } }\n`;

  it('turns a warning into a justified one, and no error', () => {
    const before = linted(published);
    const warned = linted(told('GST-H01'));
    assert.deepEqual([warned.warnings, warned.justified], [before.warnings - 1, 1]);
    assert.equal(of(warned, 'H01')[0]?.justification?.en, 'Because');
    const blocked = linted(told('GST-B01'));
    assert.deepEqual([blocked.errors, blocked.justified], [before.errors, 0]);
    assert.ok(of(blocked, 'B01').every((one) => one.justification === null));
  });

  it('holds for its own place, and not for one whose name only begins alike', () => {
    const here = linted(told('GST-D08', 'retention.recordings-90-days'));
    assert.deepEqual(
      of(here, 'D08')
        .filter((one) => one.justification)
        .map((one) => one.path),
      ['retention.recordings-90-days.backups'],
    );
    assert.equal(linted(told('GST-D08', 'retention.recordings')).justified, 0);
    assert.equal(linted(told('GST-D08', 'retention')).justified, 2);
  });

  it('for a longer term stands with the term itself', () => {
    const without = change(provider, /\n {4}justification: .*/, '');
    assert.deepEqual([linted(without).warnings, linted(without).justified], [1, 0]);
  });
});

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

describe('a finding', () => {
  it('is softer where the law is: a general mailbox, a masked ID copy, no way to a copy of the safeguards', () => {
    const mailbox = linted(change(provider, 'email: fg@divato.nl', 'email: info@divato.nl'));
    assert.deepEqual(
      of(mailbox, 'A03').map((one) => one.severity),
      ['W'],
    );
    assert.deepEqual(
      of(linted(published), 'B08').map((one) => one.severity),
      ['W'],
    );
    const full = linted(change(published, 'masked: true', 'masked: false'));
    assert.deepEqual(
      of(full, 'B08').map((one) => one.severity),
      ['E'],
    );
    const indian = linted(change(published, 'country: US', "country: IN\n    transfer: { mechanism: '46(2)(c)' }"));
    assert.deepEqual(
      of(indian, 'C04').map((one) => [one.severity, one.path]),
      [['W', 'recipients.hosting.transfer.copy']],
    );
    assert.equal(of(indian, 'C07').length, 1);
  });

  it('of a statute comes also where the policy does not name it, and not where the term is long enough', () => {
    const unnamed = change(provider, /(id: invoices-seven-years[\s\S]*?)\n {4}minimum: nl-awr-52-4/, '$1');
    assert.deepEqual(of(linted(unnamed), 'D03'), []);
    const [short] = of(linted(change(unnamed, /(id: invoices-seven-years[\s\S]*?)keep: P7Y/, '$1keep: P6Y')), 'D03');
    assert.equal(short?.path, 'retention.invoices-seven-years.keep');
    assert.match(short.message.en, /six years.*AWR art\. 52\(4\).*longer.*minimum: nl-awr-52-4/);
    const [early] = of(
      linted(change(unnamed, /(id: invoices-seven-years[\s\S]*?)startsAt: end-of-year/, '$1startsAt: event')),
      'D03',
    );
    assert.match(early?.message.en ?? '', /counts the term from the end of the year: set "startsAt: end-of-year"/);
    assert.doesNotMatch(`${early?.message.en} ${early?.message.nl}`, /longer|langer|P7Y/);
    const billing = change(provider, /(id: traffic-until-paid[\s\S]*?)keep: P6M/, '$1keep: P6Y');
    assert.match(of(linted(billing), 'D03')[0]?.message.en ?? '', /allows at most five years/);
  });

  it('of a clash that "gestand check" refuses is the same clash, in both languages', () => {
    const twice = change(
      provider,
      /data: \[prospects\]\n {4}text: \{ nl: Een jaar/,
      'data: [prospects, video]\n    text: { nl: Een jaar',
    );
    const [clash] = of(linted(twice), 'D10');
    assert.match(clash?.message.nl ?? '', /gaan beide over "video"/);
    assert.match(clash?.message.en ?? '', /both govern "video"/);
  });

  it('of an applicant with consent comes beyond a year', () => {
    assert.deepEqual(of(linted(provider), 'D04').length, 1);
    const longer = linted(
      change(provider, 'consent: keep-application, atMost: P1Y', 'consent: keep-application, atMost: P2Y'),
    );
    assert.deepEqual(
      of(longer, 'D04').map((one) => one.path),
      ['retention.video-90-days.keep', 'retention.applicants-four-weeks.extendedBy.atMost'],
    );
  });

  it('of the answer within a month knows that thirty days are more than February', () => {
    const within = (term: string): number =>
      of(linted(change(provider, 'answerWithin: P1M', `answerWithin: ${term}`)), 'E12').length;
    assert.deepEqual(['P2W', 'P28D', 'P30D', 'P2M'].map(within), [0, 0, 1, 1]);
  });
});
