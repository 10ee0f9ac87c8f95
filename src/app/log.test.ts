/** The log of a running program, as whoever collects it reads it: one line of JSON for each event, whatever stands in it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { instant } from '../base/time.ts';

const hostile = [
  'a\nb',
  '{"at":"2020-01-01T00:00:00Z","event":"forged"}\n',
  '"}\r\n{"event":"forged"',
  '\u2028\u0085',
  '\u001b[2J',
  '\ud800',
];

/** What a process of its own writes there. */
function written(text: string): string {
  const script = `import { jsonLog } from ${JSON.stringify(new URL('world.ts', import.meta.url).href)};\n${text}`;
  const ran = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script],
    {
      encoding: 'utf8',
    },
  );
  assert.equal(ran.status, 0, ran.stderr);
  assert.equal(ran.stdout, '');
  return ran.stderr;
}

describe('the log', () => {
  it('is lines of JSON with a time in UTC and an event, and nothing in a field makes another line', () => {
    const calls = hostile.map((text) => `log('step.failed', { kind: ${JSON.stringify(text)}, n: 1 });`);
    const lines = written(`const log = jsonLog();\n${calls.join('\n')}`).split('\n');
    assert.equal(lines.pop(), '');
    assert.equal(lines.length, hostile.length);
    for (const [i, line] of lines.entries()) {
      const said = JSON.parse(line) as { at: string; event: string; kind: string; n: number };
      assert.equal(said.event, 'step.failed');
      assert.equal(said.kind, hostile[i]);
      assert.match(said.at, /Z$/);
      assert.ok(Math.abs(instant(said.at).epochMilliseconds - Date.now()) < 60_000);
      assert.ok(
        Array.from(line).every((letter) => letter >= ' '),
        'no character that a terminal obeys',
      );
    }
  });
  it('and text that is put together would not be', () => {
    const careless = hostile.map((text) => `process.stderr.write('step.failed ' + ${JSON.stringify(text)} + '\\n');`);
    const lines = written(`void jsonLog;\n${careless.join('\n')}`)
      .split('\n')
      .slice(0, -1);
    assert.ok(lines.length > hostile.length);
    assert.throws(() => JSON.parse(lines[0] ?? ''));
  });
});
