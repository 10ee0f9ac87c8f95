/** Refusals of the site itself. */
import { Refusal } from '../../base/refusal.ts';

export const siteRefusals = {
  unknownPromise: (id: string) =>
    new Refusal('promise-unknown', {
      nl: `Het beleid doet geen belofte "${id}".`,
      en: `The policy makes no promise "${id}".`,
    }),
  noWorker: () =>
    new Refusal('no-worker', {
      nl: 'Op deze server draait geen worker. Start er een met: gestand worker',
      en: 'No worker runs beside this server. Start one with: gestand worker',
    }),
  unknownRun: (run: string) =>
    new Refusal('run-unknown', { nl: `Er is geen run "${run}".`, en: `There is no run "${run}".` }),
  unknownHold: (hold: string) =>
    new Refusal('hold-unknown', { nl: `Er is geen bewaarplicht "${hold}".`, en: `There is no hold "${hold}".` }),
  unknownSystem: (system: string) =>
    new Refusal('system-unknown', { nl: `Er is geen systeem "${system}".`, en: `There is no system "${system}".` }),
  noDraft: () => new Refusal('no-draft', { nl: 'Er is geen concept meer.', en: 'There is no draft any more.' }),
  draftChanged: () =>
    new Refusal('draft-changed', {
      nl: 'Het concept is intussen door iemand anders gewijzigd. Lees het opnieuw voor u het opslaat.',
      en: 'Somebody else changed the draft meanwhile. Read it again before you save it.',
    }),
  registerNotKept: (version: string, format: string) =>
    new Refusal(
      'register-not-kept',
      {
        nl: `Versie ${version} is van vóór wij dit register als ${format} bij een versie bewaarden.`,
        en: `Version ${version} is from before we kept this register as ${format} with a version.`,
      },
      404,
    ),
  unknownLeaf: () => new Refusal('no-such-leaf', { nl: 'Die vermelding is er niet.', en: 'That entry is not there.' }),
  nothingSigned: () =>
    new Refusal('nothing-signed', { nl: 'Er is nog niets ondertekend.', en: 'Nothing has been signed yet.' }),
  logTooLarge: () =>
    new Refusal('log-too-large', {
      nl: 'Het logboek is te groot om zo te downloaden. Vraag een engineer om: gestand evidence export MAP',
      en: 'The log is too large to download like this. Ask an engineer for: gestand evidence export FOLDER',
    }),
};
