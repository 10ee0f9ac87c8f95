import { counted } from '../../base/wording.ts';
import { basename } from 'node:path';
import { publicationOf } from '../../app/publication.ts';
import { render } from '../../promises/publication/document/formats/index.ts';
import { noteCheck } from '../../promises/proof/measure.ts';
import { addressOf, untold } from '../../promises/publication/versions/checks.ts';
import { decode } from '../../promises/publication/versions/fetch.ts';
import { noticeDocument } from '../../promises/publication/versions/notices.ts';
import { describe, listVersions, readElsewhere } from '../../promises/publication/versions/overview.ts';
import { damage, refusals } from '../../promises/publication/versions/phrases.ts';
import {
  namesOf,
  policyOf,
  readFile,
  verifyVersions,
  type Publishing,
  type Stored,
} from '../../promises/publication/versions/publishing.ts';
import {
  approve,
  draft,
  override,
  publishOn,
  review,
  tell,
  withdraw,
} from '../../promises/publication/versions/service.ts';
import { browse } from '../../promises/publication/versions/browse.ts';
import { visit, visited, visitOf } from '../../promises/publication/versions/visit.ts';
import { checkWebsite, compareElsewhere, importPage, pageAt } from '../../promises/publication/versions/website.ts';
import { Mistake } from '../../promises/world.ts';
import { argument, exit, required, text, withWorld, type Command, type Context } from '../command.ts';
import type { OpenWorld } from '../../app/world.ts';
import { choice, deliver, readNamed } from '../folder.ts';
import { alone, inNameOf } from '../operator.ts';
import {
  describedJson,
  line,
  noticeJson,
  showDescribed,
  showNotices,
  showServed,
  versionJson,
  showPassed,
  showUnproven,
  showVisit,
  visitJson,
} from '../publish/show.ts';

type Step = (context: Context, desk: Publishing, world: OpenWorld) => Promise<number>;

/** Opens the home and its publication for one step. */
const at =
  (step: Step) =>
  (context: Context): Promise<number> =>
    withWorld(context, (world) => step(context, publicationOf(world), world));

const asked = (context: Context, place = 1): string =>
  argument(context, place, {
    nl: 'de versie: haar nummer, haar naam of latest',
    en: 'the version: its id, its name or latest',
  });
const actor = (context: Context): { name: string } => ({ name: required(context, 'as') });

/** What takes two people where people have accounts. */
const two = (
  context: Context,
  world: OpenWorld,
  deed: 'approve-statement' | 'publish-statement' | 'override-finding',
  subject: string,
): Promise<{ name: string }> =>
  inNameOf(context, world, {
    option: 'as',
    may: deed === 'override-finding' ? 'override a finding' : 'publish a statement',
    deed,
    subject,
  });

/** After a step: where the version stands now, and what comes next. */
async function told(
  context: Context,
  desk: Publishing,
  { id }: Stored,
  next: { nl: string; en: string },
): Promise<number> {
  const found = (await listVersions(desk)).find(({ version }) => version.id === id);
  if (!found) throw refusals.unknown(id);
  context.out.line(`  ${line(context.out, found)}`);
  context.out.line(`  ${context.out.t(next)}`);
  context.out.result(versionJson(found));
  return exit.ok;
}

