import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followLinxoWidget, type LinxoWidgetEnd, type LinxoWidgetOptions } from '../../src/index.ts';
import { refusalBy } from '../harness/refusal.ts';

/** As Linxo's widget writes it. */
const MESSAGE = {
  eventName: 'redirect_to',
  redirect_url: '/success',
  status: 'success',
  result: 'created',
  connection_id: 'connection-1',
};
const END: LinxoWidgetEnd = {
  status: 'success',
  result: 'created',
  connectionId: 'connection-1',
  redirectUrl: '/success',
};
const NOTHING: LinxoWidgetEnd = {
  status: undefined,
  result: undefined,
  connectionId: undefined,
  redirectUrl: undefined,
};

const origin = 'https://embed.linxo.example';
const source = { postMessage() {} } as unknown as Window;
const report = vi.fn();

let page: EventTarget;
/** What the poller was told, in order, and what the page was told. */
let heard: (string | LinxoWidgetEnd)[];

beforeEach(() => {
  page = new EventTarget();
  heard = [];
  report.mockClear();
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  vi.stubGlobal('reportError', report);
});

afterEach(() => {
  vi.unstubAllGlobals();
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

const poller = {
  track: (connectionId: string) => void heard.push(`track ${connectionId}`),
  nudge: () => void heard.push('nudge'),
};

function follow(options: Partial<LinxoWidgetOptions> = {}): () => void {
  return followLinxoWidget(poller, { origin, source, onEnd: (end) => heard.push(end), ...options });
}

/** A message arrives; from the widget, unless the test says otherwise. */
function post(data: unknown, from: { source?: unknown; origin?: string } = {}): void {
  page.dispatchEvent(Object.assign(new Event('message'), { source, origin, data, ...from }));
}

describe('the end of the widget', () => {
  it.each([
    ['an object', MESSAGE],
    ['JSON text', JSON.stringify(MESSAGE)],
  ])('Q5 tracks the connection that it names, nudges the poller and tells the page: %s', (_form, message) => {
    follow();
    post(message);
    expect(heard).toEqual(['track connection-1', 'nudge', END]);
  });

  it.each([
    ['an error', { status: 'error', result: 'failed' }],
    ['given up', { status: 'cancelled' }],
    ['nothing else', {}],
    ['null', { connection_id: null, status: null, result: null, redirect_url: null }],
  ])('Q5 without a connection nudges the poller too: %s', (_what, fields) => {
    const { status, result } = fields as { status?: string; result?: string };
    follow();
    post({ eventName: 'redirect_to', ...fields });
    expect(heard).toEqual([
      'nudge',
      { ...NOTHING, status: status ?? undefined, result: result ?? undefined },
    ]);
  });

  it.each([
    ['a number', 4_711, '4711'],
    ['zero', 0, '0'],
    ['text of a number', '4711', '4711'],
  ])('Q3 an id that is %s is text', (_what, id, text) => {
    follow();
    post({ ...MESSAGE, connection_id: id });
    expect(heard).toEqual([`track ${text}`, 'nudge', { ...END, connectionId: text }]);
  });

  it.each([
    ['empty', ''],
    ['a dot', '.'],
    ['two dots', '..'],
    ['half a character', '\ud800'],
    ['a line break', 'a\nb'],
    ['too long', 'x'.repeat(2_049)],
    ['NaN', Number.NaN],
    ['Infinity', Infinity],
    ['a boolean', true],
    ['a list', ['connection-1']],
    ['an object', { id: 'connection-1' }],
  ])('S3 an id that is no part of an address is ignored: %s', (_what, id) => {
    follow();
    post({ ...MESSAGE, connection_id: id });
    expect(heard).toEqual(['nudge', { ...END, connectionId: undefined }]);
  });

  it('S4 a field of another type is as if it were missing', () => {
    follow();
    post({ eventName: 'redirect_to', redirect_url: { href: '/' }, status: 1, result: ['created'] });
    expect(heard).toEqual(['nudge', NOTHING]);
  });

  it('S4 fields that nobody knows pass', () => {
    follow();
    post({ ...MESSAGE, queue_id: 'queue-1', more: { deep: new Map([[1, 2]]) } });
    expect(heard).toEqual(['track connection-1', 'nudge', END]);
  });

  it.each([
    ['__proto__', '{"__proto__":{"polluted":1,"status":"error"}'],
    ['constructor', '{"constructor":{"prototype":{"polluted":1}}'],
  ])('S4 keys that pollute prototypes change nothing: %s', (_key, begin) => {
    const text = JSON.stringify({ ...MESSAGE, status: undefined }).replace('{', `${begin},`);
    follow();
    post(text);
    post(JSON.parse(text));
    const end = ['track connection-1', 'nudge', { ...END, status: undefined }];
    expect(heard).toEqual([...end, ...end]);
  });

  it('S4 fields under the name of a prototype are none of the message', () => {
    follow();
    post(`{"__proto__":${JSON.stringify(MESSAGE)}}`);
    expect(heard).toEqual([]);
  });

  it('Q5 is told each time: a frame may be used again', () => {
    follow();
    post(MESSAGE);
    post({ ...MESSAGE, connection_id: 'connection-2' });
    expect(heard.filter((what) => typeof what === 'string')).toEqual([
      'track connection-1',
      'nudge',
      'track connection-2',
      'nudge',
    ]);
  });

  it('Q5 needs no onEnd', () => {
    follow({ onEnd: undefined });
    post(MESSAGE);
    expect(heard).toEqual(['track connection-1', 'nudge']);
    expect(report).not.toHaveBeenCalled();
  });
});

describe('other messages', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a number', 1],
    ['a string', 'redirect_to'],
    ['an empty string', ''],
    ['half of a JSON text', '{"eventName":"redirect_to"'],
    ['JSON text of null', 'null'],
    ['JSON text of text', JSON.stringify(JSON.stringify(MESSAGE))],
    ['a list', [MESSAGE]],
    ['no name', { ...MESSAGE, eventName: undefined }],
    ['another name', { ...MESSAGE, eventName: 'resize' }],
    ['a name with a capital', { ...MESSAGE, eventName: 'Redirect_to' }],
    ['a name in a list', { ...MESSAGE, eventName: ['redirect_to'] }],
    ['a name of another field', { ...MESSAGE, eventName: undefined, type: 'redirect_to' }],
  ])('S4 are ignored without noise: %s', (_what, data) => {
    const log = vi.spyOn(console, 'error');
    follow();
    post(data);
    expect(heard).toEqual([]);
    expect(report).not.toHaveBeenCalled();
    expect(log).not.toHaveBeenCalled();
    log.mockRestore();
  });
});

