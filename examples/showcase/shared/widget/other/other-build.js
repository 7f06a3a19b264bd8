import { OtherClient } from './other-client.js';
import { createRequests } from './requests.js';

/**
 * A widget of the vendor's documents and samples, whose calls have one of the other shapes. Unlike the shipped build it takes replies
 * in any form, forgets a request that was answered, and reports nothing.
 *
 * @param {import('./call-shapes.js').CallShape} shape
 * @param {import('../views.js').Views} views
 * @param {import('../reply-check.js').ReplyCheck} replies
 */
export function createOtherBuild(shape, views, replies) {
  /** @type {import('./call-shapes.js').Delegate | undefined} */
  let delegate;
  const { send, accept } = createRequests(shape, () => delegate ?? {}, replies);

  const personetics = {
    /** @param {{ pDelegate?: object, eventsDelegate?: object }} options */
    initialize({ pDelegate, eventsDelegate }) {
      const isFirst = delegate === undefined;
      delegate = pDelegate ?? eventsDelegate ?? delegate ?? {};
      if (isFirst) shape.tell(delegate, 'sessionStarted', {});
    },
    /** @param {Record<string, any>} config */
    startWidget(config) {
      personetics.initialize(config);
      views.start(config, new OtherClient(shape, delegate ?? {}, config, send));
    },
    handlePServerResponse: accept,
  };
  return personetics;
}
