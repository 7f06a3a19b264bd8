import { onTestFinished } from 'vitest';
import { type HttpTransportOptions, httpTransport, WidgetBridge } from '../../src/index.ts';
import type { AnswerScript } from './answer-script.ts';

/** A command that may be retried. */
export const READ = { type: 'getInsights' };
/** A command that must not be retried. */
export const WRITE = { type: 'rateInsight' };

export interface Wired {
  readonly bridge: WidgetBridge;
  /** Sends a request as a widget does, and resolves with what the widget gets. */
  ask(body: object | string, headers?: object | null): Promise<unknown>;
}

/** A widget and its bridge over the scripted server, until the test ends. */
export function wire(script: AnswerScript, options: Partial<HttpTransportOptions> = {}): Wired {
  const transport = httpTransport({
    endpoints: { pserver: script.address('pserver') },
    authToken: 'token-1',
    ...options,
  });
  const bridge = new WidgetBridge({ transport });
  onTestFinished(() => bridge.dispose());
  return {
    bridge,
    ask: (body, headers = null) =>
      new Promise((resolve) => {
        bridge.attach({ handlePServerResponse: resolve }, {});
        bridge.delegate.sendRequestToPServer(headers, body, '1');
      }),
  };
}
