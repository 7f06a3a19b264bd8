import type { Entry, MomentEvent, RequestEntry } from './entry.ts';
import { type Phase, phasesOf } from './phases.ts';
import { clock, lasting } from './words.ts';

/** A line of the details: what it is, and what it says. */
export type Detail = readonly [term: string, text: string];

const DOES: Readonly<Record<Phase['state'], string>> = {
  token: 'waited for a token',
  sent: 'was on its way',
  retry: 'waited before the next attempt',
};

/** What is known of an entry. */
export function detailsOf(entry: Entry, now: number): readonly Detail[] {
  return entry.kind === 'request' ? detailsOfRequest(entry, now) : detailsOfMoment(entry.event);
}

function detailsOfRequest(entry: RequestEntry, now: number): readonly Detail[] {
  const { at, requestId, end, lateAt } = entry;
  return withoutGaps([
    ['id', requestId],
    ['began', clock(at)],
    ...phasesOf(entry, now).map((phase): Detail => [`+ ${lasting(phase.from - at)}`, stepText(phase)]),
    [end ? 'ended after' : 'pending for', lasting((end?.at ?? now) - at)],
    ['failed with', end?.code],
    ['HTTP status', end?.status],
    ['timeout', end?.timeout === undefined ? undefined : lasting(end.timeout)],
    [
      end?.code ? 'reply after all' : 'another reply',
      lateAt === undefined ? undefined : `${lasting(lateAt - at)} after it began`,
    ],
  ]);
}

/** Such as `waited before the next attempt, 1.2 s, after 503`. */
function stepText({ state, from, to, step }: Phase): string {
  const attempt = step && state === 'sent' ? `${DOES.sent} (attempt ${step.count})` : DOES[state];
  return [
    step ? attempt : 'was with the transport',
    lasting(to - from),
    ...(step?.status ? [`after ${step.status}`] : []),
  ].join(', ');
}

function detailsOfMoment({ kind, at, ...rest }: MomentEvent): readonly Detail[] {
  const fields = Object.entries(rest).map(([name, value]): [string, unknown] => {
    const isTime = typeof value === 'number' && /duration|timeout|retryIn/.test(name);
    return [name, isTime ? lasting(value) : [value].flat().join(', ')];
  });
  return withoutGaps([['event', kind], ['at', clock(at)], ...fields]);
}

function withoutGaps(lines: readonly (readonly [string, unknown])[]): readonly Detail[] {
  return lines.flatMap(([term, value]): Detail[] =>
    value === undefined || value === '' ? [] : [[term, `${value}`]],
  );
}
