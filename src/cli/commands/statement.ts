import { documentFormats, render } from '../../promises/publication/document/formats/index.ts';
import { statementJsonLd } from '../../promises/publication/dpv/index.ts';
import { publicProofs } from '../../promises/proof/public.ts';
import { statement as write, type StatementOptions } from '../../promises/publication/statement/index.ts';
import { Mistake } from '../../promises/world.ts';
import { exit, oneOf, text, withWorld, type Command, type Context } from '../command.ts';
import { dayOf, deliver, formatOf, policyFolder } from '../folder.ts';
import type { LawBook, Policy } from '../../policy/index.ts';

const formats = ['txt', ...documentFormats.filter((one) => one !== 'txt'), 'jsonld'] as const;
const binary: readonly (typeof formats)[number][] = ['pdf', 'docx'];

export const statement: Command = {
  name: 'statement',
  summary: {
    nl: 'de privacyverklaring die uit het beleid volgt, in het Nederlands of Engels',
    en: 'the privacy statement that follows from the policy, in Dutch or English',
  },
  usage: `gestand statement [POLICY_DIR] [--lang nl|en] [--format ${formats.join('|')}] [--out FILE] [--group SUBJECT]`,
  takes: 1,
  options: {
    format: {
      type: 'string',
      help: {
        nl: `${formats.join(', ')}; anders naar de naam van --out`,
        en: `${formats.join(', ')}; else by the name of --out`,
      },
    },
    out: { type: 'string', help: { nl: 'het bestand', en: 'the file' } },
    group: {
      type: 'string',
      help: { nl: 'alleen wat deze groep mensen aangaat', en: 'only what concerns this group of people' },
    },
    live: {
      type: 'boolean',
      help: {
        nl: 'met het bewijs van elke belofte, zoals de home het nu ziet',
        en: 'with the proof of each promise, as the home sees it now',
      },
    },
    at: { type: 'string', help: { nl: 'het recht op deze dag', en: 'the law on this day' } },
  },
  examples: [
    'gestand statement policies/it-provider --lang nl',
    'gestand statement policies/it-provider --lang en --out privacy.html',
    'gestand statement --lang nl --format pdf > privacyverklaring.pdf',
    'gestand statement policies/it-provider --lang en --group applicants --format md',
    'gestand statement --live --lang en --out privacy.html',
  ],
  run: async (context) => {
    const live = context.values['live'] === true;
    if (live && context.args[0] !== undefined)
      throw new Mistake('live-is-of-the-home', {
        nl: '--live toont het bewijs van de home: noem dan geen andere map.',
        en: '--live shows the proof of the home: name no other folder with it.',
      });
    const { policy, book } = policyFolder(context, context.args[0]);
    const format = formatOf(context, formats);
    const group = groupOf(context, policy);
    if (format === 'jsonld') return linked(context, policy, book, group);
    const options: StatementOptions = {
      lawBook: book,
      ...(group === undefined ? {} : { group }),
      ...(live ? { proofs: await withWorld(context, publicProofs) } : {}),
      ...(policy.publication?.date !== undefined && text(context, 'at') === undefined
        ? {}
        : { day: dayOf(context, policy) }),
    };
    const document = write(policy, context.out.language, options);
    deliver(context, await render(document, format), !binary.includes(format));
    return exit.ok;
  },
};

/** For other programs; a program picks what concerns a group by itself. */
function linked(context: Context, policy: Policy, law: LawBook, group: string | undefined): number {
  if (group !== undefined)
    throw new Mistake('group-in-jsonld', {
      nl: 'JSON-LD is er van de hele verklaring; laat --group weg.',
      en: 'JSON-LD is of the whole statement; leave out --group.',
    });
  const { version = 'draft', date = dayOf(context, policy) } = policy.publication ?? {};
  const made = statementJsonLd(policy, { version, date, languages: ['nl', 'en'], law });
  deliver(context, new TextEncoder().encode(`${JSON.stringify(made, null, 2)}\n`), true);
  return exit.ok;
}

function groupOf(context: Context, policy: Policy): string | undefined {
  const asked = text(context, 'group');
  const known = policy.subjects.map((one) => one.id);
  return asked === undefined ? undefined : oneOf({ nl: '--group', en: '--group' }, asked, known, 'unknown-group');
}
