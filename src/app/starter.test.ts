import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Text } from '../base/language.ts';
import { lint, parsePolicy, readLaw, type LintReport, type Policy } from '../policy/index.ts';
import { isAsked, parts, type Part } from './parts.ts';
import { startFiles, starterPolicy, type Beginning } from './starter.ts';

const files = startFiles.map((name) => readFileSync(`policies/start/${name}.yaml`, 'utf8'));
const book = readLaw(
  ['nl.yaml', 'nl-duties.yaml', 'eu.yaml'].map((name) => ({ name, text: readFileSync(`law/${name}`, 'utf8') })),
);
const day = '2026-11-27';

interface Draft {
  readonly text: string;
  readonly policy: Policy;
  readonly report: LintReport;
}

function draft(does: Iterable<Part>, more: Partial<Beginning> = {}): Draft {
  const facts = {
    organisation: 'Vos',
    post: 'Dorpsstraat 1, Haps',
    email: 'privacy@vos.example',
    website: '',
    ...more,
  };
  const text = starterPolicy(files, { ...facts, does: new Set(does) }, day);
  const parsed = parsePolicy({ name: 'policy.yaml', text });
  assert.deepEqual(parsed.problems, []);
  assert.ok(parsed.value);
  const report = lint({ policy: parsed.value, parsed, book, at: day, has: () => false, estate: null });
  return { text, policy: parsed.value, report };
}

/** Every text of a policy that people read, in one string. */
function read(value: unknown): string {
  if (value === null || typeof value !== 'object') return '';
  const { nl, en } = value as Partial<Text>;
  if (typeof nl === 'string' && typeof en === 'string') return `${nl}\n${en}\n`;
  return Object.values(value).map(read).join('');
}

/** Words that only the "yes" of one of these may bring into the draft. */
const words: readonly (readonly [readonly (Part | 'website')[], RegExp])[] = [
  [['orders'], /bij ons kocht|Bestellingen leveren/],
  [['services', 'telephony', 'clients'], /Contracten|met een klant afspraken/],
  [['orders', 'services', 'telephony', 'clients'], /Klanten en hun|Contactgegevens van klanten/],
  [['telephony'], /verkeersgegevens|aansluiting|verbinding|aanbieders/i],
  [['clients'], /zijn eigen klanten/],
  [['hosted'], /datacenter/],
  [['members'], /\bleden\b|lidmaatschap/i],
  [['federation'], /\bbond\b/],
  [['care'], /patiënt|medisch|dossier|behandel/i],
  [['insurers'], /verzekeraar|declareren|Declaraties/],
  [['colleagues'], /huisarts|zorgverlener/],
  [['children'], /ouders|Parents/],
  [['prospects'], /zou kunnen worden/],
  [['accounts'], /eigen account|Gebruikersnaam/],
  [['payments'], /betaaldienst/],
  [['news'], /aanbiedingen/],
  [['newsletter'], /nieuwsbrief/i],
  [['mailing'], /ons nieuws verstuurt/],
  [['recordings'], /Opgenomen|naluisteren/],
  [['voicemail'], /Ingesproken|terugbellen/],
  [['cameras'], /camera|in beeld/i],
  [['staff'], /salaris|Personeel|arbeids|Ziekmeld|bedrijfsarts|loon/i],
  [['payroll'], /salarissen verwerkt/],
  [['applicants'], /sollicit|vacature|\bcv\b/i],
  [['delivery'], /pakketdienst/],
  [['bookkeeping'], /boekhouder/],
  [['host'], /hostingbedrijf waar onze/],
  [['office'], /mail en bestanden/],
  [['software'], /online software/],
  [['secrecy'], /geheimhouding/],
  [['second-step'], /tweede stap/],
  [['restore'], /terugzetten/],
  [['agreements'], /hebben wij een overeenkomst/],
  [['risks'], /welke risico/],
  [['website'], /website tonen|Bezoekers van onze website/],
];

/** Rules that may find something in a draft: what only the organisation knows. */
const askedLater = 'A01 A04 A05 B03 B13 C03 C04 C05 D08 D09 E10 F08 G03 G04 G05 G06 H03 H04 I03 I05'
  .split(' ')
  .map((id) => `GST-${id}`);

