import type { AnyBanksideError } from '../errors.ts';
import { encodeBase64 } from '../text/base64.ts';
import { stringify } from '../text/stringify.ts';
import { errorReplyOf, NETWORK_ERROR, type ReadReply, type WidgetRequest } from '../transport/transport.ts';
import { callOption, type RequestSettings } from './request-options.ts';

/** The default failure reply: a new object each time, since the widget may change it. */
function networkErrorReply(): unknown {
  return { ok: false, ...NETWORK_ERROR };
}

/**
 * What the widget gets for an outcome, and the errors to report, if any. The first error is what ended the request. The others
 * are of functions of the page that failed while the failure reply was made.
 *
 * If `failureReply` fails, the widget gets the default failure reply. If `reply` fails, the widget gets that as an object.
 */
export function formReply(
  { reply, failureReply = networkErrorReply }: Pick<RequestSettings, 'reply' | 'failureReply'>,
  request: WidgetRequest,
  error: AnyBanksideError | undefined,
  answer: ReadReply,
): [reply: unknown, errors: readonly AnyBanksideError[]] {
  const errors: AnyBanksideError[] = [];
  const orDefault = <T>(make: () => T, byDefault: T): T => {
    try {
      return make();
    } catch (problem) {
      errors.push(problem as AnyBanksideError);
      return byDefault;
    }
  };
  let plain = answer;
  if (error) {
    errors.push(error);
    plain = errorReplyOf(error) ?? {
      response: orDefault(
        () => callOption('failureReply', () => failureReply(error, request)),
        networkErrorReply(),
      ),
    };
  }
  const { response, text } = plain;
  if (!reply) return [response, errors];
  const form = orDefault(() => callOption('reply', () => reply(response, text)), networkErrorReply());
  return [form, errors];
}

/**
 * Gives the widget JSON text, as the vendor's documents say.
 *
 * @param response The reply, as parsed.
 * @param text The JSON text that the server wrote, if it wrote one. It is passed on unchanged, so that numbers keep
 *   digits that JavaScript cannot hold.
 * @example
 * ```ts
 * import { asJson, type Transport, WidgetBridge } from 'bankside';
 *
 * declare const transport: Transport;
 * const bridge = new WidgetBridge({ transport, reply: asJson });
 * ```
 */
export function asJson(response: unknown, text?: string): string {
  return typeof text === 'string' ? text : stringify(response);
}

/**
 * Gives the widget Base64 of JSON, as native hosts do.
 *
 * Writes characters beyond ASCII as `\uXXXX`: shipped widgets decode UTF-8 of up to three bytes, and break at emoji.
 *
 * @param response The reply, as parsed.
 * @param text The JSON text that the server wrote, if it wrote one: see {@link asJson}.
 */
export function asBase64(response: unknown, text?: string): string {
  return encodeBase64(escapeInJson(asJson(response, text) ?? '', /[\u0080-\uffff]/g));
}

/** Writes characters as `\uXXXX`. @param characters Characters that JSON has only inside strings. */
export function escapeInJson(json: string, characters: RegExp): string {
  return json.replace(characters, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
