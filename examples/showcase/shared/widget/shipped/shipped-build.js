import { createTestWidget } from 'bankside/testing/doubles';
import { callShapes } from '../other/call-shapes.js';
import { createRequests } from '../other/requests.js';
import { ShippedClient } from './shipped-client.js';

/** The types of view that this example draws. */
const DRAWN = new Set([
  undefined,
  'teaser-widget',
  'teaser-widget-carousel',
  'inbox-story-widget',
  'story-widget',
]);

/**
 * The widget that the vendor ships, core 21.5, as `bankside/testing/doubles` has it. That one has no pictures: they are this example's
 * own, and so is Open Banking, for which that build does not ask.
 *
 * @param {import('../views.js').Views} views
 * @param {import('../reply-check.js').ReplyCheck} replies of Open Banking alone: the widget counts its own
 */
export function createShippedBuild(views, replies) {
  const widget = createTestWidget({ build: '21.5' });
  const { startWidget, handleServerResponse } = widget;
  const openBanking = createRequests(callShapes.f, () => widget.getJSBridge() ?? {}, replies);
  let shown = 0;

  function complain() {
    const { faults } = widget;
    for (const fault of faults.slice(shown)) views.complain(fault);
    shown = faults.length;
  }

  return Object.assign(widget, {
    /** @param {object} given */
    startWidget(given) {
      const { initialize } = widget;
      // All but the view is the widget's own: what it does to the object, the delegate, and the order of both.
      widget.initialize = (config, show) => {
        const draw = () => drawInstead(/** @type {Record<string, any>} */ (config), show);
        initialize.call(widget, config, draw, draw);
      };
      try {
        startWidget(given);
      } finally {
        widget.initialize = initialize;
      }
    },

    /** @type {typeof handleServerResponse} */
    handleServerResponse(...reply) {
      try {
        handleServerResponse.apply(this, reply);
      } finally {
        complain();
      }
    },
  });

  /**
   * What this example cannot draw, the widget starts unseen. For a type that the build does not have, it throws.
   *
   * @param {Record<string, any>} config
   * @param {import('bankside/testing/doubles').TestCallback} show
   */
  function drawInstead(config, show) {
    if (!DRAWN.has(config.widgetType)) show?.(undefined);
    else views.start({ ...config, el: config.el[0] }, new ShippedClient(widget, config, openBanking.send));
  }
}
