/** The policy for the editor and for programs: its schema, and what the linter finds. */
import { z } from 'zod';
import { lintRules, policyJsonSchema } from '../../../policy/index.ts';
import { mostText } from '../../draft.ts';
import { examineRunning, examineText, tell } from '../../examined.ts';
import { api } from '../seat.ts';

const Severity = z.enum(['E', 'W', 'I']);
const Finding = z.object({
  rule: z.string(),
  severity: Severity,
  file: z.string().describe('policy.yaml, or another file of the home that does not fit this text.'),
  line: z.number(),
  path: z.string(),
  message: z.string(),
  article: z.string(),
  justification: z.string().nullable(),
  living: z.boolean(),
});

/** A text of a policy as JSON is at most some larger than itself. */
const mostBytes = 2 * mostText;

export const policyRoutes = [
  api(
    {
      method: 'GET',
      path: '/api/policy/schema',
      may: 'see the policy',
      summary: { nl: 'De vorm van een beleid, als JSON Schema', en: 'The shape of a policy, as JSON Schema' },
      reply: z.record(z.string(), z.unknown()),
    },
    () => Promise.resolve(JSON.parse(policyJsonSchema()) as Record<string, unknown>),
  ),
  api(
    {
      method: 'POST',
      path: '/api/policy/lint',
      may: 'see the policy',
      summary: {
        nl: 'Wat de toetser in een tekst vindt; er wordt niets bewaard',
        en: 'What the linter finds in a text; nothing is kept',
      },
      body: z.strictObject({ text: z.string().max(mostText) }),
      reply: z.object({ findings: z.array(Finding) }),
      harmless: true,
      mostBytes,
    },
    async ({ world: { world }, body, language }) => ({
      findings: tell(await examineText(world, body.text), language),
    }),
  ),
  api(
    {
      method: 'GET',
      path: '/api/lint',
      may: 'see the policy',
      summary: {
        nl: 'Wat de toetser vindt in het beleid dat werkt',
        en: 'What the linter finds in the policy that runs',
      },
      reply: z.object({
        at: z.string(),
        errors: z.number(),
        warnings: z.number(),
        advice: z.number(),
        justified: z.number(),
        rules: z.number(),
        findings: z.array(Finding),
      }),
    },
    async ({ world: { world }, language }) => {
      const found = await examineRunning(world);
      const findings = tell(found, language);
      const open = (severity: 'E' | 'W' | 'I'): number =>
        findings.filter((one) => one.severity === severity && one.justification === null).length;
      return {
        at: found.at,
        errors: open('E'),
        warnings: open('W'),
        advice: open('I'),
        justified: findings.filter((one) => one.justification !== null).length,
        rules: lintRules.length,
        findings,
      };
    },
  ),
];
