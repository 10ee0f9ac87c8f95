/** G: telephony, cookies, recordings and cameras. */
import { termWords } from '../../../base/wording.ts';
import { exists, hit, kept, ownPurposes, stands, unless, usesKind, wanting } from '../facts.ts';
import type { Hit, LintContext, Rule } from '../model.ts';

/** Data of a kind that no purpose of the organisation uses: then nothing is said of it at all. */
function unexplained({ policy }: LintContext, kind: 'call-recording' | 'video', nl: string, en: string): Hit[] {
  return policy.data.flatMap((one, i) =>
    one.kind === kind && !policy.purposes.some((purpose) => purpose.data.includes(one.id))
      ? [
          hit(
            ['data', i],
            `Geen doel gebruikt "${one.id}", en er staat niets over ${nl}: noem het bij "data" van een doel.`,
            `No purpose uses "${one.id}", and nothing is said of ${en}: name it in "data" of a purpose.`,
          ),
        ]
      : [],
  );
}

function cookieHits(context: LintContext): Hit[] {
  const { cookies, subjects } = context.policy;
  if (!cookies)
    return subjects.some((one) => one.kind === 'website-visitor')
      ? [
          hit(
            ['cookies'],
            'Er zijn bezoekers van een website en er staat niets over cookies. Voeg "cookies" toe met "statement" en "list"; zijn er geen, dan list: [].',
            'There are visitors of a website and nothing about cookies. Add "cookies" with "statement" and "list"; if there are none, list: [].',
          ),
        ]
      : [];
  const { site } = context.living ?? {};
  return [
    ...(site ? [hit(['cookies', 'list'], site.nl, site.en)] : []),
    ...explained(context, cookies.statement),
    ...unless(
      cookies.list !== undefined,
      ['cookies', 'list'],
      'Er is geen lijst van cookies. Kijk wat de website plaatst (gestand publish visit), en zet elke cookie onder "cookies" in "list"; zijn er geen, dan list: [].',
      'There is no list of cookies. See what the website places (gestand publish visit), and put each under "cookies" in "list"; if there are none, list: [].',
    ),
    ...(cookies.list ?? []).flatMap((one, i) =>
      unless(
        // Exempt: what is strictly necessary, and first-party measurement with little effect on privacy (Tw 11.7a(3)).
        one.consent || one.kind === 'necessary' || (one.kind === 'measurement' && one.by === undefined),
        ['cookies', 'list', i, 'consent'],
        `Cookie "${one.name}" mag pas na toestemming: vraag haar en zet "consent" op true.`,
        `Cookie "${one.name}" may come only after consent: ask it and set "consent" to true.`,
      ),
    ),
  ];
}

/** The statement tells this term beside that of the rule: both must be the one that is kept. */
function otherTerm(
  policy: LintContext['policy'],
  { purpose, keep }: { purpose: string; keep?: string | undefined },
  i: number,
): Hit[] {
  const used = policy.purposes.find((one) => one.id === purpose)?.data ?? [];
  const ids = policy.data.filter(({ id, kind }) => kind === 'traffic' && used.includes(id)).map(({ id }) => id);
  const terms = kept(policy).flatMap(({ one }) =>
    one.keep !== undefined && one.data.some((id) => ids.includes(id)) ? [{ id: one.id, keep: one.keep }] : [],
  );
  const [first] = terms;
  if (keep === undefined || first === undefined || terms.some((one) => one.keep === keep)) return [];
  const [said, real] = [termWords(keep), termWords(first.keep)];
  return [
    hit(
      ['telecom', 'traffic', i, 'keep'],
      `Hier staat ${said.nl}, en "${first.id}" bewaart deze verkeersgegevens ${real.nl}: laat ze hetzelfde zeggen.`,
      `This says ${said.en}, and "${first.id}" keeps this traffic data ${real.en}: let them say the same.`,
    ),
  ];
}

