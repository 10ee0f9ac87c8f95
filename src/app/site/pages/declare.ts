/** What no check can see, declared by a person: the same as `gestand declare`, signed by whoever is signed in. */
import { extname } from 'node:path';
import { z } from 'zod';
import { roleTitles, type Actor } from '../../../access/index.ts';
import { dayAfter, dayOf, parseTerm } from '../../../base/time.ts';
import type { Language } from '../../../base/language.ts';
import { declarables, type Declarable } from '../../../promises/assurance/declarable.ts';
import { standing } from '../../../promises/assurance/model.ts';
import { refusals, standings } from '../../../promises/assurance/phrases.ts';
import { declare, listDeclarations, withdraw } from '../../../promises/assurance/service.ts';
import { declarePage, type DeclareView } from '../../../web/console/declare.ts';
import { sayIn } from '../../../web/say.ts';
import { framed } from '../frame.ts';
import { forgetReports, reportsOf } from '../reports.ts';
import { one, page, type Seat } from '../seat.ts';

const params = z.strictObject({ control: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/) });
const words = z.string().trim().min(1).max(2000);

/** Ten megabytes of report, and what a form says beside it. */
const mostBytes = 10_000_000 + 65_536;

export const declarePages = [
  page(
    {
      method: 'GET',
      path: '/declare/:control',
      may: 'declare what was seen',
      summary: { nl: 'Iets verklaren', en: 'Declare something' },
      params,
    },
    async ({ world: seat, actor, language, params: { control }, request }) =>
      framed(
        { seat, actor, language, request },
        {
          title: language === 'nl' ? 'Verklaren' : 'Declare',
          main: declarePage(await viewOf(seat, control, language), sayIn(language, seat.world.zone)),
        },
      ),
  ),
  page(
    {
      method: 'POST',
      path: '/declare/:control',
      may: 'declare what was seen',
      summary: { nl: 'Verklaart, met een einddatum', en: 'Declares, with an end' },
      params,
      mostBytes,
      body: z.object({
        text: words,
        on: z.iso.date(),
        until: z.iso.date(),
        attachment: z.union([z.instanceof(File), z.literal('')]).optional(),
      }),
      about: {
        'too-large': 'attachment',
        'declaration-in-the-future': 'on',
        'declaration-ends-before': 'until',
        'declaration-over': 'until',
        'declaration-too-long': 'until',
      },
    },
    async ({ world: seat, actor, language, params: { control }, body }) => {
      const { text, on, until, attachment: file } = body;
      const who = one(actor);
      await declare(
        seat.world,
        { control, words: { nl: text, en: text }, by: who.name, role: rolesOf(who, language), on, until },
        // Whoever chooses no file sends an empty one.
        file === undefined || file === '' || file.size === 0
          ? null
          : { extension: extname(file.name), content: file.stream() as AsyncIterable<Uint8Array> },
      );
      forgetReports(seat.world);
      return { to: `${await promiseOf(seat, control)}?done=declared` };
    },
  ),
  page(
    {
      method: 'POST',
      path: '/declare/:control/withdraw',
      may: 'declare what was seen',
      summary: { nl: 'Trekt een verklaring in', en: 'Withdraws a declaration' },
      params,
      body: z.object({ declaration: z.string().regex(/^d-[a-z0-9]+$/), reason: words }),
    },
    async ({ world: seat, actor, params: { control }, body }) => {
      // One about something else is not withdrawn from here.
      const known = (await listDeclarations(seat.world)).some(
        (word) => word.id === body.declaration && word.control === control,
      );
      if (!known) throw refusals.unknown(body.declaration);
      await withdraw(seat.world, one(actor), body.declaration, body.reason);
      forgetReports(seat.world);
      return { to: `${await promiseOf(seat, control)}?done=word-withdrawn` };
    },
  ),
];

const rolesOf = (actor: Actor, language: Language): string =>
  actor.roles.map((role) => roleTitles[role][language]).join(', ');

function known(seat: Seat, control: string): Declarable {
  const all = declarables(seat.world.policy);
  const found = all.get(control);
  if (!found) throw refusals.unknownControl(control, [...all.keys()].toSorted());
  return found;
}

/** The promise that waits for it, or all of them. */
async function promiseOf({ world }: Seat, control: string): Promise<string> {
  const report = (await reportsOf(world)).find(({ parts }) => parts.some((part) => part.id === control));
  return report === undefined ? '/' : `/promises/${report.id}`;
}

async function viewOf(seat: Seat, control: string, language: Language): Promise<DeclareView> {
  const { world } = seat;
  const { text, lasts } = known(seat, control);
  const now = world.clock();
  const today = dayOf(now, world.zone);
  const before = (await listDeclarations(world)).find((word) => word.control === control && word.state === 'standing');
  return {
    control,
    text: text[language],
    today,
    latest: dayAfter(today, parseTerm(lasts)),
    back: await promiseOf(seat, control),
    before: before
      ? {
          id: before.id,
          words: before.words[language],
          by: before.role === null ? before.by : `${before.by}, ${before.role}`,
          on: before.on,
          until: before.until,
          standing: standings[standing(before, now, world.zone)][language],
          attachment: before.attachment,
        }
      : null,
  };
}
