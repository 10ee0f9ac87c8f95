/** Pages about safety that the program itself can write: its limits, its addresses, what it records and what it logs. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { stepLimits } from '../src/access/flows.ts';
import { defaultSettings, passwordLengths } from '../src/access/index.ts';
import { guessing } from '../src/access/limits.ts';
import { contextWords } from '../src/access/passwords.ts';
import { longest } from '../src/app/notify/outbound.ts';
import { lettersAnHour } from '../src/app/site/open.ts';
import { routes } from '../src/app/site/routes.ts';
import { perMinute } from '../src/app/site/site.ts';
import { longestDays } from '../src/app/site/tokens.ts';
import { passwordCost } from '../src/crypto/index.ts';
import { mostBytes } from '../src/http/body.ts';
import { eventTypes } from '../src/ledger/events.ts';
import { mostBytes as mostRegisterBytes } from '../src/promises/publication/register/import/table.ts';
import { reading } from '../src/promises/publication/versions/fetch.ts';
import { sources } from './sources.ts';

const written = 'Written from the program by `npm run generate`.';
const number = (n: number): string => n.toLocaleString('en');
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const example = { organisation: 'Voorbeeld Telecom BV', name: 'Anna de Beer', email: 'a.debeer@kantoor.example' };

/** How much, how often, how long. */
export function limitsPage(): string {
  const { sessions, invitationHours } = defaultSettings;
  const larger = routes.filter((route) => route.mostBytes !== undefined);
  return `# Limits

${written} Whatever is beyond them is refused, and says so.

## What is sent

${table(
  ['what', 'at most'],
  [
    ['a request', `${number(mostBytes)} bytes, but for those below`],
    ...larger.map((route) => [`\`${route.method} ${route.path}\``, `${number(route.mostBytes ?? 0)} bytes`]),
    ['requests of one person or token', `${number(perMinute.person)} a minute`],
    ['requests of one network that is not signed in', `${number(perMinute.network)} a minute`],
    [
      'letters to the data protection officer',
      `${lettersAnHour.network} an hour from one network, ${lettersAnHour.person} in all`,
    ],
    ['a register that is brought in on the command line', `CSV, ${number(mostRegisterBytes)} bytes`],
    [
      'a page of the website that is looked at',
      `${number(reading.mostBytes)} bytes as unpacked, ${reading.mostSeconds} seconds, ${reading.mostTurns} redirects on its own host`,
    ],
    ['the answer of a webhook', `${longest / 1000} seconds; what it says is not read`],
  ],
)}

What comes over the network is text: JSON to \`/api/\`, forms to pages. No file is taken in there. On the command line come policy and estate (YAML), a register (CSV), a visit (HAR or HTML), and what goes with a declaration (any file: kept as it is under a name of ours, readable by its owner alone, and never served or opened).

## Signing in

${table(
  ['what', 'how long'],
  [
    ['a session that is not used', `${sessions.idleMinutes} minutes`],
    ['a session in any case', `${sessions.longestMinutes / 60} hours`],
    ['sessions of one person', 'no limit; each sees and ends their own'],
    ['a second factor counts as fresh', `${sessions.stepUpMinutes} minutes`],
    ['between the two steps of signing in', `${stepLimits.mostMinutes} minutes, ${stepLimits.mostTries} tries`],
    ['a one-time link', `${invitationHours} hours, once`],
    ['a token of a program', `${longestDays} days`],
    ['a password alone', `${passwordLengths.alone} characters at least`],
    ['a password beside a second factor', `${passwordLengths.besideAnother} characters at least`],
    ['any password', `${number(passwordLengths.mostBytes)} bytes at most`],
  ],
)}

The times of a session, the second factor and the link can be set in \`access.yaml\` ([reference](access-reference.md)).

No password may be one of the 49,233 commonest, one thing repeated, a row of keys, or little more than a word of its context: of the organisation, of the person, of their mail address, or of this program. For Anna de Beer, a.debeer@kantoor.example, at Voorbeeld Telecom BV these are: ${contextWords(example).toSorted().join(', ')}.

## Guessing

So many tries are free; then each waits, twice as long each time.

${table(
  ['counted for', 'free', 'first wait', 'longest wait', 'forgotten after'],
  Object.entries(guessing).map(([name, rule]) => [
    guessed[name as keyof typeof guessing],
    number(rule.free),
    `${rule.firstSeconds} s`,
    `${rule.longestSeconds} s`,
    `${rule.forgetHours} h without a try`,
  ]),
)}

## What costs much

${table(
  ['what', 'costs', 'held back by'],
  [
    [
      'a password that is checked',
      `${passwordCost.memory / 1024} MiB, some 80 ms of a core`,
      `${passwordCost.atOnce} at once, ${passwordCost.waiting} wait; who is known goes before strangers`,
    ],
    ['the passphrase of the box', '128 MiB, some 0.6 s in a thread of its own', 'only for a DPO who is signed in'],
    [
      'a statement or register as PDF, Word or sheet',
      'up to seconds of a core',
      'the public pages keep what they made',
    ],
    ['a plan, a look into a system', 'reads the connected systems', 'only for roles that may; runs as a job'],
    ['a run', 'reads and deletes, batch by batch', 'only when approved; as many threads as processors, four at most'],
    ['the whole log as one file', 'reads all entries', 'only for who may see the ledger'],
  ],
)}
`;
}

