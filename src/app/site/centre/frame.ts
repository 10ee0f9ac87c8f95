/** The public pages in their frame. */
import type { Language } from '../../../base/language.ts';
import type { PageAnswer } from '../../../http/route.ts';
import type { Sent } from '../../../http/again.ts';
import type { Problem } from '../../../http/problem.ts';
import { centre, centreProblem, toIn, type CentreFrame, type To } from '../../../web/centre/frame.ts';
import { textOf, type Html } from '../../../web/html.ts';
import type { Seat } from '../seat.ts';

/** Addresses of the privacy centre: nobody is known there. */
export function inCentre(path: string): boolean {
  return path === '/privacy' || path.startsWith('/privacy/');
}

export interface Reading {
  readonly seat: Seat;
  readonly language: Language;
  readonly request: Request;
}

interface Content {
  readonly title: string;
  readonly main: (to: To) => Html;
  readonly marker?: CentreFrame['marker'];
  readonly status?: 200 | 404 | 409;
}

export async function centred(reading: Reading, content: Content): Promise<Extract<PageAnswer, { html: string }>> {
  const frame = frameOf(reading, content.title);
  const view = { ...frame, ...(content.marker ? { marker: content.marker } : {}) };
  return { html: await textOf(centre(view, content.main(toIn(frame)))), status: content.status ?? 200 };
}

export function centredProblem(reading: Reading, problem: Problem, typed?: Sent): Promise<string> {
  const frame = frameOf(reading, problem.title);
  return textOf(centre(frame, centreProblem(problem, frame, typed)));
}

function frameOf({ seat, language, request }: Reading, title: string): CentreFrame {
  const url = new URL(request.url);
  return {
    language,
    chosen: url.searchParams.has('lang'),
    title,
    organisation: seat.world.policy.organisation.name,
    path: url.pathname,
    here: `${url.pathname}${url.search}`,
    styles: seat.assets.url('gestand.css'),
  };
}