describe('S3 messages count only from the given window and origin', () => {
  it.each([
    ['another window of that origin', { source: { postMessage() {} } }],
    ['that window, when it shows another origin', { origin: 'https://evil.example' }],
    ['that window, when it is sandboxed', { origin: 'null' }],
    ['that window, without an origin', { origin: '' }],
    ['an origin that begins alike', { origin: `${origin}.evil.example` }],
    ['another scheme', { origin: origin.replace('https', 'http') }],
    ['another port', { origin: `${origin}:8443` }],
    ['a window that is gone', { source: null }],
    ['a port', { source: new MessageChannel().port1 }],
  ])('S3 not %s', (_what, from) => {
    follow();
    post(MESSAGE, from);
    post({ ...MESSAGE, origin, source: 'linxo' }, from);
    expect(heard).toEqual([]);
  });

  it('S3 not by what a message says of itself', () => {
    follow();
    post({ ...MESSAGE, origin: 'https://evil.example' });
    expect(heard).toHaveLength(3);
  });

  it('S3 a function gives the window of the moment', () => {
    const frame: { contentWindow: Window | null } = { contentWindow: null };
    follow({ source: () => frame.contentWindow });
    post(MESSAGE);
    post(MESSAGE, { source: null });
    expect(heard).toEqual([]);
    frame.contentWindow = source;
    post(MESSAGE);
    expect(heard).toHaveLength(3);
    frame.contentWindow = { postMessage() {} } as unknown as Window;
    post(MESSAGE);
    expect(heard).toHaveLength(3);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('x');
      },
    ],
    ['returns nothing', () => undefined],
  ])('S3 a function that %s has no window', (_what, given) => {
    follow({ source: given });
    post(MESSAGE);
    post(MESSAGE, { source: undefined });
    post(MESSAGE, { source: null });
    expect(heard).toEqual([]);
    expect(report).not.toHaveBeenCalled();
  });

  it('S3 an origin may end in a slash or name the usual port', () => {
    follow({ origin: `${origin}:443/` });
    post(MESSAGE);
    expect(heard).toHaveLength(3);
  });
});

