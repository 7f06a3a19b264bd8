import { attempt } from '../../check.ts';
import { callSafely } from '../../emitter.ts';
import { toJson } from '../../text/stringify.ts';
import { SENDERS } from '../transport.ts';
import { flutterChannel } from './known-shells.ts';
import type { NativeShell } from './native-shell.ts';
import { createNavigation } from './navigation.ts';

/** The names of a Flutter app's channels, where one gets a request's body and another its id. */
export interface FlutterChannels {
  /**
   * Gets the body of each request, as JSON text.
   *
   * @default 'PassInsightInfo'
   */
  body?: string | undefined;
  /**
   * Gets the id of the request, after the body.
   *
   * @default 'sendRequestId'
   */
  id?: string | undefined;
  /**
   * Gets the target of each navigation. `false`, or no such channel in the app: navigation is not reported.
   *
   * @default 'NavigateUser'
   */
  navigate?: string | false | undefined;
}

/** The same, with defaults. */
export type FlutterChannelNames = {
  readonly [K in keyof FlutterChannels]-?: NonNullable<FlutterChannels[K]>;
};

/**
 * Flutter with two channels, as in one app that was shipped: one gets the body of a request, and then the other its id. Requests
 * do not name the server, so only those to PServer are sent. The app gets no headers, and of notices only a navigation's target.
 */
export function flutterChannelsShell({ body, id, navigate }: FlutterChannelNames): NativeShell {
  const navigation = createNavigation((target) => callSafely(() => navigateChannel()?.(target)));

  function navigateChannel(): ((target: string) => unknown) | undefined {
    return navigate ? attempt(() => flutterChannel(navigate)) : undefined;
  }

  return {
    bridge: `window.${body} with window.${id}`,
    // The app answers under the id that it got last.
    oneAtATime: true,
    takesHeaders: false,
    isThere: () => !!flutterChannel(body) && !!flutterChannel(id),
    takes: (name) => name === SENDERS.pserver || (name === 'navigateToPage' && !!navigateChannel()),
    async postRequest({ requestData, requestId }) {
      const text = typeof requestData === 'string' ? requestData : toJson(requestData);
      const [postBody, postId] = [flutterChannel(body), flutterChannel(id)];
      // Check both first: the app must not get a body without an id.
      if (!postBody || !postId) throw new Error('A channel is gone');
      if (navigateChannel()) navigation.handleRequest(requestData);
      const [, answer] = await Promise.all([postBody(text), postId(requestId)]);
      return answer;
    },
    postNotice: (_name, data) => navigation.handleNotice(data),
  };
}
