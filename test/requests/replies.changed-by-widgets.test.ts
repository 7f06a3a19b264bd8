import { describe, expect, it } from 'vitest';
import { bridgeTests } from '../bridge/fixtures/bridge-tests.ts';
import { turn } from '../bridge/fixtures/turn.ts';

const { setUp } = bridgeTests();

/** As a widget that keeps its notes in what it gets. */
function spoil(response: unknown): void {
  (response as { list: number[] }).list.length = 0;
}

const reply = (): object => ({ ok: true, list: [1, 2] });

describe('B1 a widget that changes what it got', () => {
  it('the page hears what the server said', async () => {
    const { delegate, transport, widget, events } = setUp();
    widget.handlePServerResponse = spoil;
    delegate.sendRequestToPServer({ type: 'getInsights' }, 'r1');
    transport.last.answer(reply());
    await turn();

    expect(events.of('reply')).toMatchObject([{ response: reply() }]);
  });

  it('a reply that is nested too deep to be copied reaches the widget all the same', async () => {
    const { delegate, transport, widget, events } = setUp();
    let deep: object = { ok: true };
    for (let i = 0; i < 100_000; i += 1) deep = { ok: true, deep };
    delegate.sendRequestToPServer({ type: 'getInsights' }, 'r1');
    transport.last.answer(deep);
    await turn();

    expect(widget.replies).toHaveLength(1);
    expect(events.types).toEqual(['request', 'reply']);
  });

  it('B7 so is everybody else who waits for the reply', async () => {
    const { delegate, transport, widget } = setUp();
    const body = { type: 'getAccounts', requestId: 'r1' };
    const got: unknown[] = [];
    const keep = (response: unknown): void => {
      got.push(structuredClone(response));
      spoil(response);
    };
    widget.handlePServerResponse = keep;
    delegate.sendRequestToOBServer(body, keep, 'r1');
    delegate.sendRequestToOBServer(body, keep, keep);
    transport.last.answer(reply());
    await turn();

    expect(transport.sent).toHaveLength(1);
    expect(got).toEqual([reply(), reply(), reply()]);
  });
});
