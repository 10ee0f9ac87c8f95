/** The board of promises: the first thing one sees. What is broken, since when, and what to do. */
import { z } from 'zod';
import { can, type Actor } from '../../../access/index.ts';
import type { Language } from '../../../base/language.ts';
import type { PageAnswer } from '../../../http/route.ts';
import { PromiseId } from '../../../policy/index.ts';
import { declarables } from '../../../promises/assurance/declarable.ts';
import { kinds, kindsMean, states } from '../../../promises/proof/phrases.ts';
import { measure } from '../../../promises/proof/service.ts';
import { measureAges } from '../../../promises/retention/ages.ts';
import { boardPage, promisePage, type BoardReader } from '../../../web/console/board.ts';
import { sayIn } from '../../../web/say.ts';
import { promiseView } from '../../board.ts';
import { framed, type Where } from '../frame.ts';
import { toldTo } from '../told.ts';
import { siteRefusals } from '../phrases.ts';
import { forgetReports, reportsOf } from '../reports.ts';
import { one, page } from '../seat.ts';
import { setUpOf } from '../set-up.ts';
import { waitingFor } from '../waiting.ts';

const words = { states, kinds, kindsMean };

export const boardPages = [
  page(
    { method: 'GET', path: '/', may: 'anyone signed in', summary: { nl: 'Het begin', en: 'The start' } },
    async ({ world: seat, actor, language, request }) => {
      const who = one(actor);
      if (who.stage !== 'full') return { to: '/account' };
      if (!can(who, 'see the board')) return elsewhere(who);
      return board({ seat, actor, language, request }, who);
    },
  ),
  page(
    {
      method: 'GET',
      path: '/promises/:promise',
      may: 'see the board',
      summary: { nl: 'Een belofte', en: 'A promise' },
      params: z.strictObject({ promise: PromiseId }),
    },
    async ({ world: seat, actor, language, params, request }) => {
      const report = (await reportsOf(seat.world)).find((each) => each.id === params.promise);
      if (!report) throw siteRefusals.unknownPromise(params.promise);
      return framed(
        { seat, actor, language, request },
        {
          title: `${report.id} ${report.title[language]}`,
          main: promisePage(
            promiseView(report, declarables(seat.world.policy)),
            words,
            readerOf(one(actor), language),
            sayIn(language, seat.world.zone),
          ),
        },
      );
    },
  ),
  page(
    {
      method: 'POST',
      path: '/measure',
      may: 'look into a system',
      summary: { nl: 'Meet opnieuw', en: 'Measures again' },
    },
    async ({ world: { world } }) => {
      await measure(world);
      await measureAges(world);
      forgetReports(world);
      return { to: '/?done=measured' };
    },
  ),
];

const readerOf = (actor: Actor, language: Language): BoardReader => ({
  told: toldTo(actor, language),
  mayDeclare: can(actor, 'declare what was seen'),
});

/** Who does not see the board has a place of their own. */
function elsewhere(actor: Actor): PageAnswer {
  const [client] = actor.clients;
  return { to: client === undefined ? '/privacy' : `/register/clients/${client}` };
}

async function board(where: Where, actor: Actor): Promise<PageAnswer> {
  const { seat, language } = where;
  const known = declarables(seat.world.policy);
  const setUp = can(actor, 'change settings') ? await setUpOf(seat) : null;
  return framed(where, {
    title: language === 'nl' ? 'Beloften' : 'Promises',
    main: boardPage(
      (await reportsOf(seat.world)).map((report) => promiseView(report, known)),
      words,
      {
        mayMeasure: can(actor, 'look into a system'),
        setUp: setUp === null || setUp.next === null ? null : setUp.done.size,
        reader: readerOf(actor, language),
      },
      sayIn(language, seat.world.zone),
    ),
    waiting: await waitingFor(seat, actor),
  });
}
