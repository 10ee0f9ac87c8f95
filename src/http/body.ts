/**
 * What was sent, read as far as a route takes it in. A form that is larger is read on and let go, so that a browser hears the
 * answer; what was typed before the file can then go back into it.
 */
import type { HonoRequest } from 'hono';
import { doorRefusals } from './problem.ts';

/** What a route takes in that names no other size, in bytes. */
export const mostBytes = 65_536;

/** Of a form that is too large this much more is kept to give back; fields are small beside it. */
const spare = 1_000_000;
/** So many times its limit is heard to the end; whoever sends more is hung up on. */
const patience = 10;

interface Limited {
  readonly kind: 'api' | 'page';
  readonly mostBytes?: number;
}

/**
 * Afterwards the request holds what was kept and no more, and can be read as often as one likes.
 * @throws Refusal too-large (413), broken-off (400) when it ended before it was whole
 */
export async function readBody(request: HonoRequest, route: Limited): Promise<void> {
  const { raw } = request;
  if (raw.body === null || read.has(raw)) return;
  const most = route.mostBytes ?? mostBytes;
  const enough = route.kind === 'api' ? most : most * patience;
  const told = Number(raw.headers.get('content-length') ?? '0');
  const { kept, size, whole } =
    told > enough ? { kept: new Uint8Array(), size: told, whole: false } : await take(raw.body, { most, enough });
  const isCut = size > kept.length || !whole;
  request.raw = new Request(raw, {
    method: raw.method,
    body: isCut ? closed(kept, raw.headers.get('content-type') ?? '') : kept,
  });
  read.add(request.raw);
  if (size > most) throw doorRefusals.tooLarge(most);
  if (!whole) throw doorRefusals.brokenOff();
}

/** The first bytes, how many came, and whether it came to its end by itself. */
async function take(
  stream: ReadableStream<Uint8Array>,
  { most, enough }: { readonly most: number; readonly enough: number },
): Promise<{ readonly kept: Uint8Array<ArrayBuffer>; readonly size: number; readonly whole: boolean }> {
  const keep = enough === most ? most : most + spare;
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      if (size < keep) chunks.push(chunk.subarray(0, keep - size));
      size += chunk.length;
      if (size > enough) break;
    }
    return { kept: Uint8Array.from(Buffer.concat(chunks)), size, whole: true };
  } catch {
    // Whoever sent it went away.
    return { kept: Uint8Array.from(Buffer.concat(chunks)), size, whole: false };
  }
}

/** What a form sent, by the names of its fields; a file arrives as File. */
export type Form = Readonly<Record<string, string | File | (string | File)[]>>;

/** @throws Refusal too-large (413), broken-off (400), not-a-form (415) */
export async function formIn(request: HonoRequest, route: Omit<Limited, 'kind'>): Promise<Form> {
  const type = typeIn(request);
  // A button alone may be sent without anything.
  if (type !== '' && type !== 'application/x-www-form-urlencoded' && type !== 'multipart/form-data')
    throw doorRefusals.notAForm();
  await readBody(request, { ...route, kind: 'page' });
  return request.parseBody({ all: true }).catch(() => {
    throw doorRefusals.brokenOff();
  });
}

/** The kind of what was sent, without what goes with it; empty where nothing says it. */
export function typeIn(request: HonoRequest): string {
  return (request.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** Requests whose body is at hand and no longer comes from a socket. */
const read = new WeakSet<Request>();

/**
 * Of parts, those that came whole can still be read once the last one has an end. Of what has no parts nothing can be told to be
 * whole: half a text that comes back as if it were all of it would be worse than none.
 */
function closed(kept: Uint8Array, type: string): Uint8Array<ArrayBuffer> {
  const boundary = /^multipart\/form-data\s*;.*\bboundary=(?:"([^"]+)"|([^;,\s]+))/i.exec(type);
  if (!boundary) return new Uint8Array();
  return Uint8Array.from(Buffer.concat([kept, Buffer.from(`\r\n--${boundary[1] ?? boundary[2] ?? ''}--\r\n`)]));
}
