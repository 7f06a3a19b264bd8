import { type GatewayRequest, isPreflight, type Reply } from '../reply.ts';

export { isPreflight };

export function isOfServer({ subject }: GatewayRequest): boolean {
  return subject !== 'page';
}

export function isOfPage({ subject }: GatewayRequest): boolean {
  return subject === 'page';
}

/** A request to a server that is no preflight. */
export function isRequest(request: GatewayRequest): boolean {
  return isOfServer(request) && request.method !== 'OPTIONS';
}

export function isSubscription(request: GatewayRequest): boolean {
  return isRequest(request) && request.path.endsWith('/queues/subscribe');
}

export function isPoll(request: GatewayRequest): boolean {
  return request.method === 'GET' && request.path.includes('/queues/');
}

/** A command to a server of the widget. */
export function isCommand(request: GatewayRequest): boolean {
  return isRequest(request) && request.subject !== 'linxo';
}

export function isError(request: GatewayRequest, { status }: Reply): boolean {
  return isRequest(request) && status >= 400;
}

export function isSuccess(request: GatewayRequest, { status }: Reply): boolean {
  return isRequest(request) && status < 300;
}
