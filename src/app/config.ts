/** The environment, read once and checked whole. Nothing else reads process.env. */
import { existsSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import type { Language, Text } from '../base/language.ts';
import { Fault, Mistake } from '../base/refusal.ts';

export interface Config {
  readonly home: string;
  readonly port: number;
  /** Address to listen on. Anything but this machine itself is for a proxy with HTTPS before it. */
  readonly listen: string;
  /** Addresses of proxies whose word about who calls is believed. */
  readonly proxies: readonly string[];
  /**
   * Whether webhooks and the check of the website may reach private networks and this machine. An address that somebody types
   * in a form is otherwise a way into what only this machine can reach.
   */
  readonly privateTargets: boolean;
  /** Mail server for the digest, as smtps://account:password@host, and whom it is from; null sends none. */
  readonly smtp: { readonly url: string; readonly from: string } | null;
  /** The operator's own PostgreSQL; without it the embedded one of the home. */
  readonly databaseUrl: string | null;
  /** A Chromium, Chrome or Edge of this machine, for a look at the website in a browser; null when there is none. */
  readonly browser: string | null;
  readonly language: Language;
  readonly colour: boolean;
  /** Looks up what a secret reference names. */
  readonly secret: (ref: { env?: string; file?: string; literal?: string }, folder: string) => string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** The language that the environment asks for. */
export function languageAsked(env: Env = process.env): Language {
  return (env['GESTAND_LANG'] ?? env['LANG'] ?? 'en').slice(0, 2).toLowerCase() === 'nl' ? 'nl' : 'en';
}

/** Throws one Mistake with everything in it that is not right. */
export function readConfig(env: Env = process.env, terminal: boolean = process.stdout.isTTY): Config {
  const mistakes: Text[] = [];
  const port = Number(env['GESTAND_PORT'] ?? '4180');
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    mistakes.push({
      nl: `GESTAND_PORT is "${env['GESTAND_PORT']}"; hier hoort een poortnummer zoals 4180`,
      en: `GESTAND_PORT is "${env['GESTAND_PORT']}"; expected a port number such as 4180`,
    });
  if (env['GESTAND_HOME'] === '')
    mistakes.push({
      nl: 'GESTAND_HOME is leeg; noem een map, of haal de variabele weg',
      en: 'GESTAND_HOME is empty; name a folder, or remove the variable',
    });
  const databaseUrl = fromFileOr(env, 'GESTAND_DATABASE_URL', mistakes);
  if (databaseUrl !== null && !/^postgres(ql)?:\/\//.test(databaseUrl))
    mistakes.push({
      nl: 'GESTAND_DATABASE_URL moet beginnen met postgres://',
      en: 'GESTAND_DATABASE_URL must begin with postgres://',
    });
  const smtpUrl = fromFileOr(env, 'GESTAND_SMTP_URL', mistakes);
  if (smtpUrl !== null && !/^smtps?:\/\//.test(smtpUrl))
    mistakes.push({
      nl: 'GESTAND_SMTP_URL moet beginnen met smtps:// of smtp://',
      en: 'GESTAND_SMTP_URL must begin with smtps:// or smtp://',
    });
  if (smtpUrl !== null && env['GESTAND_SMTP_FROM'] === undefined)
    mistakes.push({
      nl: 'Bij GESTAND_SMTP_URL hoort GESTAND_SMTP_FROM: het adres waar mail vandaan komt',
      en: 'GESTAND_SMTP_FROM is needed with GESTAND_SMTP_URL: the address that mail comes from',
    });
  const targets = env['GESTAND_PRIVATE_TARGETS'] ?? '';
  if (!['', '0', '1'].includes(targets))
    mistakes.push({
      nl: `GESTAND_PRIVATE_TARGETS is "${targets}"; hier hoort 1 (toestaan) of 0`,
      en: `GESTAND_PRIVATE_TARGETS is "${targets}"; expected 1 (allow) or 0`,
    });
  if (mistakes.length > 0)
    throw new Mistake('environment', {
      nl: `De omgevingsvariabelen kloppen niet:\n  ${mistakes.map((one) => one.nl).join('\n  ')}`,
      en: `The environment is not right:\n  ${mistakes.map((one) => one.en).join('\n  ')}`,
    });
  return {
    home: resolve(env['GESTAND_HOME'] ?? '.gestand'),
    port,
    listen: env['GESTAND_LISTEN'] ?? '127.0.0.1',
    proxies: (env['GESTAND_PROXIES'] ?? '').split(',').filter((one) => one !== ''),
    privateTargets: targets === '1',
    smtp: smtpUrl === null ? null : { url: smtpUrl, from: env['GESTAND_SMTP_FROM'] ?? '' },
    databaseUrl,
    browser: env['GESTAND_BROWSER'] ?? browserIn(env['PATH'] ?? ''),
    language: languageAsked(env),
    colour: terminal && env['NO_COLOR'] === undefined,
    secret: (ref, folder) => secretOf(ref, folder, env),
  };
}

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

function browserIn(path: string): string | null {
  const places = path.split(delimiter).filter(isAbsolute);
  return browsers.flatMap((name) => places.map((place) => join(place, name))).find((file) => existsSync(file)) ?? null;
}

function fromFileOr(env: Env, name: string, mistakes: Text[]): string | null {
  const file = env[`${name}_FILE`];
  if (file === undefined) return env[name] ?? null;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    mistakes.push({
      nl: `${name}_FILE noemt een bestand dat niet te lezen is: ${file}`,
      en: `${name}_FILE names a file that cannot be read: ${file}`,
    });
    return null;
  }
}

function secretOf(ref: { env?: string; file?: string; literal?: string }, folder: string, env: Env): string {
  if (ref.literal !== undefined) return ref.literal;
  if (ref.file !== undefined) return readFileSync(resolve(folder, ref.file), 'utf8').trim();
  const value = ref.env === undefined ? undefined : env[ref.env];
  if (value === undefined || value === '')
    throw new Fault({
      nl: `De omgevingsvariabele ${ref.env ?? ''} is niet gezet; het landschap heeft die nodig om een systeem te bereiken.`,
      en: `The environment variable ${ref.env ?? ''} is not set, and the estate needs it to reach a system.`,
    });
  return value;
}

/** Who runs this program, as the machine knows it; a number where the account has no name. */
export function operatorName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? '?'}`;
  }
}
