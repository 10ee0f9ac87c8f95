/**
 * A form that is refused comes back with what was typed in it: every form of the site, from the table of routes. A form that is not
 * named here fails.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { parse } from 'parse5';
import { makeBox, openBox, receiveForDpo, type Actor, type Role } from '../../src/access/index.ts';
import { startSession } from '../../src/access/sessions.ts';
import { systemNow } from '../../src/app/site/change-system.ts';
import { publicationOf } from '../../src/app/publication.ts';
import { routes } from '../../src/app/site/routes.ts';
import type { Language } from '../../src/base/language.ts';
import { declare } from '../../src/promises/assurance/service.ts';
import { placeHold } from '../../src/promises/holds/service.ts';
import { approve, draft, publishOn, review } from '../../src/promises/publication/versions/service.ts';
import { attr, comesBack, ends, find, named, type Fields, type Refused } from '../worlds/again.ts';
import { testSite, type TestSite } from '../worlds/site.ts';

/** Forms without anything that a person types or chooses: a button, and at most what it is about. */
const buttons = [
  '/sign-in/second/options',
  '/sign-in/passkey/options',
  '/sign-in/passkey',
  '/confirm/options',
  '/again',
  '/sign-out',
  '/account/passkeys/options',
  '/account/passkeys/remove',
  '/account/app/remove',
  '/account/ready',
  '/account/recovery',
  '/account/sessions/end',
  '/account/language',
  '/appearance',
  '/notifications/read',
  '/notifications/unread',
  '/measure',
  '/plans',
  '/plans/:plan/approve',
  '/plans/:plan/apply',
  '/plans/:plan/ages',
  '/holds/:hold/review',
  '/tasks/:task/sign-off',
  '/systems/:system/probe',
  '/systems/:system/absent',
  '/policy/draft/discard',
  '/policy/draft/version',
  '/policy/reload',
  '/publication',
  '/publication/website',
  '/publication/:version/review',
  '/publication/:version/approve',
  '/publication/:version/in-force',
  '/people/:account/reset',
  '/people/:account/sign-out',
  '/people/:account/end',
  '/people/review',
  '/people/review/:review',
  '/people/review/:review/close',
  '/declaration/sign',
  '/settings/tokens/end',
  '/settings/hooks/end',
  '/dpo/shut',
  '/dpo/keys/admit',
  '/dpo/keys/retire',
  '/dpo/letters/:letter/close',
  '/dpo/letters/:letter/erase',
];

const nasty = '"><script>alert(1)</script> & \'</textarea>';
const passphrase = 'vier groene kastelen bij zee';

