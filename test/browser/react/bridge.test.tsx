import { Component, type ReactNode, StrictMode, Suspense, useEffect, useState } from 'react';
import { describe, expect, test } from 'vitest';
import { type Transport, WidgetBridge } from '../../../src/index.ts';
import { useBridge, useBridgeEvent, useWidgetBridge } from '../../../src/react.ts';
import { createTestTransport } from '../../../src/testing/index.ts';
import { act } from './act.ts';
import { type Mounted, mount } from './mount.ts';

/** The bridges that a test creates with `useWidgetBridge`, and their signals. */
function maker(transport: Transport = createTestTransport()) {
  const made: { bridge: WidgetBridge; signal: AbortSignal }[] = [];
  const create = (signal: AbortSignal): WidgetBridge => {
    const bridge = new WidgetBridge({ transport });
    made.push({ bridge, signal });
    return bridge;
  };
  return { made, create, fates: () => made.map(({ bridge }) => bridge.getSnapshot().disposed) };
}

/** Like the vendor's component: passes each request to `handlePersoEvent`, and gets replies at `PersoWidget`. */
function Widget({ handlePersoEvent, ask }: { handlePersoEvent(message: unknown): void; ask: string }) {
  useEffect(() => {
    handlePersoEvent({
      requestString: 'sendRequestToPServer',
      requestId: ask,
      json: { requestData: { type: 'getInsights' }, requestId: ask },
    });
  }, [handlePersoEvent, ask]);
  return <p>{ask}</p>;
}

describe('useWidgetBridge', () => {
  test('B9 the component has a bridge at the first paint, only one, and disposes it', async () => {
    const { made, create, fates } = maker();
    const pictures: (WidgetBridge | undefined)[] = [];
    function Page() {
      const bridge = useWidgetBridge(create);
      useEffect(() => {
        pictures.push(bridge);
      });
      return bridge && <p>here</p>;
    }

    const page = await mount(<Page />);
    await page.render(<Page />);

    expect(made).toHaveLength(1);
    expect(new Set(pictures.slice(1))).toEqual(new Set([made[0]?.bridge]));
    expect(page.element.textContent).toBe('here');
    await page.unmount();
    expect(fates()).toEqual([true]);
    expect(made[0]?.signal.aborted).toBe(true);
  });

  test('B9 under StrictMode one bridge is created, it is the one on the page, and it is disposed', async () => {
    const { made, create, fates } = maker();
    let last: WidgetBridge | undefined;
    function Page() {
      last = useWidgetBridge((signal) => create(signal)); // another function in each render
      return null;
    }

    const page = await mount(
      <StrictMode>
        <Page />
      </StrictMode>,
    );

    expect(fates()).toEqual([false]);
    expect(last).toBe(made[0]?.bridge);
    await page.unmount();
    expect(fates()).toEqual([true]);
  });

  test('B9 a render that React discards creates no bridge', async () => {
    const { made, create } = maker();
    let load: () => void = () => {};
    const loaded = new Promise<void>((resolve) => {
      load = resolve;
    });
    let isLoaded = false;
    void loaded.then(() => {
      isLoaded = true;
    });
    function Page() {
      useWidgetBridge(create);
      if (!isLoaded) throw loaded; // like `use`, which React 18 does not have
      return <p>loaded</p>;
    }

    const page = await mount(
      <Suspense fallback="loading">
        <Page />
      </Suspense>,
    );
    expect(page.element.textContent).toBe('loading');
    expect(made).toHaveLength(0);

    await act(async () => load());
    expect(page.element.textContent).toBe('loaded');
    expect(made).toHaveLength(1);
    await page.unmount();
  });

  test('another key is another bridge', async () => {
    const { create, fates } = maker();
    function Page() {
      useWidgetBridge(create);
      return null;
    }

    const page = await mount(<Page key="ada" />);
    await page.render(<Page key="ben" />);

    expect(fates()).toEqual([true, false]);
    await page.unmount();
  });

  test('B9 an error of create reaches the error boundary, and ends what create has made', async () => {
    class Boundary extends Component<{ children: ReactNode }> {
      override state = { message: '' };
      static getDerivedStateFromError = ({ message }: Error) => ({ message });
      override render(): ReactNode {
        return this.state.message || this.props.children;
      }
    }
    const signals: AbortSignal[] = [];
    function Page() {
      useWidgetBridge((signal) => {
        signals.push(signal);
        return new WidgetBridge({ transport: {} as Transport });
      });
      return null;
    }

    const page = await mount(
      <Boundary>
        <Page />
      </Boundary>,
    );

    const words = "option 'transport': expected an object with a function send";
    expect(page.element.textContent).toContain(words);
    // What create made before it threw is ended, after each attempt of React.
    expect(signals.map(({ reason }) => String(reason))).toEqual(
      signals.map(() => expect.stringContaining(words)),
    );
    expect(signals).not.toEqual([]);
    await page.unmount();
  });

  test('B9 a thousand components mount and unmount, and nothing of them is left', async () => {
    const { made, create, fates } = maker();
    function Page() {
      const bridge = useWidgetBridge(create);
      useBridgeEvent(bridge, 'request', () => {});
      useBridge(bridge);
      return null;
    }

    const page = await mount(null);
    const keys = Array.from({ length: 1_000 }, (_, key) => key);
    while (keys.length) await page.render(keys.splice(0, 100).map((key) => <Page key={key} />));
    await page.unmount();

    expect(made).toHaveLength(1_000);
    expect(fates()).not.toContain(false);
    expect(made.every(({ signal }) => signal.aborted)).toBe(true);
  });
});

