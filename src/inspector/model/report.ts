import { QUEUE_LIFE } from '../../queue/pace/schedule.ts';
import { printable } from '../../text/printable.ts';
import { detailsOf } from './details.ts';
import { type DiagnosisState, diagnosisLines } from './diagnosis-words.ts';
import type { Entry } from './entry.ts';
import { type LifeLog, queueAge } from './life-log.ts';
import { channelName, failureWords, formatDuration, formatTime, type PollTrouble, wordsOf } from './words.ts';

const MAX_ENTRIES_IN_REPORT = 500;

export interface ReportOptions {
  /** In ms since the epoch, like the times of the events. */
  readonly now: number;
  /** In ms. */
  readonly nextPollIn: number | undefined;
  /** Why the last poll failed; undefined if it did not. */
  readonly failure: PollTrouble | undefined;
  readonly browser: string;
  /** The diagnosis that is shown, if there is one. */
  readonly diagnosis?: DiagnosisState | undefined;
}

/**
 * A report for a ticket: the current state, then the entries, the newest last. Like the log, it contains no body, and
 * no header value but those of answers that a diagnosis judges. No text from outside can add a line to it, or change how other text is displayed.
 *
 * @param shown The entries to report.
 */
export function reportOf(log: LifeLog, shown: readonly Entry[], options: ReportOptions): string {
  const newest = shown.slice(-MAX_ENTRIES_IN_REPORT);
  const count =
    newest.length < shown.length ? `${newest.length}, the last of ${shown.length}` : newest.length;
  return [
    `bankside report, without bodies and header values${options.diagnosis ? ' but those that the diagnosis judges' : ''}; a mark such as #12 replaces text that is not a name`,
    `made ${new Date(options.now).toISOString()}, times below are the page’s own`,
    `browser: ${options.browser}`,
    ...stateLines(log, options),
    ...diagnosisLines(options.diagnosis),
    '',
    `entries: ${count}`,
    ...newest.flatMap((entry) => linesOf(entry, options.now)),
    '',
  ]
    .map(printable)
    .join('\n');
}

function stateLines(log: LifeLog, { now, nextPollIn, failure }: ReportOptions): string[] {
  const { pending, answered, failed, late } = log.counts;
  const { status, queueId } = log.queue;
  const age = queueAge(log.queue, now);
  const queue = [
    `queue: ${status}`,
    ...(queueId ? [`id ${queueId}`] : []),
    ...(age === undefined ? [] : [`polled ${formatDuration(age)} ago of ${formatDuration(QUEUE_LIFE)}`]),
    ...(failure ? [`polls fail: ${failureWords(failure)}`] : []),
    ...(nextPollIn === undefined
      ? []
      : [`next ${failure ? 'try' : 'poll'} in ${formatDuration(nextPollIn)}`]),
  ];
  return [
    `requests: ${pending} pending, ${answered} answered, ${failed} failed; ${late} late or stray replies${log.isDisposed ? '; the bridge is disposed' : ''}`,
    ...(status ? [queue.join(', ')] : []),
    ...log.channels.all.map(({ connectionId, channelDefinitionId, spans }) => {
      const status = spans.at(-1)?.status ?? 'unknown';
      const since = log.doubts.since(connectionId, now);
      const doubt = since === undefined ? '' : `, in doubt since ${formatTime(since)}`;
      return `channel ${channelName(connectionId, channelDefinitionId)}: ${status}${doubt}`;
    }),
  ];
}

function linesOf(entry: Entry, now: number): string[] {
  const { title, place, state } = wordsOf(entry);
  const line = [formatTime(entry.at), place, title, state].filter(Boolean).join('  ');
  if (entry.kind === 'moment') return [line];
  return [line, ...detailsOf(entry, now).map(([term, text]) => `    ${term}: ${text}`)];
}
