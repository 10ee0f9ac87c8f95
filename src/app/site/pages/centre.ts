/** The privacy centre: the statement as it was published, its versions, and other ways to have it. Nobody is known here. */
import { z } from 'zod';
import type { Language } from '../../../base/language.ts';
import { dayWords } from '../../../base/wording.ts';
import { doorRefusals } from '../../../http/problem.ts';
import { diff } from '../../../policy/index.ts';
import { htmlBody, mediaTypes, render } from '../../../promises/publication/document/formats/index.ts';
import { statementJsonLd } from '../../../promises/publication/dpv/index.ts';
import { groupsIn, partFor, proven } from '../../../promises/publication/statement/index.ts';
import { states } from '../../../promises/publication/statement/phrases/proofs.ts';
import type { Listed } from '../../../promises/publication/versions/overview.ts';
import { markerName } from '../../../promises/publication/versions/page.ts';
import { standings } from '../../../promises/publication/versions/phrases.ts';
import { policyOf } from '../../../promises/publication/versions/publishing.ts';
import { nothingToRead, statementPage, type StatementView } from '../../../web/centre/statement.ts';
import { backToVersions, differencePage, versionsPage, type VersionRow } from '../../../web/centre/versions.ts';
import { publicationOf } from '../../publication.ts';
import { changeViews } from '../centre/difference.ts';
import { centred, type Reading } from '../centre/frame.ts';
import { documentOf, fileIn, fileOf, outVersions, proofsOf, spoken, type Spoken } from '../centre/published.ts';
import { page, type Seat } from '../seat.ts';

const title = { nl: 'Privacyverklaring', en: 'Privacy statement' };
const formats = ['pdf', 'docx', 'txt', 'md', 'json', 'jsonld'] as const;
type Format = (typeof formats)[number];
const versionId = z.string().regex(/^v-[0-9a-z]{16}$/);

const wholePage = page(
  {
    method: 'GET',
    path: '/privacy',
    may: 'anyone',
    summary: { nl: 'De privacyverklaring, met haar bewijs', en: 'The privacy statement, with its proof' },
  },
  async ({ world: seat, language, request }) => statementAnswer({ seat, language, request }, null),
);

const groupPage = page(
  {
    method: 'GET',
    path: '/privacy/for/:group',
    may: 'anyone',
    summary: { nl: 'Wat één groep mensen aangaat', en: 'What concerns one group of people' },
    params: z.object({ group: z.string().max(64) }),
  },
  async ({ world: seat, language, request, params }) => statementAnswer({ seat, language, request }, params.group),
);

async function statementAnswer(reading: Reading, group: string | null) {
  const { seat, language } = reading;
  const now = await spoken(seat);
  if (now === null || now === 'damaged')
    return centred(reading, {
      title: title[language],
      main: (to) => nothingToRead(now ?? 'none', language, to),
      ...(group === null ? {} : { status: 404 as const }),
    });
  const proofs = await proofsOf(seat, now);
  const document = await documentOf(seat, now.version, now.policy, language);
  const beside = { policy: now.policy, proofs, options: { lawBook: seat.world.book } };
  const shown = group === null ? proven(document, beside) : partFor(document, group, beside);
  if (!shown) throw doorRefusals.nothingHere();
  const view: StatementView = {
    body: await seat.shelf.get(`page ${now.version.id} ${language} ${group ?? ''}`, () =>
      Promise.resolve(htmlBody(shown)),
    ),
    groups: groupsIn(document, now.policy),
    group,
    states: (['kept', 'at-risk', 'broken', 'not-proven'] as const)
      .map((state) => ({
        state,
        word: states[state][language],
        n: [...proofs.values()].filter((one) => one.state === state).length,
      }))
      .filter((one) => one.n > 0),
    formats,
    note: null,
    base: '/privacy/statement',
  };
  return centred(reading, {
    title: shown.title,
    main: (to) => statementPage(view, language, to),
    // Of the whole statement only: a part is not the version.
    ...(group === null ? { marker: markerOf(now) } : {}),
  });
}

const markerOf = ({ version }: Spoken) => ({
  name: markerName,
  content: `${version.label} ${version.policyHash}`,
});

const formatPages = formats.map((format) =>
  page(
    {
      method: 'GET',
      path: `/privacy/statement.${format}`,
      may: 'anyone',
      summary: { nl: `De verklaring als ${format}`, en: `The statement as ${format}` },
    },
    async ({ world: seat, language }) => {
      const now = await spoken(seat);
      if (now === null || now === 'damaged') throw doorRefusals.nothingHere();
      return {
        bytes: await seat.shelf.get(`file ${now.version.id} ${language} ${format}`, () =>
          inFormat(seat, now, language, format),
        ),
        type: format === 'jsonld' ? 'application/ld+json' : mediaTypes[format],
        name: `privacy-${now.version.label}.${language}.${format}`,
      };
    },
  ),
);

