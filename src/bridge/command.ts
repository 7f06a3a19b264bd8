import { invalid, type ServerName } from '../errors.ts';
import { isFunction } from '../is-function.ts';
import type { StandardSchemaV1 } from '../standard-schema.ts';
import type { WidgetRequest } from '../transport/transport.ts';
import { isBody, SENDERS, toRequest } from './calls.ts';
import type { PendingRequest } from './pending.ts';
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
  check('pserver, enrich or ob as server', server, [...SENDERS.values()].includes(server));
  check('an object or a string as body', body, isBody(body));
  check('an AbortSignal as signal', signal, !signal || isFunction(signal.addEventListener));
  check('a Standard Schema as schema', schema, !schema || isFunction(schema['~standard']?.validate));
  return toRequest(server, undefined, body);
}

function check(expected: string, received: unknown, fits: boolean): void {
  if (!fits) throw invalid('INVALID_CALL', 'send', expected, [received]);
}

/** @throws INVALID_RESPONSE saying where the reply does not fit, never what stands there. */
export async function readWithSchema<T>(
  schema: StandardSchemaV1<unknown, T>,
  response: unknown,
  pending: PendingRequest,
): Promise<T> {
  const result = await schema['~standard'].validate(response);
  if (!result.issues) return result.value;
  const paths = result.issues.map(({ path = [] }) =>
    path.map((step) => String(typeof step === 'object' ? step.key : step)).join('.'),
  );
  throw unfitReply(pending, 'what the schema says', `another at '${paths.join("', '")}'`);
}
