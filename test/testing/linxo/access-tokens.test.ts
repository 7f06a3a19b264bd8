import { expect, test } from 'vitest';
import { client, TOPICS } from './fixtures/client.ts';

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

test.each([
  ['POST', '/linxo/queues/subscribe', TOPICS],
  ['GET', '/linxo/queues/some', undefined],
  ['GET', '/linxo/connections', undefined],
  ['GET', '/linxo/connections/connection-1', undefined],
  ['GET', '/linxo/accounts', undefined],
  ['GET', '/linxo/accounts/some', undefined],
  ['GET', '/linxo/transactions', undefined],
  ['GET', '/linxo/users/me', undefined],
])('%s %s requires a token', async (method, path, body) => {
  const { call, sandbox } = client();
  const extras = { ...(body && { body }) };

  const response = await call(method, path, { ...extras, headers: { authorization: '' } });
  expect(response.status).toBe(401);
  expect(response.headers.get('www-authenticate')).toBe('Bearer');
  expect(await response.json()).toEqual({
    ok: false,
    status: '401',
    statusMessage: 'The access token is missing.',
    error: 'invalid_token',
    error_description: 'The access token is missing.',
  });
  expect((await call(method, path, { ...extras, ...bearer('abc') })).status).toBe(401);
  expect(sandbox.linxo.queues()).toEqual([]);
});

test.each(['Basic', 'Token', ''])('%j contains no token', async (scheme) => {
  const { call, sandbox } = client();
  const headers = { authorization: `${scheme} ${sandbox.issueAccessToken()}` };

  expect((await call('GET', '/linxo/connections', { headers })).status).toBe(401);
});

test('the scheme is case-insensitive', async () => {
  const { call, sandbox } = client();
  const headers = { authorization: `bearer ${sandbox.issueAccessToken()}` };

  expect((await call('GET', '/linxo/connections', { headers })).status).toBe(200);
});

test('access tokens and authTokens are separate: neither is accepted as the other', async () => {
  const { call, sandbox } = client();

  expect((await call('GET', '/linxo/connections', bearer(sandbox.issueToken()))).status).toBe(401);
  const asAuthToken = { headers: { authToken: sandbox.issueAccessToken() }, body: '{"type":"getInsights"}' };
  expect((await call('POST', '/pserver/execute', asAuthToken)).status).toBe(401);
});

test('rotation makes all access tokens of all users stale, but no authToken', async () => {
  const { call, sandbox } = client();
  const [earlier, authToken] = [sandbox.issueAccessToken({ user: 'eve' }), sandbox.issueToken()];
  const fresh = sandbox.rotateAccessTokens();

  expect((await call('GET', '/linxo/connections', bearer(earlier))).status).toBe(401);
  expect((await call('GET', '/linxo/connections', bearer(fresh))).status).toBe(200);
  const command = { headers: { authToken }, body: '{"type":"getInsights"}' };
  expect((await call('POST', '/pserver/execute', command)).status).toBe(200);
});

test('a revoked token is stale, and the others stay valid', async () => {
  const { call, sandbox } = client();
  const [revoked, other] = [sandbox.issueAccessToken(), sandbox.issueAccessToken()];
  sandbox.revokeAccessToken(revoked);

  const response = await call('GET', '/linxo/connections', bearer(revoked));
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ statusMessage: 'The access token is stale.' });
  expect((await call('GET', '/linxo/connections', bearer(other))).status).toBe(200);
});

test('a token is valid for its lifetime, on the sandbox’s clock', async () => {
  const { call, sandbox, pass } = client({ tokenLifetime: 60_000 });
  const token = sandbox.issueAccessToken();

  pass(59_999);
  expect((await call('GET', '/linxo/connections', bearer(token))).status).toBe(200);
  pass(1);
  expect((await call('GET', '/linxo/connections', bearer(token))).status).toBe(401);
});

test('an hour of sleep ages tokens of both kinds, and queues', async () => {
  const { call, sandbox, subscribe } = client();
  const queue = await subscribe();
  const authToken = sandbox.issueToken();
  sandbox.jump(3_600_000);

  expect((await call('GET', '/linxo/connections')).status).toBe(401);
  const command = { headers: { authToken }, body: '{"type":"getInsights"}' };
  expect((await call('POST', '/pserver/execute', command)).status).toBe(401);
  const fresh = bearer(sandbox.issueAccessToken());
  expect((await call('GET', `/linxo/queues/${queue}`, fresh)).status).toBe(404);
});

