import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { boardJson } from '../../app/board.ts';
import { buildCompany, fullSize } from '../../app/demo/company.ts';
import { people } from '../../app/demo/people.ts';
import type { Sizes } from '../../app/demo/rows.ts';
import { writeDemoHome } from '../../app/demo/files.ts';
import { isHome, makeHome } from '../../app/home.ts';
import { publicationOf } from '../../app/publication.ts';
import { openStore, openWorld, type OpenWorld } from '../../app/world.ts';
import { apply, startWorker } from '../../app/worker.ts';
import { instant } from '../../base/time.ts';
import { verifyLog } from '../../ledger/verify/index.ts';
import { placeHold } from '../../promises/holds/service.ts';
import { partialTexts } from '../../promises/retention/phrases.ts';
import { judgeAll, measure } from '../../promises/proof/service.ts';
import { approve, draft, publishOn, review } from '../../promises/publication/versions/service.ts';
import { measureAges } from '../../promises/retention/ages.ts';
import { aheadHours } from '../../promises/retention/planned.ts';
import { approvePlan, makePlan, total } from '../../promises/retention/plan.ts';
import { lastMeasures } from '../../promises/proof/store.ts';
import { Mistake, Refusal } from '../../promises/world.ts';
import { exit, text, type Command, type Context } from '../command.ts';
import { number } from '../output.ts';
import { showBoard } from '../board.ts';
import { planJson, runJson } from '../../app/wire.ts';
import { showPlan, showRun } from '../show.ts';
import { progress, sentence } from './apply.ts';

export const demo: Command = {
  name: 'demo',
  summary: {
    nl: 'bouwt een klein verzonnen bedrijf en laat er de hele ronde op zien',
    en: 'builds a small invented company and shows the whole round on it',
  },
  usage: 'gestand demo [--calls N]',
  options: { calls: { type: 'string', help: { nl: 'aantal gesprekken (30000)', en: 'number of calls (30000)' } } },
  examples: ['gestand demo', 'GESTAND_HOME=/tmp/demo gestand demo --calls 2000'],
  run: (context) => runDemo(context),
};

export async function runDemo(context: Context): Promise<number> {
  const { config, out } = context;
  const calls = Number(text(context, 'calls') ?? fullSize.calls);
  if (!Number.isInteger(calls) || calls < 100)
    throw new Mistake('calls', {
      nl: '--calls is een aantal van 100 of meer.',
      en: '--calls is a number of 100 or more.',
    });
  if (isHome(config.home) && !existsSync(join(config.home, 'demo'))) {
    throw new Refusal('home-exists', {
      nl: `${config.home} is een echte home; de demo bouwt alleen in een lege: GESTAND_HOME=/tmp/demo gestand demo`,
      en: `${config.home} is a real home; the demo builds in an empty one only: GESTAND_HOME=/tmp/demo gestand demo`,
    });
  }
  if (isHome(config.home))
    throw new Refusal('demo-exists', {
      nl: `De demo staat al in ${config.home}. Bekijk hem met: gestand serve`,
      en: `The demo stands in ${config.home} already. Look at it with: gestand serve`,
    });
  const head = (nl: string, en: string): void => {
    out.line();
    out.line(out.paint(out.t({ nl, en }), 'bold'));
  };
  head(
    '1. Een klein verzonnen bedrijf: telefooncentrale, camera’s, kantoor, personeel, helpdesk, facturatie, website en toegangsserver.',
    '1. A small invented company: telephone exchange, cameras, office, personnel, helpdesk, billing, website and access server.',
  );
  const company = await build(context, { ...fullSize, calls });
  const world = await openWorld({ config });
  const worker = await startWorker(world, { schedule: false });
  try {
    return await round(context, world, worker.jobs, head, company);
  } finally {
    await worker.stop();
    await world.close();
  }
}

async function build(context: Context, sizes: Sizes): Promise<{ heldNumber: string; media: string }> {
  const { config, out } = context;
  makeHome(config.home);
  const store = await openStore(config);
  try {
    const company = await buildCompany(
      { urlOf: store.urlOf, home: config.home, now: new Date(), log: (line) => out.progress(line) },
      sizes,
    );
    writeDemoHome(config.home, store.urlOf, out.language);
    out.line(
      `  ${out.t({ nl: `${number(sizes.calls, out.language)} gesprekken over ${sizes.days} dagen, met opnames die je kunt afspelen in ${company.media}`, en: `${number(sizes.calls, out.language)} calls over ${sizes.days} days, with recordings you can play in ${company.media}` })}`,
    );
    return company;
  } catch (cause) {
    rmSync(join(config.home, 'demo'), { recursive: true, force: true });
    throw cause;
  } finally {
    await store.close();
  }
}

type Head = (nl: string, en: string) => void;

