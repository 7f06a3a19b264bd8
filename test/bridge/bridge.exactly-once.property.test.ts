import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BridgeModel, IDS, type Step, TIMEOUT } from './fixtures/bridge-model.ts';
import { behaviours } from './fixtures/hostile-transport.ts';
import { countListeners } from './fixtures/listeners.ts';

const id = fc.constantFrom(...IDS);
const body = fc.nat(2);
const which = fc.nat(5);

const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('call', 'call with callback'), id, body }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('call with callbacks', 'send'), body }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('reply'), id }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('advance'), ms: fc.nat(TIMEOUT + 10) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('deliver'), which }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('abort'), which }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('turn') }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('attach', 'detach', 'misfit') }) },
  ) as fc.Arbitrary<Step>,
  { maxLength: 40 },
);

/** With, now and then, an end before the end. */
const lives = fc
  .tuple(steps, fc.option(steps, { freq: 3 }))
  .map(([before, after]): Step[] => (after ? [...before, { do: 'dispose' }, ...after] : before));

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Runs a bridge through many random lives, and checks what is left of it. */
async function afterEveryLife(look: (model: BridgeModel) => void): Promise<void> {
  await fc.assert(
    fc.asyncProperty(behaviours, lives, async (plan, life) => {
      const model = new BridgeModel(plan);
      await model.run(life);
      look(model);
    }),
  );
}

describe('whatever the transport, the widget and the page do, in any order', () => {
  it('B1 B7 of each id the newest call is answered once, or reported as NO_CHANNEL', async () => {
    await afterEveryLife((model) => {
      for (const { id, answers, isReplaced } of model.calls) {
        expect(answers).toBeLessThanOrEqual(1);
        if (!isReplaced && !model.hadNoWidget(id)) expect(answers).toBe(1);
      }
      expect(model.strays).toEqual([]);
    });
  });

  it('B1 B7 every call with callbacks has one of them called once, and every command settles once', async () => {
    await afterEveryLife(({ callbacks, commands }) => {
      for (const times of [...callbacks, ...commands]) expect(times).toBe(1);
    });
  });

  it('B1 every request that began has one outcome, and was sent at most once', async () => {
    await afterEveryLife(({ events, transport }) => {
      const begun = events.of('request').map(({ request }) => request);
      const orphans = events.of('orphan').filter(({ reason }) => reason === 'superseded');
      const ends = [...events.of('reply'), ...events.of('failure'), ...orphans];
      const ended = ends.map((end) => ('request' in end ? end.request : undefined));
      for (const request of begun) expect(ended.filter((other) => other === request)).toHaveLength(1);
      expect(new Set(transport.requests).size).toBe(transport.requests.length);
      for (const request of transport.requests) expect(begun).toContain(request);
    });
  });

  it('B9 nothing is left, and nothing begins after dispose', async () => {
    const listeners = countListeners();
    await afterEveryLife(({ bridge, events }) => {
      expect(bridge.getSnapshot()).toEqual({ pending: [], disposed: true });
      expect(vi.getTimerCount()).toBe(0);
      expect(listeners()).toBe(0);
      const firstDisposed = events.errors.findIndex(({ code }) => code === 'DISPOSED');
      const after = events.all.slice(
        events.all.findIndex(({ event }) => event === events.of('failure')[firstDisposed]),
      );
      if (firstDisposed >= 0) expect(after.map(({ type }) => type)).not.toContain('request');
    });
  });
});
