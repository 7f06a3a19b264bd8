import { afterEach, beforeEach, vi } from 'vitest';
import { createTestWidget, type ShippedTestWidget } from '../../../src/testing/index.ts';

/** One call of a function of the delegate. Objects are as they were then: the widget changes its own afterwards. */
export interface DelegateCall {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly self: unknown;
}

export interface SpiedDelegate {
  readonly delegate: Record<string, unknown>;
  readonly calls: DelegateCall[];
  /** The arguments of each call of one function. */
  argsOf(name: string): (readonly unknown[])[];
}

/** All that the widget may call, and what it never calls. */
const NAMES = [
  'sendRequestToPServer',
  'sendRequestToEnrichServer',
  'sendRequestToOBServer',
  'sendRequestToServer',
  'sessionError',
  'widgetEvent',
  'navigateToPage',
  'sessionEnded',
  'sessionStarted',
  'registered',
  'handleError',
  'handleWidgetAction',
  'personeticsEvent',
  'callPersoneticsAPI',
  'handlePServerResponse',
  'handleServerResponse',
];

/** A delegate that remembers its calls. */
export function spyDelegate(instead: Record<string, unknown> = {}): SpiedDelegate {
  const calls: DelegateCall[] = [];
  const delegate: Record<string, unknown> = {};
  for (const name of NAMES) {
    delegate[name] = function (this: unknown, ...args: unknown[]) {
      calls.push({ name, args: args.map(asItIs), self: this });
    };
  }
  const argsOf = (name: string) => calls.filter((call) => call.name === name).map(({ args }) => args);
  return { delegate: Object.assign(delegate, instead), calls, argsOf };
}

function asItIs(value: unknown): unknown {
  const isPlain = Object.prototype.toString.call(value) === '[object Object]';
  return isPlain ? { ...(value as object) } : value;
}

/** Time stands still at this point, unless a test moves it. */
export const NOW: number = Date.UTC(2026, 2, 5, 7, 8, 9);

export function stopTheClock(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
}

export interface Started extends SpiedDelegate {
  readonly widget: ShippedTestWidget;
  /** The id of the latest request of this type. */
  idOf(type: string): string;
  /** Answers the latest request of this type. */
  reply(type: string, reply: unknown): void;
}

/** A widget of build 21.5 that has its delegate. Without Base64, unless the options say so. */
export function initialized(options: object = {}, spy: SpiedDelegate = spyDelegate()): Started {
  const widget = createTestWidget({ build: '21.5' });
  widget.initialize({ pDelegate: spy.delegate, base64EncodeResponse: false, ...options });
  return { widget, ...spy, ...replying(widget, spy) };
}

/** A widget of build 21.5 that shows a view. */
export function started(config: object, spy: SpiedDelegate = spyDelegate()): Started {
  const widget = createTestWidget({ build: '21.5' });
  widget.startWidget({ pDelegate: spy.delegate, ...config });
  return { widget, ...spy, ...replying(widget, spy) };
}

function replying(widget: ShippedTestWidget, spy: SpiedDelegate): Pick<Started, 'idOf' | 'reply'> {
  const idOf = (type: string): string => {
    const sent = spy.calls.filter(({ args }) => (args[1] as { type?: unknown } | undefined)?.type === type);
    return sent.at(-1)?.args[2] as string;
  };
  return { idOf, reply: (type, reply) => widget.handlePServerResponse(reply, idOf(type)) };
}

/** What was reported, as name and value. */
export function reportsOf(spy: SpiedDelegate): [eventId: unknown, value: unknown][] {
  return spy
    .argsOf('widgetEvent')
    .map(([, params]) => params as { eventType?: string; eventId?: unknown; eventData?: { value: unknown } })
    .filter(({ eventType }) => eventType === 'reporting')
    .map(({ eventId, eventData }) => [eventId, eventData?.value]);
}

/** Base64 of UTF-8. */
export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