describe('a widget of the React layout', () => {
  const replies: [unknown, unknown][] = [];
  const personetics = {
    handlePServerResponse(...reply: [unknown, unknown]) {
      replies.push(reply);
    },
  };

  test('B1 B3 d: gets each answer once, under StrictMode too', async () => {
    const transport = createTestTransport();
    const { create } = maker(transport);
    function Page({ ask }: { ask: string }) {
      const bridge = useWidgetBridge((signal) => create(signal));
      useEffect(() => bridge?.attach(personetics, {}), [bridge]);
      return bridge && <Widget handlePersoEvent={bridge.handlePersoEvent} ask={ask} />;
    }
    const page = await mount(
      <StrictMode>
        <Page ask="1" />
      </StrictMode>,
    );
    await page.render(
      <StrictMode>
        <Page ask="2" />
      </StrictMode>,
    );

    await act(async () => {
      for (const { request, answer } of transport.waiting) answer({ ok: true, id: request.requestId });
    });

    const kept = replies.filter(([reply]) => (reply as { ok: boolean }).ok);
    expect(kept.map(([, id]) => id).sort()).toEqual(['1', '2']);
    await page.unmount();
  });
});

describe('useBridge', () => {
  /** A page with a bridge that the test creates. */
  async function open(Reader: (props: { bridge: WidgetBridge }) => ReactNode) {
    const transport = createTestTransport();
    const bridge = new WidgetBridge({ transport });
    const page: Mounted = await mount(<Reader bridge={bridge} />);
    return { bridge, transport, page };
  }

  test('a component sees what is pending', async () => {
    const { bridge, transport, page } = await open(({ bridge }) => {
      const { pending } = useBridge(bridge);
      return pending.map(({ type }) => type).join();
    });

    await act(async () => void bridge.send('pserver', { type: 'getInsights' }));
    expect(page.element.textContent).toBe('getInsights');
    await act(async () => transport.last.answer({}));
    expect(page.element.textContent).toBe('');
    await page.unmount();
    bridge.dispose();
  });

  test('it does not render again for what it does not read, even if select creates new objects', async () => {
    let renderings = 0;
    let objects = 0;
    const { bridge, page } = await open(({ bridge }) => {
      const { isBusy } = useBridge(bridge, ({ pending }) => ({ isBusy: pending.length > 0 }));
      objects += 1;
      return `${isBusy}`;
    });
    function Reader() {
      const isBusy = useBridge(bridge, ({ pending }) => pending.length > 0);
      renderings += 1;
      return `${isBusy}`;
    }
    await page.render(<Reader />);
    expect(objects).toBe(1);

    for (let times = 0; times < 20; times += 1)
      await act(async () => void bridge.send('pserver', { type: 'getInsights' }).catch(() => {}));

    expect(page.element.textContent).toBe('true');
    expect(renderings).toBe(2);
    await page.unmount();
    bridge.dispose();
  });
});

