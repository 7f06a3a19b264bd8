/** A minimal widget: it counts replies, and resolves the promise that waits for the next one. */
export class Widget {
  replies = 0;
  /** @type {((value?: unknown) => void) | undefined} */
  #wake;

  /** @param {unknown} response @param {string} requestId */
  handlePServerResponse(response, requestId) {
    if (typeof response !== 'object' || !requestId) throw new TypeError('Not a reply to a request');
    this.replies += 1;
    this.#wake?.();
  }

  nextReply() {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
