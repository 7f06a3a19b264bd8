import { vi } from 'vitest';
import type { WidgetBridge } from '../../../src/index.ts';
import {
  createTestWidget,
  type DocumentsTestWidget,
  type ShippedTestWidget,
} from '../../../src/testing/doubles.ts';

/** What not every widget does. */
type Custom =
  /** It asks for Open Banking. */
  | 'ask ob'
  /** Its bodies may be texts. */
  | 'send texts'
  /** Its ids may be numbers. */
  | 'number its requests'
  /** Each request may have headers of its own. */
  | 'choose headers';

/** One way to pass a bridge to a widget (B13). Globals that it stubs are restored after the test. */
export interface HandOver {
  readonly name: string;
  readonly cannot: Partial<Record<Custom, string>>;
  /** Makes the widget, and wires it to the bridge. */
  wire(bridge: WidgetBridge): DocumentsTestWidget | ShippedTestWidget;
  /** A body that the widget is asked to send, as it sends it. */
  bodyOf(body: object | string): unknown;
}

const documents = (
  name: string,
  hand: (widget: DocumentsTestWidget, bridge: WidgetBridge) => void,
  shape: 'a' | 'd' = 'a',
): HandOver => ({
  name: `a widget of the documents, by ${name}`,
  cannot: {},
  wire(bridge) {
    const widget = createTestWidget(shape);
    hand(widget, bridge);
    return widget;
  },
  bodyOf: (body) => body,
});

const shipped = (
  name: string,
  hand: (widget: ShippedTestWidget, bridge: WidgetBridge) => void,
): HandOver => ({
  name: `a widget of build 21.5, by ${name}`,
  cannot: {
    'ask ob': 'it has no Open Banking',
    'send texts': 'its bodies are objects',
    'number its requests': 'its ids are texts',
    'choose headers': 'it has one headers object for all requests',
  },
  wire(bridge) {
    const widget = createTestWidget({ build: '21.5' });
    bridge.attach(widget);
    hand(widget, bridge);
    return widget;
  },
  bodyOf: (body) => ({
    clientVersion: '21.5',
    protocolVersion: '2.6',
    ...(body as object),
    ctxId: 'dashboard',
  }),
});

/** Starts a view that asks nothing. */
function startQuietly(widget: ShippedTestWidget, config: object): void {
  widget.getInboxInsights = () => {};
  widget.startWidget(config);
}

const asObjects = { base64EncodeResponse: false };

/** The two that every transport is tried with: one of each build. */
export const documentsHandOver: HandOver = documents('eventsDelegate', (widget, bridge) => {
  bridge.attach(() => widget);
  widget.initialize({ eventsDelegate: bridge.delegate });
});
export const shippedHandOver: HandOver = shipped('pDelegate of initialize', (widget, { delegate }) =>
  widget.initialize({ ...asObjects, pDelegate: delegate }),
);

/** All ways to pass it. */
export const handOvers: readonly HandOver[] = [
  documentsHandOver,
  documents('pDelegate', (widget, bridge) => {
    bridge.attach(() => widget);
    widget.initialize({ pDelegate: bridge.delegate });
  }),
  documents('the global EventDelegate', (widget, bridge) => {
    bridge.attach(() => widget);
    vi.stubGlobal('EventDelegate', bridge.EventDelegate);
    widget.initialize({});
  }),
  documents('functions put on the widget', (widget, bridge) => void bridge.attach(widget)),
  documents('functions copied one by one', (widget, bridge) => {
    bridge.attach(() => widget);
    const { sendRequestToPServer, sendRequestToEnrichServer, sendRequestToOBServer } = bridge.delegate;
    const eventsDelegate = { sendRequestToPServer, sendRequestToEnrichServer, sendRequestToOBServer };
    widget.initialize({ eventsDelegate });
  }),
  documents(
    'widgetEventHandler',
    (widget, bridge) => {
      bridge.attach(() => widget);
      widget.initialize({ eventsDelegate: bridge.delegate });
    },
    'd',
  ),
  documents(
    'widgetEventHandler of window.PersoWidget',
    (widget, bridge) => {
      const PersoWidget: Record<string, unknown> = {};
      bridge.attach(() => widget, PersoWidget);
      widget.initialize({ eventsDelegate: PersoWidget });
    },
    'd',
  ),
  documents(
    'handlePersoEvent',
    (widget, bridge) => {
      bridge.attach(() => widget);
      const { handlePersoEvent } = bridge;
      widget.initialize({ eventsDelegate: { widgetEventHandler: (message) => handlePersoEvent(message) } });
    },
    'd',
  ),
  shippedHandOver,
  shipped('pDelegate of startWidget', (widget, { delegate }) =>
    startQuietly(widget, { pDelegate: delegate }),
  ),
  shipped('the global EventDelegate, in initialize', (widget, bridge) => {
    vi.stubGlobal('EventDelegate', bridge.EventDelegate);
    widget.initialize(asObjects);
  }),
  shipped('the global EventDelegate, in startWidget', (widget, bridge) => {
    vi.stubGlobal('EventDelegate', bridge.EventDelegate);
    startQuietly(widget, {});
  }),
  shipped('all of them at once', (widget, { EventDelegate, delegate }) => {
    vi.stubGlobal('EventDelegate', EventDelegate);
    widget.initialize({ ...asObjects, eventsDelegate: delegate, pDelegate: delegate });
    startQuietly(widget, { pDelegate: delegate });
  }),
  shipped('functions copied one by one', (widget, { delegate }) => {
    const { sendRequestToPServer, sendRequestToEnrichServer } = delegate;
    widget.initialize({ ...asObjects, pDelegate: { sendRequestToPServer, sendRequestToEnrichServer } });
  }),
];