test('the clock may jump more than once', async () => {
  const { call, sandbox } = client({ tokenLifetime: 60_000 });
  const token = bearer(sandbox.issueAccessToken());

  sandbox.jump(59_999);
  expect((await call('GET', '/linxo/connections', token)).status).toBe(200);
  sandbox.jump(1);
  expect((await call('GET', '/linxo/connections', token)).status).toBe(401);
});

test.each([-1, Number.NaN, '5'])('the clock does not jump by %j', (ms) => {
  expect(() => client().sandbox.jump(ms as number)).toThrow(
    'A jump of the clock must be a number of milliseconds, 0 or more, not ',
  );
});

test('each token belongs to one user', async () => {
  const { call, sandbox } = client();
  sandbox.linxo.addConnection({ id: 'hers', user: 'ada' });
  const ids = async (token: string) => {
    const { connections } = await (await call('GET', '/linxo/connections', bearer(token))).json();
    return connections.map(({ id }: { id: string }) => id);
  };

  expect(await ids(sandbox.issueAccessToken({ user: 'ada' }))).toEqual(['hers']);
  expect(await ids(sandbox.issueAccessToken())).toEqual(['connection-1']);
  expect(await ids(sandbox.rotateAccessTokens({ user: 'ada' }))).toEqual(['hers']);
});

test('the log contains the operation, and never a token, wherever the client put it', async () => {
  const { call, sandbox } = client();
  const token = sandbox.issueAccessToken();
  const foreign = 'eyJhbGciOiJub25lIn0';

  for (const secret of [token, foreign]) {
    const headers = { ...bearer(secret).headers, 'x-request-id': `1.${secret.toUpperCase()}.${secret}` };
    await call('POST', '/linxo/queues/subscribe', { headers, body: TOPICS });
    await call('GET', `/linxo/queues/${secret}`, { headers });
    await call('GET', '/linxo/connections', { headers });
  }

  expect(sandbox.log.slice(0, 3)).toMatchObject([
    { server: 'linxo', via: 'page', type: 'subscribe', token: 'good', status: 201, fault: undefined },
    { server: 'linxo', via: 'page', type: 'queue', token: 'good', status: 404 },
    { server: 'linxo', via: 'page', type: 'connection', token: 'good', status: 200 },
  ]);
  expect(sandbox.log.at(-1)).toMatchObject({ token: 'unknown', status: 401 });
  const text = JSON.stringify(sandbox.log);
  expect(text.toLowerCase()).not.toContain(token.replace('sandbox-access-', ''));
  expect(text).not.toContain(foreign);
  expect(text).not.toMatch(/sandbox-/i);
});

test('a gateway adds the token, and ignores the page’s', async () => {
  const { call, sandbox, happen } = client();
  const none = { headers: { authorization: '' } };
  const { headers, status } = await call('POST', '/gateway/linxo/queues/subscribe', {
    ...bearer('stale'),
    body: TOPICS,
  });
  happen('A');

  expect(status).toBe(201);
  expect((await call('GET', `/gateway/linxo${headers.get('location')}`, none)).status).toBe(200);
  expect((await call('GET', '/gateway/linxo/connections/connection-1', none)).status).toBe(200);
  expect((await call('GET', '/gateway/linxo/connections', none)).status).toBe(200);
  expect(sandbox.log.every(({ via, token }) => via === 'gateway' && token === 'good')).toBe(true);
});

test('the gateway’s address is in an absolute Location', async () => {
  const { call } = client({ linxo: { location: 'absolute' } });

  const { headers } = await call('POST', '/gateway/linxo/queues/subscribe', { body: TOPICS });

  expect(headers.get('location')).toMatch(
    /^https:\/\/connect\.bank\.example\/gateway\/linxo\/queues\/[0-9a-f]+$/,
  );
});

test('the gateway replaces a stale token, and the page does not notice', async () => {
  const { call, sandbox } = client();
  const connections = () => call('GET', '/gateway/linxo/connections');
  await connections();
  sandbox.rotateAccessTokens();
  expect((await connections()).status).toBe(200);
  sandbox.fault({ kind: 'stale-token', server: 'linxo' });

  expect((await connections()).status).toBe(200);
  expect(sandbox.log.map(({ status }) => status)).toEqual([200, 401, 200, 401, 200]);
});
