import { createElement, useEffect } from 'react';

/** Stands for the vendor's component and its global object: asks once, and shows the reply. */
function Widget({ handlePersoEvent }: { handlePersoEvent(message: unknown): void }) {
  useEffect(() => {
    const requestData = { type: 'getNumberOfInsights' };
    handlePersoEvent({ requestString: 'sendRequestToPServer', requestId: '1', json: { requestData } });
  }, [handlePersoEvent]);
  return createElement('output', { id: 'widget' });
}

const replies: unknown[] = [];
const personetics = {
  handlePServerResponse(reply: unknown, requestId: unknown) {
    replies.push([reply, requestId]);
    document.querySelector('#widget')!.textContent = JSON.stringify(replies);
  },
};

Object.assign(window, { Widget, personetics });
