import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { guardedLookup, leadsInside, literalOf, mayReach, type Resolve } from './reach.ts';

const inside = ['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.0.0.4', '172.16.1.1', '192.168.1.1', 'fd00::4'];
const never = [
  '0.0.0.0',
  '::',
  '169.254.169.254',
  'fe80::1',
  '::ffff:169.254.169.254',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '100.64.0.1',
  '100.100.100.200',
  '168.63.129.16',
  'fd00:ec2::254',
  '224.0.0.1',
  'ff02::1',
  '255.255.255.255',
  '240.0.0.1',
];

describe('where what the program asks by itself may stand', () => {
  it('is the open network, and one’s own only when the operator says so', () => {
    for (const address of ['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'])
      assert.ok(mayReach(address, false), address);
    for (const address of inside) {
      assert.equal(mayReach(address, false), false, address);
      assert.equal(mayReach(address, true), true, address);
    }
    for (const address of [...never, '192.0.2.1x', '', 'example.org'])
      for (const privateToo of [false, true]) assert.equal(mayReach(address, privateToo), false, address);
  });
  it('is told of an address in digits however it is written, as a URL reads it', () => {
    for (const written of ['127.1', '2130706433', '0x7f.1', '0177.0.0.1', '[::1]', '[::ffff:7f00:1]'])
      assert.equal(mayReach(literalOf(new URL(`https://${written}/`)) ?? '', false), false, written);
    assert.equal(literalOf(new URL('https://example.org/')), null);
  });
  it('counts every address of a name when it is typed, and gives only allowed ones to connect to', async () => {
    const both: Resolve = (_, done) =>
      done(null, [
        { address: '93.184.216.34', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]);
    assert.equal(await leadsInside(new URL('https://both.example/'), false, both), true);
    assert.equal(await leadsInside(new URL('https://localhost/'), false), true, 'by the names of this machine');
    assert.equal(await leadsInside(new URL('https://localhost/'), true), false);
    const given = await new Promise<unknown>((settle) => {
      guardedLookup(false, both)('both.example', { all: true }, (_, found) => settle(found));
    });
    assert.deepEqual(given, [{ address: '93.184.216.34', family: 4 }]);
    const refused = await new Promise<unknown>((settle) => {
      guardedLookup(false)('localhost', { all: true }, (cause) => settle(cause?.code));
    });
    assert.equal(refused, 'ENOTALLOWED');
  });
});
