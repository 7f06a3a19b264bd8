import { describe, expect, test, vi } from 'vitest';
import {
  type PortTransportOptions,
  portTransport,
  type ServePortOptions,
  servePort,
} from '../../../src/index.ts';
import { refusalBy } from '../../harness/refusal.ts';

const target: Pick<Window, 'postMessage'> = { postMessage() {} };
const origin = 'https://bank.example';
const transport = { send: () => ({}) };

const refused = (options: unknown) => refusalBy(() => portTransport(options as PortTransportOptions));
const refusedToServe = (options: unknown) => refusalBy(() => servePort(options as ServePortOptions));

describe('S3 the origin', () => {
  test.each([
    ['left out', undefined, 'undefined'],
    ['any', '*', "'*'"],
    ['none', 'null', "'null'"],
    ['empty', '', 'an empty string'],
    ['no address', 'bank.example', 'string'],
    ['with a path', 'https://bank.example/hush', 'string'],
    ['with a query', 'https://bank.example/?hush', 'string'],
    ['with a user', 'https://hush@bank.example', 'string'],
    ['of a file', 'file:///hush', "a page of 'file:', which has no origin"],
    ['of no file', 'file://', "a page of 'file:', which has no origin"],
    ['of a file on a server', 'FILE://hush', "a page of 'FILE:', which has no origin"],
    ['of data', 'data:text/html,hush', "a page of 'data:', which has no origin"],
    ['of a blob', 'blob:https://hush.example/0', "a page of 'blob:', which has no origin"],
    ['of a script', 'javascript://hush', "a page of 'javascript:', which has no origin"],
    ['about nothing', 'about:blank', "a page of 'about:', which has no origin"],
    ['of an app, with a path', 'capacitor://localhost/hush', 'string'],
    ['of an app, with a path of slashes', 'capacitor://localhost//', 'string'],
    ['of an app, with a query', 'capacitor://localhost?hush', 'string'],
    ['of an app, with a hash', 'capacitor://localhost/#hush', 'string'],
    ['of an app, with a user', 'capacitor://hush@localhost', 'string'],
    ['of an app, of any host', 'capacitor://*', 'string'],
    ['of an app, of no host', 'capacitor://', 'string'],
    ['of an app, of no host either', 'app:///index.html', 'string'],
    ['of an app, of no port', 'app://bundle:', 'string'],
    ['of an app, with space inside', 'app:// bundle', 'string'],
    ['of an app, with a line inside', 'app://bun\ndle', 'string'],
    ['of an app, with space before a slash', 'app://bundle /', 'string'],
    ['of an app, of an IPv6 address that is none', 'capacitor://[::1::2]', 'string'],
    ['of an app, of an IPv6 address that does not end', 'capacitor://[::1', 'string'],
    ['of an app, of an empty IPv6 address', 'capacitor://[]', 'string'],
    ['of an app, of an IPv6 address and more', 'capacitor://[::1]hush', 'string'],
    ['of an app, of an IPv6 address and a path', 'capacitor://[::1]/hush', 'string'],
    ['of space alone', ' \n', 'string'],
    ['of any, with space', ' * ', "'*'"],
    ['of a file, with space before', ' file:///hush', "a page of 'file:', which has no origin"],
    ['with a scheme alone', 'capacitor:', 'string'],
    ['with a scheme and no slashes', 'capacitor:localhost', 'string'],
    ['without a scheme', '://localhost', 'string'],
    ['a URL', new URL(origin), 'object'],
    ['a pattern', /.*/, 'object'],
  ])('S3 %s', (_what, given, received) => {
    for (const error of [
      refused({ target, origin: given }),
      refusedToServe({ transport, source: target, origin: given }),
    ]) {
      expect(error.details).toMatchObject({
        option: 'origin',
        expected: expect.stringContaining('https://bank.example'),
        received,
      });
      expect(error.message).not.toContain('hush');
    }
  });

  test.each([
    ['https://Bank.Example', 'https://bank.example'],
    ['http://localhost:8080', 'http://localhost:8080'],
    [' https://bank.example', 'https://bank.example'],
    ['\thttps://bank.example/ \n', 'https://bank.example'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['capacitor://localhost', 'capacitor://localhost'],
    [' capacitor://localhost/\n', 'capacitor://localhost'],
    ['capacitor://[::1]', 'capacitor://[::1]'],
    ['capacitor://[::1]:80/', 'capacitor://[::1]:80'],
    ['app://[2001:DB8:0:0:0:0:0:1]:8080', 'app://[2001:db8::1]:8080'],
    ['app://[::ffff:127.0.0.1]', 'app://[::ffff:7f00:1]'],
    ['capacitor://localhost/', 'capacitor://localhost'],
    ['Capacitor://LocalHost', 'capacitor://localhost'],
    ['ionic://localhost', 'ionic://localhost'],
    ['ionic://localhost:8080', 'ionic://localhost:8080'],
    ['app://bundle', 'app://bundle'],
    ['app://-', 'app://-'],
    ['tauri://localhost', 'tauri://localhost'],
    [
      'chrome-extension://aapocclcgogkmnckokdopfmhonfmgoek',
      'chrome-extension://aapocclcgogkmnckokdopfmhonfmgoek',
    ],
    [
      'moz-extension://0f1c5d8e-4c3b-4f0e-9d3c-7d1f2a1b3c4d',
      'moz-extension://0f1c5d8e-4c3b-4f0e-9d3c-7d1f2a1b3c4d',
    ],
    ['com.bank.app+beta://main.page_1', 'com.bank.app+beta://main.page_1'],
  ])('S3 %s is posted to as browsers write it', (given, written) => {
    vi.stubGlobal('addEventListener', () => {});
    vi.stubGlobal('removeEventListener', () => {});
    const posted: unknown[] = [];
    const window = { postMessage: (_data: unknown, to: string) => posted.push(to) } as unknown as Window;

    portTransport({ target: window, origin: given }).dispose();
    servePort({ transport, source: window, origin: given })();

    expect(posted).toEqual([written, written]);
    vi.unstubAllGlobals();
  });

  test('S3 that the browser does not know is refused in words, and leaves no listener', () => {
    const listeners: unknown[] = [];
    vi.stubGlobal('addEventListener', (name: string) => listeners.push(name));
    const window = {
      postMessage() {
        throw new DOMException('Invalid target origin hush', 'SyntaxError');
      },
    } as unknown as Window;

    const error = refused({ target: window, origin: 'capacitor://localhost' });
    expect(error.details).toEqual({
      option: 'origin',
      expected: 'an origin that this browser knows',
      received: "'capacitor://localhost'",
    });
    expect(error.cause).toMatchObject({ name: 'SyntaxError' });
    expect(`${error.cause}`).not.toContain('hush');
    expect(listeners).toEqual([]);
    vi.unstubAllGlobals();
  });

  test('S3 may end in a slash, as addresses do', () => {
    vi.stubGlobal('addEventListener', () => {});
    vi.stubGlobal('removeEventListener', () => {});
    const posted: unknown[] = [];
    const window = { postMessage: (_data: unknown, to: string) => posted.push(to) } as unknown as Window;

    portTransport({ target: window, origin: `${origin}/` }).dispose();
    servePort({ transport, source: window, origin: `${origin}:443` })();

    expect(posted).toEqual([origin, origin]);
    vi.unstubAllGlobals();
  });
});

describe('the rest', () => {
  test.each<[what: string, options: unknown, option: string, received: string]>([
    ['nothing', undefined, 'port', 'undefined'],
    ['neither', {}, 'port', 'undefined'],
    ['null', { port: null }, 'port', 'null'],
    ['a window as port', { port: target }, 'port', 'object'],
    ['an object as port', { port: {} }, 'port', 'object'],
    ['both', { port: new MessageChannel().port1, target, origin }, 'target', 'object'],
    ['an origin for a port', { port: new MessageChannel().port1, origin: '*' }, 'origin', 'string'],
    ['an object as window', { target: {}, origin }, 'target', 'object'],
    ['null as window', { target: null, origin }, 'target', 'null'],
    ['the window itself', { target: globalThis, origin }, 'target', 'this very one'],
    ['a negative time', { target, origin, readyTimeout: -1 }, 'readyTimeout', '-1'],
    ['for ever', { target, origin, readyTimeout: Infinity }, 'readyTimeout', 'Infinity'],
    ['a string', { target, origin, readyTimeout: '5' }, 'readyTimeout', 'string'],
    ['beyond a timer', { target, origin, readyTimeout: 2 ** 31 }, 'readyTimeout', '2147483648'],
    ['no signal', { port: new MessageChannel().port1, signal: {} }, 'signal', 'object'],
  ])('of portTransport: %s', (_what, options, option, received) => {
    expect(refused(options).details).toMatchObject({ option, received });
  });

  test.each<[what: string, options: unknown, option: string, received: string]>([
    ['nothing', undefined, 'transport', 'undefined'],
    ['no transport', { port: new MessageChannel().port1 }, 'transport', 'undefined'],
    ['an empty transport', { transport: {}, port: new MessageChannel().port1 }, 'transport', 'object'],
    ['no client', { transport }, 'port', 'undefined'],
    ['null as window', { transport, source: null, origin }, 'source', 'null'],
    ['the window itself', { transport, source: globalThis, origin }, 'source', 'this very one'],
    ['no room', { transport, port: new MessageChannel().port1, maxPending: 0 }, 'maxPending', '0'],
    ['half a request', { transport, port: new MessageChannel().port1, maxPending: 1.5 }, 'maxPending', '1.5'],
    [
      'a text as room',
      { transport, port: new MessageChannel().port1, maxPending: '5' },
      'maxPending',
      'string',
    ],
    ['no time', { transport, port: new MessageChannel().port1, timeout: 0 }, 'timeout', '0'],
    [
      'time without end',
      { transport, port: new MessageChannel().port1, timeout: Infinity },
      'timeout',
      'Infinity',
    ],
    ['a string as time', { transport, port: new MessageChannel().port1, timeout: '5' }, 'timeout', 'string'],
    ['a window without an origin', { transport, source: () => null }, 'origin', 'undefined'],
    [
      'both',
      { transport, port: new MessageChannel().port1, source: () => null, origin },
      'source',
      'function',
    ],
  ])('of servePort: %s', (_what, options, option, received) => {
    expect(refusedToServe(options).details).toMatchObject({ option, received });
  });

  test('S5 on a server, a window that cannot be there is served by nothing, and nothing fails', () => {
    vi.stubGlobal('addEventListener', undefined);
    vi.stubGlobal('removeEventListener', undefined);
    const source = vi.fn(() => null);

    expect(() => servePort({ transport, source, origin })()).not.toThrow();
    expect(source).not.toHaveBeenCalled();
    vi.unstubAllGlobals();
  });

  test('a window of another origin, of which nearly nothing can be read, is one', () => {
    vi.stubGlobal('addEventListener', () => {});
    vi.stubGlobal('removeEventListener', () => {});
    const closed = new Proxy(target, {
      get(window, name) {
        if (name === 'postMessage') return window.postMessage;
        throw new DOMException('Blocked', 'SecurityError');
      },
    }) as unknown as Window;

    expect(() => portTransport({ target: closed, origin }).dispose()).not.toThrow();
    expect(() => servePort({ transport, source: closed, origin })()).not.toThrow();
    vi.unstubAllGlobals();
  });
});
