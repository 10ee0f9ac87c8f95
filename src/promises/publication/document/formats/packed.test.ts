import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { Document, ExternalHyperlink, Packer, Paragraph, TextRun } from 'docx';
import { lawBook, policyOf, rawPolicy } from '../../../../../test/worlds/policies.ts';
import { sha256Hex } from '../../../../crypto/index.ts';
import { controllerRegister } from '../../register/derive.ts';
import { registerFormats, renderRegister } from '../../register/formats.ts';
import { statement } from '../../statement/index.ts';
import { documentFormats, render } from './index.ts';

const policy = policyOf(rawPolicy('it-provider'));
const book = lawBook();
const document = statement(policy, 'nl', { lawBook: book });
const register = controllerRegister(policy, { book, day: '2026-11-24' });

/** The hash of what is made now, and of what is made three days later. */
async function twice(make: () => Promise<Uint8Array>): Promise<[string, string]> {
  const first = sha256Hex(await make());
  mock.timers.enable({ apis: ['Date'], now: Date.now() + 3 * 86_400_000 });
  try {
    return [first, sha256Hex(await make())];
  } finally {
    mock.timers.reset();
  }
}

describe('what is made twice is the same bytes', () => {
  for (const format of documentFormats)
    it(`a statement as ${format}`, async () => {
      const [first, second] = await twice(() => render(document, format));
      assert.equal(first, second);
    });

  for (const format of registerFormats)
    it(`a register as ${format}`, async () => {
      const [first, second] = await twice(() => renderRegister(register, format, 'nl'));
      assert.equal(first, second);
    });

  it('and this bites: as the library packs it, it is not', async () => {
    const link = (): Document =>
      new Document({
        sections: [
          {
            children: [
              new Paragraph({
                children: [new ExternalHyperlink({ link: 'https://x.example', children: [new TextRun('x')] })],
              }),
            ],
          },
        ],
      });
    const [first, second] = await twice(async () => new Uint8Array(await Packer.toBuffer(link())));
    assert.notEqual(first, second);
  });

  it('and what it says is untouched: links lead where they led, and the day is that of the document', async () => {
    const parts = unzipSync(await render(document, 'docx'));
    const part = (name: string): string => strFromU8(parts[name] ?? new Uint8Array());
    const asked = [...part('word/document.xml').matchAll(/r:id="(rIdx\d+)"/gu)].map((one) => one[1] ?? '');
    assert.ok(asked.length > 0);
    for (const id of asked) assert.ok(part('word/_rels/document.xml.rels').includes(`<Relationship Id="${id}"`), id);
    const begun = [...part('word/document.xml').matchAll(/<w:bookmarkStart [^>]*w:id="(\d+)"/gu)].map((one) => one[1]);
    assert.equal(new Set(begun).size, begun.length);
    assert.ok(part('docProps/core.xml').includes(`${document.date}T00:00:00Z</dcterms:created>`));
    // What looks like a tag in the text is text.
    const tricky = '<Relationship Id="rIdabcdefghijklmnopqrstu"';
    const told = {
      ...document,
      blocks: [{ kind: 'paragraph' as const, sentences: [{ text: tricky, from: 'frame' }] }],
    };
    const other = unzipSync(await render(told, 'docx'));
    assert.match(
      strFromU8(other['word/document.xml'] ?? new Uint8Array()),
      /Relationship Id=(?:"|&quot;)rIdabcdefghijklmnopqrstu/,
    );
  });
});
