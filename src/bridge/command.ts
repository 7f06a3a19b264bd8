import { BanksideError, describe, invalidCall, type ServerName } from '../errors.ts';
import { requestDetails, type WidgetRequest } from '../transport/transport.ts';
import { isBody, SENDERS, typeOf } from './calls.ts';
import type { StandardSchemaV1 } from './standard-schema.ts';

/** How {@link WidgetBridge.send} sends a command of the page's own. */
export interface SendOptions<T = unknown> {
  /** In ms; `false`: for ever. Default: the bridge's. */
  timeout?: number | false | undefined;
  /** Gives the request up. */
  signal?: AbortSignal | undefined;
  /** What the reply must fit; its output is what the promise resolves with. */
  schema?: StandardSchemaV1<unknown, T> | undefined;
}

/** @throws INVALID_CALL for an unknown server, or what cannot be a body. */
export function readCommand(server: ServerName, body: object | string, requestId: string): WidgetRequest {
  const servers = [...SENDERS.values()];
  if (!servers.includes(server)) {
    const received = typeof server === 'string' ? `'${server}'` : describe(server);
    throw invalidCall('send(server, body)', `a server: ${servers.join(', ')}`, received);
  }
  if (!isBody(body)) throw invalidCall('send(server, body)', 'an object or a string as body', describe(body));
  return { requestId, server, type: typeOf(body), body, headers: {} };
}

/** @throws INVALID_RESPONSE saying where the reply does not fit, never what stands there. */
export async function readWithSchema<T>(
  schema: StandardSchemaV1<unknown, T>,
  response: unknown,
  request: WidgetRequest,
): Promise<T> {
  const result = await schema['~standard'].validate(response);
  if (!result.issues) return result.value;
  const paths = result.issues.map(({ path = [] }) =>
    path.map((step) => String(typeof step === 'object' ? step.key : step)).join('.'),
  );
  const received = `one that differs at ${paths.map((path) => path || 'the top').join(', ')}`;
  const details = { ...requestDetails(request), expected: 'a reply that fits the schema', received };
  throw new BanksideError('INVALID_RESPONSE', `The reply does not fit the schema: got ${received}.`, details);
}
