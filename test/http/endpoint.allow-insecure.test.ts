import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { HttpTransportOptions, QueuePollerOptions } from '../../src/index.ts';

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The package, as a page that has just come loads it. */
async function load(href: string): Promise<typeof import('../../src/index.ts')> {
  vi.resetModules();
  vi.stubGlobal('location', { href });
  return import('../../src/index.ts');
}

/** Not `refusalBy`, whose package is another copy. */
function thrownBy(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

const TRANSPORT: HttpTransportOptions = { endpoints: { pserver: '/hush?hush' }, authToken: 'hush' };
const POLLER: QueuePollerOptions = { baseUrl: '/hush', accessToken: 'hush', storage: false };
const INTRANET = 'http://intranet.bank.example/hush';

test('T1 a page that came over plain HTTP gets one warning, without any address', async () => {
  const { httpTransport, QueuePoller } = await load(INTRANET);

  httpTransport(TRANSPORT);
  httpTransport({ ...TRANSPORT, allowInsecure: true });
  new QueuePoller(POLLER);

  expect(vi.mocked(console.warn).mock.calls).toEqual([
    [expect.stringMatching(/^bankside: .*plain HTTP.*'endpoints\.pserver'/)],
  ]);
  expect(JSON.stringify(vi.mocked(console.warn).mock.calls)).not.toMatch(/hush|bank\.example/);
});

test('T1 the poller warns too', async () => {
  const { QueuePoller } = await load(INTRANET);

  new QueuePoller(POLLER);

  expect(console.warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("'baseUrl'"));
});

test('T1 `allowInsecure: false` refuses such a page, and names the endpoint', async () => {
  const { httpTransport, QueuePoller, isBanksideError } = await load(INTRANET);

  for (const [make, option] of [
    [() => httpTransport({ ...TRANSPORT, allowInsecure: false }), 'endpoints.pserver'],
    [() => new QueuePoller({ ...POLLER, allowInsecure: false }), 'baseUrl'],
  ] as const) {
    const error = thrownBy(make);
    if (!isBanksideError(error, 'INVALID_OPTIONS')) throw error;
    expect(error.details.option).toBe(option);
    expect(`${error.message} ${JSON.stringify(error.details)}`).not.toContain('hush');
  }
  expect(console.warn).not.toHaveBeenCalled();
});

test.each(['https://www.bank.example/', 'http://localhost:3000/', 'http://127.0.0.1/', 'http://[::1]:8080/'])(
  'T1 a page at %s gets no warning and no error',
  async (href) => {
    const { httpTransport, QueuePoller } = await load(href);

    httpTransport({ ...TRANSPORT, allowInsecure: false });
    new QueuePoller({ ...POLLER, allowInsecure: false });
    httpTransport(TRANSPORT);

    expect(console.warn).not.toHaveBeenCalled();
  },
);

test.each([[null], ['false'], [0]])('T1 allowInsecure: %j', async (allowInsecure) => {
  const { httpTransport, QueuePoller, isBanksideError } = await load('https://www.bank.example/');

  for (const make of [
    () => httpTransport({ ...TRANSPORT, allowInsecure: allowInsecure as never }),
    () => new QueuePoller({ ...POLLER, allowInsecure: allowInsecure as never }),
  ]) {
    const error = thrownBy(make);
    if (!isBanksideError(error, 'INVALID_OPTIONS')) throw error;
    expect(error.details).toMatchObject({ option: 'allowInsecure', expected: 'true or false' });
  }
});
