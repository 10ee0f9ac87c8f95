import { statSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../base/time.ts';
import { problemIn } from '../../base/yaml.ts';
import { checkHome, places } from '../../app/home.ts';
import { openStore, openWorld } from '../../app/world.ts';
import { verifyLog } from '../../ledger/verify/index.ts';
import { exit, type Command } from '../command.ts';

export const doctor: Command = {
  name: 'doctor',
  summary: { nl: 'onderzoekt de installatie en zegt wat te doen', en: 'examines the installation and says what to do' },
  usage: 'gestand doctor',
  examples: ['gestand doctor'],
  run: async (context) => {
    const { config, out } = context;
    const checks: { check: string; ok: boolean; detail: string }[] = [];
    const say = (check: string, ok: boolean, detail: string): void => {
      checks.push({ check, ok, detail });
      out.line(`  ${ok ? out.paint('✔', 'green') : out.paint('✘', 'red')} ${check}: ${detail}`);
    };
    const trying = async (check: string, work: () => Promise<string>): Promise<void> => {
      try {
        say(check, true, await work());
      } catch (cause) {
        say(check, false, cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause));
      }
    };
    say('node', Number(process.versions.node.split('.')[0]) >= 24, process.version);
    const { declared, problems } = checkHome(config.home, systemClock().toString().slice(0, 10));
    say('home', problems.length === 0, problems[0] ? problemIn(problems[0], out.language) : config.home);
    await trying('store', async () => {
      const store = await openStore(config);
      await store.close();
      return config.databaseUrl === null ? 'embedded PostgreSQL' : 'GESTAND_DATABASE_URL';
    });
    if (declared) {
      await trying('keys', async () => {
        const loose = (statSync(places(config.home).keys).mode & 0o077) !== 0;
        if (loose) throw new Error(`${places(config.home).keys} can be entered by others: chmod 700`);
        return Promise.resolve('private');
      });
      await trying('ledger', async () => {
        const world = await openWorld({ config });
        try {
          await world.flush();
          const result = await verifyLog(places(config.home).mirror, { key: world.ledger.vkey });
          if (!result.ok) throw new Error(result.problem ?? 'does not verify');
          return `${result.size} entries, verified from ${join(places(config.home).mirror)}`;
        } finally {
          await world.close();
        }
      });
    }
    out.result({ ok: checks.every((one) => one.ok), checks });
    return checks.every((one) => one.ok) ? exit.ok : exit.wrong;
  },
};
