/** What went wrong, in both languages: of our own faults their text, of the machine's what its code means. */
import type { Text } from '../base/language.ts';
import { Fault } from '../promises/world.ts';

/** `cause` is anything that was thrown and is no refusal. */
export function faultText(cause: unknown): Text {
  if (cause instanceof Fault) return cause.text;
  const { code, path, message } = cause as { code?: unknown; path?: unknown; message?: unknown };
  const known = typeof code === 'string' && Object.hasOwn(machine, code) ? machine[code] : undefined;
  if (known !== undefined) {
    const about = typeof path === 'string' ? `: ${path}` : '';
    return { nl: `${known.nl} (${String(code)})${about}`, en: `${known.en} (${String(code)})${about}` };
  }
  const said = typeof message === 'string' && message !== '' ? message : String(cause);
  return {
    nl: `Er ging iets mis dat niet was voorzien: ${said}`,
    en: `Something went wrong that was not foreseen: ${said}`,
  };
}

/** The machine's own codes (errno) that somebody with a terminal meets. */
const machine: Readonly<Record<string, Text>> = {
  ENOENT: { nl: 'Dit bestand of deze map is er niet', en: 'This file or folder is not there' },
  ENOTDIR: { nl: 'Dit is geen map', en: 'This is not a folder' },
  EISDIR: { nl: 'Dit is een map en geen bestand', en: 'This is a folder and not a file' },
  EEXIST: { nl: 'Dit bestand of deze map is er al', en: 'This file or folder is there already' },
  EACCES: { nl: 'Dit account mag hier niet bij', en: 'This account may not use this' },
  EPERM: { nl: 'Dit account mag dit hier niet doen', en: 'This account may not do this here' },
  EROFS: { nl: 'Hier mag niet worden geschreven', en: 'Nothing may be written here' },
  ENOSPC: { nl: 'De schijf is vol', en: 'The disk is full' },
  ELOOP: { nl: 'Deze snelkoppeling wijst naar zichzelf', en: 'This link points at itself' },
  EADDRINUSE: { nl: 'Deze poort is in gebruik', en: 'This port is in use' },
  ECONNREFUSED: { nl: 'Niets luistert op dit adres', en: 'Nothing listens at this address' },
  ECONNRESET: { nl: 'De verbinding werd verbroken', en: 'The connection was broken' },
  ENOTFOUND: { nl: 'Deze naam is op het netwerk niet bekend', en: 'This name is not known on the network' },
  ETIMEDOUT: { nl: 'Er kwam op tijd geen antwoord', en: 'No answer came in time' },
};
