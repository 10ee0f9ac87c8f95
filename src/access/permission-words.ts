/** What each permission lets one do, for whoever reads Dutch; in English its name says so itself. */
import type { Language } from '../base/language.ts';
import { permissions, type Permission } from './permissions.ts';

const dutch: Readonly<Record<Permission, string>> = {
  'see the board': 'de beloften zien',
  'see the policy': 'het beleid zien',
  'change the policy': 'het beleid wijzigen',
  'publish a statement': 'een verklaring publiceren',
  'override a finding': 'een bevinding toestaan',
  'see the register': 'het register zien',
  "see a client's register": 'het register van een klant zien',
  "see a client's proofs": 'de bewijzen van een klant zien',
  'see the ledger': 'het bewijs zien',
  'see systems': 'de systemen zien',
  'connect a system': 'een systeem verbinden',
  'look into a system': 'in een systeem kijken',
  'see plans': 'de plannen zien',
  'make a plan': 'een plan maken',
  'approve a plan': 'een plan goedkeuren',
  'carry out a plan': 'een plan uitvoeren',
  'see holds': 'de bewaarplichten zien',
  'place a hold': 'een bewaarplicht instellen',
  'review a hold': 'een bewaarplicht herzien',
  'release a hold': 'een bewaarplicht opheffen',
  'see tasks': 'de taken zien',
  'sign off a task': 'een taak aftekenen',
  'declare what was seen': 'verklaren wat er is gezien',
  'see requests': 'de verzoeken zien',
  'handle a request': 'een verzoek behandelen',
  'make a request': 'een verzoek doen',
  'see own requests': 'de eigen verzoeken zien',
  'open the vault': 'de kluis openen',
  "read the DPO's box": 'het postvak van de FG lezen',
  "admit a key to the DPO's box": 'een sleutel tot het postvak van de FG toelaten',
  'see people': 'de mensen zien',
  'invite people': 'mensen uitnodigen',
  'change roles': 'rollen wijzigen',
  'end access': 'toegang beëindigen',
  'review access': 'de toegang nakijken',
  'sign the declaration': 'de verklaring van geheimhouding tekenen',
  'see settings': 'de instellingen zien',
  'change settings': 'de instellingen wijzigen',
};

/** One that is no longer there, of an old token, keeps its own name. */
export function permissionText(name: string, language: Language): string {
  const permission = permissions.find((one) => one === name);
  return language === 'nl' && permission !== undefined ? dutch[permission] : name;
}
