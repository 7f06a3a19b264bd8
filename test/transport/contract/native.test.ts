import { afterEach, vi } from 'vitest';
import { type NativeTransportOptions, nativeTransport, type ServerName } from '../../../src/index.ts';
import { base64, type NativeCall, type ShellName, shellNames, standIn } from '../fixtures/native-app.ts';
import { keepsTheContract } from './contract.ts';
import type { Ability, Arrival, Channel, Driver } from './driver.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const SERVERS: Readonly<Record<string, ServerName>> = {
  sendRequestToPServer: 'pserver',
  sendRequestToEnrichServer: 'enrich',
  sendRequestToOBServer: 'ob',
};

const cannot: Partial<Record<Ability, string>> = {
  'hear of the end': 'no published message tells native code that a request has been given up',
  refuse: 'native code has no way to refuse but an error reply, which is a reply',
};

/** Native code calls the function of the page that the entry point stands for; which of the page's entry points does not matter. */
function arrivalOf(call: NativeCall, answer: (reply: object, requestId: string) => unknown): Arrival {
  const { sender, requestData, requestId, requestHeaders = {} } = call;
  return {
    server: SERVERS[sender] as ServerName,
    body: requestData,
    headers: Object.fromEntries(
      Object.entries(requestHeaders).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    gone: false,
    answer: (reply) => answer(reply, requestId),
  };
}

/** Published native code answers in Base64. 10 MB of it are read only once, since that is slow. */
function formOf(shell: ShellName): (reply: object) => string {
  return shell === 'ios' ? base64 : JSON.stringify;
}

/** Those that the contract's widget asks for. */
const widgetHeaders = ['x-trace', 'x-other'];

/** The data of a navigation, as it was before it was named. */
function unnamed(requestData: unknown): unknown {
  const { requestString, ...data } = typeof requestData === 'string' ? JSON.parse(requestData) : requestData;
  return requestString === 'navigateToPage' && data;
}

for (const name of shellNames) {
  keepsTheContract({
    name: `nativeTransport in ${name}`,
    cannot: { ...cannot, 'break off': 'what is posted there goes without an answer' },
    connect(): Channel {
      const arrivals: Arrival[] = [];
      const notices: (readonly [string, unknown])[] = [];
      const transport = nativeTransport({ shell: name, widgetHeaders });
      standIn(name, {
        onCall: (call) =>
          void arrivals.push(
            arrivalOf(call, (reply, wireId) => transport.receive?.(formOf(name)(reply), wireId)),
          ),
        onNotice: (notice, data) => void notices.push([notice, unnamed(data)]),
      });
      return { transport, arrivals, notices };
    },
  });
}

/** Shells whose native code answers by what it returns. */
const promising: Readonly<Record<string, (ask: (json: string) => unknown) => NativeTransportOptions>> = {
  'ios with a WKScriptMessageHandlerWithReply': (ask) => {
    vi.stubGlobal('webkit', { messageHandlers: { personeticsApple: { postMessage: ask } } });
    return { shell: 'ios' };
  },
  'flutter with a handler of flutter_inappwebview': (ask) => {
    vi.stubGlobal('flutter_inappwebview', {
      callHandler: (channel: string, json: string) => channel === 'bank' && ask(json),
    });
    return { shell: 'flutter', channel: 'bank' };
  },
};

for (const [name, inject] of Object.entries(promising)) {
  const driver: Driver = {
    name: `nativeTransport in ${name}`,
    cannot: { ...cannot, 'answer twice': 'a promise settles once' },
    connect(): Channel {
      const arrivals: Arrival[] = [];
      const notices: (readonly [string, unknown])[] = [];
      const options = inject((json) => {
        const message = JSON.parse(json);
        const sender = message.requestType ?? message.requestString;
        const call: NativeCall = { ...(message.requestInformation ?? message), sender };
        if (!SERVERS[sender]) return notices.push([sender, unnamed(call.requestData)]);
        return new Promise((resolve, reject) => {
          const breakOff = (): void => reject(new Error('The app is gone'));
          arrivals.push({ ...arrivalOf(call, resolve), breakOff });
        });
      });
      return { transport: nativeTransport({ ...options, widgetHeaders }), arrivals, notices };
    },
  };
  keepsTheContract(driver);
}
