/** Evidence in the browser: what was signed, entry by entry, and the files that let a stranger check it. */
import { z } from 'zod';
import { readEntries } from '../../../ledger/store.ts';
import { ledgerPage, type EntryView } from '../../../web/console/ledger.ts';
import { sayIn, type Say } from '../../../web/say.ts';
import { version } from '../../version.ts';
import { eventText, factText } from '../entry-text.ts';
import { framed } from '../frame.ts';
import { logFile } from '../log-file.ts';
import { siteRefusals } from '../phrases.ts';
import { page } from '../seat.ts';

const pageSize = 50;
const text = new TextEncoder();

export const ledgerPages = [
  page(
    {
      method: 'GET',
      path: '/ledger',
      may: 'see the ledger',
      summary: { nl: 'Bewijs', en: 'Evidence' },
      query: z.object({ to: z.coerce.number().int().nonnegative().optional() }),
    },
    async ({ world: seat, actor, language, query, request }) => {
      const say = sayIn(language, seat.world.zone);
      const at = await seat.world.ledger.checkpoint();
      const size = at?.size ?? 0;
      const to = Math.min(size, query.to ?? size);
      const from = Math.max(0, to - pageSize);
      const read = to === 0 ? [] : await readEntries(seat.world.db, BigInt(from), BigInt(to));
      const entries = read.map((bytes, i) => entryOf(from + i, bytes.toString('utf8'), say)).toReversed();
      const view = {
        size,
        root: at?.root ?? '',
        key: seat.world.ledger.vkey,
        program: `gestand-${version()}.tgz`,
        entries,
        older: from > 0 ? from : null,
      };
      return framed(
        { seat, actor, language, request },
        { title: language === 'nl' ? 'Bewijs' : 'Evidence', main: ledgerPage(view, say) },
      );
    },
  ),
  page(
    {
      method: 'GET',
      path: '/ledger/:index/receipt',
      may: 'see the ledger',
      summary: { nl: 'Een bewijsstuk', en: 'A receipt' },
      params: z.strictObject({ index: z.coerce.number().int().nonnegative() }),
    },
    async ({ world: { world }, params }) => {
      const proof = await world.ledger.prove(params.index);
      if (proof === null) throw siteRefusals.unknownLeaf();
      return {
        bytes: text.encode(proof),
        type: 'text/plain; charset=utf-8',
        name: `receipt-${params.index}.tlog-proof`,
      };
    },
  ),
  page(
    {
      method: 'GET',
      path: '/ledger/log.zip',
      may: 'see the ledger',
      summary: { nl: 'Het hele logboek', en: 'The whole log' },
    },
    async ({ world: { world } }) => ({
      bytes: await logFile(world.ledger),
      type: 'application/zip',
      name: 'gestand-log.zip',
    }),
  ),
];

/** An entry is canonical JSON of ours; what kind of event it is, and when, stand in it. */
function entryOf(index: number, entry: string, say: Say): EntryView {
  const parsed = JSON.parse(entry) as Record<string, unknown>;
  const { v: _, t, at, c: __, ...rest } = parsed;
  const type = typeof t === 'string' ? t : '';
  return {
    index,
    type,
    what: eventText(type, say.language),
    at: typeof at === 'string' ? at : null,
    facts: Object.entries(rest).map(([name, value]) => factText(type, name, value, say)),
  };
}
