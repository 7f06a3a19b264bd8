import { checkCall, invalidCall, isFunction, isSignal } from '../check.ts';
import { redactedCause, SERVER_NAMES, type ServerName } from '../errors.ts';
import { invalidResponse, type StartedRequest } from '../http/request-error.ts';
import { toRequest } from '../requests/calls.ts';
import { commandOf, isBody, type SentBody, toSentBody } from '../requests/sent-body.ts';
import { checkOptionNames, type NamesOf } from '../text/known-names.ts';
import type { WidgetRequest } from '../transport/transport.ts';

/** How {@link WidgetBridge.send} sends a command of the page. */
export interface SendOptions<T = unknown> {
  /** In ms; `false`: no timeout. Default: the bridge's. */
  timeout?: number | false | undefined;
  /** Aborts the request. */
  signal?: AbortSignal | undefined;
  /** Checks the reply. The promise resolves with the schema's output. */
  schema?: StandardSchemaV1<unknown, T> | undefined;
}

/**
 * A schema of any library that follows Standard Schema, such as zod, valibot or arktype.
 *
 * @see https://standardschema.dev
 */
export interface StandardSchemaV1<Input = unknown, Output = Input> {
  /** All that the specification asks for. */
  readonly '~standard': {
    /** Of the specification. */
    readonly version: 1;
    /** The name of the library. */
    readonly vendor: string;
    /** Reads a value. Returns its output, or its issues. */
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    /** For the type checker alone. */
    readonly types?:
      | {
          /** The input. */
          readonly input: Input;
          /** The output. */
          readonly output: Output;
        }
      | undefined;
  };
}

/** The result of a schema. */
export type StandardResult<Output> =
  | {
      /** The output. */
      readonly value: Output;
      /** Not set: the value is valid. */
      readonly issues?: undefined;
    }
  | {
      /** What is not valid. */
      readonly issues: readonly StandardIssue[];
    };

/** One part of a value that is not valid. */
export interface StandardIssue {
  /** In words. */
  readonly message: string;
  /** Where in the value. */
  readonly path?:
    | readonly (
        | PropertyKey
        | {
            /** The name of the field. */
            readonly key: PropertyKey;
          }
      )[]
    | undefined;
}

const OPTIONS: NamesOf<SendOptions> = { timeout: true, signal: true, schema: true };

/** @throws INVALID_CALL naming the first argument that does not fit; INVALID_OPTIONS for an unknown name. */
export function readCommand(server: ServerName, body: object | string, options: SendOptions): WidgetRequest {
  const { signal, schema } = options;
  checkCall(SERVER_NAMES.includes(server), 'send', 'pserver, enrich or ob as server', server);
  checkCall(isBody(body), 'send', 'an object or a string as body', body);
  checkOptionNames(options, OPTIONS);
  checkCall(!signal || isSignal(signal), 'send', 'an AbortSignal as signal', signal);
  const isSchema = !schema || isFunction(schema['~standard']?.validate);
  checkCall(isSchema, 'send', 'a Standard Schema as schema', schema);
  return toRequest(server, undefined, readBody(body));
}

function readBody(body: object | string): SentBody {
  try {
    return toSentBody(body, commandOf(body));
  } catch (thrown) {
    const expected = 'an object that can be written as JSON as body';
    throw invalidCall('send', expected, [body], redactedCause(thrown));
  }
}

/**
 * @throws INVALID_RESPONSE that says where the reply does not fit, and shows no value. Keys may be data too, so the error
 *   only shows keys that look like names of fields. If the schema throws, the `cause` only has the name of the error.
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
    if (!result.issues) return await result.value; // a promise there, too, is the schema's
    paths = result.issues.map(({ path = [] }) =>
      path.map((step) => fieldName((step as { key?: PropertyKey }).key ?? step)).join('.'),
    );
  } catch (thrown) {
    throw invalidResponse('The reply', sent, expected, 'one that the schema threw at', redactedCause(thrown));
  }
  throw invalidResponse('The reply', sent, expected, `another at '${paths.join("', '")}'`);
}

/** A key with a digit or a sign in it may be an account, a number or an address. */
function fieldName(step: unknown): string {
  return typeof step === 'string' && /[^a-z_]/i.test(step) ? '…' : String(step);
}
