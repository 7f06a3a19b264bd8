import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { type NativeShell, type NativeTransportOptions, nativeTransport } from '../../../src/index.ts';
import { bridgeTests } from '../../bridge/fixtures/bridge-tests.ts';
import { turn } from '../../bridge/fixtures/turn.ts';
import { SECRET, thrown } from '../../harness/thrown.ts';
import { type ShellName, shellNames, standIn } from '../fixtures/native-app.ts';

const { setUpWith } = bridgeTests();

const BODY = { type: 'getInsights', lang: 'en' };

const ATTACKS = {
  authToken: 'x',
  Authorization: 'x',
  'x-forwarded-user': 'admin',
  'X-Original-URL': '/admin',
  'x-http-method-override': 'DELETE',
  'proxy-authorization': 'x',
  'transfer-encoding': 'chunked',
  'accept ': 'x',
  аccept: 'x',
  'content-language': 'en\r\nx-forwarded-user: admin',
};

function inShell(shell: ShellName, options: NativeTransportOptions = {}) {
  const app = standIn(shell);
  return { app, ...setUpWith(nativeTransport({ shell, ...options })) };
}

/** A shell of the page, whose functions the test replaces. */
function shellThat(functions: Partial<NativeShell>): NativeShell {
  return { bridge: 'mine', isThere: () => true, postRequest: vi.fn(), postNotice: vi.fn(), ...functions };
}

describe.each(shellNames)('T1 in %s, of the widget’s headers', (shell) => {
  it('T1 those pass by default that say what a body is, and in which language', () => {
    const { app, delegate, events } = inShell(shell);
    const passing = {
      Accept: 'a/b',
      'accept-language': 'en',
      'Content-Language': 'fr',
      'content-type': 'c/d',
    };
    delegate.sendRequestToPServer({ ...passing }, BODY, 'r1');

    expect(app.last.requestHeaders).toEqual(passing);
    expect(events.of('droppedHeaders')).toEqual([]);
  });

  it('T1 no other reaches the app, and each is reported once', () => {
    const { app, delegate, events } = inShell(shell);
    for (const id of ['r1', 'r2']) delegate.sendRequestToPServer({ ...ATTACKS, accept: 'a/b' }, BODY, id);

    expect(app.calls.map(({ requestHeaders }) => requestHeaders)).toEqual([
      { accept: 'a/b' },
      { accept: 'a/b' },
    ]);
    expect(JSON.stringify(app.posted)).not.toMatch(/admin|chunked|DELETE/);
    const names = events.of('droppedHeaders').flatMap((event) => event.names);
    expect(names.sort()).toEqual(Object.keys(ATTACKS).sort());
  });

  it('T1 the option widgetHeaders names others', () => {
    const { app, delegate } = inShell(shell, { widgetHeaders: ['X-Channel'] });
    delegate.sendRequestToPServer({ 'x-channel': 'app', accept: 'a/b' }, BODY, 'r1');
    delegate.sendRequestToPServer({ accept: 'a/b' }, BODY, 'r2');

    expect(app.calls.map(({ requestHeaders }) => requestHeaders)).toEqual([
      { 'x-channel': 'app' },
      undefined,
    ]);
  });
});

it('T1 your own shell without a place for headers gets none, and all are reported', async () => {
  const postRequest = vi.fn();
  const shell = shellThat({ postRequest, takesHeaders: false });
  const { delegate, events } = setUpWith(nativeTransport({ shell }));
  delegate.sendRequestToPServer({ accept: 'a/b', authToken: 'x' }, BODY, 'r1');

  expect(postRequest.mock.calls[0]?.[0].requestHeaders).toBeUndefined();
  expect(events.of('droppedHeaders').map(({ names }) => names)).toEqual([['accept', 'authToken']]);
});

it('T1 dropped headers are reported when a request is sent, and not before there is a shell', async () => {
  const { delegate, events } = setUpWith(nativeTransport({ shell: 'ios' }));
  delegate.sendRequestToPServer({ authToken: 'x' }, BODY, 'r1');
  expect(events.types).toEqual(['request']);
  const app = standIn('ios');
  vi.advanceTimersByTime(50);

  expect(app.calls).toHaveLength(1);
  expect(events.types).toEqual(['request', 'droppedHeaders']);
});

it('T1 a shell of the page’s own gets the same headers', () => {
  const postRequest = vi.fn();
  const { delegate } = setUpWith(nativeTransport({ shell: shellThat({ postRequest }) }));
  delegate.sendRequestToPServer({ ...ATTACKS, accept: 'a/b' }, BODY, 'r1');

  expect(postRequest.mock.calls[0]?.[0].requestHeaders).toEqual({ accept: 'a/b' });
});

it.each([['authToken'], ['Proxy-Authorization'], ['a b'], [''], [7], ['accept', 'cookie']])(
  'T1 widgetHeaders accepts no header of tokens or of the connection: %j',
  (...names) => {
    expect(() => nativeTransport({ widgetHeaders: names as string[] })).toThrow(
      expect.objectContaining({
        code: 'INVALID_OPTIONS',
        details: expect.objectContaining({ option: 'widgetHeaders' }),
      }),
    );
  },
);

it.each(thrown)('T4 an error of your own shell only keeps its name: %s', async (kind, error) => {
  const raise = (): never => {
    throw error;
  };
  const shells = [{ postRequest: raise }, { postRequest: () => Promise.reject(error) }, { takes: raise }];
  for (const functions of shells) {
    const { delegate, events, widget } = setUpWith(nativeTransport({ shell: shellThat(functions) }));
    delegate.sendRequestToPServer(BODY, 'r1');
    await turn();

    expect(events.errors).toMatchObject([
      { code: 'NETWORK', cause: { message: expect.stringContaining(kind) } },
    ]);
    expect(inspect(events.errors[0], { depth: 20, showHidden: true })).not.toContain(SECRET);
    expect(widget.replies).toHaveLength(1);
  }
});
