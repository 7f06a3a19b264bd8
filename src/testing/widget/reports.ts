import type { WidgetFields } from './deep-extend.ts';
import { type EventBuffer, eventDateTime } from './event-buffer.ts';
import type { ShippedTestWidget } from './shipped-test-widget.ts';

/** The functions of build 21.5 that report to the delegate. They do nothing before `initialize`. */
export function reportFunctions(
  widget: ShippedTestWidget,
  project: WidgetFields,
  buffer: EventBuffer,
): Partial<ShippedTestWidget> {
  return {
    sendWidgetEvent(from, params, more) {
      const delegate = widget.eventsDelegate;
      if (delegate) (delegate['widgetEvent'] as (...args: unknown[]) => void)(from, params, more);
    },
    notifyReportEvent(report, reportOnly) {
      if (!widget.eventsDelegate) return;
      const { type, value } = report as { type?: unknown; value?: unknown };
      if (project['reporting'] !== false) {
        const params = reportOf(widget.config, type, value);
        callThenEmpty(params, () => widget.sendWidgetEvent(null, params, undefined));
      }
      if (!reportOnly) buffer.addReport(type, value);
    },
    notifyEvent(event, ok, fail) {
      if (widget.eventsDelegate) buffer.addEvent(event, ok, fail);
    },
  };
}

/** The two ids are swapped in reports, as in the build. */
function reportOf(config: WidgetFields, eventId: unknown, value: unknown): WidgetFields {
  const { widgetType, insightId, instanceId } = config;
  return {
    eventType: 'reporting',
    widgetType,
    eventId,
    eventData: { eventDateTime: eventDateTime(), value, insightId: instanceId, instanceId: insightId },
  };
}

/**
 * Calls the page with an object, and then empties the object, because the widget reuses its objects. A page that keeps the
 * object must copy it.
 */
export function callThenEmpty(params: object, call: () => void): void {
  try {
    call();
  } finally {
    for (const name of Object.keys(params)) Reflect.deleteProperty(params, name);
  }
}
