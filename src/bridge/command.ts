import { check, type ServerName } from '../errors.ts';
import { isFunction } from '../is-function.ts';
import type { StandardSchemaV1 } from '../standard-schema.ts';
import type { SentRequest, WidgetRequest } from '../transport/transport.ts';
import { isBody, SENDERS, toRequest } from './calls.ts';
import { unfitReply } from './replies.ts';

/** How {@link WidgetBridge.send} sends a command of the page's own. */
export interface SendOptions<T = unknown> {
  /** In ms; `false`: for ever. Default: the bridge's. */
  timeout?: number | false | undefined;
  /** Gives the request up. */
  signal?: AbortSignal | undefined;
  /** What the reply must fit; its output is what the promise resolves with. */
  schema?: StandardSchemaV1<unknown, T> | undefined;
}

/** @throws INVALID_CALL naming what does not fit. */
export function readCommand(server: ServerName, body: object | string, options: SendOptions): WidgetRequest {
  const { signal, schema } = options;
  const checkSend = (fits: boolean, expected: string, received: unknown): void =>
    check(fits, 'INVALID_CALL', 'send', expected, received);
  checkSend([...SENDERS.values()].includes(server), 'pserver, enrich or ob as server', server);
  checkSend(isBody(body), 'an object or a string as body', body);
  checkSend(!signal || isFunction(signal.addEventListener), 'an AbortSignal as signal', signal);
  checkSend(!schema || isFunction(schema['~standard']?.validate), 'a Standard Schema as schema', schema);
  return toRequest(server, undefined, body);
}

/**
 * @throws INVALID_RESPONSE saying where the reply does not fit, never what stands there. Of a record, keys are content
 *   too: only what looks like the name of a field is told.
 */
export async function readWithSchema<T>(
  schema: StandardSchemaV1<unknown, T>,
  response: unknown,
  sent: SentRequest,
): Promise<T> {
  const result = await schema['~standard'].validate(response);
  if (!result.issues) return result.value;
  const paths = result.issues.map(({ path = [] }) =>
    path.map((step) => fieldName((step as { key?: PropertyKey }).key ?? step)).join('.'),
  );
  throw unfitReply(sent, 'what the schema says', `another at '${paths.join("', '")}'`);
}

/** Text with a digit or a sign in it may be an account, a number or an address. */
function fieldName(step: unknown): string {
  return typeof step === 'string' && /[^a-z_]/i.test(step) ? '…' : String(step);
}
