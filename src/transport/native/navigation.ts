import { attempt, isNonEmptyString } from '../../check.ts';
import { now } from '../../time.ts';

/** Reports the widget's navigation to native code that only needs the target. */
export interface Navigation {
  /** Gets the data of a `navigateToPage` notice. */
  handleNotice(data: unknown): void;
  /** Gets the body of a request: an object, or its JSON. */
  handleRequest(body: unknown): void;
}

/** How many targets are remembered at most. */
const MOST_TARGETS = 100;

/**
 * How long a notice waits for its event, in ms. The widget sends the event up to two seconds later, and the request then waits
 * for its turn. A widget may also be configured to send no events.
 */
const EVENT_WITHIN = 60_000;

/**
 * How long an event waits for its notice, in ms. For a button in a story, the widget sends the event at the click and the notice
 * in the next task. A later notice belongs to another click.
 */
const NOTICE_WITHIN = 2_000;

interface WidgetEvent {
  readonly type?: unknown;
  readonly params?: { readonly value?: unknown };
}

/**
 * A widget reports a navigation twice: by a notice, and to the server by an event `NavigateButton` in a `sendEvents` command.
 * Either may come first, and some buttons have only the event. The page of the shipped app reported each `sendEvents` that
 * begins with such an event. Here, each notice is paired with one event, and only the first of the two is reported.
 *
 * @param report Called once for each navigation.
 */
export function createNavigation(report: (target: string) => void): Navigation {
  const fromNotices = new RecentTargets(EVENT_WITHIN);
  const fromEvents = new RecentTargets(NOTICE_WITHIN);

  return {
    handleNotice(data) {
      const target = attempt(() => (data as { data: { navigateTarget: unknown } }).data.navigateTarget);
      if (!isNonEmptyString(target) || fromEvents.remove(target)) return;
      fromNotices.add(target);
      report(target);
    },
    handleRequest(body) {
      eventsOf(body).forEach(({ type, params }, index) => {
        const target = params?.value;
        if (type !== 'NavigateButton' || !isNonEmptyString(target) || fromNotices.remove(target) || index > 0)
          return;
        fromEvents.add(target);
        report(target);
      });
    },
  };
}

/** Targets that were reported, and whose second message has not come yet. */
class RecentTargets {
  readonly #within: number;
  #targets: { readonly target: string; readonly until: number }[] = [];

  /** @param within How long each is remembered, in ms. */
  constructor(within: number) {
    this.#within = within;
  }

  add(target: string): void {
    this.#targets = [...this.#targets, { target, until: now() + this.#within }].slice(-MOST_TARGETS);
  }

  /** Removes a target. False if it was not there. */
  remove(target: string): boolean {
    this.#targets = this.#targets.filter(({ until }) => now() < until);
    const index = this.#targets.findIndex((one) => one.target === target);
    if (index >= 0) this.#targets.splice(index, 1);
    return index >= 0;
  }
}

/** The events in a `sendEvents` command. */
function eventsOf(body: unknown): readonly WidgetEvent[] {
  return (
    attempt(() => {
      const { type, eventsInfoList } = typeof body === 'string' ? JSON.parse(body) : body;
      return type === 'sendEvents'
        ? [...(eventsInfoList as WidgetEvent[])].map((event) => ({ ...event }))
        : [];
    }) ?? []
  );
}
