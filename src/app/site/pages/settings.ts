/** Settings, tokens for programs, and webhooks. */
import { z } from 'zod';
import type { Language } from '../../../base/language.ts';
import { can, permissions, permissionText, ruleOf, type Permission } from '../../../access/index.ts';
import { settingsPage, settingsTitle, shownOncePage } from '../../../web/console/settings.ts';
import { sayIn } from '../../../web/say.ts';
import { endHook, listHooks, makeHook } from '../../notify/hooks.ts';
import { newsKinds, newsTitles } from '../../notify/news.ts';
import { version } from '../../version.ts';
import { several } from '../form.ts';
import { framed } from '../frame.ts';
import { one, page, type Seat } from '../seat.ts';
import { endToken, listTokens, longestDays, makeToken } from '../tokens.ts';

const id = z.object({ id: z.string().max(40) });
/** What a program may be given: not what two people decide. */
const forPrograms = permissions.filter((permission) => !ruleOf(permission).two);

export const settingsPages = [
  page(
    { method: 'GET', path: '/settings', may: 'see settings', summary: { nl: 'Instellingen', en: 'Settings' } },
    async ({ world: seat, actor, language, request }) => {
      const say = sayIn(language, seat.world.zone);
      const view = {
        facts: factsOf(seat, language),
        tokens: (await listTokens(seat)).map((each) => ({
          ...each,
          may: each.may.map((name) => permissionText(name, language)),
          ends: each.ends.toString(),
          used: each.used?.toString() ?? null,
        })),
        hooks: (await listHooks(seat.world)).map((each) => ({
          ...each,
          events: each.events.map((kind) => newsTitles[kind][language]),
        })),
        mayChange: can(one(actor), 'change settings'),
        permissions: forPrograms
          .filter((each) => can(one(actor), each))
          .map((value) => ({
            value,
            text: permissionText(value, language),
          })),
        events: newsKinds.map((value) => ({ value, text: newsTitles[value][language] })),
      };
      return framed({ seat, actor, language, request }, { title: settingsTitle(say), main: settingsPage(view, say) });
    },
  ),
  page(
    {
      method: 'POST',
      path: '/settings/tokens',
      may: 'change settings',
      summary: { nl: 'Maakt een token', en: 'Makes a token' },
      body: z.object({
        purpose: z.string().trim().min(1).max(200),
        may: several(z.enum(forPrograms as [Permission, ...Permission[]])),
        days: z.coerce.number().int().min(1).max(longestDays),
      }),
      about: { 'token-beyond': 'may' },
    },
    async ({ world: seat, actor, language, body, request }) => {
      const say = sayIn(language, seat.world.zone);
      const { token } = await makeToken(seat, one(actor), body);
      return framed(
        { seat, actor, language, request },
        { title: settingsTitle(say), main: shownOncePage('token', token, say) },
      );
    },
  ),
  page(
    {
      method: 'POST',
      path: '/settings/tokens/end',
      may: 'change settings',
      summary: { nl: 'Beëindigt een token', en: 'Ends a token' },
      body: id,
    },
    async ({ world: seat, actor, body }) => {
      await endToken(seat, one(actor), body.id);
      return { to: '/settings?done=saved' };
    },
  ),
  page(
    {
      method: 'POST',
      path: '/settings/hooks',
      may: 'change settings',
      summary: { nl: 'Maakt een webhook', en: 'Makes a webhook' },
      body: z.object({ url: z.string().max(2000), events: several(z.enum(newsKinds)) }),
      about: { 'hook-address': 'url', 'hook-private': 'url' },
    },
    async ({ world: seat, actor, language, body, request }) => {
      const say = sayIn(language, seat.world.zone);
      const { secret } = await makeHook(seat.world, one(actor), body);
      return framed(
        { seat, actor, language, request },
        { title: settingsTitle(say), main: shownOncePage('secret', secret, say) },
      );
    },
  ),
  page(
    {
      method: 'POST',
      path: '/settings/hooks/end',
      may: 'change settings',
      summary: { nl: 'Beëindigt een webhook', en: 'Ends a webhook' },
      body: id,
    },
    async ({ world: seat, actor, body }) => {
      await endHook(seat.world, one(actor), body.id);
      return { to: '/settings?done=saved' };
    },
  ),
];

const factors = {
  required: { nl: 'verplicht', en: 'required' },
  'own-choice': { nl: 'ieders eigen keuze', en: "each one's own choice" },
} as const;

function factsOf({ world, access, origin }: Seat, language: Language) {
  const { sessions, secondFactor, providers } = access.settings;
  return [
    [{ nl: 'Versie', en: 'Version' }, version()],
    [{ nl: 'Adres (access.yaml)', en: 'Address (access.yaml)' }, origin],
    [{ nl: 'Home', en: 'Home' }, world.home],
    [{ nl: 'Tijdzone (policy.yaml)', en: 'Time zone (policy.yaml)' }, world.zone],
    [{ nl: 'Tweede factor (access.yaml)', en: 'Second factor (access.yaml)' }, factors[secondFactor][language]],
    [{ nl: 'Sessie eindigt na minuten stilte', en: 'Session ends after idle minutes' }, String(sessions.idleMinutes)],
    [{ nl: 'Andere aanmeldingen', en: 'Other sign-ins' }, providers.map((each) => each.id).join(', ') || '–'],
    [{ nl: 'Openbare sleutel van het bewijs', en: 'Public key of the evidence' }, world.ledger.vkey],
  ] as const;
}