function trafficHits({ policy }: LintContext): Hit[] {
  if (!policy.organisation.telecomProvider) return [];
  const traffic = policy.telecom?.traffic ?? [];
  if (traffic.length === 0)
    return [
      hit(
        ['telecom', 'traffic'],
        'Een telecomaanbieder zegt welke verkeersgegevens hij verwerkt en hoe lang. Zet onder "telecom" in "traffic" per doel: "purpose", "text" en "keep".',
        'A telecom provider says which traffic data it processes and for how long. Write under "telecom" in "traffic" for each purpose: "purpose", "text" and "keep".',
      ),
    ];
  return [
    ...traffic.flatMap((one, i) =>
      unless(
        one.keep !== undefined,
        ['telecom', 'traffic', i, 'keep'],
        `Bij de verkeersgegevens voor "${one.purpose}" staat geen duur: voeg "keep" toe.`,
        `The traffic data for "${one.purpose}" has no duration: add "keep".`,
      ),
    ),
    ...traffic.flatMap((one, i) => otherTerm(policy, one, i)),
    ...ownPurposes(policy).flatMap(({ one, i }) =>
      unless(
        !usesKind(policy, one, ['traffic']) || traffic.some((row) => row.purpose === one.id),
        ['purposes', i],
        `Doel "${one.id}" gebruikt verkeersgegevens en staat niet bij "telecom.traffic": voeg het toe met soort en duur.`,
        `Purpose "${one.id}" uses traffic data and is not in "telecom.traffic": add it with kind and duration.`,
      ),
    ),
  ];
}

