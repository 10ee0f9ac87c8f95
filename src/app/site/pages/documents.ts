/** The documents that the policy names: which are there, taking one in, and keeping one. Only for who may see the policy. */
import { basename } from 'node:path';
import { z } from 'zod';
import { can } from '../../../access/index.ts';
import { documentPage, documentsPage, documentsTitle } from '../../../web/console/documents.ts';
import { sayIn } from '../../../web/say.ts';
import {
  documentRefusals,
  documentsOf,
  mostDocument,
  readDocument,
  takeDocument,
  type DocumentNow,
} from '../../documents.ts';
import { framed } from '../frame.ts';
import { one, page, type Seat } from '../seat.ts';
import { seeEverything } from '../seen.ts';

const params = z.strictObject({ document: z.string().regex(/^[0-9a-f]{16}$/) });

async function found({ world }: Seat, id: string): Promise<DocumentNow> {
  const known = (await documentsOf(world)).find((each) => each.id === id);
  if (!known) throw documentRefusals.unknown();
  return known;
}

export const documentPages = [
  page(
    {
      method: 'GET',
      path: '/policy/documents',
      may: 'see the policy',
      summary: { nl: 'De documenten die het beleid noemt', en: 'The documents that the policy names' },
    },
    async ({ world: seat, actor, language, request }) => {
      const say = sayIn(language, seat.world.zone);
      const view = { documents: await documentsOf(seat.world) };
      return framed({ seat, actor, language, request }, { title: documentsTitle(say), main: documentsPage(view, say) });
    },
  ),
  page(
    {
      method: 'GET',
      path: '/policy/documents/:document',
      may: 'see the policy',
      summary: { nl: 'Een document dat het beleid noemt', en: 'A document that the policy names' },
      params,
    },
    async ({ world: seat, actor, language, params: { document }, request }) => {
      const say = sayIn(language, seat.world.zone);
      const view = { ...(await found(seat, document)), mayChange: can(one(actor), 'change the policy') };
      return framed({ seat, actor, language, request }, { title: view.document, main: documentPage(view, say) });
    },
  ),
  page(
    {
      method: 'GET',
      path: '/policy/documents/:document/file',
      may: 'see the policy',
      summary: { nl: 'Het bestand zelf, om te bewaren', en: 'The file itself, to keep' },
      params,
    },
    async ({ world: seat, params: { document: id } }) => {
      const { document } = await found(seat, id);
      // Never as a page, whatever is in it: a file to keep, of no kind that a browser opens.
      return {
        bytes: readDocument(seat.world, document),
        type: 'application/octet-stream',
        name: basename(document),
      };
    },
  ),
  page(
    {
      method: 'POST',
      path: '/policy/documents/:document',
      may: 'change the policy',
      summary: { nl: 'Neemt een document op', en: 'Takes a document in' },
      params,
      mostBytes: mostDocument + 65_536,
      body: z.object({ file: z.instanceof(File) }),
      about: Object.fromEntries(
        ['too-large', 'document-empty', 'document-too-large', 'document-kind', 'document-elsewhere'].map((code) => [
          code,
          'file',
        ]),
      ),
    },
    async ({ world: seat, actor, params: { document: id }, body: { file } }) => {
      const { document } = await found(seat, id);
      const bytes = new Uint8Array(await file.arrayBuffer());
      await takeDocument(seat.world, one(actor), document, { name: file.name, bytes });
      await seeEverything(seat);
      return { to: '/policy/documents?done=document' };
    },
  ),
];
