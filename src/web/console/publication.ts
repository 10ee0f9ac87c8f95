/** The statement's versions: where each stands, who must be told, and what the website shows. */
import type { Text } from '../../base/language.ts';
import { changesOf, compareForm, type ChangeView } from '../changes.ts';
import { html, nothing, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { badge, card, empty, form, heading, link, moment, section, table, type State } from '../ui/controls.ts';
import { noticesOf, type NoticeView } from './notices.ts';

export interface VersionMark {
  readonly id: string;
  readonly label: string;
  readonly standing: string;
  readonly look: State;
  readonly effective: string | null;
  readonly made: string;
}

export interface OverrideView {
  readonly rule: string;
  readonly path: string;
  readonly reason: string;
  readonly until: string;
  readonly by: string;
  readonly over: boolean;
}

export interface ServedView {
  readonly look: State;
  readonly text: string;
  readonly at: string | null;
  readonly url: string | null;
  readonly differences: readonly { readonly sign: '-' | '+'; readonly text: string }[];
}

export interface PublicationView {
  readonly current: VersionMark | null;
  /** The policy that runs is not the one behind the statement. */
  readonly moved: boolean;
  readonly versions: readonly VersionMark[];
  readonly notices: readonly NoticeView[];
  readonly overrides: readonly OverrideView[];
  readonly served: ServedView;
  readonly mayDraft: boolean;
  readonly mayLook: boolean;
}

const words = {
  title: { nl: 'De verklaring', en: 'The statement' },
  lead: {
    nl: 'Wat u de wereld belooft. Een versie is precies wat gelezen en goedgekeurd is; later verandert er niets meer aan.',
    en: 'What you promise the world. A version is exactly what was read and approved; nothing of it changes later.',
  },
  now: { nl: 'Nu', en: 'Now' },
  none: { nl: 'Er is nog geen versie gepubliceerd.', en: 'No version has been published yet.' },
  begin: {
    nl: 'Maak een versie van het beleid dat werkt. Die wordt bekeken, door een ander goedgekeurd en daarna gepubliceerd.',
    en: 'Make a version of the policy that runs. It is reviewed, approved by another person and then published.',
  },
  make: { nl: 'Maak een versie van het beleid', en: 'Make a version of the policy' },
  public: { nl: 'Zoals iedereen haar leest', en: 'As everyone reads it' },
  moved: {
    nl: 'Het beleid dat werkt is niet het beleid achter deze verklaring. Publiceer een nieuwe versie, of laat het beleid van de verklaring in werking treden.',
    en: 'The policy that runs is not the one behind this statement. Publish a new version, or put the policy of the statement in force.',
  },
  versions: { nl: 'Versies', en: 'Versions' },
  version: { nl: 'versie', en: 'version' },
  state: { nl: 'stand', en: 'state' },
  from: { nl: 'geldt vanaf', en: 'applies from' },
  made: { nl: 'gemaakt', en: 'made' },
  compare: { nl: 'Vergelijk twee versies', en: 'Compare two versions' },
  notices: { nl: 'Wie het moet weten', en: 'Who must be told' },
  overrides: { nl: 'Fouten die zijn toegestaan', en: 'Errors that were let pass' },
  noOverrides: { nl: 'Er is niets toegestaan.', en: 'Nothing was let pass.' },
  rule: { nl: 'regel', en: 'rule' },
  place: { nl: 'plaats', en: 'place' },
  reason: { nl: 'reden', en: 'reason' },
  until: { nl: 'tot en met', en: 'until' },
  by: { nl: 'door', en: 'by' },
  over: { nl: 'voorbij', en: 'ended' },
  website: { nl: 'Wat de website toont', en: 'What the website shows' },
  look: { nl: 'Kijk nu', en: 'Look now' },
  looked: { nl: 'gekeken op', en: 'looked at' },
  back: { nl: 'Naar de verklaring', en: 'To the statement' },
} as const satisfies Record<string, Text>;

type W = (word: keyof typeof words) => string;

export function publicationPage(view: PublicationView, say: Say): Html {
  const w: W = (word) => words[word][say.language];
  const make = view.mayDraft ? form('/publication', nothing, { text: w('make'), kind: 'quiet' }) : nothing;
  return html`${heading(w('title'), w('lead'), view.current === null ? nothing : make)}
  ${section('now', w('now'), view.current === null ? empty(`${w('none')} ${w('begin')}`, make) : nowOf(view.current, view.moved, w, say))}
  ${view.versions.length === 0 ? nothing : section('versions', w('versions'), versionsOf(view.versions, w, say))}
  ${view.versions.length < 2 ? nothing : section('compare', w('compare'), compareForm('/publication/compare', view.versions, { from: view.versions[1]?.id ?? '', to: view.versions[0]?.id ?? '' }, say.language))}
  ${section('notices', w('notices'), noticesOf(view.notices, view.mayDraft, say))}
  ${section('website', w('website'), servedOf(view.served, view.mayLook, w, say))}
  ${section('overrides', w('overrides'), overridesOf(view.overrides, w, say))}`;
}

function nowOf(now: VersionMark, moved: boolean, w: W, say: Say): Html {
  return html`${card(
    html`<p>
        ${badge('kept', now.standing)} <strong>${link(`/publication/${now.id}`, now.label)}</strong>
        ${w('from')} ${say.day(now.effective)}
      </p>
      <p>${link('/privacy', w('public'))}</p>`,
    'kept',
  )}
  ${moved ? html`<p class="note">${w('moved')}</p>` : nothing}`;
}

function versionsOf(versions: readonly VersionMark[], w: W, say: Say): Html {
  return table(
    w('versions'),
    [{ title: w('version') }, { title: w('state') }, { title: w('from') }, { title: w('made') }],
    versions.map((one) => [
      html`${link(`/publication/${one.id}`, one.label)}<br /><span class="soft">${one.id}</span>`,
      badge(one.look, one.standing),
      say.day(one.effective),
      moment(one.made, say.moment(one.made)),
    ]),
  );
}

function servedOf(served: ServedView, mayLook: boolean, w: W, say: Say): Html {
  return html`${card(
    html`<p>${badge(served.look, served.text)}</p>
      <p class="soft">
        ${served.url ?? ''}${served.at === null ? nothing : html` · ${w('looked')} ${moment(served.at, say.moment(served.at))}`}
      </p>
      ${
        served.differences.length === 0
          ? nothing
          : html`<ul class="diff">
              ${served.differences.slice(0, 50).map((one) => html`<li>${one.sign} ${one.sign === '-' ? html`<del>${one.text}</del>` : html`<ins>${one.text}</ins>`}</li>`)}
            </ul>`
      }`,
  )}
  ${mayLook ? form('/publication/website', nothing, { text: w('look'), kind: 'quiet' }) : nothing}`;
}

function overridesOf(overrides: readonly OverrideView[], w: W, say: Say): Html {
  if (overrides.length === 0) return html`<p>${w('noOverrides')}</p>`;
  return table(
    w('overrides'),
    [{ title: w('rule') }, { title: w('place') }, { title: w('reason') }, { title: w('until') }, { title: w('by') }],
    overrides.map((one) => [
      link(`/policy/rules/${one.rule}`, one.rule),
      html`<code>${one.path}</code>`,
      one.reason,
      one.over ? html`${say.day(one.until)} ${badge('neutral', w('over'))}` : say.day(one.until),
      one.by,
    ]),
  );
}

export function comparePage(title: string, changes: readonly ChangeView[], say: Say): Html {
  return html`${heading(title)} ${changesOf(changes, say.language)}
    <p class="more">${link('/publication', words.back[say.language])}</p>`;
}
