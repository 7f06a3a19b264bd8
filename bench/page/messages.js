/** A request of the widget and its reply, of the usual size of small ones. */
export const command = {
  type: 'getInsights',
  protocolVersion: '2.6',
  ctxId: 'dashboard',
  lang: 'en',
  bankSessionId: 'c0ffee',
};
export const insights = {
  ok: true,
  status: '200',
  insights: [{ id: 'i-1', score: 0.7, teaser: 'You spent less on groceries' }],
};
