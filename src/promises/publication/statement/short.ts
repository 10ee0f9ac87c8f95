/**
 * The first layer: short answers, each leading to the part where it stands in full. WP260, 36: who we are, what for, the
 * rights, and what may surprise, such as a recorded call.
 */
import type { Text } from '../../../base/language.ts';
import { joined, same, termWords } from '../../../base/wording.ts';
import type { Block, Sentence } from '../document/model.ts';
import { groupId, groupTitle, groupsOf } from './groups.ts';
import { list, mid, name, paragraph, part, say, type Page } from './page.ts';
import { authorityWords, complaint, how, type Right } from './phrases/rights.ts';
import { calls, cameras } from './phrases/calls.ts';
import { short } from './phrases/short.ts';
import { who } from './phrases/who.ts';
import { told } from './sections/calls.ts';
import { named } from './sections/recipients.ts';
import { keeps, listOf, period, type Keep } from './sections/retention.ts';
import { whereItIs, withArea } from './sections/places.ts';

/** `there` tells which parts the document has: a link leads nowhere else. */
export function shortLayer(page: Page, there: ReadonlySet<string>): Block[] {
  const link = (id: keyof typeof short.more, from: string): Sentence[] =>
    there.has(id) ? say(page, short.more[id], from, { href: `#${id}` }) : [];
  return [
    ...part(page, 3, 'short-who', short.who, whoWeAre(page, link('who', 'organisation'))),
    ...part(page, 3, 'short-what', short.what, whatWeKeep(page)),
    ...part(page, 3, 'short-why', short.why, whatFor(page, link('purposes', 'purposes'))),
    ...part(page, 3, 'short-recorded', short.recorded, whatWeRecord(page, link)),
    ...part(page, 3, 'short-how-long', short.howLong, howLong(page, link('retention', 'retention'))),
    ...part(page, 3, 'short-recipients', short.recipients, whoGets(page, link('recipients', 'recipients'))),
    ...part(page, 3, 'short-rights', short.rights, whatYouCan(page, link('rights', 'rights'))),
    ...part(page, 3, 'short-complaint', short.complaint, notSatisfied(page, link('complaint', 'complaint'))),
    ...part(page, 3, 'short-words', short.words, paragraph(link('words', 'frame'))),
  ];
}

function whoWeAre(page: Page, more: Sentence[]): Block[] {
  const us = page.policy.organisation;
  return [
    ...paragraph(say(page, who.decides(us.name), 'organisation.name')),
    ...list([
      us.email === undefined
        ? []
        : name(page, short.email(us.email), 'organisation.email', { href: `mailto:${us.email}` }),
      us.post === undefined ? [] : name(page, short.post(us.post), 'organisation.post'),
    ]),
    ...paragraph(more),
  ];
}

function whatWeKeep(page: Page): Block[] {
  const links = groupsOf(page.policy).map((one) =>
    name(page, groupTitle(page, one), `subjects.${one.id}`, { href: `#${groupId(one)}` }),
  );
  return [...(links.length > 0 ? paragraph(say(page, short.depends, 'subjects')) : []), ...list(links)];
}

function whatFor(page: Page, more: Sentence[]): Block[] {
  const ours = page.policy.purposes.filter((one) => one.role === 'controller');
  const lines = list(ours.map((one) => name(page, one.text, `purposes.${one.id}.text`)));
  return lines.length > 0 ? [...lines, ...paragraph(more)] : [];
}

/** Calls and cameras: who listens, and how one says no. */
function whatWeRecord(page: Page, link: (id: keyof typeof short.more, from: string) => Sentence[]): Block[] {
  const recorded = page.policy.purposes.filter((one) => one.calls);
  const filmed = page.policy.purposes.find((one) => one.video);
  const [first] = recorded;
  return [
    ...(first
      ? paragraph(
          say(page, calls.may, `purposes.${first.id}.calls`),
          recorded.flatMap((one) => told(page, one, 'listeners')),
          recorded.flatMap((one) => told(page, one, 'objection')),
          link('calls', `purposes.${first.id}.calls`),
        )
      : []),
    ...(filmed
      ? paragraph(
          say(page, cameras.there, `purposes.${filmed.id}.video`),
          link('cameras', `purposes.${filmed.id}.video`),
        )
      : []),
  ];
}

