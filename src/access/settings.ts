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

/** Roles that a claim can give. The others need what no claim tells: a last day, or which client. */
const ClaimedRole = z.enum(['privacy-officer', 'engineer', 'approver', 'dpo']);

/** One OpenID provider. Its claims may decide the roles of the accounts that it brings. */
export const Provider = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/),
  title: Text,
  issuer: Address,
  client: z.string().min(1),
  /** Absent for a public client, which PKCE alone protects. */
  secret: z.union([z.strictObject({ env: z.string().min(1) }), z.strictObject({ file: z.string().min(1) })]).optional(),
  scopes: words.default(['openid', 'profile', 'email']),
  /** Any of these as "acr", or all of these in "amr", tells that the provider itself saw two factors. */
  twoFactors: z.strictObject({ acr: words.default([]), amr: words.default([]) }).optional(),
  /** Without the provider's two factors nobody comes in; otherwise we then ask for our own second one. */
  require: z.enum(['two-factors', 'ours-otherwise']).default('ours-otherwise'),
  /** Which values of which claim give which roles. With it, the provider's word decides, at every sign-in. */
  roles: z
    .strictObject({ claim: z.string().min(1), map: z.record(z.string(), z.array(ClaimedRole).readonly()) })
    .optional(),
  /** Makes an account for whoever the provider vouches for and has a role. */
  admits: z.boolean().default(false),
});
export type Provider = z.infer<typeof Provider>;

const minutes = (least: number, most: number, otherwise: number) => z.int().min(least).max(most).default(otherwise);

export const Settings = z
  .strictObject({
    gestand: z.literal(1),
    /** Where people open Gestand: passkeys and providers are bound to it. */
    site: Address.transform((text) => new URL(text).origin).default('http://localhost:4180'),
    /** "own-choice" leaves the second factor to each: P22 then says so. */
    secondFactor: z.enum(['required', 'own-choice']).default('required'),
    sessions: z
      .strictObject({
        idleMinutes: minutes(1, 60, 30),
        longestMinutes: minutes(5, 1440, 720),
        stepUpMinutes: minutes(1, 15, 5),
      })
      .prefault({}),
    invitationHours: z.int().min(1).max(336).default(72),
    reviewEveryMonths: z.int().min(1).max(12).default(6),
    /** How long the details of sign-ins are kept. */
    keepSignInsDays: z.int().min(30).max(1100).default(365),
    /** How many months without a sign-in make an account stale. */
    staleMonths: z.int().min(1).max(24).default(3),
    providers: z.array(Provider).readonly().default([]),
  })
  .refine((one) => new Set(one.providers.map((provider) => provider.id)).size === one.providers.length, {
    path: ['providers'],
    error: 'two providers have the same id',
  });
export type Settings = z.infer<typeof Settings>;

export const defaultSettings: Settings = Settings.parse({ gestand: 1 });
