import { describe, expect, it } from 'vitest';
import type { LinxoConnection, LinxoEvent } from '../../../src/testing/index.ts';
import { TOPICS, typesOf } from '../linxo/fixtures/client.ts';
import { served } from './fixtures/served.ts';

const MINUTE = 60_000;
const ACTIONS = [
  'AUTH_FAILED',
  'TOKEN_EXPIRED',
  'PASSWORD_CHANGE_REQUIRED',
  'USER_ACTION_REQUIRED',
  'CHALLENGE_REQUIRED',
] as const;

describe('POST {baseUrl}/queues/subscribe', () => {
  it('of the topic connections is 201, with location: /queues/{queue_id}', async () => {
    const { linxo, sandbox } = await served();
    const response = await linxo('POST', '/queues/subscribe', { body: TOPICS });
    const [queue] = sandbox.linxo.queues();
    expect(response.status).toBe(201);
    expect(response.headers.get('location')).toBe(`/queues/${queue?.id}`);
    expect(await response.text()).toBe('');
  });

  it.each(['/v2.1', '/v3'])('exists under the path version %s, like all other routes', async (version) => {
    const { linxo } = await served();
    const { status, headers } = await linxo('POST', '/queues/subscribe', { body: TOPICS, version });
    const location = headers.get('location') ?? '';
    expect(status).toBe(201);
    expect((await linxo('GET', location, { version })).status).toBe(204);
    expect((await linxo('GET', '/connections', { version })).status).toBe(200);
    expect((await linxo('GET', '/connections/connection-1', { version })).status).toBe(200);
  });

  it('does not exist under an unknown version', async () => {
    const { linxo, sandbox } = await served();
    const init = { body: TOPICS, version: '/v9' };
    expect((await linxo('POST', '/queues/subscribe', init)).ok).toBe(false);
    expect(sandbox.linxo.queues()).toEqual([]);
  });

  it.each(['{}', '{"topics":[]}', '{"topics":["accounts"]}', 'topics'])('of %s is 400', async (body) => {
    const { linxo } = await served();
    expect((await linxo('POST', '/queues/subscribe', { body })).status).toBe(400);
  });

  it.each(['', 'abc', 'Bearer', 'Bearer abc', 'Basic YTpi'])(
    'requires authorization: Bearer {access_token}; %j is 401',
    async (authorization) => {
      const { linxo, sandbox } = await served();
      const response = await linxo('POST', '/queues/subscribe', { body: TOPICS, headers: { authorization } });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(sandbox.linxo.queues()).toEqual([]);
    },
  );
});