/** One term for each group of people: the first rule about data that is theirs first of all. */
function howLong(page: Page, more: Sentence[]): Block[] {
  const { policy } = page;
  const all = keeps(policy);
  const chosen = groupsOf(policy).flatMap((group): Keep[] => {
    const theirs = policy.data.filter((one) => one.subjects[0] === group.id).map((one) => one.id);
    const rule = all.find((one) => one.data.some((id) => theirs.includes(id)));
    return rule ? [rule] : [];
  });
  const lines = list([...new Set(chosen)].map((one) => inOneLine(page, one)));
  return [...lines, ...paragraph(lines.length > 0 ? say(page, short.pending, 'holds') : [], more)];
}

/** "Facturen: zeven jaar na …", and what makes it longer; why it does is left to the whole statement. */
function inOneLine(page: Page, one: Keep): Sentence[] {
  const [first] = page.policy.data.filter((data) => one.data.includes(data.id));
  const [term] = period(page, one);
  if (!first || !term) return [];
  const [subject] = name(page, first.text, term.from);
  const text = mid(page, same(term.text))[page.language];
  const more = longer(page, one);
  const also = [...(term.also ?? []), ...more.map(({ from }) => `${one.path}.${from}`)];
  return subject
    ? [
        {
          ...term,
          text: `${subject.text}: ${[text, ...more.map((each) => each.text[page.language])].join(', ')}`,
          ...(also.length > 0 ? { also } : {}),
        },
      ]
    : [];
}

/** What keeps it after its term, so that no line promises an end that does not come. */
function longer(page: Page, one: Keep): { readonly text: Text; readonly from: string }[] {
  const { extendedBy } = one;
  const whiles = 'keptWhile' in one ? (one.keptWhile ?? []).map((other) => other.data) : [];
  return [
    ...(whiles.length > 0 ? [{ text: short.keptWhile(listOf(page, whiles)), from: 'keptWhile' }] : []),
    ...(extendedBy
      ? [
          {
            text: extendedBy.atMost === undefined ? short.consentUncapped : short.consent(termWords(extendedBy.atMost)),
            from: 'extendedBy',
          },
        ]
      : []),
    ...('then' in one && one.then === 'review' ? [{ text: short.reviewed, from: 'then' }] : []),
  ];
}

function whoGets(page: Page, more: Sentence[]): Block[] {
  return [
    ...paragraph(withArea(page, whereItIs(page))),
    ...list(named(page.policy).map((one) => name(page, one.text, `recipients.${one.id}.text`))),
    ...paragraph(more),
  ];
}

function whatYouCan(page: Page, more: Sentence[]): Block[] {
  const all = page.policy.rights;
  if (!all) return [];
  const mine = new Set(all.list.map((one) => one.right));
  const about = Object.entries(short.toData).flatMap(([right, verb]) => (mine.has(right as Right) ? [verb] : []));
  const also = Object.entries(short.beside).flatMap(([right, verb]) => (mine.has(right as Right) ? [verb] : []));
  return [
    ...paragraph(
      about.length > 0 ? say(page, short.may(joined(about, short.or)), 'rights.list') : [],
      also.length > 0 ? say(page, short.mayBeside(joined(also)), 'rights.list') : [],
    ),
    ...paragraph(
      all.channels.length > 0 ? say(page, how.channels(all.channels), 'rights.channels', { href: '#short-who' }) : [],
      ...(all.answerWithin === undefined
        ? []
        : [
            say(page, how.within(termWords(all.answerWithin)), 'rights.answerWithin'),
            say(page, how.free, 'law'),
            say(page, how.refused, 'law'),
          ]),
    ),
    ...paragraph(more),
  ];
}

function notSatisfied(page: Page, more: Sentence[]): Block[] {
  const one = page.policy.complaint;
  return one
    ? paragraph(say(page, complaint.authority(authorityWords(one.authority)), 'complaint.authority'), more)
    : [];
}
