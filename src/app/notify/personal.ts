/**
 * A mail to a person about their own sign-in: what changed and when, in their own language, and what to do if it was not they.
 * Nothing that one could sign in with, no link that opens anything, and nobody else's name.
 */
import { createTransport } from 'nodemailer';
import { noticesSent, noticeTexts, takeNotices, type AccessWorld, type ChangeLetter } from '../../access/index.ts';
import type { Language } from '../../base/language.ts';
import { sayIn } from '../../web/say.ts';
import { isOfMessage, only, patience, type MailSettings } from './mail.ts';

export interface Sender {
  readonly origin: string;
  /** For whoever did not choose one. */
  readonly language: Language;
}

/** Sends what is open; how many letters went. What cannot be sent now is tried again later. */
export async function sendNotices(
  access: Pick<AccessWorld, 'db' | 'clock' | 'zone' | 'organisation' | 'log'>,
  settings: MailSettings,
  from: Sender,
): Promise<number> {
  const letters = await takeNotices(access);
  if (letters.length === 0) return 0;
  const transport = createTransport({ url: settings.url, ...patience });
  let sent = 0;
  try {
    for (const letter of letters) {
      try {
        await transport.sendMail({ from: settings.from, to: only(letter.email), ...wording(letter, access, from) });
        await noticesSent(access, letter);
        sent += 1;
      } catch (cause) {
        access.log('notice.not-sent', { kind: cause instanceof Error ? cause.name : 'unknown' });
        // One address that is refused keeps no other from being told; a server that does not answer is left in peace.
        if (!isOfMessage(cause)) break;
      }
    }
  } finally {
    transport.close();
  }
  return sent;
}

export function wording(
  letter: Pick<ChangeLetter, 'language' | 'notices'>,
  { organisation, zone }: Pick<AccessWorld, 'organisation' | 'zone'>,
  from: Sender,
): { readonly subject: string; readonly text: string } {
  const language = letter.language ?? from.language;
  const say = sayIn(language, zone);
  const lines = letter.notices.map(({ kind, at }) => `- ${say.moment(at.toString())}: ${noticeTexts[kind][language]}`);
  const words = {
    nl: {
      subject: `Uw aanmelding bij ${organisation} is veranderd`,
      lead: `In Gestand, het programma waarmee ${organisation} haar privacybeloften nakomt, veranderde iets aan uw eigen account:`,
      mine: 'Was u dit zelf, of weet u ervan, dan hoeft u niets te doen.',
      notMine: `Was u dit niet? Meld het vandaag nog aan wie bij ${organisation} de accounts beheert. Kunt u zich nog aanmelden, beëindig dan uw andere sessies en vervang wat u niet herkent: open zelf ${from.origin} en ga naar "Uw account".`,
      ask: 'Wij vragen u nooit per mail om een wachtwoord of code.',
    },
    en: {
      subject: `Your sign-in at ${organisation} has changed`,
      lead: `In Gestand, the program by which ${organisation} keeps its privacy promises, something about your own account changed:`,
      mine: 'If this was you, or you know of it, you need do nothing.',
      notMine: `Was this not you? Tell whoever manages the accounts at ${organisation} today. If you can still sign in, end your other sessions and replace what you do not recognise: open ${from.origin} yourself and go to "Your account".`,
      ask: 'We never ask you for a password or code by mail.',
    },
  }[language];
  const { subject, lead, mine, notMine, ask } = words;
  return { subject, text: [lead, lines.join('\n'), mine, notMine, ask].join('\n\n').concat('\n') };
}
