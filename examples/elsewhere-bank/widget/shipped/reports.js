/**
 * What build 21.5 tells of its user interface.
 *
 * @param {{ config: Record<string, any>, eventsDelegate: Record<string, any> | undefined }} personetics
 */
export function createReports(personetics) {
  /**
   * @param {unknown} widget
   * @param {Record<string, any>} params
   * @param {unknown} [more]
   */
  function sendWidgetEvent(widget, params, more) {
    // Not looked for first: a delegate without it makes this throw.
    personetics.eventsDelegate?.widgetEvent(widget, params, more);
    // The build uses its object for something else afterwards: who has kept it finds nothing of this.
    for (const name of Object.keys(params)) delete params[name];
  }

  /** @param {{ type: string, value?: unknown }} report */
  function notifyReportEvent({ type, value }) {
    const { widgetType, insightId, instanceId } = personetics.config;
    // Exchanged, as the build has them.
    const eventData = { eventDateTime: dateTime(), value, insightId: instanceId, instanceId: insightId };
    sendWidgetEvent(null, { eventType: 'reporting', widgetType, eventId: type, eventData });
  }

  return { sendWidgetEvent, notifyReportEvent };
}

/** UTC, `M/D/YYYY H:M:S` without leading zeros. */
function dateTime() {
  const now = new Date();
  const day = [now.getUTCMonth() + 1, now.getUTCDate(), now.getUTCFullYear()].join('/');
  return `${day} ${[now.getUTCHours(), now.getUTCMinutes(), now.getUTCSeconds()].join(':')}`;
}
