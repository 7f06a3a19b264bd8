import { checkCall, invalidCall, isFunction, isSignal } from '../check.ts';
import { redactedCause, type ServerName } from '../errors.ts';
import { invalidResponse, type StartedRequest } from '../http/request-error.ts';
import type { WidgetRequest } from '../transport/transport.ts';
import { commandOf, isBody, SENDERS, toRequest } from './calls.ts';
import { type SentBody, sentObject, sentText } from './sent-body.ts';
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

/** @throws INVALID_CALL naming what does not fit. */
export function readCommand(server: ServerName, body: object | string, options: SendOptions): WidgetRequest {
  const { signal, schema } = options;
  const checkSend = (fits: boolean, expected: string, received: unknown): void =>
    checkCall(fits, 'send', expected, received);
  checkSend([...SENDERS.values()].includes(server), 'pserver, enrich or ob as server', server);
  checkSend(isBody(body), 'an object or a string as body', body);
  checkSend(!signal || isSignal(signal), 'an AbortSignal as signal', signal);
  checkSend(!schema || isFunction(schema['~standard']?.validate), 'a Standard Schema as schema', schema);
  return toRequest(server, undefined, readBody(body));
}

function readBody(body: object | string): SentBody {
  if (typeof body === 'string') return sentText(body, commandOf(body));
  try {
    return sentObject(body);
  } catch (thrown) {
    const expected = 'an object that can be written as JSON as body';
    throw invalidCall('send', expected, [body], redactedCause(thrown));
  }
}

/**
 * @throws INVALID_RESPONSE saying where the reply does not fit, never what stands there. Of a record, keys are content
 *   too: only what looks like the name of a field is told. Of what a schema throws, its kind alone.
 */
export async function readWithSchema<T>(
  schema: StandardSchemaV1<unknown, T>,
  response: unknown,
  sent: StartedRequest,
): Promise<T> {
  const expected = 'what the schema says';
  let paths: string[];
  try {
    const result = await schema['~standard'].validate(response);
    if (!result.issues) return result.value;
    paths = result.issues.map(({ path = [] }) =>
      path.map((step) => fieldName((step as { key?: PropertyKey }).key ?? step)).join('.'),
    );
  } catch (thrown) {
    throw invalidResponse('The reply', sent, expected, 'one that the schema threw at', redactedCause(thrown));
  }
  throw invalidResponse('The reply', sent, expected, `another at '${paths.join("', '")}'`);
}

/** Text with a digit or a sign in it may be an account, a number or an address. */
function fieldName(step: unknown): string {
  return typeof step === 'string' && /[^a-z_]/i.test(step) ? '…' : String(step);
}
