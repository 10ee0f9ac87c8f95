import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { accessWorld, codeAt, desk, member, passphrase, whoIs, type Access } from '../../test/worlds/access.ts';
import { beginCode, confirmCode, finishEnrolment, invite, openLink, setPassword, signInWithPassword } from './index.ts';
import { contextWords, openBlocklist, passwordProblem } from './passwords.ts';

const blocklist = openBlocklist();
const words = contextWords({
  organisation: 'Voorbeeld Telecom BV',
  name: 'Anna de Beer',
  email: 'anna.debeer@voorbeeld.example',
});
const problem = async (password: string, secondFactor = false): Promise<string | null> =>
  (await passwordProblem(password, { secondFactor, words }, blocklist))?.code ?? null;

describe('a password', () => {
  it('alone has fifteen characters, and eight beside a second factor', async () => {
    assert.equal(await problem('kruk-vaas-lamp'), 'password-too-short');
    assert.equal(await problem('kruk-vaas-lampe'), null);
    assert.equal(await problem('kruk-va', true), 'password-too-short');
    assert.equal(await problem('kruk-vaa', true), null);
  });
  it('may have any character and a great length, and need have no digit or capital', async () => {
    assert.equal(await problem('een heel gewone zin zonder iets bijzonders'), null);
    assert.equal(await problem('пароль на украинском 🦆🦆'), null);
    assert.equal(await problem(Array.from({ length: 40 }, (_, i) => `woord ${i}`).join(' ')), null);
    assert.equal(await problem('a b'.repeat(342)), 'password-too-long');
  });
  it('counts characters as a person does, not bytes or halves', async () => {
    assert.equal(await problem('🦆🐑🐄🐖🐓🐈🐕', true), 'password-too-short');
    assert.equal(await problem('🦆🐑🐄🐖🐓🐈🐕🐎', true), null);
  });
  it('is not one that everybody tries, also with a year behind it, twice, or in capitals', async () => {
    const tried = [
      'password',
      'Welkom01',
      'iloveyou',
      'PASSWORD123!',
      'Summer2026',
      'qwerty123456789',
      'passwordpassword',
      'Dragon2026Dragon2026',
      '111111111111111111',
      '123456789012345678',
      'abcdefghijklmnopq',
    ];
    for (const one of tried) assert.equal(await problem(one, true), 'password-expected', one);
  });
  it('is not the name of the organisation, of the person, or of this program', async () => {
    for (const one of ['Voorbeeld2026!', 'voorbeeldtelecom', 'AnnadeBeer1975', 'debeer-anna-2026', 'Gestand-2026-11'])
      assert.equal(await problem(one, true), 'password-expected', one);
    assert.equal(await problem('anna eet zelden rabarber'), null, 'a name among other words is fine');
  });
});

describe('the password of an account', () => {
  let access: Access;
  before(async () => {
    access = await accessWorld();
  });
  after(() => access.close());

  it('is refused at 14 characters without a second factor, and taken at 8 with one', async () => {
    const { world } = access;
    const link = await invite(world, null, { name: 'F. Kort', email: 'kort@example.nl', roles: ['engineer'] });
    const { session } = await openLink(world, link.token, desk);
    const set = async (password: string) => setPassword(world, await whoIs(world, session), { password });
    await assert.rejects(set('kruk-vaas-lamp'), { code: 'password-too-short' });
    const { secret, flow } = await beginCode(world, await whoIs(world, session));
    await confirmCode(world, await whoIs(world, session), flow, codeAt(secret, world.clock()));
    await set('kruk-vaa');
    await finishEnrolment(world, await whoIs(world, session));
    assert.equal(
      (await signInWithPassword(world, { email: 'KORT@example.nl ', password: 'kruk-vaa' }, desk)).next,
      'second-factor',
    );
  });

  it('is the same however its accents were typed', async () => {
    const { world } = access;
    const one = await member(access, { name: 'G. Accent' });
    await setPassword(world, one.actor, { password: 'cafe\u0301 in de \ufb01etstas', current: passphrase });
    const given = { email: one.email, password: 'caf\u00e9 in de fietstas' };
    assert.equal((await signInWithPassword(world, given, desk)).next, 'second-factor');
    await assert.rejects(signInWithPassword(world, { ...given, password: 'Caf\u00e9 in de fietstas' }, desk), {
      code: 'sign-in-refused',
    });
  });

  it('is changed by whoever knows it and has just shown two factors, and by nobody else', async () => {
    const { world } = access;
    const one = await member(access, { name: 'H. Wissel' });
    const password = 'negen luie kapiteins';
    await assert.rejects(setPassword(world, one.actor, { password }), { code: 'sign-in-refused' });
    await assert.rejects(setPassword(world, one.actor, { password, current: 'iets anders' }), {
      code: 'sign-in-refused',
    });
    await setPassword(world, one.actor, { password, current: passphrase });
    assert.equal((await signInWithPassword(world, { email: one.email, password }, desk)).next, 'second-factor');
    await assert.rejects(signInWithPassword(world, { email: one.email, password: passphrase }, desk), {
      code: 'sign-in-refused',
    });
    access.pass({ minutes: 6 });
    await assert.rejects(
      setPassword(world, await whoIs(world, one.token), { password: passphrase, current: password }),
      {
        code: 'step-up-needed',
      },
    );
  });
});
