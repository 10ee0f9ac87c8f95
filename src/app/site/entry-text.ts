/** What an entry of the ledger says, in words: each event that there is, each of its fields, and each state. */
import type { Language, Text } from '../../base/language.ts';
import { eventTypes, type EventType } from '../../ledger/events.ts';
import { states } from '../../promises/proof/phrases.ts';

const aboutPerson: Text = { nl: 'over een persoon (inhoud verzegeld)', en: 'about a person (content sealed)' };

const events: Readonly<Record<EventType, Text>> = {
  'policy.adopted': { nl: 'een beleid ging werken', en: 'a policy came to run' },
  'estate.adopted': { nl: 'een landschap ging gelden', en: 'an estate came to apply' },
  'plan.frozen': { nl: 'een plan werd vastgelegd', en: 'a plan was frozen' },
  'plan.approved': { nl: 'een plan werd goedgekeurd', en: 'a plan was approved' },
  'review.erase': { nl: 'een mens besliste: verwijderen', en: 'a person decided: erase' },
  'review.withdrawn': {
    nl: 'een mens nam een besluit om te bewaren terug',
    en: 'a person took a decision to keep back',
  },
  'review.kept': { nl: 'een mens besliste: nog bewaren', en: 'a person decided: keep for now' },
  'run.intended': { nl: 'een run begint', en: 'a run begins' },
  'batch.intended': { nl: 'een partij begint', en: 'a batch begins' },
  'batch.receipt': { nl: 'een partij is uitgevoerd', en: 'a batch was carried out' },
  'batch.unseen': {
    nl: 'van een afgebroken partij is niet te zien of zij is uitgevoerd',
    en: 'of a batch that was cut off it cannot be seen whether it was carried out',
  },
  'verify.done': { nl: 'nagekeken na het verwijderen', en: 'verified after deletion' },
  'run.finished': { nl: 'een run is klaar', en: 'a run has ended' },
  'measure.taken': { nl: 'gemeten', en: 'measured' },
  'check.done': { nl: 'een controle liep', en: 'a check ran' },
  'promise.changed': { nl: 'een belofte veranderde van stand', en: 'a promise changed its state' },
  'hold.placed': { nl: 'een bewaarplicht werd ingesteld', en: 'a hold was placed' },
  'hold.release-asked': { nl: 'opheffing van een bewaarplicht gevraagd', en: 'release of a hold was asked' },
  'hold.released': { nl: 'een bewaarplicht werd opgeheven', en: 'a hold was released' },
  'hold.review-overdue': { nl: 'een bewaarplicht is te lang niet herzien', en: 'a hold is overdue for review' },
  'declaration.signed': { nl: 'iemand verklaarde iets', en: 'someone declared something' },
  'declaration.attached': { nl: 'een bijlage bij een verklaring', en: 'an attachment to a declaration' },
  'declaration.withdrawn': { nl: 'een verklaring werd ingetrokken', en: 'a declaration was withdrawn' },
  'document.kept': {
    nl: 'een document bij het beleid werd opgenomen',
    en: 'a document beside the policy was taken in',
  },
  'task.signed-off': { nl: 'een taak werd afgetekend', en: 'a task was signed off' },
  'access.refused': { nl: 'toegang geweigerd', en: 'access refused' },
  'access.reviewed': { nl: 'de toegang werd gecontroleerd', en: 'access was reviewed' },
  'declaration.adopted': {
    nl: 'een tekst van geheimhouding ging gelden',
    en: 'a text of confidentiality came to apply',
  },
  'dpo-key.changed': { nl: 'de sleutel van het postvak veranderde', en: 'the key of the box changed' },
  'statement.drafted': { nl: 'een versie van de verklaring werd gemaakt', en: 'a version of the statement was made' },
  'statement.reviewed': { nl: 'een versie werd bekeken', en: 'a version was reviewed' },
  'statement.approved': { nl: 'een versie werd goedgekeurd', en: 'a version was approved' },
  'statement.published': { nl: 'een versie werd gepubliceerd', en: 'a version was published' },
  'statement.withdrawn': { nl: 'een versie werd ingetrokken', en: 'a version was withdrawn' },
  'statement.overridden': { nl: 'een bevinding werd toegestaan', en: 'a finding was let pass' },
  'statement.told': { nl: 'mensen werden ingelicht', en: 'people were told' },
  'statement.seen-elsewhere': {
    nl: 'de verklaring op de website bekeken',
    en: 'the statement on the website was looked at',
  },
  'operator.alone': {
    nl: 'op de opdrachtregel deed één persoon wat er twee vraagt',
    en: 'on the command line one person did what takes two',
  },
  'decision.names-ended': {
    nl: 'namen bij oude plannen, bewaarplichten en taken gewist',
    en: 'names with old plans, holds and tasks were erased',
  },
  'statement.names-ended': { nl: 'namen bij oude versies gewist', en: 'names with old versions were erased' },
  'restore.detected': { nl: 'een teruggezette database opgemerkt', en: 'a restored database was noticed' },
  'ledger.opened': { nl: 'het bewijs werd geopend', en: 'the evidence was opened' },
};

