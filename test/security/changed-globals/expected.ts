const REPLY = '{"ok":true,"list":[1,["ż🏦"]],"constructor":{"toString":1}}';
const BODY = '{"type":"getInsights","list":[1,[2,{"deep":[]}],"ż🏦"],"none":null,"":{"list":[["\\""]]}}';
const TEXT = '{ "type" : "getInsights", "list" : [ 1.0, "ż🏦" ] }';

/** The outcome of each part, on every page. */
export const OUTCOMES: Readonly<Record<string, string>> = {
  http: REPLY,
  text: REPLY,
  refused: '{"ok":false,"status":"409","list":[1]}',
  broken: 'BanksideError HTTP 500 true',
  soon: REPLY,
  later: 'BanksideError HTTP 503 true',
  lost: REPLY,
  port: `${REPLY}\nBanksideError HTTP 500 true`,
  shell: [
    '{"ok":true,"list":[1,["ż"]]}',
    `{"sender":"personetics","requestType":"sendRequestToPServer","requestInformation":{"requestData":${BODY},"requestId":"…","requestHeaders":{"accept-language":"pl"}}}`,
    '{"sender":"personetics","requestType":"navigateToPage","requestInformation":{"requestData":{"requestString":"navigateToPage","type":"navigate","data":{"list":[1,["ż",null]]}}}}',
  ].join('\n'),
  channels: [
    '{"ok":true,"list":[1,["ż"]]}',
    'NavigateUser accounts',
    'PassInsightInfo {"type":"sendEvents","eventsInfoList":[{"type":"NavigateButton","params":{"value":"accounts"}}]}',
    'sendRequestId …',
  ].join('\n'),
  host: `r2 ${Buffer.from(REPLY.replace('ż🏦', '\\u017c\\ud83c\\udfe6')).toString('base64')}`,
  queue: [
    'BanksideError INVALID_RESPONSE  true',
    '1 SYNC_ALL_STARTED',
    'e3 SOMETHING_ELSE',
    'e4 SYNC_ALL_SUCCESS',
    'e5 SOMETHING_ELSE',
    'success 1 Bank',
    '1 1',
    '{"queueId":"q1","connectionIds":["c1"],"askedAt":…,"isReading":false}',
  ].join('\n'),
  actions:
    '{"lang":"pl","tags":["a"],"insightId":"i1","instanceId":"u1","payload":{"list":[1,[2]]},"widgetType":"story-widget"}',
  doubles: '{"ok":true,"list":[1,[2]]}\n{"ok":true,"list":[1,[2]]}',
};

/** If inherited properties cannot be assigned, an event with a `constructor` is malformed. No other is lost. */
export const LOCKED_OUTCOMES: typeof OUTCOMES = {
  ...OUTCOMES,
  queue: OUTCOMES['queue']?.replace('e5 SOMETHING_ELSE\n', '') ?? '',
};

/** The requests that the servers receive: each one with a rejected token, and again with a fresh one. */
export const ARRIVALS: readonly string[] = [
  ...posts('http', BODY),
  ...posts('text', TEXT),
  ...posts('refused', '{"type":"rateRefused"}'),
  ...posts('broken', '{"type":"rateBroken"}'),
  ...posts('soon', '{"type":"getSoon"}', ['stale', 'fresh', 'fresh']),
  ...posts('later', '{"type":"getLater"}'),
  ...posts('lost', '{"type":"getLost"}', ['stale', 'fresh', 'fresh', 'fresh']),
  ...posts('port', BODY),
  ...posts('port', '{"type":"rateBroken"}'),
  ...posts('host', BODY).map(withoutLanguage),
  ...posts('host', JSON.stringify(JSON.parse(TEXT))).map(withoutLanguage),
  ...reads(
    'POST /linxo/queues/subscribe',
    'content-type=application/json {"topics":["connections","a\\"b"]}',
  ),
  ...reads('GET /linxo/queues/q1', ''),
  ...reads('GET /linxo/connections/c1', ''),
];

function posts(path: string, body: string, tokens: readonly string[] = ['stale', 'fresh']): string[] {
  return tokens.map(
    (token) =>
      `POST /${path} authtoken=${token} bankid=42 accept-language=pl content-type=application/json ${body}`,
  );
}

function withoutLanguage(arrival: string): string {
  return arrival.replace(' accept-language=pl', '');
}

function reads(call: string, rest: string): string[] {
  return ['stale', 'fresh'].map((token) => `${call} authorization=Bearer ${token} bankid=42 ${rest}`.trim());
}
