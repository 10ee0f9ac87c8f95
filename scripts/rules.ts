/** The pages of the linter's rules: what each checks, why, what to write instead, and a policy on either side of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { Document, isPair, isScalar, visit } from 'yaml';
import type { Text } from '../src/base/language.ts';
import { lintRules, readLaw, type LawBook, type LintRule } from '../src/policy/index.ts';
import { lintFixture, readFixtures, type Fixture } from '../src/policy/lint/fixtures/read.ts';

const source = (name: string) => ({ name, text: readFileSync(name, 'utf8') });
const yamlIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => source(`${folder}/${name}`));

const letters: Readonly<Record<string, Text>> = {
  A: { nl: 'Wie verantwoordelijk is', en: 'Who is responsible' },
  B: { nl: 'Waarom, en welke gegevens', en: 'Why, and which data' },
  C: { nl: 'Wie het krijgt, en waar', en: 'Who gets it, and where' },
  D: { nl: 'Hoe lang', en: 'How long' },
  E: { nl: 'Rechten', en: 'Rights' },
  F: { nl: 'Wat verder verteld moet worden', en: 'What else must be told' },
  G: { nl: 'Telefonie, cookies, opnames, beelden', en: 'Telephony, cookies, recordings, cameras' },
  H: { nl: 'Beweringen', en: 'Claims' },
  I: { nl: 'De verklaring zelf', en: 'The statement itself' },
};
const severities: Readonly<Record<LintRule['severity'], string>> = {
  E: 'error: blocks publication',
  W: 'warning: needs a change or a reason',
  I: 'advice',
};

/** Every page by its file. */
export function rulePages(): Readonly<Record<string, string>> {
  const folder = 'src/policy/lint/fixtures';
  const files = yamlIn(folder);
  const { fixtures } = readFixtures(files.filter((file) => !file.name.endsWith('/base.yaml')));
  const base = source(`${folder}/base.yaml`);
  const book = readLaw(yamlIn('law'));
  const pages = lintRules.map((rule): [string, string] => {
    const fixture = fixtures.get(rule.id);
    if (!fixture) throw new Error(`${rule.id} has no fixtures`);
    const { report } = lintFixture({ ...base, name: 'policy.yaml' }, fixture.fails, book);
    const said = report?.findings.find((one) => one.rule === rule.id && one.path === fixture.fails.path)?.message;
    return [`docs/rules/${rule.id}.md`, page(rule, fixture, book, said)];
  });
  return { 'docs/rules/README.md': index(), ...Object.fromEntries(pages) };
}

function index(): string {
  const groups = Object.entries(letters).map(([letter, name]) => {
    const rows = lintRules
      .filter((rule) => rule.id.startsWith(`GST-${letter}`))
      .map(
        (rule) =>
          `| [${rule.id}](${rule.id}.md) | ${rule.severity}${rule.mild ? '/W' : ''} | ${rule.title.en} | ${rule.article} |`,
      );
    return `## ${letter}: ${name.en}\n\n| rule | | what must be so | article |\n|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `# The rules of the linter\n\n${lintRules.length} questions of the law to a policy. How to run it, to give a reason and to use it in CI: [lint](../lint.md). E blocks publication, W needs a reason, I is advice. These pages are written from the rules and their fixtures by \`npm run generate\`.\n\n${groups.join('\n')}`;
}

function page(rule: LintRule, { fails, passes }: Fixture, book: LawBook, said: Text | undefined): string {
  const rests = rule.sources.map((id) => {
    const law = book.law.get(id);
    return `\`${id}\` (${law ? `${law.title.en}, from ${law.validFrom}, ${law.mark}` : 'not in law/'})`;
  });
  const words = (nl: string[], text: keyof Text): string => {
    const [must, why, write] = nl;
    return `**${must}:** ${rule.title[text]}.\n\n**${why}:** ${rule.why[text]}\n\n**${write}:** ${rule.write[text]}\n`;
  };
  return [
    `# ${rule.id}: ${rule.title.en}\n`,
    `*${rule.title.nl}*\n`,
    `| | |\n|---|---|\n| severity | ${rule.severity}, ${severities[rule.severity]}${rule.mild ? `; W when ${rule.mild.en}` : ''} |\n| article | ${rule.article} |\n| rests on | ${rests.join('; ')} |\n${rule.needsLiving ? '| needs | the running systems |\n' : ''}`,
    `## English\n\n${words(['What must be so', 'Why', 'Write instead'], 'en')}`,
    `## Nederlands\n\n${words(['Wat er moet zijn', 'Waarom', 'Schrijf in plaats daarvan'], 'nl')}`,
    `## It fires here\n\n${side(fails)}\nAt \`${fails.path}\`:\n\n> ${said?.en ?? ''}\n>\n> ${said?.nl ?? ''}\n`,
    `## Not here\n\n${side(passes)}`,
    rule.severity === 'E'
      ? 'An error cannot be justified in the policy: [lint](../lint.md#reasons-and-overrides).\n'
      : `When it must stand: a reason in the policy, see [lint](../lint.md#reasons-and-overrides).\n\n\`\`\`yaml\nreasons:\n  - { rule: ${rule.id}, path: ${fails.path}, text: { nl: Waarom., en: Why. } }\n\`\`\`\n`,
  ].join('\n');
}

function side({ policy, without, estate, living }: Fixture['passes']): string {
  const block = (value: unknown): string => `\`\`\`yaml\n${written(value)}\`\`\`\n`;
  return [
    ...(Object.keys(policy).length > 0 ? [block(policy)] : []),
    ...(without.length > 0 ? [`Without ${without.map((one) => `\`${one}\``).join(', ')}.\n`] : []),
    ...(estate ? [`With this in the estate:\n\n${block(estate)}`] : []),
    ...(living ? [`While the running systems tell:\n\n${block(living)}`] : []),
  ].join('\n');
}

/** As a person would write it: a text and a list of words on one line. */
function written(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Map: (_, node) => {
      node.flow = node.items.every(
        (one) => isPair(one) && isScalar(one.key) && /^(nl|en)$/.test(String(one.key.value)),
      );
    },
    Seq: (_, node) => {
      node.flow = node.items.every((one) => isScalar(one));
    },
  });
  return document.toString({ lineWidth: 0 });
}
