import { attempt } from '../../check.ts';
import { now } from '../../time.ts';

/** A widget's navigation, told to native code that wants its target alone. */
export interface Navigation {
  /** Takes the data of a `navigateToPage` notice. */
  ofNotice(data: unknown): void;
  /** Takes the body of a request: an object, or its JSON text. */
  ofRequest(body: unknown): void;
}

/** How many targets wait for their pairs at most. */
const MOST_WAITING = 100;

/**
 * How long the report of a notice may take, in ms: the widget sends it up to two seconds later, and it then waits for
 * its turn. A widget may have been told to report nothing.
 */
const REPORT_WITHIN = 60_000;

/**
 * How long the notice of a report may take, in ms. The widget reports a story's button at the click and gives notice
 * in the next task. A notice after that is of another click.
 */
const NOTICE_WITHIN = 2_000;

interface ReportedEvent {
  readonly type?: unknown;
  readonly params?: { readonly value?: unknown };
}

/**
 * A widget tells of a navigation twice: by a notice, and to the server by an event `NavigateButton` of a `sendEvents`
 * command. Either may come first, and some buttons only report. The shipped app's page told each `sendEvents` that
 * begins with such an event. Here each notice is paired with one report, and whichever comes first is told.
 *
 * @param tell Is given each target once.
 */
export function createNavigation(tell: (target: string) => void): Navigation {
  const noticed = createWaiting(REPORT_WITHIN);
  const reported = createWaiting(NOTICE_WITHIN);

  return {
    ofNotice(data) {
      const target = attempt(() => (data as { data: { navigateTarget: unknown } }).data.navigateTarget);
      if (!isTarget(target) || reported.take(target)) return;
      noticed.add(target);
      tell(target);
    },
    ofRequest(body) {
      eventsOf(body).forEach(({ type, params }, place) => {
        const target = params?.value;
        if (type !== 'NavigateButton' || !isTarget(target) || noticed.take(target) || place > 0) return;
        reported.add(target);
        tell(target);
      });
    },
  };
}

/** Targets that were told, and wait for the other half of their pair. */
interface Waiting {
  add(target: string): void;
  /** Whether one waited. It waits no longer. */
  take(target: string): boolean;
}

/** @param within How long each waits, in ms. */
function createWaiting(within: number): Waiting {
  let waiting: { readonly target: string; readonly until: number }[] = [];

  return {
    add(target) {
      waiting = [...waiting, { target, until: now() + within }].slice(-MOST_WAITING);
    },
    take(target) {
      waiting = waiting.filter(({ until }) => now() < until);
      const index = waiting.findIndex((one) => one.target === target);
      if (index >= 0) waiting.splice(index, 1);
      return index >= 0;
    },
  };
}

/** The events that a `sendEvents` command reports. */
function eventsOf(body: unknown): readonly ReportedEvent[] {
  return (
    attempt(() => {
      const { type, eventsInfoList } = typeof body === 'string' ? JSON.parse(body) : body;
      return type === 'sendEvents'
        ? [...(eventsInfoList as ReportedEvent[])].map((event) => ({ ...event }))
        : [];
    }) ?? []
  );
}

function isTarget(target: unknown): target is string {
  return typeof target === 'string' && target !== '';
}
