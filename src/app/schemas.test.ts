import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { accessJsonSchema } from '../access/index.ts';
import { estateJsonSchema, profileJsonSchema } from '../estate/index.ts';
import { policyJsonSchema } from '../policy/index.ts';
import { beginHome } from './begin.ts';
import { writeDemoHome } from './demo/files.ts';
import { checkHome, makeHome } from './home.ts';
import { copyProfile, shippedProfiles } from './profiles.ts';
import { inHome } from './schemas.ts';

const folder = mkdtempSync(join(tmpdir(), 'gestand-schemas-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The schema that the first line of a file names, as an editor finds it: relative to the file. */
function schemaOf(file: string): object {
  const [, named = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(readFileSync(file, 'utf8')) ?? [];
  assert.notEqual(named, '', file);
  return JSON.parse(readFileSync(resolve(dirname(file), named), 'utf8')) as object;
}

describe('the schemas of a home', () => {
  const facts = { organisation: 'X', post: 'Y', email: 'x@example.nl', website: '' };
  const homes = {
    example: (home: string) => beginHome(home, null, 'nl'),
    own: (home: string) => beginHome(home, facts, 'en'),
    demo: (home: string) => writeDemoHome(home, (database) => `postgres://x@localhost/${database}`, 'nl'),
  };
  for (const [name, make] of Object.entries(homes))
    it(`are found by every file of a home (${name}), and agree with it`, () => {
      const home = join(folder, name);
      make(home);
      for (const file of ['policy.yaml', 'estate.yaml'].map((one) => join(home, one))) {
        const validate = new Ajv2020({ strict: false, validateFormats: false, logger: false }).compile(schemaOf(file));
        assert.ok(validate(parse(readFileSync(file, 'utf8'))), JSON.stringify(validate.errors));
        assert.equal(validate({ gestand: 2 }), false);
      }
    });

  it('are those of the program, made anew when they differ and left alone when they do not', () => {
    const home = join(folder, 'anew');
    makeHome(home);
    const at = (kind: string): string => join(home, '.schema', `${kind}.schema.json`);
    const own = {
      policy: policyJsonSchema,
      estate: estateJsonSchema,
      profile: profileJsonSchema,
      access: accessJsonSchema,
    };
    for (const [kind, text] of Object.entries(own)) assert.equal(readFileSync(at(kind), 'utf8'), text(), kind);
    const { ino } = statSync(at('estate'));
    writeFileSync(at('policy'), '{}');
    rmSync(at('access'));
    makeHome(home);
    assert.equal(readFileSync(at('policy'), 'utf8'), policyJsonSchema());
    assert.ok(existsSync(at('access')));
    assert.equal(statSync(at('estate')).ino, ino, 'not written again');
  });

  it('keep no home from opening where they cannot be written', () => {
    const home = join(folder, 'closed');
    makeHome(home);
    rmSync(join(home, '.schema'), { recursive: true });
    // A file where the folder should be: as closed as a file system that is only read, also for root.
    writeFileSync(join(home, '.schema'), '');
    chmodSync(join(home, '.schema'), 0o400);
    assert.doesNotThrow(() => makeHome(home));
  });

  it('are named by the copy of a profile, which has an id of its own and is right', () => {
    const home = join(folder, 'copied');
    beginHome(home, null, 'en');
    for (const { id } of shippedProfiles()) {
      const file = copyProfile(home, id, `own-${id}`);
      const validate = new Ajv2020({ strict: false, validateFormats: false, logger: false }).compile(schemaOf(file));
      assert.ok(validate(parse(readFileSync(file, 'utf8'))), JSON.stringify(validate.errors));
    }
    assert.deepEqual(checkHome(home, '2026-11-24').problems, []);
    assert.throws(() => copyProfile(home, 'crm', 'own-crm'), /is there already/);
    assert.throws(() => copyProfile(home, 'crm', 'crm'), /which no profile of the program has/);
    assert.throws(() => copyProfile(home, 'crm', '../out'), /cannot be/);
    assert.throws(() => copyProfile(home, 'cmr', 'x'), /Did you mean "crm"/);
  });

  it('take the place of another line, and no line of the text', () => {
    const line = '# yaml-language-server: $schema=.schema/estate.schema.json\n';
    assert.equal(inHome('# yaml-language-server: $schema=../x.json\ngestand: 1\n', 'estate'), `${line}gestand: 1\n`);
    assert.equal(inHome('gestand: 1\n', 'estate'), `${line}gestand: 1\n`);
  });
});
