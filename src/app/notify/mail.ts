/** A digest by e-mail (SMTP): what happened and what waits. Says that something is so and where to look, and nothing about anyone. */
import { createTransport } from 'nodemailer';
import { ruleOf, type Account, type Role } from '../../access/index.ts';
import type { Language } from '../../base/language.ts';
import type { Policy } from '../../policy/index.ts';
import { promisedAs } from '../../promises/proof/controls/index.ts';
import { states } from '../../promises/proof/phrases.ts';
import { sayIn, type Say } from '../../web/say.ts';
import { newsTitles, readNews, settle, type News } from './news.ts';
import type { OpenWorld } from '../world.ts';

const reader = 'mail';

export interface MailSettings {
  /** smtp:// or smtps:// with the account in it, from GESTAND_SMTP_URL or its _FILE. */
  readonly url: string;
  readonly from: string;
}

/** The organisation's own language: the first that its statement is in. */
export function houseLanguage(policy: Pick<Policy, 'publication'>): Language {
  return policy.publication?.languages[0] ?? 'nl';
}

/** Whoever may approve or make plans wants to know; a client or a data subject gets no mail about the organisation. */
export function readersOf(
  accounts: readonly Pick<Account, 'email' | 'state' | 'roles' | 'language'>[],
  house: Language,
): Reader[] {
  const wants = (role: Role): boolean => role !== 'auditor' && ruleOf('see the board').all.includes(role);
  return accounts
    .filter((one) => one.state === 'active' && one.roles.some(wants))
    .map(({ email, language }) => ({ email, language: language ?? house }));
}

/** A server that does not answer in this time is tried again later. */
export const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 } as const;

/** Taken as it is, and not read as a list: whatever stands in it, it is one person's. */
export const only = (email: string): { name: string; address: string } => ({ name: '', address: email });

/** The server answered, and it was this message, or this address, that it would not take. */
export function isOfMessage(cause: unknown): boolean {
  if (!(cause instanceof Error) || !('responseCode' in cause) || !('command' in cause)) return false;
  return typeof cause.responseCode === 'number' && /^(RCPT TO|DATA|API)$/.test(String(cause.command));
}

export interface Reader {
  readonly email: string;
  readonly language: Language;
}

/** One mail to each reader, and none when nothing happened; how many things were told. Sent before it counts as read: rather twice than never. */
export async function sendDigest(
  world: OpenWorld,
  settings: MailSettings,
  readers: readonly Reader[],
  origin: string,
): Promise<number> {
  const transport = createTransport({ url: settings.url, ...patience });
  try {
    for (let told = 0; ;) {
      const { news, next, more } = await readNews(world, reader);
      for (const one of news.length > 0 ? readers : []) {
        const letter = digest(news, sayIn(one.language, world.zone), world.policy.organisation.name, origin);
        try {
          await transport.sendMail({ from: settings.from, to: only(one.email), ...letter });
        } catch (cause) {
          // One address that is refused would have all the others read the same every hour.
          if (!isOfMessage(cause)) throw cause;
          world.log('mail.not-taken', {});
        }
      }
      await settle(world, reader, next);
      told += news.length;
      if (!more) return told;
    }
  } finally {
    transport.close();
  }
}

export function digest(
  news: readonly News[],
  say: Say,
  organisation: string,
  origin: string,
): { subject: string; text: string } {
  const { language } = say;
  const lines = news.map((one) => `- ${say.moment(one.at)}  ${sentence(one, language)}`);
  const subject =
    language === 'nl'
      ? `Gestand: ${news.length} ${news.length === 1 ? 'bericht' : 'berichten'} van ${organisation}`
      : `Gestand: ${news.length} ${news.length === 1 ? 'message' : 'messages'} from ${organisation}`;
  const foot = language === 'nl' ? `Bekijk het op ${origin}/` : `See it at ${origin}/`;
  return { subject, text: `${lines.join('\n')}\n\n${foot}\n` };
}

function sentence(one: News, language: Language): string {
  const fact = (name: string): string => String(one.facts[name] ?? '');
  switch (one.kind) {
    case 'promise.changed': {
      const id = fact('promise');
      const state = (name: string): string => states[name as keyof typeof states]?.[language] ?? '–';
      return `${id} ${promisedAs(id).title[language]}: ${state(fact('from'))} → ${state(fact('to'))}`;
    }
    case 'plan.waiting':
      return `${newsTitles[one.kind][language]}: ${fact('plan')} (${fact('due')})`;
    case 'run.finished':
      return `${newsTitles[one.kind][language]}: ${fact('run')} (${fact('state')}, ${fact('n')})`;
    case 'operator.alone':
      return `${newsTitles[one.kind][language]}: ${fact('deed')}`;
    case 'hold.review-overdue':
      return `${newsTitles[one.kind][language]}: ${fact('hold')}`;
  }
}
