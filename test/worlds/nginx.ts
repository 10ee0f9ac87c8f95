/** A real nginx for tests, with the lines of docs/console.md: only places and ports are others. Debian's nginx; `npm test` installs it. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freshFolder } from './folder.ts';
import { atExit, endProcess } from './leave.ts';
import { freePort } from './visitor.ts';

const program = '/usr/sbin/nginx';
export const hasNginx = existsSync(program);
export const siteName = 'privacy.example.nl';

export interface Nginx {
  readonly http: number;
  readonly https: number;
  /** The certificate, which signs itself. */
  readonly ca: string;
  close(): void;
}

/** The block of the page that is marked as nginx's. */
export function documented(page: string): string {
  return /```nginx\n([\s\S]*?)```/.exec(readFileSync(page, 'utf8'))?.[1] ?? '';
}

export async function startNginx(config: string, upstream: number): Promise<Nginx> {
  const { path: folder } = freshFolder();
  const [http, https] = [await freePort(), await freePort()];
  const [key, cert] = [join(folder, 'privkey.pem'), join(folder, 'fullchain.pem')];
  const certificate = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${siteName}`];
  execFileSync(
    'openssl',
    ['req', ...certificate, '-addext', `subjectAltName=DNS:${siteName}`, '-keyout', key, '-out', cert],
    {
      stdio: 'ignore',
    },
  );
  const here = config
    .replaceAll(/listen 80\b/g, `listen 127.0.0.1:${http}`)
    .replaceAll(/listen 443\b/g, `listen 127.0.0.1:${https}`)
    .replaceAll(`/etc/letsencrypt/live/${siteName}/`, `${folder}/`)
    .replaceAll('127.0.0.1:4180', `127.0.0.1:${upstream}`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `${process.getuid?.() === 0 ? 'user root;\n' : ''}daemon off; worker_processes 1; pid ${join(folder, 'pid')}; error_log ${join(folder, 'error.log')};
events {}
http { access_log off; ${temporary.join(' ')}
${here}}
`,
  );
  const child = spawn(program, ['-c', file, '-p', folder, '-e', join(folder, 'error.log')], { stdio: 'ignore' });
  const close = (): void => {
    if (child.pid !== undefined && child.exitCode === null) endProcess(child.pid, 'SIGTERM');
  };
  atExit(close);
  for (let i = 0; !(await answers(https)); i += 1) {
    if (i > 100 || child.exitCode !== null) throw new Error(readFileSync(join(folder, 'error.log'), 'utf8'));
    await sleep(50);
  }
  return { http, https, ca: readFileSync(cert, 'utf8'), close };
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => done(true)).on('error', () => done(false));
    socket.on('connect', () => socket.destroy());
  });
}
