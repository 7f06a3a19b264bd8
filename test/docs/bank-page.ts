import { type Mock, vi } from 'vitest';
import type { EventDelegate, Transport, WidgetBridge } from '../../src/index.ts';
import { bankside } from './built.ts';

/** What the snippets take for granted: the bank's page around them. A name that a snippet declares itself hides the one here. */
export const declarations: string = `
  import type * as bankside from 'bankside';

  interface Personetics extends bankside.Widget {
    initialize(options: object): void;
    startWidget(config: object): void;
    callPersoneticsAPI(name: string, body: object, onSuccess?: unknown, onError?: unknown): void;
    handlePServerResponse(response: unknown, requestId: string | number): void;
  }

  declare global {
    /** The widget, and what its packages look for. */
    const personetics: Personetics;
    interface Window {
      personetics: Personetics;
      PersoWidget: object;
      EventDelegate: unknown;
      handlePersoEvent(message: unknown): void;
      /** Where a page keeps the class of an old library. */
      OldRequest?: unknown;

      /** What an app may have put there. */
      webkit?: { messageHandlers?: { personeticsApple?: object } };
      PersoneticsAndroid?: object;
      ReactNativeWebView?: object;
      PersoneticsFlutter?: object;
      flutter_inappwebview?: object;
    }

    /** What the page has of its own. */
    const transport: bankside.Transport;
    const bridge: bankside.WidgetBridge;
    const router: { open(page: unknown): void };
    const csrfToken: string;
    const bankSessionId: string;
    const user: { lang: string; userId: string; deviceType: string };
    const storyDialog: HTMLDialogElement;
    function sign(text: string): Promise<string>;
    function encrypt(text: string): Promise<string>;
    function decrypt(text: string): Promise<string>;
    function showBusy(message: unknown): void;
    const shell: { post(message: object): void };
    function isInApp(): boolean;
    const frame: HTMLIFrameElement;
    const worker: Worker;

    /** What an app in JavaScript has of its own. */
    const webView: { current: { injectJavaScript(script: string): void } | null };
    function userToken(): Promise<string>;
    function closePage(): void;

    /** What a page has that follows bank connections. */
    const poller: bankside.QueuePoller;
    const connectionId: string;
    const queueIdOfWidget: string;
    const userKey: string;
    function startSynchronisation(connectionId: string): Promise<{ startedAt: number }>;
    function readAccounts(connectionId: string): void;
    function showAccounts(channelDefinitionId: string | null | undefined, accounts: unknown): void;
    function showConnection(connection: object): void;
    const codePrompt: Record<'show' | 'hide', (connectionId: string, channelDefinitionId: string) => void>;

    /** The script tag's. */
    const Bankside: typeof bankside;
  }`;

/** Where the page stands. */
export const origin = 'https://www.bank.example';

/** A stand-in for the widget of the documents, which keeps what it is given. */
export class StandIn {
  delegate: EventDelegate | undefined;
  /** What views it was told to show. */
  readonly started: object[] = [];
  /** Where a page puts it. */
  declare sendRequestToPServer?: EventDelegate['sendRequestToPServer'];
  readonly answers: { response: unknown; requestId: unknown }[] = [];

  initialize({ eventsDelegate }: { eventsDelegate?: EventDelegate }): void {
    this.delegate = eventsDelegate;
  }

  startWidget(config: object): void {
    this.started.push(config);
  }

  /** A function of its own, which the page only calls. */
  callPersoneticsAPI(): void {}

  handlePServerResponse(response: unknown, requestId: unknown): void {
    this.answers.push({ response, requestId });
  }
}

/** The push channel of a bank's page, as far as snippets use it. */
class PushChannel extends EventTarget {
  static last: PushChannel | undefined;

  constructor() {
    super();
    PushChannel.last = this;
  }
}

/** The page itself: what its names stand for while a snippet runs, and what can be seen of it afterwards. */
export class BankPage {
  readonly personetics: StandIn = new StandIn();
  readonly PersoWidget: Partial<EventDelegate> = {};
  readonly transport: Transport = bankside.httpTransport({
    endpoints: {
      pserver: `${origin}/gateway/pserver`,
      enrich: `${origin}/gateway/enrich`,
      ob: `${origin}/gateway/ob`,
    },
    authToken: false,
  });
  readonly bridge: WidgetBridge = new bankside.WidgetBridge({ transport: this.transport });
  readonly window: {
    personetics: StandIn;
    PersoWidget?: object;
    EventDelegate?: new () => EventDelegate;
    handlePersoEvent?(message: unknown): void;
    parent: { postMessage: Mock };
    addEventListener: Mock;
  } = {
    personetics: this.personetics,
    parent: { postMessage: vi.fn() },
    addEventListener: vi.fn(),
  };
  readonly csrfToken: string = 'csrf';
  readonly bankSessionId: string = 'bank-session-1';
  readonly user: object = { lang: 'en', userId: 'user-1', deviceType: 'web' };
  readonly storyDialog: { showModal: Mock } = { showModal: vi.fn() };
  readonly sign = async (text: string): Promise<string> => `signed ${text.length}`;
  readonly encrypt = async (text: string): Promise<string> => btoa(text);
  readonly decrypt = async (text: string): Promise<string> => atob(text);
  readonly showBusy: Mock = vi.fn();
  readonly router: { open: Mock } = { open: vi.fn() };
  readonly shell: { post: Mock } = { post: vi.fn() };
  readonly isInApp = (): boolean => true;
  readonly frame: { contentWindow: { postMessage: Mock } } = { contentWindow: { postMessage: vi.fn() } };
  readonly worker: { postMessage: Mock } = { postMessage: vi.fn() };
  readonly webView: { current: { injectJavaScript: Mock } } = { current: { injectJavaScript: vi.fn() } };
  readonly userToken = async (): Promise<string> => 'token';
  readonly closePage: Mock = vi.fn();
  readonly console: { log: Mock; warn: Mock } = { log: vi.fn(), warn: vi.fn() };
  readonly location: { href: string; assign: Mock } = { href: `${origin}/overview`, assign: vi.fn() };
  readonly navigator: { sendBeacon: Mock } = { sendBeacon: vi.fn() };
  readonly document: { body: { toggleAttribute: Mock } } = { body: { toggleAttribute: vi.fn() } };
  readonly EventSource: typeof EventTarget = PushChannel;
  /** Relative addresses are the page's. */
  readonly fetch: typeof fetch = (input, init) =>
    fetch(typeof input === 'string' ? new URL(input, this.location.href) : input, init);

  /** Puts there what the React and Angular layouts have, and no other. */
  usePersoWidget(): void {
    this.window.PersoWidget = this.PersoWidget;
  }

  /** Hands a message to those who listen to the push channel. */
  push(message: object): void {
    PushChannel.last?.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) }));
  }
}