describe('GET {baseUrl}/queues/{queue_id}', () => {
  it('is 204 without a body while it is empty, else 200 with an array of events', async () => {
    const { linxo, subscribe, sandbox, connectionId } = await served();
    const location = await subscribe();
    const empty = await linxo('GET', location);
    expect([empty.status, await empty.text()]).toEqual([204, '']);

    sandbox.linxo.publish(connectionId, { event: 'SYNC_ALL_STARTED' });
    const full = await linxo('GET', location);
    expect(full.status).toBe(200);
    expect(typesOf((await full.json()) as LinxoEvent[])).toEqual(['SYNC_ALL_STARTED']);
  });

  it('contains no events from before the queue was created', async () => {
    const { subscribe, events, sandbox, connectionId, pass } = await served();
    sandbox.linxo.synchronise(connectionId);
    pass(1_000); // the first channel has begun
    const location = await subscribe();
    pass(MINUTE);
    const received = await events(location);
    expect(sandbox.linxo.published.length - received.length).toBeGreaterThan(0);
    expect(received).toEqual(sandbox.linxo.published.slice(-received.length).map(({ event }) => event));
  });

  it('returns events in order, each once', async () => {
    const { subscribe, events, sandbox, connectionId, pass } = await served();
    const location = await subscribe();
    sandbox.linxo.synchronise(connectionId);
    const received: LinxoEvent[] = [];
    for (let second = 0; second < 60; second += 5) {
      pass(5_000);
      received.push(...(await events(location)));
    }
    expect(received).toHaveLength(9);
    expect(received).toEqual(sandbox.linxo.published.map(({ event }) => event));
    expect(new Set(received.map(({ id }) => id)).size).toBe(9);
  });

  it('of another user is 403: a queue belongs to one', async () => {
    const { linxo, subscribe, sandbox } = await served();
    const location = await subscribe();
    const authorization = `Bearer ${sandbox.issueAccessToken({ user: 'user-2' })}`;
    expect((await linxo('GET', location, { headers: { authorization } })).status).toBe(403);
    expect((await linxo('GET', location)).status).toBe(204);
  });

  it('has no events of another user’s connections', async () => {
    const { subscribe, events, sandbox } = await served();
    const location = await subscribe();
    const { id } = sandbox.linxo.addConnection({ user: 'user-2' });
    sandbox.linxo.publish(id, { event: 'LIST_ACCOUNTS' });
    expect(await events(location)).toEqual([]);
  });

  it('expires 15 minutes after the last read, and each read resets that', async () => {
    const { linxo, subscribe, pass } = await served();
    const location = await subscribe();
    for (let read = 0; read < 3; read += 1) {
      pass(15 * MINUTE - 1);
      expect((await linxo('GET', location)).status).toBe(204);
    }
    pass(15 * MINUTE);
    expect((await linxo('GET', location)).status).toBe(404);
  });

  it.each([404, 410] as const)(
    'of an expired or unknown queue is not documented: it can be %i',
    async (deadQueue) => {
      const { linxo, subscribe, pass } = await served({ deadQueue });
      const location = await subscribe();
      pass(15 * MINUTE);
      expect((await linxo('GET', location)).status).toBe(deadQueue);
      expect((await linxo('GET', '/queues/never-was')).status).toBe(deadQueue);
    },
  );

  it.each([
    ['destructive', [['A'], [], []]],
    ['per-reader', [['A'], ['A'], []]],
    ['repeatable', [['A'], ['A'], ['A']]],
  ] as const)('whether it removes the events is not documented: it can be %s', async (reads, seen) => {
    const { linxo, subscribe, sandbox, connectionId } = await served({ reads });
    const location = await subscribe();
    sandbox.linxo.publish(connectionId, { event: 'A' });
    const readers = [0, 1].map(() => `Bearer ${sandbox.issueAccessToken()}`);
    const received: (string | undefined)[][] = [];
    for (const reader of [0, 1, 1]) {
      const headers = { authorization: readers[reader] ?? '' };
      const response = await linxo('GET', location, { headers });
      received.push(response.status === 200 ? typesOf((await response.json()) as LinxoEvent[]) : []);
    }
    expect(received).toEqual(seen);
  });
});

