// Stands for the vendor's script: asks once for each start, and shows the replies.
const replies = [];
let element = '';

window.personetics = {
  startWidget({ pDelegate, el }) {
    element = el;
    pDelegate.sendRequestToPServer({}, { type: 'getNumberOfInsights' }, '1');
  },
  handlePServerResponse(reply, requestId) {
    replies.push([reply, requestId]);
    document.querySelector(element).textContent = JSON.stringify(replies);
  },
};
