import { beforeEach, expect, test } from 'vitest';
import type { ServerName } from '../../../src/index.ts';
import { createSandbox, type Sandbox } from '../../../src/testing/index.ts';
import { type Ask, asking } from '../fixtures/ask.ts';

const COMMAND = { type: 'getNumberOfInsights' };

let sandbox: Sandbox;
let ask: Ask;

beforeEach(() => {
  sandbox = createSandbox();
  ask = asking(sandbox);
});

async function status(server: ServerName = 'pserver', type = COMMAND.type): Promise<number> {
  return (await ask(server, { type })).status;
}

test('faults apply once, in order', async () => {
  sandbox.fault({ kind: 'error', status: 500 });
  sandbox.fault({ kind: 'error', status: 503 });

  expect([await status(), await status(), await status()]).toEqual([500, 503, 200]);
});

test('a count is a number of requests', async () => {
  sandbox.fault({ kind: 'error', count: 2 });

  expect([await status(), await status(), await status()]).toEqual([500, 500, 200]);
});

test('a probability of 1 applies until the faults are cleared', async () => {
  sandbox.fault({ kind: 'error', probability: 1 });

  expect([await status(), await status(), await status()]).toEqual([500, 500, 500]);
  sandbox.clearFaults();
  expect(await status()).toBe(200);
});

test('a fault waits for its server and its type', async () => {
  sandbox.fault({ kind: 'error', server: 'enrich' });
  sandbox.fault({ kind: 'error', type: 'getInsights' });
  sandbox.fault({ kind: 'error', server: 'ob', type: 'getAccounts' });

  expect(await status()).toBe(200);
  expect(await status('pserver', 'getInsights')).toBe(500);
  expect(await status('pserver', 'getInsights')).toBe(200);
  expect(await status('ob', 'refreshTime')).toBe(200);
  expect(await status('ob', 'getAccounts')).toBe(500);
  expect(await status('enrich', 'getUserSubscriptions')).toBe(500);
});

test('a refused request does not consume a fault', async () => {
  sandbox.fault({ kind: 'error', status: 503 });

  expect((await asking(sandbox, 'nobody')('pserver', COMMAND)).status).toBe(401);
  expect((await ask('pserver', '{}')).status).toBe(400);
  expect(await status()).toBe(503);
});

test('a fault object that is changed later has no effect', async () => {
  const fault = { kind: 'error' as const, status: 503 };
  sandbox.fault(fault);
  fault.status = 1;

  expect(await status()).toBe(503);
});
