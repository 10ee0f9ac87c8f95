/** The OpenAPI document as a page that a person can read. */
import type { Language, Text } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
import { heading, link, section } from '../ui/controls.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly description?: string;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: unknown }>> };
  readonly responses: Readonly<
    Record<
      string,
      { readonly description: string; readonly content?: Readonly<Record<string, { readonly schema: unknown }>> }
    >
  >;
}

const words = {
  title: { nl: 'Voor programma’s', en: 'For programs' },
  lead: {
    nl: 'Alles wat een programma kan vragen, met wie het mag. Meld u aan met een token: Authorization: Bearer …',
    en: 'All that a program can ask, and who may. Sign in with a token: Authorization: Bearer …',
  },
  document: { nl: 'Het OpenAPI-document', en: 'The OpenAPI document' },
  sends: { nl: 'Wat u stuurt', en: 'What you send' },
  gets: { nl: 'Wat u krijgt', en: 'What you get' },
  refuses: { nl: 'Kan weigeren met', en: 'May refuse with' },
  server: { nl: 'Het adres', en: 'The address' },
  hooks: { nl: 'Webhooks: wat u toegestuurd krijgt', en: 'Webhooks: what is sent to you' },
  hooksLead: {
    nl: 'Maak een webhook bij Instellingen. Elk bericht is ondertekend volgens Standard Webhooks en heeft deze headers:',
    en: 'Make a webhook at Settings. Each message is signed by Standard Webhooks and has these headers:',
  },
} as const satisfies Record<string, Text>;

export function referencePage(document: Record<string, unknown>, language: Language): Html {
  const w = (word: keyof typeof words): string => words[word][language];
  const paths = Object.entries(document['paths'] as Record<string, Record<string, Operation>>);
  const [server] = (document['servers'] ?? []) as { url: string }[];
  const hooks = Object.entries((document['webhooks'] ?? {}) as Record<string, { readonly post: Operation }>);
  return html`${heading(w('title'), w('lead'))}
    <p>
      ${link('/api/openapi.json', w('document'))}${server === undefined ? nothing : html`. ${w('server')}: <code>${server.url}</code>`}
    </p>
    ${hooks.length === 0 ? nothing : hooksOf(hooks, w)}
    ${paths.map(([path, methods]) => Object.entries(methods).map(([method, one]) => operation(path, method, one, w)))}`;
}

function hooksOf(
  hooks: readonly (readonly [string, { readonly post: Operation }])[],
  w: (word: keyof typeof words) => string,
): Html {
  return section(
    'webhooks',
    w('hooks'),
    html`<p>${w('hooksLead')}</p>
      <ul>
        ${hooks[0]?.[1].post.parameters.map((each) => html`<li><code>${each.name}</code>: ${each.description ?? ''}</li>`)}
      </ul>
      ${hooks.map(
        ([event, { post }]) =>
          html`<h3><code>${event}</code></h3>
            <p>${post.summary}.</p>
            ${shape(w('gets'), post.requestBody?.content['application/json']?.schema)}`,
      )}
      <p class="soft">${hooks[0]?.[1].post.responses['default']?.description ?? ''}</p>`,
  );
}

function operation(path: string, method: string, one: Operation, w: (word: keyof typeof words) => string): Html {
  const body = one.requestBody?.content['application/json']?.schema;
  const reply = one.responses['200']?.content?.['application/json']?.schema;
  return section(
    one.operationId,
    `${method.toUpperCase()} ${path}`,
    html`<p>${one.summary}. ${one.description}</p>
      ${
        one.parameters.length === 0
          ? nothing
          : html`<ul>
              ${one.parameters.map((each) => html`<li><code>${each.name}</code> <span class="soft">${each.in}${each.required ? ', *' : ''}</span></li>`)}
            </ul>`
      }
      ${body === undefined ? nothing : shape(w('sends'), body)} ${shape(w('gets'), reply)}
      <p class="soft">${w('refuses')}: ${one.responses['default']?.description ?? ''}</p>`,
  );
}

function shape(title: string, schema: unknown): Html {
  return html`<details>
    <summary>${title}</summary>
    <pre tabindex="0"><code>${JSON.stringify(schema, null, 2)}</code></pre>
  </details>`;
}