/** As it was approved; what was not kept with the version is made from what was. */
async function inFormat(
  seat: Seat,
  { version, effective, policy }: Spoken,
  language: Language,
  format: Format,
): Promise<Uint8Array> {
  const kept = fileIn(seat, version, policy, language, format);
  if (kept) return kept;
  if (format === 'docx') return render(await documentOf(seat, version, policy, language), 'docx');
  if (format !== 'jsonld') return fileOf(seat, version, policy, language, format);
  const date = policy.publication?.date ?? effective;
  const languages = policy.publication?.languages ?? ['nl', 'en'];
  const made = statementJsonLd(policy, { version: version.label, date, languages, law: seat.world.book });
  return new TextEncoder().encode(`${JSON.stringify(made, null, 2)}\n`);
}

const versionsListPage = page(
  { method: 'GET', path: '/privacy/versions', may: 'anyone', summary: { nl: 'Versies', en: 'Versions' } },
  async ({ world: seat, language, request }) => {
    const rows = rowsOf(await outVersions(seat), language);
    return centred(
      { seat, language, request },
      { title: { nl: 'Versies', en: 'Versions' }[language], main: (to) => versionsPage(rows, language, to) },
    );
  },
);

const looks = { published: 'kept', planned: 'at-risk' } as const;

function rowsOf(versions: readonly Listed[], language: Language): VersionRow[] {
  return versions.map(({ version, standing, effective }) => ({
    id: version.id,
    label: version.label,
    from: effective === null ? '' : dayWords(effective)[language],
    look: standing === 'published' || standing === 'planned' ? looks[standing] : 'neutral',
    standing: standings[standing][language],
  }));
}

const comparePage = page(
  {
    method: 'GET',
    path: '/privacy/versions/compare',
    may: 'anyone',
    summary: { nl: 'Het verschil tussen twee versies', en: 'The difference between two versions' },
    query: z.object({ from: versionId, to: versionId, lang: z.enum(['nl', 'en']).optional() }),
  },
  async ({ world: seat, language, request, query }) => {
    const desk = publicationOf(seat.world);
    const out = await outVersions(seat);
    const [from, to] = [query.from, query.to].map((id) => out.find((one) => one.version.id === id)?.version);
    if (!from || !to) throw doorRefusals.nothingHere();
    const [was, is] = [policyOf(desk, from).policy, policyOf(desk, to).policy];
    const changes = changeViews(diff(was, is, desk.eea), is, language);
    const heading = {
      nl: `Van versie ${from.label} naar ${to.label}`,
      en: `From version ${from.label} to ${to.label}`,
    }[language];
    return centred(
      { seat, language, request },
      { title: heading, main: (at) => differencePage(heading, changes, language, backToVersions(language, at)) },
    );
  },
);

const versionPage = page(
  {
    method: 'GET',
    path: '/privacy/versions/:version',
    may: 'anyone',
    summary: { nl: 'Een versie, zoals zij was', en: 'A version, as it was' },
    params: z.object({ version: z.string().max(64) }),
  },
  async ({ world: seat, language, request, params }) => {
    const found = (await outVersions(seat)).find((one) => one.version.id === params.version);
    if (!found) throw doorRefusals.nothingHere();
    const { policy } = policyOf(publicationOf(seat.world), found.version);
    const document = await documentOf(seat, found.version, policy, language);
    const day = found.effective === null ? '' : dayWords(found.effective)[language];
    const notes = {
      published: {
        nl: `Dit is de verklaring van nu, zonder het bewijs ernaast.`,
        en: `This is the statement of now, without the proof beside it.`,
      },
      planned: { nl: `Deze versie geldt vanaf ${day}.`, en: `This version applies from ${day}.` },
      superseded: {
        nl: `Dit is een eerdere versie; zij gold vanaf ${day}.`,
        en: `This is an earlier version; it applied from ${day}.`,
      },
    };
    const note = found.standing in notes ? notes[found.standing as keyof typeof notes][language] : null;
    const view = { body: htmlBody(document), groups: [], group: null, states: [], formats: [], note, base: '' };
    return centred(
      { seat, language, request },
      {
        title: document.title,
        main: (to) => statementPage(view, language, to),
      },
    );
  },
);

export const centrePages = [wholePage, groupPage, ...formatPages, versionsListPage, comparePage, versionPage] as const;