describe('an event', () => {
  it('has id, event_type, resource_type, creation_date, channel_definition_id and resource, in that order', async () => {
    const { subscribe, events, sandbox, connectionId, now } = await served();
    const location = await subscribe();
    sandbox.linxo.publish(connectionId, { event: 'SYNC_ALL_STARTED', channel: 'REDIRECT' });
    const [event] = await events(location);
    const fields = 'id event_type resource_type creation_date channel_definition_id resource';
    expect(Object.keys(event ?? {})).toEqual(fields.split(' '));
    expect(event).toEqual({
      id: expect.any(String),
      event_type: 'SYNC_ALL_STARTED',
      resource_type: 'CONNECTION',
      creation_date: Math.floor(now() / 1_000), // unix seconds
      channel_definition_id: '8701',
      resource: expect.objectContaining({ id: connectionId }),
    });
  });

  it('comes from both kinds of channel, EMBEDDED and REDIRECT', async () => {
    const { subscribe, events, sandbox, connectionId, pass } = await served();
    const location = await subscribe();
    sandbox.linxo.synchronise(connectionId);
    pass(MINUTE);
    const kinds = (await events(location)).map(({ channel_definition_id: id = '' }) =>
      sandbox.linxo.channelKind(id),
    );
    expect(new Set(kinds)).toEqual(new Set(['EMBEDDED', 'REDIRECT']));
  });

  it('LIST_ACCOUNTS has one account list per channel, which no later read returns', async () => {
    const { subscribe, events, linxo, sandbox, connectionId, pass } = await served();
    const location = await subscribe();
    sandbox.linxo.synchronise(connectionId);
    pass(MINUTE);
    const lists = (await events(location)).filter(({ event_type }) => event_type === 'LIST_ACCOUNTS');
    expect(lists.map(({ channel_definition_id: id }) => id).sort()).toEqual(['8700', '8701']);
    expect(lists.every(({ accounts = [] }) => accounts.length > 0)).toBe(true);
    expect(await (await linxo('GET', `/connections/${connectionId}`)).text()).not.toContain('"accounts"');
  });

  it('SYNC_ALL_SUCCESS ends the synchronisation', async () => {
    const { subscribe, events, sandbox, connectionId, pass } = await served({ endMarkers: 'global' });
    const location = await subscribe();
    sandbox.linxo.synchronise(connectionId);
    pass(MINUTE);
    const types = typesOf(await events(location));
    expect([types[0], types.at(-1)]).toEqual(['SYNC_ALL_STARTED', 'SYNC_ALL_SUCCESS']);
    expect(types.filter((type) => type === 'SYNC_ALL_SUCCESS')).toHaveLength(1);
  });

  it.each(['event_type', 'event_status'] as const)('the end marker can be in %s', async (endMarkerField) => {
    const { subscribe, events, sandbox, connectionId } = await served({ endMarkerField });
    const location = await subscribe();
    sandbox.linxo.publish(connectionId, { event: 'SYNC_ALL_SUCCESS' });
    const [event] = await events(location);
    expect(event?.[endMarkerField]).toBe('SYNC_ALL_SUCCESS');
  });

  it.each(ACTIONS)('%s becomes the status of its channel, and the connection is FAILED', async (type) => {
    const { subscribe, events, sandbox, connectionId } = await served();
    const location = await subscribe();
    sandbox.linxo.publish(connectionId, { event: type, channel: 'EMBEDDED' });
    const [event] = await events(location);
    expect(event).toMatchObject({ event_type: type, resource: { status: 'FAILED' } });
    expect(event?.resource.channels).toContainEqual(
      expect.objectContaining({ channel_definition_id: '8700', status: type }),
    );
  });

  it('may have an undocumented type', async () => {
    const { subscribe, events, sandbox, connectionId } = await served();
    const location = await subscribe();
    sandbox.linxo.publish(connectionId, { event: 'CONSENT_SOMETHING_NEW' });
    expect(typesOf(await events(location))).toEqual(['CONSENT_SOMETHING_NEW']);
  });

  it('in the documents’ example is about redirect1, which is not a channel of its connection', async () => {
    const { subscribe, events, sandbox, connectionId, pass } = await served();
    const location = await subscribe();
    sandbox.linxo.synchronise(connectionId, 'documents-example');
    pass(MINUTE);
    const example = (await events(location)).find(({ channel_definition_id: id }) => id === 'redirect1');
    expect(example?.resource).toMatchObject({
      status: 'SUCCESS',
      channels: [
        { channel_definition_id: '8701', status: 'RUNNING' },
        { channel_definition_id: '8700', status: 'RUNNING' },
      ],
    });
  });

  it('has an id without order', async () => {
    const { subscribe, events, sandbox, connectionId } = await served();
    const location = await subscribe();
    for (let made = 0; made < 20; made += 1) sandbox.linxo.publish(connectionId, { event: 'A' });
    const ids = (await events(location)).map(({ id }) => id);
    expect(ids).not.toEqual([...ids].sort());
    expect(ids).not.toEqual([...ids].sort().reverse());
  });
});

