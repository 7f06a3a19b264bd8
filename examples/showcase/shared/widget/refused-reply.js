/** A failure reply. The customer sees the server's message. */
export class RefusedReply extends Error {
  /** @param {unknown} reply */
  constructor(reply) {
    const { statusMessage } = /** @type {{ statusMessage?: unknown }} */ (reply ?? {});
    super(
      typeof statusMessage === 'string' && statusMessage ? statusMessage : 'The request was not answered.',
    );
  }
}
