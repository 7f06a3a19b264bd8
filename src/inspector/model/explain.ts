import type { ErrorCode } from '../../index.ts';
import { type Entry, stateOf } from './entry.ts';

const FAILURES: Readonly<Record<ErrorCode, string>> = {
  INVALID_OPTIONS: 'A function that was given as an option returned what does not fit, or threw.',
  INVALID_CALL: 'The call fits no shape that is known. Report it to whoever made the widget.',
  DUPLICATE_REQUEST: 'The same request was pending already, with the same id. The reply to that one stands.',
  OVERLOADED: 'Too many requests were pending. Look for a server that hangs.',
  NO_ENDPOINT: 'No address is known for this server: set it in endpoints.',
  NO_CHANNEL: 'There was nobody to take it: no widget for the reply, or no far side for the request.',
  TIMEOUT: 'No answer came in time. The last step says what it waited for.',
  NETWORK: 'The channel failed: no network, CORS or CSP, or the function that gets the token threw.',
  HTTP: 'The server answered with an error status, or with a redirect, which is not followed.',
  UNAUTHORIZED: 'The server refused the token, and a fresh one too. The user has to sign in again.',
  INVALID_RESPONSE:
    'What came cannot be read, often the page of a proxy; or the widget threw while it took its reply.',
  ABORTED: 'The page gave it up: its signal, or the widget was detached.',
  DISPOSED: 'The bridge was disposed, or the poller stopped.',
  QUEUE_EXPIRED: 'New queues die at once.',
};

/** What it means, and where to look next; empty where it needs no words. */
export function explain(entry: Entry): string {
  if (entry.kind === 'request') {
    const code = entry.end?.code;
    switch (stateOf(entry)) {
      case 'token':
        return 'It has not been sent: the function that gets the token has not answered. Look at the session’s endpoint.';
      case 'sent':
        return entry.steps.length > 0
          ? 'It is at the server, or on the way. Look for it in the gateway’s log.'
          : 'The transport has it, and does not tell how far it is.';
      case 'retry':
        return 'The last attempt failed, and the next one waits for its time.';
      case 'late':
        return 'A reply came when nobody waited for it any more. Many of these mean that the timeout is too short for the server.';
      case 'twice':
        return 'Another reply came when it had been answered. The widget got the first one alone.';
      case 'superseded':
        return 'The widget had sent another request under the same id, and waits for the reply to that one alone.';
      default:
        return code ? meaningOf(code) : '';
    }
  }
  const { event } = entry;
  switch (event.kind) {
    case 'failure':
    case 'queue.failure':
      return meaningOf(event.code);
    case 'droppedHeaders':
      return 'Only some headers of the widget’s are sent. The option widgetHeaders names more, unless a name or a value is malformed.';
    case 'orphan':
      return event.reason === 'unknown'
        ? 'No request with this id was made on this bridge. The widget did not get this reply.'
        : 'Its request had been answered, by a server or by a failure. The widget did not get this reply.';
    case 'queue.gap':
      return 'The poller reads the connections again. What lost events carried, account lists, is to be read anew.';
    case 'queue.expired':
      return 'It was not asked for 15 minutes, or the server forgot it. Another one follows.';
    default:
      return '';
  }
}

/** Of a code that is known: the page's own transport may give others. */
function meaningOf(code: ErrorCode): string {
  return Object.hasOwn(FAILURES, code) ? FAILURES[code] : '';
}
