/** D: how long data is kept, and whether it then really goes. */
import { termWords } from '../../../base/wording.ts';
import { hit, kept, ownPurposes, said, unless } from '../facts.ts';
import type { Hit, LintContext, Rule } from '../model.ts';
import { byItself, circular, longerWithConsent } from '../words.ts';

/** What a rule that should go by itself lacks in the living system; null when it goes. */
function standsStill({ living }: LintContext, rule: string): { nl: string; en: string } | null {
  const bound = living?.bound.find((one) => one.rule === rule);
  if (!living || !bound)
    return {
      nl: 'geen aangesloten systeem voert dat uit',
      en: 'no connected system carries that out',
    };
  if (bound.lastRun === null)
    return {
      nl: 'dat is nog nooit gebeurd',
      en: 'that has never happened yet',
    };
  const hours = (Date.parse(living.now) - Date.parse(bound.lastRun)) / 3_600_000;
  return hours * 3600 > 2 * bound.interval
    ? {
        nl: `dat gebeurde voor het laatst ${Math.round(hours)} uur geleden`,
        en: `that last happened ${Math.round(hours)} hours ago`,
      }
    : null;
}

export const d: readonly Rule[] = [
  {
    id: 'GST-D01',
    article: 'GDPR art. 13(2)(a), 30(1)(f)',
    severity: 'E',
    sources: ['gdpr-13', 'gdpr-30'],
    title: {
      nl: 'Alles wat een doel gebruikt, heeft een termijn of criterium',
      en: 'Everything that a purpose uses has a period or a criterion',
    },
    why: {
      nl: 'Iemand moet kunnen nagaan wanneer zijn gegevens weg zijn, en het register moet het vermelden.',
      en: 'A person must be able to tell when the data is gone, and the register must say it.',
    },
    write: {
      nl: 'Voeg de gegevens toe aan een regel in "retention", of aan een termijn in "terms" met "keep" of "criterion".',
      en: 'Add the data to a rule in "retention", or to a term in "terms" with "keep" or "criterion".',
    },
    check: ({ policy }) =>
      policy.data.flatMap((data, i) => {
        const users = ownPurposes(policy).filter(({ one }) => one.data.includes(data.id));
        const ends = kept(policy).some(
          ({ one }) =>
            one.data.includes(data.id) &&
            (one.keep !== undefined || ('criterion' in one && one.criterion !== undefined)),
        );
        const names = users.map(({ one }) => one.id).join(', ');
        return unless(
          users.length === 0 || ends,
          ['data', i],
          `"${data.id}" (${names}) heeft geen bewaartermijn: voeg het toe aan "data" van een regel in "retention", of maak in "terms" een eigen regel met "keep" en "from".`,
          `"${data.id}" (${names}) has no term: add it to "data" of a rule in "retention", or make a rule of its own in "terms" with "keep" and "from".`,
        );
      }),
  },
  {
    id: 'GST-D02',
    article: 'GDPR art. 13(2)(a)',
    severity: 'W',
    sources: ['gdpr-13'],
    title: { nl: 'Een criterium dat iets zegt', en: 'A criterion that says something' },
    why: {
      nl: '"Zo lang als nodig" draait in een kring: niemand kan zeggen wanneer het voorbij is.',
      en: '"As long as necessary" goes round in a circle: nobody can say when it is over.',
    },
    write: {
      nl: 'Noem een tijd en een gebeurtenis die iedereen kan zien: "een jaar na het laatste contact".',
      en: 'Name a time and an event that anyone can see: "one year after the last contact".',
    },
    check: ({ policy }) =>
      kept(policy).flatMap(({ one, at }): Hit[] => {
        const criterion = 'criterion' in one ? said(one.criterion, circular) : undefined;
        const words = criterion ?? said(one.text, circular);
        return words === undefined
          ? []
          : [
              hit(
                [...at, criterion === undefined ? 'text' : 'criterion'],
                `"${words.nl}" zegt niet wanneer "${one.id}" voorbij is: noem een tijd en een gebeurtenis.`,
                `"${words.en}" does not say when "${one.id}" is over: name a time and an event.`,
              ),
            ];
      }),
  },
  {
    id: 'GST-D05',
    article: 'GDPR art. 13(2)(a)',
    severity: 'E',
    sources: ['gdpr-13'],
    title: { nl: 'Een termijn begint bij een gebeurtenis', en: 'A period starts with an event' },
    why: {
      nl: '"Vier weken" zonder begin heeft ook geen einde.',
      en: '"Four weeks" without a start has no end either.',
    },
    write: {
      nl: 'Zeg in "from" na welke gebeurtenis de termijn begint.',
      en: 'Say in "from" after which event it starts.',
    },
    check: ({ policy }) =>
      policy.terms.flatMap((one, i) =>
        unless(
          one.keep === undefined || one.from !== undefined,
          ['terms', i, 'from'],
          `"${one.id}" bewaart ${one.keep === undefined ? '' : termWords(one.keep).nl} en zegt niet vanaf wanneer: voeg "from" toe, zoals contract-end of last-contact.`,
          `"${one.id}" keeps ${one.keep === undefined ? '' : termWords(one.keep).en} and does not say from when: add "from", such as contract-end or last-contact.`,
        ),
      ),
  },
  {
    id: 'GST-D06',
    article: 'GDPR art. 6(1)(a)',
    severity: 'W',
    sources: ['gdpr-6'],
    title: { nl: '"Langer met toestemming" heeft een einde', en: '"Longer with consent" has an end' },
    why: {
      nl: 'Toestemming is geen vrijbrief voor altijd; bij sollicitanten is een jaar gebruikelijk.',
      en: 'Consent is not a licence for ever; for applicants a year is usual.',
    },
    write: {
      nl: 'Noem bij "extendedBy.atMost" de uiterste termijn.',
      en: 'Name the longest term in "extendedBy.atMost".',
    },
    check: ({ policy }) =>
      kept(policy).flatMap(({ one, at }) =>
        unless(
          one.extendedBy ? one.extendedBy.atMost !== undefined : said(one.text, longerWithConsent) === undefined,
          [...at, 'extendedBy'],
          `"${one.id}" bewaart met toestemming langer, zonder einde. Zet bij "extendedBy" hoe lang op zijn langst, zoals atMost: P1Y.`,
          `"${one.id}" keeps longer with consent, without an end. Say in "extendedBy" how long at most, such as atMost: P1Y.`,
        ),
      ),
  },
  {
    id: 'GST-D07',
    article: 'GDPR art. 5(1)(e), 25',
    severity: 'E',
    sources: ['gdpr-5'],
    needsLiving: true,
    title: { nl: '"Automatisch verwijderd" gebeurt echt', en: '"Deleted automatically" really happens' },
    why: {
      nl: 'Een belofte die niemand uitvoert, is gebroken zodra de eerste termijn om is.',
      en: 'A promise that nothing carries out is broken as soon as the first term has passed.',
    },
    write: {
      nl: 'Sluit het systeem aan en laat de regel lopen, of haal "automatisch" of "approval" weg: dan staat er wat waar is.',
      en: 'Connect the system and let the rule run, or take out "automatically" or "approval": then it says what is true.',
    },
    check: (context): Hit[] => {
      const { policy, living } = context;
      if (!living) return [];
      const all = policy.claims.some((one) => one.kind === 'automatic-deletion');
      return kept(policy).flatMap(({ one, at }) => {
        // Of a rule with a standing approval the statement says by itself that the data goes by itself.
        const standing = 'approval' in one && one.approval !== undefined;
        const goes = 'then' in one && one.then !== 'review' && (all || standing);
        if (!goes && said(one.text, byItself) === undefined) return [];
        const still = standsStill(context, one.id);
        return still
          ? [
              hit(
                at,
                `"${one.id}" wordt vanzelf verwijderd, zegt de verklaring, en ${still.nl}. Sluit het systeem aan en laat de regel lopen (gestand plan, approve, apply), of zeg het zoals het is: haal "approval" of het woord "automatisch" weg.`,
                `"${one.id}" is deleted by itself, says the statement, and ${still.en}. Connect the system and let the rule run (gestand plan, approve, apply), or say it as it is: take out "approval" or the word "automatically".`,
              ),
            ]
          : [];
      });
    },
  },
  {
    id: 'GST-D08',
    article: 'GDPR art. 17, 32',
    severity: 'W',
    sources: ['gdpr-17', 'gdpr-32'],
    title: { nl: 'De termijn telt ook voor back-ups', en: 'The term counts for backups too' },
    why: {
      nl: 'Wat in de back-up blijft, is niet weg, en komt bij het terugzetten terug.',
      en: 'What stays in the backup is not gone, and comes back with a restore.',
    },
    write: {
      nl: 'Zeg bij "backups.gone" hoe lang daarna het ook uit de laatste back-up weg is.',
      en: 'Say in "backups.gone" how long after that it is out of the last backup too.',
    },
    // Whoever says nothing of backups anywhere was asked one thing, and is told one thing.
    check: ({ policy }) => {
      const all = kept(policy);
      const onePlace = policy.reasons.every((one) => one.rule !== 'GST-D08' || one.path === undefined);
      if (all.length > 1 && onePlace && all.every(({ one }) => one.backups === undefined))
        return [
          hit(
            ['retention'],
            `Nergens staat na hoeveel tijd iets ook uit de back-ups weg is. Zet boven "retention" een regel die voor alle ${all.length} termijnen geldt: backups: { gone: P30D }, met uw aantal dagen. Is het bij een termijn anders, zet het dan ook daar.`,
            `Nothing says after what time data is out of the backups too. Write above "retention" one line that holds for all ${all.length} terms: backups: { gone: P30D }, with your number of days. Where a term differs, write it there too.`,
          ),
        ];
      return all.flatMap(({ one, at }) =>
        unless(
          one.backups !== undefined,
          [...at, 'backups'],
          `Bij "${one.id}" staat niet wanneer het ook uit de back-ups weg is. Zet erbij: backups: { gone: P30D }, met uw aantal dagen.`,
          `"${one.id}" does not say when it is out of the backups too. Add: backups: { gone: P30D }, with your number of days.`,
        ),
      );
    },
  },
  {
    id: 'GST-D09',
    article: 'GDPR art. 5(1)(e)',
    severity: 'W',
    sources: ['gdpr-5'],
    title: {
      nl: 'Wie beslist dat iets langer blijft, staat erbij',
      en: 'Who decides that something stays longer is said',
    },
    why: {
      nl: '"Tenzij een onderzoek loopt" is zonder beslisser en zonder herziening een termijn zonder einde.',
      en: '"Unless an investigation is pending" is a term without an end, when nobody decides and nobody looks again.',
    },
    write: {
      nl: 'Noem bij "holds.decides" wie beslist, en bij "holds.reviewEvery" hoe vaak er opnieuw naar gekeken wordt.',
      en: 'Name in "holds.decides" who decides, and in "holds.reviewEvery" how often it is looked at again.',
    },
    check: ({ policy }) =>
      unless(
        policy.holds.decides !== undefined,
        ['holds', 'decides'],
        'Nergens staat wie beslist dat iets langer blijft zolang een zaak loopt. Zet onder "holds": decides: { nl: Het bestuur, en: The board }, met wie het bij u is.',
        'Nothing says who decides that something stays longer while a case is pending. Write under "holds": decides: { nl: Het bestuur, en: The board }, with who it is with you.',
      ),
  },
];
