import { describe, expect, it } from 'vitest';
import { type Served, served } from './served.ts';

const SERVERS = ['pserver', 'enrich', 'ob'] as const;
/** A command that each of them knows. */
const KNOWN = { pserver: 'getInsights', enrich: 'getSubscriptions', ob: 'getAccounts' } as const;

async function reply(response: Promise<Response>): Promise<Record<string, unknown>> {
  return (await response).json() as Promise<Record<string, unknown>>;
}

describe('POST {base}/execute', () => {
  it.each(SERVERS)('takes the request body unchanged, with the header authToken: %s', async (server) => {
    const { command } = await served();
    const response = await command(server, { type: KNOWN[server] });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ ok: true });
  });

  it.each(SERVERS)('is refused without the header authToken, which is mandatory: %s', async (server) => {
    const { url } = await served();
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
  ])('knows the user by authToken: one that is %s is refused', async (_kind, make) => {
    const page = await served();
    const headers = { authToken: make(page) };
    const response = await page.command('pserver', { type: 'getInsights' }, { headers });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ ok: false, status: '401' });
  });

  it('takes the header bankId, which is optional, and the request parameter channel', async () => {
    const { command } = await served();
    const init = { headers: { bankId: '42' }, query: '?channel=web' };
    expect((await command('pserver', { type: 'getInsights' }, init)).status).toBe(200);
  });

  it('answers UTF-8 application/json, whatever script the texts are in', async () => {
    const { command } = await served();
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
    const { command } = await served();
    const answer = await reply(command('pserver', { type, insightId: 'insight-1' }));
    expect(answer).toMatchObject({ ok: true });
  });

  it.each([{}, { type: '' }, { type: 7 }, [], 'getInsights', null])(
    'the type of a command is mandatory: %j is 400',
    async (body) => {
      const { command } = await served();
      const response = await command('pserver', JSON.stringify(body));
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ ok: false, status: '400' });
    },
  );

  it('a command may have the fields that all have, and fields of its own', async () => {
    const { command } = await served();
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
    expect(answer).toMatchObject({ ok: true, insight: { id: 'insight-2' } });
  });

  it.each(SERVERS)(
    'a reply names no requestId: the page adds it, as for all three servers: %s',
    async (server) => {
      const { command } = await served();
      const init = { headers: { 'x-request-id': 'r-7' } };
      const answer = await reply(command(server, { type: KNOWN[server], requestId: 'r-7' }, init));
      expect(JSON.stringify(answer)).not.toContain('r-7');
    },
  );

  it('PServer and Enrich are two servers, which know their own commands alone', async () => {
    const { command } = await served();
    expect((await command('pserver', { type: KNOWN.enrich })).status).toBe(404);
    expect((await command('enrich', { type: KNOWN.pserver })).status).toBe(404);
  });

  it.each(SERVERS)(
    'what is refused is told as ok, status and statusMessage, both texts: %s',
    async (server) => {
      const { command } = await served();
      const response = await command(server, { type: 'getEverything' });
      expect(response.status).toBe(404);
      const envelope = { ok: false, status: '404', statusMessage: expect.any(String) };
      expect(await response.json()).toEqual(envelope);
    },
  );

  it.each(['sessionEnded', 'sessionError', 'navigateToPage', 'personeticsEvent', 'callPersoneticsAPI'])(
    '%s is no command: a page that posts it is refused',
    async (requestString) => {
      const { command } = await served();
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