export const g: readonly Rule[] = [
  {
    id: 'GST-G01',
    article: 'Tw art. 11.5(4)',
    severity: 'E',
    sources: ['nl-tw-11-5'],
    title: { nl: 'Verkeersgegevens: welke, waarvoor en hoe lang', en: 'Traffic data: which, what for and how long' },
    why: {
      nl: 'Wie met wie belt, zegt veel over iemand; een aanbieder vertelt daarom soort en duur per doel.',
      en: 'Who calls whom says much about a person; so a provider tells kind and duration per purpose.',
    },
    write: {
      nl: 'Noem bij "telecom.traffic" per doel de soort verkeersgegevens en met "keep" de duur.',
      en: 'Name in "telecom.traffic" per purpose the kind of traffic data, and its duration in "keep".',
    },
    check: trafficHits,
  },
  {
    id: 'GST-G02',
    article: 'Tw art. 11.5(3)',
    severity: 'E',
    sources: ['nl-tw-11-5'],
    title: {
      nl: 'Verkeersgegevens voor reclame alleen met toestemming',
      en: 'Traffic data for marketing only with consent',
    },
    why: {
      nl: 'Een aanbieder ziet verkeer om te bellen en af te rekenen, niet om te verkopen.',
      en: 'A provider sees traffic in order to connect and to bill, not in order to sell.',
    },
    write: {
      nl: 'Vraag vooraf toestemming ("consent: true", "basis: consent"), of gebruik ze er niet voor.',
      en: 'Ask consent beforehand ("consent: true", "basis: consent"), or do not use it so.',
    },
    check: ({ policy }): Hit[] => [
      ...(policy.telecom?.traffic ?? []).flatMap((one, i) =>
        unless(
          !one.valueAdded || one.consent,
          ['telecom', 'traffic', i, 'consent'],
          'Deze verkeersgegevens dienen reclame of een extra dienst zonder toestemming: vraag haar en zet "consent" op true.',
          'This traffic data serves marketing or an extra service without consent: ask it and set "consent" to true.',
        ),
      ),
      ...ownPurposes(policy).flatMap(({ one, i }) =>
        unless(
          !one.marketing || !usesKind(policy, one, ['traffic']) || one.basis.includes('consent'),
          ['purposes', i, 'data'],
          `Doel "${one.id}" gebruikt verkeersgegevens voor reclame zonder toestemming: haal ze eruit, of vraag toestemming.`,
          `Purpose "${one.id}" uses traffic data for marketing without consent: take it out, or ask consent.`,
        ),
      ),
    ],
  },
  {
    id: 'GST-G03',
    article: 'Tw art. 11.7a',
    severity: 'E',
    sources: ['nl-tw-11-7a'],
    title: { nl: 'Cookies: verklaring, lijst en toestemming', en: 'Cookies: statement, list and consent' },
    why: {
      nl: 'Iets op iemands apparaat zetten mag alleen na uitleg en toestemming, tenzij de site er niet zonder kan.',
      en: "Putting something on somebody's device needs explanation and consent, unless the site cannot do without.",
    },
    write: {
      nl: 'Verwijs naar een cookieverklaring die er is, noem elke cookie in "list", en vraag toestemming waar het moet. Kijk wat de site plaatst: gestand publish visit.',
      en: 'Link a cookie statement that is there, name each cookie in "list", and ask consent where it must be. See what the site sets: gestand publish visit.',
    },
    check: cookieHits,
  },
  {
    id: 'GST-G04',
    article: 'GDPR art. 13; Bude art. 4.2',
    severity: 'W',
    sources: ['gdpr-13', 'nl-bude-4-2-melding'],
    title: {
      nl: 'Afgeschermde nummers: gratis, bij wie, en alleen het nummer',
      en: 'Shielded numbers: free, with whom, and the number only',
    },
    why: {
      nl: 'Een abonnee mag vragen dat zijn nummer niet op rekeningen van anderen staat; dat kost niets.',
      en: "A subscriber may ask that the number does not appear on others' bills; that costs nothing.",
    },
    write: {
      nl: 'Vul bij "telecom.shieldedNumbers" de tekst en "recipients" in en zet "freeRightTold" en "numberOnly" op true.',
      en: 'Fill in text and "recipients" of "telecom.shieldedNumbers" and set "freeRightTold" and "numberOnly" to true.',
    },
    check: ({ policy }) => {
      if (!policy.organisation.telecomProvider) return [];
      const told = policy.telecom?.shieldedNumbers;
      const missing = [
        ...(told?.freeRightTold === true
          ? []
          : [{ nl: 'freeRightTold: true (het kost niets)', en: 'freeRightTold: true (it costs nothing)' }]),
        ...(told?.recipients === undefined
          ? [{ nl: 'recipients (wie het nummer krijgt)', en: 'recipients (who gets the number)' }]
          : []),
        ...(told?.numberOnly === true
          ? []
          : [
              {
                nl: 'numberOnly: true (u geeft alleen het nummer door)',
                en: 'numberOnly: true (you pass on the number only)',
              },
            ]),
      ];
      return unless(
        missing.length === 0,
        ['telecom', 'shieldedNumbers'],
        `Over nummers die niet op andermans rekening staan is niet alles gezegd. Zet onder "telecom" in "shieldedNumbers": ${missing.map((one) => one.nl).join(', ')}.`,
        `Not everything is said of numbers that are kept off others' bills. Write under "telecom" in "shieldedNumbers": ${missing.map((one) => one.en).join(', ')}.`,
      );
    },
  },
  {
    id: 'GST-G05',
    article: 'GDPR art. 6, 13',
    severity: 'W',
    sources: ['gdpr-6', 'gdpr-13'],
    title: { nl: 'Opnemen van gesprekken is uitgelegd', en: 'Recording of calls is explained' },
    why: {
      nl: 'Wie belt, hoort vooraf dat er wordt opgenomen, waarvoor, en wie er luistert; in de wacht loopt er niets.',
      en: 'A caller hears beforehand that it is recorded, what for, and who listens; on hold nothing runs.',
    },
    write: {
      nl: 'Vul bij het doel "calls" in: "announced", "listeners", "onHoldExcluded: true", en geef het doel een grondslag.',
      en: 'Fill in "calls" of the purpose: "announced", "listeners", "onHoldExcluded: true", and give the purpose a basis.',
    },
    check: (context): Hit[] => {
      const { policy } = context;
      return [
        ...unexplained(
          context,
          'call-recording',
          'de melding en wie mag luisteren',
          'the announcement and who may listen',
        ),
        ...ownPurposes(policy)
          .filter(({ one }) => usesKind(policy, one, ['call-recording']))
          .flatMap(({ one, i }) => {
            const missing = [
              ...(one.calls?.announced
                ? []
                : [
                    { nl: 'calls.announced (wat men vooraf hoort)', en: 'calls.announced (what one hears beforehand)' },
                  ]),
              ...(one.calls?.onHoldExcluded === true
                ? []
                : [
                    {
                      nl: 'calls.onHoldExcluded: true (in de wacht neemt u niets op)',
                      en: 'calls.onHoldExcluded: true (on hold you record nothing)',
                    },
                  ]),
              ...(one.calls?.listeners
                ? []
                : [{ nl: 'calls.listeners (wie terugluistert)', en: 'calls.listeners (who listens back)' }]),
              ...(one.basis.length > 0 ? [] : [{ nl: 'basis (waarom het mag)', en: 'basis (why it is allowed)' }]),
            ];
            return unless(
              missing.length === 0,
              ['purposes', i, 'calls'],
              `Doel "${one.id}" neemt gesprekken op. Zet erbij: ${missing.map((each) => each.nl).join(', ')}.`,
              `Purpose "${one.id}" records calls. Add: ${missing.map((each) => each.en).join(', ')}.`,
            );
          }),
      ];
    },
  },
  {
    id: 'GST-G06',
    article: 'GDPR art. 13; EDPB 3/2019',
    severity: 'W',
    sources: ['gdpr-13', 'edpb-3-2019'],
    title: { nl: "Camera's zijn uitgelegd en kijken niet te ver", en: 'Cameras are explained and do not look too far' },
    why: {
      nl: 'Wie in beeld komt, moet dat vooraf zien; de straat is van iedereen, en verborgen filmen vraagt een beoordeling vooraf.',
      en: "Whoever is filmed must see so beforehand; the street is everybody's, and hidden cameras need an assessment first.",
    },
    write: {
      nl: 'Vul bij het doel "video" in: "sign", "publicRoad: false", "covert: false", of bij "covert: true" een beoordeling in "dpia".',
      en: 'Fill in "video" of the purpose: "sign", "publicRoad: false", "covert: false", or with "covert: true" an assessment in "dpia".',
    },
    check: (context): Hit[] => {
      const { policy } = context;
      return [
        ...unexplained(context, 'video', 'het bord en wat er in beeld komt', 'the sign and what is in view'),
        ...ownPurposes(policy)
          .filter(({ one }) => usesKind(policy, one, ['video']))
          .flatMap(({ one, i }) => {
            const { video } = one;
            const wrong = [
              ...(video?.sign
                ? []
                : [{ nl: 'video.sign (welk bord er hangt)', en: 'video.sign (which sign there is)' }]),
              ...(video?.publicRoad === false
                ? []
                : [
                    {
                      nl: 'video.publicRoad: false (de straat komt niet in beeld)',
                      en: 'video.publicRoad: false (the street is not in view)',
                    },
                  ]),
              ...(video === undefined
                ? [{ nl: 'video.covert: false (niets is verborgen)', en: 'video.covert: false (nothing is hidden)' }]
                : []),
              ...(video?.covert === true && !stands(context, one.dpia?.assessment)
                ? [{ nl: 'dpia.assessment (de beoordeling vooraf)', en: 'dpia.assessment (the assessment beforehand)' }]
                : []),
            ];
            return unless(
              wrong.length === 0,
              ['purposes', i, 'video'],
              `Doel "${one.id}" filmt. Zet erbij: ${wrong.map((each) => each.nl).join(', ')}.`,
              `Purpose "${one.id}" films. Add: ${wrong.map((each) => each.en).join(', ')}.`,
            );
          }),
      ];
    },
  },
];

function explained(context: LintContext, document: string | undefined): Hit[] {
  const path = ['cookies', 'statement'];
  if (document === undefined)
    return [
      hit(
        path,
        'Nergens staat uitleg over cookies. Schrijf die in een bestand, en zet onder "cookies": statement: documents/cookies.md (een https-adres mag ook).',
        'There is no explanation of cookies. Write it in a file, and under "cookies": statement: documents/cookies.md (an https address will do too).',
      ),
    ];
  if (exists(context, document)) return [];
  const why = wanting(context, { document });
  return [hit(path, `De uitleg over cookies: ${why.nl}`, `The explanation of cookies: ${why.en}`)];
}
