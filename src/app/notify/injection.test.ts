/** Names and addresses that would be more than a name, in mail: to a real mail server, which tells what came of them. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { createTransport } from 'nodemailer';
import { invite, reset } from '../../access/index.ts';
import { record } from '../../ledger/index.ts';
import type { OpenWorld } from '../world.ts';
import { accessWorld, member, type Access } from '../../../test/worlds/access.ts';
import { testHome, type TestHome } from '../../../test/worlds/home.ts';
import { postOffice, type Post } from '../../../test/worlds/post.ts';
import { emptyEstate } from '../../../test/worlds/site.ts';
import { sendDigest } from './mail.ts';
import { sendNotices } from './personal.ts';

const hostile = 'Voorbeeld\r\nBcc: eve@evil.example\r\nX-Evil: yes\r\n\r\nRCPT TO:<eve@evil.example>\r\n.\r\nQUIT';
/** What a plain mail of ours has; anything else was brought in. */
const plain = [
  'content-transfer-encoding',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'subject',
  'to',
];

describe('mail', () => {
  let post: Post;
  let home: TestHome;
  let world: OpenWorld;
  let access: Access;
  before(async () => {
    post = await postOffice();
    home = await testHome({ estate: emptyEstate });
    world = await home.open();
    access = await accessWorld();
  });
  after(async () => {
    await home.close();
    await access.close();
    await post.close();
  });
  const happens = async (): Promise<void> => {
    await world.db.transaction().execute((tx) =>
      record(tx, {
        type: 'promise.changed',
        at: world.clock(),
        fields: { promise: 'P08', from: 'kept', to: 'broken' },
      }),
    );
    await world.flush();
  };

  it('goes to one person, with our headers only, whatever the organisation calls itself', async () => {
    const named: OpenWorld = {
      ...world,
      policy: { ...world.policy, organisation: { ...world.policy.organisation, name: hostile } },
    };
    const readers = [{ email: 'anna@example.nl', language: 'en' }] as const;
    await sendDigest(named, post.settings, readers, 'https://privacy.example.nl');
    await happens();
    assert.equal(await sendDigest(named, post.settings, readers, 'https://privacy.example.nl'), 1);
    const anna = await member(access, { name: hostile.replace(/\s+/g, ' ').slice(0, 60), email: 'anna@example.nl' });
    await reset(access.world, null, anna.account, 'password');
    const sent = await sendNotices({ ...access.world, organisation: hostile }, post.settings, {
      origin: 'https://privacy.example.nl',
      language: 'nl',
    });
    assert.equal(sent, 1);
    assert.equal(post.mails.length, 2);
    for (const mail of post.mails) {
      assert.deepEqual(mail.recipients, ['anna@example.nl']);
      assert.deepEqual(mail.headers, plain);
      assert.doesNotMatch(mail.subject, /[\r\n]/);
    }
  });

  it('takes what stands as an address for one address, and an account has no other', async () => {
    post.mails.length = 0;
    for (const email of [
      'anna,eve@evil.example',
      'anna;eve@evil.example',
      'staff:eve@evil.example',
      'anna@example.nl,evil.example',
      'anna(eve)@evil.example',
      'anna@example.nl\r\nBcc: eve',
      'anna\u0000@example.nl',
    ]) {
      await assert.rejects(
        invite(access.world, null, { name: 'Eve Lijst', email, roles: ['engineer'] }),
        { code: 'account-wrong' },
        email,
      );
      // And if one had got into the store all the same: nobody else reads what is hers.
      await happens();
      await sendDigest(world, post.settings, [{ email, language: 'nl' }], 'https://privacy.example.nl').catch(
        () => undefined,
      );
    }
    for (const mail of post.mails) assert.ok(!mail.recipients.includes('eve@evil.example'), mail.recipients.join());
    const { rows } = await sql`select from access.account where email like '%evil%'`.execute(access.store.db);
    assert.equal(rows.length, 0);
  });

  it('and a header or a reader that was brought in would be seen here', async () => {
    post.mails.length = 0;
    const transport = createTransport({ url: post.settings.url });
    await transport.sendMail({
      envelope: { from: 'a@example.nl', to: ['anna@example.nl', 'eve@evil.example'] },
      raw: 'Subject: x\r\nX-Evil: yes\r\n\r\ntext\r\n',
    });
    // As it was done before: a list in the place of an address.
    await transport.sendMail({ from: 'a@example.nl', to: 'anna,eve@evil.example', subject: 'x', text: 'x' });
    transport.close();
    assert.ok(post.mails[0]?.headers.includes('x-evil'));
    assert.ok(post.mails[0]?.recipients.includes('eve@evil.example'));
    assert.ok(post.mails[1]?.recipients.includes('eve@evil.example'));
  });
});
