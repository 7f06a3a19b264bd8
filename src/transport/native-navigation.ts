import { attempt } from '../attempt.ts';

/** A widget's navigation, told to native code that wants its target alone. */
export interface Navigation {
  /** Takes the data of a `navigateToPage` notice. */
  ofNotice(data: unknown): void;
  /** Takes the body of a request: an object, or its JSON text. */
  ofRequest(body: unknown): void;
}

/** How many notices are remembered until their reports come: a widget may have been told to report nothing. */
const MOST_TOLD = 100;

interface ReportedEvent {
  readonly type?: unknown;
  readonly params?: { readonly value?: unknown };
}

/**
 * A widget tells of a navigation by a notice, and reports it to the server up to two seconds later, by an event
 * `NavigateButton` of a `sendEvents` command. Some buttons only report. The shipped app's page told each
 * `sendEvents` that begins with such an event. Here the notice is told at once, and the report only where no notice
 * came before it.
 *
 * @param tell Is given each target once.
 */
export function createNavigation(tell: (target: string) => void): Navigation {
  /** Targets of notices whose reports are still to come. */
  const told: string[] = [];

  return {
    ofNotice(data) {
      const target = attempt(() => (data as { data: { navigateTarget: unknown } }).data.navigateTarget);
      if (!isTarget(target)) return;
      told.push(target);
      if (told.length > MOST_TOLD) told.shift();
      tell(target);
    },
    ofRequest(body) {
      for (const [place, { type, params }] of eventsOf(body).entries()) {
        const target = params?.value;
        if (type !== 'NavigateButton' || !isTarget(target)) continue;
        const at = told.indexOf(target);
        if (at >= 0) told.splice(at, 1);
        else if (place === 0) tell(target);
      }
    },
  };
}

/** The events that a `sendEvents` command reports. */
function eventsOf(body: unknown): readonly ReportedEvent[] {
  return (
    attempt(() => {
      const { type, eventsInfoList } = typeof body === 'string' ? JSON.parse(body) : body;
      return type === 'sendEvents'
        ? Array.from(eventsInfoList as ReportedEvent[], (event) => ({ ...event }))
        : [];
    }) ?? []
  );
}

function isTarget(target: unknown): target is string {
  return typeof target === 'string' && target !== '';
}
