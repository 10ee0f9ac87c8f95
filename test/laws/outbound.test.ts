/** SECURITY.md, "Whom it asks": the places in the source that open a connection are known, and each is in its table. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { sources } from '../../scripts/sources.ts';

/** By what a connection can be opened. What only looks at an address (isIPv4) or names a type opens none. */
const by = String.raw`(?:node:(?:net|http|https|http2|tls|dgram|dns|inspector)(?:\/promises)?|pg|mysql2(?:\/promise)?|ldapts|nodemailer|openid-client|undici|ws)`;
const opens = new RegExp(
  [
    String.raw`import (?!type)(?!\{ isIPv[46](?:, isIPv[46])* \})[^;]*? from '${by}'`,
    String.raw`\bawait import\(\s*'${by}'`,
    String.raw`\b(?:await|return) fetch\(`,
    String.raw`new (?:WebSocket|EventSource)\(`,
  ].join('|'),
);

/** Which row of the table each is about. */
const known: Readonly<Record<string, string>> = {
  'src/database/index.ts': 'its own store',
  'src/database/refused.ts': 'its own store', // knows its errors
  'src/database/lease.ts': 'its own store',
  'src/app/demo/company.ts': 'connected databases', // those of the example, in our own embedded server
  'src/connectors/sql/dialect.ts': 'connected databases',
  'src/base/reach.ts': 'the published website', // its name, and that of a webhook
  'src/promises/publication/versions/fetch.ts': 'the published website',
  'src/access/oidc.ts': 'OpenID providers',
  'src/access/directory.ts': 'directories',
  'src/app/notify/outbound.ts': 'webhooks',
  'src/app/notify/mail.ts': 'a mail server',
  'src/app/notify/personal.ts': 'a mail server',
};
/** In a browser, which may ask nobody but us (connect-src 'self'). */
const inBrowser = (file: string): boolean => file.startsWith('src/web/browser/');

const section = /## Whom it asks\n([\s\S]*?)\n## /.exec(readFileSync('SECURITY.md', 'utf8'))?.[1] ?? '';
const rows = [...section.matchAll(/^\| (?!whom |---)([^|]+?) \|/gm)].map(([, whom = '']) => whom);

describe('whom the program asks', () => {
  it('is asked from the places that are known, and from no other', () => {
    const found = sources().filter((file) => !inBrowser(file) && opens.test(readFileSync(file, 'utf8')));
    assert.deepEqual(found.toSorted(), Object.keys(known).toSorted());
  });
  it('is told to who runs it, place by place', () => {
    for (const [file, whom] of Object.entries(known))
      assert.ok(
        rows.some((row) => row.startsWith(whom)),
        `${file}: ${whom}`,
      );
    for (const row of rows)
      assert.ok(
        Object.values(known).some((whom) => row.startsWith(whom)),
        `nothing asks ${row}`,
      );
  });
  it('and another place would be seen', () => {
    for (const text of [
      "import { connect } from 'node:tls';",
      "import {\n  request,\n} from 'node:https';",
      "import mysql from 'mysql2/promise';",
      'const answer = await fetch(url);',
      'return fetch(url)',
      "const { connect } = await import('node:net');",
      "const { default: mysql } = await import('mysql2/promise');",
    ])
      assert.match(text, opens, text);
    for (const text of [
      "import { isIPv4, isIPv6 } from 'node:net';",
      "import type { LookupFunction } from 'node:net';",
    ])
      assert.doesNotMatch(text, opens, text);
  });
});
