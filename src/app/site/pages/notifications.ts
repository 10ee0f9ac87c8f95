/** The notifications of whoever looks, and what they have seen of them. */
import { z } from 'zod';
import { notificationsPage, notificationsTitle } from '../../../web/console/notifications.ts';
import { sayIn } from '../../../web/say.ts';
import { framed } from '../frame.ts';
import { markRead, markUnread, notificationsOf } from '../notifications/index.ts';
import { one, page } from '../seat.ts';

const may = 'anyone signed in' as const;
const key = z.string().max(300);

export const notificationPages = [
  page(
    { method: 'GET', path: '/notifications', may, summary: { nl: 'Meldingen', en: 'Notifications' } },
    async ({ world: seat, actor, language, request }) => {
      const all = await notificationsOf(seat, one(actor));
      return framed(
        { seat, actor, language, request },
        { title: notificationsTitle(language), main: notificationsPage(all, sayIn(language, seat.world.zone)) },
      );
    },
  ),
  page(
    {
      method: 'POST',
      path: '/notifications/read',
      may,
      summary: { nl: 'Zet een melding opzij, of alle', en: 'Puts a notification aside, or all' },
      body: z.object({ key: key.optional(), all: z.literal('1').optional() }),
    },
    async ({ world: seat, actor, body }) => {
      await markRead(seat, one(actor), body.all === '1' ? 'all' : [body.key ?? '']);
      return { to: '/notifications' };
    },
  ),
  page(
    {
      method: 'POST',
      path: '/notifications/unread',
      may,
      summary: { nl: 'Haalt een melding terug', en: 'Brings a notification back' },
      body: z.object({ key }),
    },
    async ({ world: seat, actor, body }) => {
      await markUnread(seat, one(actor), body.key);
      return { to: '/notifications' };
    },
  ),
];
