/** The page that says which changes of a policy are material, written from the rules of the differ. */
import { materialRules, reasons } from '../src/policy/index.ts';

export function materialPage(): string {
  const rows = materialRules()
    .toSorted((a, b) => a.key.localeCompare(b.key) || a.reason.localeCompare(b.reason))
    .map(
      ({ key, when, reason, told }) =>
        `| \`${key}\` | ${when} | ${reasons[reason].text.en} (\`${reason}\`) | ${told === 'before' ? 'before' : 'within a month'} |`,
    );
  return `# Material changes

Which changes of a policy people must be told of, why, and when. \`[]\` stands for each item of a list. A change that is not here is shown and need not be told. Why it is so: [publishing](../publishing.md).

This page is written from the source by \`npm run generate\`.

| key | when | why it is material | told |
|---|---|---|---|
${rows.join('\n')}
`;
}
