import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { accessWorld, type Access } from '../../test/worlds/access.ts';
import { hasSlapd, reader, startSlapd, suffix, type Slapd } from '../../test/worlds/slapd.ts';
import { instant } from '../base/time.ts';
import { timeOf } from './directory.ts';
import { checkDirectory, Directory } from './index.ts';

const quick = process.env['GESTAND_TEST_QUICK'] === '1' && !hasSlapd;

describe('a connected directory', { skip: quick ? 'slapd is not installed' : false }, () => {
  let slapd: Slapd;
  let access: Access;
  const dn = (uid: string): string => `uid=${uid},ou=people,${suffix}`;
  const directory = (more: object = {}): Directory =>
    Directory.parse({
      id: 'office',
      url: slapd.url,
      bind: { dn: reader.dn, password: { env: 'X' } },
      people: { base: `ou=people,${suffix}` },
      secondFactorGroup: `cn=mfa,ou=groups,${suffix}`,
      passwordPolicy: `cn=default,ou=policies,${suffix}`,
      ...more,
    });
  const later = (months: number): string => {
    const now = new Date();
    now.setUTCMonth(now.getUTCMonth() + months);
    return now.toISOString();
  };

  before(async () => {
    slapd = await startSlapd();
    access = await accessWorld({}, { now: new Date().toISOString() });
    await slapd.add(`cn=default,ou=policies,${suffix}`, {
      objectClass: ['organizationalRole', 'pwdPolicy'],
      pwdAttribute: 'userPassword',
      pwdMinLength: '10',
      pwdMaxAge: String(90 * 86_400),
      pwdLockout: 'FALSE',
      pwdMaxFailure: '5',
    });
    for (const uid of ['anna', 'bert', 'carl', 'dora'])
      await slapd.add(dn(uid), {
        objectClass: 'inetOrgPerson',
        cn: uid,
        sn: uid,
        userPassword: `het wachtwoord van ${uid}`,
        ...(uid === 'dora' ? { pwdAccountLockedTime: '000001010000Z' } : {}),
      });
    await slapd.add(`cn=mfa,ou=groups,${suffix}`, {
      objectClass: 'groupOfNames',
      member: [`UID=Anna, ou=people, ${suffix}`, dn('carl')],
    });
    await slapd.use(dn('anna'), 'het wachtwoord van anna');
  });
  after(async () => {
    await access.close();
    slapd.close();
  });

  it('shows who is outside the group of whom a second factor is asked', async () => {
    const report = await checkDirectory(access.world, directory(), reader.password);
    const without = (report.withoutSecondFactor ?? []).map((one) => one.login);
    assert.equal(report.accounts, 3, 'one of four is locked for good');
    assert.deepEqual(without, ['bert']);
    assert.deepEqual(report.stale, []);
  });

  it('shows accounts that nobody used for three months, by what the directory itself keeps', async () => {
    access.setNow(later(2));
    assert.deepEqual((await checkDirectory(access.world, directory(), reader.password)).stale, []);
    access.setNow(later(4));
    const report = await checkDirectory(access.world, directory(), reader.password);
    assert.deepEqual(
      report.stale.map((one) => one.login),
      ['anna', 'bert', 'carl'],
    );
    access.setNow(new Date().toISOString());
  });

  it('tells what its password policy lacks', async () => {
    const report = await checkDirectory(access.world, directory(), reader.password);
    assert.deepEqual(report.policy, { leastLength: 10, lockedAfter: null, changeAfterDays: 90 });
    assert.deepEqual(report.weak, ['short', 'no-limit', 'forced-change']);
    const silent = await checkDirectory(access.world, directory({ passwordPolicy: undefined }), reader.password);
    assert.deepEqual([silent.policy, silent.weak], [null, []]);
  });

  it('leaves counts in the evidence, and no name anywhere', async () => {
    const { rows } = await sql<{ e: string }>`select convert_from(entry, 'UTF8') as e from ledger.intake`.execute(
      access.world.db,
    );
    assert.match(rows.at(-1)?.e ?? '', /"check":"directory-office","n":\d,"ok":\d,"t":"check.done"/);
    for (const name of ['anna', 'bert', 'uid=']) {
      assert.ok(!rows.some((row) => row.e.includes(name)));
      assert.ok(!access.logged.some((line) => line.includes(name)));
    }
  });

  it('is read over TLS with a certificate that is trusted, and not otherwise', async () => {
    const secure = { url: slapd.secureUrl };
    const trusted = await checkDirectory(access.world, directory({ ...secure, ca: slapd.ca }), reader.password);
    assert.ok(trusted.accounts >= 3);
    const away = { code: 'directory-away' };
    await assert.rejects(checkDirectory(access.world, directory(secure), reader.password), away);
    await assert.rejects(checkDirectory(access.world, directory(), 'een ander wachtwoord'), away);
    await assert.rejects(checkDirectory(access.world, directory({ url: 'ldap://127.0.0.1:9' }), reader.password), away);
    const nowhere = directory({ secondFactorGroup: `cn=none,ou=groups,${suffix}` });
    await assert.rejects(
      checkDirectory(access.world, nowhere, reader.password),
      away,
      'a group that is not there covers nobody',
    );
    assert.ok(!Directory.safeParse({ ...directory(), url: 'ldap://ldap.example.nl' }).success);
  });

  it('writes times in two ways', () => {
    assert.equal(timeOf('20261124100000Z')?.toString(), instant('2026-11-24T10:00:00Z').toString());
    assert.equal(timeOf('20261124100000.123Z')?.toString(), '2026-11-24T10:00:00Z');
    assert.equal(timeOf('116444736000000000')?.toString(), '1970-01-01T00:00:00Z');
    assert.equal(timeOf('133800000000000000')?.toString(), '2024-12-30T02:40:00Z');
    for (const text of ['20261324100000Z', '0', '', 'never', undefined]) assert.equal(timeOf(text), null);
  });
});
