/** Whether the sources of a system that is not in the estate yet answer: asked before anything is written, so that a slip is only a form. */
import { Refusal } from '../../base/refusal.ts';
import type { Text } from '../../base/language.ts';
import { ConnectorFault } from '../../connectors/kit/index.ts';
import { openEstate, type Secret, type System } from '../../estate/index.ts';
import { theKinds, type OpenWorld } from '../world.ts';

/** Throws what is wrong with the first source that does not answer, at its own field. `secretOf` knows also what is not in a file yet. */
export async function mustAnswer(world: OpenWorld, system: System, secretOf: (ref: Secret) => string): Promise<void> {
  for (const [name, source] of Object.entries(system.sources)) {
    if (source.connector === 'manual') continue;
    if (source.connector === 'files') {
      const why = await silence(world, system, name, secretOf);
      if (why !== null) throw refused(`root.${name}`, folderText(why));
      continue;
    }
    // The reading account first and alone: with both at once nothing tells which of the two is wrong.
    const { erase, ...reading } = source;
    const noRead = await silence(world, { ...system, sources: { [name]: reading } }, name, secretOf);
    if (noRead !== null) throw refused(`read.${name}`, addressText(noRead));
    if (erase === undefined) continue;
    const noErase = await silence(world, system, name, secretOf);
    if (noErase !== null) throw refused(`erase.${name}`, addressText(noErase));
  }
}

/** What the source says instead of answering; null when it answers. */
async function silence(
  world: OpenWorld,
  system: System,
  source: string,
  secretOf: (ref: Secret) => string,
): Promise<string | null> {
  const opened = openEstate(
    { systems: [system] },
    {
      kinds: theKinds(world.db, world.clock),
      context: { handle: () => '', log: world.log },
      folder: world.home,
      secret: secretOf,
    },
  );
  try {
    const connector = await opened.connector(system.id, source);
    const { reachable, findings } = await connector.probe(
      system.datasets.filter((dataset) => dataset.source === source),
    );
    return reachable ? null : (findings[0]?.detail ?? '');
  } catch (cause) {
    if (cause instanceof ConnectorFault) return cause.message;
    throw cause;
  } finally {
    await opened.close();
  }
}

const refused = (field: string, text: Text): Refusal => new Refusal('source-silent', text, 422, field);

const codeOf = (why: string): string => /\b(E[A-Z]{3,})\b/.exec(why)?.[1] ?? '';

function folderText(why: string): Text {
  switch (codeOf(why)) {
    case 'ENOENT':
      return {
        nl: 'Deze map is er niet. Er is niets bewaard: verbeter het pad en probeer opnieuw.',
        en: 'This folder is not there. Nothing was saved: correct the path and try again.',
      };
    case 'ENOTDIR':
      return {
        nl: 'Dit is geen map. Er is niets bewaard: verbeter het pad en probeer opnieuw.',
        en: 'This is not a folder. Nothing was saved: correct the path and try again.',
      };
    case 'EACCES':
      return {
        nl: 'Dit programma mag deze map niet lezen. Er is niets bewaard: geef het account van dit programma leesrecht en probeer opnieuw.',
        en: "This program may not read this folder. Nothing was saved: give this program's account the right to read and try again.",
      };
    default:
      return {
        nl: `Deze map is niet te openen. Er is niets bewaard. De melding: ${why}`,
        en: `This folder cannot be opened. Nothing was saved. The message: ${why}`,
      };
  }
}

/** The driver's own code is what an operator looks up; its words are left out, since they can hold the address. */
const addressText = (why: string): Text => ({
  nl: `Op dit adres antwoordt de database niet. Er is niets bewaard: kijk naar machine, poort, account, wachtwoord en naam van de database. De melding: ${why}`,
  en: `The database does not answer at this address. Nothing was saved: look at host, port, account, password and the name of the database. The message: ${why}`,
});
