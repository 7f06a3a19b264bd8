import type { SenderName } from '../transport/transport.ts';

/**
 * How the vendor's layouts call the page:
 *
 * - `a`: `sendRequestToPServer(requestHeaders, body, requestId)`, in current web samples
 * - `b`: `sendRequestToPServer(body, requestId)`, in older samples
 * - `c`: `sendRequestToPServer(requestId, requestBody)`, both strings, in the vendor's documents
 * - `d`: `widgetEventHandler({ requestString, requestHeaders, requestId, json: { requestData, requestId } })`, in the
 *   React and Angular layouts
 * - `e`: `sendRequestToPServer(params, onSuccess, onError)`, in iOS-style hosts
 * - `f`: `sendRequestToOBServer(requestBodyParams, callback)`, for Open Banking
 */
export type CallShape = 'a' | 'b' | 'c' | 'd' | 'e' | 'f';

export const CALL_SHAPES: readonly CallShape[] = ['a', 'b', 'c', 'd', 'e', 'f'];

/** A request of a widget. */
export interface WidgetAsk {
  readonly sender: SenderName;
  readonly body: object;
  readonly requestId: string | number;
  readonly headers: Readonly<Record<string, string>> | null;
}

/** A function of the delegate and its arguments. */
export interface ShapedCall {
  readonly name: SenderName | 'widgetEventHandler';
  readonly args: readonly unknown[];
}

/** The callbacks of the shapes that have some. */
export interface Callbacks {
  readonly onSuccess: (response: unknown) => void;
  readonly onError: (response: unknown) => void;
  readonly callback: (response: unknown) => void;
}

/** Whether the reply goes to a callback, not to the widget's reply function. */
export function hasCallbacks(shape: CallShape): boolean {
  return shape === 'e' || shape === 'f';
}

const shapes: Readonly<Record<CallShape, (ask: WidgetAsk, callbacks: Callbacks) => ShapedCall>> = {
  a: ({ sender, headers, body, requestId }) => ({ name: sender, args: [headers, body, requestId] }),
  b: ({ sender, body, requestId }) => ({ name: sender, args: [body, requestId] }),
  c: ({ sender, body, requestId }) => ({ name: sender, args: [`${requestId}`, JSON.stringify(body)] }),
  d: ({ sender, headers, body, requestId }) => {
    const json = { requestData: body, requestId };
    return {
      name: 'widgetEventHandler',
      args: [{ requestHeaders: headers, json, requestString: sender, requestId }],
    };
  },
  e: ({ sender, body }, { onSuccess, onError }) => ({ name: sender, args: [body, onSuccess, onError] }),
  f: ({ sender, body }, { callback }) => ({ name: sender, args: [body, callback] }),
};

export function shapeCall(shape: CallShape, ask: WidgetAsk, callbacks: Callbacks): ShapedCall {
  return shapes[shape](ask, callbacks);
}
