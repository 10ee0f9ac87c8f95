/** Letting an error of the linter pass: asked by one, allowed by another who saw the same, one of them the officer if there is one. */
import { sql } from 'kysely';
import type { Actor } from '../../access/index.ts';
import { override, whoMayOverride, type OverrideInput } from '../../promises/publication/versions/service.ts';
import { readVersions } from '../../promises/publication/versions/store.ts';
import { publicationOf } from '../publication.ts';
import { askedBy, byTwo, type TwoPeople } from './four-eyes.ts';
import type { Seat } from './seat.ts';
import type { OpenWorld } from '../world.ts';

export type OverrideAsked = Required<OverrideInput> & { readonly by: string };

export async function overridesAsked(world: OpenWorld, version: string): Promise<OverrideAsked[]> {
  const { rows } = await sql<OverrideAsked>`
    select version, rule, path, reason, until, by from site.override_asked where version = ${version}`.execute(
    world.db,
  );
  return rows;
}

export async function overrideByTwo(seat: Seat, actor: Actor, input: Required<OverrideInput>): Promise<TwoPeople> {
  const { world } = seat;
  const { version, rule, path } = input;
  const subject = `${version} ${rule} ${path}`;
  const first = (await askedBy(seat, 'override a finding')).get(subject);
  const desk = publicationOf(world);
  // Before the second look is given: a pair that may not is told so, and the first can still find another.
  if (first !== undefined && first !== actor.name) {
    const meant = (await readVersions(world.db)).find((one) => one.id === version);
    await whoMayOverride(desk, [first, actor.name], meant?.policyHash ?? '');
  }
  const about = JSON.stringify([input.version, rule, path, input.reason, input.until]);
  const end = await byTwo(seat, actor, { may: 'override a finding', subject, about }, async (names) => {
    await override(
      desk,
      names.map((name) => ({ name })),
      input,
    );
    await sql`delete from site.override_asked where version = ${version} and rule = ${rule} and path = ${path}`.execute(
      world.db,
    );
  });
  if (end.is === 'asked')
    await sql`
      insert into site.override_asked (version, rule, path, reason, until, by, at)
      values (${version}, ${rule}, ${path}, ${input.reason}, ${input.until}, ${actor.name}, ${world.clock().toString()})
      on conflict (version, rule, path) do update
         set reason = excluded.reason, until = excluded.until, by = excluded.by, at = excluded.at`.execute(world.db);
  return end;
}
