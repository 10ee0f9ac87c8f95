import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { main } from './main.ts';

async function run(...args: string[]): Promise<{ code: number; out: string }> {
  let out = '';
  const code = await main(['lint', ...args], (text) => (out += text));
  return { code, out };
}

describe('gestand lint', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gestand-lint-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('ends with 0 on the reference policy and with 1 on a statement with errors', async () => {
    const clean = await run('policies/it-provider', '--at', '2026-11-25', '--lang', 'en');
    assert.equal(clean.code, 0);
    assert.match(clean.out, /0 errors · 0 warnings · 0 advice · 1 with a reason/);
    const wrong = await run('policies/it-provider-2019', '--lang', 'nl');
    assert.equal(wrong.code, 1);
    assert.match(wrong.out, /GST-B01.*grondslag[\s\S]+policy\.yaml:96 {2}Doel "contact" heeft geen grondslag[\s\S]+→ /);
    assert.match(wrong.out, /docs\/rules\/GST-B01\.md/);
    assert.match(wrong.out, /AVG art\. 13/);
    assert.doesNotMatch(wrong.out, /GDPR art|bewaart P\d/);
    assert.match(wrong.out, /44 fouten · 26 waarschuwingen · 2 advies/);
  });

  it('gives the documented keys', async () => {
    const { code, out } = await run('policies/it-provider-2019', '--at', '2026-11-25', '--json', '--lang', 'en');
    assert.equal(code, 1);
    const told = JSON.parse(out) as Record<string, unknown> & { findings: Record<string, unknown>[] };
    for (const key of ['policy', 'at', 'errors', 'warnings', 'advice', 'justified', 'findings'])
      assert.ok(key in told, key);
    assert.deepEqual(
      [told['policy'], told['at'], told['errors']],
      ['policies/it-provider-2019/policy.yaml', '2026-11-25', 44],
    );
    for (const one of told.findings) {
      for (const key of ['rule', 'severity', 'article', 'file', 'line', 'path', 'message', 'justification'])
        assert.ok(key in one, key);
      assert.match(String(one['severity']), /^[EWI]$/);
      assert.equal(typeof one['message'], 'string');
    }
    const [justified] = (JSON.parse((await run('policies/it-provider', '--json', '--lang', 'nl')).out) as typeof told)
      .findings;
    assert.match(String(justified?.['justification']), /elke drie maanden/);
  });

  it('writes SARIF and nothing else', async () => {
    const { code, out } = await run('policies/it-provider-2019', '--sarif');
    assert.equal(code, 1);
    const sarif = JSON.parse(out) as {
      version: string;
      runs: { results: object[]; tool: { driver: { rules: { help: { markdown: string } }[] } } }[];
    };
    assert.equal(sarif.version, '2.1.0');
    assert.equal(sarif.runs[0]?.results.length, 72);
    assert.match(sarif.runs[0].tool.driver.rules[0]?.help.markdown ?? '', /GST-A01/);
    assert.doesNotMatch(out, /file:/, 'nothing of this machine');
  });

  it('ends with 2 and the place when the policy cannot be read, is not there, or the estate beside it is wrong', async () => {
    const nothing = await run(join(folder, 'nowhere'), '--json');
    assert.equal(nothing.code, 2);
    assert.match(nothing.out, /"code":"declared-wrongly".*gestand init/);
    cpSync('policies/it-provider/policy.yaml', join(folder, 'policy.yaml'));
    writeFileSync(join(folder, 'estate.yaml'), 'gestand: 1\nsystems: [{ id: x }]\n');
    const estate = await run(folder, '--json');
    assert.equal(estate.code, 2);
    assert.match(estate.out, /estate\.yaml","line":2/);
    writeFileSync(join(folder, 'policy.yaml'), 'gestand: 1\norganisation: { nmae: X }\n');
    const broken = await run(folder, '--json');
    assert.equal(broken.code, 2);
    assert.match(broken.out, /"line":2.*organisation\.nmae.*"nearest":"name"/);
  });

  it('ends with 2 on a day that is none and a pack that is none', async () => {
    assert.match(
      (await run('policies/it-provider', '--at', '2026-02-30', '--json', '--lang', 'en')).out,
      /is not a day/,
    );
    const { code, out } = await run('policies/it-provider', '--pack', 'nothing', '--json', '--lang', 'en');
    assert.equal(code, 2);
    assert.match(out, /no pack .*digital-omnibus/);
  });

  it('finds a named document missing beside the policy', async () => {
    rmSync(join(folder, 'estate.yaml'));
    cpSync('policies/it-provider/policy.yaml', join(folder, 'policy.yaml'));
    const { code, out } = await run(folder, '--lang', 'en');
    assert.equal(code, 1);
    assert.match(out, /GST-I05/);
  });

  it('and check tell every mistake of every layer and file at once, by file and place, in both languages', async () => {
    const home = join(folder, 'six');
    cpSync('policies/it-provider', home, { recursive: true });
    const change = (name: string, changes: readonly (readonly [string, string])[]): void => {
      const file = join(home, name);
      let text = readFileSync(file, 'utf8');
      for (const [from, to] of changes) {
        assert.ok(text.includes(from), from);
        text = text.replace(from, to);
      }
      writeFileSync(file, text);
    };
    change('policy.yaml', [
      ['then: review', 'then: reviw'],
      ['keptWhile', 'keptWhle'],
      ['keep: P7Y\n    from: invoice-date', 'keep: P5Y\n    from: invoice-date'],
      ['data: [video]\n    text: { nl: Het', 'data: [vidio]\n    text: { nl: Het'],
    ]);
    change('estate.yaml', [
      ['country: NL', 'country: Nederland'],
      ['profile: crm', 'profile: crn'],
    ]);
    interface Told {
      readonly file: string;
      readonly path: string;
      readonly message: string;
      readonly nearest?: string;
    }
    for (const [language, words] of [
      [
        'nl',
        [/soort gegevens/, /onbekende sleutel/, /bewaart vijf jaar/, /hier hoort een van/, /landcode/, /geen profiel/],
      ],
      ['en', [/data category/, /unknown key/, /keeps five years/, /expected one of/, /country code/, /no profile/]],
    ] as const) {
      const { code, out } = await run(home, '--json', '--lang', language);
      assert.equal(code, 2);
      const { problems } = (JSON.parse(out) as { error: { problems: Told[] } }).error;
      assert.deepEqual(
        problems.map((one) => [basename(one.file), one.path, one.nearest]),
        [
          ['policy.yaml', 'purposes[5].data[0]', 'video'],
          ['policy.yaml', 'retention[0].keptWhle', 'keptWhile'],
          ['policy.yaml', 'retention[2].keep', undefined],
          ['policy.yaml', 'retention[8].then', 'review'],
          ['estate.yaml', 'systems[0].location.country', undefined],
          ['estate.yaml', 'systems[2].profile', 'crm'],
        ],
      );
      for (const [i, word] of words.entries()) assert.match(problems[i]?.message ?? '', word);
      let checked = '';
      assert.equal(await main(['check', home, '--json', '--lang', language], (text) => (checked += text)), 2);
      assert.deepEqual((JSON.parse(checked) as { problems: Told[] }).problems, problems);
    }
  });
});
