/** What is said, for programs: the statement, the difference between versions, the registers. */
import { z } from 'zod';
import type { Language } from '../../../base/language.ts';
import { doorRefusals } from '../../../http/problem.ts';
import { diff } from '../../../policy/index.ts';
import { statement } from '../../../promises/publication/statement/index.ts';
import { completeness } from '../../../promises/publication/register/completeness.ts';
import type { Register } from '../../../promises/publication/register/model.ts';
import { listVersions } from '../../../promises/publication/versions/overview.ts';
import { policyOf, type Publishing } from '../../../promises/publication/versions/publishing.ts';
import { publicationOf } from '../../publication.ts';
import { documentOf, spoken } from '../centre/published.ts';
import { ownRegister, registerOf } from '../register-view.ts';
import { api, one } from '../seat.ts';
import { changeJson, ChangeReply } from './versions.ts';

const Document = z.looseObject({ language: z.string(), title: z.string(), blocks: z.array(z.unknown()).readonly() });
const RegisterReply = z.object({
  register: z.looseObject({ role: z.string(), day: z.string(), activities: z.array(z.unknown()).readonly() }),
  completeness: z.object({
    activities: z.number(),
    complete: z.number(),
    missing: z.number(),
    weak: z.number(),
    gaps: z.array(
      z.object({
        activity: z.string().nullable(),
        lack: z.enum(['missing', 'weak']),
        article: z.string(),
        path: z.string(),
        text: z.string(),
      }),
    ),
  }),
});

function registerReply(register: Register, language: Language) {
  const { gaps, ...counts } = completeness(register);
  return {
    register: { ...register },
    completeness: { ...counts, gaps: gaps.map((gap) => ({ ...gap, text: gap.text[language] })) },
  };
}

/** "running": the policy that runs; anything else is the id of a version. */
const side = z.string().regex(/^(running|v-[0-9a-z]{4,16})$/);

async function policyAt(desk: Publishing, asked: string) {
  if (asked === 'running') return desk.policy;
  const found = (await listVersions(desk)).find(({ version }) => version.id === asked);
  if (!found) throw doorRefusals.nothingHere();
  return policyOf(desk, found.version).policy;
}

const client = z.object({ client: z.string().max(64) });

export const publicationRoutes = [
  api(
    {
      method: 'GET',
      path: '/api/statement',
      may: 'see the policy',
      summary: {
        nl: 'De verklaring: zoals gepubliceerd, of zoals zij uit het beleid volgt dat werkt',
        en: 'The statement: as published, or as it follows from the policy that runs',
      },
      query: z.object({ of: z.enum(['published', 'running']).default('published') }),
      reply: z.object({ version: z.string().nullable(), label: z.string().nullable(), document: Document }),
    },
    async ({ world: seat, language, query }) => {
      if (query.of === 'running') {
        const document = statement(seat.world.policy, language, { lawBook: seat.world.book });
        return { version: null, label: seat.world.policy.publication?.version ?? null, document: { ...document } };
      }
      const now = await spoken(seat);
      if (now === null || now === 'damaged') throw doorRefusals.nothingHere();
      const { id, label } = now.version;
      return { version: id, label, document: { ...(await documentOf(seat, now.version, now.policy, language)) } };
    },
  ),
  api(
    {
      method: 'GET',
      path: '/api/diff',
      may: 'see the policy',
      summary: { nl: 'Wat er verschilt, en wie dat moet weten', en: 'What differs, and who must be told' },
      query: z.object({ from: side, to: side.default('running') }),
      reply: z.object({
        from: z.string(),
        to: z.string(),
        changes: z.array(ChangeReply),
      }),
    },
    async ({ world: { world }, language, query: { from, to } }) => {
      const desk = publicationOf(world);
      const [was, is] = [await policyAt(desk, from), await policyAt(desk, to)];
      return { from, to, changes: diff(was, is, desk.eea).map((change) => changeJson(change, language)) };
    },
  ),
  api(
    {
      method: 'GET',
      path: '/api/register',
      may: 'see the register',
      summary: { nl: 'Een register, en wat het mist', en: 'A register, and what it lacks' },
      query: z.object({ role: z.enum(['controller', 'processor']).default('controller') }),
      reply: RegisterReply,
    },
    ({ world: { world }, language, query }) => Promise.resolve(registerReply(registerOf(world, query.role), language)),
  ),
  api(
    {
      method: 'GET',
      path: '/api/clients/:client/register',
      may: "see a client's register",
      summary: { nl: 'Het register van één klant', en: 'The register of one client' },
      params: client,
      reply: RegisterReply,
      refuses: ['not-there'],
    },
    ({ world: { world }, actor, language, params }) =>
      Promise.resolve(registerReply(ownRegister(world, one(actor), params.client), language)),
  ),
];
