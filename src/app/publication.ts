/** The publication of the statement, put together: what is rendered, by which law it is examined, and where it is kept. */
import { join } from 'node:path';
import type { Language } from '../base/language.ts';
import { isOpen, listAccounts } from '../access/index.ts';
import { checkPolicy, lint, parsePolicy, type LintReport, type Policy } from '../policy/index.ts';
import { lintContextOf } from '../promises/proof/facts.ts';
import { livingFacts } from '../promises/proof/living.ts';
import { controlName, promiseName } from '../promises/proof/parts.ts';
import { documentFormats, html, render } from '../promises/publication/document/formats/index.ts';
import { statementJsonLd } from '../promises/publication/dpv/index.ts';
import { controllerRegister, processorRegister } from '../promises/publication/register/derive.ts';
import type { Register } from '../promises/publication/register/model.ts';
import { registerFile, registerFormats, renderRegister, type Whose } from '../promises/publication/register/formats.ts';
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
  if (!parsed.value)
    throw new DeclaredWrongly(checkPolicy(parsed, { law: world.book.law, unsure: () => false }, day).problems);
  const of = { policy: parsed.value, parsed };
  const context = { ...lintContextOf(world, day), ...of };
  return lint(
    facts === 'living' ? { ...context, living: await livingFacts(world, { publishing: true, of }) } : context,
  );
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
    for (const format of documentFormats)
      if (format !== 'html') files.set(`statement.${language}.${format}`, await render(document, format));
  }
  const day = date.length === 7 ? `${date}-01` : date;
  const options = {
    book,
    day,
    version: marker.version,
    estate: { systems: world.systems.systems },
    nameOf: controlName,
    promiseName,
  };
  const inFormats = (whose: Whose, register: Register): Promise<void> => registerIn(files, whose, register, languages);
  await inFormats('controller', controllerRegister(policy, options));
  const served = policy.purposes.filter((one) => one.role === 'processor');
  if (served.length > 0) await inFormats('processor', processorRegister(policy, null, options));
  for (const { id } of policy.clients)
    if (served.some((one) => one.client === id))
      await inFormats({ client: id }, processorRegister(policy, id, options));
  return files;
}

async function registerIn(
  files: Map<string, Uint8Array>,
  whose: Whose,
  register: Register,
  languages: readonly Language[],
): Promise<void> {
  for (const language of languages)
    for (const format of registerFormats) {
      const name = registerFile(whose, format, language);
      if (!files.has(name)) files.set(name, await renderRegister(register, format, language));
    }
}
