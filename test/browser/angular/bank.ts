import { QueuePoller, type Transport, WidgetBridge } from '../../../src/index.ts';
import { createSandbox } from '../../../src/testing/index.ts';

/** A user's two connections, and pollers that follow them. */
export function userWithTwoBanks(): {
  readonly one: string;
  readonly other: string;
  readonly made: readonly QueuePoller[];
  create(): QueuePoller;
  polls(count: number): Promise<void>;
  synchronise(id: string): void;
  /** From now on, each poll fails. Returns the end of that. */
  breakQueue(): () => void;
} {
  const sandbox = createSandbox({ seed: 1, baseUrl: location.origin });
  const { linxo, issueAccessToken } = sandbox;
  const [one = '', other = ''] = [linxo.addConnection(), linxo.addConnection()].map(({ id }) => id);
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
  /** Resolves once this many more polls were answered. */
  const polls = (count: number): Promise<void> =>
    new Promise((resolve) => {
      let left = count;
      const off = made.at(-1)?.on('poll', () => {
        left -= 1;
        if (left > 0) return;
        off?.();
        resolve();
      });
    });
  /** Starts a short, successful synchronisation of a connection, and nudges the poller. */
  const synchronise = (id: string): void => {
    linxo.synchronise(id, 'success', { speed: 100 });
    made.at(-1)?.nudge();
  };
  const breakQueue = (): (() => void) => {
    sandbox.fault({ kind: 'network', server: 'linxo', type: 'queue', count: 1_000 });
    made.at(-1)?.nudge();
    return () => {
      sandbox.clearFaults();
      made.at(-1)?.nudge();
    };
  };
  return { one, other, made, create, polls, synchronise, breakQueue };
}

/** Bridges over a transport that answers with what it was asked. */
export function echoingBridges(): {
  readonly made: readonly { readonly bridge: WidgetBridge; readonly signal: AbortSignal }[];
  create(signal: AbortSignal): WidgetBridge;
} {
  const made: { bridge: WidgetBridge; signal: AbortSignal }[] = [];
  const transport: Transport = { send: async ({ body }) => ({ ok: true, body }) };
  const create = (signal: AbortSignal): WidgetBridge => {
    const bridge = new WidgetBridge({ transport });
    made.push({ bridge, signal });
    return bridge;
  };
  return { made, create };
}
