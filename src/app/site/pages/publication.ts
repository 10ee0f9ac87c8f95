/** Publishing: versions from draft to statement, by the people it takes; notices, overrides, the website, and what comes into force. */
import { z } from 'zod';
import { doorRefusals } from '../../../http/problem.ts';
import { diff } from '../../../policy/index.ts';
import { mediaTypes, htmlStyleHash, render } from '../../../promises/publication/document/formats/index.ts';
import { registerMedia } from '../../../promises/publication/register/formats.ts';
import { noticeDocument } from '../../../promises/publication/versions/notices.ts';
import { describe, listVersions } from '../../../promises/publication/versions/overview.ts';
import { policyOf, readFile, today } from '../../../promises/publication/versions/publishing.ts';
import { approve, draft, publishOn, review, tell, withdraw } from '../../../promises/publication/versions/service.ts';
import { checkWebsite, type Served } from '../../../promises/publication/versions/website.ts';
import { comparePage, publicationPage } from '../../../web/console/publication.ts';
import { versionPage } from '../../../web/console/version.ts';
import { sayIn } from '../../../web/say.ts';
import { putInForce } from '../../in-force.ts';
import { publicationOf } from '../../publication.ts';
import { changeViews } from '../centre/difference.ts';
import { framed, type Where } from '../frame.ts';
import { overrideByTwo } from '../override.ts';
import { publicationView, versionView } from '../publication-view.ts';
import { one, page } from '../seat.ts';
import { seeEverything, seeStatement } from '../seen.ts';

const title = { nl: 'Verklaring', en: 'Statement' };
const params = z.strictObject({ version: z.string().regex(/^v-[0-9a-z]{4,16}$/) });
const reason = z.string().trim().min(1).max(2000);

async function shown(where: Where, seen: Served | null) {
  const { seat, actor, language } = where;
  const view = await publicationView(seat, one(actor), language, seen);
  return framed(where, { title: title[language], main: publicationPage(view, sayIn(language, seat.world.zone)) });
}

const reading = [
  page(
    {
      method: 'GET',
      path: '/publication',
      may: 'see the policy',
      summary: { nl: 'De verklaring en haar versies', en: 'The statement and its versions' },
    },
    ({ world: seat, actor, language, request }) => shown({ seat, actor, language, request }, null),
  ),
  page(
    {
      method: 'GET',
      path: '/publication/compare',
      may: 'see the policy',
      summary: { nl: 'Het verschil tussen twee versies', en: 'The difference between two versions' },
      query: z.object({ from: params.shape.version, to: params.shape.version, lang: z.string().optional() }),
    },
    async ({ world: seat, actor, language, request, query }) => {
      const desk = publicationOf(seat.world);
      const versions = (await listVersions(desk)).map((listed) => listed.version);
      const [from, to] = [query.from, query.to].map((id) => versions.find((version) => version.id === id));
      if (!from || !to) throw doorRefusals.nothingHere();
      const [was, is] = [policyOf(desk, from).policy, policyOf(desk, to).policy];
      const heading = {
        nl: `Van versie ${from.label} naar ${to.label}`,
        en: `From version ${from.label} to ${to.label}`,
      }[language];
      const changes = changeViews(diff(was, is, desk.eea), is, language);
      return framed(
        { seat, actor, language, request },
        { title: heading, main: comparePage(heading, changes, sayIn(language, seat.world.zone)) },
      );
    },
  ),
  page(
    {
      method: 'GET',
      path: '/publication/:version',
      may: 'see the policy',
      summary: { nl: 'Een versie van de verklaring', en: 'A version of the statement' },
      params,
    },
    async ({ world: seat, actor, language, request, params: { version } }) => {
      const view = await versionView(seat, one(actor), version, language);
      return framed(
        { seat, actor, language, request },
        { title: view.label, main: versionPage(view, sayIn(language, seat.world.zone)) },
      );
    },
  ),
  page(
    {
      method: 'GET',
      path: '/publication/:version/files/:file',
      may: 'see the policy',
      summary: { nl: 'Een bestand van een versie, zoals goedgekeurd', en: 'A file of a version, as it was approved' },
      params: params.extend({ file: z.string().max(100) }),
    },
    async ({ world: { world }, params: { version, file } }) => {
      const desk = publicationOf(world);
      const found = (await listVersions(desk)).find((listed) => listed.version.id === version);
      const bytes = found ? readFile(desk, found.version, file) : null;
      if (!bytes) throw doorRefusals.nothingHere();
      const types: Readonly<Record<string, string>> = { ...registerMedia, ...mediaTypes };
      const format = Object.keys(types).find((known) => file.endsWith(`.${known}`)) ?? '';
      const type = types[format] ?? 'text/plain; charset=utf-8';
      // A page is shown, the rest is for keeping.
      return format === 'html' ? { bytes, type, styles: [`'${htmlStyleHash}'`] } : { bytes, type, name: file };
    },
  ),
  page(
    {
      method: 'GET',
      path: '/publication/:version/notice',
      may: 'see the policy',
      summary: { nl: 'Het bericht aan een groep', en: 'The notice to a group' },
      params,
      query: z.object({
        group: z.string().max(100),
        format: z.enum(['txt', 'docx', 'pdf']),
        lang: z.string().optional(),
      }),
    },
    async ({ world: { world }, language, params: { version }, query: { group, format } }) => {
      const desk = publicationOf(world);
      const found = await describe(desk, version);
      const notice = found.notices.find((known) => known.group === group);
      if (!notice) throw doorRefusals.nothingHere();
      const { policy } = policyOf(desk, found.version);
      const { label } = found.version;
      const effective = found.effective ?? today(desk);
      const bytes = await render(noticeDocument({ policy, label, effective, notice }, language), format);
      return { bytes, type: mediaTypes[format], name: `notice-${label}-${group}.${language}.${format}` };
    },
  ),
];

