import type { ErrorCode } from '../../index.ts';
import { type Entry, type MomentEvent, type Phase, phasesOf, type RequestEntry, stateOf } from './entry.ts';
import { formatDuration, formatTime } from './words.ts';

/** A line of the details. */
export type Detail = readonly [term: string, text: string];

const PHASE_WORDS: Readonly<Record<Phase['state'], string>> = {
  token: 'waited for a token',
  sent: 'was in flight',
  retry: 'waited for a retry',
};

const DURATION_FIELDS: ReadonlySet<string> = new Set(['duration', 'timeout', 'retryIn']);

const ERROR_WORDS: Readonly<Record<ErrorCode, string>> = {
  INVALID_OPTIONS: 'A function that was passed as an option threw, or returned an invalid value.',
  INVALID_CALL: 'The call has no known shape. Report it to the vendor of the widget.',
  DUPLICATE_REQUEST:
    'A request with this id was already pending. The widget gets the reply to the first one.',
  OVERLOADED: 'Too many requests were pending. Look for a server that does not answer.',
  NO_ENDPOINT: 'This server has no address: set it in endpoints.',
  NO_CHANNEL: 'There was no widget for the reply, or no app, window or worker for the request.',
  TIMEOUT: 'No answer came in time. The last step says what the request waited for.',
  NETWORK:
    'The network failed, CORS or CSP blocked the request, or the function that returns the token threw.',
  HTTP: 'The server answered with an error status, or with a redirect, which is not followed.',
  UNAUTHORIZED: 'The server rejected the token, and a fresh one too. The user has to sign in again.',
  INVALID_RESPONSE:
    'The answer cannot be read (often it is the page of a proxy), or the widget threw when it got its reply.',
  ABORTED: 'The page aborted the request, or detached the widget.',
  DISPOSED: 'The bridge was disposed, or the poller was stopped.',
  QUEUE_EXPIRED: 'New queues expire at once.',
  LOAD_FAILED: 'The script of the widget was blocked, was not found, or did not create the widget.',
};

/** The facts of an entry. */
export function detailsOf(entry: Entry, now: number): readonly Detail[] {
  return entry.kind === 'request' ? detailsOfRequest(entry, now) : detailsOfMoment(entry.event);
}

function detailsOfRequest(entry: RequestEntry, now: number): readonly Detail[] {
  const { at, requestId, end, lateAt } = entry;
  return withoutEmpty([
    ['id', requestId],
    ['began', formatTime(at)],
    ...phasesOf(entry, now).map((phase): Detail => {
      return [`+ ${formatDuration(phase.from - at)}`, phaseText(phase)];
    }),
    [end ? 'ended after' : 'pending for', formatDuration((end?.at ?? now) - at)],
    ['failed with', end?.code],
    ['HTTP status', end?.status],
    ['timeout', end?.timeout === undefined ? undefined : formatDuration(end.timeout)],
    [
      end?.code ? 'late reply' : 'another reply',
      lateAt === undefined ? undefined : `${formatDuration(lateAt - at)} after it began`,
    ],
  ]);
}

/** Such as `waited for a retry, 1.2 s, after 503`. */
function phaseText({ state, from, to, step }: Phase): string {
  const attempt =
    step && state === 'sent' ? `${PHASE_WORDS.sent} (attempt ${step.count})` : PHASE_WORDS[state];
  return [
    step ? attempt : 'was in the transport',
    formatDuration(to - from),
    ...(step?.status ? [`after ${step.status}`] : []),
  ].join(', ');
}

function detailsOfMoment({ kind, at, ...rest }: MomentEvent): readonly Detail[] {
  const fields = Object.entries(rest).map(([name, value]): [string, unknown] => {
    const isDuration = typeof value === 'number' && DURATION_FIELDS.has(name);
    return [name, isDuration ? formatDuration(value) : [value].flat().join(', ')];
  });
  return withoutEmpty([['event', kind], ['at', formatTime(at)], ...fields]);
}

function withoutEmpty(lines: readonly (readonly [string, unknown])[]): readonly Detail[] {
  return lines.flatMap(([term, value]): Detail[] =>
    value === undefined || value === '' ? [] : [[term, `${value}`]],
  );
}

/** What an entry means, and where to look next. Empty if there is nothing to explain. */
export function explain(entry: Entry): string {
  return entry.kind === 'request' ? explainRequest(entry) : explainMoment(entry.event);
}

function explainRequest(entry: RequestEntry): string {
  const code = entry.end?.code;
  switch (stateOf(entry)) {
    case 'token':
      return 'It has not been sent: the function that returns the token has not answered. Look at the session’s endpoint.';
    case 'sent':
      return entry.steps.length > 0
        ? 'It is at the server, or on the way. Look for it in the gateway’s log.'
        : 'The transport has it, and does not report its progress.';
    case 'retry':
      return 'The last attempt failed. The next one waits for its time.';
    case 'late':
      return 'A reply came after the request had failed. If this happens often, the timeout is too short for the server.';
    case 'twice':
      return 'Another reply came after the first. The widget got only the first.';
    case 'superseded':
      return 'The widget had sent another request with the same id, and waits for the reply to that one.';
    default:
      return code ? explainCode(code) : '';
  }
}

function explainMoment(event: MomentEvent): string {
  switch (event.kind) {
    case 'failure':
    case 'queue.failure':
      return explainCode(event.code);
    case 'droppedHeaders':
      return 'The option widgetHeaders names the headers of the widget that are sent. Malformed headers are never sent.';
    case 'orphan':
      return event.reason === 'unknown'
        ? 'This bridge sent no request with this id. The widget did not get the reply.'
        : 'The request had already been answered or had failed. The widget did not get this reply.';
    case 'insecurePage':
    case 'queue.insecurePage':
      return 'Anyone on the network can read and change what this page sends. Serve it over https. The option allowInsecure: false refuses such a page.';
    case 'queue.gap':
      return 'The poller reads the connections again. Read again what lost events may have reported, such as accounts.';
    case 'queue.connection':
      return event.isDoubtful
        ? 'Events about it may be lost, or came late. What is shown is its last known state, until the poller has read it again.'
        : '';
    case 'queue.expired':
      return 'It was not polled for 15 minutes, or the server lost it. The poller requests a new one.';
    default:
      return '';
  }
}

/** Empty for an unknown code, which the page's own transport may report. */
function explainCode(code: ErrorCode | 'unknown'): string {
  return code !== 'unknown' && Object.hasOwn(ERROR_WORDS, code) ? ERROR_WORDS[code] : '';
}
