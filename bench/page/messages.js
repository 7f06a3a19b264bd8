/** A request of the widget's and its reply, of a size that is usual for the small ones among them. */
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
