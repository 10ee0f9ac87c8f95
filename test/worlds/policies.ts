/** Policies for tests: the two references, one that uses the whole language, and any number that are changed and still valid. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'yaml';
import { parsePolicy, PolicyFile, readLaw, type LawBook, type Policy } from '../../src/policy/index.ts';

export type Raw = Record<string, unknown>;

export const references = ['it-provider', 'it-provider-2019'] as const;

export function rawPolicy(name: (typeof references)[number]): Raw {
  return parse(readFileSync(`policies/${name}/policy.yaml`, 'utf8')) as Raw;
}

/** The policy that a raw value is; throws with its mistakes when it is none. */
export function policyOf(raw: Raw): Policy {
  const { value, problems } = parsePolicy({ name: 'policy.yaml', text: JSON.stringify(raw) });
  if (!value) throw new Error(problems.map((one) => `${one.path}: ${one.message}`).join('\n'));
  return value;
}

export function lawBook(): LawBook {
  const files = ['nl', 'nl-duties', 'eu'].map((name) => ({
    name,
    text: readFileSync(`law/${name}.yaml`, 'utf8'),
  }));
  return readLaw(files);
}

const text = (nl: string, en: string) => ({ nl, en });
const paper = { document: 'documents/paper.md', date: '2026-03-04' };

