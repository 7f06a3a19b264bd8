import { describe, expect, it } from 'vitest';
import { isBanksideError } from '../../../src/index.ts';
import { located, ScriptedQueue, status } from '../fixtures/scripted-queue.ts';
import { useQueueWorld } from '../fixtures/use-queue-world.ts';

const world = useQueueWorld();

describe('Q1 every form of Location leads to the same queue', () => {
  it.each([
    ['relative to the host, as in the documents', '/queues/q-1'],
    ['relative, with a slash at the end', '/queues/q-1/'],
    ['relative without a slash', 'queues/q-1'],
    ['relative to the request', '../queues/q-1'],
    ['with the version in front', '/linxo/v2.1/queues/q-1'],
    ['absolute', 'https://bank.example/linxo/queues/q-1'],
    ['absolute, with a slash at the end', 'https://bank.example/linxo/queues/q-1/'],
    ['without a scheme', '//bank.example/linxo/queues/q-1'],
    ['of a server behind a gateway', 'http://internal.example:8080/queues/q-1'],
    ['with a query', '/queues/q-1?region=eu'],
    ['with a slash and a query', '/queues/q-1/?region=eu'],
    ['with a fragment', '/queues/q-1#top'],
  ])('%s', async (_name, location) => {
    const server = new ScriptedQueue().next('subscribe', () => located(location));
    const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });

    poller.start();
    await world.pass(0);

    expect(emitted.subscribed).toEqual([{ queueId: 'q-1' }]);
    expect(poller.queueId).toBe('q-1');
    expect(server.sent.map(({ request }) => `${request.method} ${request.url}`)).toEqual([
      'POST https://bank.example/linxo/queues/subscribe',
      'GET https://bank.example/linxo/queues/q-1',
    ]);
  });

  it('Q1 an escaped id is escaped again in the next request', async () => {
    const server = new ScriptedQueue().next('subscribe', () => located('/queues/a%2Fb%3Fc%20%C3%A9/'));
    const poller = world.poller({ fetch: server.fetch });

    poller.start();
    await world.pass(0);

    expect(poller.queueId).toBe('a/b?c é');
    expect(server.sent[1]?.request.url).toBe('https://bank.example/linxo/queues/a%2Fb%3Fc%20%C3%A9');
  });
});

describe('Q1 Q7 an unusable Location ends the poller, and the error says what to do', () => {
  it.each([
    ['is missing, or hidden by CORS', undefined, 'none that this page may read'],
    ['is empty', '', 'another'],
    ['names no queue', '/queues/', 'another'],
    ['leads elsewhere', '/login', 'another'],
    ['leads out of the queues', '/queues/..', 'another'],
    ['cannot be decoded', '/queues/%E0%A4%A', 'another'],
  ])('%s', async (_name, location, received) => {
    const server = new ScriptedQueue().next('subscribe', () =>
      status(201, location === undefined ? {} : { location }),
    );
    const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });
    const started = poller.start().catch((error: unknown) => error);

    await world.pass(0);
    const error = await started;

    if (!isBanksideError(error, 'INVALID_RESPONSE')) throw error;
    expect(error.details).toMatchObject({ server: 'queue', type: 'subscribe', received });
    expect(error.message).toContain("'Access-Control-Expose-Headers: Location'");
    expect(emitted.failure).toEqual([{ error, retryIn: undefined }]);
    expect(poller.status).toBe('failed');
    await world.pass(3_600_000);
    expect(server.sent).toHaveLength(1);
  });
});

it('Q1 the sandbox without a Location causes the same error', async () => {
  world.linxo.configure({ location: 'missing' });
  const poller = world.poller();
  const started = poller.start().catch((error: unknown) => error);

  await world.pass(0);

  expect(await started).toMatchObject({ code: 'INVALID_RESPONSE' });
});
