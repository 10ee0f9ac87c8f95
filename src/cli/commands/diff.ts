import { counted } from '../../base/wording.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openPolicyFolder, type PolicyFolder } from '../../app/folder.ts';
import { DeclaredWrongly, places } from '../../app/home.ts';
import { systemClock } from '../../base/time.ts';
import { diff as differ, groupTitle, reasons, type Change } from '../../policy/index.ts';
import type { Text } from '../../base/language.ts';
import type { Policy } from '../../policy/index.ts';
import { groupName } from '../../promises/publication/versions/notices.ts';
import { argument, exit, type Command, type Context } from '../command.ts';
import type { Output } from '../output.ts';

export const diff: Command = {
  name: 'diff',
  summary: {
    nl: 'wat er verschilt tussen twee versies van het beleid, en wie dat moet weten',
    en: 'what differs between two versions of the policy, and who must be told',
  },
  usage: 'gestand diff A B [--json]',
  takes: 2,
  examples: [
    'gestand diff policies/it-provider-2019 policies/it-provider',
    'gestand diff v-3k9x0a7q2m4c8e1g .gestand --lang nl',
  ],
  run: (context) => {
    const from = argument(context, 0, { nl: 'het eerste beleid', en: 'the first policy' });
    const to = argument(context, 1, { nl: 'het tweede beleid', en: 'the second policy' });
    const [before, after] = [opened(context, from), opened(context, to)];
    const [was, is] = [read(before), read(after)];
    const changes = differ(was, is, after.book.eea);
    showChanges(context.out, changes, [is, was]);
    context.out.result({ from, to, changes: changes.map((one) => changeJson(one, context.out)) });
    return Promise.resolve(exit.ok);
  },
};

/** A folder, a file, or a version in the home. */
function opened(context: Context, name: string): PolicyFolder {
  const version = join(places(context.config.home).published, name);
  return openPolicyFolder(!existsSync(name) && existsSync(version) ? version : name);
}

function read({ parsed, mistakes }: PolicyFolder): Policy {
  if (!parsed.value) throw new DeclaredWrongly(mistakes(systemClock().toString().slice(0, 10)));
  return parsed.value;
}

export function changeJson(one: Change, out: Output): unknown {
  return {
    path: one.path,
    kind: one.kind,
    material: one.material,
    tell: one.tell,
    text: out.t(one.text),
    group: one.group,
    why: one.why,
    when: one.when,
  };
}

const signs = { added: '+', removed: '-', changed: '~', renamed: '=' } as const;

/** What the first policy that has the group calls it: a group that is gone has its name in the policy as it was only. */
function nameIn(policies: readonly Policy[], group: string): Text {
  const has = policies.find(
    (one) => one.subjects.some(({ id }) => id === group) || one.clients.some(({ id }) => `clients.${id}` === group),
  );
  return has ? groupName(group, has) : { nl: group, en: group };
}

/** Grouped as the statement is; what is material stands out, with why and whom it concerns, as `policies` name them. */
export function showChanges(out: Output, changes: readonly Change[], policies: readonly Policy[]): void {
  if (changes.length === 0) out.line(`  ${out.t({ nl: 'Er is geen verschil.', en: 'There is no difference.' })}`);
  let title = '';
  for (const one of changes) {
    const next = out.t(groupTitle(one.group));
    if (next !== title) out.line(out.paint(next, 'bold'));
    title = next;
    out.line(`  ${signs[one.kind]} ${out.t(one.text)}`);
    if (!one.material) continue;
    const why = one.why.map((reason) => out.t(reasons[reason].text)).join(', ');
    const when = out.t(
      one.when === 'before'
        ? { nl: 'vooraf te vertellen aan', en: 'to be told beforehand to' }
        : { nl: 'te vertellen aan', en: 'to be told to' },
    );
    out.line(
      `      ${out.paint(`! ${why}; ${when}: ${one.tell.map((group) => out.t(nameIn(policies, group))).join('; ')}`, 'yellow')}`,
    );
  }
  const change = { nl: 'wijziging', en: 'change' };
  const changed = { nl: 'wijzigingen', en: 'changes' };
  const material = changes.filter((one) => one.material).length;
  if (changes.length > 0)
    out.line(
      out.t({
        nl: `${counted(changes.length, change, changed).nl}, waarvan ${material} wezenlijk.`,
        en: `${counted(changes.length, change, changed).en}, ${material} of ${changes.length === 1 ? 'it' : 'them'} material.`,
      }),
    );
}
