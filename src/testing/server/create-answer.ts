import { getResponse, type RequestHandler } from 'msw';
import { TooMany } from '../limits.ts';
import { refusalResponse, wrongMethod } from './answers.ts';
import { type Methods, REPLIES, type Routes } from './control-routes.ts';
import {
  isPreflight,
  isSameOrigin,
  neighbourOrigin,
  preflightAnswer,
  refuseForeignOrigin,
  withCors,
} from './origins.ts';

export interface AnswerParts {
  readonly routes?: Routes;
  /** The handlers of the widget's servers and the event queue. */
  readonly handlers?: readonly RequestHandler[];
  /** Called if nothing else answers. */
  readonly pages?: (request: Request) => Response | undefined | Promise<Response | undefined>;
  /** Whether pages on other ports of this machine are trusted. */
  readonly cors?: boolean;
  /** Whether the event queue has its own CORS rules. */
  readonly queueHasCors?: boolean;
  /** Called with the id of a new queue, unless the answer does not name it. */
  readonly onSubscribed?: (queueId: string | undefined) => void;
}

/** Creates the function that answers each request of the sandbox's server. */
export function createAnswer(parts: AnswerParts): (request: Request) => Promise<Response> {
  const { handlers = [], pages, cors = true, queueHasCors = false, onSubscribed } = parts;
  const routes = new Map(Object.entries(parts.routes ?? {}));

  return async (request) => {
    const { pathname } = new URL(request.url);
    const neighbour = cors && !(queueHasCors && isOfQueue(pathname)) ? neighbourOrigin(request) : undefined;
    if (neighbour === undefined) return answer(request, pathname, isSameOrigin(request));
    if (isPreflight(request)) return withCors(neighbour, preflightAnswer(request));
    return withCors(neighbour, await answer(request, pathname, true));
  };

  /** What exceeds a limit is refused, wherever that is found. */
  async function answer(request: Request, path: string, isTrusted: boolean): Promise<Response> {
    if (!isTrusted && needsTrust(path, request.method)) return refuseForeignOrigin(request);
    try {
      return await answerTrusted(request, path);
    } catch (error) {
      if (error instanceof TooMany) return refusalResponse(429, error.message);
      throw error;
    }
  }

  async function answerTrusted(request: Request, path: string): Promise<Response> {
    // The handlers know none of the routes, and calling them all takes time.
    const response = routes.has(path) ? undefined : await answerByHandlers(request, path);
    if (response) return response; // it has its own cache headers
    const own = await answerItself(request, path);
    own.headers.set('cache-control', 'no-store');
    return own;
  }

  async function answerItself(request: Request, path: string): Promise<Response> {
    const methods = routes.get(path);
    if (methods) return answerByRoute(methods, request);
    const page = await pages?.(request);
    if (page) return page;
    if (request.method !== 'GET') return wrongMethod(['GET', 'HEAD']);
    return refusalResponse(404, 'There is nothing at this address.');
  }

  async function answerByHandlers(request: Request, path: string): Promise<Response | undefined> {
    if (!isDecodable(path)) return undefined; // handlers would throw
    const response = await getResponse([...handlers], request);
    if (response?.status === 201 && isOfQueue(path)) onSubscribed?.(queueIn(response));
    return response;
  }
}

function queueIn({ headers }: Response): string | undefined {
  return /\/queues\/([^/]+)\/?$/.exec(headers.get('location') ?? '')?.[1];
}

function isOfQueue(path: string): boolean {
  return /^\/(gateway\/)?linxo\//.test(path);
}

/**
 * Pages of other origins may call the queue directly: it needs a token, which browsers do not add. A gateway would add the
 * token for any page, and even a read changes a queue. Streams of replies are limited, and stay open.
 */
function needsTrust(path: string, method: string): boolean {
  if (isOfQueue(path)) return path.startsWith('/gateway/');
  return method !== 'GET' || path === REPLIES;
}

function answerByRoute(methods: Methods, request: Request): Response | Promise<Response> {
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
