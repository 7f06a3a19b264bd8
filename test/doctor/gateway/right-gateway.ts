import { gzipSync } from 'node:zlib';
import { type GatewayRequest, headerOf, isPreflight, type Reply, withHeader } from './reply.ts';

/** A gateway before the servers. */
export interface Gateway {
  /** Answers a request. `next` is what the server behind it answers. */
  answer(request: GatewayRequest, next: () => Reply): Reply;
}

export interface RightGatewayOptions {
  /** The origin of the page, the only one that is allowed. */
  readonly origin: string;
  /** Whether the page sends cookies. */
  readonly credentials?: boolean;
  /** What pages may send. */
  readonly allowedHeaders?: string;
  readonly compresses?: boolean;
}

/** Does what docs/gateway.md asks for, in each point. */
export function rightGateway(options: RightGatewayOptions): Gateway {
  const { allowedHeaders = 'authorization, authToken, bankId, content-type', compresses = true } = options;

  function allow(reply: Reply, { headers }: GatewayRequest): Reply {
    const varied = withHeader(reply, 'Vary', 'Origin');
    if (headers.origin !== options.origin) return varied;
    const allowed = withHeader(varied, 'Access-Control-Allow-Origin', options.origin);
    return options.credentials ? withHeader(allowed, 'Access-Control-Allow-Credentials', 'true') : allowed;
  }

  function preflight(request: GatewayRequest): Reply {
    const reply = allow({ status: 204, headers: [], body: '' }, request);
    return [
      ['Access-Control-Allow-Methods', 'GET, POST'],
      ['Access-Control-Allow-Headers', allowedHeaders],
      ['Access-Control-Max-Age', '7200'],
    ].reduce((changed, [name = '', value = '']) => withHeader(changed, name, value), reply);
  }

  return {
    answer(request, next) {
      if (isPreflight(request)) return preflight(request);
      const reply = withHeader(next(), 'Cache-Control', 'no-store');
      const exposed = withHeader(reply, 'Access-Control-Expose-Headers', 'Location, Retry-After, Date');
      const allowed = allow(exposed, request);
      return compresses ? compressed(allowed, request) : allowed;
    },
  };
}

function compressed(reply: Reply, { headers }: GatewayRequest): Reply {
  const accepts = `${headers['accept-encoding'] ?? ''}`.includes('gzip');
  if (!accepts || reply.body.length < 1_000) return reply;
  const vary = `${headerOf(reply, 'vary') ?? ''}, Accept-Encoding`;
  const marked = withHeader(withHeader(reply, 'Vary', vary), 'Content-Encoding', 'gzip');
  return { ...marked, body: gzipSync(reply.body) };
}
