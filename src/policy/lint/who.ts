/** A: who is responsible, and whom a person can reach. */
import { hit, unless, type Rule } from './rule.ts';

/** Names that lead nowhere (RFC 2606). */
const reserved = /(@|\.)(example(\.(com|net|org))?|invalid|test|localhost)$/i;

export const who: readonly Rule[] = [
  {
    id: 'GST-A01',
    article: 'GDPR art. 13(1)(a)',
    severity: 'E',
    cites: ['gdpr-13'],
    title: {
      nl: 'Wie verantwoordelijk is, en hoe die te bereiken is',
      en: 'Who the controller is, and how to reach it',
    },
    advice: {
      nl: 'Geef naam, postadres en een e-mailadres dat werkt.',
      en: 'Give a name, a post address and an e-mail address that works.',
    },
    check: ({ policy: { organisation } }) =>
      unless(
        organisation.post !== undefined || (organisation.email !== undefined && !reserved.test(organisation.email)),
        ['organisation'],
        'Er is geen adres waarop iemand u bereikt: voeg "post" toe, of een "email" die werkt.',
        'There is no address that reaches you: add "post", or an "email" that works.',
      ),
  },
  {
    id: 'GST-A02',
    article: 'GDPR art. 13(1)(a), 27',
    severity: 'E',
    cites: ['gdpr-13', 'gdpr-27'],
    title: { nl: 'Vertegenwoordiger in de Unie', en: 'Representative in the Union' },
    advice: {
      nl: 'Een organisatie buiten de EER noemt haar vertegenwoordiger in de EU.',
      en: 'An organisation outside the EEA names its representative in the EU.',
    },
    check: ({ policy, book }) =>
      unless(
        book.eea.includes(policy.organisation.country) || policy.representative !== undefined,
        ['organisation', 'country'],
        `De organisatie zit in ${policy.organisation.country}, buiten de EER: voeg "representative" toe met naam en adres.`,
        `The organisation is in ${policy.organisation.country}, outside the EEA: add "representative" with a name and address.`,
      ),
  },
  {
    id: 'GST-A03',
    article: 'GDPR art. 13(1)(b), 37(7)',
    severity: 'E',
    cites: ['gdpr-13', 'gdpr-37'],
    title: { nl: 'De functionaris is bereikbaar', en: 'The DPO can be reached' },
    advice: {
      nl: 'Publiceer een eigen e-mailadres, telefoonnummer of postadres van de functionaris.',
      en: 'Publish an e-mail address, telephone number or post address of the DPO alone.',
    },
    check: ({ policy: { dpo, organisation } }) => {
      if (!dpo) return [];
      if (dpo.email === undefined && dpo.phone === undefined && dpo.post === undefined)
        return [
          hit(
            ['dpo'],
            'Er is een functionaris maar geen contact: voeg "email", "phone" of "post" toe bij "dpo".',
            'There is a DPO and no contact: add "email", "phone" or "post" to "dpo".',
          ),
        ];
      return dpo.email !== undefined && dpo.email === organisation.email
        ? [
            hit(
              ['dpo', 'email'],
              'Post aan de functionaris komt in de algemene mailbus: geef de functionaris een eigen adres.',
              'Mail for the DPO lands in the general mailbox: give the DPO an address of its own.',
              { severity: 'W' },
            ),
          ]
        : [];
    },
  },
  {
    id: 'GST-A04',
    article: 'GDPR art. 37(7)',
    severity: 'W',
    cites: ['gdpr-37'],
    title: { nl: 'De functionaris is aangemeld', en: 'The DPO is registered' },
    advice: {
      nl: 'Meld de functionaris aan bij de Autoriteit Persoonsgegevens en noteer nummer en datum.',
      en: 'Register the DPO with the supervisory authority and note number and date.',
    },
    check: ({ policy: { dpo } }) =>
      unless(
        dpo === undefined || dpo.registration !== undefined,
        ['dpo'],
        'Nergens staat dat de functionaris is aangemeld: voeg "registration" toe met nummer en datum.',
        'Nothing says that the DPO was registered: add "registration" with number and date.',
      ),
  },
  {
    id: 'GST-A05',
    article: 'GDPR art. 37(1), (4)',
    severity: 'W',
    cites: ['gdpr-37'],
    title: { nl: 'Waarom er een functionaris is', en: 'Why there is a DPO' },
    advice: {
      nl: 'Kies een grond van artikel 37(1), of "voluntary". Geautomatiseerde besluiten zijn geen grond.',
      en: 'Choose a ground of Article 37(1), or "voluntary". Automated decisions are not a ground.',
    },
    check: ({ policy: { dpo, organisation } }) =>
      unless(
        dpo === undefined ||
          (dpo.ground !== undefined &&
            dpo.ground !== 'other' &&
            (dpo.ground !== 'public-body' || organisation.publicBody)),
        ['dpo', 'ground'],
        'Deze reden voor een functionaris kent de wet niet: zet "ground" op public-body, large-scale-monitoring, large-scale-special-data of voluntary.',
        'The law does not know this reason for a DPO: set "ground" to public-body, large-scale-monitoring, large-scale-special-data or voluntary.',
      ),
  },
  {
    id: 'GST-A06',
    article: 'GDPR art. 26(2)',
    severity: 'E',
    cites: ['gdpr-26'],
    title: { nl: 'De regeling met een medeverantwoordelijke', en: 'The arrangement with a joint controller' },
    advice: {
      nl: 'Verwijs naar de kern van de afspraken: wie doet wat voor de betrokkene.',
      en: 'Link to the essence of the arrangement: who does what for the person.',
    },
    check: ({ policy }) =>
      policy.jointControllers.flatMap((one, i) =>
        unless(
          one.arrangement !== undefined,
          ['jointControllers', i],
          `Wie met "${one.name}" afspreekt wie wat doet, laat dat lezen: voeg "arrangement" toe.`,
          `The essence of the arrangement with "${one.name}" must be open to people: add "arrangement".`,
        ),
      ),
  },
];
