/** What asks for a deed, for a program: as the bell of the console tells whoever made the token, and within the token's scope. */
import { z } from 'zod';
import { sha256Hex } from '../../../crypto/index.ts';
import { markRead, markUnread, notificationsOf } from '../notifications/index.ts';
import { api, one } from '../seat.ts';
import { Part, partOf } from './list.ts';

const may = 'anyone signed in' as const;
const id = z.string().regex(/^[0-9a-f]{32}$/);

/** The key names a fact in words of ours; a program gets a name that it can put anywhere. */
const idOf = ({ key }: { readonly key: string }): string => sha256Hex(key).slice(0, 32);

const NotificationReply = z.object({
  id: z.string(),
  kind: z.enum(['broken', 'deadline', 'waiting', 'account']),
  text: z.string(),
  /** Day by which, as "2026-11-24", or the instant at which it ends. */
  by: z.string().nullable(),
  since: z.string().nullable(),
  late: z.boolean(),
  href: z.string(),
  read: z.boolean(),
});

export const notificationRoutes = [
  api(
    {
      method: 'GET',
      path: '/api/notifications',
      may,
      summary: {
        nl: 'Wat nu een daad vraagt van wie het token maakte, en binnen wat het token mag',
        en: 'What asks a deed now of whoever made the token, and within what the token may',
      },
      query: Part.extend({ unread: z.enum(['1', '0']).default('0') }),
      reply: z.object({ notifications: z.array(NotificationReply), unread: z.number(), next: z.string().nullable() }),
      refuses: ['no-such-address'],
    },
    async ({ world: seat, actor, scope, language, query }) => {
      const all = await notificationsOf(seat, one(actor), scope);
      const asked = query.unread === '1' ? all.filter(({ read }) => !read) : all;
      const { part, next } = partOf(asked, idOf, query);
      return {
        notifications: part.map(({ key, kind, text, at, late, href, read }) => ({
          id: idOf({ key }),
          kind,
          text: text[language],
          by: at !== null && 'by' in at ? at.by : null,
          since: at !== null && 'since' in at ? at.since : null,
          late,
          href,
          read,
        })),
        unread: all.filter(({ read }) => !read).length,
        next,
      };
    },
  ),
  api(
    {
      method: 'POST',
      path: '/api/notifications/read',
      may,
      summary: { nl: 'Zet meldingen opzij, of alle', en: 'Puts notifications aside, or all' },
      body: z.union([z.strictObject({ ids: z.array(id).min(1).max(100) }), z.strictObject({ all: z.literal(true) })]),
      reply: z.object({ marked: z.number() }),
      harmless: true,
    },
    async ({ world: seat, actor, scope, body }) => {
      if ('all' in body) return { marked: await markRead(seat, one(actor), 'all', scope) };
      const mine = (await notificationsOf(seat, one(actor), scope)).filter((each) => body.ids.includes(idOf(each)));
      return {
        marked: await markRead(
          seat,
          one(actor),
          mine.map(({ key }) => key),
          scope,
        ),
      };
    },
  ),
  api(
    {
      method: 'POST',
      path: '/api/notifications/unread',
      may,
      summary: { nl: 'Haalt meldingen terug', en: 'Brings notifications back' },
      body: z.strictObject({ ids: z.array(id).min(1).max(100) }),
      reply: z.object({ marked: z.number() }),
      harmless: true,
    },
    async ({ world: seat, actor, scope, body }) => {
      const mine = (await notificationsOf(seat, one(actor), scope)).filter((each) => body.ids.includes(idOf(each)));
      for (const { key } of mine) await markUnread(seat, one(actor), key);
      return { marked: mine.length };
    },
  ),
];
