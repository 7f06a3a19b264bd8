import { printable } from '../../text/printable.ts';
import { detailsOf } from './details.ts';
import type { Entry } from './entry.ts';
import type { LifeLog } from './life-log.ts';
import { QUEUE_LIFE, queueAge } from './queue-age.ts';
import { channelName, clock, lasting, wordsOf } from './words.ts';

/** More lines than these no ticket takes. */
const MOST_LINES = 500;

/** What is to be known beside the log. */
export interface ReportOptions {
  /** Ms since the epoch, as the events’ times are. */
  readonly now: number;
  /** In ms. */
  readonly nextPollIn: number | undefined;
  readonly browser: string;
}

/**
 * A text to attach to a ticket: how things are, and what happened, the newest last. It is made of what the log holds,
 * and so without a body or the value of a header. No text in it can make a line, or change how one is shown.
 *
 * @param shown The entries that it tells of.
 */
export function reportOf(log: LifeLog, shown: readonly Entry[], options: ReportOptions): string {
  const told = shown.slice(-MOST_LINES);
  const left = shown.length - told.length;
  return [
    'bankside report: no body, and no value of a header; what is no plain name is a mark, such as #12',
    `made ${new Date(options.now).toISOString()}, times below are the page’s own`,
    `browser: ${options.browser}`,
    ...stateOfThings(log, options),
    '',
    `entries: ${told.length}${left > 0 ? `, the last of ${shown.length}` : ''}`,
    ...told.flatMap((entry) => linesOf(entry, options.now)),
    '',
  ]
    .map(printable)
    .join('\n');
}

function stateOfThings(log: LifeLog, { now, nextPollIn }: ReportOptions): string[] {
  const { pending, answered, failed, late } = log.counts;
  const { status, queueId } = log.queue;
  const age = queueAge(log.queue, now);
  const queue = [
    `queue: ${status}`,
    ...(queueId ? [`id ${queueId}`] : []),
    ...(age === undefined ? [] : [`asked ${lasting(age)} ago of ${lasting(QUEUE_LIFE)}`]),
    ...(nextPollIn === undefined ? [] : [`read next in ${lasting(nextPollIn)}`]),
  ];
  return [
    `requests: ${pending} pending, ${answered} answered, ${failed} failed; ${late} late or stray replies${log.isDisposed ? '; the bridge is disposed' : ''}`,
    ...(status ? [queue.join(', ')] : []),
    ...log.channels.all.map(({ connectionId, channelDefinitionId, spans }) => {
      return `channel ${channelName(connectionId, channelDefinitionId)}: ${spans.at(-1)?.status ?? 'unknown'}`;
    }),
  ];
}

function linesOf(entry: Entry, now: number): string[] {
  const { title, place, state } = wordsOf(entry);
  const line = [clock(entry.at), place, title, state].filter(Boolean).join('  ');
  if (entry.kind === 'moment') return [line];
  return [line, ...detailsOf(entry, now).map(([term, text]) => `    ${term}: ${text}`)];
}
