import {
  asBase64,
  asJson,
  type HttpTransportOptions,
  httpTransport,
  nativeTransport,
  QueuePoller,
  WidgetBridge,
} from 'bankside';
import type { ChannelKind } from 'bankside/testing';
import type { Settings } from '../settings.ts';
import { API } from '../worker/api.ts';

/** What the page's wiring needs of the sandbox. */
export interface Wires {
  readonly settings: Settings;
  /** Where the sandbox is in the page. */
  readonly fetch?: typeof fetch | undefined;
  readonly channelKind: (channelDefinitionId: string) => ChannelKind | undefined;
  readonly hasQueue: boolean;
}

const REPLY_FORMS = { object: undefined, json: asJson, base64: asBase64 };

/** The page's bridge and poller, as the wiring code of the playground makes them. */
export function wire(wires: Wires): { bridge: WidgetBridge; poller: QueuePoller | undefined } {
  const { shownIn, timeout, replies } = wires.settings;
  const poller = wires.hasQueue ? new QueuePoller(queueOptions(wires)) : undefined;
  const transport = shownIn === 'browser' ? httpTransport(channelOptions(wires)) : nativeTransport();
  return {
    bridge: new WidgetBridge({ transport, timeout, reply: REPLY_FORMS[replies], queue: poller }),
    poller,
  };
}

/** Options of the bank's channel: of the page, or of the app around it. */
export function channelOptions({ fetch }: Pick<Wires, 'fetch'>): HttpTransportOptions {
  return {
    endpoints: {
      pserver: `${API}pserver/execute`,
      enrich: `${API}enrich/execute`,
      ob: `${API}ob/execute`,
    },
    authToken: sessionToken(`${API}session/token`, fetch),
    // By this header, the sandbox finds the request that a pushed reply is for.
    headers: ({ requestId }) => ({ 'x-request-id': String(requestId) }),
    ...(fetch && { fetch }),
  };
}

function queueOptions({ settings, fetch, channelKind }: Wires): ConstructorParameters<typeof QueuePoller>[0] {
  // An app holds the tokens, that of the queue as well: the bank's gateway adds it.
  const isInApp = settings.shownIn !== 'browser';
  return {
    baseUrl: isInApp ? `${API}gateway/linxo` : `${API}linxo`,
    accessToken: isInApp ? false : sessionToken(`${API}session/access-token`, fetch),
    channelKind,
    storage: false, // each page of the playground has its own sandbox
    ...(fetch && { fetch }),
  };
}

/** Keeps the token until a server rejects it. */
function sessionToken(
  address: string,
  ask: typeof fetch = fetch,
): (context: { rejected?: string | undefined }) => Promise<string> {
  let token = '';
  return async ({ rejected }) => {
    if (token !== '' && token !== rejected) return token;
    const response = await ask(address, { method: 'POST' });
    if (!response.ok) throw new Error(`There is no token for this session: ${response.status}`);
    token = await response.text();
    return token;
  };
}
