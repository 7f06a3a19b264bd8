import { StrictMode } from 'react';
import { describe, expect, test } from 'vitest';
import { QueuePoller } from '../../../src/index.ts';
import { useConnection, useQueue, useQueueEvent, useQueuePoller } from '../../../src/react.ts';
import { createSandbox } from '../../../src/testing/index.ts';
import { act } from './act.ts';
import { mount } from './mount.ts';

/** A user's connections, and pollers that follow them. */
function useful() {
  const sandbox = createSandbox({ seed: 1, baseUrl: location.origin });
  const { linxo, issueAccessToken } = sandbox;
  const [one, other] = [linxo.addConnection(), linxo.addConnection()].map(({ id }) => id);
  const made: QueuePoller[] = [];
  const create = (): QueuePoller => {
    const poller = new QueuePoller({
      baseUrl: `${location.origin}/linxo`,
      accessToken: issueAccessToken(),
      storage: false,
      fetch: linxo.fetch,
      schedule: { close: 50 },
    });
    made.push(poller);
    return poller;
  };
  return { sandbox, linxo, one: String(one), other: String(other), made, create };
}

describe('useQueuePoller', () => {
  test('Q8 it polls while the component is mounted, and is one under StrictMode too', async () => {
    const { made, create } = useful();
    function Page() {
      return useQueue(useQueuePoller(create), ({ status }) => status);
    }
    const page = await mount(
      <StrictMode>
        <Page />
      </StrictMode>,
    );

    await expect.poll(() => act(async () => page.element.textContent)).toBe('polling');

    expect(made.map(({ status }) => status)).toEqual(['polling']);
    await page.unmount();
    expect(made.map(({ status }) => status)).toEqual(['stopped']);
  });

  test('Q7 the error of a poller that cannot start is emitted, and no rejection is unhandled', async () => {
    const codes: string[] = [];
    function Page() {
      const poller = useQueuePoller(
        () =>
          new QueuePoller({
            baseUrl: `${location.origin}/linxo`,
            accessToken: false,
            storage: false,
            fetch: async () => new Response(null, { status: 401 }),
          }),
      );
      useQueueEvent(poller, 'failure', ({ error }) => codes.push(error.code));
      return useQueue(poller).status;
    }
    const page = await mount(<Page />);

    await expect.poll(() => act(async () => page.element.textContent)).toBe('failed');

    expect(codes).toEqual(['UNAUTHORIZED']);
    await page.unmount();
  });
});

describe('useQueueEvent', () => {
  test('S5 an event that does not exist is an error that names the nearest', async () => {
    const { create } = useful();
    function Page() {
      useQueueEvent(useQueuePoller(create), 'gaps' as 'gap', () => {});
      return null;
    }

    await expect(mount(<Page />)).rejects.toMatchObject({
      code: 'INVALID_CALL',
      message: "call 'on gaps': an unknown name. Did you mean 'gap'?",
    });
  });
});

describe('useQueue', () => {
  test('Q4 a component shows why polls fail and when the next one is, until one succeeds', async () => {
    const { sandbox, made, create } = useful();
    const shown: (number | undefined)[] = [];
    function Page() {
      const failure = useQueue(useQueuePoller(create), (snapshot) => snapshot.failure);
      if (failure && shown.at(-1) !== failure.retryAt) shown.push(failure.retryAt);
      return failure?.error.code ?? 'no failure';
    }
    const page = await mount(<Page />);
    const text = () => act(async () => page.element.textContent);
    await expect.poll(() => act(async () => made[0]?.status)).toBe('polling');
    expect(await text()).toBe('no failure');

    sandbox.fault({ kind: 'network', server: 'linxo', type: 'queue', count: 1_000 });
    await expect.poll(text).toBe('NETWORK');
    await expect.poll(() => act(async () => made[0]?.nextPollIn)).toBeGreaterThan(500);
    const [moves, planned] = [shown.length, shown.at(-1)];
    await act(async () => made[0]?.nudge());
    await expect.poll(() => act(async () => shown.length)).toBeGreaterThan(moves);
    expect(shown[moves]).toBeLessThan(Number(planned));

    sandbox.clearFaults();
    await act(async () => made[0]?.nudge());
    await expect.poll(text).toBe('no failure');
    await page.unmount();
  });
});

describe('useConnection', () => {
  test('Q4 it renders when the connection comes into doubt, and when the doubt ends', async () => {
    const { sandbox, one, made, create } = useful();
    function Page() {
      const connection = useConnection(useQueuePoller(create), one);
      return connection ? `${connection.status}${connection.isDoubtful ? ' in doubt' : ''}` : 'unknown';
    }
    const page = await mount(<Page />);
    const text = () => act(async () => page.element.textContent);
    await expect.poll(text).toBe('NONE');

    sandbox.fault({ kind: 'network', server: 'linxo', type: 'queue', count: 1_000 });
    await act(async () => made[0]?.nudge());
    await expect.poll(text).toBe('NONE in doubt');

    sandbox.clearFaults();
    await act(async () => made[0]?.nudge());
    await expect.poll(text).toBe('NONE');
    await page.unmount();
  });

  test('Q3 it is known before an event names it, and renders for its own changes alone', async () => {
    const { linxo, one, other, made, create } = useful();
    const renderings = { [one]: 0, [other]: 0 };
    function Bank({ poller, id }: { poller: QueuePoller | undefined; id: string }) {
      const connection = useConnection(poller, id);
      renderings[id] = (renderings[id] ?? 0) + 1;
      return <p id={id}>{connection?.status}</p>;
    }
    function Page() {
      const poller = useQueuePoller(create);
      return [one, other].map((id) => <Bank key={id} poller={poller} id={id} />);
    }
    const page = await mount(<Page />);
    const statusOf = (id: string) => () =>
      act(async () => page.element.querySelector(`[id="${id}"]`)?.textContent);
    await expect.poll(statusOf(one)).toBe('NONE');
    await expect.poll(statusOf(other)).toBe('NONE');
    const before = renderings[other];

    linxo.publish(one, { event: 'SYNC_ALL_STARTED', channel: '8700', status: 'RUNNING' });
    made[0]?.nudge();

    await expect.poll(statusOf(one)).toBe('RUNNING');
    expect(renderings[other]).toBe(before);
    await page.unmount();
  });

  test.each([undefined, ''])(
    'no id (%j) is no connection, and another id is another connection',
    async (none) => {
      const { one, create } = useful();
      function Page({ id }: { id: string | undefined }) {
        return `${useConnection(useQueuePoller(create), id)?.id}`;
      }
      const page = await mount(<Page id={none} />);
      expect(page.element.textContent).toBe('undefined');

      await page.render(<Page id={one} />);

      await expect.poll(() => act(async () => page.element.textContent)).toBe(one);
      await page.unmount();
    },
  );
});
