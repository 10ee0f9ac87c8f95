/** One OpenAPI 3.1 document from the routes: what the router does is what it says. */
import { z } from 'zod';
import type { Language } from '../base/language.ts';
import type { Route } from './route.ts';

type Api = Extract<Route<never, never, string>, { kind: 'api' }>;
type Json = Record<string, unknown>;

export interface About {
  readonly title: string;
  readonly version: string;
  readonly language: Language;
  /** A permission in words, where its name is not that. */
  readonly told?: (may: string) => string;
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
    paths,
    components: {
      schemas: { Problem: problem },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token with a purpose, a scope and an end.' },
        session: { type: 'apiKey', in: 'cookie', name: 'gestand' },
      },
    },
  };
}

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
