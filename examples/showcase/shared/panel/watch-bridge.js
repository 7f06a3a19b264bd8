/** What the widget tells without wanting an answer. */
const notices = /** @type {const} */ ([
  'sessionStarted',
  'sessionEnded',
  'sessionError',
  'navigateToPage',
  'personeticsEvent',
  'callPersoneticsAPI',
  'registered',
  'handleError',
]);

/**
 * Writes down what a bridge does.
 *
 * @param {import('bankside').WidgetBridge} bridge
 * @param {import('./activity-log.js').ActivityLog} log
 * @param {(message: string) => void} announce for what went wrong; all the rest would be chatter
 * @returns {() => void} ends it
 */
export function watchBridge(bridge, log, announce) {
  /** @type {(() => void)[]} */
  const offs = [];
  /** @type {typeof bridge.on} */
  const on = (type, handler) => {
    const off = bridge.on(type, handler);
    offs.push(off);
    return off;
  };

  on('request', ({ request }) => log.begin(request));

  on('reply', ({ request, duration }) => log.find(String(request.requestId))?.answered(duration));

  on('failure', ({ request, error, duration }) => {
    const row = request && log.find(String(request.requestId));
    // The request of that id is still under way, and has a row that says so.
    if (row?.pending && error.code !== 'DUPLICATE_REQUEST') row.failed(errorName(error), duration);
    else log.addNote(error.code, error.message);
    announce(`${request?.type ?? 'A call'} failed: ${errorName(error)}.`);
  });

  on('orphan', (orphan) => {
    const id = String(orphan.requestId);
    const title = titleOfHeld(orphan, log.find(id));
    log.addHeld(id, title);
    announce(`${title} was dropped.`);
  });

  for (const name of notices) on(name, ({ data }) => log.addNote(name, gist(data)));
  on('widgetEvent', ({ params }) => log.addNote('widgetEvent', gist(params)));
  on('widgetAction', ({ params }) => log.addNote('widgetAction', gist(params)));
  on('widgetMessage', ({ name, data }) => log.addNote(name, gist(data)));
  return () => {
    for (const off of offs) off();
  };
}

/** @param {import('bankside').AnyBanksideError} error */
export function errorName(error) {
  return error.code === 'HTTP' ? `HTTP ${error.details.status}` : error.code;
}

/**
 * @param {import('bankside').BridgeEvents['orphan']} orphan
 * @param {import('./request-row.js').RequestRow | undefined} row
 */
function titleOfHeld(orphan, row) {
  if (orphan.reason === 'settled') return titleOfSecond(row);
  // The widget's ids are not unique: another request has taken this one's place.
  if (orphan.reason === 'superseded') return `Reply to an earlier ${orphan.request.type}`;
  return 'A reply that nobody waits for';
}

/** @param {import('./request-row.js').RequestRow | undefined} row */
function titleOfSecond(row) {
  if (!row) return 'A second reply';
  return row.state === 'failed' ? `Late reply to ${row.title}` : `Second reply to ${row.title}`;
}

/** @param {unknown} message */
function gist(message) {
  const { eventType, eventId, data } = /** @type {Record<string, any>} */ (message ?? {});
  return [eventType ?? data?.navigateTarget, eventId].filter(Boolean).join(' ');
}
