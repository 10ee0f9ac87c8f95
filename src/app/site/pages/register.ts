/** The registers for staff, and for each client its own: register, agreement, systems and proofs, and nothing of another. */
import { z } from 'zod';
import { can, notThere } from '../../../access/index.ts';
import { dayOf } from '../../../base/time.ts';
import { htmlBody, htmlStyleHash, mediaTypes, render } from '../../../promises/publication/document/formats/index.ts';
import { registerDocument } from '../../../promises/publication/register/document.ts';
import { registerFormats } from '../../../promises/publication/register/formats.ts';
import { draftAgreement } from '../../../promises/suppliers/draft.ts';
import { clientPage, clientsPage, fullRegister, registerPage } from '../../../web/console/register.ts';
import { sayIn } from '../../../web/say.ts';
import { framed } from '../frame.ts';
import { clientsOf, clientView, download, ownRegister, registerOf, registerView } from '../register-view.ts';
import { publishedRegister } from '../published-registers.ts';
import { one, page } from '../seat.ts';

const title = { nl: 'Register', en: 'Register' };
const format = z.object({ format: z.enum(registerFormats).default('html') });
const client = z.object({ client: z.string().max(64) });
const version = z.object({ version: z.string().max(64) });

const staffPages = [
  page(
    {
      method: 'GET',
      path: '/register',
      may: "see a client's register",
      summary: { nl: 'De registers', en: 'The registers' },
    },
    async ({ world: seat, actor, language, request }) => {
      const { world } = seat;
      const who = one(actor);
      const say = sayIn(language, world.zone);
      if (can(who, 'see the register')) {
        const main = registerPage(await registerView(seat, language), say);
        return framed({ seat, actor, language, request }, { title: title[language], main });
      }
      const own = clientsOf(world, who.clients);
      const [only, more] = own;
      if (only && !more) return { to: `/register/clients/${only.id}` };
      return framed({ seat, actor, language, request }, { title: title[language], main: clientsPage(own, say) });
    },
  ),
  ...(['controller', 'processor'] as const).flatMap((role) => [
    page(
      {
        method: 'GET',
        path: `/register/${role}`,
        may: 'see the register',
        summary: { nl: 'Een register in zijn geheel', en: 'A register in full' },
      },
      async ({ world: seat, actor, language, request }) => {
        const body = htmlBody(registerDocument(registerOf(seat.world, role), language));
        return framed(
          { seat, actor, language, request },
          {
            title: title[language],
            main: fullRegister(body, `/register/${role}/download`, '/register', sayIn(language, seat.world.zone)),
          },
        );
      },
    ),
    page(
      {
        method: 'GET',
        path: `/register/${role}/download`,
        may: 'see the register',
        summary: { nl: 'Een register om te bewaren', en: 'A register to keep' },
        query: format,
      },
      async ({ world: { world }, language, query }) => download(registerOf(world, role), query.format, language),
    ),
    page(
      {
        method: 'GET',
        path: `/register/${role}/published/:version`,
        may: 'see the register',
        summary: { nl: 'Een register zoals het gepubliceerd is', en: 'A register as it was published' },
        params: version,
        query: format,
      },
      async ({ world: seat, language, params, query }) =>
        publishedRegister(seat, role, params.version, query.format, language),
    ),
  ]),
];

const clientPages = [
  page(
    {
      method: 'GET',
      path: '/register/clients/:client',
      may: "see a client's register",
      summary: { nl: 'Wat wij voor één klant doen', en: 'What we do for one client' },
      params: client,
    },
    async ({ world: seat, actor, language, request, params }) => {
      ownRegister(seat.world, one(actor), params.client);
      const view = await clientView(seat, one(actor), params.client, language);
      if (!view) throw notThere();
      return framed(
        { seat, actor, language, request },
        { title: view.name, main: clientPage(view, sayIn(language, seat.world.zone)) },
      );
    },
  ),
  page(
    {
      method: 'GET',
      path: '/register/clients/:client/read',
      may: "see a client's register",
      summary: { nl: 'Het register van één klant in zijn geheel', en: "One client's register in full" },
      params: client,
    },
    async ({ world: seat, actor, language, request, params }) => {
      const register = ownRegister(seat.world, one(actor), params.client);
      const body = htmlBody(registerDocument(register, language));
      const base = `/register/clients/${params.client}`;
      const main = fullRegister(body, `${base}/download`, base, sayIn(language, seat.world.zone));
      return framed({ seat, actor, language, request }, { title: title[language], main });
    },
  ),
  page(
    {
      method: 'GET',
      path: '/register/clients/:client/download',
      may: "see a client's register",
      summary: { nl: 'Het register van één klant om te bewaren', en: "One client's register to keep" },
      params: client,
      query: format,
    },
    async ({ world: { world }, actor, language, params, query }) =>
      download(ownRegister(world, one(actor), params.client), query.format, language),
  ),
  page(
    {
      method: 'GET',
      path: '/register/clients/:client/published/:version',
      may: "see a client's register",
      summary: {
        nl: 'Het register van één klant zoals het gepubliceerd is',
        en: "One client's register as it was published",
      },
      params: client.extend(version.shape),
      query: format,
    },
    async ({ world: seat, actor, language, params, query }) => {
      ownRegister(seat.world, one(actor), params.client);
      return publishedRegister(seat, { client: params.client }, params.version, query.format, language);
    },
  ),
  page(
    {
      method: 'GET',
      path: '/register/clients/:client/agreement',
      may: "see a client's register",
      summary: { nl: 'Concept van de overeenkomst', en: 'Draft of the agreement' },
      params: client,
      query: z.object({ format: z.enum(['docx', 'pdf', 'html']).default('html') }),
    },
    async ({ world: { world }, actor, language, params, query }) => {
      ownRegister(world, one(actor), params.client);
      const day = dayOf(world.clock(), world.zone);
      const { document } = draftAgreement(world.policy, params.client, day, language);
      return {
        bytes: await render(document, query.format),
        type: mediaTypes[query.format],
        styles: [`'${htmlStyleHash}'`],
        name: `agreement-${params.client}-${day}.${language}.${query.format}`,
      };
    },
  ),
];

export const registerPages = [...staffPages, ...clientPages];