const steps: Readonly<Record<string, (context: Context) => Promise<number>>> = {
  draft: at(async (context, desk) => {
    const made = await draft(desk, actor(context));
    if (made.acts.at(-1)?.act === 'published')
      return told(context, desk, made, {
        nl: `Er is niets nieuws: dit beleid en deze teksten zijn al ${made.label}. Verander eerst iets, en geef "publication.version" een nieuwe naam.`,
        en: `There is nothing new: this policy and these texts are ${made.label} already. Change something first, and give "publication.version" a new name.`,
      });
    return told(context, desk, made, {
      nl: `Lees haar in published/${made.id}, en dan: gestand publish review ${made.id} --as NAAM`,
      en: `Read it in published/${made.id}, and then: gestand publish review ${made.id} --as NAME`,
    });
  }),
  review: at(async (context, desk) => {
    const done = await review(desk, actor(context), asked(context));
    return told(context, desk, done, {
      nl: `Een ander keurt haar goed: gestand publish approve ${done.id} --as NAAM`,
      en: `Another person approves it: gestand publish approve ${done.id} --as NAME`,
    });
  }),
  approve: at(async (context, desk, world) => {
    const version = asked(context);
    const done = await approve(desk, await two(context, world, 'approve-statement', version), version);
    return told(context, desk, done, {
      nl: `Publiceer haar: gestand publish ${done.id} --on DATUM --as NAAM`,
      en: `Publish it: gestand publish ${done.id} --on DATE --as NAME`,
    });
  }),
  withdraw: at(async (context, desk) => {
    const done = await withdraw(desk, actor(context), asked(context), required(context, 'reason'));
    return told(context, desk, done, {
      nl: 'Zij kan opnieuw als concept beginnen.',
      en: 'It can begin again as a draft.',
    });
  }),
  list: at(async ({ out }, desk) => {
    const all = await listVersions(desk);
    const pages = await readElsewhere(desk.db);
    if (all.length === 0)
      out.line(
        `  ${out.t({ nl: 'Er is nog geen versie: gestand publish draft --as NAAM', en: 'There is no version yet: gestand publish draft --as NAME' })}`,
      );
    for (const one of all) out.line(`  ${line(out, one)}`);
    for (const one of pages)
      out.line(
        `  ${one.id}  ${out.t({ nl: 'zoals elders gepubliceerd', en: 'as published elsewhere' })}  ${one.source}`,
      );
    out.result({
      versions: all.map(versionJson),
      elsewhere: pages.map(({ id, source, sha256, at: when }) => ({ id, source, sha256, at: when.toString() })),
    });
    return exit.ok;
  }),
  show: at(async (context, desk) => {
    const found = await describe(desk, asked(context));
    const { policy } = policyOf(desk, found.version);
    showDescribed(context.out, found, policy);
    context.out.result(describedJson(found, policy, context.out));
    return found.blocked.length > 0 ? exit.wrong : exit.ok;
  }),
  file: at(async (context, desk) => {
    const { version } = await describe(desk, asked(context));
    const name = argument(context, 2, { nl: 'het bestand', en: 'the file' });
    const bytes = readFile(desk, version, name);
    if (!bytes) throw refusals.noFile(name);
    deliver(context, bytes, !/\.(pdf|docx|xlsx)$/.test(name));
    return exit.ok;
  }),
  override: at(async (context, desk, world) => {
    const version = context.args[1];
    const who = await two(context, world, 'override-finding', required(context, 'rule'));
    const one = await override(desk, [who], {
      rule: required(context, 'rule'),
      path: required(context, 'path'),
      reason: required(context, 'reason'),
      until: required(context, 'until'),
      ...(version === undefined ? {} : { version }),
    });
    context.out.line(
      `  ${context.out.t({ nl: `${one.rule} bij ${one.path} mag tot en met ${one.until}; het staat bij de versie en in het logboek.`, en: `${one.rule} at ${one.path} passes until ${one.until}; it stands with the version and in the log.` })}`,
    );
    context.out.result({ override: one.id, rule: one.rule, path: one.path, until: one.until, by: one.by });
    return exit.ok;
  }),
  notices: at(notices),
  notice: at(async (context, desk) => {
    const found = await describe(desk, asked(context));
    const group = required(context, 'group');
    const notice = found.notices.find((one) => one.group === group);
    if (!notice)
      throw refusals.noNotice(
        group,
        found.notices.map((one) => one.group),
      );
    const { policy } = policyOf(desk, found.version);
    const effective = found.effective ?? text(context, 'on') ?? notice.due;
    const document = noticeDocument({ policy, label: found.version.label, effective, notice }, context.out.language);
    const format = choice(context, 'format', ['txt', 'html', 'md', 'pdf', 'docx', 'json']);
    deliver(context, await render(document, format), format !== 'pdf' && format !== 'docx');
    return exit.ok;
  }),
  told: at(async (context, desk) => {
    const group = required(context, 'group');
    const done = await tell(desk, actor(context), context.args[1] ?? 'latest', group, required(context, 'how'));
    context.out.line(
      `  ${context.out.t({ nl: `Afgetekend: ${group} is ingelicht.`, en: `Signed off: ${group} was told.` })}`,
    );
    context.out.result({ group, due: done.due, changes: done.changes.length });
    return exit.ok;
  }),
  'check-website': at(async (context, desk) => {
    const served = await checkWebsite(desk, text(context, 'url'));
    showServed(context, served);
    return served.result === 'kept' ? exit.ok : exit.wrong;
  }),
  visit: at(async (context, desk) => {
    const address = text(context, 'url') ?? addressOf(desk.policy);
    const seen =
      context.values['browser'] === true ? await inBrowser(context, desk, address) : await visit(address, desk);
    if (seen === null) throw refusals.noAddress();
    if ('why' in seen) throw refusals.pageUnread(seen.why);
    showVisit(context, desk.policy, seen);
    const told = visited(desk.policy, seen);
    await noteCheck(desk, 'visited', told);
    await desk.flush();
    context.out.result(visitJson(context, desk.policy, seen));
    return told.state === 'broken' ? exit.wrong : exit.ok;
  }),
  'import-website': at(async (context, desk) => {
    const file = text(context, 'file');
    const bytes = file === undefined ? null : readNamed(file);
    const page = bytes
      ? { source: basename(file ?? ''), bytes, html: decode(bytes) }
      : await pageAt(text(context, 'url'), desk);
    const seen = 'cookies' in page ? visitOf({ ok: true, url: page.source, ...page }) : null;
    if (seen) showVisit(context, desk.policy, seen);
    const one = await importPage(desk, actor(context), page);
    const pieces = counted(
      one.blocks.length,
      { nl: 'stuk tekst', en: 'piece of text' },
      { nl: 'stukken tekst', en: 'pieces of text' },
    );
    context.out.line(
      `  ${one.id}  ${context.out.t({ nl: `${pieces.nl}; vergelijk met: gestand publish compare ${one.id} VERSIE`, en: `${pieces.en}; compare with: gestand publish compare ${one.id} VERSION` })}`,
    );
    context.out.result({
      id: one.id,
      source: one.source,
      sha256: one.sha256,
      blocks: one.blocks.length,
      visit: seen && visitJson(context, desk.policy, seen),
    });
    return exit.ok;
  }),
  compare: at(async (context, desk) => {
    const page = argument(context, 1, { nl: 'de pagina (w-…)', en: 'the page (w-…)' });
    const differences = await compareElsewhere(desk, page, asked(context, 2));
    for (const { sign, text: sentence } of differences)
      context.out.line(`  ${context.out.paint(sign, sign === '-' ? 'red' : 'green')} ${sentence}`);
    if (differences.length === 0)
      context.out.line(`  ${context.out.t({ nl: 'De teksten zijn dezelfde.', en: 'The texts are the same.' })}`);
    context.out.result({ page, differences });
    return exit.ok;
  }),
  verify: at(async ({ out }, desk) => {
    const all = await verifyVersions(desk);
    for (const { version, problems } of all) {
      out.line(
        `  ${out.paint(problems.length === 0 ? '✔' : '✘', problems.length === 0 ? 'green' : 'red')} ${version.id}  ${version.label}`,
      );
      for (const { file, is } of problems) out.line(`      ${file}: ${out.t(damage[is])}`);
    }
    const ok = all.every((one) => one.problems.length === 0);
    out.result({
      ok,
      versions: all.map(({ version, problems }) => ({ version: version.id, label: version.label, problems })),
    });
    return ok ? exit.ok : exit.wrong;
  }),
};