/** Numbers that are the same each time, so that a failure comes back. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What is wrong with a draft of these answers, in a few words. */
function wrong(does: ReadonlySet<string>, { text, policy, report }: Draft): string[] {
  const said = new Set([...does].filter((one) => one === 'website' || isAsked(one as Part, does)));
  const people = read(policy);
  const groups = policy.subjects.filter(
    ({ id }) =>
      !policy.purposes.some((one) => one.subjects.includes(id)) &&
      !policy.data.some((one) => one.subjects.includes(id)),
  );
  return [
    ...words.flatMap(([by, word]) => {
      const there = word.test(people);
      const may = by.some((one) => said.has(one));
      return there && !may ? [`${word.source} without ${by.join('/')}`] : [];
    }),
    ...report.findings.flatMap((one) =>
      askedLater.includes(one.rule) ? [] : [`${one.rule} ${one.path} ${one.message.en}`],
    ),
    ...groups.map(({ id }) => `nothing is said of ${id}`),
    ...(/Divato|MAC-|licenti|agreement:|assessment:|dpia:|announced:|sign:|standing|owner:|reviewed:/.test(text)
      ? ['an example']
      : []),
  ];
}

describe('the first policy', () => {
  it('claims nothing of a part that was answered "no", and lacks only what the organisation alone knows: of 100 sets of answers', () => {
    const next = random(20_261_127);
    for (let n = 0; n < 100; n += 1) {
      const share = next();
      const does = parts.filter(() => next() < share);
      const website = next() < 0.5 ? 'https://vos.example' : '';
      const more = { website, ...(next() < 0.5 ? { backupDays: 30 } : {}) };
      const all = new Set<string>([...does, ...(website === '' ? [] : ['website'])]);
      assert.deepEqual(wrong(all, draft(does, more)), [], `${[...all].join()} ${JSON.stringify(more)}`);
    }
  });

  it('and that test bites: on a draft with a part more than was answered', () => {
    const whole = draft(parts, { website: 'https://vos.example' });
    for (const [by] of words) {
      const without = new Set<string>([...parts, 'website'].filter((one) => !by.includes(one as Part)));
      assert.ok(
        wrong(without, whole).some((one) => one.endsWith(`without ${by.join('/')}`)),
        by.join(),
      );
    }
  });

  it('is another for each "yes"', () => {
    const more = { website: 'https://vos.example' };
    for (const part of parts) {
      // Telephony and data for clients are services already.
      const all = part === 'services' ? parts.filter((one) => one !== 'telephony' && one !== 'clients') : parts;
      const without = all.filter((one) => one !== part);
      assert.notEqual(draft(without, more).text, draft(all, more).text, part);
    }
  });

  it('says of everyone what one "yes" or "no" makes true, whatever else: nothing at all is a whole policy too', () => {
    const { policy } = draft([]);
    assert.deepEqual(
      policy.subjects.map((one) => one.id),
      ['contacts', 'suppliers'],
    );
    assert.deepEqual(
      [policy.measures, policy.organisation.children, policy.organisation.telecomProvider],
      [[], { offered: false }, false],
    );
  });

  it('has a recipient for each kind of software, with only its own data', () => {
    const recipients = (does: readonly Part[]): unknown[] =>
      draft(does)
        .policy.recipients.filter((one) => one.id.endsWith('software'))
        .map((one) => [one.id, one.data]);
    assert.deepEqual(recipients(['software', 'orders', 'services', 'members', 'care']), [
      ['software', ['invoices']],
      ['customer-software', ['customers', 'orders', 'contracts']],
      ['member-software', ['members']],
      ['record-software', ['patients', 'medical-records', 'patient-numbers']],
    ]);
    assert.deepEqual(recipients(['software', 'members']), [
      ['software', ['invoices']],
      ['member-software', ['members']],
    ]);
  });

  it('sends no news because someone is a patient, and asks nobody to send it where nobody may get it', () => {
    const both = draft(['care', 'orders', 'news', 'mailing']).policy;
    const news = both.purposes.find((one) => one.id === 'news');
    assert.deepEqual([news?.subjects, news?.data], [['customers'], ['customers']]);
    assert.deepEqual(both.recipients.find((one) => one.id === 'mailing')?.data, ['customers']);
    const { policy } = draft(['care', 'news', 'mailing']);
    assert.deepEqual(
      [policy.purposes.filter((one) => one.marketing), policy.recipients.filter((one) => one.id === 'mailing')],
      [[], []],
    );
    // Who subscribed said yes, patient or not.
    assert.ok(draft(['care', 'newsletter']).policy.purposes.some((one) => one.id === 'newsletter'));
  });

  it('has the days of a backup with every term, and without an answer with none', () => {
    const gone = ({ policy }: Draft): unknown[] =>
      [...policy.retention, ...policy.terms].map((one) => one.backups?.gone);
    assert.deepEqual(new Set(gone(draft(parts, { backupDays: 14 }))), new Set(['P14D']));
    assert.deepEqual(new Set(gone(draft(parts))), new Set([undefined]));
  });

  it('is made of every file of the folder', () => {
    assert.deepEqual(
      readdirSync(join('policies', 'start')).toSorted(),
      startFiles.map((name) => `${name}.yaml`).toSorted(),
    );
  });
});
