import { eventDateTime } from './event-date-time.ts';
import type { Fields, RequestProxy } from './request-proxy.ts';
import type { ShippedTestWidget, TestCallback } from './shipped-test-widget.ts';

/** Events that wait for the next `sendEvents`. */
export interface EventBuffer {
  /** Keeps what was reported, under the name that events have. */
  addReport(type: unknown, value: unknown): void;
  /** Keeps an event of `notifyEvent`. */
  addEvent(event: object, ok: TestCallback, fail: TestCallback): void;
  /** Sends what there is. */
  flush(): void;
}

interface Kept {
  readonly event: { readonly type: unknown; readonly eventDateTime: string; readonly params: unknown };
  readonly ok?: TestCallback;
  readonly fail?: TestCallback;
}

/** Events whose names differ from those of the reports. */
const NAMES: Readonly<Record<string, string>> = {
  navigateButton: 'NavigateButton',
  newBudget: 'BudgetCategoryActivation',
  deleteBudget: 'BudgetCategoryDeActivation',
  updateBudget: 'BudgetAmount',
};

/** Events that do not wait for the interval. */
const URGENT: ReadonlySet<unknown> = new Set([
  'Navigation',
  'BudgetCategoryActivation',
  'BudgetCategoryDeActivation',
  'BudgetAmount',
]);

export function createEventBuffer(widget: ShippedTestWidget): EventBuffer {
  let kept: Kept[] = [];
  const sent = new Set<string>();

  function add(one: Kept): void {
    if (widget.config['enableNotifyEvents'] === false && one.event.type !== 'Navigation') return;
    kept.push(one);
    if (URGENT.has(one.event.type)) flush();
  }

  function flush(): void {
    const batch = kept;
    kept = [];
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

function messageOf(given: object): Fields {
  return (given as { eventMessage: Fields }).eventMessage;
}

/** Two events are equal but for their time. */
function keyOf({ type, params }: Kept['event']): string {
  return JSON.stringify([type, params]);
}
