import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nextPolicy, parsed } from '../../../../test/worlds/statement.ts';
import { diff } from '../../../policy/index.ts';
import { render } from '../document/formats/index.ts';
import { sentences } from '../document/model.ts';
import { channelOf, groupName, noticeDocument, noticesOf } from './notices.ts';

const eea = ['NL', 'DE'];
const before = parsed(nextPolicy('2026-1'));
const after = parsed(
  nextPolicy('2026-2', (text) =>
    text
      .replace('keep: P90D\n    from: call-end', 'keep: P120D\n    from: call-end')
      .replace('email: info@divato.nl\n  website', 'email: privacy@divato.nl\n  website')
      .replace('subProcessors: [colocation]', 'subProcessors: [colocation, parcel]'),
  ),
);
const changes = diff(before, after, eea);
const notices = noticesOf(changes, '2026-12-24', '2026-11-24');
const of = (group: string) => {
  const found = notices.find((one) => one.group === group);
  assert.ok(found, group);
  return found;
};

describe('a notice', () => {
  it('is one a group, with all that concerns it and nothing else', () => {
    assert.deepEqual(
      of('callers').changes.map((one) => one.path),
      ['organisation.email', 'retention.recordings-90-days.keep'],
    );
    assert.deepEqual(
      of('clients.bakery').changes.map((one) => one.path),
      ['clients.bakery.subProcessors'],
    );
    assert.ok(!notices.some((one) => one.group === 'clients-people'));
  });

  it('comes before the day when one could act on it, else within a month after', () => {
    assert.deepEqual([of('callers').when, of('callers').due], ['before', '2026-12-23']);
    assert.deepEqual([of('suppliers').when, of('suppliers').due], ['afterwards', '2027-01-23']);
    assert.equal(
      noticesOf(changes, '2026-11-24', '2026-11-24').find((one) => one.group === 'callers')?.due,
      '2026-11-24',
    );
  });

  it('names the group as the policy does, and a way to reach it, in both languages', () => {
    for (const { group } of notices) {
      const [name, channel] = [groupName(group, after), channelOf(group, after)];
      assert.ok(name.nl !== '' && name.en !== '' && channel.nl !== channel.en, group);
    }
    assert.match(channelOf('callers', after).en, /start of a call/);
    assert.match(channelOf('clients.bakery', after).en, /agreement/);
  });

  it('reads as a letter: what changes, what one can do, where it all stands; each sentence with its place', async () => {
    for (const language of ['nl', 'en'] as const) {
      for (const group of ['callers', 'employees', 'clients.bakery']) {
        const document = noticeDocument(
          { policy: after, label: '2026-2', effective: '2026-12-24', notice: of(group) },
          language,
        );
        const all = sentences(document.blocks);
        assert.ok(all.every((one) => one.text.trim() !== '' && one.from !== ''));
        assert.equal(new Set(all.map((one) => one.text)).size, all.length);
        const text = new TextDecoder().decode(await render(document, 'txt'));
        assert.match(text, language === 'nl' ? /24 december 2026/ : /24 December 2026/);
        assert.match(text, /https:\/\/www\.divato\.nl\/privacy/);
        assert.doesNotMatch(text, /undefined|clients\.bakery/);
      }
    }
    const letter = new TextDecoder().decode(
      await render(
        noticeDocument({ policy: after, label: '2026-2', effective: '2026-12-24', notice: of('callers') }, 'en'),
        'txt',
      ),
    );
    assert.match(letter, /90 days → 120 days/);
    assert.match(letter, /you can object/);
  });
});
