/** Every text of versions, notices and the website, Dutch and English side by side. */
import { counted } from '../../../base/wording.ts';
import { nearest } from '../../../base/yaml.ts';
import type { Text } from '../../../base/language.ts';
import type { Policy } from '../../../policy/index.ts';
import { Mistake, Refusal } from '../../world.ts';
import type { ActKind, Standing } from './model.ts';

export const standings: Readonly<Record<Standing, Text>> = {
  draft: { nl: 'concept', en: 'draft' },
  reviewed: { nl: 'bekeken', en: 'reviewed' },
  approved: { nl: 'goedgekeurd', en: 'approved' },
  planned: { nl: 'gepland', en: 'planned' },
  published: { nl: 'gepubliceerd', en: 'published' },
  superseded: { nl: 'opgevolgd', en: 'superseded' },
  withdrawn: { nl: 'ingetrokken', en: 'withdrawn' },
};

/** What was done with a version, by someone on a day. */
export const acts: Readonly<Record<ActKind, Text>> = {
  drafted: { nl: 'gemaakt', en: 'drafted' },
  reviewed: { nl: 'bekeken', en: 'reviewed' },
  approved: { nl: 'goedgekeurd', en: 'approved' },
  published: { nl: 'gepubliceerd', en: 'published' },
  withdrawn: { nl: 'ingetrokken', en: 'withdrawn' },
};

/** Each rule with the first places where it is broken, and how the officer would let all of them pass. */
function faultLines(faults: readonly { rule: string; path: string; message: Text }[], language: 'nl' | 'en'): string {
  const rules = [...new Set(faults.map((one) => one.rule))];
  const more = { nl: 'en nog', en: 'and also' }[language];
  return rules
    .flatMap((rule) => {
      const own = faults.filter((one) => one.rule === rule);
      const sections = [...new Set(own.map((one) => (own.length > 1 ? one.path.replace(/\..*$/, '') : one.path)))];
      return [
        ...own.slice(0, 3).map((one) => `  ${rule} ${one.path}: ${one.message[language]}`),
        ...(own.length > 3
          ? [
              `  ${rule} ${more} ${own
                .slice(3)
                .map((one) => one.path)
                .join(', ')}`,
            ]
          : []),
        ...sections.map(
          (path) => `    gestand publish override --rule ${rule} --path ${path} --reason … --until … --as …`,
        ),
      ];
    })
    .join('\n');
}