describe('GET {baseUrl}/connections', () => {
  it('/{id} is the current connection, with the fields of the resource', async () => {
    const { linxo, sandbox, connectionId, pass, now } = await served();
    const start = now() / 1_000;
    sandbox.linxo.synchronise(connectionId);
    pass(MINUTE);
    const response = await linxo('GET', `/connections/${connectionId}`);
    expect(response.status).toBe(200);
    const seconds = expect.any(Number);
    const ended = { status: 'SUCCESS', last_success_date: seconds, last_end_date: seconds };
    expect(await response.json()).toEqual({
      id: connectionId,
      user_id: 'user-1',
      provider_id: 'fr-1',
      name: 'Example Bank',
      status: 'SUCCESS',
      creation_date: start,
      auto_sync: true,
      consent_per_account: false,
      constraints: {},
      logo_url: expect.stringMatching(/^https:/),
      owner: {},
      channels: [
        expect.objectContaining({ channel_definition_id: '8701', expires: seconds, ...ended }),
        expect.objectContaining({ channel_definition_id: '8700', ...ended }),
      ],
    });
  });

  it('has channels with mode, credentials, account_types, eligible_accounts and channel_definition_unavailable, unlike events', async () => {
    const { linxo, sandbox, connectionId, pass } = await served();
    sandbox.linxo.synchronise(connectionId);
    pass(MINUTE);
    const fields = [
      'mode',
      'credentials',
      'account_types',
      'eligible_accounts',
      'channel_definition_unavailable',
    ];
    const one = (await (await linxo('GET', `/connections/${connectionId}`)).json()) as LinxoConnection;
    const list = await linxo('GET', '/connections', { version: '/v2.1' });
    const [other] = (await list.json()) as LinxoConnection[];
    expect(one.channels.map(({ mode }) => mode)).toEqual(['REDIRECT', 'EMBEDDED']);
    expect(other).toEqual(one);
    for (const channel of one.channels) expect(Object.keys(channel)).toEqual(expect.arrayContaining(fields));
    for (const { event } of sandbox.linxo.published)
      for (const channel of event.resource.channels)
        for (const field of fields) expect(channel).not.toHaveProperty(field);
  });

  it('calls the logo provider_logo_url in version 3', async () => {
    const { linxo, connectionId } = await served();
    const read = async (version: string) => {
      return (await linxo('GET', `/connections/${connectionId}`, { version })).json() as Promise<object>;
    };
    expect(await read('/v3')).toMatchObject({ provider_logo_url: expect.stringMatching(/^https:/) });
    expect(await read('/v3')).not.toHaveProperty('logo_url');
    expect(await read('/v2.1')).not.toHaveProperty('provider_logo_url');
  });

  it('is a list in version 2.1, and { connections: […] } with ?user_id= in version 3, all of the user’s', async () => {
    const { linxo, sandbox, connectionId } = await served();
    sandbox.linxo.addConnection({ id: 'theirs', user: 'user-2' });
    const read = async (path: string, version?: string) =>
      (await linxo('GET', path, version === undefined ? {} : { version })).json();
    const own = [expect.objectContaining({ id: connectionId })];
    expect(await read('/connections')).toEqual({ connections: own });
    expect(await read('/connections', '/v2.1')).toEqual(own);
    expect(await read('/connections', '/v3')).toEqual({ connections: own });
    expect(await read('/connections?user_id=user-1', '/v3')).toEqual({ connections: own });
    expect((await linxo('GET', '/connections?user_id=user-2', { version: '/v3' })).status).toBe(403);
    expect((await linxo('GET', '/connections/theirs')).status).toBe(404);
    expect((await linxo('GET', '/connections/nothing')).status).toBe(404);
  });

  it('requires a token too', async () => {
    const { linxo } = await served();
    const headers = { authorization: 'Bearer abc' };
    expect((await linxo('GET', '/connections', { headers })).status).toBe(401);
    expect((await linxo('GET', '/connections/connection-1', { headers })).status).toBe(401);
  });
});

describe('what other clients read', () => {
  async function synchronised() {
    const page = await served();
    page.sandbox.linxo.synchronise(page.connectionId);
    page.pass(MINUTE);
    return page;
  }

  it.each(['accounts', 'transactions'])(
    'GET {baseUrl}/%s is a list in version 2.1, and an object with it in version 3',
    async (name) => {
      const { linxo } = await synchronised();
      const [item] = (await (await linxo('GET', `/${name}`, { version: '/v2.1' })).json()) as {
        id: string;
      }[];
      const read = async () => (await linxo('GET', `/${name}`, { version: '/v3' })).json();
      expect(item).toMatchObject({ id: expect.any(String) });
      expect(await read()).toEqual({
        [name]: expect.arrayContaining([expect.objectContaining({ id: item?.id })]),
      });
    },
  );

  it('accounts have a status and the channel that listed them last', async () => {
    const { linxo } = await synchronised();
    const accounts = (await (await linxo('GET', '/accounts', { version: '/v2.1' })).json()) as object[];
    expect(accounts).toHaveLength(4);
    for (const account of accounts) {
      expect(account).toMatchObject({
        status: 'ACTIVE',
        last_channel_definition_id: expect.stringMatching(/^870[01]$/),
      });
    }
  });

  it('GET {baseUrl}/users/me is the user of the token', async () => {
    const { linxo } = await served();
    expect(await (await linxo('GET', '/users/me')).json()).toMatchObject({ id: 'user-1' });
  });

  it('errors have error and error_description', async () => {
    const { linxo } = await served();
    const response = await linxo('GET', '/accounts/nothing');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      error: 'not_found',
      error_description: expect.any(String),
    });
  });
});

