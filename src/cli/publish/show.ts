/** How versions, notices and the website look in a terminal, and as JSON. */
import { dayOf, type Instant } from '../../base/time.ts';
import type { Context } from '../command.ts';
import type { Output } from '../output.ts';
import { showChanges, changeJson } from '../commands/diff.ts';
import type { Policy } from '../../policy/index.ts';
import { channelOf, groupName } from '../../promises/publication/versions/notices.ts';
import type { Described, GivenNotice, Listed } from '../../promises/publication/versions/overview.ts';
import { servedOutcome } from '../../promises/publication/versions/checks.ts';
import { standings } from '../../promises/publication/versions/phrases.ts';
import type { Stored } from '../../promises/publication/versions/publishing.ts';
import { unseenBy, undeclared, type Visit } from '../../promises/publication/versions/visit.ts';
import type { Served } from '../../promises/publication/versions/website.ts';

export function versionJson({ version, standing, effective }: Listed): Record<string, unknown> {
  return {
    version: version.id,
    label: version.label,
    state: standing,
    on: effective,
    sha256: version.sha256,
    policy: version.policyHash,
    made: version.madeAt.toString(),
    acts: version.acts.map((act) => ({
      act: act.act,
      by: act.by,
      at: act.at.toString(),
      on: act.effective,
      reason: act.reason,
    })),
  };
}

export function describedJson(one: Described, policy: Policy, out: Output): Record<string, unknown> {
  return {
    ...versionJson(one),
    files: one.files,
    since: one.since?.version.id ?? null,
    changes: one.since?.changes.map((change) => changeJson(change, out)) ?? [],
    blocked: one.blocked.map(({ rule, path, message }) => ({ rule, path, message: out.t(message) })),
    overridden: one.passed.map(({ fault, override }) => ({
      rule: fault.rule,
      path: fault.path,
      reason: override.reason,
      until: override.until,
      by: override.by,
    })),
    unproven: one.unproven.map(({ rule, path, message }) => ({ rule, path, message: out.t(message) })),
    notices: one.notices.map((notice) => noticeJson(notice, policy, out)),
  };
}

export function noticeJson(one: GivenNotice, policy: Policy, out: Output): Record<string, unknown> {
  return {
    group: one.group,
    who: out.t(groupName(one.group, policy)),
    when: one.when,
    due: one.due,
    channel: out.t(channelOf(one.group, policy)),
    changes: one.changes.map((change) => ({ path: change.path, text: out.t(change.text), why: change.why })),
    told: one.told && { how: one.told.how, by: one.told.by, at: one.told.at.toString() },
  };
}

/** One line: "v-…  2026-1  published, from 2026-12-01". */
export function line(out: Output, { version, standing, effective }: Listed): string {
  const from = effective === null ? '' : `, ${out.t({ nl: 'vanaf', en: 'from' })} ${effective}`;
  const colour =
    standing === 'published' ? 'green' : standing === 'withdrawn' || standing === 'superseded' ? 'grey' : 'yellow';
  return `${version.id}  ${version.label}  ${out.paint(out.t(standings[standing]), colour)}${from}`;
}

const acts: Readonly<Record<Stored['acts'][number]['act'], { nl: string; en: string }>> = {
  drafted: { nl: 'gemaakt', en: 'drafted' },
  reviewed: { nl: 'bekeken', en: 'reviewed' },
  approved: { nl: 'goedgekeurd', en: 'approved' },
  published: { nl: 'gepubliceerd', en: 'published' },
  withdrawn: { nl: 'ingetrokken', en: 'withdrawn' },
};

export function showDescribed(out: Output, one: Described, policy: Policy): void {
  out.line(`  ${line(out, one)}`);
  for (const act of one.version.acts)
    out.line(
      `    ${act.at.toString().slice(0, 16)}Z  ${out.t(acts[act.act])}  ${act.by}${act.reason === null ? '' : `  (${act.reason})`}`,
    );
  out.line();
  out.table(
    [out.t({ nl: 'bestand', en: 'file' }), 'bytes', 'SHA-256'],
    Object.entries(one.files).map(([name, { bytes, sha256 }]) => [name, String(bytes), sha256]),
    [1],
  );
  out.line();
  if (one.since) {
    out.line(`  ${out.t({ nl: 'Tegenover versie', en: 'Against version' })} ${one.since.version.label}:`);
    showChanges(out, one.since.changes, [policy]);
  } else out.line(`  ${out.t({ nl: 'Er is geen eerdere versie.', en: 'There is no earlier version.' })}`);
  for (const { rule, path, message } of one.blocked)
    out.line(`  ${out.paint('✘', 'red')} ${rule} ${path}: ${out.t(message)}`);
  showPassed(out, one.passed);
  showUnproven(out, one.unproven);
  showNotices(out, one.notices, policy, one.since === null);
}

/** What is said and nothing shows yet, once a place. */
export function showUnproven(out: Output, unproven: Described['unproven']): void {
  if (unproven.length === 0) return;
  out.line(
    `  ${out.t({
      nl: `Dit belooft de verklaring, en nog niets laat het zien (${unproven.length}). Het houdt niets tegen, staat in het logboek, en op de pagina heet het "niet bewezen":`,
      en: `This the statement promises, and nothing shows it yet (${unproven.length}). It blocks nothing, stands in the log, and the page calls it "not proven":`,
    })}`,
  );
  for (const { rule, message } of unproven) out.line(`    ${out.paint('○', 'yellow')} ${rule} ${out.t(message)}`);
}

