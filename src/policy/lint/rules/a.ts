/** A: who is responsible, and whom a person can reach. */
import { unnamedClient } from '../../sections/recipients.ts';
import { exists, hit, unless } from '../facts.ts';
import type { Hit, Rule } from '../model.ts';

/** Domains that lead nowhere (RFC 2606). */
const reserved = /(@|\.)(example(\.(com|net|org))?|invalid|test|localhost)$/i;

export const a: readonly Rule[] = [
  {
    id: 'GST-A01',
    article: 'GDPR art. 13(1)(a)',
    severity: 'E',
    sources: ['gdpr-13'],
    title: {
      nl: 'Wie verantwoordelijk is, is genoemd en bereikbaar',
      en: 'The controller is named and can be reached',
    },
    why: {
      nl: 'Wie een recht wil gebruiken, moet weten bij wie.',
      en: 'Whoever wants to use a right must know where to turn.',
    },
    write: {
      nl: 'Geef bij "organisation" een adres waarop men u bereikt ("post", "phone" of "email"), en bij "clients" elke klant zijn eigen naam.',
      en: 'Give "organisation" an address that reaches you ("post", "phone" or "email"), and in "clients" each client its own name.',
    },
    check: ({ policy: { organisation, clients } }) => [
      ...unless(
        organisation.post !== undefined ||
          organisation.phone !== undefined ||
          (organisation.email !== undefined && !reserved.test(organisation.email)),
        ['organisation', 'email'],
        'Er is geen adres waarop iemand u bereikt: voeg "post" toe, of een "email" die werkt.',
        'There is no address that reaches you: add "post", or an "email" that works.',
      ),
      // For what is done for a client, the client is who is responsible, and stands in the register of Art. 30(2).
      ...clients.flatMap(({ id, name }, i) =>
        unless(
          name !== unnamedClient,
          ['clients', i, 'name'],
          `Klant "${id}" heeft nog geen eigen naam. Schrijf in "name" hoe de klant heet: zo staat hij in uw register.`,
          `Client "${id}" has no name of its own yet. Write in "name" what the client is called: your register names it so.`,
        ),
      ),
    ],
  },
  {
    id: 'GST-A02',
    article: 'GDPR art. 13(1)(a), 27',
    severity: 'E',
    sources: ['gdpr-13', 'gdpr-27'],
    title: {
      nl: 'Een organisatie buiten de EER noemt haar vertegenwoordiger in de Unie',
      en: 'An organisation outside the EEA names its representative in the Union',
    },
    why: {
      nl: 'Mensen en toezichthouders hebben een aanspreekpunt binnen de Unie nodig.',
      en: 'People and supervisory authorities need somebody to turn to inside the Union.',
    },
    write: {
      nl: 'Voeg "representative" toe met naam en adres.',
      en: 'Add "representative" with a name and an address.',
    },
    check: ({ policy, book }) =>
      unless(
        book.eea.includes(policy.organisation.country) || policy.representative !== undefined,
        ['representative'],
        `De organisatie zit in ${policy.organisation.country}, buiten de EER: voeg "representative" toe met naam en adres.`,
        `The organisation is in ${policy.organisation.country}, outside the EEA: add "representative" with a name and an address.`,
      ),
  },
  {
    id: 'GST-A03',
    article: 'GDPR art. 13(1)(b), 37(7)',
    severity: 'E',
    mild: { nl: 'het contact is de algemene mailbus', en: 'the contact is the general mailbox' },
    sources: ['gdpr-13', 'gdpr-37'],
    title: { nl: 'De functionaris is bereikbaar', en: 'The data protection officer can be reached' },
    why: {
      nl: 'Iemand moet de functionaris vertrouwelijk kunnen spreken, buiten de organisatie om.',
      en: 'A person must be able to speak to the officer in confidence, past the organisation.',
    },
    write: {
      nl: 'Geef bij "dpo" een eigen e-mailadres, telefoonnummer of postadres. De algemene mailbus geeft een waarschuwing.',
      en: 'Give "dpo" an e-mail address, telephone number or post address of its own. The general mailbox gives a warning.',
    },
    check: ({ policy: { dpo, organisation } }): Hit[] => {
      if (!dpo) return [];
      if (dpo.email === undefined && dpo.phone === undefined && dpo.post === undefined)
        return [
          hit(
            ['dpo', 'email'],
            'Er is een functionaris maar geen contact: voeg "email", "phone" of "post" toe bij "dpo".',
            'There is an officer and no contact: add "email", "phone" or "post" to "dpo".',
          ),
        ];
      return dpo.email !== undefined && dpo.email.toLowerCase() === organisation.email?.toLowerCase()
        ? [
            hit(
              ['dpo', 'email'],
              'Post aan de functionaris komt in de algemene mailbus: geef de functionaris een eigen adres.',
              'Mail for the officer lands in the general mailbox: give the officer an address of its own.',
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
    sources: ['gdpr-37'],
    title: {
      nl: 'De functionaris is aangemeld bij de toezichthouder',
      en: 'The officer is registered with the supervisory authority',
    },
    why: {
      nl: 'De toezichthouder moet weten wie zij kan bellen; de Autoriteit Persoonsgegevens geeft een FG-nummer.',
      en: 'The authority must know whom to call; the Dutch one gives each officer a number.',
    },
    write: {
      nl: 'Noteer bij "dpo.registration" het nummer en de datum van aanmelding.',
      en: 'Note number and date of the registration in "dpo.registration".',
    },
    check: ({ policy: { dpo }, at }) =>
      unless(
        dpo === undefined || (dpo.registration !== undefined && dpo.registration.date <= at),
        ['dpo', 'registration'],
        `Nergens staat dat de functionaris op ${at} is aangemeld. Zet onder "dpo": registration: { number: …, date: ${at} }, met uw nummer en dag.`,
        `Nothing says that the officer is registered on ${at}. Write under "dpo": registration: { number: …, date: ${at} }, with your number and day.`,
      ),
  },
  {
    id: 'GST-A05',
    article: 'GDPR art. 37(1), (4)',
    severity: 'W',
    sources: ['gdpr-37'],
    title: { nl: 'De reden voor de functionaris kent de wet', en: 'The law knows the reason for the officer' },
    why: {
      nl: 'De wet verplicht een functionaris in drie gevallen; daarbuiten is het vrijwillig. Geautomatiseerde besluiten zijn geen grond.',
      en: 'The law demands an officer in three cases; otherwise it is voluntary. Automated decisions are not a ground.',
    },
    write: {
      nl: 'Zet "dpo.ground" op public-body, large-scale-monitoring, large-scale-special-data of voluntary.',
      en: 'Set "dpo.ground" to public-body, large-scale-monitoring, large-scale-special-data or voluntary.',
    },
    check: ({ policy: { dpo, organisation } }) => {
      if (!dpo) return [];
      return dpo.ground === 'public-body' && !organisation.publicBody
        ? [
            hit(
              ['dpo', 'ground'],
              'De functionaris is er omdat u een overheid bent, en "organisation.publicBody" is niet waar: kies een andere "ground".',
              'The officer is there because you are a public body, and "organisation.publicBody" is not true: choose another "ground".',
            ),
          ]
        : unless(
            dpo.ground !== undefined && dpo.ground !== 'other',
            ['dpo', 'ground'],
            dpo.ground === undefined
              ? 'Er staat niet waarom er een functionaris is. Kiest u daar zelf voor, zet dan onder "dpo": ground: voluntary. Anders: public-body, large-scale-monitoring of large-scale-special-data.'
              : 'De wet noemt deze reden voor een functionaris niet: zet "ground" op public-body, large-scale-monitoring, large-scale-special-data of voluntary.',
            dpo.ground === undefined
              ? 'Nothing says why there is an officer. If that is your own choice, write under "dpo": ground: voluntary. Otherwise: public-body, large-scale-monitoring or large-scale-special-data.'
              : 'The law does not know this reason for an officer: set "ground" to public-body, large-scale-monitoring, large-scale-special-data or voluntary.',
          );
    },
  },
  {
    id: 'GST-A06',
    article: 'GDPR art. 26(2)',
    severity: 'E',
    sources: ['gdpr-26'],
    title: {
      nl: 'De regeling met een medeverantwoordelijke is te lezen',
      en: 'The arrangement with a joint controller can be read',
    },
    why: {
      nl: 'Beslissen twee organisaties samen, dan moet iemand weten wie welk recht uitvoert.',
      en: 'Where two organisations decide together, a person must know who answers for which right.',
    },
    write: {
      nl: 'Noem elke medeverantwoordelijke bij "jointControllers" en verwijs met "arrangement" naar de kern van de afspraken.',
      en: 'Name each joint controller in "jointControllers" and link the essence of the arrangement in "arrangement".',
    },
    check: (context) => {
      const { jointControllers, recipients } = context.policy;
      return [
        ...jointControllers.flatMap((one, i) =>
          unless(
            one.arrangement !== undefined && exists(context, one.arrangement),
            ['jointControllers', i, 'arrangement'],
            `Niemand kan lezen wat u met "${one.name}" afsprak: voeg "arrangement" toe, een adres of een bestand dat er is.`,
            `Nobody can read what you arranged with "${one.name}": add "arrangement", an address or a file that is there.`,
          ),
        ),
        ...recipients.flatMap((one, i) =>
          unless(
            one.role !== 'joint-controller' || jointControllers.some((joint) => joint.id === one.id),
            ['recipients', i, 'role'],
            `Ontvanger "${one.id}" is medeverantwoordelijk en staat niet bij "jointControllers": voeg hem daar toe, met "arrangement".`,
            `Recipient "${one.id}" is a joint controller and not in "jointControllers": add it there, with "arrangement".`,
          ),
        ),
      ];
    },
  },
];