describe('useBridgeEvent', () => {
  test('each event reaches the handler of the last render, once, while it is mounted', async () => {
    const received: string[] = [];
    const bridges = [1, 2].map(() => new WidgetBridge({ transport: createTestTransport() }));
    function Listener({ bridge, name }: { bridge: WidgetBridge | undefined; name: string }) {
      useBridgeEvent(bridge, 'navigateToPage', ({ data }) => received.push(`${name}: ${data}`));
      return null;
    }
    const tree = (bridge: WidgetBridge | undefined, name: string) => (
      <StrictMode>
        <Listener bridge={bridge} name={name} />
      </StrictMode>
    );
    const page = await mount(tree(undefined, 'none'));
    const [first, second] = bridges;

    for (const [bridge, name] of [
      [first, 'a'],
      [first, 'b'],
      [second, 'c'],
    ] as const) {
      await page.render(tree(bridge, name));
      for (const each of bridges) each.delegate.navigateToPage('/home');
    }
    await page.unmount();
    for (const each of bridges) each.delegate.navigateToPage('/late');

    expect(received).toEqual(['a: /home', 'b: /home', 'c: /home']);
    for (const each of bridges) each.dispose();
  });

  test('an event that a child emits as it mounts is received', async () => {
    const received: unknown[] = [];
    const { create } = maker();
    function Speaker({ bridge }: { bridge: WidgetBridge }) {
      useEffect(() => bridge.delegate.navigateToPage('/at once'), [bridge]);
      return null;
    }
    function Page() {
      const bridge = useWidgetBridge(create);
      useBridgeEvent(bridge, 'navigateToPage', ({ data }) => received.push(data));
      return bridge && <Speaker bridge={bridge} />;
    }

    const page = await mount(<Page />);

    expect(received).toEqual(['/at once']);
    await page.unmount();
  });

  test('S5 an event that does not exist is an error at the error boundary, which names the nearest', async () => {
    class Boundary extends Component<{ children: ReactNode }> {
      static readonly getDerivedStateFromError = ({ message }: Error) => ({ message });
      override readonly state: { message?: string } = {};
      override render(): ReactNode {
        return this.state.message ?? this.props.children;
      }
    }
    const { create } = maker();
    function Page() {
      const bridge = useWidgetBridge(create);
      useBridgeEvent(bridge, 'fail' as 'failure', () => {});
      return 'the page';
    }
    const page = await mount(
      <Boundary>
        <Page />
      </Boundary>,
    );

    expect(page.element.textContent).toBe("call 'on fail': an unknown name. Did you mean 'failure'?");
    await page.unmount();
  });

  test('a handler may set state', async () => {
    const { made, create } = maker();
    function Page() {
      const bridge = useWidgetBridge(create);
      const [page, setPage] = useState<unknown>('start');
      useBridgeEvent(bridge, 'navigateToPage', ({ data }) => setPage(data));
      return `${page}`;
    }
    const page = await mount(<Page />);

    await act(async () => made[0]?.bridge.delegate.navigateToPage('accounts'));

    expect(page.element.textContent).toBe('accounts');
    await page.unmount();
  });
});