async function round(
  context: Context,
  world: OpenWorld,
  jobs: Parameters<typeof apply>[1],
  head: Head,
  company: { heldNumber: string; media: string },
): Promise<number> {
  const { out } = context;
  head(
    '2. Wat is er van de beloften te zien? Eerst meten.',
    '2. What is there to see of the promises? First, measure.',
  );
  await measure(world);
  await measureAges(world);
  const before = await judgeAll(world);
  showBoard(out, before, { brief: true });

  head(
    '3. Er loopt een zaak over een bestelling: alles van één beller blijft staan.',
    '3. A matter is pending about an order: everything of one caller stays.',
  );
  const placed = await placeHold(world, people.officer, {
    matter: '2026-17',
    kind: 'dispute',
    reason: out.t({ nl: 'de beller betwist een bestelling', en: 'order disputed by the caller' }),
    legalBasis: out.t({ nl: 'Art. 17, lid 3, onder e, AVG', en: 'Art. 17(3)(e) GDPR' }),
    prospective: true,
    scope: [{ is: 'subject', kind: 'phone', value: company.heldNumber, datasets: [] }],
  });
  const guarded = placed.achieved.reduce((sum, one) => sum + one.guarded + one.native + one.preserved, 0);
  out.line(
    `  ${placed.hold.id}: ${out.t({ nl: `${guarded} items vastgehouden, herzien vóór ${placed.hold.reviewDue.toString().slice(0, 10)}`, en: `${guarded} items held, review by ${placed.hold.reviewDue.toString().slice(0, 10)}` })}`,
  );

  head(
    '4. Het plan: wat is aan de beurt? Nog wordt niets aangeraakt.',
    '4. The plan: what is due? Nothing is touched yet.',
  );
  // As every night: a day ahead, so that nothing falls due between the look and the last measurement.
  const plan = await makePlan(world, world.clock().add({ hours: aheadHours - 1 }));
  showPlan(out, plan);

  head(
    '5. Een mens kijkt en keurt goed; dan gaat het, partij voor partij, en wordt opnieuw gelezen.',
    '5. A person looks and approves; then it goes, batch by batch, and is read again.',
  );
  await approvePlan(world, people.second, plan.plan);
  await world.flush();
  const report = await apply(world, jobs, plan.plan, progress(context));
  showRun(out, report);
  out.line(`  ${sentence(context, report)}`);
  for (const text of partialTexts(report.lines)) out.line(`  ${out.t(text)}`);

  head(
    '6. De verklaring, uit hetzelfde beleid: de een leest haar, een ander keurt haar goed.',
    '6. The statement, from the same policy: one person reads it, another approves it.',
  );
  await measure(world);
  const label = await publish(context, world);

  head('7. En nu?', '7. And now?');
  await measure(world);
  await measureAges(world, instant(plan.at));
  const after = await judgeAll(world);
  await world.flush();
  showBoard(out, after, { brief: true });
  const kept = await heldCalls(world);
  out.line(
    `  ${out.t({ nl: `Van de beller in de zaak staan nog ${kept} gesprekken ouder dan 90 dagen, met hun opname:`, en: `Of the caller in the matter ${kept} calls older than 90 days are still there, with their recordings:` })}`,
  );
  out.line(`  ${newestWav(company.media) ?? ''}`);

  head('8. Geloof ons niet: controleer het.', '8. Do not believe us: verify it.');
  const mirror = join(world.home, 'ledger');
  const checked = await verifyLog(mirror, { key: world.ledger.vkey });
  out.line(
    `  ${checked.ok ? out.paint('✔', 'green') : out.paint('✘', 'red')} ${out.t({ nl: `${checked.size} vermeldingen in ${mirror}`, en: `${checked.size} entries in ${mirror}` })}`,
  );
  out.line(`  gestand evidence verify ${mirror} --key "${world.ledger.vkey}"`);
  out.line();
  out.result({
    before: boardJson(world.clock().toString(), before, out.language),
    plan: planJson(plan),
    run: runJson(report),
    after: boardJson(world.clock().toString(), after, out.language),
    held: { hold: placed.hold.id, calls: kept },
    published: label,
    due: total(plan, 'due'),
  });
  // Most promises are about more than an invented company can show: not proven is an honest end, broken is none.
  return after.every((one) => one.state !== 'broken') && report.state === 'complete' ? exit.ok : exit.wrong;
}

/** The statement of the company's policy, in force from today. */
async function publish({ out }: Context, world: OpenWorld): Promise<string> {
  const desk = publicationOf(world);
  const { id } = await draft(desk, people.officer);
  await review(desk, people.officer, id);
  await approve(desk, people.second, id);
  const { version, effective, unproven } = await publishOn(desk, people.second, id);
  out.line(
    `  ${out.t({ nl: `Versie ${version.label} geldt vanaf ${effective}, in het Nederlands en het Engels; haar hash staat in het logboek.`, en: `Version ${version.label} is in force from ${effective}, in Dutch and English; its hash stands in the log.` })}`,
  );
  out.line(
    `  ${out.t({ nl: `Wat zij belooft en nog niemand laat zien (${number(unproven.length, out.language)}), heet er niet bewezen.`, en: `What it promises and nobody shows yet (${number(unproven.length, out.language)}) is called not proven in it.` })}`,
  );
  return version.label;
}

/** Held calls past their term, as they were just measured in the exchange itself. */
async function heldCalls(world: OpenWorld): Promise<number> {
  const measures = await lastMeasures(world.db, world.clock());
  return measures.find((one) => one.system === 'exchange' && one.dataset === 'calls')?.held ?? 0;
}

/** A recording of the oldest month that is left: only what is held can be that old. */
function newestWav(media: string): string | null {
  const files = readdirSync(media, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.wav'))
    .map((name) => join(media, name));
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const dated = files.map((file) => {
    const [, y = '', m = '', d = ''] = /archive\/(\d{4})\/(\w{3})\/(\d\d)\//.exec(file) ?? [];
    return { file, at: `${y}-${String(months.indexOf(m)).padStart(2, '0')}-${d}` };
  });
  return dated.toSorted((a, b) => (a.at < b.at ? -1 : 1))[0]?.file ?? null;
}