/** One line an override, with how many errors it lets pass. */
export function showPassed(out: Output, passed: Described['passed']): void {
  for (const { id, rule, path, until, by, reason } of new Set(passed.map((one) => one.override))) {
    const n = passed.filter((one) => one.override.id === id).length;
    out.line(
      `  ${out.paint('!', 'yellow')} ${rule} ${path} (${n}): ${out.t({ nl: `toegestaan tot en met ${until} door ${by}: ${reason}`, en: `let pass until ${until} by ${by}: ${reason}` })}`,
    );
  }
}

/** With a first version nothing changed, and yet whoever's data is there already must get it. */
const firstOfAll = {
  nl: 'Dit is de eerste versie: er is geen wijziging om te vertellen. Wijs wel iedereen op de verklaring van wie u al gegevens hebt (art. 13 en 14).',
  en: 'This is the first version: there is no change to tell. Do point everyone whose data you already have to the statement (art. 13 and 14).',
};

export function showNotices(
  out: Output,
  notices: readonly GivenNotice[],
  policy: Policy,
  first: boolean = false,
): void {
  if (notices.length === 0)
    out.line(
      `  ${out.t(first ? firstOfAll : { nl: 'Niemand hoeft ingelicht te worden.', en: 'Nobody needs to be told.' })}`,
    );
  const day = (at: Instant): string => dayOf(at, policy.organisation.zone);
  for (const one of notices) {
    const sign = one.told ? out.paint('✔', 'green') : out.paint('!', 'yellow');
    const when = one.told
      ? out.t({
          nl: `verteld op ${day(one.told.at)} door ${one.told.by}: ${one.told.how}`,
          en: `told on ${day(one.told.at)} by ${one.told.by}: ${one.told.how}`,
        })
      : out.t({
          nl: `uiterlijk ${one.due}, met ${out.t(channelOf(one.group, policy))}`,
          en: `by ${one.due}, with ${out.t(channelOf(one.group, policy))}`,
        });
    out.line(`  ${sign} ${one.group} (${out.t(groupName(one.group, policy))}): ${when}`);
    for (const change of one.changes) out.line(`      ${out.t(change.text)}`);
  }
}

export function showServed({ out }: Context, served: Served): void {
  const { state, text } = servedOutcome(served);
  out.line(`  ${out.paint(state === 'kept' ? '✔' : '✘', state === 'kept' ? 'green' : 'red')} ${out.t(text)}`);
  if (served.result === 'changed-text')
    for (const { sign, text: sentence } of served.differences.slice(0, 20)) out.line(`      ${sign} ${sentence}`);
  out.result({
    result: served.result,
    state,
    url: served.url,
    version: served.version.id,
    label: served.version.label,
    served: served.result === 'other-version' ? served.served : served.result === 'kept' ? served.version.label : null,
    exact: served.result === 'kept' && served.exact,
    differences: served.result === 'changed-text' ? served.differences : [],
    detail: out.t(text),
  });
}

/** What a plain visit saw, what of it the policy does not say, and what such a visit cannot see. */
export function showVisit({ out }: Context, policy: Policy, seen: Visit): void {
  const { unnamed, unasked, hosts } = undeclared(policy, seen);
  out.line(`  ${seen.url}`);
  const row = (name: string, wrong: { nl: string; en: string } | null): void =>
    out.line(
      `    ${wrong ? out.paint('✘', 'red') : out.paint('✔', 'green')} ${name}${wrong ? `: ${out.t(wrong)}` : ''}`,
    );
  for (const name of seen.cookies)
    row(
      `cookie ${name}`,
      unnamed.includes(name)
        ? { nl: 'staat niet in "cookies.list"', en: 'is not in "cookies.list"' }
        : unasked.includes(name)
          ? {
              nl: 'geplaatst zonder te vragen; het beleid zegt: pas na toestemming',
              en: 'set without asking; the policy says: after consent',
            }
          : null,
    );
  for (const host of seen.hosts)
    row(
      host,
      hosts.includes(host)
        ? {
            nl: 'ziet elke bezoeker en kan cookies plaatsen; noem deze partij bij een cookie als "by", of haal haar van de pagina',
            en: 'sees each visitor and can set cookies; name it as "by" of a cookie, or take it off the page',
          }
        : null,
    );
  if (seen.cookies.length + seen.hosts.length === 0)
    out.line(
      `    ${out.t({ nl: 'Bij binnenkomst geen cookies en geen andere partijen.', en: 'On arrival no cookies and no other parties.' })}`,
    );
  out.line(`  ${out.t(unseenBy(seen))}`);
  if (!seen.scripts)
    out.line(
      `  ${out.t({ nl: 'Met een Chromium op deze machine ziet u ook wat scripts plaatsen: gestand publish visit --browser', en: 'With a Chromium on this machine you also see what scripts place: gestand publish visit --browser' })}`,
    );
}

export function visitJson({ out }: Context, policy: Policy, seen: Visit): object {
  const { unnamed, unasked, hosts } = undeclared(policy, seen);
  return { ...seen, undeclared: { unnamed, unasked, hosts }, doesNotSee: out.t(unseenBy(seen)) };
}