describe('the status of a connection', () => {
  it.each([
    ['NONE', ['EMPTY', 'EMPTY']], // as in a new connection
    ['RUNNING', ['RUNNING', 'EMPTY']],
    ['RUNNING', ['RUNNING', 'AUTH_FAILED']], // RUNNING takes priority
    ['RUNNING', ['SUCCESS', 'RUNNING']],
    ['FAILED', ['SUCCESS', 'TOKEN_EXPIRED']],
    ['SUCCESS', ['SUCCESS', 'SUCCESS']],
    ['SUCCESS', ['SUCCESS', 'EMPTY']], // which takes no part
    ['PARTIAL_SUCCESS', ['SUCCESS', 'PARTIAL_SUCCESS']],
    ['SUCCESS', ['SUCCESS', 'CLOSED']],
    ['CLOSED', ['CLOSED', 'CLOSED']],
  ] as const)('is %s if its channels are %j', async (status, [redirect, embedded]) => {
    const { linxo, sandbox, connectionId } = await served();
    sandbox.linxo.publish(connectionId, { channel: 'REDIRECT', status: redirect, event: 'A' });
    sandbox.linxo.publish(connectionId, { channel: 'EMBEDDED', status: embedded, event: 'A' });
    const connection = await (await linxo('GET', `/connections/${connectionId}`)).json();
    expect(connection).toMatchObject({ status });
  });

  it('is RUNNING from the request of a synchronisation on', async () => {
    const { linxo, sandbox, connectionId } = await served();
    sandbox.linxo.synchronise(connectionId);
    const connection = await (await linxo('GET', `/connections/${connectionId}`)).json();
    expect(connection).toMatchObject({
      status: 'RUNNING',
      channels: [{ status: 'RUNNING' }, { status: 'RUNNING' }],
    });
  });

  it.each(['PARTIAL_SUCCESS', 'CLOSED'])('can be %s whatever its channels say', async (connectionStatus) => {
    const { subscribe, events, sandbox, connectionId } = await served();
    const location = await subscribe();
    sandbox.linxo.publish(connectionId, { event: 'A', connectionStatus });
    expect((await events(location))[0]).toMatchObject({ resource: { status: connectionStatus } });
  });
});

describe('across origins', () => {
  const origin = 'https://bank.example';

  it('Location can only be read if the server exposes it', async () => {
    for (const [exposed, names] of [
      [['location'], 'location'],
      [[], null],
    ] as const) {
      const { linxo } = await served({ cors: { origins: [origin], exposedHeaders: exposed } });
      const { headers } = await linxo('POST', '/queues/subscribe', { body: TOPICS, headers: { origin } });
      expect(headers.get('access-control-expose-headers')).toBe(names);
    }
  });

  it('a read with authorization needs a preflight, which has a lifetime', async () => {
    const { url } = await served({ cors: { origins: [origin], maxAge: 600 } });
    const response = await fetch(`${url}/linxo/queues/q`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-max-age')).toBe('600');
  });

  it('a read forbids caching by default', async () => {
    const { linxo, subscribe } = await served();
    expect((await linxo('GET', await subscribe())).headers.get('cache-control')).toBe('no-store');
    const other = await served({ readHeaders: { 'last-modified': 'Mon, 01 Mar 2027 08:00:00 GMT' } });
    const { headers } = await other.linxo('GET', await other.subscribe());
    expect(headers.get('cache-control')).toBeNull();
  });
});
