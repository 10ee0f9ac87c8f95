/** A pair of hands in a thread of its own: does what it is asked, one thing after the other. */
import { parentPort } from 'node:worker_threads';
import { ConnectorFault } from '../kit/receipt.ts';
import { handFor, toEnd, type Hand } from './hand.ts';
import type { Answer, Fault, Request } from './crew.ts';

const hands = new Map<number, Hand>();

function handOf(crew: number): Hand {
  const hand = hands.get(crew);
  if (!hand)
    throw new ConnectorFault('surprise', 'a thread was asked before it was told what for', {
      retry: true,
      nl: 'een draad werd iets gevraagd voor hij wist waarvoor',
    });
  return hand;
}

function carryOut(request: Request): unknown {
  switch (request.is) {
    case 'brief':
      return void hands.set(request.crew, handFor(request.brief));
    case 'look':
      return toEnd(handOf(request.crew).look(request.look, request.folder, request.after));
    case 'take':
      return toEnd(handOf(request.crew).take(request.looks, request.since));
    case 'dismiss':
      hands.get(request.crew)?.dismiss();
      return void hands.delete(request.crew);
  }
}

/** The message of an error of the system holds a path: only its code may travel. */
function faultOf(cause: unknown): Fault {
  if (cause instanceof ConnectorFault)
    return { kind: cause.kind, message: cause.text.en, nl: cause.text.nl, retry: cause.retry };
  const { code, name } = cause as NodeJS.ErrnoException;
  return {
    kind: 'surprise',
    message: `a file or folder answered otherwise than it should (${code ?? name})`,
    nl: `een bestand of map antwoordde anders dan het hoort (${code ?? name})`,
    retry: true,
  };
}

function answerTo({ request, id }: { request: Request; id: number }): Answer {
  try {
    return { id, value: carryOut(request) };
  } catch (cause) {
    return { id, fault: faultOf(cause) };
  }
}

parentPort?.on('message', (asked: { request: Request; id: number }) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(answerTo(asked));
});
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage({ id: 0 } satisfies Answer);