const steps = [
  page(
    {
      method: 'POST',
      path: '/publication',
      may: 'change the policy',
      summary: { nl: 'Maakt een versie van het beleid', en: 'Makes a version of the policy' },
    },
    async ({ world: seat, actor }) => {
      const made = await draft(publicationOf(seat.world), one(actor));
      return { to: `/publication/${made.id}?done=version` };
    },
  ),
  page(
    {
      method: 'POST',
      path: '/publication/website',
      may: 'change the policy',
      summary: { nl: 'Kijkt wat de website toont', en: 'Looks at what the website shows' },
    },
    async ({ world: seat, actor, language, request }) => {
      const seen = await checkWebsite(publicationOf(seat.world));
      return shown({ seat, actor, language, request }, seen);
    },
  ),
  page(
    {
      method: 'POST',
      path: '/publication/:version/review',
      may: 'change the policy',
      summary: { nl: 'Tekent dat zij gelezen is', en: 'Signs that it was read' },
      params,
    },
    async ({ world: { world }, actor, params: { version } }) => {
      await review(publicationOf(world), one(actor), version);
      return { to: `/publication/${version}?done=read` };
    },
  ),
  page(
    {
      method: 'POST',
      path: '/publication/:version/approve',
      may: 'publish a statement',
      summary: { nl: 'Keurt een versie goed', en: 'Approves a version' },
      params,
    },
    async ({ world: { world }, actor, params: { version } }) => {
      await approve(publicationOf(world), one(actor), version);
      return { to: `/publication/${version}?done=version-approved` };
    },
  ),
  page(
    {
      method: 'POST',
      path: '/publication/:version/publish',
      may: 'publish a statement',
      summary: { nl: 'Maakt haar de verklaring', en: 'Makes it the statement' },
      params,
      body: z.object({ on: z.iso.date() }),
      about: { 'not-a-day': 'on', 'day-past': 'on', 'later-version-planned': 'on' },
    },
    async ({ world: seat, actor, params: { version }, body }) => {
      await publishOn(publicationOf(seat.world), one(actor), version, body.on);
      await seeStatement(seat, version);
      return { to: `/publication/${version}?done=published` };
    },
  ),
  page(
    {
      method: 'POST',
      path: '/publication/:version/withdraw',
      may: 'publish a statement',
      summary: { nl: 'Trekt een versie in', en: 'Withdraws a version' },
      params,
      body: z.object({ reason }),
    },
    async ({ world: seat, actor, params: { version }, body }) => {
      await withdraw(publicationOf(seat.world), one(actor), version, body.reason);
      await seeStatement(seat, version);
      return { to: `/publication/${version}?done=withdrawn` };
    },
  ),
  page(
    {
      method: 'POST',
      path: '/publication/:version/override',
      may: 'override a finding',
      summary: { nl: 'Laat een fout van de toetser toe', en: 'Lets an error of the linter pass' },
      params,
      body: z.object({ rule: z.string().max(20), path: z.string().max(300), reason, until: z.iso.date() }),
      about: { 'override-until': 'until', 'not-a-day': 'until' },
    },
    async ({ world: seat, actor, params: { version }, body }) => {
      const end = await overrideByTwo(seat, one(actor), { ...body, version });
      return { to: `/publication/${version}?done=${end.is === 'asked' ? 'asked' : 'passed'}` };
    },
  ),
  page(
    {
      method: 'POST',
      path: '/publication/:version/told',
      may: 'change the policy',
      summary: { nl: 'Tekent af dat een groep het weet', en: 'Signs off that a group was told' },
      params,
      body: z.object({ group: z.string().max(100), how: z.string().trim().min(1).max(500) }),
    },
    async ({ world: seat, actor, params: { version }, body }) => {
      await tell(publicationOf(seat.world), one(actor), version, body.group, body.how);
      await seeStatement(seat, version);
      return { to: '/publication?done=told' };
    },
  ),
  page(
    {
      method: 'POST',
      path: '/publication/:version/in-force',
      may: 'publish a statement',
      summary: { nl: 'Laat het beleid in werking treden', en: 'Puts the policy in force' },
      params,
    },
    async ({ world: seat, params: { version } }) => {
      await putInForce(seat.world, version);
      await seeEverything(await seat.reload());
      return { to: '/policy?done=in-force' };
    },
  ),
];

export const publicationPages = [...reading, ...steps];
