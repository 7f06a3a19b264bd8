/* global Bankside */
// A bank's page in its app: one widget, one bridge, and the replies of the widget.

const answers = [];
const failures = [];
const orphans = [];

window.personetics = {
  handlePServerResponse(response, requestId) {
    this.handleServerResponse(response, requestId);
  },
  handleServerResponse(response, requestId) {
    answers.push({ response, requestId });
  },
};

const transport = Bankside.nativeTransport({ shell: 'ios', readyTimeout: 60_000 });
const bridge = new Bankside.WidgetBridge({
  transport,
  timeout: ({ type }) => (type === 'neverAnswered' ? 50 : 30_000),
});
bridge.on('failure', ({ error }) => failures.push({ code: error.code, message: error.message }));
bridge.on('orphan', ({ requestId }) => orphans.push(requestId));
bridge.attach(window.personetics);
