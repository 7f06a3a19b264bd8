import { expect, onTestFinished } from 'vitest';
import {
  type AnyBanksideError,
  type BridgeEvents,
  type BridgeOptions,
  type HttpTransportOptions,
  httpTransport,
  type ServerName,
  WidgetBridge,
} from '../../src/index.ts';
import { PSERVER } from './bank.ts';

export interface Wired {
  readonly bridge: WidgetBridge;
  /** Asks as a widget does, and resolves with what the widget gets for it. */
  ask(
    body: object | string,
    headers?: Readonly<Record<string, string>>,
    server?: ServerName,
  ): Promise<unknown>;
  /** Everything that the widget got. */
  readonly replies: readonly { readonly response: unknown; readonly requestId: string }[];
  readonly failures: readonly BridgeEvents['failure'][];
  /** The error of the only failure. Throws if there was none, or more. */
  readonly error: AnyBanksideError;
  /** The names of all events that tell an outcome, in order. */
  readonly outcomes: readonly ('reply' | 'failure' | 'orphan')[];
}

const SENDERS = {
  pserver: 'sendRequestToPServer',
  enrich: 'sendRequestToEnrichServer',
  ob: 'sendRequestToOBServer',
} as const;

/** A widget and its bridge over HTTP, for as long as the test runs. */
export function wire(
  http: Partial<HttpTransportOptions> = {},
  options: Omit<Partial<BridgeOptions>, 'transport'> = {},
): Wired {
  const transport = httpTransport({ endpoints: { pserver: PSERVER }, authToken: 'token-1', ...http });
  const bridge = new WidgetBridge({ transport, ...options });
  onTestFinished(() => bridge.dispose());

  const replies: { response: unknown; requestId: string }[] = [];
  const waiting = new Map<string, (response: unknown) => void>();
  bridge.attach(
    {
      handlePServerResponse(response: unknown, requestId: string) {
        replies.push({ response, requestId });
        waiting.get(requestId)?.(response);
      },
    },
    {},
  );

  const failures: BridgeEvents['failure'][] = [];
  const outcomes: ('reply' | 'failure' | 'orphan')[] = [];
  for (const type of ['reply', 'failure', 'orphan'] as const) bridge.on(type, () => outcomes.push(type));
  bridge.on('failure', (failure) => failures.push(failure));

  let lastId = 0;
  return {
    bridge,
    replies,
    failures,
    outcomes,
    get error() {
      const [failure, ...others] = failures;
      if (!failure || others.length > 0) throw new Error(`There were ${failures.length} failures, not one`);
      return failure.error;
    },
    ask(body, headers, server = 'pserver') {
      lastId += 1;
      const requestId = `id-${lastId}`;
      return new Promise((resolve) => {
        waiting.set(requestId, resolve);
        bridge.delegate[SENDERS[server]](headers ?? null, body, requestId);
      });
    },
  };
}

/** A command that may be sent again. */
export const READ = { type: 'getInsights' };
/** A command that must not be. */
export const WRITE = { type: 'rateInsight' };
/** What the widget gets for a failed request. */
export const FAILED: object = { ok: false, status: '600', statusMessage: expect.any(String) };
