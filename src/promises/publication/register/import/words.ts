/** Free text of a register, read as words of the policy. Null or empty: it says nothing that can be relied on. */
import { parseTerm } from '../../../../base/time.ts';
import type { DataCategory, Purpose, Recipient } from '../../../../policy/index.ts';
import { bases as baseWords } from '../../../../policy/phrases.ts';
import type { Mechanism } from '../model.ts';

type Basis = Purpose['basis'][number];

/** "Klanten en hun medewerkers" as an id; empty when no letter or digit is left. */
export function slug(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 56)
    .replace(/-+$/, '');
}

/** What stands in a cell to say that there is nothing. */
export function isNothing(text: string): boolean {
  return /^(-+|–|—|\.|n\.?\s?v\.?\s?t\.?|niet van toepassing|geen|nee|nvt|niet vermeld|niemand|nobody|none|no|n\/a|na|not applicable|not stated|nil)\.?$/i.test(
    text.trim(),
  );
}

/** A question was answered and nothing was named. */
export const isYes = (text: string): boolean => /^(ja|yes|j|y|x)[.!]?$/i.test(text.trim());

const basisWords: Readonly<Record<Basis, RegExp>> = {
  consent: /toestemming|\bconsent\b/i,
  contract: /overeenkomst|\bcontract|agreement/i,
  'legal-obligation': /wettelijk|legal (obligation|duty|requirement)|statutory/i,
  'vital-interests': /vitale? belang|vital interest/i,
  'public-task': /algemeen belang|publieke? taak|openbaar gezag|public (task|interest)|official authority/i,
  'legitimate-interests': /gerechtvaardigde? belang|legitimate interest/i,
};

/** Art. 6(1), by its letter ("6 lid 1 onder b", "6.1.f") or by its name. */
export function basesIn(text: string): Basis[] {
  const letters = [
    ...text.matchAll(/\b6\W{0,3}(?:lid\W{0,2})?1\W{0,3}(?:onder|sub|lid|aanhef en onder|onderdeel)?\W{0,2}([a-f])\b/gi),
  ].map((one) => `6(1)(${one[1]?.toLowerCase() ?? ''})`);
  return (Object.keys(basisWords) as Basis[]).filter(
    (basis) => letters.includes(baseWords[basis].article) || basisWords[basis].test(text),
  );
}

const numbers: Readonly<Record<string, number>> = {
  een: 1,
  één: 1,
  one: 1,
  a: 1,
  an: 1,
  twee: 2,
  two: 2,
  drie: 3,
  three: 3,
  vier: 4,
  four: 4,
  vijf: 5,
  five: 5,
  zes: 6,
  six: 6,
  zeven: 7,
  seven: 7,
  acht: 8,
  eight: 8,
  negen: 9,
  nine: 9,
  tien: 10,
  ten: 10,
  elf: 11,
  eleven: 11,
  twaalf: 12,
  twelve: 12,
};

const span = new RegExp(
  String.raw`(?<![\p{L}\d])(\d{1,4}|${Object.keys(numbers).join('|')})\s*(jaren|jaar|jr|maanden|maand|mnd|weken|week|wk|dagen|dag|uur|years|year|yrs|yr|months|month|weeks|days|day|hours|hour)(?!\p{L})`,
  'giu',
);

const units: readonly (readonly [RegExp, (count: number) => string])[] = [
  [/^(j|y)/i, (count) => `P${count}Y`],
  [/^m/i, (count) => `P${count}M`],
  [/^w/i, (count) => `P${count}W`],
  [/^d/i, (count) => `P${count}D`],
  [/^(u|h)/i, (count) => `PT${count}H`],
];

export type TermRead =
  | { readonly keep: string; readonly event: string | null }
  | { readonly why: 'no-time' | 'two-times' | 'only-minimum' };

