/** F: what the law wants told beside purposes, recipients and terms, and the role in which it is done. */
import { hit, ownPurposes, stands, unless } from '../facts.ts';
import type { Hit, LintContext, Rule } from '../model.ts';

/** Data that a system holds in another role than any purpose of the policy has it. */
function rolesApart({ policy, estate }: LintContext): Hit[] {
  return (estate?.systems ?? []).flatMap((system) =>
    system.datasets.flatMap((dataset): Hit[] => {
      const users = policy.purposes.filter((one) => one.data.includes(dataset.data));
      const i = policy.data.findIndex((one) => one.id === dataset.data);
      if (i < 0 || users.length === 0 || users.some((one) => one.role === system.role)) return [];
      const [nl, en] =
        system.role === 'processor'
          ? [
              'voor een klant (processor), en het beleid als van uzelf',
              'for a client (processor), and the policy as your own',
            ]
          : [
              'als van uzelf (controller), en het beleid voor een klant',
              'as your own (controller), and the policy for a client',
            ];
      return [
        hit(
          ['data', i],
          `Systeem "${system.id}" houdt "${dataset.data}" ${nl}: maak beide gelijk.`,
          `System "${system.id}" holds "${dataset.data}" ${en}: make the two agree.`,
        ),
      ];
    }),
  );
}

/** Purposes whose role is not the one they have. */
function roleHits({ policy }: LintContext): Hit[] {
  const own = ownPurposes(policy);
  return policy.purposes.flatMap((one, i): Hit[] => {
    if (one.role === 'controller')
      return unless(
        one.client === undefined,
        ['purposes', i, 'client'],
        `Doel "${one.id}" is van uzelf en noemt een klant: zet "role" op processor of haal "client" weg.`,
        `Purpose "${one.id}" is your own and names a client: set "role" to processor or take "client" away.`,
      );
    const both = one.data.filter((id) => own.some(({ one: other }) => other.data.includes(id)));
    // Traffic data is the provider's own duty (Tw 11.5), never a client's instruction.
    const traffic = policy.organisation.telecomProvider
      ? one.data.filter((id) => policy.data.some((data) => data.id === id && data.kind === 'traffic'))
      : [];
    return [
      ...unless(
        one.client !== undefined,
        ['purposes', i, 'client'],
        `Doel "${one.id}" doet u voor een klant die niet genoemd is: voeg "client" toe, of zet "role" op controller.`,
        `Purpose "${one.id}" is done for a client that is not named: add "client", or set "role" to controller.`,
      ),
      ...[...new Set([...both, ...traffic])].map((id) =>
        hit(
          ['purposes', i, 'data'],
          `"${id}" bewaart u voor een klant en is ook van uzelf: splits de gegevens, of kies één rol.`,
          `"${id}" is kept for a client and is your own as well: split the data, or choose one role.`,
        ),
      ),
    ];
  });
}

