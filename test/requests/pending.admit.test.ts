import { expect, it, vi } from 'vitest';
import { isBanksideError } from '../../src/index.ts';
import { bridgeTests } from '../bridge/fixtures/bridge-tests.ts';
import { FAILURE } from '../bridge/fixtures/failure-reply.ts';
import { turn } from '../bridge/fixtures/turn.ts';

const { setUp } = bridgeTests();

const BODY = { type: 'getInsights' };

it('B8 above maxPending, a request is answered with OVERLOADED and not sent', async () => {
  const { delegate, transport, widget, events } = setUp({ maxPending: 2 });
  for (const id of ['r1', 'r2', 'r3']) delegate.sendRequestToPServer(BODY, id);
  await turn();

  expect(transport.requests.map(({ requestId }) => requestId)).toEqual(['r1', 'r2']);
  expect(widget.replies).toEqual([[FAILURE, 'r3']]);
  const [error] = events.errors;
  expect(isBanksideError(error, 'OVERLOADED') && error.details).toEqual({
    requestId: 'r3',
    server: 'pserver',
    type: 'getInsights',
    elapsed: 0,
    maxPending: 2,
  });
});

it('B8 once drained, requests are sent again', async () => {
  const { delegate, transport, widget } = setUp({ maxPending: 1, timeout: 100 });
  const ask = async (id: string): Promise<void> => {
    delegate.sendRequestToPServer(BODY, id);
    await turn();
  };
  await ask('r1');
  await ask('refused 1');
  transport.last.answer({});
  await turn();
  await ask('r2');
  await ask('refused 2');
  vi.advanceTimersByTime(100);
  await ask('r3');
  transport.last.fail(new Error('x'));
  await turn();
  await ask('r4');
  transport.last.answer({});
  await turn();

  expect(transport.requests.map(({ requestId }) => requestId)).toEqual(['r1', 'r2', 'r3', 'r4']);
  expect(widget.replies.map(([, id]) => id)).toEqual(['refused 1', 'r1', 'refused 2', 'r2', 'r3', 'r4']);
});

it('B8 callbacks are failed, and so is the page’s own command', async () => {
  const { bridge, delegate } = setUp({ maxPending: 1 });
  const onSuccess = vi.fn();
  const onError = vi.fn();
  delegate.sendRequestToPServer(BODY, 'r1');
  delegate.sendRequestToPServer(BODY, onSuccess, onError);
  await expect(bridge.send('ob', BODY)).rejects.toMatchObject({ code: 'OVERLOADED' });

  expect(onError.mock.calls).toEqual([[FAILURE]]);
  expect(onSuccess).not.toHaveBeenCalled();
});

it('B8 an id that is pending already is a duplicate even then', async () => {
  const { delegate, transport, widget, events } = setUp({ maxPending: 1 });
  delegate.sendRequestToPServer(BODY, 'r1');
  delegate.sendRequestToPServer(BODY, 'r1');
  transport.last.answer({});
  await turn();

  expect(events.codes).toEqual(['DUPLICATE_REQUEST']);
  expect(widget.replies).toEqual([[{}, 'r1']]);
});

it('B8 the default is 1,000', async () => {
  const { delegate, transport, widget, events } = setUp();
  for (let id = 1; id <= 1_002; id += 1) delegate.sendRequestToPServer(BODY, id);
  await turn();

  expect(transport.sent).toHaveLength(1_000);
  expect(widget.replies.map(([, id]) => id)).toEqual([1_001, 1_002]);
  expect(events.codes).toEqual(['OVERLOADED', 'OVERLOADED']);
});
