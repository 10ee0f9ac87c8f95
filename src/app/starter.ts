/**
 * The policy that a newcomer begins with: the reference, without what the organisation says it does not do, and without anything
 * that only the reference's own organisation could say: its officer, agreements, assessments, seal, claims, dates. What the law
 * asks of those is then missing, and the linter says so, where a copied answer would have passed for an answer. Pure.
 */
import type { Text } from '../base/language.ts';
import { openYaml, type YamlText } from '../base/yaml-edit.ts';
import { unnamedClient } from '../policy/index.ts';
import { schemaComment } from './schemas.ts';

/** What an organisation does or does not do; the first question that is asked comes first. */
export const parts = ['telephony', 'recordings', 'cameras', 'staff', 'applicants', 'news', 'clients'] as const;
export type Part = (typeof parts)[number];

export const partQuestions: Readonly<Record<Part, Text>> = {
  telephony: {
    nl: 'Biedt u telefonie of internettoegang aan (openbare telecomdienst)?',
    en: 'Do you offer telephony or internet access (a public telecom service)?',
  },
  recordings: { nl: 'Neemt u telefoongesprekken op?', en: 'Do you record telephone calls?' },
  cameras: { nl: 'Hangen er camera’s?', en: 'Are there cameras?' },
  staff: { nl: 'Hebt u medewerkers in loondienst?', en: 'Do you employ people?' },
  applicants: { nl: 'Krijgt u sollicitaties?', en: 'Do people apply for a job with you?' },
  news: { nl: 'Stuurt u klanten nieuws of reclame?', en: 'Do you send customers news or marketing?' },
  clients: {
    nl: 'Bewaart of beheert u gegevens voor klanten (hosting, beheer)?',
    en: 'Do you keep or manage data for clients (hosting, administration)?',
  },
};

export interface Beginning {
  readonly organisation: string;
  readonly post: string;
  readonly email: string;
  /** Empty when there is none. */
  readonly website: string;
  /** The data protection officer, where there is one. */
  readonly dpo?: { readonly name: string; readonly email: string };
  /** Absent: all of them, to be cut down by hand. */
  readonly does?: ReadonlySet<Part>;
}

/** What goes with a part; what is left without any data goes too. */
const belongs: Readonly<
  Record<Part | 'website', { data: readonly string[]; purposes: readonly string[]; keys: readonly string[] }>
> = {
  telephony: { data: ['traffic-data', 'shielded-numbers'], purposes: ['billing'], keys: ['telecom'] },
  recordings: { data: ['call-recordings', 'voicemail'], purposes: ['training'], keys: [] },
  cameras: { data: ['video'], purposes: ['security'], keys: [] },
  staff: { data: ['employees', 'national-numbers', 'employee-id', 'sick-leave'], purposes: [], keys: [] },
  applicants: { data: ['applicants'], purposes: [], keys: [] },
  news: { data: [], purposes: ['news'], keys: [] },
  clients: { data: ['client-database'], purposes: ['hosting'], keys: ['clients'] },
  website: { data: ['website-visits'], purposes: ['website'], keys: ['cookies'] },
};

const heading = ` ${schemaComment('policy')}
 en: What we promise about personal data. Statement, registers and what is deleted when all follow from this file.
 en: Read every line: it is an example of an IT provider, cut down to what you said you do. Change what differs, then run
 en: "gestand lint": it says what the law still misses, where, and what to write. How to go on: docs/first-statement.md
 nl: Wat wij over persoonsgegevens beloven. Verklaring, registers en wat wanneer wordt verwijderd volgen uit dit bestand.
 nl: Lees elke regel: het is een voorbeeld van een IT-bedrijf, ingekort tot wat u zei dat u doet. Verander wat anders is en
 nl: draai "gestand lint": dat zegt wat de wet nog mist, waar, en wat u schrijft. Hoe het verder gaat: docs/first-statement.md`;

