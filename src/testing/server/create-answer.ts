import { getResponse, type RequestHandler } from 'msw';
import { refuse, wrongMethod } from './answers.ts';
import { allow, isPreflight, preflightAnswer } from './cors.ts';
import { refuseOrigin } from './refuse-origin.ts';
import { type Methods, REPLIES, type Routes } from './route.ts';
import { isSameOrigin, neighbourOrigin } from './who-asks.ts';

export interface Parts {
  readonly routes?: Routes;
  /** Of the widget's servers and the event queue. */
  readonly handlers?: readonly RequestHandler[];
  /** What is asked where nothing else answers. */
  readonly pages?: (request: Request) => Response | undefined | Promise<Response | undefined>;
  /** Whether pages on other ports of this machine count as ours. */
  readonly cors?: boolean;
  /** Whether the event queue says itself what pages of other origins may do. */
  readonly queueHasCors?: boolean;
  readonly onSubscribed?: () => void;
}

/** What the sandbox's server answers to each request. */
export function createAnswer(parts: Parts): (request: Request) => Promise<Response> {
  const { handlers = [], pages, cors = true, queueHasCors = false, onSubscribed } = parts;
  const routes = new Map(Object.entries(parts.routes ?? {}));

  return async (request) => {
    const { pathname } = new URL(request.url);
    const neighbour = cors && !(queueHasCors && isOfQueue(pathname)) ? neighbourOrigin(request) : undefined;
    if (neighbour === undefined) return answer(request, pathname, isSameOrigin(request));
    if (isPreflight(request)) return allow(neighbour, preflightAnswer(request));
    return allow(neighbour, await answer(request, pathname, true));
  };

  async function answer(request: Request, path: string, isOurs: boolean): Promise<Response> {
    if (!isOurs && mustBeOurs(path, request.method)) return refuseOrigin(request);
    // To ask all handlers takes time, and none of them knows these.
    const response = routes.has(path) ? undefined : await answerByHandlers(request, path);
    if (response) return response; // which says itself what may be stored
    const own = await answerOfOurs(request, path);
    own.headers.set('cache-control', 'no-store');
    return own;
  }

  async function answerOfOurs(request: Request, path: string): Promise<Response> {
    const methods = routes.get(path);
    if (methods) return answerByMethod(methods, request);
    const page = await pages?.(request);
    if (page) return page;
    if (request.method !== 'GET') return wrongMethod(['GET', 'HEAD']);
    return refuse(404, 'There is nothing at this address.');
  }

  async function answerByHandlers(request: Request, path: string): Promise<Response | undefined> {
    if (!isDecodable(path)) return undefined; // which no handler expects
    const response = await getResponse([...handlers], request);
    if (response?.status === 201 && isOfQueue(path)) onSubscribed?.();
    return response;
  }
}

function isOfQueue(path: string): boolean {
  return /^\/(gateway\/)?linxo\//.test(path);
}

/**
 * A page of another origin may ask the queue itself, as far as CORS lets it read the answer: it has to show a token, and
 * no browser adds that. A gateway adds it for whoever asks, and a read of a queue changes it. A stream of replies stays
 * open, and only so many can.
 */
function mustBeOurs(path: string, method: string): boolean {
  if (isOfQueue(path)) return path.startsWith('/gateway/');
  return method !== 'GET' || path === REPLIES;
}

function answerByMethod(methods: Methods, request: Request): Response | Promise<Response> {
  const [, route] = Object.entries(methods).find(([name]) => name === request.method) ?? [];
  return route ? route(request) : wrongMethod(Object.keys(methods));
}

function isDecodable(path: string): boolean {
  try {
    return Boolean(decodeURIComponent(path));
  } catch {
    return false;
  }
}
