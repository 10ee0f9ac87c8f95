/** A real mail server that keeps what it is given; it can be closed, and refuse an address. */
import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { MailSettings } from '../../src/app/notify/mail.ts';

export interface Post {
  readonly settings: MailSettings;
  readonly mails: {
    readonly to: string;
    /** Everyone to whom it went. */
    readonly recipients: readonly string[];
    readonly headers: readonly string[];
    readonly subject: string;
    readonly text: string;
  }[];
  /** Addresses that are not taken. */
  readonly refused: Set<string>;
  close(): Promise<void>;
}

export async function postOffice(port = 0): Promise<Post> {
  const mails: Post['mails'] = [];
  const refused = new Set<string>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _, done) =>
      refused.has(address) ? done(Object.assign(new Error('no such box'), { responseCode: 550 })) : done(),
    onData: (stream, session, done) => {
      void (async () => {
        const mail = await simpleParser(stream);
        const recipients = session.envelope.rcptTo.map((one) => one.address);
        const headers = mail.headerLines.map((one) => one.key).toSorted();
        mails.push({
          subject: mail.subject ?? '',
          text: mail.text ?? '',
          to: recipients[0] ?? '',
          recipients,
          headers,
        });
        done();
      })();
    },
  });
  await new Promise<void>((done) => void server.listen(port, '127.0.0.1', done));
  const { port: taken } = server.server.address() as AddressInfo;
  return {
    settings: { url: `smtp://127.0.0.1:${taken}`, from: 'gestand@example.nl' },
    mails,
    refused,
    close: () => new Promise((done) => server.close(() => done())),
  };
}
