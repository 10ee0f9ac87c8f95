/** Every text of holds, Dutch and English side by side. */
import type { Text } from '../../base/language.ts';
import { counted } from '../../base/wording.ts';
import { nearest } from '../../base/yaml.ts';
import type { SubjectKind } from '../../connectors/kit/index.ts';
import { Mistake, Refusal } from '../world.ts';
import type { Hold } from './model.ts';
import type { Incomplete } from './whole.ts';

/** What someone is recognised by. */
export const subjectKindTexts: Readonly<Record<SubjectKind, Text>> = {
  phone: { nl: 'telefoonnummer', en: 'telephone number' },
  email: { nl: 'e-mailadres', en: 'e-mail address' },
  username: { nl: 'gebruikersnaam', en: 'user name' },
  name: { nl: 'naam', en: 'name' },
  ip: { nl: 'IP-adres', en: 'IP address' },
  mac: { nl: 'MAC-adres van een toestel', en: 'MAC address of a device' },
  'person-id': { nl: 'persoonsnummer in het systeem', en: 'number of the person in the system' },
};

export const refusals = {
  sameReleaser: () =>
    new Refusal('hold-same-person', {
      nl: 'Wie om opheffing vraagt, kan haar niet ook goedkeuren. Laat een tweede persoon dit doen: gestand hold release ID --by NAAM.',
      en: 'Whoever asks for a release cannot grant it too. Let a second person do it: gestand hold release ID --by NAME.',
    }),
  unknown: (id: string) =>
    new Refusal('hold-unknown', {
      nl: `Er is geen lopende bewaarplicht "${id}". "gestand hold list" toont ze.`,
      en: `There is no hold "${id}" in force. "gestand hold list" shows them.`,
    }),
  noReason: () =>
    new Mistake('hold-reason', {
      nl: 'Wie om opheffing vraagt, noemt de reden: --reason "…".',
      en: 'Whoever asks for a release gives the reason: --reason "…".',
    }),
  noName: () => new Mistake('hold-name', { nl: 'Noem wie dit doet: --by NAAM.', en: 'Name who does this: --by NAME.' }),
  unmatched: () =>
    new Mistake('hold-matches-nothing', {
      nl: 'Geen enkele dataset kent dit kenmerk of deze plaats: er zou niets bewaard worden. Kijk naar de spelling, of kies zelf in welke dataset het staat (op de opdrachtregel: --dataset systeem/dataset).',
      en: 'No dataset knows this key or place: nothing would be held. Look at the spelling, or choose yourself in which dataset it is (on the command line: --dataset system/dataset).',
    }),
  badScope: (detail: Text) =>
    new Mistake('hold-scope', {
      nl: `De reikwijdte klopt niet: ${detail.nl}.`,
      en: `The scope is not right: ${detail.en}.`,
    }),
  unknownDataset: (name: string, known: readonly string[]) => {
    const near = nearest(name, known);
    return new Mistake('hold-scope', {
      nl: `Er is geen dataset "${name}"${near === undefined ? `; er zijn ${known.join(', ')}.` : `. Bedoelde u "${near}"?`}`,
      en: `There is no dataset "${name}"${near === undefined ? `; there are ${known.join(', ')}.` : `. Did you mean "${near}"?`}`,
    });
  },
  keyParts: (dataset: string, fields: readonly string[]) =>
    new Mistake('hold-scope', {
      nl: `Een item van ${dataset} wordt genoemd met ${fields.join('|')}.`,
      en: `An item of ${dataset} is named by ${fields.join('|')}.`,
    }),
  emptyInterval: () =>
    new Mistake('hold-scope', {
      nl: 'Het begin ligt niet vóór het einde: er zou niets bewaard worden.',
      en: 'The beginning is not before the end: nothing would be held.',
    }),
  reviewTooFar: (most: string) =>
    new Mistake('hold-review', {
      nl: `De herziening moet binnen ${most} vallen, zoals het beleid zegt.`,
      en: `The review must fall within ${most}, as the policy says.`,
    }),
};

