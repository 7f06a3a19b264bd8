import type { WidgetFields } from './deep-extend.ts';
import type { RequestProxy } from './request-proxy.ts';
import type { ShippedTestWidget, TestCallback } from './shipped-test-widget.ts';

/** The events until the next `sendEvents`. */
export interface EventBuffer {
  /** Adds an event for a report, with the name for events. */
  addReport(type: unknown, value: unknown): void;
  /** Adds an event of `notifyEvent`. */
  addEvent(event: object, ok: TestCallback, fail: TestCallback): void;
  /** Sends all events. */
  flush(): void;
}

interface BufferedEvent {
  readonly event: { readonly type: unknown; readonly eventDateTime: string; readonly params: unknown };
  readonly ok?: TestCallback;
  readonly fail?: TestCallback;
}

/** The names of events that differ from the names of their reports. */
const NAMES: Readonly<Record<string, string>> = {
  navigateButton: 'NavigateButton',
  newBudget: 'BudgetCategoryActivation',
  deleteBudget: 'BudgetCategoryDeActivation',
  updateBudget: 'BudgetAmount',
};

/** The events that are sent at once. */
const URGENT: ReadonlySet<unknown> = new Set([
  'Navigation',
  'BudgetCategoryActivation',
  'BudgetCategoryDeActivation',
  'BudgetAmount',
]);

export function createEventBuffer(widget: ShippedTestWidget): EventBuffer {
  let buffered: BufferedEvent[] = [];
  const sent = new Set<string>();

  function add(item: BufferedEvent): void {
    if (widget.config['enableNotifyEvents'] === false && item.event.type !== 'Navigation') return;
    buffered.push(item);
    if (URGENT.has(item.event.type)) flush();
  }

  function flush(): void {
    const batch = buffered;
    buffered = [];
    if (!batch.length) return;
    for (const { event } of batch) sent.add(keyOf(event));
    const { lang, protocolVersion = '2.6' } = widget.config;
    const eventsInfoList = batch.map(({ event }) => event);
    (widget.pserverProxy as RequestProxy).send({
      fields: { lang, protocolVersion, eventsInfoList, type: 'sendEvents' },
      ok: (reply) => {
        for (const { ok } of batch) ok?.(reply);
      },
      fail: (reply) => {
        for (const { fail } of batch) fail?.(reply);
      },
    });
  }

  return {
    flush,
    addReport(type, value) {
      const { insightId, instanceId } = widget.config;
      const name = NAMES[String(type)] ?? type;
      add({
        event: { type: name, eventDateTime: eventDateTime(), params: { value, insightId, instanceId } },
      });
    },
    addEvent(given, ok, fail) {
      const { eventInfo = {}, checkInPastEvent } = messageOf(given);
      const { type, params } = eventInfo as { type?: unknown; params?: unknown };
      const event = { type, eventDateTime: eventDateTime(), params };
      if (checkInPastEvent === true && sent.has(keyOf(event))) return;
      add({ event, ok, fail });
    },
  };
}

function messageOf(given: object): WidgetFields {
  return (given as { eventMessage: WidgetFields }).eventMessage;
}

/** Equal for events that only differ in their time. */
function keyOf({ type, params }: BufferedEvent['event']): string {
  return JSON.stringify([type, params]);
}

/** The current time in UTC as `M/D/YYYY H:M:S`, without leading zeros: the format in reports and events. */
export function eventDateTime(): string {
  const now = new Date();
  const date = [now.getUTCMonth() + 1, now.getUTCDate(), now.getUTCFullYear()].join('/');
  return `${date} ${[now.getUTCHours(), now.getUTCMinutes(), now.getUTCSeconds()].join(':')}`;
}
