/** gestand register import FILE.csv: an existing register becomes sections of a policy. */
import { importRegister, type Imported } from '../../promises/publication/register/import/index.ts';
import { counted } from '../../base/wording.ts';
import { inLanguage, problemIn } from '../../base/yaml.ts';
import { Mistake } from '../../promises/world.ts';
import { argument, exit, text, type Context } from '../command.ts';
import { readNamed, writeNamed } from '../folder.ts';

export function registerImport(context: Context): number {
  const { out } = context;
  const file = argument(context, 1, { nl: 'het CSV-bestand', en: 'the CSV file' });
  const read = importRegister(readNamed(file));
  if ('refused' in read) throw new Mistake('not-a-register', read.refused);
  const to = text(context, 'out');
  if (to !== undefined) writeNamed(to, read.yaml);
  showRemarks(context, read);
  if (to === undefined) out.line(`\n${read.yaml.trimEnd()}`);
  const open = read.remarks.filter(({ is }) => is === 'not-read').length;
  out.result({
    file,
    out: to ?? null,
    language: read.language,
    encoding: read.encoding,
    separator: read.separator,
    counts: read.counts,
    notRead: open,
    remarks: read.remarks.map((one) => ({ ...one, text: out.t(one.text) })),
    problems: read.problems.map((one) => inLanguage(one, out.language)),
    ...(to === undefined ? { yaml: read.yaml } : {}),
  });
  return open + read.problems.length === 0 ? exit.ok : exit.wrong;
}

function showRemarks(context: Context, { remarks, problems, counts }: Imported): void {
  const { out } = context;
  for (const one of remarks) {
    const where = [out.t({ nl: `rij ${one.row}`, en: `row ${one.row}` }), ...(one.column === '' ? [] : [one.column])];
    const value = one.value.replaceAll(/\s+/g, ' ');
    out.line(
      `  ${one.is === 'not-read' ? out.paint('✘', 'red') : out.paint('!', 'yellow')} ${where.join(', ')}${value === '' ? '' : `: "${value.length > 60 ? `${value.slice(0, 60)}…` : value}"`}`,
    );
    out.line(`    ${out.t(one.text)}`);
  }
  for (const one of problems) out.line(`  ${out.paint('✘', 'red')} ${problemIn(one, out.language)}`);
  const open = remarks.filter(({ is }) => is === 'not-read').length;
  const found = [
    counted(counts.purposes, { nl: 'verwerking', en: 'activity' }, { nl: 'verwerkingen', en: 'activities' }),
    counted(counts.data, { nl: 'soort gegevens', en: 'kind of data' }, { nl: 'soorten gegevens', en: 'kinds of data' }),
    counted(
      counts.subjects,
      { nl: 'groep mensen', en: 'group of people' },
      { nl: 'groepen mensen', en: 'groups of people' },
    ),
    counted(counts.recipients, { nl: 'ontvanger', en: 'recipient' }, { nl: 'ontvangers', en: 'recipients' }),
    counted(counts.terms, { nl: 'termijn', en: 'term' }, { nl: 'termijnen', en: 'terms' }),
  ];
  const unread = counted(
    open,
    { nl: 'keer niet gelezen', en: 'time not read' },
    { nl: 'keer niet gelezen', en: 'times not read' },
  );
  out.line(`  ${found.map(out.t).join(', ')}; ${out.t(unread)}.`);
}
