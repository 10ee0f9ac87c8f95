/** What the schema of an estate cannot tell: whether it fits its profiles and the policy. Of what is wrong already it says nothing. */
import type { Text } from '../base/language.ts';
import { isZone } from '../base/time.ts';
import { entriesOf, isUnknown, listed, namesOf, noNames, type Names, type Partly } from '../base/yaml-parts.ts';
import { nearest, type Path, type Problem, type Read } from '../base/yaml.ts';
import type { Around, EstateInput } from './estate.ts';
import type { Profile, ProfilePart } from './profile.ts';

type Reading = Pick<Read<unknown, EstateInput>, 'part' | 'problem' | 'wrong' | 'ids' | 'keys'>;
type SystemPart = Partly<EstateInput['systems'][number]>;

export function checkEstate(read: Reading, around: Around): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const [i, raw] of entriesOf(read.part?.systems)) {
    if (raw.id !== undefined && seen.has(raw.id))
      problems.push(
        read.problem(['systems', i, 'id'], {
          nl: `er is al een systeem "${raw.id}"`,
          en: `a second system "${raw.id}"`,
        }),
      );
    if (raw.id !== undefined) seen.add(raw.id);
    problems.push(...checkSystem(read, i, raw, around));
  }
  return problems;
}

/** A profile that is right, as one that is read. */
const whole = (profile: Profile): ProfilePart => ({
  part: profile,
  wrong: () => false,
  ids: () => namesOf(profile.datasets.map((one) => one.id)),
  keys: ([of]) => namesOf(Object.keys(of === 'sources' ? profile.sources : profile.params)),
});

function checkSystem(read: Reading, i: number, raw: SystemPart, around: Around): Problem[] {
  const problems: Problem[] = [];
  const here = (...path: Path): Path => ['systems', i, ...path];
  const right = (...path: Path): boolean => !read.wrong(here(...path));
  const say = (path: Path, nl: string, en: string): void => void problems.push(read.problem(path, { nl, en }));
  const need = (word: string | undefined, names: Names, path: Path, what: Text): boolean => {
    if (word === undefined || !isUnknown(names, word)) return true;
    const all = listed(names);
    problems.push(
      read.problem(
        path,
        names.words.length === 0
          ? { nl: `er is geen ${what.nl} "${word}"`, en: `there is no ${what.en} "${word}"` }
          : {
              nl: `er is geen ${what.nl} "${word}"; wel ${all}`,
              en: `there is no ${what.en} "${word}"; there are ${all}`,
            },
        nearest(word, names.words),
      ),
    );
    return false;
  };
  const { categories } = around;
  const category: Text = { nl: 'soort gegevens in het beleid', en: 'data category in the policy' };
  need(raw.client, around.clients ?? noNames, here('client'), {
    nl: 'klant in het beleid',
    en: 'client in the policy',
  });
  const profiles = around.names ?? namesOf([...around.profiles.keys()]);
  need(raw.profile, profiles, here('profile'), { nl: 'profiel', en: 'profile' });
  const sound = raw.profile === undefined ? undefined : around.profiles.get(raw.profile);
  const profile = around.parts?.get(raw.profile ?? '') ?? (sound && whole(sound));
  const of = (nl: string, en: string): Text => ({
    nl: `${nl} in profiel ${raw.profile ?? ''}`,
    en: `${en} in profile ${raw.profile ?? ''}`,
  });
  const ids = profile?.ids(['datasets']) ?? noNames;
  for (const [j, id] of entriesOf(raw.notUsed)) need(id, ids, here('notUsed', j), of('dataset', 'dataset'));
  for (const [id, chosen] of Object.entries(raw.data ?? {}))
    if (need(id, ids, here('data', id), of('dataset', 'dataset'))) need(chosen, categories, here('data', id), category);
  if (!profile?.part) return problems;
  const { sources = {}, params = {} } = profile.part;
  for (const name of Object.keys(raw.sources ?? {}))
    need(name, profile.keys(['sources']), here('sources', name), of('bron', 'source'));
  for (const name of Object.keys(raw.params ?? {}))
    need(name, profile.keys(['params']), here('params', name), of('parameter', 'parameter'));
  const notUsed = new Set(raw.notUsed);
  // Which datasets there are is not known while the list of those that are not is wrong.
  const used = right('notUsed')
    ? [...entriesOf(profile.part.datasets)].flatMap(([, one]) =>
        one.id !== undefined && notUsed.has(one.id) ? [] : [one],
      )
    : [];
  const given = read.keys(here('sources'));
  for (const name of new Set(used.map((one) => one.source))) {
    const wanted = name === undefined ? undefined : sources[name]?.connector;
    if (name === undefined || wanted === undefined) continue;
    const connector = raw.sources?.[name]?.connector;
    if (isUnknown(given, name) && !misspelled(raw.sources, profile.keys(['sources']), name))
      say(
        here('sources'),
        `profiel ${raw.profile ?? ''} heeft de bron "${name}" nodig (${wanted}); voeg haar toe, of zet haar datasets onder notUsed`,
        `profile ${raw.profile ?? ''} needs the source "${name}" (${wanted}); add it, or list its datasets under notUsed`,
      );
    else if (connector !== undefined && connector !== wanted)
      say(
        here('sources', name, 'connector'),
        `de bron "${name}" is van de soort ${wanted}`,
        `source "${name}" is of kind ${wanted}`,
      );
  }
  for (const [name, param] of Object.entries(params)) {
    if (!param?.kind || !right('params', name)) continue;
    const value = raw.params?.[name] ?? param.default;
    if (value === undefined) {
      if (!profile.wrong(['params', name, 'default']) && !misspelled(raw.params, profile.keys(['params']), name))
        say(
          here('params'),
          `profiel ${raw.profile ?? ''} heeft de parameter "${name}" nodig (${param.kind})`,
          `profile ${raw.profile ?? ''} needs the parameter "${name}" (${param.kind})`,
        );
    } else if (param.kind === 'zone' && !isZone(value))
      say(
        here('params', name),
        `"${value}" is geen tijdzone zoals Europe/Amsterdam`,
        `"${value}" is not an IANA time zone`,
      );
  }
  // A category that is not there is one mistake, however many datasets hold it.
  const unplaced = new Map<string, string[]>();
  for (const { id, data } of used) {
    // Another category was chosen, and looked at where it was.
    if (id === undefined || data === undefined || read.keys(here('data')).has(id)) continue;
    if (isUnknown(categories, data) && !misspelled(raw.data, ids, id))
      unplaced.set(data, [...(unplaced.get(data) ?? []), id]);
  }
  for (const [data, held] of unplaced) {
    const [nl, en] =
      held.length === 1
        ? [`dataset "${held[0] ?? ''}" bevat`, `dataset "${held[0] ?? ''}" holds`]
        : [`datasets ${held.join(', ')} bevatten`, `datasets ${held.join(', ')} hold`];
    problems.push(
      read.problem(
        here('profile'),
        {
          nl: `${nl} "${data}", en dat heeft het beleid niet; voeg het daar toe, of kies iets anders onder data`,
          en: `${en} "${data}", which the policy does not have; add it there, or choose another under data`,
        },
        nearest(data, categories.words),
      ),
    );
  }
  return problems;
}

/** Whether a key that was told as unknown is most likely this one: then it is not told as missing as well. */
function misspelled(block: Readonly<Record<string, unknown>> | undefined, names: Names, name: string): boolean {
  return Object.keys(block ?? {}).some((key) => isUnknown(names, key) && nearest(key, names.words) === name);
}
