import { vi } from 'vitest';
import { postable } from './native-apps.ts';

/** A request as an app pairs it: the id that came last, and the body before it. */
export interface ChannelCall {
  readonly body: string;
  readonly requestId: string;
}

/** A Flutter app as shipped: one channel for bodies, another for ids. */
export interface ChannelApp {
  /** What was posted, in order: the channel and the text. */
  readonly posted: readonly (readonly [channel: string, text: string])[];
  readonly calls: readonly ChannelCall[];
  /** The request that was posted last. */
  readonly last: ChannelCall;
}

interface ChannelAppCode {
  /** The names of its channels, for bodies and for ids. */
  readonly names?: readonly [body: string, id: string];
  /** Its other channels. */
  readonly others?: readonly string[];
  readonly onCall?: (call: ChannelCall) => unknown;
}

/** Stands in for that app until the globals of the test are put back. */
export function standInWithChannels({
  names: [bodies, ids] = ['PassInsightInfo', 'sendRequestId'],
  others = ['NavigateUser', 'PrintMessage'],
  onCall,
}: ChannelAppCode = {}): ChannelApp {
  const posted: [string, string][] = [];
  const calls: ChannelCall[] = [];
  let body: string | undefined;

  function takeId(requestId: string): unknown {
    if (body === undefined) throw new Error('An id has come without a body');
    const call = { body, requestId };
    body = undefined;
    calls.push(call);
    return onCall?.(call);
  }

  for (const name of [bodies, ids, ...others]) {
    const post = (text: unknown): unknown => {
      if (typeof text !== 'string') throw new TypeError('A channel of Flutter takes texts alone');
      posted.push([name, text]);
      if (name === bodies) body = text;
      return name === ids ? takeId(text) : undefined;
    };
    vi.stubGlobal(name, postable(post));
  }
  return {
    posted,
    calls,
    get last() {
      const last = calls.at(-1);
      if (!last) throw new Error('Nothing was posted');
      return last;
    },
  };
}
