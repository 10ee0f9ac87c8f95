/** I: the statement itself. */
import { hit, kindsOf, exists, ownPurposes, said, texts, unless, unlessStands, usesKind } from '../facts.ts';
import type { Purpose } from '../../schema.ts';
import type { Hit, LintContext, Rule } from '../model.ts';
import { heavy } from '../words.ts';

const mostWords = 30;

/** What to write in each key of "publication" that is missing. */
const as = {
  date: { nl: 'date (een datum als 2026-11-24)', en: 'date (such as 2026-11-24)' },
  version: { nl: 'version (een naam als 2026-1)', en: 'version (a name such as 2026-1)' },
  previous: {
    nl: 'previous (waar vorige versies komen te staan, zoals https://www.example.nl/privacy/versions)',
    en: 'previous (where earlier versions will be, such as https://www.example.nl/privacy/versions)',
  },
} as const;

/** Words in the longest sentence of a text. */
function longest(text: string): number {
  const sentences = text.split(/[.!?]+(?:\s|$)/);
  return Math.max(0, ...sentences.map((one) => one.split(/\s+/).filter((word) => word !== '').length));
}

/** Why a purpose needs an assessment beforehand: Article 35(3) and the list of the Autoriteit Persoonsgegevens; null when it does not. */
function trigger({ policy }: LintContext, one: Purpose): { nl: string; en: string } | null {
  if (usesKind(policy, one, ['call-recording'])) return { nl: 'opgenomen gesprekken', en: 'recorded calls' };
  if (usesKind(policy, one, ['video'])) return { nl: 'camerabeelden', en: 'camera images' };
  if (usesKind(policy, one, ['traffic'])) return { nl: 'verkeersgegevens', en: 'traffic data' };
  if (usesKind(policy, one, ['location'])) return { nl: 'locatiegegevens', en: 'location data' };
  if (one.automated?.legalOrSimilarEffect === true)
    return { nl: 'een geautomatiseerd besluit', en: 'an automated decision' };
  if (policy.dpo?.ground === 'large-scale-special-data' && usesKind(policy, one, ['special', 'criminal']))
    return { nl: 'bijzondere gegevens op grote schaal', en: 'special data on a large scale' };
  if (usesKind(policy, one, ['log']) && kindsOf(policy, one.subjects).includes('employee'))
    return { nl: 'het volgen van medewerkers', en: 'monitoring of employees' };
  return null;
}

