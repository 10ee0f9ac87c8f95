/** The publication of the statement, put together: what is rendered, by which law it is examined, and where it is kept. */
import { join } from 'node:path';
import type { Language } from '../base/language.ts';
import { lint, parsePolicy, type Policy } from '../policy/index.ts';
import { lintContextOf } from '../promises/proof/facts.ts';
import { documentFormats, html, render } from '../promises/publication/document/formats/index.ts';
import type { Document } from '../promises/publication/document/model.ts';
import { controllerRegister, processorRegister } from '../promises/publication/register/derive.ts';
import { registerDocument } from '../promises/publication/register/document.ts';
import { statement } from '../promises/publication/statement/index.ts';
import { markerName } from '../promises/publication/versions/page.ts';
import type { Marker, Publishing } from '../promises/publication/versions/publishing.ts';
import { places } from './home.ts';
import type { OpenWorld } from './world.ts';

export function publicationOf(world: OpenWorld): Publishing {
  const { db, clock, zone, flush, log, policy, policyHash, book, declared } = world;
  return {
    db,
    clock,
    zone,
    flush,
    log,
    policy,
    policyHash,
    policyText: declared.text.policy,
    eea: book.eea,
    folder: places(world.home).published,
    render: (of, marker) => renderAll(world, of, marker),
    lint: (text, day) => {
      const parsed = parsePolicy({ name: join(world.home, 'policy.yaml'), text });
      return parsed.value ? lint({ ...lintContextOf(world, day), policy: parsed.value, parsed }) : { findings: [] };
    },
    entryOf: (event) => world.ledger.entryOf(event),
  };
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The statement in every format and language, and the registers beside it, as they are on the day that it names. */
async function renderAll(world: OpenWorld, policy: Policy, marker: Marker): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const languages: readonly Language[] = policy.publication?.languages ?? ['nl', 'en'];
  const date = policy.publication?.date ?? '';
  const day = date.length === 7 ? `${date}-01` : date;
  const register = { book: world.book, day, version: marker.version, estate: { systems: world.systems.systems } };
  for (const language of languages) {
    const document = statement(policy, language, { lawBook: world.book });
    const others = languages.filter((one) => one !== language);
    files.set(
      `statement.${language}.html`,
      encode(
        html(document, {
          meta: { [markerName]: `${marker.version} ${marker.hash}` },
          alternate: others.map((lang) => ({ lang, href: `statement.${lang}.html` })),
        }),
      ),
    );
    await inFormats(files, `statement.${language}`, document);
    const own = registerDocument(controllerRegister(policy, register), language);
    files.set(`register.controller.${language}.pdf`, await render(own, 'pdf'));
    if (policy.purposes.some((one) => one.role === 'processor')) {
      const forClients = registerDocument(processorRegister(policy, null, register), language);
      files.set(`register.processor.${language}.pdf`, await render(forClients, 'pdf'));
    }
  }
  return files;
}

async function inFormats(files: Map<string, Uint8Array>, name: string, document: Document): Promise<void> {
  // A .docx carries the moment at which it was packed: the same statement would not be the same bytes.
  for (const format of documentFormats.filter((one) => one !== 'html' && one !== 'docx'))
    files.set(`${name}.${format}`, await render(document, format));
}
