import { createCommands } from './commands.js';
import { deepExtend } from './deep-extend.js';
import { findDelegate } from './find-delegate.js';
import { createReports } from './reports.js';
import { RequestProxy } from './request-proxy.js';
import { ShippedClient } from './shipped-client.js';

const EVENT_BUFFER = 2_000;

/**
 * The widget that the vendor ships, core 21.5, as its page meets it: one object with functions of its own. What it shows is
 * this example's own, and Open Banking too, which that build does not have.
 *
 * @param {import('../views.js').Views} views
 * @param {import('../reply-check.js').ReplyCheck} replies
 */
export function createShippedBuild(views, replies) {
  const personetics = {
    isInitialized: false,
    config: /** @type {Record<string, any>} */ ({}),
    /** @type {RequestProxy | undefined} */
    pserverProxy: undefined,
    /** @type {Record<string, any> | undefined} */
    eventsDelegate: undefined,

    /**
     * @param {object} options
     * @param {(reply?: unknown) => void} [onReady]
     * @param {(reply?: unknown) => void} [onFailed]
     */
    initialize(options, onReady, onFailed) {
      const { config } = personetics;
      nameUser(deepExtend(config, options));
      if (personetics.isInitialized) {
        // Unguarded, as in the build: the second time, a page must have this callback.
        /** @type {() => void} */ (onReady)();
        return;
      }
      const getDelegate = () => personetics.eventsDelegate ?? {};
      personetics.pserverProxy = new RequestProxy(config, getDelegate, replies);
      personetics.eventsDelegate = findDelegate(config);
      setInterval(commands.sendBuffered, EVENT_BUFFER);
      const ready = (/** @type {unknown} */ reply) => {
        personetics.isInitialized = true;
        onReady?.(reply);
      };
      if (config.callInitPersonetics === true) commands.initPersonetics(ready, onFailed);
      else ready(undefined);
    },

    /** @param {Record<string, any>} given */
    startWidget(given) {
      if (given === null || given === undefined) throw new Error('startWidget needs a configuration.');
      given.filter ??= given.widgetType !== 'teaser-widget-carousel';
      const config = deepExtend({}, given);
      if (typeof EventDelegate === 'function') config.eventsDelegate = new EventDelegate();
      config.base64EncodeResponse = false;
      const show = () => views.start(config, new ShippedClient(/** @type {any} */ (personetics), config));
      personetics.initialize(config, show, show);
    },

    /**
     * @param {unknown} response
     * @param {string} requestId
     */
    handlePServerResponse(response, requestId) {
      this.handleServerResponse(response, requestId);
    },

    /**
     * @param {unknown} response
     * @param {string} requestId
     */
    handleServerResponse(response, requestId) {
      /** @type {RequestProxy} */ (this.pserverProxy).handleServerResponse(response, requestId);
    },

    getJSBridge: () => personetics.eventsDelegate,
    getConfig: () => personetics.config,
    getDeviceType: () => personetics.config.deviceType,
  };

  const reports = createReports(personetics);
  const commands = createCommands(personetics, reports);
  return Object.assign(personetics, reports, commands);
}

/**
 * The header `authToken` of this build is the user's id, whatever the page has given.
 *
 * @param {Record<string, any>} config
 */
function nameUser(config) {
  config.requestHeaders = { ...config.requestHeaders, authToken: config.userId };
}
