import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import JSZip from 'jszip';
import { marked } from 'marked';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { hostile, hostileDocument, hostileHrefs, say, specimen } from '../../../../../test/worlds/document.ts';
import { readMarkup } from '../../../../../test/worlds/markup.ts';
import type { Document } from '../model.ts';
import { cleanText, safeHref } from './clean.ts';
import { htmlBody, render, type DocumentFormat } from './index.ts';

const document = hostileDocument();
const written = async (format: DocumentFormat, what: Document = document): Promise<string> =>
  new TextDecoder('utf-8', { fatal: true }).decode(await render(what, format));
const allowed = /^(?:https:|mailto:[^\s:]+$|#[\w.-]+$|[\w-][\w./-]*$)/u;
// oxlint-disable-next-line no-control-regex -- what must not be there
const unseen = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u;
const squeezed = (text: string): string => text.replaceAll(/\s+/gu, ' ');

/** What is wrong with a page: markup that nobody wrote, an address that leads elsewhere, a text that is not shown. */
function harm(html: string, tags: readonly string[], attributes: readonly string[], texts = hostile): string[] {
  try {
    const { elements, texts: shown } = readMarkup(html);
    const all = squeezed(shown.join(''));
    return [
      ...elements.filter((one) => !tags.includes(one.name)).map((one) => `<${one.name}>`),
      ...elements.flatMap((one) => Object.keys(one.attributes).filter((name) => !attributes.includes(name))),
      ...elements.flatMap(({ attributes: { href } }) => (href === undefined || allowed.test(href) ? [] : [href])),
      ...texts.map(cleanText).filter((text) => !all.includes(text)),
      ...(unseen.test(all) ? ['a character that is not seen'] : []),
    ];
  } catch (error) {
    return [(error as Error).message];
  }
}

const page =
  'html head meta title style body a strong header main article div h1 h2 h3 h4 p ul li ol nav section table caption thead tbody tr th td details summary span';
const pageTags = page.split(' ');
const pageAttributes =
  'lang charset name content class href id role tabindex scope aria-labelledby aria-label aria-hidden data-label'.split(
    ' ',
  );

describe('text from a policy in a page', () => {
  it('is text and nothing else, in every place', async () => {
    assert.deepEqual(harm(await written('html'), pageTags, pageAttributes), []);
    assert.deepEqual(harm(htmlBody(document), pageTags, pageAttributes), []);
  });
  it('and each hostile text would be seen by this test if it were not', () => {
    const marks = hostile.filter((text) => /[<>&"]/u.test(text));
    const missed = marks.filter(
      (text) => harm(`<p class="${text}">${text}</p>`, pageTags, pageAttributes, []).length === 0,
    );
    assert.deepEqual(missed, []);
    assert.ok(marks.length >= 9);
    assert.deepEqual(harm('<p>ok <a href="javascript:alert(1)">x</a></p>', pageTags, pageAttributes, []), [
      'javascript:alert(1)',
    ]);
    assert.equal(harm('<p>\u202e</p>', pageTags, pageAttributes, []).length, 1);
    assert.equal(harm('<p>not there</p>', pageTags, pageAttributes).length, hostile.length);
  });
});

describe('an address', () => {
  it('leads only where a reader expects', () => {
    assert.deepEqual(
      hostileHrefs.filter((href) => safeHref(href) !== undefined),
      ['#nergens'],
    );
    assert.ok(!htmlBody(document).includes('#nergens'), 'an anchor that is not in the document');
    const fine = [
      'https://divato.nl/a?b=c#d',
      'mailto:info@divato.nl',
      '#rechten',
      'statement-3.pdf',
      'eerder/2025/',
      '/nl/versie?v=2',
    ];
    assert.deepEqual(
      fine.filter((href) => safeHref(href) === undefined),
      [],
    );
  });
});

describe('text from a policy in Markdown', () => {
  const tags = 'h1 h2 h3 h4 h5 h6 p em strong a ul li table thead tbody tr th td blockquote'.split(' ');
  const read = async (text: string): Promise<string> => marked.parse(text, { async: true });
  it('stays text when a reader of Markdown has made a page of it', async () => {
    assert.deepEqual(harm(await read(await written('md')), tags, ['id', 'href', 'align']), []);
  });
  it('and a writer that does not escape is caught', async () => {
    const parsed = await Promise.all(hostile.map(read));
    const caught = parsed.filter((html, n) => harm(html, tags, ['id', 'href'], [hostile[n] ?? '']).length > 0);
    assert.ok(caught.length >= 12, `${caught.length}`);
    assert.ok(harm(await read('[klik](javascript:alert(1))'), tags, ['href'], []).length > 0);
  });
  it('makes no list, heading or quotation of a sentence', async () => {
    const alone = {
      ...specimen,
      blocks: hostile.map((text) => ({ kind: 'paragraph' as const, sentences: [say(text)] })),
    };
    const { elements } = readMarkup(await read(await written('md', alone)));
    const kinds = new Set(elements.map((one) => one.name).filter((name) => name !== 'a'));
    assert.deepEqual([...kinds].toSorted(), ['em', 'h1', 'p']);
  });
});

describe('text from a policy in plain text and JSON', () => {
  it('has no character that a terminal obeys, and no line over 78', async () => {
    const text = await written('txt');
    assert.doesNotMatch(text, unseen);
    assert.deepEqual(
      text.split('\n').filter((line) => line.length > 78),
      [],
    );
    const all = text.replaceAll(/[\s|]+/gu, '');
    assert.deepEqual(
      hostile.map(cleanText).filter((one) => !all.includes(one.replaceAll(/[\s|]+/gu, ''))),
      [],
    );
    assert.match('\u001b[31m', unseen);
  });
  it('is the same document again when JSON is read', async () => {
    const read = JSON.parse(await written('json', specimen)) as Record<string, unknown>;
    const { gestandDocument, ...rest } = read;
    assert.equal(gestandDocument, 1);
    assert.deepEqual(rest, JSON.parse(JSON.stringify(specimen)));
    const strings: string[] = [];
    JSON.parse(await written('json'), (_, value: unknown) => {
      if (typeof value === 'string') strings.push(value);
      return value;
    });
    assert.deepEqual(
      strings.filter((one) => unseen.test(one) || !one.isWellFormed()),
      [],
    );
    assert.ok(strings.length > 300);
  });
});

describe('text from a policy in a PDF', () => {
  const compile = (source: string): boolean =>
    !NodeCompiler.create()
      .compile({ mainFileContent: source, inputs: { text: hostile.join('\n') } })
      .hasError();
  it('is data for the template: nothing in it is carried out', async () => {
    const made = Buffer.from(await render(document, 'pdf')).toString('latin1');
    assert.match(made, /^%PDF-1\.7/u);
    const code = {
      ...specimen,
      blocks: [
        { kind: 'paragraph' as const, sentences: [say('#panic("x")'), say('#read("/etc/passwd")'), say(']]$')] },
      ],
    };
    assert.match(Buffer.from(await render(code, 'pdf')).toString('latin1'), /pdfuaid/u);
  });
  it('and a template that is joined with text breaks on it', () => {
    assert.ok(compile('#text(sys.inputs.text)'));
    const typst = hostile.filter((text) => /[#$<[\]*_@"\\]/u.test(text));
    const broken = typst.filter((text) => !compile(`[${text}]`));
    assert.ok(broken.length >= 6, `${broken.length} of ${typst.length}`);
    assert.ok(!compile('#panic("x")'));
  });
});

describe('text from a policy in DOCX', () => {
  const parts = async (what: Document): Promise<Map<string, string>> => {
    const zip = await JSZip.loadAsync(await render(what, 'docx'));
    const names = Object.keys(zip.files).filter((name) => /\.(?:xml|rels)$/u.test(name));
    return new Map(
      await Promise.all(names.map(async (name) => [name, (await zip.file(name)?.async('string')) ?? ''] as const)),
    );
  };
  it('is text of well-formed XML, and each address is one that may be', async () => {
    const all = await parts(document);
    assert.ok(all.size >= 8);
    const read = new Map([...all].map(([name, xml]) => [name, readMarkup(xml)]));
    const body = read.get('word/document.xml');
    const shown = squeezed((body?.texts ?? []).join(''));
    assert.deepEqual(
      hostile.map(cleanText).filter((text) => !shown.includes(text)),
      [],
    );
    assert.doesNotMatch(shown, unseen);
    const links = read
      .get('word/_rels/document.xml.rels')
      ?.elements.filter((one) => one.attributes['TargetMode'] === 'External');
    assert.deepEqual(
      links?.filter((one) => !allowed.test(one.attributes['Target'] ?? '')),
      [],
    );
    const fields = body?.elements.filter((one) => one.name === 'w:instrText' || one.name === 'w:fldSimple');
    assert.deepEqual(fields, []);
  });
  it('has real headings, heads of tables, a language and its links', async () => {
    const all = await parts(specimen);
    const body = readMarkup(all.get('word/document.xml') ?? '').elements;
    const values = (name: string) => body.filter((one) => one.name === name).map((one) => one.attributes['w:val']);
    assert.deepEqual(
      values('w:pStyle').filter((style) => /^(?:Title|Heading)/u.test(style ?? '')),
      ['Title', 'Heading1', 'Heading1', 'Heading2', 'Heading3', 'Heading1', 'Heading2'],
    );
    assert.equal(values('w:tblHeader').length, 2);
    assert.match(all.get('word/styles.xml') ?? '', /w:lang [^>]*w:val="nl-NL"/u);
    assert.match(all.get('word/_rels/document.xml.rels') ?? '', /mailto:info@divato\.nl/u);
    assert.match(all.get('docProps/core.xml') ?? '', /Privacyverklaring van Divato/u);
  });
  it('and XML in which a text is not escaped is caught', () => {
    assert.throws(() => readMarkup('<w:t>a & b</w:t>'));
    assert.throws(() => readMarkup('<w:t>a < b</w:t>'));
    assert.throws(() => readMarkup('<w:t><b></w:t>'));
    assert.throws(() => readMarkup('<w:t>'));
  });
});