type Field = { [T in EventType]: keyof (typeof eventTypes)[T] }[EventType];

const fields: Readonly<Record<Field, Text>> = {
  hash: { nl: 'hash', en: 'hash' },
  systems: { nl: 'systemen', en: 'systems' },
  plan: { nl: 'plan', en: 'plan' },
  policy: { nl: 'beleid', en: 'policy' },
  estate: { nl: 'landschap', en: 'estate' },
  due: { nl: 'aan de beurt', en: 'due' },
  held: { nl: 'vastgehouden', en: 'held' },
  retained: { nl: 'wettelijk bewaard', en: 'retained by law' },
  rules: { nl: 'regels', en: 'rules' },
  run: { nl: 'run', en: 'run' },
  rule: { nl: 'regel', en: 'rule' },
  sys: { nl: 'systeem', en: 'system' },
  ds: { nl: 'dataset', en: 'dataset' },
  cut: { nl: 'van vóór', en: 'from before' },
  step: { nl: 'stap', en: 'step' },
  batch: { nl: 'partij', en: 'batch' },
  n: { nl: 'aantal', en: 'number' },
  absent: { nl: 'al weg', en: 'already gone' },
  failed: { nl: 'mislukt', en: 'failed' },
  partial: { nl: 'ten dele', en: 'in part' },
  level: { nl: 'niveau', en: 'level' },
  recovered: { nl: 'hersteld', en: 'recovered' },
  left: { nl: 'nog over', en: 'left' },
  orphans: { nl: 'wezen', en: 'orphans' },
  state: { nl: 'stand', en: 'state' },
  decided: { nl: 'bewaard door een besluit', en: 'kept by a decision' },
  undated: { nl: 'zonder datum', en: 'undated' },
  counted: { nl: 'geteld', en: 'counted' },
  check: { nl: 'controle', en: 'check' },
  ok: { nl: 'in orde', en: 'in order' },
  promise: { nl: 'belofte', en: 'promise' },
  from: { nl: 'van', en: 'from' },
  to: { nl: 'naar', en: 'to' },
  hold: { nl: 'bewaarplicht', en: 'hold' },
  declaration: { nl: 'verklaring', en: 'declaration' },
  control: { nl: 'maatregel', en: 'control' },
  until: { nl: 'tot', en: 'until' },
  file: { nl: 'bestand', en: 'file' },
  bytes: { nl: 'bytes', en: 'bytes' },
  task: { nl: 'taak', en: 'task' },
  kind: { nl: 'soort', en: 'kind' },
  review: { nl: 'controle', en: 'review' },
  kept: { nl: 'gebleven', en: 'kept' },
  ended: { nl: 'beëindigd', en: 'ended' },
  key: { nl: 'sleutel', en: 'key' },
  keys: { nl: 'sleutels', en: 'keys' },
  version: { nl: 'versie', en: 'version' },
  files: { nl: 'bestanden', en: 'files' },
  notices: { nl: 'mededelingen', en: 'notices' },
  unproven: { nl: 'niet bewezen', en: 'not proven' },
  changes: { nl: 'veranderingen', en: 'changes' },
  deed: { nl: 'daad', en: 'deed' },
  had: { nl: 'had', en: 'had' },
  published: { nl: 'gepubliceerd', en: 'published' },
  shard: { nl: 'deel', en: 'shard' },
};

const values: Readonly<Record<string, Text>> = {
  ...states,
  complete: { nl: 'volledig', en: 'complete' },
  partial: { nl: 'ten dele', en: 'in part' },
  stopped: { nl: 'gestopt', en: 'stopped' },
  running: { nl: 'loopt', en: 'running' },
  none: { nl: 'nog niets', en: 'nothing yet' },
};

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** What kind of entry it is; one of a later version of the program keeps its own name. */
export function eventText(type: string, language: Language): string {
  return type === 'p' ? aboutPerson[language] : (own(events, type)?.[language] ?? type);
}

/** A field and its value: "naar nagekomen", "aantal 412". `moment` writes a time as the other pages do. */
export function factText(
  type: string,
  name: string,
  value: unknown,
  say: { readonly language: Language; moment(iso: string): string; until(iso: string): string },
): string {
  const { language } = say;
  const kind = own(own(eventTypes as Readonly<Record<string, Readonly<Record<string, string>>>>, type) ?? {}, name);
  const text = String(value);
  // The end of a day is that day, not the midnight after it.
  if (kind === 'time' && name === 'until') return say.until(text);
  const told = kind === 'state' ? (own(values, text)?.[language] ?? text) : kind === 'time' ? say.moment(text) : text;
  return `${own(fields, name)?.[language] ?? name} ${told}`;
}