/** The reference policy with everything in it that the reference itself does not need. */
export function wholePolicy(): Raw {
  const raw = rawPolicy('it-provider');
  const items = (section: string): Raw[] => raw[section] as Raw[];
  Object.assign(raw['organisation'] as Raw, {
    phone: '0485 000000',
    registration: '12345678',
    publicBody: true,
    children: { offered: true, text: text('Een ouder geeft dan toestemming.', 'A parent then consents.') },
  });
  raw['representative'] = { name: 'Vertegenwoordiger GmbH', email: 'eu@example.org' };
  raw['jointControllers'] = [
    {
      id: 'chain',
      name: 'Ketenpartner B.V.',
      email: 'keten@example.org',
      arrangement: 'https://www.example.org/samen',
    },
    { id: 'other', name: 'Stichting Samen', arrangement: 'documents/samen.md' },
  ];
  items('subjects').push({ id: 'volunteers', kind: 'other', text: text('Vrijwilligers', 'Volunteers') });
  items('data').push(
    {
      id: 'health',
      kind: 'special',
      subjects: ['volunteers'],
      text: text('Allergieën', 'Allergies'),
      condition: { gdpr: '9(2)(a)' },
    },
    {
      id: 'conduct',
      kind: 'criminal',
      subjects: ['volunteers'],
      text: text('Verklaring omtrent het gedrag', 'Certificate of conduct'),
      condition: { national: 'UAVG art. 33' },
    },
    {
      id: 'customer-id',
      kind: 'id-copy',
      masked: true,
      subjects: ['customers'],
      text: text('Kopie van een identiteitsbewijs van klanten', 'Copy of an identity document of customers'),
    },
  );
  items('purposes').push(
    {
      id: 'scoring',
      role: 'controller',
      basis: ['consent', 'contract'],
      subjects: ['volunteers', 'customers'],
      data: ['health', 'conduct'],
      recipients: ['cloud'],
      text: text('Aanmeldingen beoordelen', 'Judging applications'),
      notice: 'https://www.example.org/aanmelden',
      furtherUse: { of: 'service', compatibility: paper },
      automated: {
        text: text('Het systeem wijst een aanmelding toe of af.', 'The system accepts or rejects an application.'),
        legalOrSimilarEffect: true,
        basis: '22(2)(c)',
        logic: text('Het telt punten voor ervaring.', 'It counts points for experience.'),
        significance: text('U mag wel of niet meedoen.', 'You may take part or not.'),
        consequences: text('U kunt worden afgewezen.', 'You may be rejected.'),
        review: text('Bel ons, dan kijkt een mens.', 'Call us and a person looks.'),
      },
    },
    {
      id: 'safety',
      role: 'controller',
      basis: 'vital-interests',
      subjects: ['volunteers'],
      data: ['health'],
      text: text('Helpen bij een noodgeval', 'Helping in an emergency'),
    },
    {
      id: 'city',
      role: 'controller',
      basis: 'public-task',
      subjects: ['volunteers'],
      data: ['conduct'],
      text: text('De stad veilig houden', 'Keeping the city safe'),
    },
  );
  items('recipients').push(
    {
      id: 'cloud',
      name: 'Cloud Inc.',
      role: 'processor',
      country: 'US',
      data: ['health'],
      text: text('Het bedrijf dat aanmeldingen bewaart', 'The company that keeps applications'),
      transfer: {
        mechanism: '45',
        participant: true,
        copy: text('Mail ons om een kopie.', 'Send us an e-mail for a copy.'),
      },
    },
    {
      id: 'help',
      role: 'joint-controller',
      country: 'IN',
      data: ['customers'],
      text: text('De helpdesk in de avond', 'The help desk in the evening'),
      transfer: { mechanism: '46(2)(c)', assessment: paper },
    },
  );
  items('terms').push(
    {
      id: 'health-term',
      promise: 'P07',
      data: ['health'],
      text: text('Een jaar na het laatste optreden', 'One year after the last performance'),
      keep: 'P1Y',
      from: 'last-performance',
    },
    { id: 'conduct-term', promise: 'P07', data: ['conduct'], text: text('Drie maanden', 'Three months'), keep: 'P3M' },
  );
  items('claims').push(
    {
      id: 'automatic',
      promise: 'P08',
      kind: 'automatic-deletion',
      text: text('Opnames verdwijnen vanzelf.', 'Recordings go by themselves.'),
    },
    {
      id: 'automation',
      promise: 'P33',
      kind: 'automated-decisions',
      text: text('Soms beslist een computer.', 'Sometimes a computer decides.'),
    },
    { id: 'norm', promise: 'P24', kind: 'standard', text: text('Wij volgen NEN 7510.', 'We follow NEN 7510.') },
    {
      id: 'word',
      promise: 'P02',
      kind: 'other',
      text: text('Wij verkopen uw gegevens niet.', 'We do not sell your data.'),
    },
  );
  items('disclosures').push({
    id: 'press',
    promise: 'P17',
    kind: 'other',
    text: text('Aan de pers geven wij niets.', 'We give nothing to the press.'),
  });
  Object.assign(raw['complaint'] as Raw, {
    text: text('Vertel ons eerst wat er mis is.', 'First tell us what is wrong.'),
  });
  Object.assign(raw['rights'] as Raw, { channels: ['email', 'post', 'phone', 'portal', 'form'] });
  const cookies = raw['cookies'] as { list: Raw[]; statement: string };
  cookies.statement = 'https://www.example.org/cookies';
  cookies.list.push({
    name: '_count',
    kind: 'measurement',
    lasts: 'P30D',
    by: 'Teller B.V.',
    consent: true,
    text: text('Telt bezoeken', 'Counts visits'),
  });
  (raw['telecom'] as { traffic: Raw[] }).traffic.push({
    text: text('Plaats van een mobiele telefoon', 'Place of a mobile telephone'),
    purpose: 'news',
    consent: true,
    valueAdded: true,
  });
  return raw;
}

/** One change of a raw policy; `at` and `to` choose among the places there are. */
interface Change {
  readonly kind: 'drop' | 'shuffle' | 'write' | 'copy';
  readonly at: number;
  readonly to: number;
  readonly words: string;
}

