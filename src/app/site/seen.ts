/**
 * What a deed here changed is seen at once: until the next measurement the board, and with it the public page of proofs, would tell
 * how it was before.
 */
import { noteCheck } from '../../promises/proof/measure.ts';
import { publishedCheck, toldCheck } from '../../promises/publication/versions/checks.ts';
import { opaqueId } from '../../base/id.ts';
import { publicationOf } from '../publication.ts';
import { measureSoon } from '../worker.ts';
import { forgetReports } from './reports.ts';
import type { Seat } from './seat.ts';

/**
 * After another estate or policy came to apply: everything is measured by it at once, beside what the page answers. Each change is
 * followed by a measurement that began after it.
 */
export async function seeEverything({ world, jobs, shelf }: Pick<Seat, 'world' | 'jobs' | 'shelf'>): Promise<void> {
  forgetReports(world);
  shelf.clear();
  if (jobs !== null) await measureSoon(jobs, opaqueId('m'));
}

/** After something was done with a version. Whether the website shows it takes longer, and is measured after. */
export async function seeStatement({ world, jobs, shelf }: Seat, version: string): Promise<void> {
  const desk = publicationOf(world);
  await noteCheck(world, 'published', await publishedCheck(desk));
  await noteCheck(world, 'told', await toldCheck(desk));
  await world.flush();
  forgetReports(world);
  shelf.clear();
  if (jobs !== null) await measureSoon(jobs, version);
}

/** After somebody got access or signed: counts of people, of which nothing else has to be asked. */
export async function seePeople({ world, shelf }: Seat): Promise<void> {
  const { signed, twoFactors } = await world.people();
  await noteCheck(world, 'people-signed', signed);
  await noteCheck(world, 'people-two-factors', twoFactors);
  await world.flush();
  forgetReports(world);
  shelf.clear();
}
