import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

/** A request, as the servers of the bank get it. */
export interface GatewayRequest {
  readonly subject: 'pserver' | 'enrich' | 'ob' | 'linxo' | 'page';
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** How many requests to this subject came before, preflights not counted. */
  readonly count: number;
}

/** A header with its spelling. One that comes twice is there twice. */
export type HeaderLine = readonly [name: string, value: string];

/** An answer that is not yet sent, so that gateways and faults can change it. */
export interface Reply {
  readonly status: number;
  readonly headers: readonly HeaderLine[];
  readonly body: string | Buffer;
  /** Sends it in a way that Node’s own server would not. */
  readonly send?: (response: ServerResponse, reply: Reply) => void;
}

export function isPreflight({ method, headers }: GatewayRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}

export function headerOf({ headers }: Reply, name: string): string | undefined {
  return headers.find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1];
}

export function withoutHeader(reply: Reply, name: string): Reply {
  const headers = reply.headers.filter(([other]) => other.toLowerCase() !== name.toLowerCase());
  return { ...reply, headers };
}

/** Replaces all headers of that name. */
export function withHeader(reply: Reply, name: string, ...values: readonly string[]): Reply {
  const { headers } = withoutHeader(reply, name);
  return { ...reply, headers: [...headers, ...values.map((value): HeaderLine => [name, value])] };
}
