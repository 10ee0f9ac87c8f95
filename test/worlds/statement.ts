/** A home whose statement can be published: the real policy and store, a plain page, and a linter in the test's hand. */
import { publicationOf } from '../../src/app/publication.ts';
import { parsePolicy, type Policy } from '../../src/policy/index.ts';
import { hashOf, type Fault, type Publishing } from '../../src/promises/publication/versions/publishing.ts';
import { markerName } from '../../src/promises/publication/versions/page.ts';
import { approve, draft, publishOn, review } from '../../src/promises/publication/versions/service.ts';
import { referencePolicy, testHome, type TestHome } from './home.ts';

export interface Press {
  readonly home: TestHome;
  readonly desk: Publishing;
  /** What the linter finds from now on. */
  readonly faults: Fault[];
  /** The same desk with another policy in force. */
  with(text: string): Publishing;
  close(): Promise<void>;
}

/** One system that nobody asks anything. */
export const office = `gestand: 1
systems:
  - id: office
    title: { nl: kantoor, en: office }
    profile: crm
    role: controller
    location: { country: NL, place: Haps }
    sources:
      db: { connector: sql, dialect: postgres, read: { literal: "postgres://127.0.0.1:1/x" }, erase: { literal: "postgres://127.0.0.1:1/x" } }
      files: { connector: files, root: /tmp }
`;

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A statement that says its terms and nothing else: enough to tell one version from another. */
export const plainRender: Publishing['render'] = (policy, marker) => {
  const body = (language: 'nl' | 'en'): string =>
    policy.retention.map((one) => `<p>${one.id}: ${one.text[language]} (${one.keep}).</p>`).join('\n');
  return Promise.resolve(
    new Map(
      (['nl', 'en'] as const).map((language) => [
        `statement.${language}.html`,
        encode(
          `<!doctype html><html lang="${language}"><head><title>x</title><meta name="${markerName}" content="${marker.version} ${marker.hash}"></head><body><header>Divato</header><main><article><h1>Version ${marker.version}</h1>${body(language)}<details class="proof"><summary>kept</summary>today</details></article></main></body></html>`,
        ),
      ]),
    ),
  );
};

export function parsed(text: string): Policy {
  const { value } = parsePolicy({ name: 'policy.yaml', text });
  if (!value) throw new Error('the policy of the test does not parse');
  return value;
}

export async function press(now = '2026-11-24T10:00:00Z'): Promise<Press> {
  const home = await testHome({ estate: office }, now);
  const world = await home.open();
  const faults: Fault[] = [];
  const desk: Publishing = {
    ...publicationOf(world),
    render: plainRender,
    lint: () => Promise.resolve({ findings: [...faults] }),
  };
  return {
    home,
    desk,
    faults,
    with: (text) => ({ ...desk, policyText: text, policy: parsed(text), policyHash: hashOf(parsed(text)) }),
    close: () => home.close(),
  };
}

/** The reference policy as a later version, with a change in its text. */
export function nextPolicy(version: string, change: (text: string) => string = (text) => text): string {
  return change(referencePolicy.replace("version: '2026-1'", `version: '${version}'`));
}

/** From draft to published, by the hands that it takes. */
export async function bringOut(desk: Publishing, on?: string): Promise<Awaited<ReturnType<typeof publishOn>>> {
  const { id } = await draft(desk, { name: 'Ann' });
  await review(desk, { name: 'Ann' }, id);
  await approve(desk, { name: 'Bo' }, id);
  return publishOn(desk, { name: 'Bo' }, id, on);
}
