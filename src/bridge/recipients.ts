import { callSafely } from '../emitter.ts';
import { type AnyBanksideError, BanksideError, invalidOption } from '../errors.ts';
import { errorReplyOf, requestDetails, type WidgetRequest } from '../transport/transport.ts';
import type { Attachment } from './attachment.ts';
import { type BridgeSettings, networkErrorReply } from './bridge-options.ts';
import type { RequestCall } from './calls.ts';

/** How a request ended: with the server's reply, parsed, or with an error. */
export interface Outcome {
  readonly request: WidgetRequest;
  readonly response: unknown;
  readonly error: AnyBanksideError | undefined;
  /** The widget that was attached when it ended. */
  readonly attachment: Attachment | undefined;
}

/** Somebody who waits for the outcome of a request. */
export interface Recipient {
  /** The widget's reply function, callbacks of the widget's, or a promise of the page's own. */
  readonly kind: 'widget' | 'callbacks' | 'page';
  /** Takes the outcome, and returns the error that it ended with: the outcome's own, or what went wrong in handing it over. */
  take(outcome: Outcome): AnyBanksideError | undefined;
}

/** Shapes a to d: the answer goes to the widget's reply function, with its id. */
export function widgetRecipient(settings: BridgeSettings): Recipient {
  return {
    kind: 'widget',
    take(outcome) {
      const { reply, error } = formReply(settings, outcome);
      const { attachment, request } = outcome;
      if (attachment?.answer(reply, request.requestId)) return error;
      const message = 'There is no widget to hand the reply to: attach one that has handlePServerResponse.';
      return new BanksideError('NO_CHANNEL', message, requestDetails(request), { cause: error });
    },
  };
}

/** Shapes e and f: one of the callbacks is called. */
export function callbackRecipient(
  settings: BridgeSettings,
  callbacks: NonNullable<RequestCall['callbacks']>,
): Recipient {
  return {
    kind: 'callbacks',
    take(outcome) {
      const { reply, error } = formReply(settings, outcome);
      callSafely(error ? callbacks.onError : callbacks.onSuccess, reply);
      return error;
    },
  };
}

/** A request of the page's own, which wants the reply as it was parsed. */
export function pageRecipient(
  resolve: (response: unknown) => void,
  reject: (error: AnyBanksideError) => void,
): Recipient {
  return {
    kind: 'page',
    take({ response, error }) {
      if (error) reject(error);
      else resolve(response);
      return error;
    },
  };
}

/** What the widget gets. A function of the page's that throws turns it into the plain failure reply, and the outcome into an error. */
function formReply(
  settings: BridgeSettings,
  outcome: Outcome,
): { reply: unknown; error: AnyBanksideError | undefined } {
  let { response, error } = outcome;
  if (error) {
    try {
      response = errorReplyOf(error) ?? settings.failureReply(error, outcome.request);
    } catch (cause) {
      error = thrownBy('failureReply', cause);
      response = networkErrorReply();
    }
  }
  try {
    return { reply: settings.reply(response), error };
  } catch (cause) {
    return { reply: networkErrorReply(), error: thrownBy('reply', cause) };
  }
}

function thrownBy(option: string, cause: unknown): AnyBanksideError {
  return invalidOption(option, 'a function that returns a reply', 'one that threw', cause);
}
