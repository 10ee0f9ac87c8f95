import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lawFiles, provider, published, today, linted, fired, of, change, rules } from '../../../test/worlds/linted.ts';
import { lint, lintRules, parsePolicy, readLaw, unnamedClient } from '../index.ts';

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

describe('the term of traffic data', () => {
  const term = (keep: string): ReturnType<typeof of> =>
    of(linted(change(provider, /(purpose: billing, keep: )P6M/, `$1${keep}`)), 'G01');

  it('is the one that its rule keeps: the statement has both', () => {
    assert.deepEqual(of(linted(provider), 'G01'), []);
    const [found] = term('P5Y');
    assert.equal(`${found?.severity} ${found?.path}`, 'E telecom.traffic.0.keep');
    assert.match(
      found?.message.nl ?? '',
      /vijf jaar, en "traffic-until-paid" bewaart deze verkeersgegevens zes maanden/,
    );
  });
});

describe('the text beside a term', () => {
  const term = (text: string): ReturnType<typeof of> =>
    of(linted(change(provider, /(- id: recordings-90-days\n(?: {4}.*\n)*? {4}text: ).*/, `$1${text}`)), 'D10');

  it('names no other time than is kept: a warning', () => {
    assert.deepEqual(
      term('{ nl: Ten hoogste drie maanden, en: At most 90 days }').map((one) => `${one.severity} ${one.path}`),
      ['W retention.recordings-90-days.text'],
    );
    assert.equal(term('{ nl: Ten hoogste 90 dagen, en: At most 60 days }').length, 1);
  });

  it('may name a second one, write it in words, or name none', () => {
    assert.deepEqual(term('{ nl: "90 dagen, met toestemming een jaar", en: "90 days, with consent one year" }'), []);
    assert.deepEqual(term('{ nl: Tot het niet meer nodig is, en: Until it is not needed }'), []);
  });
});

describe('a contract as the only basis', () => {
  const alone = (purpose: string): string =>
    change(
      provider,
      new RegExp(`(- id: ${purpose}\\n(?: {4}.*\\n)*? {4}basis: )\\[contract, legitimate-interests\\]`),
      '$1contract',
    );

  it('is none for a caller, who did not make it', () => {
    const found = of(linted(alone('billing')), 'B01');
    assert.deepEqual(
      found.map((one) => [one.path, one.severity]),
      [['purposes.billing.basis', 'E']],
    );
    assert.match(found[0]?.message.en ?? '', /"callers" did not make it \(Article 6\(1\)\(b\)\)/);
  });

  it('is one for customers', () => {
    assert.deepEqual(of(linted(alone('service')), 'B01'), []);
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

  it('asks of a term that people carry out what it asks of a rule: a source of the right kind, in force, with room for it', () => {
    const told = (keep: string, minimum: string): string =>
      of(
        linted(
          change(
            provider,
            '\nterms:\n',
            `\nterms:\n  - { id: on-paper, promise: P12, data: [employees], text: { nl: x, en: x }, keep: ${keep}, from: payment, startsAt: end-of-year, minimum: ${minimum} }\n`,
          ),
        ),
        'D03',
      )
        .map((one) => `${one.path}: ${one.message.en}`)
        .join();
    assert.equal(told('P7Y', 'nl-awr-52-4'), '');
    assert.match(told('P7Y', 'nl-vb-13-5'), /^terms.on-paper.minimum: "nl-vb-13-5" is a guideline, not a minimum/);
    assert.match(told('P5Y', 'nl-awr-52-4'), /^terms.on-paper.keep: Term "on-paper" keeps five years.*at least seven/);
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

describe('backups of which nothing is said', () => {
  const backups = /\n {4}backups: .*/g;
  const once = (text: string, gone: string): string =>
    change(text, /\nretention:/, `\nbackups: { gone: ${gone} }\nretention:`);
  const silent = provider.replaceAll(backups, '');

  it('are one finding, and one line above "retention" answers it for every term', () => {
    const found = of(linted(silent), 'D08');
    assert.deepEqual(
      found.map((one) => [one.path, silent.split('\n')[one.line - 1]]),
      [['retention', 'retention:']],
    );
    assert.match(found[0]?.message.nl ?? '', /backups: \{ gone: P30D \}/);
    assert.deepEqual(of(linted(once(silent, 'P30D')), 'D08'), []);
  });

  it('are one finding for each term where another term says it', () => {
    const one = change(provider, /\n {4}backups: .*/, '');
    assert.deepEqual(
      of(linted(one), 'D08').map(({ path }) => path.split('.').at(-1)),
      ['backups'],
    );
  });

  it('do not take the place of what a term says itself', () => {
    const { value } = parsePolicy({ name: 'policy.yaml', text: once(provider, 'P60D') });
    assert.ok(value?.retention.some((one) => one.backups?.gone === 'P14D'));
    assert.ok(!value?.retention.some((one) => one.backups?.gone === 'P60D'));
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

describe('a document that is named', () => {
  const messages = (report: ReturnType<typeof linted>, rule: string): string[] =>
    of(report, rule).map(({ message }) => message.en);

  it('and is not there is what a finding says, and not that it must be written', () => {
    const report = linted(provider, { has: () => false });
    const said = ['B03', 'G03', 'I05'].flatMap((rule) => messages(report, rule));
    assert.ok(said.length >= 3);
    for (const message of said)
      assert.match(message, /: documents\/\S+ is not there\. Put that file beside the policy/);
  });

  it('and is of a day to come, or counts no more, is told with that day', () => {
    const early = linted(provider, { at: '2018-06-01' });
    assert.match(
      messages(early, 'B03')[0] ?? '',
      /documents\/\S+ is of 20\d\d-\d\d-\d\d, and that day is yet to come\./,
    );
  });

  it('and is none is asked for', () => {
    const without = change(provider, /\n *assessment: \{[^}]*\}/, '');
    assert.match(messages(linted(without), 'B03')[0] ?? '', /was not weighed\. Write the assessment in a file/);
  });
});