export const i: readonly Rule[] = [
  {
    id: 'GST-I01',
    article: 'GDPR art. 12(1)',
    severity: 'E',
    sources: ['gdpr-12'],
    title: {
      nl: 'De verklaring is er in de taal van wie haar leest',
      en: 'The statement is there in the language of its readers',
    },
    why: {
      nl: 'Informatie die iemand niet kan lezen, is niet gegeven; beide talen komen uit één beleid, zodat zij hetzelfde zeggen.',
      en: 'Information that a person cannot read was not given; both languages come from one policy, so that they say the same.',
    },
    write: {
      nl: 'Zet "publication.languages" op [nl, en].',
      en: 'Set "publication.languages" to [nl, en].',
    },
    check: ({ policy }) => {
      const missing = (['nl', 'en'] as const).filter((one) => policy.publication?.languages.includes(one) !== true);
      return unless(
        missing.length === 0,
        ['publication', 'languages'],
        `De verklaring verschijnt niet in: ${missing.join(', ')}. Zet "publication.languages" op [nl, en].`,
        `The statement does not appear in: ${missing.join(', ')}. Set "publication.languages" to [nl, en].`,
      );
    },
  },
  {
    id: 'GST-I02',
    article: 'GDPR art. 12(1)',
    severity: 'I',
    sources: ['gdpr-12'],
    title: { nl: 'Gewone taal in korte zinnen', en: 'Plain language in short sentences' },
    why: {
      nl: 'De wet wil begrijpelijke taal; op niveau B1 leest bijna iedereen mee.',
      en: 'The law wants intelligible language; at level B1 nearly everyone can read along.',
    },
    write: {
      nl: 'Schrijf zinnen van ten hoogste 30 woorden, zonder woorden als "middels" en "uit hoofde van".',
      en: 'Write sentences of at most 30 words, without words such as "pursuant to" and "hereinafter".',
    },
    check: ({ policy }) =>
      [...texts(policy)].flatMap(({ path, text }): Hit[] => {
        const word = said(text, heavy);
        if (word !== undefined)
          return [
            hit(path, `"${word.nl}" is ambtelijk: zeg het gewoon.`, `"${word.en}" is officialese: say it plainly.`),
          ];
        const words = Math.max(longest(text.nl), longest(text.en));
        return words > mostWords
          ? [hit(path, `Een zin van ${words} woorden: maak er twee van.`, `A sentence of ${words} words: make it two.`)]
          : [];
      }),
  },
  {
    id: 'GST-I03',
    article: 'GDPR art. 5(2)',
    severity: 'W',
    sources: ['gdpr-5'],
    title: { nl: 'Een datum, een versie en de vorige versies', en: 'A date, a version and the earlier versions' },
    why: {
      nl: 'Wie later wil nagaan wat u hem beloofde, moet de tekst van die dag kunnen lezen.',
      en: 'Whoever later wants to see what you promised must be able to read the text of that day.',
    },
    write: {
      nl: 'Geef bij "publication" een volledige "date" (2026-11-24), een "version" en met "previous" de plek van vorige versies.',
      en: 'Give "publication" a full "date" (2026-11-24), a "version" and in "previous" the place of earlier versions.',
    },
    check: (context) => {
      const { publication } = context.policy;
      const missing: (keyof typeof as)[] = [
        ...(/^\d{4}-\d{2}-\d{2}$/.test(publication?.date ?? '') ? [] : ['date' as const]),
        ...(publication?.version === undefined ? ['version' as const] : []),
        ...(publication?.previous === undefined || !exists(context, publication.previous) ? ['previous' as const] : []),
      ];
      return unless(
        missing.length === 0,
        ['publication', missing[0] ?? 'date'],
        `Later moet te lezen zijn wat u eerder beloofde. Zet onder "publication": ${missing.map((one) => as[one].nl).join(', ')}.`,
        `One must be able to read later what you promised before. Write under "publication": ${missing.map((one) => as[one].en).join(', ')}.`,
      );
    },
  },
  {
    id: 'GST-I04',
    article: 'GDPR art. 30',
    severity: 'E',
    sources: ['gdpr-30'],
    needsLiving: true,
    mild: {
      nl: 'niets zegt iets anders, maar nog niets voert de belofte uit',
      en: 'nothing says otherwise, but nothing carries the promise out yet',
    },
    title: {
      nl: 'Register, verklaring en werkelijkheid zeggen hetzelfde',
      en: 'Register, statement and reality say the same',
    },
    why: {
      nl: 'Een register dat iets anders zegt dan de systemen doen, is geen register.',
      en: 'A register that says something else than the systems do is not a register.',
    },
    write: {
      nl: 'Neem op wat er is of haal het weg, en publiceer daarna opnieuw. Voert nog niets een belofte uit: sluit het systeem aan waar de gegevens staan.',
      en: 'Declare what is there or remove it, and then publish again. Where nothing carries a promise out yet: connect the system that holds the data.',
    },
    check: ({ living }): Hit[] =>
      (living?.drift ?? []).map((one) => {
        const nl = { register: 'register', statement: 'verklaring', enforcement: 'uitvoering' } as const;
        const [left, right] = one.between;
        if (one.promisedOnly)
          return hit(one.path ?? ['publication'], one.message.nl, one.message.en, { severity: 'W' });
        return hit(
          one.path ?? ['publication'],
          `Verschil tussen ${nl[left]} en ${nl[right]}: ${one.message.nl}`,
          `Difference between ${left} and ${right}: ${one.message.en}`,
        );
      }),
  },
  {
    id: 'GST-I05',
    article: 'GDPR art. 35',
    severity: 'E',
    sources: ['gdpr-35'],
    title: {
      nl: 'Een DPIA waar die moet, of de reden waarom niet',
      en: 'A DPIA where one is due, or the reason why not',
    },
    why: {
      nl: "Opnames, camera's, verkeersgegevens, locatie en het volgen van medewerkers staan op de lijst van de toezichthouder, als het op grote schaal of stelselmatig gebeurt: eerst beoordelen, dan doen.",
      en: 'Recordings, cameras, traffic data, location and monitoring of employees are on the list of the authority, when on a large scale or systematic: first assess, then do.',
    },
    write: {
      nl: 'Voeg bij het doel toe: dpia: { needed: true, assessment: { document: …, date: … } }, of dpia: { needed: false, reason: { nl: …, en: … } }.',
      en: 'Add to the purpose: dpia: { needed: true, assessment: { document: …, date: … } }, or dpia: { needed: false, reason: { nl: …, en: … } }.',
    },
    check: (context) =>
      ownPurposes(context.policy).flatMap(({ one, i: at }): Hit[] => {
        const due = trigger(context, one);
        if (!due) return [];
        const { dpia } = one;
        const path = ['purposes', at, 'dpia'];
        const none = {
          nl: `Doel "${one.id}" betreft ${due.nl} en vraagt een beoordeling vooraf: voeg "dpia" toe met "needed: true" en "assessment", of met "needed: false" en een "reason".`,
          en: `Purpose "${one.id}" is about ${due.en} and needs an assessment beforehand: add "dpia" with "needed: true" and "assessment", or with "needed: false" and a "reason".`,
        };
        if (!dpia) return [hit(path, none.nl, none.en)];
        if (!dpia.needed) return unless(dpia.reason !== undefined, [...path, 'reason'], none.nl, none.en);
        const of = {
          nl: `De beoordeling vooraf bij doel "${one.id}"`,
          en: `The assessment beforehand of purpose "${one.id}"`,
        };
        return unlessStands(context, dpia.assessment, [...path, 'assessment'], of, none);
      }),
  },
];