/** "2 jaar na einde contract": P2Y after "einde contract". What is not one plain term is not read as one. */
export function termIn(text: string): TermRead {
  const iso = [...text.matchAll(/(?<![\p{L}\d])P(?=\d|T\d)[\dYMWDTHS]+(?!\p{L})/gu)].flatMap(([term]) =>
    isTerm(term) ? [term] : [],
  );
  const spans = [...text.matchAll(span)].flatMap((one) => {
    const count = numbers[one[1]?.toLowerCase() ?? ''] ?? Number(one[1]);
    const term = units.find(([unit]) => unit.test(one[2] ?? ''))?.[1](count);
    return term !== undefined && isTerm(term) ? [term] : [];
  });
  // "2 tot 5 jaar", "1,5 jaar", "2+ jaar": not one plain time.
  if (/\d\s*(?:[-–/,.+]|à|tot|of|to|or)\s*\d|\d\s*\+/i.test(text)) return { why: 'two-times' };
  const found = [...new Set([...iso, ...spans])];
  const [keep] = found;
  if (keep === undefined) return { why: 'no-time' };
  if (found.length > 1) return { why: 'two-times' };
  if (
    /\b(minimaal|minstens|ten minste|tenminste|at least|minimum|of langer|or longer|of meer|or more|of zo ?lang|or (?:for )?as long)\b/i.test(
      text,
    )
  )
    return { why: 'only-minimum' };
  const event = /(?<!\p{L})(?:na|nadat|vanaf|sinds|after|from|since|following)\s+(.{2,80}?)(?:[.;,(]|$)/iu.exec(text);
  return { keep, event: event?.[1] === undefined ? null : event[1].replace(/^(de|het|een|the|a|an)\s+/i, '') };
}

/** "het jaar waarin het contract eindigde": the year of what; null when the words name no year that ends. */
export function yearEndIn(event: string): { readonly of: string | null } | null {
  const found = yearEnd.exec(event);
  if (!found) return null;
  const of = event
    .slice(found[0].length)
    .replace(/^ ?(waarin|van|in which|of)(?!\p{L}) ?/iu, '')
    .replace(/^(de|het|een|the|a|an) /i, '')
    .trim();
  return { of: of === '' ? null : of };
}

const yearEnd =
  /^(?:(?:einde?|afloop|end|close) (?:van |of )?)(?:het |the )?(?:(?:lopende|betreffende|current|relevant) )?(?:(?:calendar|book|financial|fiscal|tax) )?(?:boek|kalender|belasting)?(?:jaar|year)(?!\p{L})/iu;

function isTerm(text: string): boolean {
  try {
    parseTerm(text);
    return true;
  } catch {
    return false;
  }
}

const roleWords: readonly (readonly [Recipient['role'], RegExp])[] = [
  ['sub-processor', /sub-?(verwerker|bewerker|processor)/i],
  ['joint-controller', /gezamenlijk|joint/i],
  ['controller', /verantwoordelijke|controller/i],
  ['processor', /\b(verwerker|bewerker|processor)/i],
  [
    'authority',
    /belastingdienst|autoriteit|overheid|politie|justitie|\buwv\b|gemeente|tax (office|authority)|authorit|police|\bhmrc\b/i,
  ],
];

export function recipientRole(text: string): Recipient['role'] | null {
  return roleWords.find(([, words]) => words.test(text))?.[0] ?? null;
}

const kindWords: readonly (readonly [DataCategory['kind'], RegExp])[] = [
  ['national-number', /\bbsn\b|burgerservice|national (identification )?number|social security number/i],
  ['id-copy', /(kopie|copy).{0,20}(identiteit|id\b|paspoort|passport|identity|rijbewijs)|\bid-?kopie/i],
  ['criminal', /strafrecht|veroordeling|\bvog\b|criminal|conviction/i],
  [
    'special',
    /gezondheid|medisch|ziekte|ziekmelding|verzuim|etnisch|\bras\b|religi|godsdienst|vakbond|biometri|genetisch|health|medical|sick|ethnic|religio|trade union|biometric|genetic/i,
  ],
  ['credential', /wachtwoord|inloggegevens|password|credential/i],
  ['call-recording', /gespreksopname|opgenomen gesprek|call recording|recorded call/i],
  ['video', /camera|video|cctv/i],
  ['traffic', /verkeersgegevens|traffic data/i],
  ['location', /locatiegegevens|location data|\bgps\b/i],
  ['log', /\blog(boek|bestand|s|ging)?\b|logfile/i],
];

/** What the law sees in it, when the words say so. */
export function dataKind(text: string): DataCategory['kind'] {
  return kindWords.find(([, words]) => words.test(text))?.[0] ?? 'ordinary';
}

const subjectWords = [
  ['customer', /klant|afnemer|customer/i],
  ['supplier', /leverancier|supplier|vendor/i],
  ['prospect', /prospect|geinteresseerd|geïnteresseerd|\bleads?\b/i],
  ['applicant', /sollicit|kandidaat|applicant|candidate/i],
  ['employee', /medewerker|werknemer|personeel|employee|staff/i],
  ['caller', /beller|caller/i],
  ['filmed', /in beeld|gefilmd|on camera|filmed/i],
  ['website-visitor', /websitebezoek|bezoekers? van (de|onze) website|website visitor|visitors? of (the|our) website/i],
  ['partner', /\bpartner/i],
  ['member', /\bleden\b|\blid\b|\bmembers?\b/i],
  ['patient', /patient|patiënt/i],
  ['parent', /\bouders?\b|\bparents?\b/i],
  ['subscriber', /abonnee|nieuwsbrief|subscriber/i],
  ['end-user', /eindgebruiker|gebruiker|end user|\buser/i],
] as const;

/** The group that the words name first; "other" when they name none. */
export function subjectKind(text: string): (typeof subjectWords)[number][0] | 'other' {
  const found = subjectWords
    .map(([kind, words]) => ({ kind, at: text.search(words) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at);
  return found[0]?.kind ?? 'other';
}

export function mechanismIn(text: string): Mechanism | null {
  const article = /\b(46\(2\)\([a-f]\)|46\(3\)\([ab]\)|49\(1\)\([a-g]\)|45|47)(?![\d(])/.exec(text)?.[1];
  if (article !== undefined) return article as Mechanism;
  if (/standaard|\bscc|model ?(contract|clause)|modelbepaling|standard (contractual )?clause/i.test(text))
    return '46(2)(c)';
  if (/adequa|\bdpf\b|privacy framework/i.test(text)) return '45';
  return /\bbcr\b|bindende bedrijfs|binding corporate/i.test(text) ? '47' : null;
}

export type CountryNames = readonly (readonly [name: string, code: string])[];

/** Countries that a text names. */
export function countriesIn(text: string, names: CountryNames): string[] {
  const words = ` ${text.toLowerCase().replaceAll(/[^\p{L}]+/gu, ' ')} `;
  return [...new Set(names.filter(([name]) => words.includes(` ${name} `)).map(([, code]) => code))];
}

/** In Dutch, in English and by the abbreviations in use. */
export const countryNames = (): CountryNames => [...named()];

function* named(): Generator<readonly [string, string]> {
  yield* [
    ['vs', 'US'],
    ['usa', 'US'],
    ['verenigde staten', 'US'],
    ['amerika', 'US'],
    ['vk', 'GB'],
    ['uk', 'GB'],
    ['engeland', 'GB'],
  ] as const;
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  for (const language of ['nl', 'en']) {
    const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    for (const a of letters)
      for (const b of letters) {
        const code = a + b;
        const name = retired.includes(code) ? undefined : names.of(code);
        if (name !== undefined && name !== code)
          yield [
            name
              .toLowerCase()
              .replaceAll(/[^\p{L}]+/gu, ' ')
              .trim(),
            code,
          ];
      }
  }
}

/** Codes that are no country, or no longer one. */
const retired = [
  'EU',
  'EZ',
  'UN',
  'ZZ',
  'XA',
  'XB',
  'QO',
  'AN',
  'BU',
  'CS',
  'DD',
  'FX',
  'NT',
  'SU',
  'TP',
  'VD',
  'YD',
  'YU',
  'ZR',
  'UK',
];

const months = ['jan', 'feb', 'maa', 'apr', 'mei', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec'];
const otherMonths: Readonly<Record<string, string>> = { mar: 'maa', mrt: 'maa', may: 'mei', oct: 'okt' };

/** "2026-11-24", "24-11-2026", "24 november 2026"; null when it is no day or could be two. */
export function dayIn(text: string): string | null {
  const iso = /\b(\d{4})-(\d{2})-(\d{2})\b/.exec(text);
  const dutch = /\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b/.exec(text);
  if (dutch && text.includes('/') && Number(dutch[1]) <= 12 && Number(dutch[2]) <= 12) return null;
  const named = /\b(\d{1,2})\s+([a-z]{3})[a-z]*\.?\s+(\d{4})\b/i.exec(text);
  const month = named?.[2]?.toLowerCase() ?? '';
  const parts = iso
    ? [iso[1], iso[2], iso[3]]
    : dutch
      ? [dutch[3], dutch[2], dutch[1]]
      : named
        ? [named[3], String(months.indexOf(otherMonths[month] ?? month) + 1), named[1]]
        : null;
  if (!parts) return null;
  const day = `${parts[0] ?? ''}-${(parts[1] ?? '').padStart(2, '0')}-${(parts[2] ?? '').padStart(2, '0')}`;
  const read = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(read.getTime()) || read.toISOString().slice(0, 10) !== day ? null : day;
}

const measureWords = [
  ['confidentiality', 'P21', /geheimhouding|confidential|nda\b/i],
  ['mfa', 'P22', /\bmfa\b|tweestap|twee-?factor|2fa|two-?factor|multi-?factor/i],
  ['sso', 'P22', /\bsso\b|single sign/i],
  ['passwords', 'P22', /wachtwoord|password/i],
  ['backups', 'P23', /back-?up/i],
  ['standard', 'P24', /\biso\b|\bnen\b|27001/i],
  ['physical', 'P25', /fysiek|slot|alarm|physical|locks/i],
  ['suppliers', 'P26', /leverancier|verwerkersovereenkomst|supplier|processing agreement/i],
  ['risk-review', 'P27', /risico|\brisk/i],
  ['audit', 'P28', /audit|keurmerk|certific/i],
] as const;

/** Kind of a measure and the promise it keeps, when the words name one we know. */
export function measureIn(
  text: string,
): { readonly kind: (typeof measureWords)[number][0]; readonly promise: string } | null {
  const found = measureWords.find(([, , words]) => words.test(text));
  return found ? { kind: found[0], promise: found[1] } : null;
}
