import { createContext, runInContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import { FAILURE } from '../bridge/fixtures/failure-reply.ts';
import { turn } from '../bridge/fixtures/turn.ts';
import { StandInPage } from '../webview-host/fixtures/stand-in-page.ts';
import { bundleEntry } from './bundle-entry.ts';

/** An app in an engine with only the language, timers, and an AbortController as in polyfills of old apps. */
const app = `
  class AbortController {
    constructor() {
      const listeners = [];
      this.signal = {
        aborted: false,
        addEventListener: (type, listener) => listeners.push(listener),
        removeEventListener: (type, listener) => listeners.splice(listeners.indexOf(listener) >>> 0, 1),
      };
      this.abort = () => {
        this.signal.aborted = true;
        for (const listener of [...listeners]) listener();
      };
    }
  }
  globalThis.AbortController = AbortController;
  const requests = [];
  const received = [];
  const transport = {
    send: (request, { signal }) =>
      new Promise((resolve, reject) => requests.push({ request, signal, resolve, reject })),
  };
  const onNotice = (name, data) => received.push([name, data]);
  const host = Entry.createWebViewHost({ transport, inject, onNotice, timeout: 5_000, pieceSize: 10 });
  host.on('failure', ({ error, duration }) => received.push([error.code, duration]));
`;

const absent = [
  'AbortSignal',
  'DOMException',
  'EventTarget',
  'TextDecoder',
  'TextEncoder',
  'URL',
  'atob',
  'btoa',
  'crypto',
  'document',
  'fetch',
  'navigator',
  'performance',
  'queueMicrotask',
  'reportError',
  'structuredClone',
  'window',
];

describe('S2 the built entry, in an engine with only the language and timers', () => {
  let entry: string;

  beforeAll(async () => {
    entry = await bundleEntry('dist/webview-host.js');
  });

  /** The app in its own realm, with a clock that the test moves. */
  function start() {
    const page = new StandInPage();
    const timers = new Map<number, () => void>();
    let time = 0;
    let last = 0;
    const engine = createContext({
      inject: page.injectJavaScript,
      Date: { now: () => time },
      setTimeout(run: () => void) {
        last += 1;
        timers.set(last, run);
        return last;
      },
      clearTimeout: (id: number) => timers.delete(id),
    });
    const run = (code: string): unknown => runInContext(code, engine);
    expect(absent.filter((name) => run(`typeof ${name}`) !== 'undefined')).toEqual([]);
    run(entry);
    run(app);
    const ask = (id: string): unknown =>
      run(
        `host.onMessage(${JSON.stringify(
          JSON.stringify({ requestString: 'sendRequestToPServer', requestData: { n: id }, requestId: id }),
        )})`,
      );
    const advance = (ms: number): void => {
      time += ms;
      for (const [id, fire] of [...timers]) {
        timers.delete(id);
        fire();
      }
    };
    return { page, timers, run, ask, advance, received: () => run('JSON.stringify(received)') };
  }

  it('passes on a request and its reply', async () => {
    const { ask, run, page, timers } = start();
    ask('1');
    run(`requests[0].resolve('{"text":"Żółć 🏦"}')`);
    await turn();

    expect(page.read).toEqual([[{ text: 'Żółć 🏦' }, '1']]);
    expect(page.scripts.length).toBeGreaterThan(1);
    expect(timers.size).toBe(0);
  });

  it('B11 reads a reply in Base64', async () => {
    const { ask, run, page } = start();
    ask('1');
    run(`requests[0].resolve('${Buffer.from('{"text":"Żółć 🏦"}').toString('base64')}')`);
    await turn();

    expect(page.read).toEqual([[{ text: 'Żółć 🏦' }, '1']]);
  });

  it('ends a request with a timeout, and aborts it', async () => {
    const { ask, advance, run, page, received, timers } = start();
    ask('1');
    advance(4_999);
    expect(page.replies).toEqual([]);
    advance(1);

    expect(page.read).toEqual([[FAILURE, '1']]);
    expect(received()).toBe('[["TIMEOUT",5000]]');
    expect(run('requests[0].signal.aborted')).toBe(true);
    await turn();
    expect(timers.size).toBe(0);
  });

  it('emits calls that are no requests, and reports what it cannot parse', async () => {
    const { run, received } = start();
    run(`host.onMessage('{"requestString":"sessionEnded","requestData":{"why":"idle"}}')`);
    run(`host.onMessage('{"requestString":')`);
    await turn();

    expect(received()).toBe('[["sessionEnded",{"why":"idle"}],["INVALID_CALL",null]]');
  });

  it('accepts a call in the documents’ form, with Maps', async () => {
    const { run } = start();
    const page = new StandInPage();
    run(
      'globalThis.call = (webView) => host.sendRequestToOBServer(webView, new Map([["type", "getAccounts"], ["requestId", 7]]))',
    );
    (run('call') as (webView: StandInPage) => void)(page);
    run('requests[0].resolve({ ok: true })');
    await turn();

    expect(page.read).toEqual([[{ ok: true }, 7]]);
  });

  it('ends all requests with dispose', async () => {
    const { ask, run, page, timers } = start();
    ask('1');
    run('host.dispose()');
    await turn();

    expect(page.read).toEqual([[FAILURE, '1']]);
    expect(run('requests[0].signal.aborted')).toBe(true);
    expect(timers.size).toBe(0);
  });
});
