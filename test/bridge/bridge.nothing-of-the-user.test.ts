import { expect, it, vi } from 'vitest';
import { WidgetBridge } from '../../src/index.ts';
import { createTestTransport } from '../../src/testing/doubles.ts';
import { collectGarbage } from '../harness/collect-garbage.ts';
import { bridgeTests } from './fixtures/bridge-tests.ts';
import { turn } from './fixtures/turn.ts';

bridgeTests();

/** Of what the objects here stand for, those that can still be reached. */
async function held(references: ReadonlyMap<string, WeakRef<object>>): Promise<string[]> {
  await collectGarbage();
  return [...references].filter(([, reference]) => reference.deref()).map(([name]) => name);
}

it('B9 once it is disposed, a bridge holds nothing of the user', async () => {
  const references = new Map<string, WeakRef<object>>();
  const known = <T extends object>(name: string, value: T): T => {
    references.set(name, new WeakRef(value));
    return value;
  };
  /** As the page holds it: its transport answers some, some never, and some late. */
  const settle: ((response: unknown) => void)[] = [];
  const bridge = new WidgetBridge({
    transport: {
      send: () => new Promise((resolve) => settle.push(resolve)),
      receive: () => false,
    },
  });
  const widget = {
    handlePServerResponse: () => new Promise<void>(() => undefined),
  };

  await (async () => {
    bridge.attach(widget);
    const { delegate } = bridge;
    for (const id of ['answered', 'never', 'superseded', 'superseded']) {
      delegate.sendRequestToPServer(known(`body of ${id} ${references.size}`, { n: references.size }), id);
    }
    const callback = known('callback', () => undefined);
    const joining = (): object => ({ type: 'x', requestId: 'joined' });
    delegate.sendRequestToOBServer(joining(), () => undefined);
    delegate.sendRequestToOBServer(joining(), callback);
    bridge.getSnapshot();
    settle.shift()?.(known('reply', { ok: true }));
    await turn();
    delegate.sendRequestToPServer(known('body of the last', { n: 9 }), 'last');
    bridge.dispose();
    delegate.sendRequestToPServer(known('body of one after that', { n: 10 }), 'late');
    await turn();
  })();

  // What never settles is the transport's, and holds the requests that it was given no longer.
  const left = await held(references);
  expect(left).toEqual([]);
  expect(bridge.getSnapshot()).toEqual({ pending: [], disposed: true });
  expect(settle.length).toBeGreaterThan(0);
});

it('B9 an ended request keeps neither its callers nor its text, though its transport never settles', async () => {
  const references = new Map<string, WeakRef<object>>();
  const promises: Promise<unknown>[] = [];
  const bridge = new WidgetBridge({
    transport: {
      send() {
        const never = new Promise<unknown>(() => undefined);
        promises.push(never);
        return never;
      },
    },
    timeout: 100,
  });
  (() => {
    const callback = (): void => undefined;
    references.set('callback', new WeakRef(callback));
    bridge.delegate.sendRequestToPServer({ type: 'x' }, callback);
  })();
  vi.advanceTimersByTime(100);
  await turn();

  expect(await held(references)).toEqual([]);
  expect(promises).toHaveLength(1);
  bridge.dispose();
});

it('B9 once it is disposed, static fields of RegExp hold nothing of the user', () => {
  const bridge = new WidgetBridge({ transport: createTestTransport() });
  bridge.delegate.sendRequestToPServer('{"token":"token-of-somebody"}', 'r1');
  /(token)-of/.test('token-of-somebody');
  bridge.dispose();
  const { input, lastMatch, leftContext, rightContext, $1, lastParen } = RegExp as never as Record<
    string,
    string
  >;

  expect([input, lastMatch, leftContext, rightContext, $1, lastParen].join('')).toBe('');
});
