import { beforeAll, describe, expect, it } from 'vitest';
import { type Served, serve } from './fixtures/served.ts';

const SERVERS = ['pserver', 'enrich', 'ob'] as const;
/** A command that each server knows. */
const KNOWN = { pserver: 'getInsights', enrich: 'getUserSubscriptions', ob: 'getAccounts' } as const;

let page: Served;

beforeAll(async () => {
  const { close, ...served } = await serve();
  page = served;
  return close;
});

async function reply(response: Promise<Response>): Promise<Record<string, unknown>> {
  return (await response).json() as Promise<Record<string, unknown>>;
}

describe('POST {base}/execute', () => {
  it.each(SERVERS)('accepts the request body unchanged, with the header authToken: %s', async (server) => {
    const { command } = page;
    const response = await command(server, { type: KNOWN[server] });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ ok: true });
  });

  it.each(SERVERS)('is refused without the header authToken, which is mandatory: %s', async (server) => {
    const { url } = page;
    const body = JSON.stringify({ type: KNOWN[server] });
    const response = await fetch(`${url}/${server}/execute`, { method: 'POST', body });
    expect([response.status, await response.json()]).toEqual([
      401,
      { ok: false, status: '401', statusMessage: 'The authToken header is missing.' },
    ]);
  });

  it.each([
    ['made up', () => 'abc'],
    ['revoked', ({ sandbox }: Served) => revoked(sandbox)],
    ['older than its lifetime', ({ sandbox, pass }: Served) => aged(sandbox, pass)],
    ['an access token of the event queue', ({ sandbox }: Served) => sandbox.issueAccessToken()],
  ])('identifies the user by authToken: one that is %s is refused', async (_kind, make) => {
    const headers = { authToken: make(page) };
    const response = await page.command('pserver', { type: 'getInsights' }, { headers });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ ok: false, status: '401' });
  });

  it('accepts the header bankId, which is optional, and the request parameter channel', async () => {
    const { command } = page;
    const init = { headers: { bankId: '42' }, query: '?channel=web' };
    const response = await command('pserver', { type: 'getInsights' }, init);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ requestChannel: 'web' });
    const mobile = await command(
      'pserver',
      { type: 'getInsights', channel: 'web' },
      { query: '?channel=MOBILE' },
    );
    expect(await mobile.json()).toMatchObject({ requestChannel: 'MOBILE' });
  });

  it('answers UTF-8 application/json, for texts in any script', async () => {
    const { command } = page;
    const response = await command('ob', { type: 'getFinancialInstitutions', query: 'žků' });
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toContain('Spořitelna U Tří Ježků');
  });

  it.each([
    'getInsights',
    'getNumberOfInsights',
    'getInsightDetails',
    'getInboxInsights',
    'generateInsights',
  ])('the body is a command object: PServer knows the type %s', async (type) => {
    const { command } = page;
    const answer = await reply(command('pserver', { type, insightId: 'insight-1' }));
    expect(answer).toMatchObject({ ok: true });
  });

  it.each([
    ['pserver', 'getInsights', { bankInfo: undefined }],
    ['pserver', 'getInboxInsights', { bankInfo: undefined }],
    ['pserver', 'getInsightDetails', { insightId: 'insight-1' }],
    ['pserver', 'getInsightRating', { id: 'insight-1' }],
    ['pserver', 'updateInsightRating', { id: 'insight-1', rating: 4 }],
    ['pserver', 'updateInsightFeedback', { id: 'insight-1', feedback: 'Good to know' }],
    ['pserver', 'sendEvents', { eventsInfoList: [{ type: 'TeaserClick', params: {} }] }],
    ['pserver', 'updateUserDataAssets', { eventList: [] }],
    ['pserver', 'getBudgetsCategories', {}],
    ['pserver', 'setBudgetSettings', { settings: [] }],
    ['pserver', 'initPersonetics', {}],
    ['pserver', 'getInsightStory', { id: 'insight-1', insightId: 'EatingOutAboveUsual' }],
    ['pserver', 'getInsightStoryData', {}],
    ['pserver', 'getInsightStoryDefinition', {}],
    ['pserver', 'getInsightStoryTexts', {}],
    ['pserver', 'getStoryQueryData', { queryName: 'months', queryParams: {} }],
    ['pserver', 'messageHistory', {}],
    ['enrich', 'getUserSubscriptions', { accountId: 'user-1' }],
  ] as const)('the command of shipped widgets is known: %s, %s', async (server, type, fields) => {
    const { command } = page;
    const response = await command(server, {
      ...{ clientVersion: '21.5', protocolVersion: '2.6', lang: 'en', deviceType: 'web' },
      ...{ type, ...fields, ctxId: 'dashboard' },
    });
    expect([response.status, await response.json()]).toEqual([200, expect.objectContaining({ ok: true })]);
  });

  it('the name that no widget sends is unknown', async () => {
    const { command } = page;
    expect((await command('enrich', { type: 'getSubscriptions' })).status).toBe(404);
  });

  it.each(SERVERS)('a reply has the common fields: %s', async (server) => {
    const { command } = page;
    const ask = () => reply(command(server, { type: KNOWN[server], protocolVersion: '2.5' }));
    const first = await ask();
    expect(first).toMatchObject({
      ok: true,
      status: '200',
      statusMessage: expect.any(String),
      protocolVersion: '2.5',
      requestType: KNOWN[server],
      requestChannel: 'web',
      requestId: expect.stringMatching(/\w/),
    });
    expect((await ask())['requestId']).not.toBe(first['requestId']);
    expect(await reply(command(server, { type: KNOWN[server] }))).toMatchObject({ protocolVersion: '2.6' });
  });

  it.each([{}, { type: '' }, { type: 7 }, [], 'getInsights', null])(
    'the type of a command is mandatory: %j is 400',
    async (body) => {
      const { command } = page;
      const response = await command('pserver', JSON.stringify(body));
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ ok: false, status: '400' });
    },
  );

  it('a command may have common fields and its own fields', async () => {
    const { command } = page;
    const envelope = {
      type: 'getInsightDetails',
      protocolVersion: '2.6',
      ctxId: 'dashboard',
      lang: 'en',
      bankSessionId: 's-1',
      clientVersion: '1.0',
      hints: {},
    };
    const answer = await reply(command('pserver', { ...envelope, insightId: 'insight-2' }));
    expect(answer).toMatchObject({ ok: true, insight: { id: 'insight-2' }, protocolVersion: '2.6' });
  });

  it.each(SERVERS)(
    'a reply does not have the widget’s requestId: the page adds it, for all three servers: %s',
    async (server) => {
      const { command } = page;
      const init = { headers: { 'x-request-id': 'r-7' } };
      const answer = await reply(command(server, { type: KNOWN[server], requestId: 'r-7' }, init));
      expect(JSON.stringify(answer)).not.toContain('r-7');
    },
  );

  it('PServer and Enrich are two servers, each with its own commands', async () => {
    const { command } = page;
    expect((await command('pserver', { type: KNOWN.enrich })).status).toBe(404);
    expect((await command('enrich', { type: KNOWN.pserver })).status).toBe(404);
  });

  it.each(SERVERS)('a refusal has ok, and status and statusMessage as texts: %s', async (server) => {
    const { command } = page;
    const response = await command(server, { type: 'getEverything' });
    expect(response.status).toBe(404);
    const envelope = { ok: false, status: '404', statusMessage: expect.any(String) };
    expect(await response.json()).toEqual(envelope);
  });

  it.each(['sessionEnded', 'sessionError', 'navigateToPage', 'personeticsEvent', 'callPersoneticsAPI'])(
    '%s is not a command: a page that posts it is refused',
    async (requestString) => {
      const { command } = page;
      expect((await command('pserver', { requestString, data: {} })).status).toBe(400);
      expect((await command('pserver', { type: requestString })).status).toBe(404);
    },
  );
});

function revoked(sandbox: Served['sandbox']): string {
  const token = sandbox.issueToken();
  sandbox.revokeToken(token);
  return token;
}

function aged(sandbox: Served['sandbox'], pass: Served['pass']): string {
  const token = sandbox.issueToken();
  pass(86_400_000);
  return token;
}
