/** A request, as a bank's server received it. */
export interface Arrival {
  /** Method, path, the headers that the package sends, and the body. */
  readonly request: string;
  /** The header that a wrapper of the page has added. */
  readonly csrf: string | null;
}

const OURS = ['authtoken', 'authorization', 'bankid', 'accept-language', 'content-type'];
/** Missing headers, and the languages of a browser. */
const FOREIGN = /=null$|^accept-language=(?!pl$)/;

const REPLY = '{"ok":true,"list":[1,["ż🏦"]],"constructor":{"toString":1}}';

/** Field names for which every object inherits a value. */
const INHERITED =
  '"constructor":"x","toString":[1],"valueOf":{"hasOwnProperty":1},"__proto__":{"polluted":1}';

const CHANNELS = (status: string): string =>
  `"channels":[{"channel_definition_id":8700,"status":"${status}"}]`;

const EVENTS = `[
  {"id":1,"event_type":"SYNC_ALL_STARTED","resource_type":"CONNECTION","resource":{"id":"c1","name":"Bank",${CHANNELS('RUNNING')}}},
  {"id":"e2","event_type":"LIST_ACCOUNTS","resource_type":"CONNECTION","resource":{"id":"c1","channels":["no channel"]}},
  {"id":"e3","event_type":"SOMETHING_ELSE","list":[1,[2]]},
  {"id":"e4","event_status":"SYNC_ALL_SUCCESS","resource_type":"CONNECTION","resource":{"id":"c1","name":"Bank",${CHANNELS('SUCCESS')}}},
  {"id":"e5","event_type":"SOMETHING_ELSE",${INHERITED}}
]`;

const HOUR = 3_600_000;

/** A server that records requests, and breaks a connection by throwing. It accepts one token, `fresh`, for commands and the queue. */
export class Bank {
  readonly arrivals: Arrival[] = [];
  readonly #seal: (text: string) => string;
  readonly #counts = new Map<string, number>();

  /** @param seal Changes each answer before it is sent. */
  constructor(seal: (text: string) => string = (text) => text) {
    this.#seal = seal;
  }

  async answer(request: Request): Promise<Response> {
    const { method, headers } = request;
    const { pathname, search } = new URL(request.url);
    const body = await request.text();
    const call = `${method} ${pathname}`;
    const sent = OURS.map((name) => `${name}=${headers.get(name)}`).filter((header) => !FOREIGN.test(header));
    this.arrivals.push({ request: [call, ...sent, body].join(' ').trim(), csrf: headers.get('x-csrf') });
    if (search && !search.startsWith('?_=')) return new Response(null, { status: 400 });
    const token = headers.get('authtoken') ?? headers.get('authorization')?.replace('Bearer ', '');
    if (token !== 'fresh') return new Response(null, { status: 401 });
    const count = (this.#counts.get(call) ?? 0) + 1;
    this.#counts.set(call, count);
    const { status = 200, text, ...more } = answerTo(pathname, count);
    return new Response(text === undefined ? null : this.#seal(text), {
      status,
      headers: { 'content-type': 'application/json', date: new Date().toUTCString(), ...more.headers },
    });
  }
}

interface Answer {
  readonly status?: number;
  readonly text?: string;
  readonly headers?: Record<string, string>;
}

function answerTo(pathname: string, count: number): Answer {
  const [, part, ...rest] = pathname.split('/');
  switch (part) {
    case 'refused':
      return { status: 409, text: '{"ok":false,"status":"409","list":[1]}' };
    case 'broken':
      return { status: 500, text: 'no JSON' };
    case 'port':
      return count === 1 ? { text: REPLY } : { status: 500 };
    case 'soon':
      return count === 1 ? busy(-HOUR) : { text: REPLY };
    case 'lost':
      // Some wrappers of `fetch` reject with a value that is no error.
      if (count === 1) throw 'offline';
      if (count === 2) throw new TypeError('Failed to fetch');
      return { text: REPLY };
    case 'later':
      return busy(HOUR);
    case 'linxo':
      return queueAnswer(rest.join('/'), count);
    default:
      return { text: REPLY };
  }
}

function busy(after: number): Answer {
  return { status: 503, headers: { 'retry-after': new Date(Date.now() + after).toUTCString() } };
}

function queueAnswer(path: string, count: number): Answer {
  if (path === 'queues/subscribe') return { status: 201, headers: { location: '/linxo/queues/q1' } };
  if (path.startsWith('connections/')) return { text: `{"id":"c1","name":"Bank",${CHANNELS('SUCCESS')}}` };
  return count === 1 ? { text: EVENTS } : { status: 204 };
}