export function starterPolicy(reference: string, facts: Beginning, day: string): string {
  const document = openYaml(reference);
  document.remove(['dpo']);
  for (const [path, value] of own(facts, day)) document.set(path, value);
  for (const path of [
    ['publication', 'url'],
    ['publication', 'previous'],
    ['publication', 'forum'],
    ['organisation', 'activity'],
    ['locations', 'text'],
    ['cookies', 'statement'],
    ['cookies', 'text'],
    ['cookies', 'list'],
    ['claims'],
  ])
    document.remove(path);
  document.each('purposes', (at) => {
    // What callers hear and what hangs at the door is as it is there; copied, it would be stated of a door that nobody saw.
    for (const key of ['dpia', 'reviewed', 'calls', 'video']) document.remove([...at, key]);
    if (document.has([...at, 'interest'])) document.remove([...at, 'interest', 'assessment']);
  });
  for (const section of ['recipients', 'clients'])
    document.each(section, (at) => document.remove([...at, 'agreement']));
  document.each('retention', (at) => document.remove([...at, 'approval']));
  document.each('clients', (at) => {
    document.set([...at, 'name'], unnamedClient);
    for (const key of ['post', 'email']) document.remove([...at, key]);
  });
  document.each('measures', (at) => document.remove([...at, 'last']));
  document.without('measures', ['standard', 'premises']);
  shortVideo(document);
  const does = facts.does ?? new Set(parts);
  for (const part of parts) if (!does.has(part)) drop(document, part);
  if (!does.has('telephony') && !does.has('clients')) noNetwork(document);
  if (facts.website === '') drop(document, 'website');
  prune(document);
  return document.text(heading);
}

type At = readonly (string | number)[];

function own({ organisation, post, email, website, dpo, does }: Beginning, day: string): [At, unknown][] {
  return [
    [['organisation', 'name'], organisation],
    [['organisation', 'post'], post],
    [['organisation', 'email'], email],
    ...(website === '' ? [] : [[['organisation', 'website'], website] as [At, unknown]]),
    [['organisation', 'telecomProvider'], does?.has('telephony') ?? true],
    ...(dpo === undefined ? [] : [[['dpo'], dpo] as [At, unknown]]),
    [['publication', 'version'], `${day.slice(0, 4)}-1`],
    [['publication', 'date'], day],
    [['locations', 'allowed'], ['EEA']],
    [['holds', 'decides'], { nl: 'De directie', en: 'The management' }],
  ];
}

/** Four weeks, as the authority starts from: longer needs a reason, and that is one's own. */
function shortVideo(document: YamlText): void {
  document.each('retention', (at) => {
    if (document.get([...at, 'id']) !== 'video-90-days') return;
    const words = {
      nl: 'Ten hoogste vier weken, tenzij een onderzoek loopt',
      en: 'At most four weeks, unless an investigation is pending',
    };
    document.set([...at, 'id'], 'video-four-weeks');
    document.set([...at, 'text'], words);
    document.set([...at, 'keep'], 'P4W');
    document.remove([...at, 'justification']);
  });
}

/** A shop or a practice runs no connections for others: it has no linked hardware, no sessions and no servers to speak of. */
function noNetwork(document: YamlText): void {
  document.without('data', ['service-details', 'service-sessions']);
  document.each('purposes', (at) => {
    if (document.get([...at, 'id']) === 'security')
      document.set([...at, 'text'], { nl: 'Het pand beveiligen', en: 'Securing the premises' });
  });
}

function drop(document: YamlText, part: Part | 'website'): void {
  const { data, purposes, keys } = belongs[part];
  document.without('data', data);
  document.without('purposes', purposes);
  for (const key of keys) document.remove([key]);
  if (part === 'website') document.remove(['organisation', 'website']);
}

/** What points to something that is gone goes, and so does what is then about nothing. */
function prune(document: YamlText): void {
  const data = document.ids('data');
  for (const section of ['purposes', 'recipients', 'retention', 'terms']) {
    const empty: string[] = [];
    document.each(section, (at) => {
      document.keepOnly([...at, 'data'], data);
      if (document.list([...at, 'data']).length === 0) empty.push(String(document.get([...at, 'id'])));
    });
    document.without(section, empty);
  }
  const recipients = document.ids('recipients');
  document.each('purposes', (at) => document.keepOnly([...at, 'recipients'], recipients));
  document.each('clients', (at) => document.keepOnly([...at, 'subProcessors'], recipients));
  const used = new Set(
    ['data', 'purposes'].flatMap((section) => {
      const all: string[] = [];
      document.each(section, (at) => all.push(...document.list([...at, 'subjects'])));
      return all;
    }),
  );
  document.without(
    'subjects',
    [...document.ids('subjects')].filter((id) => !used.has(id)),
  );
  for (const section of ['data', 'purposes'])
    document.each(section, (at) => document.keepOnly([...at, 'subjects'], document.ids('subjects')));
}
