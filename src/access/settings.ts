/** access.yaml of a home: how people sign in. Everything has a careful default; the file may be absent. */
import { z } from 'zod';

const Text = z.strictObject({ nl: z.string().min(1), en: z.string().min(1) });
const words = z.array(z.string().min(1)).readonly();

/** Plain http carries tokens in the open: only where nobody can listen in. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]' || host === '::1';
}

const Address = z.url({ protocol: /^https?$/, error: 'an address such as https://privacy.example.nl' }).refine(
  (text) => {
    const url = URL.parse(text);
    return url !== null && (url.protocol === 'https:' || isLoopback(url.hostname));
  },
  { error: 'needs https://; plain http:// is for this machine itself only' },
);

/** A secret stands elsewhere: in the environment, or in a file that only we read. */
const SecretPlace = z.union([z.strictObject({ env: z.string().min(1) }), z.strictObject({ file: z.string().min(1) })]);

/** Roles that a claim can give. The others need what no claim tells: a last day, or which client. */
const ClaimedRole = z.enum(['privacy-officer', 'engineer', 'approver', 'dpo']);

/** One OpenID provider. Its claims may decide the roles of the accounts that it brings. */
export const Provider = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,40}$/)
    .describe('your name for it; part of the address at which it sends people back: SITE/sign-in/with/ID'),
  title: Text.describe('what the button says'),
  issuer: Address.describe('exactly as the provider writes it; what it tells of itself is read from there'),
  client: z.string().min(1).describe('the client id it gave us'),
  secret: SecretPlace.optional().describe(
    'where the client secret is; absent for a public client, which PKCE alone protects',
  ),
  scopes: words.default(['openid', 'profile', 'email']).describe('what is asked for'),
  twoFactors: z
    .strictObject({ acr: words.default([]), amr: words.default([]) })
    .optional()
    .describe('any of these as "acr", or all of these in "amr", tells that the provider itself saw two factors'),
  require: z
    .enum(['two-factors', 'ours-otherwise'])
    .default('ours-otherwise')
    .describe('"two-factors": whoever the provider saw one factor of stays out; else we ask for our own second one'),
  roles: z
    .strictObject({ claim: z.string().min(1), map: z.record(z.string(), z.array(ClaimedRole).readonly()) })
    .optional()
    .describe('which values of which claim of the ID token give which roles, for accounts that the provider brought'),
  admits: z.boolean().default(false).describe('makes an account for whoever has a role by its claims'),
});
export type Provider = z.infer<typeof Provider>;

/** A directory that holds people's accounts elsewhere. */
export const Directory = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/),
  url: z
    .url({ protocol: /^ldaps?$/, error: 'an address such as ldaps://ldap.example.nl' })
    .refine((text) => text.startsWith('ldaps:') || isLoopback(URL.parse(text)?.hostname ?? ''), {
      error: 'needs ldaps://; plain ldap:// is for this machine itself only',
    }),
  ca: z.string().optional().describe('file with the certificate of the authority that signed its own'),
  bind: z
    .strictObject({ dn: z.string().min(1), password: SecretPlace })
    .describe('an account that may read, and nothing else'),
  people: z.strictObject({
    base: z.string().min(1),
    filter: z.string().min(1).default('(objectClass=person)'),
    login: z.string().min(1).default('uid').describe('the attribute with the name that somebody signs in with'),
  }),
  secondFactorGroup: z.string().optional().describe('the group (DN) of whom a second factor is asked'),
  passwordPolicy: z
    .string()
    .optional()
    .describe('the entry (DN) with the password policy; in Active Directory the domain'),
});
export type Directory = z.infer<typeof Directory>;

const whole = (least: number, most: number, otherwise: number) => z.int().min(least).max(most).default(otherwise);

const areDistinct = (many: readonly { id: string }[]): boolean =>
  new Set(many.map((one) => one.id)).size === many.length;

const Site = Address.refine((text) => !/^(\d+\.){3}\d+$|^\[/.test(URL.parse(text)?.hostname ?? ''), {
  error: 'needs a name and not an address: passkeys are bound to it; on this machine that is http://localhost:4180',
}).transform((text) => new URL(text).origin);

export const Settings = z
  .strictObject({
    gestand: z.literal(1),
    site: Site.default('http://localhost:4180').describe(
      'where people open Gestand; passkeys and providers are bound to it',
    ),
    secondFactor: z
      .enum(['required', 'own-choice'])
      .default('required')
      .describe('"own-choice" leaves it to each, and breaks the promise of a second factor (P22) for who has none'),
    sessions: z
      .strictObject({
        idleMinutes: whole(1, 60, 30).describe('a session ends when it was not used for so long'),
        longestMinutes: whole(5, 1440, 720).describe('and after so long in any case'),
        stepUpMinutes: whole(1, 15, 5).describe('for so long a second factor counts as fresh'),
      })
      .prefault({}),
    invitationHours: whole(1, 336, 72).describe('how long a one-time link works'),
    reviewEveryMonths: whole(1, 12, 6).describe('how often a person looks at who has access'),
    keepSignInsDays: whole(30, 1100, 365).describe('how long the details of sign-ins are kept'),
    staleMonths: whole(1, 24, 3).describe('an account that was not used for so long is stale'),
    providers: z.array(Provider).readonly().default([]),
    directories: z.array(Directory).readonly().default([]),
  })
  .refine((one) => areDistinct(one.providers), { path: ['providers'], error: 'two providers have the same id' })
  .refine((one) => areDistinct(one.directories), { path: ['directories'], error: 'two directories have the same id' });
export type Settings = z.infer<typeof Settings>;

export const defaultSettings: Settings = Settings.parse({ gestand: 1 });

export function accessJsonSchema(): string {
  return `${JSON.stringify({ title: 'Gestand access', ...z.toJSONSchema(Settings, { io: 'input', unrepresentable: 'any' }) }, null, 2)}\n`;
}
