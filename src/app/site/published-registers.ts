/** The registers as they were published: exact bytes of a version, for staff, and for each client its own. */
import type { Language } from '../../base/language.ts';
import { dayWords } from '../../base/wording.ts';
import type { PageAnswer } from '../../http/route.ts';
import { doorRefusals } from '../../http/problem.ts';
import { htmlStyleHash } from '../../promises/publication/document/formats/index.ts';
import {
  registerFile,
  registerFormats,
  registerMedia,
  type RegisterFormat,
  type Whose,
} from '../../promises/publication/register/formats.ts';
import { Manifest } from '../../promises/publication/versions/manifest.ts';
import type { Listed } from '../../promises/publication/versions/overview.ts';
import { policyOf, readFile } from '../../promises/publication/versions/publishing.ts';
import { Refusal } from '../../promises/world.ts';
import type { PublishedMark } from '../../web/console/published.ts';
import { publicationOf } from '../publication.ts';
import { outVersions } from './centre/published.ts';
import { siteRefusals } from './phrases.ts';
import type { Seat } from './seat.ts';

/** Newest first; a version from before a format was kept names the formats that it has. */
export async function publishedRegisters(seat: Seat, whose: Whose, language: Language): Promise<PublishedMark[]> {
  return (await versionsFor(seat, whose)).map((one) => ({
    id: one.version.id,
    label: one.version.label,
    from: one.effective === null ? '' : dayWords(one.effective)[language],
    formats: registerFormats.filter((format) => fileIn(one, whose, format, language) !== null),
  }));
}

/** One register of one version, in the language of the reader, else in the one there is. */
export async function publishedRegister(
  seat: Seat,
  whose: Whose,
  asked: string,
  format: RegisterFormat,
  language: Language,
): Promise<PageAnswer> {
  const found = (await versionsFor(seat, whose)).find(({ version }) => version.id === asked);
  if (!found) throw doorRefusals.nothingHere();
  const file = fileIn(found, whose, format, language);
  if (file === null) throw siteRefusals.registerNotKept(found.version.label, format);
  const bytes = readFile(publicationOf(seat.world), found.version, file);
  if (!bytes) throw doorRefusals.nothingHere();
  const name = `${found.version.label}-${file}`;
  return { bytes, type: registerMedia[format], name, ...(format === 'html' ? { styles: [`'${htmlStyleHash}'`] } : {}) };
}

function fileIn({ version }: Listed, whose: Whose, format: RegisterFormat, language: Language): string | null {
  const { files } = Manifest.parse(JSON.parse(version.manifest));
  const there = [language, 'nl', 'en'] as const;
  return there.map((one) => registerFile(whose, format, one)).find((name) => Object.hasOwn(files, name)) ?? null;
}

/**
 * A client sees the versions in which its id was its own: an id that went to another party since then would show that party
 * what was done for the first.
 */
async function versionsFor(seat: Seat, whose: Whose): Promise<readonly Listed[]> {
  const out = await outVersions(seat);
  if (typeof whose === 'string') return out;
  const names = await seat.shelf.get('clients of versions', () => Promise.resolve(clientNames(seat, out)));
  const now = seat.world.policy.clients.find((one) => one.id === whose.client)?.name;
  return out.filter(({ version }) => now !== undefined && names.get(version.id)?.get(whose.client) === now);
}

function clientNames(seat: Seat, versions: readonly Listed[]): Map<string, ReadonlyMap<string, string>> {
  const desk = publicationOf(seat.world);
  return new Map(
    versions.map(({ version }) => {
      try {
        const { policy } = policyOf(desk, version);
        return [version.id, new Map(policy.clients.map((one) => [one.id, one.name]))];
      } catch (cause) {
        // Damaged on disk: nobody is shown anything of it; the board says so.
        if (cause instanceof Refusal) return [version.id, new Map()];
        throw cause;
      }
    }),
  );
}