const words = fc
  .oneof(
    fc
      .array(fc.stringMatching(/^[\p{L}\p{N}'’\-()&<>"=*_[\]]{1,9}$/u), { minLength: 1, maxLength: 9 })
      .map((all) => all.join(' ')),
    fc.constantFrom(
      'zeg nee. En dan? Stop!',
      'St. Jan B.V.',
      '=1+1',
      '<b>x</b>',
      'IP-adres…',
      'A',
      'éé n',
      'x: y; z,',
      ' y  y ',
    ),
  )
  .filter((one) => /[\p{L}\p{N}]/u.test(one));

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('drop', 'drop', 'drop', 'shuffle', 'write', 'copy'),
  at: fc.nat(),
  to: fc.nat(),
  words,
});

/** Valid policies: one of ours with parts dropped, items in another order, and other texts, some of them said twice. */
export function policies(): fc.Arbitrary<{ readonly policy: Policy }> {
  const starts = { whole: wholePolicy(), ...Object.fromEntries(references.map((name) => [name, rawPolicy(name)])) };
  return fc
    .tuple(fc.constantFrom(...Object.entries<Raw>(starts)), fc.array(change, { maxLength: 14 }))
    .map(([[name, start], changes]) => ({
      policy: policyOf(changes.reduce(changed, start)),
      [fc.toStringMethod]: () => `${name} after ${JSON.stringify(changes)}`,
    }));
}

/** The policy after the change; as it was when that would not be a policy. */
function changed(raw: Raw, one: Change): Raw {
  const next = structuredClone(raw);
  make(next, one);
  mend(next);
  return isValid(next) ? next : raw;
}

function make(raw: Raw, { kind, at, to, words }: Change): void {
  const places = placesIn(raw);
  const pick = <T>(all: readonly T[], n: number): T | undefined => all[n % Math.max(1, all.length)];
  if (kind === 'drop') {
    const place = pick(places, at);
    if (Array.isArray(place?.parent)) place.parent.splice(Number(place.key), 1);
    else if (place) delete (place.parent as Raw)[place.key];
  } else if (kind === 'shuffle') {
    const lists = places.flatMap(({ value }) => (Array.isArray(value) && value.length > 1 ? [value as unknown[]] : []));
    const list = pick(lists, at);
    list?.push(...list.splice(0, (to % (list.length - 1)) + 1));
  } else {
    const texts = places.flatMap(({ value }) => (isText(value) ? [value] : []));
    const target = pick(texts, at);
    const source = kind === 'copy' ? pick(texts, to) : { nl: words, en: `${words} en` };
    if (target && source) Object.assign(target, { nl: source.nl, en: source.en });
  }
}

interface Place {
  readonly parent: object;
  readonly key: string;
  readonly value: unknown;
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null || isText(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [{ parent: value, key, value: inner }, ...placesIn(inner)]);
}

function isText(value: unknown): value is { nl: string; en: string } {
  return typeof value === 'object' && value !== null && 'nl' in value && 'en' in value;
}

/** Takes out what refers to something that is gone, until nothing does. */
function mend(raw: Raw): void {
  const list = (name: string): Raw[] => (Array.isArray(raw[name]) ? (raw[name] as Raw[]) : []);
  for (let before = ''; before !== JSON.stringify(raw);) {
    before = JSON.stringify(raw);
    const ids = (name: string): unknown[] => list(name).map((one) => one['id']);
    const only = (section: string, key: string, target: string, needed = true): void => {
      const known = ids(target);
      const left = list(section).filter((one) => {
        if (!Array.isArray(one[key])) return true;
        one[key] = (one[key] as unknown[]).filter((id) => known.includes(id));
        return !needed || (one[key] as unknown[]).length > 0;
      });
      if (raw[section] !== undefined) raw[section] = left;
    };
    only('data', 'subjects', 'subjects');
    only('purposes', 'subjects', 'subjects');
    for (const section of ['purposes', 'recipients', 'retention', 'terms']) only(section, 'data', 'data');
    only('purposes', 'recipients', 'recipients', false);
    only('clients', 'subProcessors', 'recipients', false);
    for (const one of list('purposes')) {
      if (!ids('clients').includes(one['client'])) delete one['client'];
      const further = one['furtherUse'] as Raw | undefined;
      if (further && !ids('purposes').includes(further['of'])) delete one['furtherUse'];
    }
    for (const one of list('retention'))
      if (Array.isArray(one['keptWhile']))
        one['keptWhile'] = (one['keptWhile'] as Raw[]).filter((other) => ids('data').includes(other['data']));
    const telecom = raw['telecom'] as { traffic?: Raw[] } | undefined;
    if (telecom?.traffic) telecom.traffic = telecom.traffic.filter((one) => ids('purposes').includes(one['purpose']));
  }
}

function isValid(raw: Raw): boolean {
  return PolicyFile.safeParse(raw).success;
}
