/** A mark in the place of a name whose term ended: that two people acted can still be seen; who they were cannot. */
import { opaqueId } from './id.ts';
import { samePerson } from './person.ts';
import type { Instant } from './time.ts';

/** As long as a claim for damages can be brought (art. 3:310 BW). */
const keepYears = 5;

export const isFormer = (name: string): boolean => /^former-[0-9a-z]{10}$/.test(name);

/** What was over before this moment may no longer stand by name. */
export function namesEndedBefore(now: Instant, zone: string): Instant {
  return now.toZonedDateTimeISO(zone).subtract({ years: keepYears }).toInstant();
}

/** Marks of one round: within one thing (a version, a hold, a plan) a person keeps one mark; in another thing it is another. */
export class Formers {
  readonly #known: { readonly name: string; readonly of: string; readonly mark: string }[] = [];
  of(name: string, of: string): string {
    if (isFormer(name)) return name;
    let found = this.#known.find((one) => one.of === of && samePerson(one.name, name));
    if (!found) this.#known.push((found = { name, of, mark: opaqueId('former') }));
    return found.mark;
  }
}
