/** The policy: what runs, the linter beside it, the draft that someone writes at, and what a rule asks. */
import type { Language, Text } from '../../base/language.ts';
import { changesOf, type ChangeView } from '../changes.ts';
import { findingGroups, groupOf, type FindingGroup } from '../finding-groups.ts';
import { html, nothing, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { badge, button, card, empty, facts, form, heading, link, moment, section, type State } from '../ui/controls.ts';

export interface FindingView {
  /** "policy" for what keeps the text from being one, or the home from opening with it. */
  readonly rule: string;
  /** "policy.yaml", or another file of the home. */
  readonly file: string;
  readonly title: string;
  readonly severity: 'E' | 'W' | 'I';
  readonly line: number;
  /** Where in the file, as "retention[2].keep". */
  readonly path: string;
  readonly message: string | Html;
  /** The same without links, as a program is told it. */
  readonly said: string;
  readonly justification: string | null;
  /** Only the running systems tell it. */
  readonly living: boolean;
  /** Documents that would mend it, and are not there. */
  readonly documents: readonly { readonly id: string; readonly document: string }[];
}

export interface DraftMark {
  readonly by: string;
  readonly at: string;
  /** The policy that runs has changed since it was saved. */
  readonly outdated: boolean;
}

export interface PolicyView {
  readonly text: string;
  readonly findings: readonly FindingView[];
  /** What the statement of today was made from: this policy, another one, or nothing was published. */
  readonly said: 'this' | 'other' | 'none';
  /** policy.yaml was changed and waits for the next start. */
  readonly waits: boolean;
  readonly draft: DraftMark | null;
  /** How many documents that it names are not there. */
  readonly missing: number;
  readonly mayChange: boolean;
}

const words = {
  title: { nl: 'Beleid', en: 'Policy' },
  lead: {
    nl: 'Dit beleid werkt nu. Alles volgt eruit: de verklaring, het register en wat er wordt verwijderd.',
    en: 'This policy runs now. Everything follows from it: the statement, the register and what is deleted.',
  },
  edit: { nl: 'Bewerk in een concept', en: 'Edit in a draft' },
  editOn: { nl: 'Werk verder aan het concept', en: 'Go on with the draft' },
  seeDraft: { nl: 'Bekijk het concept', en: 'See the draft' },
  draftBy: { nl: 'Er is een concept van', en: 'There is a draft by' },
  draftNote: { nl: 'Het verandert niets aan wat er nu werkt.', en: 'It changes nothing about what runs now.' },
  outdated: {
    nl: 'Het beleid dat werkt is sindsdien veranderd: neem die verandering over voordat u verdergaat.',
    en: 'The policy that runs has changed since: take that change over before you go on.',
  },
  waits: {
    nl: 'policy.yaml is veranderd, maar deze server werkt nog met het vorige beleid. Laat het opnieuw lezen: dan gaat het nieuwe werken.',
    en: 'policy.yaml was changed, but this server still runs the previous policy. Have it read again: then the new one runs.',
  },
  reload: { nl: 'Lees het beleid opnieuw', en: 'Read the policy again' },
  saidOther: {
    nl: 'De gepubliceerde verklaring komt uit een ander beleid dan dit.',
    en: 'The published statement was made from another policy than this one.',
  },
  saidNone: { nl: 'Er is nog geen verklaring gepubliceerd.', en: 'No statement has been published yet.' },
  toPublication: { nl: 'Naar de verklaring', en: 'To the statement' },
  documents: { nl: 'Documenten', en: 'Documents' },
  missing: { nl: 'ontbreekt', en: 'is missing' },
  text: { nl: 'De tekst', en: 'The text' },
  lint: { nl: 'Wat de wet vraagt', en: 'What the law asks' },
  clean: { nl: 'De toetser vindt niets.', en: 'The linter finds nothing.' },
  mistakes: {
    nl: 'Fouten in de bestanden: zo gaat deze installatie niet open',
    en: 'Mistakes in the files: this installation does not open like this',
  },
  errors: { nl: 'Fouten: hiermee kan niet gepubliceerd worden', en: 'Errors: these block publication' },
  living: {
    nl: 'De systemen tonen dit nog niet: ook dit houdt publicatie tegen',
    en: 'The systems do not show this yet: this blocks publication too',
  },
  warnings: { nl: 'Waarschuwingen: verander het, of geef een reden', en: 'Warnings: change it, or give a reason' },
  advice: { nl: 'Advies', en: 'Advice' },
  justified: { nl: 'Met een reden in het beleid', en: 'With a reason in the policy' },
  line: { nl: 'regel', en: 'line' },
  reason: { nl: 'Reden', en: 'Reason' },
  why: { nl: 'uitleg', en: 'explained' },
  draft: { nl: 'Concept van het beleid', en: 'Draft of the policy' },
  saved: { nl: 'Opgeslagen', en: 'Saved' },
  by: { nl: 'Door', en: 'By' },
  differs: { nl: 'Verschil met wat nu werkt', en: 'What differs from what runs' },
  onlyText: {
    nl: 'De tekst is anders, maar zegt hetzelfde: er is alleen iets veranderd in opmerkingen, volgorde of opmaak.',
    en: 'The text is another, but says the same: only comments, order or layout have changed.',
  },
  broken: {
    nl: 'Zo is de tekst nog geen beleid; het verschil is pas te zeggen als de fouten hieronder weg zijn.',
    en: 'The text is no policy yet; the difference can be told once the mistakes below are mended.',
  },
  next: { nl: 'Hoe dit gaat werken', en: 'How this comes to run' },
  steps: {
    nl: 'Maak er een versie van de verklaring van. Die wordt bekeken, door een ander goedgekeurd en op een dag gepubliceerd. Daarna kan het beleid in werking treden. Eén persoon kan dat nooit alleen.',
    en: 'Make a version of the statement of it. It is reviewed, approved by another person and published on a day. After that the policy can come into force. One person can never do this alone.',
  },
  make: { nl: 'Maak er een versie van', en: 'Make a version of it' },
  discard: { nl: 'Gooi het concept weg', en: 'Throw the draft away' },
  discardNote: {
    nl: 'De tekst van het concept verdwijnt. Wat nu werkt blijft zoals het is.',
    en: 'The text of the draft disappears. What runs now stays as it is.',
  },
  noDraft: { nl: 'Er is geen concept.', en: 'There is no draft.' },
  editor: { nl: 'Bewerk het concept', en: 'Edit the draft' },
  editorLead: {
    nl: 'Opslaan verandert niets aan wat er nu werkt. Terwijl u schrijft toont de toetser wat de wet mist.',
    en: 'Saving changes nothing about what runs now. While you write, the linter shows what the law misses.',
  },
  policyText: { nl: 'De tekst van het beleid', en: 'The text of the policy' },
  save: { nl: 'Sla op als concept', en: 'Save as draft' },
  stale: {
    nl: 'Iemand anders sloeg intussen een concept op. Uw tekst staat hieronder en is nog niet opgeslagen. Vergelijk die met het andere concept; slaat u op, dan komt uw tekst ervoor in de plaats.',
    en: 'Someone else saved a draft meanwhile. Your text stands below and is not saved yet. Compare it with the other draft; if you save, yours takes its place.',
  },
  standsNow: { nl: 'Wat er nu staat', en: 'What stands now' },
  other: { nl: 'Open het andere concept', en: 'Open the other draft' },
  rule: { nl: 'Regel van de toetser', en: 'Rule of the linter' },
  article: { nl: 'Artikel', en: 'Article' },
  weight: { nl: 'Gewicht', en: 'Weight' },
  whyLaw: { nl: 'Waarom de wet dit vraagt', en: 'Why the law asks this' },
  write: { nl: 'Wat u schrijft', en: 'What to write' },
  here: { nl: 'In dit beleid', en: 'In this policy' },
  met: { nl: 'Dit beleid voldoet hieraan.', en: 'This policy meets it.' },
  back: { nl: 'Naar het beleid', en: 'To the policy' },
  E: { nl: 'fout', en: 'error' },
  W: { nl: 'waarschuwing', en: 'warning' },
  I: { nl: 'advies', en: 'advice' },
} as const satisfies Record<string, Text>;

type W = (word: keyof typeof words) => string;

export function policyPage(view: PolicyView, say: Say): Html {
  const w: W = (word) => words[word][say.language];
  const edit = view.mayChange ? button('/policy/edit', w(view.draft ? 'editOn' : 'edit')) : nothing;
  const documents = button('/policy/documents', `${w('documents')}${documentsMissing(view.missing, say)}`, 'quiet');
  return html`${heading(w('title'), w('lead'), html`${documents} ${edit}`)} ${notes(view, w, say)}
    <div class="split">
      ${section('text', w('text'), linesOf(view.text, view.findings, w))}
      ${section('findings', w('lint'), findingsOf(view.findings, '#L', w))}
    </div>`;
}

const documentsMissing = (n: number, { language }: Say): string =>
  n === 0 ? '' : { nl: `: ${n} ${n === 1 ? 'ontbreekt' : 'ontbreken'}`, en: `: ${n} missing` }[language];

function notes(view: PolicyView, w: W, say: Say): Html {
  const { draft } = view;
  return html`${
    view.waits
      ? html`<p class="note">${w('waits')}</p>
          ${view.mayChange ? form('/policy/reload', nothing, { text: w('reload'), kind: 'quiet' }) : nothing}`
      : nothing
  }
  ${
    draft === null
      ? nothing
      : card(
          html`<p>
            ${w('draftBy')} ${draft.by}, ${moment(draft.at, say.moment(draft.at))}. ${w('draftNote')}
            ${link('/policy/draft', w('seeDraft'))}
          </p>`,
        )
  }
  ${view.said === 'this' ? nothing : card(html`<p>${w(view.said === 'other' ? 'saidOther' : 'saidNone')} ${link('/publication', w('toPublication'))}</p>`, 'at-risk')}`;
}

const looks: Readonly<Record<FindingGroup, State>> = {
  mistakes: 'broken',
  errors: 'broken',
  living: 'broken',
  warnings: 'at-risk',
  advice: 'neutral',
  justified: 'kept',
};

/** `to` goes before the number of a line: where that line stands. */
function findingsOf(findings: readonly FindingView[], to: string, w: W): Html {
  if (findings.length === 0) return html`<p>${badge('kept', w('clean'))}</p>`;
  return html`${findingGroups.map((group) => {
    const own = findings.filter((one) => groupOf(one) === group);
    return own.length === 0 ? nothing : groupOfFindings(group, own, to, w);
  })}`;
}

/** Where the editor keeps it up to date: with every group, and what is said when there is none. */
function findingsAsWritten(findings: readonly FindingView[], w: W): Html {
  const to = '#policy-text';
  return html`<div data-findings>
    <p data-clean ${findings.length === 0 ? nothing : html`hidden`}>${badge('kept', w('clean'))}</p>
    ${findingGroups.map((group) =>
      groupOfFindings(
        group,
        findings.filter((one) => groupOf(one) === group),
        to,
        w,
      ),
    )}
    <template
      ><li class="finding">
        <p data-message></p>
        <p class="soft">
          <a href="${to}" data-line="1">${w('line')} <span data-number></span></a> · <a data-rule></a>
        </p></li
    ></template>
  </div>`;
}

function groupOfFindings(group: FindingGroup, own: readonly FindingView[], to: string, w: W): Html {
  return html`<details
    class="findings"
    data-group="${group}"
    ${group === 'justified' ? nothing : html`open`}
    ${own.length === 0 ? html`hidden` : nothing}
  >
    <summary>${w(group)} ${badge(looks[group], html`<span data-count>${own.length}</span>`)}</summary>
    <ul class="rows">
      ${own.map((one) => findingOf(one, to, w))}
    </ul>
  </details>`;
}

/** The text that these pages show. */
const policyFile = 'policy.yaml';

function findingOf(one: FindingView, to: string, w: W): Html {
  const explained =
    one.rule === 'policy'
      ? one.path === ''
        ? nothing
        : html`· <code>${one.path}</code>`
      : html`· <a href="/policy/rules/${one.rule}">${one.rule} <span class="hidden">${w('why')}</span></a>`;
  return html`<li class="finding" data-finding="${one.rule} ${one.path} ${one.said}">
    <p>${one.message}</p>
    ${one.documents.map(({ id, document }) => html`<p>${link(`/policy/documents/${id}`, document)} ${w('missing')}</p>`)}
    ${one.justification === null ? nothing : html`<p class="soft">${w('reason')}: ${one.justification}</p>`}
    <p class="soft">
      ${one.file === policyFile ? html`<a href="${to}${to.endsWith('#L') ? one.line : ''}" data-line="${one.line}">${w('line')} <span data-number>${one.line}</span></a>` : html`${one.file}, ${w('line')} ${one.line}`}
      ${explained}
    </p>
  </li>`;
}

function linesOf(text: string, findings: readonly FindingView[], w: W): Html {
  const hit = new Set(
    findings.filter((one) => one.justification === null && one.file === policyFile).map((one) => one.line),
  );
  const lines = text.replace(/\n$/, '').split('\n');
  return html`<div class="scroll lines" tabindex="0" role="group" aria-label="${w('policyText')}">
    <pre><code>${lines.map((line, i) => html`<span id="L${i + 1}" class="${hit.has(i + 1) ? 'hit' : ''}">${line === '' ? ' ' : line}</span>`)}</code></pre>
  </div>`;
}

export interface DraftView {
  readonly draft: DraftMark & { readonly text: string; readonly revision: number };
  readonly findings: readonly FindingView[];
  /** Null: the text is no policy yet. */
  readonly changes: readonly ChangeView[] | null;
  /** Whether its text is another than that of the policy that runs. */
  readonly otherText: boolean;
  readonly mayChange: boolean;
}

export function draftPage(view: DraftView | null, say: Say): Html {
  const w: W = (word) => words[word][say.language];
  if (view === null) return html`${heading(w('draft'))} ${empty(w('noDraft'), button('/policy', w('back')))}`;
  const { draft } = view;
  return html`${heading(w('draft'), w('draftNote'), view.mayChange ? button('/policy/edit', w('editOn')) : nothing)}
  ${facts([
    [w('by'), draft.by],
    [w('saved'), moment(draft.at, say.moment(draft.at))],
  ])}
  ${draft.outdated ? html`<p class="note">${w('outdated')}</p>` : nothing}
  ${section('differs', w('differs'), differsIn(view, say.language, w))}
  ${view.mayChange ? section('next', w('next'), nextOf(view, w)) : nothing}
  ${section('findings', w('lint'), findingsOf(view.findings, '#L', w))}
  ${section('text', w('text'), linesOf(draft.text, view.findings, w))}`;
}

function differsIn(view: DraftView, language: Language, w: W): Html {
  if (view.changes === null) return html`<p>${w('broken')}</p>`;
  // Whoever wrote something must not be told that there is nothing.
  return view.changes.length === 0 && view.otherText ? empty(w('onlyText')) : changesOf(view.changes, language);
}

function nextOf(view: DraftView, w: W): Html {
  const seen = html`<input type="hidden" name="revision" value="${view.draft.revision}" data-seen />`;
  return html`<p>${w('steps')}</p>
    ${view.changes === null ? nothing : form('/policy/draft/version', seen, { text: w('make') })}
    <details>
      <summary>${w('discard')}</summary>
      ${form('/policy/draft/discard', seen, { text: w('discard'), kind: 'danger', consequence: w('discardNote') })}
    </details>`;
}

export interface EditView {
  readonly text: string;
  /** What the writer began with, so that nobody's work is overwritten unseen; 0 when there was no draft. */
  readonly revision: number;
  readonly findings: readonly FindingView[];
  /** What somebody else saved meanwhile; null when nobody did, or the draft was thrown away. */
  readonly stands: { readonly text: string; readonly by: string; readonly at: string } | null;
}

export function editPage(view: EditView, say: Say): Html {
  const w: W = (word) => words[word][say.language];
  return html`${heading(w('editor'), w('editorLead'))}
    ${view.stands === null ? nothing : standsNow(view.stands, w, say)}
    <div class="split">
      <form method="post" action="/policy/draft">
        <input type="hidden" name="revision" value="${view.revision}" data-seen />
        <div class="field wide">
          <label for="policy-text">${w('policyText')}</label>
          <textarea
            id="policy-text"
            name="text"
            rows="36"
            spellcheck="false"
            data-editor
            aria-label="${w('policyText')}"
            required
          >
${view.text}</textarea>
        </div>
        <p class="buttons"><button>${w('save')}</button></p>
      </form>
      ${section('findings', w('lint'), findingsAsWritten(view.findings, w))}
    </div>`;
}

/** Beside what was typed, to read and to copy from. */
function standsNow({ text, by, at }: NonNullable<EditView['stands']>, w: W, say: Say): Html {
  return html`<p class="note">${w('stale')} ${link('/policy/draft', w('other'))}</p>
    <details open>
      <summary>${w('standsNow')} (${by}, ${say.moment(at)})</summary>
      <textarea rows="16" readonly spellcheck="false" aria-label="${w('standsNow')}">${text}</textarea>
    </details>`;
}

export interface RuleView {
  readonly id: string;
  readonly title: string;
  readonly article: string;
  readonly severity: 'E' | 'W' | 'I';
  readonly mild: string | null;
  readonly why: string;
  readonly write: string;
  readonly findings: readonly FindingView[];
}

export function rulePage(view: RuleView, say: Say): Html {
  const w: W = (word) => words[word][say.language];
  const weight = view.mild === null ? w(view.severity) : `${w(view.severity)}; ${view.mild}`;
  return html`${heading(view.title)}
    ${facts([
      [w('rule'), view.id],
      [w('article'), view.article],
      [w('weight'), weight],
    ])}
    ${section('why', w('whyLaw'), html`<p>${view.why}</p>`)} ${section('write', w('write'), html`<p>${view.write}</p>`)}
    ${section('here', w('here'), view.findings.length === 0 ? html`<p>${badge('kept', w('met'))}</p>` : findingsOf(view.findings, '/policy#L', w))}
    <p class="more">${link('/policy', w('back'))}</p>`;
}
