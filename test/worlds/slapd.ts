/**
 * A real OpenLDAP for tests: one server a test file, on loopback, with a password policy and a certificate of its own.
 * Debian's slapd; `npm test` installs it.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'ldapts';
import { atExit, endProcess } from './leave.ts';

const program = '/usr/sbin/slapd';
export const hasSlapd = existsSync(program);

export const suffix = 'dc=voorbeeld,dc=example';
export const reader = { dn: `cn=reader,${suffix}`, password: 'mag alleen kijken' };

export interface Slapd {
  readonly url: string;
  readonly secureUrl: string;
  /** The certificate of the authority. */
  readonly ca: string;
  add(dn: string, attributes: Record<string, string | string[]>): Promise<void>;
  /** Somebody comes in: the directory keeps when. */
  use(dn: string, password: string): Promise<void>;
  close(): void;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

export async function startSlapd(): Promise<Slapd> {
  if (!hasSlapd) throw new Error('slapd is missing: run "npm test" once, or: apt-get install slapd');
  const folder = mkdtempSync(join(tmpdir(), 'gestand-slapd-'));
  const [plain, secure] = [await freePort(), await freePort()];
  const [key, ca] = [join(folder, 'key.pem'), join(folder, 'ca.pem')];
  const certificate = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
  const names = ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  execFileSync('openssl', ['req', ...certificate, ...names, '-keyout', key, '-out', ca], { stdio: 'ignore' });
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'slapd.conf'), configuration(folder, key, ca));
  const child = spawn(
    program,
    ['-f', join(folder, 'slapd.conf'), '-h', `ldap://127.0.0.1:${plain} ldaps://127.0.0.1:${secure}`, '-d', '0'],
    { stdio: 'ignore' },
  );
  let gone = false;
  const close = (): void => {
    if (gone) return;
    gone = true;
    if (child.pid !== undefined && child.exitCode === null) endProcess(child.pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  };
  atExit(close);
  child.unref();
  const url = `ldap://127.0.0.1:${plain}`;
  const as = async (dn: string, password: string, work: (client: Client) => Promise<void>): Promise<void> => {
    const client = new Client({ url });
    try {
      await client.bind(dn, password);
      await work(client);
    } finally {
      await client.unbind();
    }
  };
  const add: Slapd['add'] = (dn, attributes) =>
    as(`cn=admin,${suffix}`, 'admin', (client) => client.add(dn, attributes));
  for (let tries = 0; ; tries += 1) {
    try {
      await add(suffix, { objectClass: ['dcObject', 'organization'], dc: 'voorbeeld', o: 'Voorbeeld' });
      break;
    } catch (cause) {
      if (tries === 200) throw new Error('slapd did not start', { cause });
      await sleep(50);
    }
  }
  await add(reader.dn, { objectClass: ['organizationalRole', 'simpleSecurityObject'], userPassword: reader.password });
  for (const ou of ['people', 'groups', 'policies'])
    await add(`ou=${ou},${suffix}`, { objectClass: 'organizationalUnit', ou });
  return {
    url,
    secureUrl: `ldaps://127.0.0.1:${secure}`,
    ca,
    add,
    use: (dn, password) => as(dn, password, () => Promise.resolve()),
    close,
  };
}

const configuration = (folder: string, key: string, certificate: string): string => `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload ppolicy
pidfile ${folder}/pid
TLSCertificateFile ${certificate}
TLSCertificateKeyFile ${key}
database mdb
maxsize 16777216
suffix "${suffix}"
rootdn "cn=admin,${suffix}"
rootpw admin
directory ${folder}/data
lastbind on
overlay ppolicy
ppolicy_default "cn=default,ou=policies,${suffix}"
access to attrs=userPassword by anonymous auth by * none
access to * by dn="${reader.dn}" read by * none
`;