describe('the page', () => {
  it.each([
    [
      'throws',
      (error: Error) => {
        throw error;
      },
    ],
    [
      'rejects',
      async (error: Error) => {
        throw error;
      },
    ],
  ])('Q10 an onEnd that %s is reported, and stops nothing', async (_what, fail) => {
    const error = new Error('of the page');
    follow({
      onEnd(end) {
        heard.push(end);
        return fail(error);
      },
    });
    post(MESSAGE);
    post(MESSAGE);
    await new Promise(setImmediate);
    expect(heard).toHaveLength(6);
    expect(report.mock.calls).toEqual([[error], [error]]);
  });

  it('Q10 an onEnd may stop it', () => {
    const stop = follow({
      onEnd(end) {
        heard.push(end);
        stop();
      },
    });
    post(MESSAGE);
    post(MESSAGE);
    expect(heard).toHaveLength(3);
  });

  it('S3 is never navigated', () => {
    const location = { href: 'https://www.bank.example/', assign: vi.fn(), replace: vi.fn() };
    vi.stubGlobal('location', location);
    follow();
    post(MESSAGE);
    expect(heard.at(-1)).toEqual(END);
    expect(location.href).toBe('https://www.bank.example/');
    expect([location.assign, location.replace].flatMap(({ mock }) => mock.calls)).toEqual([]);
  });
});

describe('the end of following', () => {
  /** How many listeners the page has. */
  const count = (): number => listeners.size;
  const listeners = new Set<unknown>();

  beforeEach(() => {
    listeners.clear();
    vi.stubGlobal('addEventListener', (type: string, listener: EventListener) => {
      listeners.add(listener);
      page.addEventListener(type, listener);
    });
    vi.stubGlobal('removeEventListener', (type: string, listener: EventListener) => {
      listeners.delete(listener);
      page.removeEventListener(type, listener);
    });
  });

  it('Q8 its function stops it, however often it is called', () => {
    const stop = follow();
    const other = follow();
    expect(count()).toBe(2);
    stop();
    stop();
    expect(count()).toBe(1);
    post(MESSAGE);
    expect(heard).toHaveLength(3);
    other();
    post(MESSAGE);
    expect(heard).toHaveLength(3);
    expect(count()).toBe(0);
  });

  it('Q8 so does its signal', () => {
    const controller = new AbortController();
    const stop = follow({ signal: controller.signal });
    post(MESSAGE);
    controller.abort();
    post(MESSAGE);
    expect(heard).toHaveLength(3);
    expect(count()).toBe(0);
    stop();
  });

  it('Q8 with a signal that has aborted, it never begins', () => {
    const stop = follow({ signal: AbortSignal.abort() });
    post(MESSAGE);
    expect(heard).toEqual([]);
    expect(count()).toBe(0);
    stop();
  });

  it('Q8 leaves no listener at a signal that lives longer', () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    follow({ signal })();
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
      added.mock.calls.map(([, listener]) => listener),
    );
    expect(added).toHaveBeenCalledTimes(1);
  });

  it('S2 on a server, which has no window, nothing happens', () => {
    vi.stubGlobal('addEventListener', undefined);
    vi.stubGlobal('removeEventListener', undefined);
    const source = vi.fn();
    const stop = follow({ source });
    stop();
    stop();
    expect(source).not.toHaveBeenCalled();
  });
});

describe('wrong options', () => {
  const good = { origin, source };
  it.each<[what: string, options: unknown, option: string, received: string]>([
    ['no options', undefined, 'source', 'undefined'],
    ['no source', { origin }, 'source', 'undefined'],
    ['null as source', { ...good, source: null }, 'source', 'null'],
    ['a frame as source', { ...good, source: { contentWindow: {} } }, 'source', 'object'],
    ['the window itself', { ...good, source: globalThis }, 'source', 'this very one'],
    ['no origin', { source }, 'origin', 'undefined'],
    ['any origin', { ...good, origin: '*' }, 'origin', "'*'"],
    ['an origin of nobody', { ...good, origin: 'null' }, 'origin', "'null'"],
    ['an address', { ...good, origin: `${origin}/hush` }, 'origin', 'string'],
    ['a list of origins', { ...good, origin: [origin] }, 'origin', 'object'],
    ['text as onEnd', { ...good, onEnd: 'hush' }, 'onEnd', 'string'],
    ['null as onEnd', { ...good, onEnd: null }, 'onEnd', 'null'],
    ['no signal', { ...good, signal: {} }, 'signal', 'object'],
  ])('S3 are named: %s', (_what, options, option, received) => {
    const error = refusalBy(() => followLinxoWidget(poller, options as LinxoWidgetOptions));
    expect(error.details).toMatchObject({ option, received });
    expect(error.message).not.toContain('hush');
    post(MESSAGE);
    expect(heard).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['no track', { nudge() {} }, 'object'],
    ['no nudge', { track() {} }, 'object'],
  ])('S3 so is what is no poller: %s', (_what, given, received) => {
    const error = refusalBy(() => followLinxoWidget(given as typeof poller, good));
    expect(error.details).toMatchObject({ option: 'poller', received });
  });
});
