/** One version of the statement: what it changes, what blocks it, who must know, and the next step, by whom it can be taken. */
import type { Text } from '../../base/language.ts';
import { changesOf, type ChangeView } from '../changes.ts';
import { html, nothing, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { area, badge, card, field, form, heading, link, moment, section, table } from '../ui/controls.ts';
import { noticesOf, type NoticeView } from './notices.ts';
import type { VersionMark } from './publication.ts';

/** What one rule finds in one section of the policy: let pass together, or not at all. */
export interface FaultView {
  readonly rule: string;
  readonly path: string;
  readonly messages: readonly (string | Html)[];
  /** An override that lets it pass. */
  readonly passed: { readonly reason: string; readonly until: string; readonly by: string } | null;
  /** Somebody asked to let it pass, and waits for a second. */
  readonly asked: { readonly reason: string; readonly until: string; readonly by: string } | null;
}

export interface VersionView extends VersionMark {
  readonly hash: string;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly acts: readonly {
    readonly text: string;
    readonly by: string;
    readonly at: string;
    readonly more: string | null;
  }[];
  readonly since: { readonly label: string; readonly changes: readonly ChangeView[] } | null;
  readonly faults: readonly FaultView[];
  /** What it promises and nothing shows yet; that blocks nothing. */
  readonly unproven: readonly { readonly rule: string; readonly path: string; readonly message: string | Html }[];
  readonly notices: readonly NoticeView[];
  readonly step: 'review' | 'approve' | 'publish' | 'in-force' | null;
  /** This person drafted or reviewed it. */
  readonly own: boolean;
  readonly today: string;
  readonly actor: string;
  readonly mayReview: boolean;
  readonly mayPublish: boolean;
  readonly mayOverride: boolean;
  readonly mayWithdraw: boolean;
}

const words = {
  version: { nl: 'versie', en: 'version' },
  from: { nl: 'geldt vanaf', en: 'applies from' },
  notices: { nl: 'Wie het moet weten', en: 'Who must be told' },
  before: { nl: 'vooraf', en: 'beforehand' },
  reason: { nl: 'reden', en: 'reason' },
  note: { nl: 'toelichting', en: 'note' },
  until: { nl: 'tot en met', en: 'until' },
  by: { nl: 'door', en: 'by' },
  read: { nl: 'Lees deze versie', en: 'Read this version' },
  files: { nl: 'Bestanden', en: 'Files' },
  done: { nl: 'Wat ermee gebeurde', en: 'What was done with it' },
  changes: { nl: 'Wat er verandert', en: 'What changes' },
  first: {
    nl: 'Dit is de eerste versie: er is niets om mee te vergelijken. Wijs er wel iedereen op van wie u al gegevens hebt (art. 13 en 14).',
    en: 'This is the first version: there is nothing to compare it with. Do point everyone whose data you already have to it (art. 13 and 14).',
  },
  against: { nl: 'Ten opzichte van', en: 'Against' },
  law: { nl: 'Wat er volgens de wet ontbreekt', en: 'What the law misses' },
  lawFine: { nl: 'De toetser houdt niets tegen.', en: 'The linter blocks nothing.' },
  unproven: { nl: 'Beloofd, en nog niet bewezen', en: 'Promised, and not proven yet' },
  unprovenNote: {
    nl: 'Dit houdt niets tegen. Het komt in het bewijs te staan, en op de pagina heet het "niet bewezen" tot het blijkt.',
    en: 'This blocks nothing. It goes into the evidence, and the page calls it "not proven" until it is shown.',
  },
  letPass: { nl: 'Laat toe', en: 'Let pass' },
  letPassToo: { nl: 'Sta als tweede toe', en: 'Let pass as the second' },
  whyPass: { nl: 'Waarom mag dit zo blijven?', en: 'Why may this stay so?' },
  lastDay: { nl: 'Laatste dag', en: 'Last day' },
  passNote: {
    nl: 'Deze fout houdt publicatie dan tot en met die dag niet tegen. Twee mensen moeten dit toestaan, van wie één de functionaris is; zonder functionaris een privacy-officer die dit concept niet maakte. Reden en datum komen in het bewijs.',
    en: 'This error then blocks no publication until that day. Two people must allow it, one of them the officer; without an officer, a privacy officer who did not make this draft. Reason and date go into the evidence.',
  },
  askedBy: { nl: 'Gevraagd door', en: 'Asked by' },
  passed: { nl: 'toegestaan', en: 'let pass' },
  next: { nl: 'Volgende stap', en: 'Next step' },
  review: { nl: 'Ik heb haar gelezen: bekeken', en: 'I have read it: reviewed' },
  reviewNote: {
    nl: 'Lees de tekst en het verschil. Wie bekijkt, kan daarna niet zelf goedkeuren.',
    en: 'Read the text and the difference. Whoever reviews cannot approve afterwards.',
  },
  approve: { nl: 'Keur goed', en: 'Approve' },
  approveNote: {
    nl: 'U staat in voor elke zin. Wie het concept maakte of bekeek, kan dit niet doen.',
    en: 'You answer for every sentence. Whoever drafted or reviewed it cannot do this.',
  },
  notYou: {
    nl: 'U maakte of bekeek deze versie. Een ander moet haar goedkeuren.',
    en: 'You drafted or reviewed this version. Another person must approve it.',
  },
  publish: { nl: 'Publiceer', en: 'Publish' },
  on: { nl: 'Vanaf welke dag geldt zij?', en: 'From which day does it apply?' },
  publishNote: {
    nl: 'Vanaf die dag leest iedereen deze tekst. Daarna is hij niet meer te veranderen, alleen op te volgen.',
    en: 'From that day everyone reads this text. After that it cannot be changed, only succeeded.',
  },
  tellFirst: { nl: 'Vooraf te vertellen aan', en: 'To be told beforehand' },
  withdraw: { nl: 'Trek in', en: 'Withdraw' },
  withdrawNote: {
    nl: 'Deze versie wordt dan niet de verklaring. Zij kan later opnieuw als concept beginnen.',
    en: 'This version then does not become the statement. It can begin again as a draft later.',
  },
  whyWithdraw: { nl: 'Waarom?', en: 'Why?' },
  force: { nl: 'Laat het beleid in werking treden', en: 'Put the policy in force' },
  forceWhy: {
    nl: 'Hier werkt nog een ander beleid. Daaraan wordt gemeten of u uw beloften nakomt, ook op de pagina die iedereen leest.',
    en: 'Another policy still runs here. Against that it is measured whether you keep your promises, also on the page that everyone reads.',
  },
  forceNote: {
    nl: 'policy.yaml wordt vervangen door het beleid van deze versie; het vorige blijft bewaard in de map earlier. Termijnen en regels veranderen dan mee. Er wordt niets verwijderd zonder een nieuw, goedgekeurd plan.',
    en: 'policy.yaml is replaced by the policy of this version; the previous one is kept in the folder earlier. Terms and rules change with it. Nothing is deleted without a new, approved plan.',
  },
  hash: { nl: 'Vingerafdruk (SHA-256)', en: 'Fingerprint (SHA-256)' },
  back: { nl: 'Naar de verklaring', en: 'To the statement' },
  act: { nl: 'wat', en: 'what' },
  when: { nl: 'wanneer', en: 'when' },
} as const satisfies Record<string, Text>;

const languages = { nl: 'Nederlands', en: 'English' } as const;

type W = (word: keyof typeof words) => string;

export function versionPage(view: VersionView, say: Say): Html {
  const w: W = (word) => words[word][say.language];
  return html`${heading(`${w('version').replace(/^v/, 'V')} ${view.label}`)}
    <p>
      ${badge(view.look, view.standing)}
      ${view.effective === null ? nothing : html`${w('from')} ${say.day(view.effective)}`}
    </p>
    ${readIt(view, w)} ${nextStep(view, w)}
    ${section(
      'changes',
      w('changes'),
      view.since === null
        ? html`<p>${w('first')}</p>`
        : html`<p class="soft">${w('against')} ${view.since.label}</p>
            ${changesOf(view.since.changes, say.language)}`,
    )}
    ${section('law', w('law'), faultsOf(view, w, say))}
    ${view.unproven.length === 0 ? nothing : section('unproven', w('unproven'), unprovenOf(view, w))}
    ${view.notices.length === 0 ? nothing : section('notices', w('notices'), noticesOf(view.notices, view.mayReview && view.effective !== null, say))}
    ${section('files', w('files'), filesOf(view, w, say))} ${section('done', w('done'), actsOf(view, w, say))}
    <p class="more">${link('/publication', w('back'))}</p>`;
}

/** What there is to read before one answers for it: the page itself, of the many files. */
function readIt({ id, files }: VersionView, w: W): Html {
  const pages = (['nl', 'en'] as const).filter((one) => files.some(({ name }) => name === `statement.${one}.html`));
  if (pages.length === 0) return nothing;
  return html`<p>
    ${w('read')}:
    ${pages.map((one, i) => html`${i === 0 ? '' : ', '}<a href="/publication/${id}/files/statement.${one}.html" lang="${one}" hreflang="${one}">${languages[one]}</a>`)}
  </p>`;
}

function nextStep(view: VersionView, w: W): Html {
  const step = stepForm(view, w);
  const withdraw = view.mayWithdraw
    ? html`<details>
        <summary>${w('withdraw')}</summary>
        ${form(`/publication/${view.id}/withdraw`, area({ name: 'reason', label: w('whyWithdraw'), rows: 2 }), { text: w('withdraw'), kind: 'danger', consequence: w('withdrawNote') })}
      </details>`
    : nothing;
  if (step === null && !view.mayWithdraw) return nothing;
  return section('next', w('next'), card(html`${step ?? nothing}${withdraw}`));
}

function stepForm(view: VersionView, w: W): Html | null {
  const at = `/publication/${view.id}`;
  switch (view.step) {
    case 'review':
      return view.mayReview ? form(`${at}/review`, html`<p>${w('reviewNote')}</p>`, { text: w('review') }) : null;
    case 'approve':
      if (!view.mayPublish) return null;
      return view.own
        ? html`<p>${w('notYou')}</p>`
        : form(`${at}/approve`, html`<p>${w('approveNote')}</p>`, { text: w('approve') });
    case 'publish': {
      const first = view.notices.filter((one) => one.when === 'before').map((one) => one.title);
      const content = html`${first.length === 0 ? nothing : html`<p>${w('tellFirst')}: ${first.join(', ')}.</p>`}
      ${field({ name: 'on', type: 'date', label: w('on'), value: view.today })}`;
      return view.mayPublish
        ? form(`${at}/publish`, content, { text: w('publish'), consequence: w('publishNote') })
        : null;
    }
    case 'in-force':
      return view.mayPublish
        ? form(`${at}/in-force`, html`<p>${w('forceWhy')}</p>`, {
            text: w('force'),
            kind: 'danger',
            consequence: w('forceNote'),
          })
        : null;
    case null:
      return null;
  }
}

function faultsOf(view: VersionView, w: W, say: Say): Html {
  if (view.faults.length === 0) return html`<p>${badge('kept', w('lawFine'))}</p>`;
  return html`<ul class="rows">
    ${view.faults.map((one, i) => faultOf(one, i, view, w, say))}
  </ul>`;
}

function unprovenOf({ unproven }: VersionView, w: W): Html {
  return html`<p class="soft">${w('unprovenNote')}</p>
    <ul>
      ${unproven.map((one) => html`<li>${one.message} ${link(`/policy/rules/${one.rule}`, one.rule)}</li>`)}
    </ul>`;
}

function faultOf(one: FaultView, i: number, view: VersionView, w: W, say: Say): Html {
  const [only, more] = one.messages;
  const messages =
    more === undefined
      ? html`<p>${only ?? ''}</p>`
      : html`<ul>
          ${one.messages.map((message) => html`<li>${message}</li>`)}
        </ul>`;
  const about = html`${messages}
    <p class="soft">${link(`/policy/rules/${one.rule}`, one.rule)} · <code>${one.path}</code></p>`;
  if (one.passed)
    return html`<li class="card kept">
      ${about}
      <p>${badge('kept', w('passed'))} ${w('until')} ${say.day(one.passed.until)} · ${one.passed.by}</p>
      <p class="soft">${w('reason')}: ${one.passed.reason}</p>
    </li>`;
  return html`<li class="card broken">
    ${about}
    ${one.asked === null ? nothing : html`<p>${w('askedBy')} ${one.asked.by}: ${one.asked.reason} (${w('until')} ${say.day(one.asked.until)})</p>`}
    ${view.mayOverride ? overrideForm(one, i, view, w) : nothing}
  </li>`;
}

function overrideForm(one: FaultView, i: number, view: VersionView, w: W): Html {
  const { asked } = one;
  if (asked && asked.by === view.actor) return nothing;
  const hidden = html`<input type="hidden" name="rule" value="${one.rule}" /><input
      type="hidden"
      name="path"
      value="${one.path}"
    />`;
  const second = asked !== null;
  const content = second
    ? html`${hidden}<input type="hidden" name="reason" value="${asked.reason}" /><input
          type="hidden"
          name="until"
          value="${asked.until}"
        />`
    : html`${hidden}
        <div class="field">
          <label for="reason-${i}">${w('whyPass')}</label>
          <textarea id="reason-${i}" name="reason" rows="2" required maxlength="2000"></textarea>
        </div>
        <div class="field">
          <label for="until-${i}">${w('lastDay')}</label>
          <input id="until-${i}" name="until" type="date" required />
        </div>`;
  const done = form(`/publication/${view.id}/override`, content, {
    text: w(second ? 'letPassToo' : 'letPass'),
    consequence: w('passNote'),
    kind: 'danger',
  });
  return second
    ? done
    : html`<details>
        <summary>${w('letPass')}<span class="hidden">: ${one.rule} ${one.path}</span></summary>
        ${done}
      </details>`;
}

function filesOf(view: VersionView, w: W, say: Say): Html {
  return html`<ul class="chips">
      ${view.files.map(
        (one) =>
          html`<li>
            <a href="/publication/${view.id}/files/${one.name}"
              >${one.name} <span class="soft">${say.bytes(one.bytes)}</span></a
            >
          </li>`,
      )}
    </ul>
    <p class="soft">${w('hash')}: <code>${view.hash}</code></p>`;
}

function actsOf(view: VersionView, w: W, say: Say): Html {
  return table(
    w('done'),
    [{ title: w('act') }, { title: w('by') }, { title: w('when') }, { title: w('note') }],
    view.acts.map((one) => [one.text, one.by, moment(one.at, say.moment(one.at)), one.more ?? '']),
  );
}
