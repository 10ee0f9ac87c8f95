/** The publication of the statement, put together: what is rendered, by which law it is examined, and where it is kept. */
import { join } from 'node:path';
import type { Language } from '../base/language.ts';
import { isOpen, listAccounts } from '../access/index.ts';
import { lint, parsePolicy, type LintReport, type Policy } from '../policy/index.ts';
import { lintContextOf } from '../promises/proof/facts.ts';
import { livingFacts } from '../promises/proof/living.ts';
import { documentFormats, html, render } from '../promises/publication/document/formats/index.ts';
import { registerJsonLd, statementJsonLd } from '../promises/publication/dpv/index.ts';
import type { Document } from '../promises/publication/document/model.ts';
import { controllerRegister, processorRegister } from '../promises/publication/register/derive.ts';
import type { Register } from '../promises/publication/register/model.ts';
import { registerDocument } from '../promises/publication/register/document.ts';
import { statement } from '../promises/publication/statement/index.ts';
import { markerName } from '../promises/publication/versions/page.ts';
import type { Marker, Publishing } from '../promises/publication/versions/publishing.ts';
import { DeclaredWrongly, places } from './home.ts';
import type { OpenWorld } from './world.ts';

export function publicationOf(world: OpenWorld): Publishing {
  const { db, clock, zone, flush, log, policy, policyHash, book, declared, privateTargets } = world;
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
    privateTargets,
    folder: places(world.home).published,
    render: (of, marker) => renderAll(world, of, marker),
    lint: (text, day, facts) => examine(world, text, day, facts),
    holders: async (role) =>
      (await listAccounts(db)).filter((one) => one.roles.includes(role) && isOpen(one, clock())).map((one) => one.name),
    entryOf: (event) => world.ledger.entryOf(event),
  };
}

/** The policy of a version may be another than the one in force: it is examined as it was written. */
export async function examine(
  world: OpenWorld,
  text: string,
  day: string,
  facts: 'living' | 'text-only',
): Promise<LintReport> {
  const parsed = parsePolicy({ name: join(world.home, 'policy.yaml'), text });
  if (!parsed.value) throw new DeclaredWrongly(parsed.problems);
  const context = { ...lintContextOf(world, day), policy: parsed.value, parsed };
  return lint(facts === 'living' ? { ...context, living: await livingFacts(world, { publishing: true }) } : context);
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The statement in every format and language, and the registers beside it, as they are on the day that it names. */
async function renderAll(world: OpenWorld, policy: Policy, marker: Marker): Promise<Map<string, Uint8Array>> {
  const { book } = world;
  const languages: readonly Language[] = policy.publication?.languages ?? ['nl', 'en'];
  const date = policy.publication?.date ?? '';
  const files = new Map<string, Uint8Array>();
  const linked = statementJsonLd(policy, { version: marker.version, date, languages, law: book });
  files.set('statement.jsonld', encode(`${JSON.stringify(linked, null, 2)}\n`));
  for (const language of languages) {
    const document = statement(policy, language, { lawBook: book });
    const page = html(document, {
      meta: { [markerName]: `${marker.version} ${marker.hash}` },
      alternate: languages.filter((one) => one !== language).map((lang) => ({ lang, href: `statement.${lang}.html` })),
    });
    files.set(`statement.${language}.html`, encode(page));
    await inFormats(files, `statement.${language}`, document);
  }
  const day = date.length === 7 ? `${date}-01` : date;
  const options = { book, day, version: marker.version, estate: { systems: world.systems.systems } };
  await inRegister(files, 'register.controller', controllerRegister(policy, options), languages);
  if (policy.purposes.some((one) => one.role === 'processor'))
    await inRegister(files, 'register.processor', processorRegister(policy, null, options), languages);
  return files;
}

async function inRegister(
  files: Map<string, Uint8Array>,
  name: string,
  register: Register,
  languages: readonly Language[],
): Promise<void> {
  files.set(`${name}.jsonld`, encode(`${JSON.stringify(registerJsonLd(register), null, 2)}\n`));
  for (const language of languages)
    files.set(`${name}.${language}.pdf`, await render(registerDocument(register, language), 'pdf'));
}

async function inFormats(files: Map<string, Uint8Array>, name: string, document: Document): Promise<void> {
  // A .docx carries the moment at which it was packed: the same statement would not be the same bytes.
  for (const format of documentFormats.filter((one) => one !== 'html' && one !== 'docx'))
    files.set(`${name}.${format}`, await render(document, format));
}
