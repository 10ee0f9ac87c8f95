import { statSync } from 'node:fs';
import type { Text } from '../../base/language.ts';
import { systemClock } from '../../base/time.ts';
import { problemIn } from '../../base/yaml.ts';
import { checkHome, places } from '../../app/home.ts';
import { openStore, openWorld } from '../../app/world.ts';
import { verifyLog } from '../../ledger/verify/index.ts';
import { Fault } from '../../promises/world.ts';
import { exit, type Command } from '../command.ts';
import { faultText } from '../faults.ts';

/** The keys stay what they are for programs; these are what a person reads. */
const checks = {
  node: { nl: 'Node', en: 'Node' },
  home: { nl: 'home', en: 'home' },
  store: { nl: 'opslag', en: 'store' },
  keys: { nl: 'sleutels', en: 'keys' },
  ledger: { nl: 'bewijs', en: 'evidence' },
} as const satisfies Readonly<Record<string, Text>>;

export const doctor: Command = {
  name: 'doctor',
  summary: { nl: 'onderzoekt de installatie en zegt wat te doen', en: 'examines the installation and says what to do' },
  usage: 'gestand doctor',
  examples: ['gestand doctor', 'gestand doctor --json'],
  run: async (context) => {
    const { config, out } = context;
    const done: { check: keyof typeof checks; ok: boolean; detail: string }[] = [];
    const say = (check: keyof typeof checks, ok: boolean, detail: Text): void => {
      done.push({ check, ok, detail: out.t(detail) });
      out.line(`  ${ok ? out.paint('✔', 'green') : out.paint('✘', 'red')} ${out.t(checks[check])}: ${out.t(detail)}`);
    };
    const trying = async (check: keyof typeof checks, work: () => Promise<Text>): Promise<void> => {
      try {
        say(check, true, await work());
      } catch (cause) {
        const { nl, en } = faultText(cause);
        say(check, false, { nl: firstLine(nl), en: firstLine(en) });
      }
    };
    const newEnough = Number(process.versions.node.split('.')[0]) >= 24;
    say('node', newEnough, newEnough ? same(process.version) : oldNode(process.version));
    const { declared, problems } = checkHome(config.home, systemClock().toString().slice(0, 10));
    say('home', problems.length === 0, same(problems[0] ? problemIn(problems[0], out.language) : config.home));
    await trying('store', async () => {
      const store = await openStore(config);
      await store.close();
      return config.databaseUrl === null
        ? { nl: 'meegeleverde PostgreSQL', en: 'embedded PostgreSQL' }
        : same('GESTAND_DATABASE_URL');
    });
    if (declared) {
      const { keys, mirror } = places(config.home);
      await trying('keys', async () => {
        const loose = (statSync(keys).mode & 0o077) !== 0;
        if (loose)
          throw new Fault({
            nl: `anderen kunnen in ${keys}: chmod 700 ${keys}`,
            en: `others can enter ${keys}: chmod 700 ${keys}`,
          });
        return Promise.resolve({ nl: 'alleen van dit account', en: 'private' });
      });
      await trying('ledger', async () => {
        const world = await openWorld({ config });
        try {
          await world.flush();
          const result = await verifyLog(mirror, { key: world.ledger.vkey });
          if (!result.ok) throw new Fault(result.problemText ?? { nl: 'het klopt niet', en: 'it does not verify' });
          return {
            nl: `${result.size} vermeldingen, nagerekend uit ${mirror}`,
            en: `${result.size} entries, verified from ${mirror}`,
          };
        } finally {
          await world.close();
        }
      });
    }
    const ok = done.every((one) => one.ok);
    out.result({ ok, checks: done });
    return ok ? exit.ok : exit.wrong;
  },
};

const same = (text: string): Text => ({ nl: text, en: text });
const firstLine = (text: string): string => text.split('\n')[0] ?? '';
const oldNode = (is: string): Text => ({
  nl: `${is}; Gestand heeft Node 24 of nieuwer nodig`,
  en: `${is}; Gestand needs Node 24 or newer`,
});