describe('a form that is refused', () => {
  let site: TestSite;
  const at: Record<string, string> = {};

  const token = (role: Role): string => site.people.get(role)?.token ?? '';
  /** One more session of the same person: in it the officer's box is shut. */
  const another = async ({ account }: Actor): Promise<string> =>
    (
      await site.seat.access.db.transaction().execute((tx) =>
        startSession(tx, site.seat.access, {
          account,
          stage: 'full',
          shown: ['passkey'],
          two: true,
          browser: 'test',
        }),
      )
    ).token;

  before(async () => {
    site = await testSite();
    const { world, seat } = site;
    const person = (role: Role) => {
      const found = site.people.get(role);
      assert.ok(found);
      return found.actor;
    };
    at['account'] = site.people.get('engineer')?.account ?? '';
    const { hold } = await placeHold(world, person('dpo'), {
      matter: 'Geschil',
      kind: 'dispute',
      reason: 'r',
      legalBasis: 'b',
      scope: [{ is: 'place', place: 'x', datasets: ['paper/recordings'], from: null, to: null }],
      prospective: true,
    });
    at['hold'] = hold.id;
    at['control'] = 'restore-test';
    at['system'] = 'paper';
    at['seen'] = systemNow(seat, 'paper').mark;
    const words = { nl: 'Teruggezet.', en: 'Restored.' };
    const word = { control: 'restore-test', words, by: 'A', role: null, on: '2026-11-20', until: '2027-01-20' };
    at['declaration'] = (await declare(world, word)).id;
    const desk = { ...publicationOf(world), lint: () => Promise.resolve({ findings: [] } as never) };
    // Three versions: one that was said, one that must be told of, and one that waits and that the linter blocks.
    const text = (version: string, keep: string): string =>
      world.declared.text.policy
        .replace("version: '2026-1'", `version: '${version}'`)
        .replace('keep: P90D\n    from: call-end', `keep: ${keep}\n    from: call-end`);
    const made: string[] = [];
    for (const [version, keep, on] of [
      ['2026-1', 'P90D', '2026-11-24'],
      ['2026-2', 'P120D', '2026-11-25'],
      ['2026-3', 'P60D', null],
    ] as const) {
      const { id } = await draft({ ...desk, policyText: text(version, keep) }, person('privacy-officer'));
      await review(desk, person('privacy-officer'), id);
      await approve(desk, person('approver'), id);
      if (on !== null) await publishOn(desk, person('approver'), id, on);
      made.push(id);
    }
    const [, toldOf = '', waits = ''] = made;
    at['version'] = waits;
    at['published'] = toldOf;
    await makeBox(seat.access, person('dpo'), { passphrase, parts: 3, needed: 2 });
    at['letter'] = (await receiveForDpo(seat.access, 'complaint', { subject: 'Loon', text: 'Over mijn loon.' })).id;
    seat.boxes.keep(person('dpo'), await openBox(seat.access, person('dpo'), passphrase));
    at['shut'] = await another(person('dpo'));
    const open = async (path: string, role: Role) => parse(await (await site.ask(path, { as: token(role) })).text());
    const told = find(await open(`/publication/${toldOf}`, 'privacy-officer'), ends('/told'));
    at['group'] = attr(find(told, named('group')), 'value') ?? '';
    const pass = find(await open(`/publication/${waits}`, 'dpo'), ends('/override'));
    for (const name of ['rule', 'path']) at[name] = attr(find(pass, named(name)), 'value') ?? '';
    assert.deepEqual([at['group'] !== '', at['rule'] !== ''], [true, true]);
  });
  after(() => site.close());

  const cases = (): readonly Refused[] => [
    {
      post: '/people/invite',
      as: 'privacy-officer',
      page: '/people/invite',
      sent: {
        name: '   ',
        email: 'nieuw@example.nl',
        language: 'en',
        roles: ['auditor', 'approver'],
        until: '2027-03-01',
      },
      status: 422,
      field: 'name',
    },
    {
      post: '/people/invite',
      as: 'privacy-officer',
      page: '/people/invite',
      sent: { name: nasty, email: 'person.engineer@example.nl', language: 'nl', roles: ['approver'], until: '' },
      status: 409,
      field: 'email',
    },
    {
      post: '/people/invite',
      as: 'privacy-officer',
      page: '/people/invite',
      sent: { name: 'Zonder Rol', email: 'zonder@example.nl', language: '', until: '' },
      status: 409,
      field: 'roles',
    },
    {
      post: '/people/:account/roles',
      as: 'privacy-officer',
      page: `/people/${at['account']}`,
      sent: { roles: ['engineer', 'approver'], until: '2020-01-01' },
      status: 409,
      field: 'until',
    },
    {
      post: '/declaration',
      as: 'privacy-officer',
      page: '/declaration',
      sent: { version: '2026-1', nl: `Ik zwijg. ${nasty}`, en: ' ' },
      status: 422,
      field: 'en',
    },
    {
      post: '/settings/tokens',
      as: 'engineer',
      page: '/settings',
      sent: { purpose: `Grafieken ${nasty}`, may: ['see plans', 'see systems'], days: '9999' },
      status: 422,
      field: 'days',
    },
    {
      post: '/settings/hooks',
      as: 'engineer',
      page: '/settings',
      sent: { url: 'http://plain.example/hook', events: ['plan.waiting'] },
      status: 422,
      field: 'url',
    },
    {
      post: '/holds/new',
      as: 'dpo',
      page: '/holds/new',
      sent: {
        matter: `Zaak 7 ${nasty}`,
        kind: 'dispute',
        reason: '\nEr loopt een zaak.\r\nEn nog een.',
        legalBasis: 'AVG art. 17',
        scope: 'subject',
        subjectKind: 'mac',
        value: 'nobody-at-all',
        place: '',
        from: '',
        to: '2026-12-01',
        prospective: 'yes',
      },
      status: 409,
      field: 'value',
    },
    {
      post: '/holds/:hold/release',
      as: 'dpo',
      page: `/holds/${at['hold']}`,
      sent: { reason: '  ' },
      status: 422,
      field: 'reason',
    },
    {
      post: '/declare/:control',
      as: 'engineer',
      page: '/declare/restore-test',
      sent: { text: `Teruggezet. ${nasty}`, on: '2026-11-20', until: '2036-11-20', attachment: '' },
      status: 409,
      field: 'until',
    },
    {
      post: '/declare/:control/withdraw',
      as: 'dpo',
      page: '/declare/restore-test',
      sent: { declaration: at['declaration'] ?? '', reason: '  ' },
      status: 422,
      field: 'reason',
    },
    {
      post: '/systems/:system/change',
      as: 'engineer',
      page: '/systems/paper/change',
      sent: {
        seen: at['seen'] ?? '',
        title: `De recorder ${nasty}`,
        country: 'BE',
        place: 'Gent',
        absent: [],
        'root.recordings': '/no/such/folder',
      },
      status: 422,
      field: 'root.recordings',
    },
    {
      post: '/systems/:system/disconnect',
      as: 'engineer',
      page: '/systems/paper/disconnect',
      sent: { reason: '   ' },
      status: 422,
      field: 'reason',
    },
    {
      post: '/set-up/system',
      as: 'engineer',
      page: '/set-up/system?profile=freepbx',
      sent: {
        profile: 'freepbx',
        id: 'Centrale!',
        title: `De centrale ${nasty}`,
        country: 'BE',
        place: 'Gent',
        absent: ['calls'],
        'dialect.cdr': 'mariadb',
        'read.cdr': 'mysql://reader:hunter2-hunter2@host/db',
        'erase.cdr': '',
        'root.recordings': '/var/spool/elsewhere',
      },
      status: 422,
      field: 'id',
      secret: ['hunter2-hunter2'],
    },
    {
      post: '/policy/draft',
      as: 'privacy-officer',
      page: '/policy/edit',
      sent: { text: `\n\ngestand: 1 # ${nasty}\u0000`, revision: '0' },
      status: 422,
      field: 'text',
    },
    {
      post: '/publication/:version/publish',
      as: 'approver',
      page: `/publication/${at['version']}`,
      sent: { on: '2020-01-01' },
      status: 409,
      field: 'on',
    },
    {
      post: '/publication/:version/withdraw',
      as: 'approver',
      page: `/publication/${at['version']}`,
      sent: { reason: ' ' },
      status: 422,
      field: 'reason',
    },
    {
      post: '/publication/:version/told',
      as: 'privacy-officer',
      page: `/publication/${at['published']}`,
      sent: { group: at['group'] ?? '', how: '  ' },
      status: 422,
      field: 'how',
    },
    {
      post: '/publication/:version/override',
      as: 'dpo',
      page: `/publication/${at['version']}`,
      sent: {
        rule: at['rule'] ?? '',
        path: at['path'] ?? '',
        reason: '  ',
        until: '2027-01-01',
      },
      status: 422,
      field: 'reason',
    },
    {
      post: '/privacy/dpo',
      as: null,
      page: '/privacy/dpo?lang=LANG',
      sent: { kind: 'complaint', subject: ' ', text: `\nMijn brief. ${nasty}`, from: 'Jo', contact: 'jo@example.nl' },
      status: 422,
      field: 'subject',
    },
    {
      post: '/account/password',
      as: 'engineer',
      page: '/account',
      sent: { username: 'person.engineer@example.nl', password: 'kortwoord7' },
      status: 409,
      field: 'password',
      secret: ['kortwoord7'],
    },
    {
      post: '/account/app',
      as: 'engineer',
      page: '/account/app',
      sent: { code: '771177' },
      status: 410,
      field: null,
      secret: ['771177'],
    },
    {
      post: '/account/passkeys',
      as: 'engineer',
      page: '/account',
      sent: { name: `Mijn sleutel ${nasty}`, response: '{"no":"answer-of-a-key"}' },
      status: 410,
      field: null,
      secret: ['answer-of-a-key'],
    },
    {
      post: '/sign-in',
      as: null,
      page: '/sign-in',
      sent: { email: 'person.engineer@example.nl', password: 'not the password', back: '/' },
      status: 422,
      field: 'password',
      secret: ['not the password'],
    },
    {
      post: '/welcome',
      as: null,
      page: '/welcome',
      sent: { token: 'a-code-of-a-link' },
      status: 422,
      field: 'token',
      secret: ['a-code-of-a-link'],
    },
    {
      post: '/dpo/recover',
      as: 'dpo-shut' as Role,
      page: '/dpo',
      sent: { passphrase: 'een heel andere zin van nu', codes: 'gestand-part-zzz' },
      status: 409,
      field: 'codes',
      secret: ['een heel andere zin', 'gestand-part-zzz'],
    },
    {
      post: '/dpo/open',
      as: 'dpo-shut' as Role,
      page: '/dpo',
      sent: { passphrase: 'een heel andere zin van nu' },
      status: 409,
      field: 'passphrase',
      secret: ['een heel andere zin'],
    },
    {
      post: '/dpo/passphrase',
      as: 'dpo',
      page: '/dpo',
      sent: { current: 'een heel andere zin van nu', passphrase: 'en nog een andere zin erbij' },
      status: 409,
      field: 'current',
      secret: ['een heel andere zin', 'en nog een andere'],
    },
    {
      post: '/dpo/letters/:letter/note',
      as: 'dpo',
      page: '/dpo',
      sent: { text: '   ' },
      status: 422,
      field: 'text',
    },
  ];

  /** In tests of their own: they need a session, a box or a plan in another state; or they have a file, which none gives back. */
  const elsewhere = [
    '/plans/:plan/review',
    '/confirm',
    '/sign-in/second',
    '/dpo/make',
    '/dpo/key',
    '/policy/documents/:document',
  ];

  const bodyOf = (sent: Fields): URLSearchParams => {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(sent)) for (const one of [value].flat()) body.append(name, one);
    return body;
  };

  const post = async (one: Refused, language: Language): Promise<Response> => {
    const page = one.page.replace('LANG', language);
    const path = one.post.replace(/:(\w+)/g, (_, name: string) =>
      one.post.endsWith('/told') && name === 'version' ? (at['published'] ?? '') : (at[name] ?? ''),
    );
    const as = one.as === null ? undefined : one.as === ('dpo-shut' as Role) ? at['shut'] : token(one.as);
    return site.ask(one.post === '/privacy/dpo' ? page : path, {
      method: 'POST',
      ...(as === undefined ? {} : { as }),
      headers: { referer: `http://localhost${page}`, 'accept-language': language, accept: 'text/html' },
      body: bodyOf(one.sent),
    });
  };

  it('is one of this list', () => {
    const named = new Set([...cases().map((one) => one.post), ...buttons, ...elsewhere]);
    const forms = routes.filter((route) => route.kind === 'page' && route.method === 'POST').map((route) => route.path);
    assert.deepEqual(
      forms.filter((path) => !named.has(path)),
      [],
    );
    assert.deepEqual(
      [...named].filter((path) => !forms.includes(path)),
      [],
    );
  });

  it('comes back as it was sent, with an error at its field, in both languages', async () => {
    for (const language of ['nl', 'en'] as const)
      for (const one of cases()) {
        const what = `${one.post} (${language})`;
        const answer = await post(one, language);
        const text = await answer.text();
        assert.equal(answer.status, one.status, `${what}: ${text.replace(/\s+/g, ' ').slice(0, 3000)}`);
        comesBack(text, one, what);
      }
  });
});
