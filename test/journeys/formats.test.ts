import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { testSite, type TestSite } from '../worlds/site.ts';

/** How a file of each kind begins: what it is called is not what it is. */
const begins: Readonly<Record<string, RegExp>> = {
  xlsx: /^PK/,
  docx: /^PK/,
  pdf: /^%PDF-1\./,
  html: /^<!doctype html>\n?<html lang="(nl|en)"/i,
  csv: /^(\u00ef\u00bb\u00bf)?"?[A-Z][^\n]*[,;]/,
  jsonld: /^\{\s*"@context"/,
};
const both = ['nl', 'en'] as const;

describe('over HTTP, as on the command line', () => {
  let site: TestSite;
  before(async () => {
    site = await testSite();
  });
  after(() => site.close());

  const fetched = async (path: string): Promise<string> => {
    const answer = await site.ask(path, { as: site.people.get('privacy-officer')?.token ?? '' });
    assert.equal(answer.status, 200, path);
    return Buffer.from(await answer.arrayBuffer()).toString('latin1');
  };

  for (const whose of ['controller', 'processor', 'clients/bakery'])
    it(`the register ${whose} comes in every format and language`, async () => {
      for (const format of ['xlsx', 'csv', 'html', 'pdf', 'jsonld'])
        for (const lang of both)
          assert.match(
            await fetched(`/register/${whose}/download?format=${format}&lang=${lang}`),
            begins[format] ?? /never/,
            `${whose} ${format} ${lang}`,
          );
    });

  it('the agreement with a client comes as a draft in both languages', async () => {
    for (const format of ['docx', 'pdf', 'html'])
      for (const lang of both)
        assert.match(
          await fetched(`/register/clients/bakery/agreement?format=${format}&lang=${lang}`),
          begins[format] ?? /never/,
          `${format} ${lang}`,
        );
  });
});
