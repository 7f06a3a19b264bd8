/**
 * @typedef {import('./request-proxy.js').Callback} Callback
 * @typedef {Record<string, any>} Fields
 */

/**
 * The functions of build 21.5 that ask a server. Those that lack a field throw a text, as they do there.
 *
 * @param {{ config: Fields, pserverProxy: import('./request-proxy.js').RequestProxy | undefined }} personetics
 * @param {{ notifyReportEvent: (report: { type: string, value?: unknown }) => void }} reports
 */
export function createCommands(personetics, { notifyReportEvent }) {
  /** @type {unknown[]} */
  const buffer = [];

  /**
   * @param {Fields} fields
   * @param {Callback | undefined} ok
   * @param {Callback | undefined} fail
   * @param {Partial<import('./request-proxy.js').Ask>} [more]
   */
  function send(fields, ok, fail, more) {
    // Before `initialize` there is none, and the build throws this TypeError.
    const proxy = /** @type {import('./request-proxy.js').RequestProxy} */ (personetics.pserverProxy);
    proxy.send({ fields, ok, fail, ...more });
  }

  /** What the page was told to be the user's, wins over what a command says: also where nobody meant that. */
  function overridden(/** @type {Fields} */ body) {
    const { config } = personetics;
    return Object.fromEntries(
      Object.entries(body).map(([name, value]) => [name, Object.hasOwn(config, name) ? config[name] : value]),
    );
  }

  return {
    initPersonetics(/** @type {Callback} */ ok, /** @type {Callback | undefined} */ fail) {
      send({ type: 'initPersonetics' }, ok, fail);
    },
    getInsights(/** @type {unknown} */ bankInfo, /** @type {Callback} */ ok, /** @type {Callback} */ fail) {
      send({ bankInfo, type: 'getInsights' }, ok, fail);
    },
    getInboxInsights(
      /** @type {unknown} */ bankInfo,
      /** @type {Callback} */ ok,
      /** @type {Callback} */ fail,
    ) {
      send({ bankInfo, type: 'getInboxInsights' }, ok, fail);
    },
    getInsightDetails(/** @type {Fields} */ o, /** @type {Callback} */ ok, /** @type {Callback} */ fail) {
      check(o, 'getInsightDetails', ['insightId']);
      o.type = 'getInsightDetails';
      send(o, ok, fail);
    },
    getInsightRating(/** @type {Fields} */ o, /** @type {Callback} */ ok, /** @type {Callback} */ fail) {
      check(o, 'getInsightRating', ['id']);
      send({ id: o.id, type: 'getInsightRating' }, ok, fail);
    },
    updateInsightRating(/** @type {Fields} */ o, /** @type {Callback} */ ok, /** @type {Callback} */ fail) {
      check(o, 'updateInsightRating', ['id', 'rating']);
      send({ id: o.id, rating: o.rating, type: 'updateInsightRating' }, ok, fail);
      notifyReportEvent({ type: 'rating', value: o.rating });
    },
    updateInsightFeedback(/** @type {Fields} */ o, /** @type {Callback} */ ok, /** @type {Callback} */ fail) {
      check(o, 'updateInsightFeedback', ['id']);
      send({ id: o.id, feedback: o.feedback, type: 'updateInsightFeedback' }, ok, fail);
      notifyReportEvent({ type: 'feedback', value: o.feedback });
    },
    getBudgetsCategories(/** @type {Callback} */ ok, /** @type {Callback} */ fail) {
      send({ type: 'getBudgetsCategories' }, ok, fail);
    },
    setBudgetSettings(
      /** @type {unknown} */ settings,
      /** @type {Callback} */ ok,
      /** @type {Callback} */ fail,
    ) {
      send({ settings, type: 'setBudgetSettings' }, ok, fail);
    },
    getUserSubscriptions(/** @type {Callback} */ ok, /** @type {Callback} */ fail) {
      const fields = { accountId: personetics.config.userId, type: 'getUserSubscriptions' };
      send(fields, ok, fail, { sender: 'sendRequestToEnrichServer' });
    },
    callPersoneticsAPI(
      /** @type {string} */ name,
      /** @type {Fields | null} */ body,
      /** @type {Callback} */ ok = console.log,
      /** @type {Callback} */ fail = console.log,
    ) {
      if (!name || body === undefined) throw 'usage: callPersoneticsAPI(name, body, onSuccess, onError)';
      const sender = name === 'getUserSubscriptions' ? 'sendRequestToEnrichServer' : 'sendRequestToPServer';
      send({ ...overridden(body ?? {}), type: name }, ok, fail, { sender, isBare: true });
    },

    /** Keeps the event for `sendEvents`, which goes every two seconds if there is something. */
    notifyEvent(/** @type {{ eventMessage: { eventInfo: object } }} */ { eventMessage }) {
      buffer.push(eventMessage.eventInfo);
    },
    sendBuffered() {
      if (buffer.length === 0) return;
      send({ eventsInfoList: buffer.splice(0), type: 'sendEvents' }, () => {}, undefined);
    },
  };
}

/**
 * @param {unknown} given
 * @param {string} name
 * @param {string[]} needed
 */
function check(given, name, needed) {
  const missing = needed.find((field) => !Object.hasOwn(Object(given), field));
  if (missing) throw `usage: ${name}({ ${needed.join(', ')} }, onSuccess, onError)`;
}
