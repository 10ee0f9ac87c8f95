import type { Text } from '../../base/language.ts';
import { whyNoFolder } from '../../base/folder.ts';
import { capital, counted } from '../../base/wording.ts';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { parseKey, problemOf, verifyLog, verifyReceipt } from '../../ledger/verify/index.ts';
import { places } from '../../app/home.ts';
import { join } from 'node:path';
import { Mistake, Refusal } from '../../promises/world.ts';
import { argument, exit, text, withWorld, type Command, type Context } from '../command.ts';
import { readNamed, writeNamed } from '../folder.ts';

export const evidence: Command = {
  name: 'evidence',
  summary: {
    nl: 'het bewijs: ondertekenen, een bewijsstuk maken, uitvoeren, controleren',
    en: 'the evidence: sign, make a receipt, export, verify',
  },
  usage:
    'gestand evidence checkpoint | prove LEAF [--out FILE] | export DIR | verify DIR|FILE [--key VKEY] [--since FILE] | heal',
  takes: { '': 1, prove: 2, export: 2, verify: 2 },
  words: { known: ['checkpoint', 'prove', 'export', 'verify', 'heal'], needed: true },
  options: {
    key: { type: 'string', help: { nl: 'de openbare sleutel (vkey)', en: 'the public key (vkey)' } },
    since: {
      type: 'string',
      help: { nl: 'een ouder checkpoint dat er nog in moet passen', en: 'an older checkpoint that must still fit' },
    },
    out: { type: 'string', help: { nl: 'schrijf naar dit bestand', en: 'write to this file' } },
  },
  examples: [
    'gestand evidence checkpoint',
    'gestand evidence prove 12 --out receipt.tlog-proof',
    'gestand evidence export /media/stick/log',
    'gestand evidence verify /media/stick/log --key "$(cat key)"',
  ],
  run: async (context) => {
    switch (context.args[0]) {
      case 'checkpoint':
        return withWorld(context, async (world) => {
          await world.flush();
          const at = await world.ledger.checkpoint();
          context.out.line(at?.note.trimEnd() ?? '');
          context.out.result({
            size: at?.size ?? 0,
            root: at?.root ?? '',
            note: at?.note ?? '',
            key: world.ledger.vkey,
          });
          return exit.ok;
        });
      case 'prove':
        return prove(context);
      case 'export':
        return withWorld(context, async (world) => {
          const folder = argument(context, 1, { nl: 'de map', en: 'the folder' });
          refuseOther(folder);
          const why = whyNoFolder(folder);
          if (why !== null)
            throw new Mistake('no-folder-here', { nl: `${capital(why).nl}.`, en: `${capital(why).en}.` });
          await world.flush();
          await world.ledger.exportTo(folder);
          context.out.line(`  ${context.out.t({ nl: 'Uitgevoerd naar', en: 'Exported to' })} ${folder}`);
          context.out.result({ folder, key: world.ledger.vkey, size: (await world.ledger.checkpoint())?.size ?? 0 });
          return exit.ok;
        });
      case 'heal':
        return withWorld(context, async (world) => {
          const entries = await world.ledger.heal();
          context.out.line(
            `  ${context.out.t({ nl: `${entriesOf(entries).nl} teruggehaald uit de spiegel.`, en: `${entriesOf(entries).en} brought back from the mirror.` })}`,
          );
          context.out.result({ entries });
          return exit.ok;
        });
      default:
        return verify(context);
    }
  },
};

const prove = (context: Context): Promise<number> =>
  withWorld(context, async (world) => {
    const leaf = argument(context, 1, { nl: 'het nummer van de vermelding', en: 'the number of the entry' });
    if (!isLeaf(leaf))
      throw new Mistake('leaf', {
        nl: `"${leaf}" is geen nummer van een vermelding, zoals 12.`,
        en: `"${leaf}" is not the number of an entry, such as 12.`,
      });
    await world.flush();
    const receipt = await world.ledger.prove(/^\d+$/.test(leaf) ? Number(leaf) : leaf);
    if (receipt === null)
      throw new Refusal('no-such-leaf', { nl: `Er is geen vermelding "${leaf}".`, en: `There is no entry "${leaf}".` });
    const file = text(context, 'out');
    if (file === undefined) context.out.line(receipt.trimEnd());
    else {
      writeNamed(file, receipt);
      context.out.line(`  ${context.out.t({ nl: 'Bewijsstuk geschreven naar', en: 'Receipt written to' })} ${file}`);
    }
    context.out.result({ leaf, receipt });
    return exit.ok;
  });