export const refusals = {
  /** `words` are what could have been meant: the names of the versions, and what else can stand in that place. */
  unknown: (version: string, words: readonly string[] = []) => {
    const near = nearest(version, words);
    return new Refusal('version-unknown', {
      nl: `Er is geen versie "${version}". ${near === undefined ? '"gestand publish list" toont ze.' : `Bedoelde u "${near}"?`}`,
      en: `There is no version "${version}". ${near === undefined ? '"gestand publish list" shows them.' : `Did you mean "${near}"?`}`,
    });
  },
  ambiguous: (label: string, ids: readonly string[]) =>
    new Mistake('version-ambiguous', {
      nl: `Er zijn meer versies "${label}": noem ${ids.join(' of ')}.`,
      en: `There are several versions "${label}": name ${ids.join(' or ')}.`,
    }),
  noLabel: () =>
    new Mistake('version-without-name', {
      nl: 'Het beleid noemt geen versie en datum van de verklaring. Schrijf ze onder "publication" als "version" en "date".',
      en: 'The policy names no version and date of the statement. Write them under "publication" as "version" and "date".',
    }),
  labelTaken: (label: string) =>
    new Refusal('version-name-taken', {
      nl: `Versie "${label}" is al gepubliceerd, met een andere inhoud. Geef de nieuwe een eigen naam en datum onder "publication" in het beleid.`,
      en: `Version "${label}" was published before, with other content. Give the new one a name and date of its own under "publication" in the policy.`,
    }),
  order: (label: string, now: Standing) =>
    new Refusal('version-order', {
      nl: `Versie "${label}" is nu: ${standings[now].nl}. Eerst bekijken, dan goedkeuren, dan publiceren.`,
      en: `Version "${label}" is now: ${standings[now].en}. It is reviewed first, then approved, then published.`,
    }),
  samePerson: () =>
    new Refusal('version-same-person', {
      nl: 'Wie het concept maakte of bekeek, kan het niet goedkeuren. Laat een ander dit doen: gestand publish approve VERSIE --as NAAM.',
      en: 'Whoever drafted or reviewed it cannot approve it. Let another person do this: gestand publish approve VERSION --as NAME.',
    }),
  inForce: () =>
    new Refusal('version-in-force', {
      nl: 'Deze versie is of was de verklaring en blijft leesbaar. Publiceer een nieuwe versie in haar plaats.',
      en: 'This version is or was the statement and stays readable. Publish a new version in its place.',
    }),
  notADay: (text: string) =>
    new Mistake('not-a-day', {
      nl: `"${text}" is geen dag; schrijf bijvoorbeeld 2026-12-01.`,
      en: `"${text}" is not a day; write 2026-12-01 for example.`,
    }),
  dayPast: (day: string) =>
    new Mistake('day-past', {
      nl: `${day} is voorbij. Een verklaring geldt vanaf vandaag of later.`,
      en: `${day} is past. A statement takes effect today or later.`,
    }),
  afterPlanned: (label: string, day: string) =>
    new Refusal('later-version-planned', {
      nl: `Versie "${label}" is al gepland voor ${day}. Trek die eerst in, of kies die dag of een latere.`,
      en: `Version "${label}" is planned for ${day} already. Withdraw it first, or choose that day or a later one.`,
    }),
  blocked: (faults: readonly { rule: string; path: string; message: Text }[]) =>
    new Refusal('publication-blocked', {
      nl: `Dit mag zo niet naar buiten (${faults.length}): de wet mist iets, of een zin is niet waar. Maak het waar, of schrijf in het beleid wat waar is en maak een nieuw concept. Kan het geen van beide nu, dan mag de functionaris het met een reden en een einddatum toestaan.\n${faultLines(faults, 'nl')}`,
      en: `This cannot be published like this (${faults.length}): the law misses something, or a sentence is not true. Make it true, or write in the policy what is true and make a new draft. If neither can be done now, the data protection officer may let it pass with a reason and a last day.\n${faultLines(faults, 'en')}`,
    }),
  damaged: (version: string, files: readonly string[]) =>
    new Refusal('version-damaged', {
      nl: `De bestanden van ${version} zijn niet meer wat werd goedgekeurd: ${files.join(', ')}. Zet ze terug uit een kopie, of maak het concept opnieuw.`,
      en: `The files of ${version} are no longer what was approved: ${files.join(', ')}. Put them back from a copy, or make the draft again.`,
    }),
  notOfficer: (name: string) =>
    new Refusal('officer-only', {
      nl: `Alleen de functionaris gegevensbescherming (${name}) kan een fout van de toetser toestaan.`,
      en: `Only the data protection officer (${name}) can let an error of the linter pass.`,
    }),
  officerUnnamed: () =>
    new Refusal('officer-unknown', {
      nl: 'Alleen de functionaris gegevensbescherming kan een fout van de toetser toestaan, en hier is niet bekend wie dat is. Schrijf de naam in "dpo.name" van het beleid, of geef de functionaris een account: gestand people invite --name NAAM --email ADRES --role dpo.',
      en: 'Only the data protection officer can let an error of the linter pass, and nothing here says who that is. Write the name in "dpo.name" of the policy, or give the officer an account: gestand people invite --name NAME --email ADDRESS --role dpo.',
    }),
  nobodyAnswers: () =>
    new Refusal('officer-unknown', {
      nl: 'Het beleid heeft geen functionaris gegevensbescherming. Dan kan een privacy-officer een fout toestaan, en die is er nog niet: gestand people invite --name NAAM --email ADRES --role privacy-officer.',
      en: 'The policy has no data protection officer. Then a privacy officer can let an error pass, and there is none yet: gestand people invite --name NAME --email ADDRESS --role privacy-officer.',
    }),
  notAnswering: (names: readonly string[]) =>
    new Refusal('officer-only', {
      nl: `Het beleid heeft geen functionaris gegevensbescherming. Dan kan alleen een privacy-officer een fout toestaan: ${names.join(', ')}.`,
      en: `The policy has no data protection officer. Then only a privacy officer can let an error pass: ${names.join(', ')}.`,
    }),
  ownWork: () =>
    new Refusal('override-own-work', {
      nl: 'Wie dit concept maakte of bekeek, kan er geen fout in toestaan. Laat een andere privacy-officer dit doen.',
      en: 'Whoever drafted or reviewed this cannot let an error in it pass. Let another privacy officer do this.',
    }),
  overrideNothing: (rule: string, path: string) =>
    new Refusal('override-matches-nothing', {
      nl: `De toetser meldt bij "${path}" geen fout ${rule}. "gestand publish show VERSIE" toont wat de publicatie tegenhoudt.`,
      en: `The linter reports no error ${rule} at "${path}". "gestand publish show VERSION" shows what blocks publication.`,
    }),
  overrideTooLong: (latest: string) =>
    new Mistake('override-until', {
      nl: `Een fout kan hooguit een jaar worden toegestaan, en niet tot een dag die voorbij is: uiterlijk tot ${latest}.`,
      en: `An error can be let pass for a year at most, and not until a day that is past: until ${latest} at the latest.`,
    }),
  noNotice: (group: string, groups: readonly string[]) =>
    new Refusal('notice-unknown', {
      nl: `Aan "${group}" hoeft van deze versie niets (meer) verteld te worden${groups.length > 0 ? `; wel aan ${groups.join(', ')}` : ''}.`,
      en: `Nothing of this version is (still) to be told to "${group}"${groups.length > 0 ? `; it is to ${groups.join(', ')}` : ''}.`,
    }),
  unreadable: (version: string) =>
    new Refusal('version-unreadable', {
      nl: `Het beleid van versie ${version} is met dit programma niet te lezen, dus het verschil is niet te geven.`,
      en: `The policy of version ${version} cannot be read by this program, so the difference cannot be told.`,
    }),
  noAddress: () =>
    new Mistake('website-unknown', {
      nl: 'Het beleid zegt niet waar de verklaring op uw website staat. Zet dat adres onder "publication" in "url".',
      en: 'The policy does not say where the statement is on your website. Write that address under "publication" in "url".',
    }),
  pageUnread: (why: Text) =>
    new Refusal('page-unread', {
      nl: `De pagina is niet gelezen: ${why.nl}.`,
      en: `The page was not read: ${why.en}.`,
    }),
  emptyName: () =>
    new Mistake('name-needed', { nl: 'Zeg wie dit doet: --as NAAM.', en: 'Say who does this: --as NAME.' }),
  emptyReason: () => new Mistake('reason-needed', { nl: 'Zeg waarom: --reason.', en: 'Say why: --reason.' }),
  emptyHow: () =>
    new Mistake('how-needed', { nl: 'Zeg hoe het is verteld: --how.', en: 'Say how it was told: --how.' }),
  noFile: (name: string) =>
    new Refusal('file-unknown', {
      nl: `Bij deze versie hoort geen bestand "${name}". "gestand publish show VERSIE" noemt ze.`,
      en: `No file "${name}" belongs to this version. "gestand publish show VERSION" names them.`,
    }),
  nothingPublished: () =>
    new Refusal('nothing-published', {
      nl: 'Er is nog geen verklaring gepubliceerd.',
      en: 'No statement has been published yet.',
    }),
};