async function inBrowser(context: Context, desk: Publishing, address: string | undefined): ReturnType<typeof visit> {
  const { browser } = context.config;
  if (address === undefined) return null;
  if (browser === null)
    throw new Mistake('no-browser', {
      nl: 'Op deze machine is geen Chromium, Chrome of Edge gevonden. Noem er een met GESTAND_BROWSER, of kijk zonder --browser.',
      en: 'No Chromium, Chrome or Edge was found on this machine. Name one with GESTAND_BROWSER, or look without --browser.',
    });
  return browse(browser, address, desk);
}

/** Of one version; without one, all that is still to be told. */
async function notices(context: Context, desk: Publishing): Promise<number> {
  const { out } = context;
  const version = context.args[1];
  if (version !== undefined) {
    const found = await describe(desk, version);
    const { policy } = policyOf(desk, found.version);
    showNotices(out, found.notices, policy, found.since === null);
    out.result({ version: found.version.id, notices: found.notices.map((one) => noticeJson(one, policy, out)) });
    return exit.ok;
  }
  const open = await untold(desk);
  for (const one of open) {
    out.line(`  ${one.version}  ${one.label}`);
    showNotices(out, [one], desk.policy);
  }
  if (open.length === 0) showNotices(out, [], desk.policy);
  out.result({ notices: open.map((one) => ({ version: one.version, ...noticeJson(one, desk.policy, out) })) });
  return open.length === 0 ? exit.ok : exit.wrong;
}