const guessed: Readonly<Record<keyof typeof guessing, string>> = {
  device: 'a browser that signed in to the account before',
  pair: 'an account, from one network',
  account: 'an account, from anywhere',
  network: 'a network, whatever the account',
  all: 'everyone together',
  factor: 'second factors of an account',
  link: 'one-time links, from one network',
};

/** Every address, who may use it, and for programs what it can give at most. */
export function addressesPage(): string {
  const open = routes.filter((route) => route.may === 'anyone');
  const line = (route: (typeof routes)[number]): string[] => [
    `\`${route.method} ${route.path}\``,
    route.may,
    route.kind === 'api'
      ? keysOf(route.reply).join(', ') || 'a schema'
      : route.method === 'GET'
        ? 'a page'
        : 'leads to a page',
  ];
  return `# Addresses

${written} There is no other address, and no other way in; before there is a home there is only the page to which the printed link leads. What each role may: [permissions](permissions.md).

## For anyone

Without signing in. Among them are all ways to sign in: a passkey, a password with a code, a provider of the organisation, a one-time link. The public pages under \`/privacy\` know nobody, also not who is signed in.

${table(['address', 'may', 'gives'], open.map(line))}

## For who is signed in, and may

For programs the last column has every field that can be in the answer: what is not declared there does not leave.

${table(['address', 'may', 'gives'], routes.filter((route) => route.may !== 'anyone').map(line))}
`;
}

function keysOf(schema: z.ZodType): string[] {
  const made = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }) as Shape;
  return fieldsOf(made).toSorted();
}

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
}

function fieldsOf(shape: Shape, path = ''): string[] {
  const own = Object.entries(shape.properties ?? {}).flatMap(([name, one]) => {
    const inner = fieldsOf(one, `${path}${name}.`);
    return inner.length === 0 ? [`${path}${name}`] : inner;
  });
  const within = [shape.items, ...(shape.anyOf ?? [])].flatMap((one) => (one === undefined ? [] : fieldsOf(one, path)));
  return [...new Set([...own, ...within])];
}

/** What a pattern finds in the source; where it finds a piece of it, the names in that piece. */
const found = (pattern: RegExp, name = /^(.*)$/g): string[] =>
  [
    ...new Set(
      sources().flatMap((file) =>
        [...readFileSync(file, 'utf8').matchAll(pattern)].flatMap(([, piece = '']) =>
          [...piece.matchAll(name)].map(([, one = '']) => one),
        ),
      ),
    ),
  ].toSorted();

/** What is recorded in the evidence and what is written into the log, and with which fields. */
export function recordsPage(): string {
  const personal = [
    ...found(/event: '([a-z]+\.[a-z-]+)'/g),
    ...found(/\baudit\(\s*\w+,\s*\w+,([^{]*?)[{)]/g, /'(access\.[a-z-]+)'/g),
  ].toSorted();
  const logged = found(/\blog\(\s*'([a-z]+\.[a-z-]+)'/g);
  return `# What is recorded and logged

${written}

## In the evidence, about systems

Signed, not to be changed, kept as long as the log. Each has \`at\` (UTC, to the minute) and these fields; a field is an id, a count, a time, a hash, a level or a state, never free text ([evidence](../evidence.md)).

${table(
  ['event', 'fields'],
  Object.entries(eventTypes).map(([name, fields]) => [
    `\`${name}\``,
    Object.entries(fields)
      .map(([field, kind]) => `${field} (${kind})`)
      .join(', '),
  ]),
)}

## In the evidence, about a person

The entry shows nothing but its time. Who, what and when exactly stand in the details beside it, which have a term and can be erased.

${personal.map((name) => `- \`${name}\``).join('\n')}

## In the log

Lines of JSON on standard error, each with \`at\` (UTC) and \`event\`: what asks for a look by who runs the server. No name, address or value of anyone. It goes where the service manager takes it (journald, a file, syslog); nothing else is written there.

${logged.map((name) => `- \`${name}\``).join('\n')}
`;
}
