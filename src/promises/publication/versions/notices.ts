/** Whom a new version must be told to, what, by when and how; and the text of it. Pure. */
import { z } from 'zod';
import type { Language, Text } from '../../../base/language.ts';
import { addDays, type Instant } from '../../../base/time.ts';
import { dayWords, wholeSentences } from '../../../base/wording.ts';
import type { Change, Policy } from '../../../policy/index.ts';
import type { Block, Document, Sentence } from '../document/model.ts';
import { notice as words, channels, channelOfClient } from './phrases.ts';

export const NoticeChange = z.strictObject({
  path: z.string(),
  text: z.strictObject({ nl: z.string(), en: z.string() }),
  why: z.array(z.string()),
  when: z.enum(['before', 'afterwards']),
});
export type NoticeChange = z.infer<typeof NoticeChange>;

export interface Notice {
  /** Id of a group of people, or "clients.ID". */
  readonly group: string;
  readonly when: 'before' | 'afterwards';
  /** Last day on which it is in time. */
  readonly due: string;
  readonly changes: readonly NoticeChange[];
}

export interface Told {
  readonly how: string;
  readonly by: string;
  readonly at: Instant;
}

/**
 * One notice a group. What must be told before is told at the latest on the day before the version takes effect; the rest
 * within a month of it. A day that is past is today: late is late, and the board shows it.
 */
export function noticesOf(changes: readonly Change[], effective: string, today: string): Notice[] {
  const groups = [...new Set(changes.flatMap((one) => one.tell))];
  return groups.map((group) => {
    const told = changes.flatMap((one): NoticeChange[] =>
      one.when !== null && one.tell.includes(group)
        ? [{ path: one.path, text: { ...one.text }, why: [...one.why], when: one.when }]
        : [],
    );
    const when = told.some((one) => one.when === 'before') ? 'before' : 'afterwards';
    const due = addDays(effective, when === 'before' ? -1 : 30);
    return { group, when, due: due < today ? today : due, changes: told };
  });
}

/** What the policy calls a group of a notice. */
export function groupName(group: string, policy: Policy): Text {
  const client = policy.clients.find((one) => `clients.${one.id}` === group);
  if (client) return { nl: client.name, en: client.name };
  return policy.subjects.find((one) => one.id === group)?.text ?? { nl: group, en: group };
}

/** How such a group is reached best. */
export function channelOf(group: string, policy: Policy): Text {
  if (group.startsWith('clients.')) return channelOfClient;
  return channels[policy.subjects.find((one) => one.id === group)?.kind ?? 'other'];
}

export interface NoticeOf {
  readonly policy: Policy;
  readonly label: string;
  readonly effective: string;
  readonly notice: Notice;
}

/** What is sent to a group: what changes for them, what they can do, where to read it all. */
export function noticeDocument({ policy, label, effective, notice }: NoticeOf, language: Language): Document {
  const { organisation, publication, dpo } = policy;
  const client = notice.group.startsWith('clients.');
  const say = (text: Text, from: string, more: Partial<Sentence> = {}): Sentence[] =>
    wholeSentences(text[language]).map((one) => ({ text: one, from, ...more }));
  const post = organisation.post;
  const email = dpo?.email ?? organisation.email;
  const blocks: Block[] = [
    { kind: 'paragraph', sentences: say(words.opening(dayWords(effective), client), 'publication.date') },
    { kind: 'list', items: notice.changes.map((one) => say(one.text, one.path)) },
    { kind: 'heading', level: 2, id: 'what-you-can-do', text: words.title[language] },
    {
      kind: 'paragraph',
      sentences: client ? say(words.ofClient, 'law') : say(words.ofPerson(notice.when), 'rights'),
    },
    {
      kind: 'paragraph',
      sentences: [
        ...(email === undefined ? [] : say(words.mail(email), 'organisation.email', { href: `mailto:${email}` })),
        ...(post === undefined ? [] : say(words.write(`${organisation.name}, ${post}`), 'organisation.post')),
        ...(publication?.url?.startsWith('https://')
          ? say(words.whole(publication.url), 'publication.url', { href: publication.url })
          : []),
      ],
    },
  ];
  return {
    language,
    title: words.heading[language],
    subtitle: words.subtitle(groupName(notice.group, policy), label, dayWords(effective))[language],
    author: organisation.name,
    date: effective,
    blocks: blocks.filter((one) => one.kind !== 'paragraph' || one.sentences.length > 0),
  };
}