const publishNow = at(async (context, desk, world) => {
  const version = asked(context, 0);
  // A step that is spelled wrong is taken for a version: say so before asking who publishes it.
  const names = namesOf((await listVersions(desk)).map((one) => one.version));
  if (!names.includes(version)) throw refusals.unknown(version, [...names, ...Object.keys(steps)]);
  const who = await two(context, world, 'publish-statement', version);
  const done = await publishOn(desk, who, version, text(context, 'on'));
  const { out } = context;
  const { policy } = policyOf(desk, done.version);
  showPassed(out, done.passed);
  showUnproven(out, done.unproven);
  const found = await describe(desk, done.version.id);
  out.line(`  ${line(out, found)}`);
  showNotices(out, found.notices, policy, found.since === null);
  out.result(describedJson(found, policy, out));
  return exit.ok;
});

export const publish: Command = {
  name: 'publish',
  summary: {
    nl: 'versies van de verklaring: van concept tot gepubliceerd, wie het moet weten, en wat de website toont',
    en: 'versions of the statement: from draft to published, who must be told, and what the website shows',
  },
  usage: `gestand publish VERSION [--on DATE] --as NAME [--alone REASON] | ${Object.keys(steps).join('|')}`,
  takes: {
    '': 1,
    ...Object.fromEntries(Object.keys(steps).map((step) => [step, 2])),
    draft: 1,
    list: 1,
    'check-website': 1,
    visit: 1,
    'import-website': 1,
    verify: 1,
    file: 3,
    compare: 3,
  },
  words: { known: Object.keys(steps), others: true },
  options: {
    as: { type: 'string', help: { nl: 'wie dit doet', en: 'who does this' } },
    alone,
    on: { type: 'string', help: { nl: 'de eerste dag (anders vandaag)', en: 'the first day (else today)' } },
    reason: { type: 'string', help: { nl: 'waarom', en: 'why' } },
    rule: { type: 'string', help: { nl: 'override: regel van de toetser', en: 'override: rule of the linter' } },
    path: { type: 'string', help: { nl: 'override: plaats in het beleid', en: 'override: place in the policy' } },
    until: { type: 'string', help: { nl: 'override: laatste dag', en: 'override: last day' } },
    group: { type: 'string', help: { nl: 'told, notice: de groep mensen', en: 'told, notice: the group of people' } },
    how: { type: 'string', help: { nl: 'told: hoe het is verteld', en: 'told: how it was told' } },
    url: { type: 'string', help: { nl: 'adres van de pagina', en: 'address of the page' } },
    browser: {
      type: 'boolean',
      help: {
        nl: 'visit: in de Chromium van deze machine (GESTAND_BROWSER, of in PATH)',
        en: 'visit: in the Chromium of this machine (GESTAND_BROWSER, or in PATH)',
      },
    },
    file: {
      type: 'string',
      help: { nl: 'import-website: een bewaarde pagina', en: 'import-website: a page that was saved' },
    },
    format: {
      type: 'string',
      help: { nl: 'notice: txt, html, md, pdf, docx, json', en: 'notice: txt, html, md, pdf, docx, json' },
    },
    out: { type: 'string', help: { nl: 'schrijf naar dit bestand', en: 'write to this file' } },
  },
  examples: [
    'gestand publish draft --as "A. de Beer"',
    'gestand publish review 2026-2 --as "A. de Beer"',
    'gestand publish approve 2026-2 --as "C. Smit"',
    'gestand publish 2026-2 --on 2026-12-01 --as "C. Smit"',
    'gestand publish told --group customers --how "e-mail of 24 November" --as "A. de Beer"',
    'gestand publish check-website',
  ],
  run: (context) => {
    const [first] = context.args;
    if (first === undefined)
      throw new Mistake('publish-what', {
        nl: `Noem een versie, of ${Object.keys(steps).join(', ')}.`,
        en: `Name a version, or ${Object.keys(steps).join(', ')}.`,
      });
    const step = Object.hasOwn(steps, first) ? steps[first] : undefined;
    return step ? step(context) : publishNow(context);
  },
};
