interface Delegate {
  sendRequestToPServer(headers: object, body: object, requestId: string): void;
}

const replies: unknown[] = [];
let element = '';

/** Stands for the vendor's global object: asks once for each start, and shows the replies. */
const personetics = {
  startWidget({ pDelegate, el }: { pDelegate: Delegate; el: string }) {
    element = el;
    pDelegate.sendRequestToPServer({}, { type: 'getNumberOfInsights' }, '1');
  },
  handlePServerResponse(reply: unknown, requestId: unknown) {
    replies.push([reply, requestId]);
    document.querySelector(element)!.textContent = JSON.stringify(replies);
  },
};

Object.assign(window, { personetics });

export {};
