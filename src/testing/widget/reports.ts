import type { EventBuffer } from './event-buffer.ts';
import { eventDateTime } from './event-date-time.ts';
import type { Fields } from './request-proxy.ts';
import type { ShippedTestWidget } from './shipped-test-widget.ts';
import { tell } from './tell.ts';

/** The functions of build 21.5 that tell the delegate what was seen and done. Before `initialize` they do nothing. */
export function reportFunctions(
  widget: ShippedTestWidget,
  project: Fields,
  buffer: EventBuffer,
): Pick<ShippedTestWidget, 'sendWidgetEvent' | 'notifyReportEvent' | 'notifyEvent'> {
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
        tell(params, () => widget.sendWidgetEvent(null, params, undefined));
      }
      if (!reportOnly) buffer.addReport(type, value);
    },
    notifyEvent(event, ok, fail) {
      if (widget.eventsDelegate) buffer.addEvent(event, ok, fail);
    },
  };
}

/** In a report the two ids are crossed: each holds what the configuration has as the other. */
function reportOf(config: Fields, eventId: unknown, value: unknown): Fields {
  const { widgetType, insightId, instanceId } = config;
  return {
    eventType: 'reporting',
    widgetType,
    eventId,
    eventData: { eventDateTime: eventDateTime(), value, insightId: instanceId, instanceId: insightId },
  };
}
