/** A digest by e-mail (SMTP): what happened and what waits. Says that something is so and where to look, and nothing about anyone. */
import { createTransport } from 'nodemailer';
import type { Language } from '../../base/language.ts';
import { promisedAs } from '../../promises/proof/controls/index.ts';
import { states } from '../../promises/proof/phrases.ts';
import { newsTitles, readNews, settle, type News } from './news.ts';
import type { OpenWorld } from '../world.ts';

const reader = 'mail';

export interface MailSettings {
  /** smtp:// or smtps:// with the account in it, from GESTAND_SMTP_URL or its _FILE. */
  readonly url: string;
  readonly from: string;
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
  const transport = createTransport(settings.url);
  try {
    for (let told = 0; ;) {
      const { news, next, more } = await readNews(world, reader);
      if (news.length > 0)
        for (const one of readers)
          await transport.sendMail({
            from: settings.from,
            to: one.email,
            ...digest(news, one.language, world.policy.organisation.name, origin),
          });
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
  language: Language,
  organisation: string,
  origin: string,
): { subject: string; text: string } {
  const lines = news.map((one) => `- ${one.at.slice(0, 16).replace('T', ' ')} UTC  ${sentence(one, language)}`);
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
    case 'hold.review-overdue':
      return `${newsTitles[one.kind][language]}: ${fact('hold')}`;
  }
}
