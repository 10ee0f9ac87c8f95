/** One OpenAPI 3.1 document from the routes: what the router does is what it says. */
import { z } from 'zod';
import type { Language, Text } from '../base/language.ts';
import type { Route } from './route.ts';

type Api = Extract<Route<never, never, string>, { kind: 'api' }>;
type Json = Record<string, unknown>;

export interface About {
  readonly title: string;
  readonly version: string;
  readonly language: Language;
  /** A permission in words, where its name is not that. */
  readonly told?: (may: string) => string;
  /** Where it is reached: "https://privacy.example.nl". */
  readonly server?: string;
  /** What is sent to whoever asked to be told. */
  readonly hooks?: readonly HookContract[];
}

/** A message that we send: signed by Standard Webhooks, and sent again until it is taken. */
export interface HookContract {
  /** "promise.changed" */
  readonly event: string;
  readonly summary: string;
  readonly payload: z.ZodType;
}

const problem: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { at: { type: 'string' }, message: { type: 'string' } } },
    },
    reference: { type: 'string' },
  },
};

export function openApi<W, A, P extends string>(routes: readonly Route<W, A, P>[], about: About): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    if (route.kind !== 'api') continue;
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, about) };
  }
  return {
    openapi: '3.1.0',
    info: { title: about.title, version: about.version, license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' } },
    ...(about.server === undefined ? {} : { servers: [{ url: about.server }] }),
    paths,
    ...(about.hooks === undefined
      ? {}
      : {
          webhooks: Object.fromEntries(about.hooks.map((hook) => [hook.event, { post: sent(hook, about.language) }])),
        }),
    components: {
      schemas: { Problem: problem },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token with a purpose, a scope and an end.' },
        session: { type: 'apiKey', in: 'cookie', name: 'gestand' },
      },
    },
  };
}

const hookHeaders: readonly (Json & { readonly description: Text })[] = [
  {
    name: 'webhook-id',
    description: {
      nl: 'Hoort bij het bericht: bij een nieuwe poging hetzelfde. Wie het al kent, doet niets.',
      en: "The message's own: the same when it is sent again. Whoever knows it already does nothing.",
    },
  },
  {
    name: 'webhook-timestamp',
    description: {
      nl: 'Wanneer deze poging werd gedaan, in seconden sinds 1970. Weiger wat oud is.',
      en: 'When this attempt was made, in seconds since 1970. Refuse what is old.',
    },
  },
  {
    name: 'webhook-signature',
    description: {
      nl: '"v1," en HMAC-SHA256 (base64) over "id.timestamp.body", met het geheim van de webhook. Reken het zelf uit en vergelijk.',
      en: '"v1," and HMAC-SHA256 (base64) over "id.timestamp.body", with the secret of the webhook. Work it out and compare.',
    },
  },
];

/** What the receiver gets, and what its answer does. */
function sent({ event, summary, payload }: HookContract, language: Language): Json {
  const { nl, en } = hookAnswers;
  return {
    operationId: `hook${event.split(/[.-]/).map(capital).join('')}`,
    summary,
    description: 'Standard Webhooks, https://www.standardwebhooks.com/',
    tags: ['webhooks'],
    parameters: hookHeaders.map(({ description, ...header }) => ({
      ...header,
      description: description[language],
      in: 'header',
      required: true,
      schema: { type: 'string' },
    })),
    requestBody: { required: true, content: { 'application/json': { schema: shapeOf(payload, 'output') } } },
    responses: {
      '2XX': { description: (language === 'nl' ? nl : en).taken },
      default: { description: (language === 'nl' ? nl : en).again },
    },
    security: [],
  };
}

const hookAnswers = {
  nl: { taken: 'Aangenomen.', again: 'Niet aangenomen: hetzelfde bericht komt nog eens, een dag lang.' },
  en: { taken: 'Taken.', again: 'Not taken: the same message comes again, for a day.' },
} as const;

const keyRefusals = ['idempotency-key-reused', 'idempotency-key-in-use', 'idempotency-outcome-unknown'];

function operation(route: Api, about: About): Json {
  const { language } = about;
  const writes = route.method !== 'GET';
  return {
    operationId: operationId(route),
    summary: route.summary[language],
    description: permission(route.may, about),
    tags: [route.path.split('/')[2] ?? ''],
    parameters: [
      ...fields(route.params, 'path'),
      ...fields(route.query, 'query'),
      ...(writes
        ? [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 200 } }]
        : []),
    ],
    ...(route.body && writes
      ? { requestBody: { required: true, content: { 'application/json': { schema: shapeOf(route.body, 'input') } } } }
      : {}),
    responses: {
      200: { description: 'OK', content: { 'application/json': { schema: shapeOf(route.reply, 'output') } } },
      default: {
        description: ['sent-wrongly', ...(writes ? keyRefusals : []), ...(route.refuses ?? [])].join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
    security: route.may === 'anyone' ? [] : [{ token: [route.may] }, { session: [] }],
  };
}

/** "GET /api/plans/:plan" is "getPlansByPlan". */
export function operationId(route: { readonly method: string; readonly path: string }): string {
  const words = route.path
    .replace(/^\/api\//, '')
    .split(/[/-]/)
    .map((word) => (word.startsWith(':') ? `By${capital(word.slice(1))}` : capital(word)));
  return `${route.method.toLowerCase()}${words.join('')}`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function permission(may: string, { language, told }: About): string {
  if (may === 'anyone') return language === 'nl' ? 'Voor iedereen.' : 'For anyone.';
  if (may === 'anyone signed in') return language === 'nl' ? 'Voor wie is aangemeld.' : 'For anyone signed in.';
  const words = told?.(may) ?? may;
  const named = words === may ? `"${may}"` : `${words} ("${may}")`;
  return language === 'nl' ? `Voor wie dit mag: ${named}.` : `Who may: ${named}.`;
}

function fields(schema: z.ZodObject | undefined, where: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const shape = shapeOf(schema, 'input') as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(shape.properties ?? {}).map(([name, one]) => ({
    name,
    in: where,
    required: where === 'path' || (shape.required ?? []).includes(name),
    schema: one,
  }));
}

function shapeOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });
  return shape;
}
