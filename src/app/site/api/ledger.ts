import { z } from 'zod';
import { readEntries } from '../../../ledger/store.ts';
import { siteRefusals } from '../phrases.ts';
import { api } from '../seat.ts';

const Index = z.coerce.number().int().nonnegative();

export const ledgerRoutes = [
  api(
    {
      method: 'GET',
      path: '/api/ledger',
      may: 'anyone',
      summary: {
        nl: 'Het laatste ondertekende checkpoint en de openbare sleutel',
        en: 'The last signed checkpoint and the public key',
      },
      reply: z.object({ size: z.number(), root: z.string(), checkpoint: z.string(), key: z.string() }),
    },
    async ({ world: { world } }) => {
      const at = await world.ledger.checkpoint();
      return { size: at?.size ?? 0, root: at?.root ?? '', checkpoint: at?.note ?? '', key: world.ledger.vkey };
    },
  ),
  api(
    {
      method: 'GET',
      path: '/api/ledger/entries',
      may: 'see the ledger',
      summary: { nl: 'Vermeldingen, zoals zij ondertekend zijn', en: 'Entries, as they were signed' },
      query: z.strictObject({ from: Index.default(0), limit: z.coerce.number().int().min(1).max(256).default(50) }),
      reply: z.object({
        entries: z.array(z.object({ index: z.number(), entry: z.string() })),
        next: z.number().nullable(),
      }),
    },
    async ({ world: { world }, query }) => {
      const size = (await world.ledger.checkpoint())?.size ?? 0;
      const to = Math.min(size, query.from + query.limit);
      const entries = query.from >= to ? [] : await readEntries(world.db, BigInt(query.from), BigInt(to));
      return {
        entries: entries.map((entry, i) => ({ index: query.from + i, entry: entry.toString('utf8') })),
        next: to < size ? to : null,
      };
    },
  ),
  api(
    {
      method: 'GET',
      path: '/api/ledger/proof/:index',
      may: 'see the ledger',
      summary: { nl: 'Een bewijsstuk (tlog-proof) van één vermelding', en: 'A receipt (tlog-proof) of one entry' },
      params: z.strictObject({ index: Index }),
      reply: z.object({ index: z.number(), proof: z.string() }),
      refuses: ['no-such-leaf'],
    },
    async ({ world: { world }, params }) => {
      const proof = await world.ledger.prove(params.index);
      if (proof === null) throw siteRefusals.unknownLeaf();
      return { index: params.index, proof };
    },
  ),
];