const earlierOnes = {
  one: { nl: 'eerdere blijft', en: 'earlier one stays' },
  more: { nl: 'eerdere blijven', en: 'earlier ones stay' },
};
const sentencesDiffer = {
  one: { nl: 'zin verschilt', en: 'sentence differs' },
  more: { nl: 'zinnen verschillen', en: 'sentences differ' },
};

const byMail: Text = {
  nl: 'een e-mail aan iedereen van wie u het adres hebt',
  en: 'an e-mail to everyone whose address you have',
};

/** How a group is reached best. */
export const channels: Readonly<Record<Policy['subjects'][number]['kind'], Text>> = {
  customer: { nl: 'een e-mail aan elke klant', en: 'an e-mail to each customer' },
  supplier: { nl: 'een e-mail aan elke leverancier', en: 'an e-mail to each supplier' },
  prospect: byMail,
  applicant: { nl: 'een e-mail aan wie nu solliciteert', en: 'an e-mail to those who are applying now' },
  employee: { nl: 'een bericht aan alle medewerkers', en: 'a message to all staff' },
  caller: {
    nl: 'de tekst aan het begin van een gesprek, en een bericht op de website',
    en: 'the announcement at the start of a call, and a message on the website',
  },
  filmed: {
    nl: 'het bord bij de ingang, en een bericht op de website',
    en: 'the sign at the entrance, and a message on the website',
  },
  'website-visitor': { nl: 'een bericht bovenaan de website', en: 'a message at the top of the website' },
  partner: byMail,
  member: { nl: 'een e-mail aan elk lid', en: 'an e-mail to each member' },
  patient: { nl: 'een bericht aan elke patiënt', en: 'a message to each patient' },
  parent: byMail,
  subscriber: { nl: 'een bericht in de nieuwsbrief', en: 'a message in the newsletter' },
  contact: byMail,
  'end-user': byMail,
  other: byMail,
};

