import type { GatewayRequest, Reply } from './reply.ts';

/** What the servers accept. Long and odd, so that a test finds each one in an output. */
export const MARKED = {
  authToken: 'marked-auth-token-4711',
  accessToken: 'marked-access-token-4712',
  cookie: 'session=marked-cookie-4713',
  headerValue: 'marked-header-value-4714',
  query: 'marked-query-4715',
  queueId: 'b7f2marked4716',
  body: 'marked-body-4717',
} as const;

/** The servers behind the gateway: right in each point, and without CORS, which is the gateway's. */
export interface Backend {
  answer(request: GatewayRequest): Reply;
}

export interface BackendOptions {
  /** Whether the gateway adds the tokens, so that none has to come with a request. */
  readonly addsTokens?: boolean;
}

export function createBackend({ addsTokens = false }: BackendOptions = {}): Backend {
  const queues = new Set<string>();

  function widgetServer({ headers, body, method }: GatewayRequest): Reply {
    if (method !== 'POST') return json(405, { ok: false, status: '405' });
    if (!addsTokens && headers['authtoken'] !== MARKED.authToken)
      return json(401, { ok: false, status: '401' });
    if (body === '') return json(400, { ok: false, status: '400' });
    const { type } = JSON.parse(body) as { type: string };
    const insights = Array.from({ length: 80 }, (_, id) => ({ id, title: `${MARKED.body}: Straße ${id} €` }));
    return json(200, { ok: true, status: '200', requestType: type, insights });
  }

  function queueServer({ headers, method, path, body }: GatewayRequest): Reply {
    if (!addsTokens && headers.authorization !== `Bearer ${MARKED.accessToken}`)
      return json(401, { error: 'invalid_token' });
    if (method === 'POST' && path === '/linxo/queues/subscribe') return subscribe(body);
    const [, kind, id = ''] = /^\/linxo\/(queues|connections)\/([^/]+)$/.exec(path) ?? [];
    if (method === 'GET' && kind === 'queues' && queues.has(id))
      return { status: 204, headers: [], body: '' };
    return json(404, { error: 'not_found' });
  }

  function subscribe(body: string): Reply {
    if (body === '' || !(JSON.parse(body) as { topics: string[] }).topics.includes('connections'))
      return json(400, { error: 'topics' });
    const id = `${MARKED.queueId}${queues.size}`;
    queues.add(id);
    return { status: 201, headers: [['Location', `/queues/${id}`]], body: '' };
  }

  return {
    answer: (request) => (request.subject === 'linxo' ? queueServer(request) : widgetServer(request)),
  };
}

function json(status: number, value: object): Reply {
  return { status, headers: [['Content-Type', 'application/json']], body: JSON.stringify(value) };
}