export const f: readonly Rule[] = [
  {
    id: 'GST-F01',
    article: 'GDPR art. 13(2)(e)',
    severity: 'E',
    sources: ['gdpr-13'],
    title: {
      nl: 'Of iemand de gegevens moet geven, en wat anders',
      en: 'Whether a person must give the data, and what otherwise',
    },
    why: {
      nl: 'Wie iets moet invullen, mag weten of dat echt moet en wat er gebeurt als hij het laat.',
      en: 'Whoever must fill something in may know whether it must be, and what happens otherwise.',
    },
    write: {
      nl: 'Zeg bij "provision" of het moet ("statute", "contract" of "no") en in "consequence" wat er anders gebeurt.',
      en: 'Say in "provision" whether it must be ("statute", "contract" or "no") and in "consequence" what happens otherwise.',
    },
    check: ({ policy }) =>
      ownPurposes(policy).flatMap(({ one, i }) => {
        const must = one.basis.includes('contract') || one.basis.includes('legal-obligation');
        const told = one.provision ? one.provision.required === 'no' || one.provision.consequence !== undefined : !must;
        return unless(
          told,
          ['purposes', i, 'provision', ...(one.provision ? ['consequence'] : [])],
          `Bij doel "${one.id}" staat niet wat er gebeurt als iemand de gegevens niet geeft: voeg "provision" toe met "required" (statute, contract of no) en "consequence".`,
          `Purpose "${one.id}" does not say what happens when a person does not give the data: add "provision" with "required" (statute, contract or no) and "consequence".`,
        );
      }),
  },
  {
    id: 'GST-F02',
    article: 'GDPR art. 13(2)(f), 22; CJEU C-203/22',
    severity: 'E',
    sources: ['gdpr-13', 'gdpr-22'],
    title: { nl: 'Een geautomatiseerd besluit is uitgelegd', en: 'An automated decision is explained' },
    why: {
      nl: 'Wie door een machine wordt afgewezen, moet de werkwijze kennen en een mens kunnen spreken.',
      en: 'Whoever is turned down by a machine must know how it works and be able to speak to a human.',
    },
    write: {
      nl: 'Noem bij "purposes[].automated" de werkwijze ("logic"), "significance", "consequences", de weg naar een mens ("review") en de grond van artikel 22(2) ("basis").',
      en: 'Name in "purposes[].automated" the "logic", "significance", "consequences", the way to a human ("review") and the ground of Article 22(2) ("basis").',
    },
    check: ({ policy }): Hit[] => {
      const declared = policy.purposes.some((one) => one.automated);
      return [
        ...policy.purposes.flatMap((one, i) => {
          const { automated } = one;
          if (automated?.legalOrSimilarEffect !== true) return [];
          const missing = (['logic', 'significance', 'consequences', 'review', 'basis'] as const).filter(
            (key) => automated[key] === undefined,
          );
          return unless(
            missing.length === 0,
            ['purposes', i, 'automated'],
            `Het geautomatiseerde besluit bij "${one.id}" is niet uitgelegd. Wat nog ontbreekt: ${missing.join(', ')}.`,
            `The automated decision of "${one.id}" is not explained: add ${missing.join(', ')}.`,
          );
        }),
        ...policy.claims.flatMap((one, i) =>
          unless(
            one.kind !== 'automated-decisions' || declared,
            ['claims', i],
            `"${one.id}" zegt dat een machine beslist en legt niets uit: beschrijf het besluit bij "purposes[].automated".`,
            `"${one.id}" says that a machine decides and explains nothing: describe the decision in "purposes[].automated".`,
          ),
        ),
      ];
    },
  },
  {
    id: 'GST-F03',
    article: 'GDPR art. 22',
    severity: 'W',
    sources: ['gdpr-22'],
    title: { nl: 'Genoemde geautomatiseerde besluiten bestaan', en: 'Automated decisions that are named exist' },
    why: {
      nl: 'Een wachtwoord controleren is geen besluit van artikel 22; wie het zo noemt, maakt mensen bang en zichzelf plichtig.',
      en: 'Checking a password is no decision of Article 22; calling it one frightens people and takes on duties.',
    },
    write: {
      nl: 'Haal de zin weg als geen enkel doel zo beslist; anders verklaart u het besluit bij dat doel.',
      en: 'Take the sentence away when no purpose decides so; otherwise declare the decision with that purpose.',
    },
    check: ({ policy }) =>
      policy.claims.flatMap((one, i) =>
        unless(
          one.kind !== 'automated-decisions' || policy.purposes.some((purpose) => purpose.automated),
          ['claims', i, 'text'],
          `"${one.id}" noemt geautomatiseerde besluiten en geen enkel doel verklaart er een: haal de zin weg, of verklaar het besluit.`,
          `"${one.id}" names automated decisions and no purpose declares one: take the sentence away, or declare the decision.`,
        ),
      ),
  },
  {
    id: 'GST-F04',
    article: 'GDPR art. 14(1)(d), (2)(f)',
    severity: 'E',
    sources: ['gdpr-14'],
    title: { nl: 'Gegevens van een ander: bron en bericht', en: 'Data from somebody else: source and notice' },
    why: {
      nl: 'Wie niets gaf, weet van niets: zeg waar het vandaan komt en wanneer u het vertelt.',
      en: 'Whoever gave nothing knows of nothing: say where it comes from and when you tell.',
    },
    write: {
      nl: 'Geef de bron bij "sources[].from" en zet "inform" op one-month, first-contact of first-disclosure.',
      en: 'Give the source in "sources[].from" and set "inform" to one-month, first-contact or first-disclosure.',
    },
    check: ({ policy }) =>
      policy.data.flatMap((one, i) =>
        one.sources.flatMap((source, j) =>
          unless(
            source === 'subject' || source.inform !== undefined,
            ['data', i, 'sources', j, 'inform'],
            `"${one.id}" komt van een ander en er staat niet wanneer iemand dat hoort. Zet erbij: inform: first-contact, of one-month (binnen een maand).`,
            `"${one.id}" comes from somebody else and nothing says when the person is told. Add: inform: first-contact, or one-month (within a month).`,
          ),
        ),
      ),
  },
  {
    id: 'GST-F05',
    article: 'GDPR art. 13(3), 6(4)',
    severity: 'W',
    sources: ['gdpr-6', 'gdpr-13'],
    title: { nl: 'Een tweede gebruik past bij het eerste', en: 'A second use fits the first' },
    why: {
      nl: 'Gegevens die voor iets anders zijn gegeven, mogen alleen verder als dat past, of na toestemming.',
      en: 'Data that was given for something else may go further only where that fits, or after consent.',
    },
    write: {
      nl: 'Verwijs in "furtherUse.compatibility" naar de toets van artikel 6(4).',
      en: 'Link the test of Article 6(4) in "furtherUse.compatibility".',
    },
    check: (context) =>
      ownPurposes(context.policy).flatMap(({ one, i }) =>
        unless(
          // Article 6(4) asks no test where the person consented or a statute demands it.
          one.furtherUse === undefined ||
            one.basis.includes('consent') ||
            one.basis.includes('legal-obligation') ||
            stands(context, one.furtherUse.compatibility),
          ['purposes', i, 'furtherUse', 'compatibility'],
          `Doel "${one.id}" gebruikt gegevens van "${one.furtherUse?.of ?? ''}" opnieuw, zonder toets of dat past: voeg "compatibility" toe.`,
          `Purpose "${one.id}" uses data of "${one.furtherUse?.of ?? ''}" again, without a test that it fits: add "compatibility".`,
        ),
      ),
  },
  {
    id: 'GST-F06',
    article: 'GDPR art. 4(7), 28',
    severity: 'E',
    sources: ['gdpr-28'],
    title: { nl: 'Elk doel heeft de rol die het heeft', en: 'Every purpose has the role that it has' },
    why: {
      nl: 'Wie voor een klant werkt, beslist niet zelf; wie zelf beslist, verschuilt zich niet achter een klant.',
      en: 'Whoever works for a client does not decide; whoever decides does not hide behind a client.',
    },
    write: {
      nl: 'Zet "role: processor" met "client" bij wat u voor een klant doet, en gebruik die gegevens niet voor uzelf.',
      en: 'Set "role: processor" with "client" on what you do for a client, and do not use that data for yourself.',
    },
    check: (context) => [...roleHits(context), ...rolesApart(context)],
  },
  {
    id: 'GST-F07',
    article: 'GDPR art. 4(5), rec. 26',
    severity: 'W',
    sources: ['gdpr-5'],
    title: { nl: '"Anoniem" is getoetst', en: '"Anonymous" was tested' },
    why: {
      nl: 'Een naam weglaten maakt zelden anoniem; pas een toets laat zien dat niemand te herkennen is.',
      en: 'Leaving out a name seldom makes anonymous; only a test shows that nobody can be recognised.',
    },
    write: {
      nl: 'Voeg aan de bewering van soort "anonymised" een "evidence" toe met document en datum.',
      en: 'Add "evidence" with document and date to the claim of kind "anonymised".',
    },
    check: (context): Hit[] => {
      const { claims, data, retention } = context.policy;
      const tested = claims.some((one) => one.kind === 'anonymised' && stands(context, one.evidence));
      const how = {
        nl: 'Toets of niemand meer te herkennen is. Zet dan bij "claims", bij een bewering van soort "anonymised": evidence: { document: …, date: … }.',
        en: 'Test whether anyone can still be recognised. Then write in "claims", with a claim of kind "anonymised": evidence: { document: …, date: … }.',
      };
      const untested = (path: Hit['path'], nl: string, en: string): Hit =>
        hit(path, `${nl} ${how.nl}`, `${en} ${how.en}`);
      return [
        ...claims.flatMap((one, i) =>
          one.kind === 'anonymised' && !stands(context, one.evidence)
            ? [
                untested(
                  ['claims', i, 'evidence'],
                  `"${one.id}" zegt dat gegevens anoniem zijn, en niets toont dat.`,
                  `"${one.id}" says that data is anonymous, and nothing shows it.`,
                ),
              ]
            : [],
        ),
        ...(tested ? [] : data).flatMap((one, i) =>
          one.kind === 'anonymous'
            ? [
                untested(
                  ['data', i, 'kind'],
                  `"${one.id}" heet anoniem, en niets toont dat.`,
                  `"${one.id}" is called anonymous, and nothing shows it.`,
                ),
              ]
            : [],
        ),
        ...(tested ? [] : retention).flatMap((one, i) =>
          one.then === 'anonymise'
            ? [
                untested(
                  ['retention', i, 'then'],
                  `"${one.id}" maakt gegevens anoniem, en niets toont dat zij het dan zijn.`,
                  `"${one.id}" makes data anonymous, and nothing shows that it then is.`,
                ),
              ]
            : [],
        ),
      ];
    },
  },
  {
    id: 'GST-F08',
    article: 'GDPR art. 8; UAVG art. 5',
    severity: 'W',
    sources: ['gdpr-8'],
    title: { nl: 'Een dienst voor kinderen noemt hun ouders', en: 'A service for children speaks of their parents' },
    why: {
      nl: 'Onder de 16 geeft een ouder de toestemming, en een kind moet de verklaring kunnen lezen.',
      en: 'Under 16 a parent gives the consent, and a child must be able to read the statement.',
    },
    write: {
      nl: 'Zeg bij "organisation.children.text" hoe een ouder toestemt.',
      en: 'Say in "organisation.children.text" how a parent consents.',
    },
    check: ({ policy: { organisation } }) =>
      unless(
        organisation.children?.offered !== true || organisation.children.text !== undefined,
        ['organisation', 'children', 'text'],
        'Wat u doet is ook voor kinderen onder 16, en er staat niets over hun ouders. Zeg bij "organisation.children" hoe een ouder toestemt: text: { nl: …, en: … }.',
        'What you do is also meant for children under 16, and nothing is said of their parents. Say in "organisation.children" how a parent consents: text: { nl: …, en: … }.',
      ),
  },
];
