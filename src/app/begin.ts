/**
 * A home from nothing: a policy to make one's own, and an empty estate. The documents that the reference names do not come along:
 * an assessment that somebody else made is none, and the linter asks for one's own.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../base/language.ts';
import { Refusal } from '../base/refusal.ts';
import { dayOf, systemClock } from '../base/time.ts';
import { commentsIn } from './comments.ts';
import { writeWhole } from './files.ts';
import { isHome, makeHome, places, program } from './home.ts';
import { inHome, schemaComment } from './schemas.ts';
import { starterPolicy, type Beginning } from './starter.ts';

export const emptyEstate = `# ${schemaComment('estate')}
# en: Which systems there are and how they are reached. Reference: docs/estate.md; an example from zero: docs/connect-a-freepbx.md;
# en: a whole estate, with databases whose secrets stand in the environment: policies/it-provider/estate.yaml of the program.
# nl: Welke systemen er zijn en hoe het programma erbij komt. Naslag: docs/estate.md; een voorbeeld vanaf nul:
# nl: docs/connect-a-freepbx.md. Een heel landschap, met databases waarvan het wachtwoord in de omgeving staat:
# nl: policies/it-provider/estate.yaml van het programma.
gestand: 1
systems: []
# systems:
#   - id: recordings
#     title: { nl: Opnames, en: Recordings }
#     profile: asterisk-recordings
#     role: controller
#     location: { country: NL, place: Haps }
#     sources:
#       recordings: { connector: files, root: /var/spool/asterisk/monitor }
`;

/** Of the reference policy, and so of what comes of it. */
const starterZone = 'Europe/Amsterdam';

/**
 * Refuses where there is a policy already: nothing of anyone is written over. Without facts it is the reference as it is. The
 * comments are in `language`.
 */
export function beginHome(home: string, facts: Beginning | null, language: Language): void {
  if (isHome(home))
    throw new Refusal('home-exists', {
      nl: `${home} heeft al een beleid; er is niets veranderd.`,
      en: `${home} has a policy already; nothing was changed.`,
    });
  makeHome(home);
  const at = places(home);
  const reference = join(program, 'policies', 'it-provider');
  if (!existsSync(at.estate)) writeWhole(at.estate, commentsIn(emptyEstate, language));
  // The policy last: with it the home is there.
  const text = readFileSync(join(reference, 'policy.yaml'), 'utf8');
  const policy =
    facts === null ? inHome(text, 'policy') : starterPolicy(text, facts, dayOf(systemClock(), starterZone));
  writeWhole(at.policy, commentsIn(policy, language));
}
