/** SECURITY.md, "Cryptography": every algorithm that the source uses is in its table, strong enough, and none is of our own making. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { sources } from '../../scripts/sources.ts';

const calls: readonly RegExp[] = [
  /\b(?:createHash|createHmac|createCipheriv|createDecipheriv|generateKeyPair(?:Sync)?|createSign|createVerify|pbkdf2(?:Sync)?|hkdf(?:Sync)?|argon2(?:Sync)?)\(\s*'([\w-]+)'/g,
  /\balgorithm: '(\w+)'/g,
  /asymmetricKeyType !== '(\w+)'/g,
];
/** What libraries do by a name of theirs. */
const byLibrary: Readonly<Record<string, RegExp>> = {
  x25519: /generateX25519Identity/,
  scrypt: /setScryptWorkFactor/,
  shamir: /from 'shamir-secret-sharing'/,
};
/** Known for it, and kept by others. */
const libraries =
  /^(node:crypto|age-encryption|shamir-secret-sharing|otpauth|openid-client|@simplewebauthn\/(?:server|browser)|standardwebhooks)$/;
const suspect =
  /crypt|cipher|noble|nacl|sodium|jose|jsonwebtoken|forge|bcrypt|scrypt|argon|hash|webauthn|otp|openid|shamir|webhooks/i;

const algorithmsIn = (text: string): string[] => [
  ...calls.flatMap((call) => [...text.matchAll(call)].map(([, name = '']) => name)),
  ...Object.entries(byLibrary).flatMap(([name, use]) => (use.test(text) ? [name] : [])),
];
const foreignIn = (text: string): string[] =>
  [...text.matchAll(/(?:from |import\()'([^'.][^']*)'/g)]
    .map(([, name = '']) => name)
    .filter((name) => suspect.test(name) && !libraries.test(name));

const texts = sources().map((file) => readFileSync(file, 'utf8'));
const used = [...new Set(texts.flatMap(algorithmsIn))].toSorted();
const section = /## Cryptography\n([\s\S]*?)\n## /.exec(readFileSync('SECURITY.md', 'utf8'))?.[1] ?? '';
const rows = [...section.matchAll(/^\| (?!for |---)(.+?) \| (.+?) \| (\d+) \| (.+?) \|$/gm)].map(
  ([, purpose = '', algorithm = '', bits = '', key = '']) => ({ purpose, algorithm, bits: Number(bits), key }),
);
const listed = [
  ...new Set(rows.flatMap((row) => [...row.algorithm.matchAll(/`([\w-]+)`/g)].map(([, name = '']) => name))),
];

describe('the table of cryptography', () => {
  it('has every algorithm that is used, and none that is not', () => {
    assert.deepEqual(listed.toSorted(), used);
    assert.ok(used.length >= 8);
  });
  it('has none that is weaker than 128 bits', () => {
    assert.ok(rows.length >= 8);
    assert.deepEqual(
      rows.filter((row) => !(row.bits >= 128)),
      [],
    );
  });
  it('names every key file of the home', () => {
    const files = new Set(texts.flatMap((text) => [...text.matchAll(/'([a-z]+\.key)'/g)].map(([, name = '']) => name)));
    assert.ok(files.size >= 4);
    for (const file of files) assert.ok(section.includes(`keys/${file}`), file);
  });
  it('is of libraries that are known for it', () => {
    assert.deepEqual(texts.flatMap(foreignIn), []);
  });
  it('and an algorithm or a library that is not in it would be seen', () => {
    const careless = "import { seal } from 'tweetnacl';\ncreateCipheriv('aes-128-cbc', key, iv);\ncreateHash( 'md5')";
    assert.deepEqual(algorithmsIn(careless), ['aes-128-cbc', 'md5']);
    assert.deepEqual(foreignIn(careless), ['tweetnacl']);
    assert.deepEqual(foreignIn("const jwt = await import('jsonwebtoken');"), ['jsonwebtoken']);
    assert.deepEqual(algorithmsIn("argon2('argon2i', parameters)"), ['argon2i']);
  });
});