/** The number of an entry, or the id of its event. */
function isLeaf(text: string): boolean {
  return /^(\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(text);
}

/** Needs no home, no database and nothing of ours but the verifier. */
async function verify(context: Context): Promise<number> {
  const { out } = context;
  const target = context.args[1] ?? places(context.config.home).mirror;
  const key = text(context, 'key');
  const since = text(context, 'since');
  if (!existsSync(target))
    throw new Mistake('no-such-file', { nl: `${target} is er niet.`, en: `${target} is not there.` });
  const noKey = key === undefined ? null : wrongKey(key);
  if (noKey) {
    out.line(`  ${out.paint('✘', 'red')} ${out.t(noKey)}`);
    out.result({ ok: false, size: 0, root: '', origin: '', problem: noKey.en, problemText: noKey });
    return exit.usage;
  }
  if (statSync(target).isFile()) {
    const receipt = readNamed(target).toString('utf8');
    const by = key ?? readNamed(join(places(context.config.home).mirror, 'key')).toString('utf8');
    try {
      const seen = verifyReceipt(receipt, by);
      out.line(
        `  ${out.paint('✔', 'green')} ${out.t({ nl: `Vermelding ${seen.index} staat in het logboek van ${seen.origin} (${entriesOf(Number(seen.size)).nl}).`, en: `Entry ${seen.index} is in the log of ${seen.origin} (${entriesOf(Number(seen.size)).en}).` })}`,
      );
      out.line(`  ${JSON.stringify(seen.entry)}`);
      if (seen.details !== null) out.line(`  ${JSON.stringify(seen.details)}`);
      out.result({
        ok: true,
        size: Number(seen.size),
        root: Buffer.from(seen.root).toString('base64'),
        origin: seen.origin,
        index: Number(seen.index),
        entry: seen.entry,
        details: seen.details,
      });
      return exit.ok;
    } catch (cause) {
      const problem = problemOf(cause);
      out.line(`  ${out.paint('✘', 'red')} ${out.t(problem)}`);
      out.result({ ok: false, size: 0, root: '', origin: '', problem: problem.en, problemText: problem });
      return exit.wrong;
    }
  }
  const result = await verifyLog(target, {
    ...(key === undefined ? {} : { key }),
    ...(since === undefined ? {} : { since: readNamed(since).toString('utf8') }),
  });
  if (result.ok) {
    out.line(
      `  ${out.paint('✔', 'green')} ${out.t({ nl: `${entriesOf(result.size).nl} van ${result.origin}: elke vermelding geeft de ondertekende wortel.`, en: `${entriesOf(result.size).en} of ${result.origin}: every entry gives the signed root.` })}`,
    );
    if (key === undefined)
      out.line(
        out.paint(
          `    ${out.t({ nl: 'De sleutel kwam uit dezelfde map. Wie zeker wil zijn geeft zelf de sleutel: --key.', en: 'The key came from the same folder. To be sure, give the key yourself: --key.' })}`,
          'grey',
        ),
      );
    out.line(
      out.paint(
        `    ${out.t({ nl: 'Dit toont dat niets veranderd, verwijderd of tussengevoegd is; niet dat buiten Gestand niets gebeurde.', en: 'This shows that nothing was changed, removed or inserted; not that nothing happened outside Gestand.' })}`,
        'grey',
      ),
    );
  } else out.line(`  ${out.paint('✘', 'red')} ${result.problemText ? out.t(result.problemText) : ''}`);
  out.result(result);
  return result.ok ? exit.ok : exit.wrong;
}

/** Why this is no key: that says nothing of the evidence, and nothing is proven with it. */
function wrongKey(key: string): Text | null {
  try {
    parseKey(key);
    return null;
  } catch (cause) {
    const { nl, en } = problemOf(cause);
    return { nl: `--key: ${nl}.`, en: `--key: ${en}.` };
  }
}

/** Among the files of something else a log would not be found again. */
function refuseOther(folder: string): void {
  if (!existsSync(folder) || existsSync(join(folder, 'checkpoint')) || readdirSync(folder).length === 0) return;
  throw new Refusal('export-folder', {
    nl: `In ${folder} staat al iets anders. Noem een lege map, of een map waarin het logboek eerder is uitgevoerd.`,
    en: `${folder} holds something else already. Name an empty folder, or one to which the log was exported before.`,
  });
}

const entriesOf = (n: number): Text =>
  counted(n, { nl: 'vermelding', en: 'entry' }, { nl: 'vermeldingen', en: 'entries' });
