/** Who else gets it, where they are, and for whom it is done. */
import { recipientRoles } from '../../../../policy/phrases.ts';
import { named, noted, notRead, remark, said, type At, type Cell } from './at.ts';
import { lines, type Item } from './cells.ts';
import type { AgreementDraft, DataDraft, RecipientDraft } from './draft.ts';
import { countriesIn, dayIn, isNothing, mechanismIn, recipientRole } from './words.ts';

type Role = RecipientDraft['role'];

export function recipientsIn(at: At, data: readonly DataDraft[]): RecipientDraft[] {
  return [...new Set(named(at, 'recipients', 'processors').map(({ one, cell }) => recipient(at, one, cell, data)))];
}

function recipient(at: At, one: Item, cell: Cell, data: readonly DataDraft[]): RecipientDraft {
  const roles = Object.keys(recipientRoles) as Role[];
  const given = roles.find((role) => one.words.includes(role));
  const role = given ?? (cell.column === 'processors' ? 'processor' : recipientRole(one.text));
  const country = one.words.find((word) => /^[A-Z]{2}$/.test(word)) ?? onlyCountry(at, one.text);
  const text = given === undefined ? withoutCountryAlone(at, withoutRoleAlone(one.text)) : withoutRole(one.text, given);
  let isNew = false;
  const made = at.draft.recipients.of(text, one.id, (id) => {
    isNew = true;
    if (role === null || country === null)
      remark(
        at,
        'check',
        cell,
        text,
        `Gelezen als ontvanger${role === null ? ' die zelf verantwoordelijke is ("role")' : ''}${country === null ? `${role === null ? ' en' : ''} in Nederland ("country")` : ''}: klopt dat?`,
        `Read as a recipient${role === null ? ' that is a controller itself ("role")' : ''}${country === null ? `${role === null ? ' and' : ''} in the Netherlands ("country")` : ''}: is that right?`,
      );
    return {
      id,
      text,
      role: role ?? 'controller',
      country,
      data: new Set(),
      agreement: agreementIn(one),
      transfer: null,
    };
  });
  if (!isNew && role !== null && role !== made.role)
    remark(
      at,
      'check',
      cell,
      one.whole,
      `Hierboven gelezen als ${recipientRoles[made.role].nl}, en hier staat ${recipientRoles[role].nl}. Is het een ander? Geef het dan een eigen naam.`,
      `Read above as ${recipientRoles[made.role].en}, and here it says ${recipientRoles[role].en}. Is it another? Then give it a name of its own.`,
    );
  if (!isNew && country !== null && made.country === null) made.country = country;
  if (!isNew && country !== null && made.country !== country)
    remark(
      at,
      'check',
      cell,
      one.whole,
      `Hierboven gelezen als ${made.country ?? ''}, en hier staat ${country}. Is het een ander bedrijf? Geef het dan een eigen naam.`,
      `Read above as ${made.country ?? ''}, and here it says ${country}. Is it another company? Then give it a name of its own.`,
    );
  const names = one.values['data']?.split(',').filter((id) => data.some((known) => known.id === id));
  for (const id of names ?? data.map((known) => known.id)) made.data.add(id);
  return made;
}

/** "MailProvider BV (verwerker)": between the brackets stands its role and nothing of its name. */
function withoutRoleAlone(text: string): string {
  const bare = text.replace(roleAlone, '').trimEnd();
  return bare === '' ? text : bare;
}

/** "Mailchimp (VS)": between the brackets stands its country and nothing of its name. */
function withoutCountryAlone(at: At, text: string): string {
  const found = /^(.*\S)\s*\(([^()]+)\)$/.exec(text);
  const [bare, inside] = [found?.[1], found?.[2]?.trim().toLowerCase()];
  return bare !== undefined && at.names().some(([name]) => name === inside) ? bare : text;
}

const roleAlone =
  /\((?:(?:sub-?)?(?:verwerker|bewerker|processor)|(?:(?:gezamenlijke?|joint) )?(?:verwerkingsverantwoordelijke|verantwoordelijke|controller))\)$/i;

function withoutRole(text: string, role: Role): string {
  const ends = Object.values(recipientRoles[role])
    .map((word) => text.lastIndexOf(` (${word}, `))
    .filter((at) => at >= 0);
  return ends.length === 0 ? text : text.slice(0, Math.min(...ends));
}

function onlyCountry(at: At, text: string): string | null {
  const countries = countriesIn(text, at.names());
  return countries.length === 1 ? (countries[0] ?? null) : null;
}

function agreementIn({ values }: Item): AgreementDraft | null {
  const id = values['agreement'];
  if (id === undefined) return null;
  const hours = Number(values['breach']);
  return {
    id,
    signed: values['signed'] ?? null,
    until: values['until'] ?? null,
    breachHours: Number.isInteger(hours) && hours > 0 ? hours : null,
  };
}

export function readTransfers(at: At, recipients: readonly RecipientDraft[]): void {
  for (const cell of said(at, 'transfers'))
    for (const one of lines(cell.value)) {
      // Our own export says of a recipient that its country was not filled in; the recipient itself says so too.
      if (isNothing(one.text) || /: (nog niet ingevuld|not filled in yet)$/.test(one.text)) continue;
      if (/binnen de (eer|eu)|within the (eea|eu)/i.test(one.text)) continue;
      const mechanism = mechanismIn(one.words.join(' ')) ?? mechanismIn(one.text);
      const country = onlyCountry(at, one.text.split(':')[0] ?? '') ?? onlyCountry(at, one.text);
      const target =
        recipients.find(({ id }) => id === one.id) ?? (recipients.length === 1 ? recipients[0] : undefined);
      if (!target || country === null) {
        notRead(
          at,
          cell,
          one.whole,
          'Welke ontvanger, in welk land, met welk middel (art. 44-49)? Zet het bij die ontvanger onder "country" en "transfer".',
          'Which recipient, in which country, by which mechanism (Art. 44-49)? Put it with that recipient under "country" and "transfer".',
        );
        continue;
      }
      if (one.id === null) noted(at, cell, one.whole);
      target.country = country;
      const document = one.values['document'];
      const date = dayIn(one.words.join(' '));
      if (mechanism)
        target.transfer = {
          mechanism,
          assessment: document !== undefined && date !== null ? { document, date } : null,
        };
      else
        notRead(
          at,
          cell,
          one.whole,
          'Met welk middel (art. 44-49)? Vul "transfer.mechanism" aan.',
          'By which mechanism (Art. 44-49)? Add "transfer.mechanism".',
        );
    }
}

/** The client of a processing; null when the row names none. */
export function clientIn(at: At, purpose: string): string | null {
  const [cell] = said(at, 'client');
  const [first, ...rest] = cell ? lines(cell.value) : [];
  if (!cell || !first || isNothing(cell.value)) return null;
  if (isNothing(first.text)) {
    notRead(
      at,
      cell,
      cell.value,
      'Welke klant is dit? Zet hem onder "clients".',
      'Which client is this? Put it under "clients".',
    );
    return null;
  }
  const processing = rest.find((one) => one.words.includes('processing'))?.text ?? purpose;
  const client = at.draft.clients.of(first.text, first.id, (id) => ({
    id,
    text: first.text,
    processing,
    agreement: null,
  }));
  client.agreement ??= rest.map(agreementIn).find((one) => one !== null) ?? null;
  for (const one of rest)
    if (!one.words.includes('processing') && agreementIn(one) === null)
      notRead(
        at,
        cell,
        one.whole,
        'Zet dit bij de klant onder "clients".',
        'Put this with the client under "clients".',
      );
  return client.id;
}
