import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { BanksideError, type ErrorCode, isBanksideError, type WidgetRequest } from '../../../src/index.ts';
import { quiet } from '../fixtures/clock.ts';
import { portTests } from '../fixtures/port-tests.ts';

const { client, host, ask } = portTests();

/** What arrives here of what the host's transport fails with. */
async function across(error: unknown, asked: Partial<WidgetRequest> = {}) {
  const { port1, port2 } = new MessageChannel();
  host({ transport: { send: () => Promise.reject(error) }, port: port2 });
  const caught: unknown = await ask(client({ port: port1 }), { request: asked }).catch((caught) => caught);
  if (!isBanksideError(caught)) throw new Error('No error of the package has arrived');
  return caught;
}

/** What arrives here of what a host says that is not of this package. */
async function heard(answer: object) {
  const { port1, port2 } = new MessageChannel();
  port2.onmessage = ({ data }) =>
    data.request && port2.postMessage({ bankside: 1, failure: data.request, ...answer });
  const caught: unknown = await ask(client({ port: port1 })).catch((caught) => caught);
  port2.close();
  if (!isBanksideError(caught)) throw new Error('No error of the package has arrived');
  return caught;
}

const request = { requestId: 'r1', server: 'pserver', type: 'rateInsight' } as const;
const details = { ...request, elapsed: 3 };

describe('T4 an error of this package crosses', () => {
  test.each<[ErrorCode, object]>([
    ['INVALID_OPTIONS', { option: 'headers', expected: 'headers', received: 'undefined' }],
    ['INVALID_CALL', { call: 'send', expected: 'a body', received: 'object' }],
    ['DUPLICATE_REQUEST', details],
    ['OVERLOADED', { ...details, maxPending: 3 }],
    ['NO_ENDPOINT', details],
    ['NO_CHANNEL', {}],
    ['TIMEOUT', { ...details, timeout: 70 }],
    ['NETWORK', details],
    ['HTTP', { ...details, status: 500 }],
    ['UNAUTHORIZED', { ...details, status: 401 }],
    ['INVALID_RESPONSE', { ...details, expected: 'JSON', received: 'string' }],
    ['ABORTED', details],
    ['DISPOSED', {}],
    ['QUEUE_EXPIRED', { queueId: 'q1' }],
    [
      'LOAD_FAILED',
      { src: 'https://bank.example/widget.js', global: 'personetics', reason: 'failed', status: 404 },
    ],
  ])('T4 %s, with its message and details', async (code, details) => {
    const error = await across(new BanksideError(code, 'What was said', details as never));

    expect(error).toBeInstanceOf(BanksideError);
    expect(error).toMatchObject({ code, message: 'What was said' });
    expect(error.details).toEqual({ ...details, ...request, elapsed: 0 });
    expect(error.cause).toBeUndefined();
  });

  test('T4 it has the details of the request as they are known here', async () => {
    const details = { requestId: 7, server: 'ob', type: 'other', elapsed: 99, status: 500 } as const;

    const error = await across(new BanksideError('HTTP', 'x', details));

    expect(error.details).toEqual({ ...request, elapsed: 0, status: 500 });
  });

  test('T4 of a type from the body it has the first 64 characters, on one line', async () => {
    const type = `two\nlines${'x'.repeat(100)}`;

    const error = await across(new BanksideError('NETWORK', 'x', details), { type });

    expect(error.details).toMatchObject({ type: `two\ufffdlines${'x'.repeat(55)}` });
  });

  test('T4 its causes do, where they are errors of this package too', async () => {
    const innermost = new BanksideError('HTTP', 'inner', { ...details, status: 502 });
    const inner = new BanksideError('NETWORK', 'middle', details, { cause: innermost });

    const error = await across(new BanksideError('NETWORK', 'outer', details, { cause: inner }));

    expect(error).toMatchObject({
      message: 'outer',
      cause: { code: 'NETWORK', message: 'middle', cause: { code: 'HTTP', details: { status: 502 } } },
    });
  });

  test('T4 causes that are each other’s do not go on for ever', async () => {
    const error = new BanksideError('NETWORK', 'round', details);
    error.cause = error;

    expect(await across(error)).toMatchObject({ message: 'round', cause: { message: 'round' } });
  });
});

describe('T4 nothing secret crosses', () => {
  class LeakyError extends Error {
    readonly request = { headers: { authToken: 'hush' } };
    override readonly name = 'LeakyError';
  }
  const leaky = (): Error => new LeakyError('https://bank.example/?token=hush', { cause: new Error('hush') });

  test.each<[string, unknown, object]>([
    ['another error', leaky(), { cause: { name: 'LeakyError' } }],
    [
      'a cause',
      new BanksideError('NETWORK', 'x', details, { cause: leaky() }),
      { cause: { name: 'LeakyError' } },
    ],
    [
      'a name that is none',
      Object.assign(new Error('x'), { name: 'hush hush' }),
      { cause: { name: 'Error' } },
    ],
    [
      'a name that is a token of letters alone',
      Object.assign(new Error('x'), { name: 'Ahushb' }),
      { cause: { name: 'Error' } },
    ],
    [
      'a code that is a token',
      Object.assign(new BanksideError('NETWORK', 'x', details), { code: 'hush' }),
      {},
    ],
    [
      'a code, a message and details that are functions',
      Object.assign(new BanksideError('NETWORK', 'x', details), {
        code: () => 'hush',
        message: () => 'hush',
        details: () => 'hush',
      }),
      {},
    ],
    [
      'details of a name that the code does not have',
      new BanksideError('HTTP', 'x', { ...details, status: 500, token: 'hush' } as never),
      {},
    ],
    [
      'details of a name that all errors have',
      new BanksideError('NETWORK', 'x', { ...details, type: 'hush', server: 'hush' } as never),
      {},
    ],
    ['a string', 'hush', { cause: { name: 'Error' } }],
    ['an object', { token: 'hush', cause: 'hush' }, { cause: { name: 'Error' } }],
    ['nothing', undefined, { cause: { name: 'Error' } }],
    [
      'details that hold more than plain values',
      new BanksideError('NETWORK', 'x', {
        ...details,
        headers: { token: 'hush' },
        show: () => 'hush',
      } as never),
      {},
    ],
    [
      'what is put on an error',
      Object.assign(new BanksideError('NETWORK', 'x', details), { request: { token: 'hush' } }),
      {},
    ],
  ])('T4 of %s', async (_what, thrown, expected) => {
    const error = await across(thrown);

    expect(error).toMatchObject({ details: request, ...expected });
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('hush');
    expect(error.stack).not.toContain('LeakyError');
  });

  test('T4 an error with getters that throw ends the request, too', async () => {
    const error = {
      get cause() {
        throw new Error('hush');
      },
    };

    expect(await across(error)).toMatchObject({ code: 'NETWORK', details: request });
  });
});

