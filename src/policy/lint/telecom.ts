/** G: telephony, cookies and cameras. */
import { controllerPurposes, hit, unless, usesKind, type Hit, type Rule } from './rule.ts';

export const telecom: readonly Rule[] = [
  {
    id: 'GST-G01',
    article: 'Tw art. 11.5(4)',
    severity: 'E',
    cites: ['nl-tw-11-5'],
    title: { nl: 'Verkeersgegevens: welke en hoe lang', en: 'Traffic data: which and how long' },
    advice: {
      nl: 'Noem per doel de soort verkeersgegevens en de duur.',
      en: 'Name per purpose the kind of traffic data and its duration.',
    },
    check: ({ policy }): Hit[] => {
      if (!policy.organisation.telecomProvider) return [];
      const traffic = policy.telecom?.traffic ?? [];
      if (traffic.length === 0)
        return [
          hit(
            [policy.telecom ? 'telecom' : 'organisation'],
            'Een telecomaanbieder zegt welke verkeersgegevens hij verwerkt en hoe lang: voeg "telecom.traffic" toe.',
            'A telecom provider says which traffic data it processes and for how long: add "telecom.traffic".',
          ),
        ];
      return traffic.flatMap((one, i) =>
        unless(
          one.keep !== undefined,
          ['telecom', 'traffic', i],
          'Bij deze verkeersgegevens staat geen duur: voeg "keep" toe.',
          'No duration stands with this traffic data: add "keep".',
        ),
      );
    },
  },
  {
    id: 'GST-G02',
    article: 'Tw art. 11.5(3)',
    severity: 'E',
    cites: ['nl-tw-11-5'],
    title: { nl: 'Verkeersgegevens voor reclame: toestemming', en: 'Traffic data for marketing: consent' },
    advice: {
      nl: 'Vraag vooraf toestemming, of gebruik ze er niet voor.',
      en: 'Ask consent beforehand, or do not use them so.',
    },
    check: ({ policy }): Hit[] => [
      ...(policy.telecom?.traffic ?? []).flatMap((one, i) =>
        unless(
          !one.valueAdded || one.consent,
          ['telecom', 'traffic', i],
          'Deze verkeersgegevens dienen reclame of een extra dienst zonder toestemming: zet "consent" op true en vraag haar.',
          'This traffic data serves marketing or an extra service without consent: set "consent" to true and ask it.',
        ),
      ),
      ...policy.purposes.flatMap((one, i) =>
        unless(
          !one.marketing || !usesKind(policy, one, ['traffic']) || one.basis.includes('consent'),
          ['purposes', i, 'data'],
          `Doel "${one.id}" gebruikt verkeersgegevens voor reclame zonder toestemming.`,
          `Purpose "${one.id}" uses traffic data for marketing without consent.`,
        ),
      ),
    ],
  },
  {
    id: 'GST-G03',
    article: 'Tw art. 11.7a',
    severity: 'E',
    cites: ['nl-tw-11-7a'],
    title: { nl: 'Cookies: verklaring, lijst en toestemming', en: 'Cookies: statement, list and consent' },
    advice: {
      nl: 'Verwijs naar een cookieverklaring die er is, noem elke cookie, en vraag toestemming waar het moet.',
      en: 'Link a cookie statement that exists, name each cookie, and ask consent where it must be.',
    },
    check: ({ policy, exists }): Hit[] => {
      const { cookies } = policy;
      if (!cookies)
        return policy.subjects.some((one) => one.kind === 'website-visitor')
          ? [
              hit(
                ['subjects'],
                'Er zijn bezoekers van een website en er staat niets over cookies: voeg "cookies" toe, ook als er geen zijn.',
                'There are visitors of a website and nothing about cookies: add "cookies", also when there are none.',
              ),
            ]
          : [];
      return [
        ...unless(
          cookies.statement !== undefined && exists(cookies.statement),
          ['cookies'],
          'De cookieverklaring heeft geen adres dat werkt: voeg "cookies.statement" toe.',
          'The cookie statement has no address that works: add "cookies.statement".',
        ),
        ...unless(
          cookies.list !== undefined,
          ['cookies'],
          'Er is geen lijst van cookies: voeg "cookies.list" toe, ook als zij leeg is.',
          'There is no list of cookies: add "cookies.list", also when it is empty.',
        ),
        ...(cookies.list ?? []).flatMap((one, i) =>
          unless(
            one.consent || one.kind === 'necessary' || (one.kind === 'measurement' && one.by === undefined),
            ['cookies', 'list', i],
            `Cookie "${one.name}" vraagt vooraf toestemming: zet "consent" op true en vraag haar.`,
            `Cookie "${one.name}" needs consent beforehand: set "consent" to true and ask it.`,
          ),
        ),
      ];
    },
  },
  {
    id: 'GST-G04',
    article: 'GDPR art. 13; Bude art. 4.2',
    severity: 'W',
    cites: ['gdpr-13', 'nl-bude-4-2-melding'],
    title: { nl: 'Afgeschermde nummers', en: 'Shielded numbers' },
    advice: {
      nl: 'Zeg dat afschermen een recht is dat niets kost, wie het nummer krijgt, en dat het alleen het nummer is.',
      en: 'Say that shielding is a free right, who gets the number, and that it is the number only.',
    },
    check: ({ policy }) => {
      if (!policy.organisation.telecomProvider) return [];
      const told = policy.telecom?.shieldedNumbers;
      return unless(
        told?.freeRightTold === true && told.numberOnly && told.recipients !== undefined,
        policy.telecom ? ['telecom', ...(told ? ['shieldedNumbers'] : [])] : ['organisation'],
        'Er staat niet dat afschermen een gratis recht is en wie het nummer krijgt: vul "telecom.shieldedNumbers" aan.',
        'Nothing says that shielding is a free right and who gets the number: complete "telecom.shieldedNumbers".',
      );
    },
  },
  {
    id: 'GST-G05',
    article: 'GDPR art. 6, 13',
    severity: 'W',
    cites: ['gdpr-6', 'gdpr-13'],
    title: { nl: 'Gesprekken opnemen', en: 'Recording calls' },
    advice: {
      nl: 'Meld de opname vooraf, stop in de wacht, en noem wie mag luisteren.',
      en: 'Announce the recording, stop on hold, and name who may listen.',
    },
    check: ({ policy }) =>
      controllerPurposes(policy)
        .filter(({ one }) => usesKind(policy, one, ['call-recording']))
        .flatMap(({ one, i }) => {
          const missing = [
            ...(one.calls?.announced ? [] : ['announced']),
            ...(one.calls?.onHoldExcluded === true ? [] : ['onHoldExcluded']),
            ...(one.calls?.listeners ? [] : ['listeners']),
          ];
          return unless(
            missing.length === 0,
            ['purposes', i, ...(one.calls ? ['calls'] : [])],
            `Doel "${one.id}" neemt gesprekken op en zegt niet alles: vul in "calls": ${missing.join(', ')}.`,
            `Purpose "${one.id}" records calls and does not say all: fill in "calls": ${missing.join(', ')}.`,
          );
        }),
  },
  {
    id: 'GST-G06',
    article: 'GDPR art. 13; EDPB 3/2019',
    severity: 'W',
    cites: ['gdpr-13', 'edpb-3-2019'],
    title: { nl: "Camera's", en: 'Cameras' },
    advice: {
      nl: "Noem het doel en het bord, film geen openbare weg, en beoordeel verborgen camera's vooraf.",
      en: 'Name purpose and sign, film no public road, and assess hidden cameras beforehand.',
    },
    check: ({ policy }): Hit[] => {
      const used = controllerPurposes(policy).filter(({ one }) => usesKind(policy, one, ['video']));
      if (used.length === 0)
        return policy.data.flatMap((one, i) =>
          one.kind === 'video'
            ? [
                hit(
                  ['data', i],
                  `Bij de beelden "${one.id}" staat geen doel, geen bord en niet wat er in beeld komt.`,
                  `The footage "${one.id}" has no purpose, no sign, and nothing says what is in view.`,
                ),
              ]
            : [],
        );
      return used.flatMap(({ one, i }) => {
        const { video } = one;
        const fine =
          video?.sign !== undefined && !video.publicRoad && (!video.covert || one.dpia?.assessment !== undefined);
        return unless(
          fine,
          ['purposes', i, ...(video ? ['video'] : [])],
          `Doel "${one.id}" filmt: vul in "video" het bord in, houd de openbare weg buiten beeld, en beoordeel verborgen camera's (DPIA).`,
          `Purpose "${one.id}" films: fill in the sign in "video", keep the public road out of view, and assess hidden cameras (DPIA).`,
        );
      });
    },
  },
];