export const channelOfClient: Text = {
  nl: 'schriftelijk aan de klant, op de manier die in de overeenkomst staat',
  en: 'in writing to the client, in the way that the agreement says',
};

export const notice = {
  heading: { nl: 'Onze privacyverklaring verandert', en: 'Our privacy statement changes' },
  subtitle: (group: Text, label: string, day: Text): Text => ({
    nl: `Voor: ${group.nl}. Versie ${label}, vanaf ${day.nl}`,
    en: `For: ${group.en}. Version ${label}, from ${day.en}`,
  }),
  opening: (day: Text, client: boolean): Text => ({
    nl: `Vanaf ${day.nl} geldt een nieuwe versie van onze privacyverklaring. ${client ? 'Dit verandert er in wat wij voor u verwerken:' : 'Dit verandert er voor u:'}`,
    en: `From ${day.en} a new version of our privacy statement applies. ${client ? 'This is what changes in what we process for you:' : 'This is what changes for you:'}`,
  }),
  title: { nl: 'Wat kunt u doen?', en: 'What can you do?' },
  ofPerson: (when: 'before' | 'afterwards'): Text =>
    when === 'before'
      ? {
          nl: 'U hoeft niets te doen. Bent u het er niet mee eens, dan kunt u bezwaar maken of uw gegevens laten wissen. Gaf u toestemming, dan kunt u die intrekken.',
          en: 'You do not have to do anything. If you do not agree, you can object or have your data erased. If you gave consent, you can withdraw it.',
        }
      : {
          nl: 'U hoeft niets te doen. Uw rechten blijven dezelfde.',
          en: 'You do not have to do anything. Your rights stay the same.',
        },
  ofClient: {
    nl: 'U kunt bezwaar maken tegen een nieuwe subverwerker (art. 28 lid 2 AVG). Laat het ons weten voordat de wijziging ingaat.',
    en: 'You can object to a new sub-processor (Art. 28(2) GDPR). Let us know before the change takes effect.',
  },
  mail: (address: string): Text => ({ nl: `Mail ons op ${address}.`, en: `E-mail us at ${address}.` }),
  write: (address: string): Text => ({
    nl: `Per post bereikt u ons zo: ${address}.`,
    en: `By post you reach us at ${address}.`,
  }),
  whole: (url: string): Text => ({
    nl: `De hele verklaring staat op ${url}.`,
    en: `The whole statement is at ${url}.`,
  }),
};