/** Beside the counts of several holds, wherever they stand. */
export const heldTwice: Text = {
  nl: 'een item onder twee bewaarplichten telt bij elk mee',
  en: 'an item under two holds counts with each',
};

export const risks: Record<string, { nl: string; en: string }> = {
  'host-deletes': {
    nl: 'Het systeem verwijdert zelf, naar leeftijd of als het vol is: alleen onze eigen verwijdering is tegengehouden.',
    en: 'The system deletes by itself, by age or when it is full: only our own deletion is held back.',
  },
  unreachable: {
    nl: 'Het systeem was niet te bereiken: alleen onze eigen verwijdering is tegengehouden. Het wordt elk uur opnieuw geprobeerd.',
    en: 'The system could not be reached: only our own deletion is held back. It is tried again every hour.',
  },
  disconnected: {
    nl: 'Dit systeem is niet meer aangesloten: wij houden daar niets meer tegen en zien niet of het er nog is. Sluit het weer aan, of zorg zelf dat het daar blijft.',
    en: 'This system is no longer connected: we hold nothing back there any more, and do not see whether it is still there. Connect it again, or see to it yourself that it stays.',
  },
};

const items = { one: { nl: 'item', en: 'item' }, more: { nl: 'items', en: 'items' } };
export const itemsText = (n: number): Text => counted(n, items.one, items.more);

/** What of a hold is no longer whole, a sentence each: which part is gone, and whether a deletion of ours took it. */
export function incompleteTexts({ system, dataset, part, items: all, ours }: Incomplete): Text[] {
  const where = `${system}/${dataset}`;
  if (all === null)
    return [
      {
        nl: `Van ${where} was niet na te gaan of het deel "${part}" er nog is.`,
        en: `For ${where} it could not be looked up whether the part "${part}" is still there.`,
      },
    ];
  const lack = (n: number): Text => {
    const { nl, en } = itemsText(n);
    return {
      nl: `${nl} van ${where} ${n === 1 ? 'is' : 'zijn'} niet meer heel: het deel "${part}" is weg.`,
      en: `${en} of ${where} ${n === 1 ? 'is' : 'are'} no longer whole: the part "${part}" is gone.`,
    };
  };
  const said = (n: number, why: Text): Text[] =>
    n === 0 ? [] : [{ nl: `${lack(n).nl} ${why.nl}`, en: `${lack(n).en} ${why.en}` }];
  return [...said(ours, lost.ours), ...said(all - ours, lost.elsewhere)];
}

const lost = {
  ours: {
    nl: 'Een verwijdering van ons nam het weg en werd onderbroken.',
    en: 'A deletion of ours took it, and was interrupted.',
  },
  elsewhere: {
    nl: 'Van een verwijdering door ons is niets bekend.',
    en: 'No deletion of ours is known to have taken it.',
  },
};

export const holdStates: Record<'active' | 'error' | 'releasing' | 'released', { nl: string; en: string }> = {
  active: { nl: 'van kracht', en: 'in force' },
  error: { nl: 'van kracht, niet veilig', en: 'in force, not safe' },
  releasing: { nl: 'opheffing goedgekeurd, wachttijd loopt', en: 'release granted, grace period running' },
  released: { nl: 'opgeheven', en: 'released' },
};

/** What sort of matter a hold is for, in words. */
export const matterNames: Readonly<Record<Hold['kind'], Text>> = {
  litigation: { nl: 'rechtszaak', en: 'litigation' },
  criminal: { nl: 'strafrechtelijk onderzoek', en: 'criminal investigation' },
  complaint: { nl: 'klacht', en: 'complaint' },
  dispute: { nl: 'geschil', en: 'dispute' },
  'authority-order': { nl: 'bevel van een autoriteit', en: 'order of an authority' },
};