describe('B8 S4 the words of the host’s errors', () => {
  const long = 'x'.repeat(5_000);
  const lines = 'one\nGET /two \u202egnol\u0000';

  test('B8 are bounded', async () => {
    const mismatch = { expected: long, received: long };
    const error = await across(new BanksideError('INVALID_RESPONSE', long, { ...details, ...mismatch }));
    const forged = await heard({
      error: {
        code: 'INVALID_RESPONSE',
        message: long,
        details: mismatch,
        cause: { code: 'ABORTED', message: long },
      },
    });

    const short = 'x'.repeat(1_000);
    for (const one of [error, forged])
      expect(one).toMatchObject({ message: short, details: { expected: short, received: short } });
    expect(forged.cause).toMatchObject({ message: short });
  });

  test('B8 are not what a log would be filled with on the way', async () => {
    const { port1, port2 } = new MessageChannel();
    const failing = new BanksideError('QUEUE_EXPIRED', long, { queueId: long });
    host({ transport: { send: () => Promise.reject(failing) }, port: port2 });
    const posted: unknown[] = [];
    port1.addEventListener('message', ({ data }) => posted.push(data));
    await ask(client({ port: port1 })).catch(() => {});

    expect(JSON.stringify(posted).length).toBeLessThan(3_000);
  });

  test('S4 are of one line, and hide nothing', async () => {
    const plain = 'one\ufffdGET /two \ufffdgnol\ufffd';
    const mismatch = { expected: lines, received: lines };
    const error = await across(new BanksideError('INVALID_RESPONSE', lines, { ...details, ...mismatch }));
    const forged = await heard({ error: { code: 'INVALID_RESPONSE', message: lines, details: mismatch } });

    for (const one of [error, forged])
      expect(one).toMatchObject({ message: plain, details: { expected: plain, received: plain } });
  });

  test('T4 keep how long a page stood still, and the status of any error', async () => {
    const timeout = { ...details, timeout: 70, stoodStill: 5, status: 503 };

    const error = await across(new BanksideError('TIMEOUT', 'x', timeout));

    expect(error.details).toEqual({ ...timeout, ...request, elapsed: 0 });
  });
});

describe('T5 on a page that has frozen Error.prototype', () => {
  test('T5 an error of others crosses by its name', async () => {
    const name = Object.getOwnPropertyDescriptor(Error.prototype, 'name') as PropertyDescriptor;
    Object.defineProperty(Error.prototype, 'name', { value: 'Error', writable: false });
    try {
      expect(await across(new TypeError('hush'))).toMatchObject({
        code: 'NETWORK',
        cause: { name: 'TypeError' },
      });
    } finally {
      Object.defineProperty(Error.prototype, 'name', name);
    }
  });
});

describe('S4 a failure that is not written as ours', () => {
  test.each<[string, unknown, RegExp]>([
    [
      'a code of a later version',
      { code: 'QUANTUM', message: 'x', details: {} },
      /with QUANTUM, which is not known/,
    ],
    ['a code that is none', { code: '<b>hush</b>', message: 'x', details: {} }, /^The other side failed \(/],
    [
      'a name from a prototype',
      { code: 'constructor', message: 'x', details: {} },
      /^The other side failed \(/,
    ],
    [
      'details that are missing',
      { code: 'HTTP', message: 'x', details: {} },
      /^The other side failed with HTTP/,
    ],
    [
      'details of another type',
      { code: 'HTTP', message: 'x', details: { status: '5' } },
      /^The other side failed/,
    ],
    ['no message', { code: 'NETWORK', details: {} }, /^The other side failed/],
    ['no object', 'hush', /^The other side failed/],
    ['nothing', undefined, /^The other side failed/],
  ])('S4 %s', async (_what, error, message) => {
    const caught = await heard({ error });

    expect(caught).toMatchObject({
      code: 'NETWORK',
      message: expect.stringMatching(message),
      details: request,
    });
    expect(caught.message).toContain('(rateInsight to pserver)');
    expect(inspect(caught)).not.toContain('hush');
  });

  test('S4 keys that pollute', async () => {
    const details = JSON.parse('{"status":500,"__proto__":{"polluted":1}}');
    const caught = await heard({ error: { code: 'HTTP', message: 'x', details } });

    expect(caught).toMatchObject({ code: 'HTTP', details: { status: 500 } });
    expect((caught.details as { polluted?: unknown }).polluted).toBeUndefined();
    await quiet();
  });
});
