/** What the source of the program may not hold (ASVS 5.0, the static rules), each with the text that would break it. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

interface Law {
  readonly title: string;
  readonly forbids: RegExp;
  /** What is caught, so that the pattern is known to bite. */
  readonly caught: string;
  /** Where it holds; everywhere when nothing is said. */
  readonly in?: RegExp;
  /** Files that may, each for the reason that stands there. */
  readonly except?: readonly string[];
}

const laws: readonly Law[] = [
  {
    title: 'writes values into no statement: they travel as parameters',
    forbids: /\bsql\.raw\s*\(/,
    caught: 'sql.raw(`select ${name}`)',
    except: [
      'src/connectors/sql/deed.ts', // the name of a type, from the live catalogue
      'src/database/migrate.ts', // a file of the program itself
    ],
  },
  {
    title: 'names the file of a thread by the ending that it has here: a package holds JavaScript',
    forbids: /new URL\(\s*['"][^'"]+\.ts['"]/,
    caught: "new Worker(new URL('hand.worker.ts', import.meta.url))",
  },
  { title: 'runs no text as code', forbids: /\beval\s*\(|new Function\s*\(|\bvm\.run/, caught: 'eval(input)' },
  {
    title: 'makes markup only through the template that escapes',
    forbids: /\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write\(/,
    caught: 'place.innerHTML = text',
  },
  {
    title: 'puts in unescaped only what a renderer of ours or a library drew',
    forbids: /\braw\s*\(/,
    caught: 'html`${raw(name)}`',
    in: /^src\/(web|app\/site)\//,
    except: [
      'src/web/access/account.ts', // the picture of a key, drawn by a library
      'src/web/centre/statement.ts', // a document of our own renderer, which escapes every text
      'src/web/console/register.ts', // the same
    ],
  },
  {
    title: 'starts other programs with a list of arguments, never through a shell',
    forbids: /shell:\s*true|\bexecSync\s*\(|\bexec\s*\(\s*`/,
    caught: 'spawn(command, { shell: true })',
  },
  {
    title: 'believes no server whose certificate it cannot check',
    forbids: /rejectUnauthorized:\s*false|NODE_TLS_REJECT/,
    caught: '{ rejectUnauthorized: false }',
  },
  { title: 'takes chance from the system alone', forbids: /Math\.random\s*\(/, caught: 'const token = Math.random()' },
  {
    title: 'keeps nothing in the browser but cookies of ours',
    forbids: /\b(local|session)Storage\b|\bindexedDB\b|caches\.open/,
    caught: "localStorage.setItem('x', y)",
  },
  {
    title: 'takes no messages from other windows',
    in: /^src\/web\//,
    forbids: /postMessage\s*\(|addEventListener\(\s*'message'/,
    caught: "addEventListener('message', f)",
  },
  {
    title: 'uses no cipher without authentication, no old padding and no broken hash',
    forbids: /-(ecb|cbc|ctr)['"]|PKCS1_PADDING|createHash\(\s*['"](md5|sha1)['"]/,
    caught: "createCipheriv('aes-256-ecb', key, null)",
  },
  {
    title: 'reads no YAML or JSON into objects that run',
    forbids: /\b(deserialize|unserialize)\s*\(|v8\.deserialize/,
    caught: 'v8.deserialize(body)',
  },
  {
    title: 'makes no regular expression of what somebody typed',
    forbids: /\bRegExp\s*\(/,
    caught: 'new RegExp(query.search)',
    except: [
      'src/connectors/sql/clock.ts', // a constant, which SQL needs as text too
      'src/promises/publication/document/formats/text.ts', // a number: the width of a line
      'src/promises/publication/register/import/words.ts', // a list of our own words
    ],
  },
  {
    title: 'searches a directory with the filters of the settings alone',
    in: /^src\/access\//,
    forbids: /filter:\s*(`[^`]*\$\{|['"][^'"]*['"]\s*\+)/,
    caught: 'client.search(base, { filter: `(uid=${name})` })',
  },
  {
    title: 'fills no format that could be somebody’s text',
    forbids:
      /\bconsole\.\w+\s*\(|\butil\.format\b|\{[^}]*\bformat(WithOptions)?\b[^}]*\} from 'node:util'|\bs?printf\s*\(/,
    caught: 'console.log(name, value)',
  },
  {
    title: 'reads no XML, unpacks no archive, decodes no picture and speaks no WebSocket',
    forbids:
      /\bDOMParser\b|\b(createG|g)unzip|\b(createI|i)nflate|[bB]rotliDecompress|\bunzip(Sync)?\s*\(|\bcreateImageBitmap\b|\.on\(\s*'upgrade'|\bWebSocket(Server)?\s*\(|from '(sax|xml2js|fast-xml-parser|jszip|yauzl|tar|sharp|jimp|pngjs|ws)'/,
    caught: "import sharp from 'sharp'",
    except: [
      // It unpacks what was packed a moment before in the same process, to take the clock and the chance out of it.
      'src/promises/publication/document/formats/packed.ts',
      // One page, counted as it comes out, as a browser does.
      'src/promises/publication/versions/fetch.ts',
    ],
  },
  {
    title: 'uses nothing of the web that is dead, or that runs what a page brings along',
    in: /^src\/(web|app\/site|promises\/publication\/document)\//,
    forbids: /<(applet|object|embed|iframe|frame|frameset|marquee|blink|bgsound|keygen|isindex)\b|ActiveX|x-shockwave/i,
    caught: '<object data="film.swf">',
  },
];

const sources = globSync('src/**/*.ts').filter((file) => !file.endsWith('.test.ts') && !/conformance/.test(file));

describe('the source of the program', () => {
  for (const law of laws)
    it(law.title, () => {
      assert.match(law.caught, law.forbids);
      const broken = sources.filter(
        (file) => law.except?.includes(file) !== true && law.in?.test(file) !== false && law.forbids.test(code(file)),
      );
      assert.deepEqual(broken, []);
      // An exception that is no longer needed goes.
      for (const file of law.except ?? []) assert.match(code(file), law.forbids, file);
    });
});

/** Without its comments: they may speak of what is not done. */
function code(file: string): string {
  return readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '');
}
