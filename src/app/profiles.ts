/** The program's profiles, and a copy of one in a home to make one's own. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Text } from '../base/language.ts';
import { Mistake, Refusal } from '../base/refusal.ts';
import { nearest } from '../base/yaml.ts';
import { readProfiles } from '../estate/index.ts';
import { writeWhole } from './files.ts';
import { isHome, places, program, yamlIn } from './home.ts';
import { inHome } from './schemas.ts';

/** What comes with the program: each by its id, with the product that it describes. */
export function shippedProfiles(): { readonly id: string; readonly product: string; readonly title: Text }[] {
  return [...readProfiles(yamlIn(join(program, 'profiles'))).profiles.values()].map(({ id, product, title }) => ({
    id,
    product,
    title,
  }));
}

/**
 * Puts a copy of a profile of the program in the home, under an id of its own, since two cannot have one; its first line names the
 * schema there. Returns the file. Refuses where there is one already.
 */
export function copyProfile(home: string, name: string, as: string): string {
  const all = yamlIn(join(program, 'profiles'));
  const source = all.find((one) => basename(one.name, '.yaml') === name);
  const names = all.map((one) => basename(one.name, '.yaml'));
  const near = nearest(name, names);
  if (!source)
    throw new Mistake('no-such-profile', {
      nl: `Er is geen profiel "${name}"${near === undefined ? `; er zijn ${names.join(', ')}.` : `. Bedoelde u "${near}"?`}`,
      en: `There is no profile "${name}"${near === undefined ? `; there are ${names.join(', ')}.` : `. Did you mean "${near}"?`}`,
    });
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(as) || names.includes(as))
    throw new Mistake('profile-id', {
      nl: `--as "${as}" kan niet: kies een eigen id van kleine letters, cijfers en streepjes, die geen profiel van het programma heeft.`,
      en: `--as "${as}" cannot be: choose an id of your own of lower-case letters, digits and hyphens, which no profile of the program has.`,
    });
  if (!isHome(home))
    throw new Mistake('no-home', {
      nl: `In ${home} is geen home. Maak er eerst een: gestand init`,
      en: `There is no home in ${home}. Make one first: gestand init`,
    });
  const file = join(places(home).profiles, `${as}.yaml`);
  if (existsSync(file))
    throw new Refusal('profile-exists', {
      nl: `${file} is er al; er is niets veranderd.`,
      en: `${file} is there already; nothing was changed.`,
    });
  writeWhole(file, inHome(source.text, 'profile').replace(/^id: .*$/m, `id: ${as}`));
  return file;
}
