/** Where a sign-in comes from, and the cookies that go back. */
import { cookies, setCookie, type From, type SignedIn, type Token } from '../../access/index.ts';
import { networkOf } from '../../http/limits.ts';
import { Refusal } from '../../base/refusal.ts';
import { cookieIn } from './cookies.ts';

export function fromOf(request: Request, address: string): From {
  return {
    network: networkOf(address),
    device: cookieIn(request, cookies.device.name),
    browser: request.headers.get('user-agent') ?? '',
    previous: cookieIn(request, cookies.session.name),
  };
}

export function flowOf(request: Request): string {
  const flow = cookieIn(request, cookies.flow.name);
  if (flow === null)
    throw new Refusal(
      'sign-in-over',
      { nl: 'Dit duurde te lang. Begin opnieuw met aanmelden.', en: 'This took too long. Begin to sign in again.' },
      410,
    );
  return flow;
}

/** The browser gets the new session, is remembered, and forgets the flow that led here. */
export function signedIn(entered: SignedIn): string[] {
  return [
    setCookie('session', entered.session),
    setCookie('flow', ''),
    ...(entered.device === null ? [] : [setCookie('device', entered.device)]),
  ];
}

export function withFlow(flow: Token): string[] {
  return [setCookie('flow', flow)];
}
