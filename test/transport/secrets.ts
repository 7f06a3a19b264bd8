import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import type { BridgeEvents, HttpTransportOptions, WidgetBridge } from '../../src/index.ts';
import { drive } from './clock.ts';
import { wire } from './wire.ts';

/** Every secret begins with this word, so that one look finds any of them. */
const SECRET = /hush[\w -]*/gi;
export const TOKEN = 'hush-token';
export const CONFIGURED = 'hush-configured-header';
export const BODY = { type: 'getInsights', account: 'hush-body' };
export const ASKED_FOR = { 'x-widget': 'hush-widget-header' };

/** What a page logs, or is told as uncaught, in the tests of a file. */
const logged = vi.fn();
export function watchLog(): void {
  beforeEach(() => {
    for (const method of ['debug', 'info', 'log', 'warn', 'error', 'trace', 'dir'] as const) {
      vi.spyOn(console, method).mockImplementation(logged);
    }
    vi.stubGlobal('reportError', logged);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    logged.mockReset();
  });
}

/** The secrets that a log, a monitor or a debugger would find on a value. */
export function leaksOf(value: unknown): string[] {
  return [...new Set(everythingOn(value).match(SECRET))];
}

function everythingOn(value: unknown): string {
  const texts = [
    inspect(value, { depth: 20, showHidden: true, maxStringLength: null }),
    JSON.stringify(value),
  ];
  for (let each = value; each instanceof Error; each = each.cause) {
    texts.push(String(each), each.message, each.stack ?? '', JSON.stringify(each));
    texts.push(
      ...Reflect.ownKeys(each).map((key) => inspect(Reflect.get(each as object, key), { depth: 20 })),
    );
  }
  return texts.join('\n');
}

/** Asks for something secret, and hands back every failure that was told, with the promise's own. */
export async function failuresOf(
  options: Partial<HttpTransportOptions>,
  act: (bridge: WidgetBridge) => void = () => {},
  body: object = BODY,
): Promise<BridgeEvents['failure'][]> {
  const { bridge, failures, ask } = wire({ authToken: TOKEN, headers: { 'x-csrf': CONFIGURED }, ...options });
  const asking = ask(body, ASKED_FOR);
  const sending = bridge.send('pserver', body).then(
    () => undefined,
    (error) => error,
  );
  act(bridge);
  await drive(asking);
  const rejection = await drive(sending);
  return rejection ? [...failures, { error: rejection }] : [...failures];
}

export function expectNoSecret(failures: readonly BridgeEvents['failure'][]): void {
  expect(failures.length).toBeGreaterThan(0);
  for (const { error, request } of failures) {
    expect(leaksOf(error)).toEqual([]);
    // The request that comes with it has what the widget gave, and nothing of the page's.
    const told = everythingOn(request);
    for (const secret of [TOKEN, CONFIGURED]) expect(told).not.toContain(secret);
  }
  expect(logged.mock.calls.flatMap((call) => call.flatMap(leaksOf))).toEqual([]);
}
