/** A reply that is a failure: what the customer is told of it is the server's sentence. */
export class RefusedReply extends Error {
  /** @param {unknown} reply */
  constructor(reply) {
    const { statusMessage } = /** @type {{ statusMessage?: unknown }} */ (reply ?? {});
    super(
      typeof statusMessage === 'string' && statusMessage ? statusMessage : 'The request was not answered.',
    );
  }
}