/** What "verify" finds. */
export const damage: Readonly<Record<'missing' | 'changed' | 'unknown' | 'not-as-signed', Text>> = {
  missing: { nl: 'is er niet meer', en: 'is no longer there' },
  changed: { nl: 'is veranderd', en: 'was changed' },
  unknown: { nl: 'hoort er niet bij', en: 'does not belong to it' },
  'not-as-signed': { nl: 'is niet wat in het logboek getekend staat', en: 'is not what was signed in the log' },
};

const few = (words: readonly string[]): string => [...new Set(words)].slice(0, 5).join(', ');

/** What the checks of P06 say. */
export const checked = {
  nothing: {
    nl: 'Er is nog geen verklaring gepubliceerd: "gestand publish draft".',
    en: 'No statement has been published yet: "gestand publish draft".',
  },
  damaged: (labels: readonly string[]): Text => ({
    nl: `Niet meer zoals gepubliceerd: versie ${few(labels)}. "gestand publish verify" zegt welke bestanden.`,
    en: `No longer as published: version ${few(labels)}. "gestand publish verify" says which files.`,
  }),
  late: (groups: readonly string[]): Text => ({
    nl: `Te laat verteld of nog niet verteld: ${few(groups)}. Zie "gestand publish notices".`,
    en: `Told too late or not yet: ${few(groups)}. See "gestand publish notices".`,
  }),
  waiting: (groups: readonly string[]): Text => ({
    nl: `Nog te vertellen aan: ${few(groups)}. Zie "gestand publish notices".`,
    en: `Still to be told: ${few(groups)}. See "gestand publish notices".`,
  }),
  everyone: {
    nl: 'Iedereen voor wie een versie iets veranderde is ingelicht.',
    en: 'Everyone for whom a version changed something was told.',
  },
  faults: (rules: readonly string[]): Text => ({
    nl: `De wet mist iets in de gepubliceerde verklaring: ${few(rules)}.`,
    en: `The law misses something in the published statement: ${few(rules)}.`,
  }),
  moved: (label: string): Text => ({
    nl: `Hier werkt een ander beleid dan dat van versie ${label}: laat dat van de versie in werking treden, of publiceer wat nu werkt.`,
    en: `Another policy runs here than that of version ${label}: put that of the version in force, or publish what runs now.`,
  }),
  whole: (label: string, day: string, earlier: number): Text => ({
    nl: `Versie ${label} geldt sinds ${day}; ${counted(earlier, earlierOnes.one, earlierOnes.more).nl} leesbaar.`,
    en: `Version ${label} is in force since ${day}; ${counted(earlier, earlierOnes.one, earlierOnes.more).en} readable.`,
  }),
  served: (label: string, exact: boolean): Text => ({
    nl: `De website toont versie ${label}${exact ? ', byte voor byte' : ', woord voor woord'}.`,
    en: `The website shows version ${label}, ${exact ? 'byte for byte' : 'word for word'}.`,
  }),
  other: (label: string, served: string): Text => ({
    nl: `De website toont een andere versie (${served}); de nieuwste is ${label}.`,
    en: `The website shows another version (${served}); the newest is ${label}.`,
  }),
  changed: (label: string, n: number): Text => ({
    nl: `De tekst op de website is niet die van versie ${label}: ${counted(n, sentencesDiffer.one, sentencesDiffer.more).nl}.`,
    en: `The text on the website is not that of version ${label}: ${counted(n, sentencesDiffer.one, sentencesDiffer.more).en}.`,
  }),
  unreachable: (why: Text): Text => ({
    nl: `De website is niet gelezen: ${why.nl}.`,
    en: `The website was not read: ${why.en}.`,
  }),
};
