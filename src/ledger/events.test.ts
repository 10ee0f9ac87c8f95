import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assert as check, constantFrom, emailAddress, ipV4, oneof, property, string, webUrl } from 'fast-check';
import { opaqueId } from '../base/id.ts';
import { instant } from '../base/time.ts';
import { eventTypes, fieldValue, minuteOf, type FieldKind } from './events.ts';

const personal = [
  'Jan Jansen',
  'Jansen-de Vries',
  "O'Brien",
  'j.jansen@example.nl',
  '+31612345678',
  '0612345678',
  '0031612345678',
  '06-1234 5678',
  '123456782',
  '1234.56.782',
  'NL91ABNA0417164300',
  '192.168.1.20',
  '2001:db8::1',
  '00:1A:2B:3C:4D:5E',
  '2026/11/24/in-0612345678.wav',
  '/var/spool/asterisk/monitor/out-0612345678.wav',
  'in-0612345678',
  'exten-31612345678-x',
  '',
  'a\nb',
];
const fields = Object.entries(eventTypes).flatMap(([type, kinds]) =>
  Object.entries<FieldKind>(kinds).map(([name, kind]) => ({ type, name, kind })),
);

describe('a leaf about systems', () => {
  it('has no field that takes a name, an address, a number or a path as text', () => {
    for (const { type, name, kind } of fields) {
      for (const text of personal) {
        // One form of ours cannot be told from a number behind a word: it is random, and nobody types it.
        if (kind === 'opaque' && text === 'in-0612345678') continue;
        assert.throws(
          () => fieldValue(type, name, kind, text),
          (error: Error) => error instanceof TypeError && (text === '' || !error.message.includes(text)),
        );
      }
    }
  });

  it('takes nothing that prints itself as something else', () => {
    const liar = { toString: () => 'Jan Jansen', toJSON: () => 'Jan Jansen', valueOf: () => 7 };
    for (const { type, name, kind } of fields) {
      for (const value of [liar, [5], new Date(0), Object('id'), null, undefined, true, NaN, 1.5, -1, 2 ** 60, 10n]) {
        assert.throws(() => fieldValue(type, name, kind, value), TypeError);
      }
    }
    assert.equal(minuteOf(liar), null);
  });

  it('takes of any text at all only what is an id, a hash, a level or a state', () => {
    const text = oneof(string(), string({ unit: 'binary' }), emailAddress(), webUrl(), ipV4());
    check(
      property(constantFrom(...fields), text, ({ type, name, kind }, value) => {
        let taken: string | number | null = null;
        try {
          taken = fieldValue(type, name, kind, value);
        } catch (cause) {
          assert.ok(cause instanceof TypeError);
        }
        if (taken !== null) assert.match(String(taken), /^[A-Za-z0-9][a-z0-9-]{0,63}$/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes the ids that the policy declares and the ones that chance makes', () => {
    for (const id of ['P08', 'recordings-90-days', 'exchange', 'cdr', '3cx', 'frigate-2026-11-24', 'port-15432']) {
      assert.equal(fieldValue('x', 'rule', 'id', id), id);
    }
    for (let i = 0; i < 5_000; i += 1) {
      const id = opaqueId('r');
      assert.equal(fieldValue('x', 'run', 'opaque', id), id);
    }
    assert.equal(fieldValue('x', 'run', 'opaque', 'r-0123456789'), 'r-0123456789');
    assert.throws(() => fieldValue('x', 'run', 'opaque', '0123456789'), TypeError);
  });

  it('tells time to the minute', () => {
    assert.equal(minuteOf(instant('2026-11-24T10:59:59.999Z')), '2026-11-24T10:59Z');
    assert.equal(fieldValue('x', 'cut', 'time', instant('2026-08-25T22:00:00Z')), '2026-08-25T22:00Z');
  });
});
