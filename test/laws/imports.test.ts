import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, it } from 'node:test';

/** Who may import whom; the longest matching room counts. The table of ARCHITECTURE.md, as data. */
const below = ['base', 'policy', 'connectors/kit', 'database', 'ledger', 'estate', 'promises/world.ts'];
const table: Readonly<Record<string, readonly string[]>> = {
  base: ['base'],
  policy: ['base', 'policy'],
  'ledger/verify': ['ledger/verify'],
  ledger: ['base', 'crypto', 'database', 'ledger', 'ledger/verify'],
  crypto: ['base', 'crypto'],
  database: ['base', 'database'],
  jobs: ['base', 'database', 'jobs'],
  'connectors/kit': ['base', 'connectors/kit'],
  'connectors/sql': ['base', 'connectors/kit', 'connectors/sql'],
  'connectors/files': ['base', 'connectors/kit', 'connectors/files'],
  'connectors/manual': ['base', 'connectors/kit', 'connectors/manual'],
  estate: ['base', 'policy', 'connectors/kit', 'database', 'estate'],
  'promises/world.ts': ['base', 'policy', 'connectors/kit', 'database'],
  'promises/holds': [...below, 'promises/holds'],
  'promises/retention': [...below, 'promises/holds', 'promises/retention'],
  'promises/publication/document': ['base', 'promises/publication/document'],
  'promises/publication': [...below, 'crypto', 'promises/publication', 'promises/publication/document'],
  'promises/suppliers': [...below, 'promises/publication/document', 'promises/suppliers'],
  'promises/assurance': [...below, 'crypto', 'promises/publication/document', 'promises/assurance'],
  'promises/proof': [
    ...below,
    'promises/holds',
    'promises/retention',
    'promises/publication',
    'promises/suppliers',
    'promises/assurance',
    'promises/proof',
  ],
  access: ['base', 'database', 'crypto', 'ledger', 'access'],
  http: ['base', 'access', 'http'],
  web: ['base', 'web'],
  app: [
    ...below,
    'ledger/verify',
    'crypto',
    'jobs',
    'connectors/sql',
    'connectors/files',
    'connectors/manual',
    'promises/holds',
    'promises/retention',
    'promises/proof',
    'promises/publication',
    'promises/publication/document',
    'promises/suppliers',
    'promises/assurance',
    'access',
    'http',
    'web',
    'app',
  ],
  cli: [
    'base',
    'policy',
    'ledger',
    'ledger/verify',
    'connectors/kit',
    'promises/world.ts',
    'promises/holds',
    'promises/retention',
    'promises/proof',
    'promises/publication',
    'promises/publication/document',
    'promises/suppliers',
    'promises/assurance',
    'access',
    'app',
    'cli',
  ],
};

/** Packages that belong to one room. */
const owners: Readonly<Record<string, readonly string[]>> = {
  pg: ['database', 'connectors/sql', 'app/demo'],
  'mysql2/promise': ['connectors/sql'],
  'node:sqlite': ['connectors/sql'],
  'pg-boss': ['jobs'],
  canonicalize: ['crypto'],
  hono: ['app', 'http'],
  'hono/body-limit': ['http', 'app'],
  'rate-limiter-flexible': ['http', 'access'],
  standardwebhooks: ['app'],
  '@scure/base': ['crypto'],
  'age-encryption': ['crypto'],
  'shamir-secret-sharing': ['crypto'],
  '@zxcvbn-ts/language-common': ['access'],
  'hono/html': ['web'],
  '@hono/node-server': ['app', 'http'],
  '@simplewebauthn/browser': ['web'],
  codemirror: ['web'],
  yaml: ['base'],
  'temporal-polyfill': ['base', 'app'],
  'libphonenumber-js': ['connectors/kit'],
  '@myriaddreamin/typst-ts-node-compiler': ['promises/publication/document'],
  docx: ['promises/publication/document'],
  'write-excel-file/node': ['promises/publication/document'],
  parse5: ['promises/publication', 'web'],
  'csv-parse/sync': ['promises/publication'],
  'csv-stringify/sync': ['promises/publication/document'],
  '@simplewebauthn/server': ['access'],
  'openid-client': ['access'],
  otpauth: ['access'],
  ldapts: ['access', 'connectors/directory'],
  nodemailer: ['app'],
};

const rooms = Object.keys(table).toSorted((a, b) => b.length - a.length);
const roomOf = (file: string): string | undefined =>
  rooms.find((room) => file === `src/${room}` || file.startsWith(`src/${room}/`));
const sources = globSync('src/**/*.ts').filter((file) => !file.endsWith('.test.ts') && !file.includes('/conformance/'));

function offences(file: string, text: string): string[] {
  const room = roomOf(file);
  if (room === undefined) return [`${file} is in no room`];
  const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].flatMap((match) =>
    match[1] === undefined ? [] : [match[1]],
  );
  return imports.flatMap((specifier) => {
    if (!specifier.startsWith('.')) {
      const allowed = owners[specifier];
      return allowed && !allowed.some((one) => file.startsWith(`src/${one}/`) || room === one)
        ? [`${file} imports ${specifier}`]
        : [];
    }
    const target = roomOf(normalize(join(dirname(file), specifier)));
    return target !== undefined && table[room]?.includes(target) ? [] : [`${file} imports ${specifier}`];
  });
}

describe('the house', () => {
  it('has every import where the table allows it', () => {
    assert.deepEqual(
      sources.flatMap((file) => offences(file, readFileSync(file, 'utf8'))),
      [],
    );
    assert.ok(sources.length > 60);
  });
  it('and the law bites: a connector that reaches for our store, a verifier that reaches for us', () => {
    assert.equal(offences('src/connectors/sql/x.ts', "import { x } from '../../database/index.ts';").length, 1);
    assert.equal(offences('src/ledger/verify/x.ts', "import type { x } from '../../base/time.ts';").length, 1);
    assert.equal(offences('src/policy/x.ts', "const x = await import('../database/index.ts');").length, 1);
    assert.equal(offences('src/promises/holds/x.ts', "import pg from 'pg';").length, 1);
  });
  it('reads the environment in one place', () => {
    assert.deepEqual(
      sources.filter((file) => /process\.env/.test(readFileSync(file, 'utf8')) && file !== 'src/app/config.ts'),
      [],
    );
  });
  it('has rooms that one can hold in the head: no file of more than 450 lines', () => {
    assert.deepEqual(
      sources.filter((file) => readFileSync(file, 'utf8').split('\n').length > 450),
      [],
    );
  });
  it('has no room for whatever', () => {
    assert.deepEqual(
      sources.filter((file) => /\/(utils|helpers|common|shared|lib)\//.test(file)),
      [],
    );
  });
});
