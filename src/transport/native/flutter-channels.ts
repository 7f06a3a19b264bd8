import { attempt } from '../../check.ts';
import { callSafely } from '../../emitter.ts';
import { toJson } from '../../text/stringify.ts';
import { flutterChannel } from './known-shells.ts';
import type { NativeShell } from './native-shell.ts';
import { createNavigation } from './navigation.ts';

/** The names of a Flutter app's channels, where one takes a request's body and another its id. */
export interface FlutterChannels {
  /**
   * Takes the body of each request, as JSON text.
   *
   * @default 'PassInsightInfo'
   */
  body?: string | undefined;
  /**
   * Takes the id of the request, after the body.
   *
   * @default 'sendRequestId'
   */
  id?: string | undefined;
  /**
   * Takes the target of each navigation. `false`: none does. Where the app has no such channel, nothing is told.
   *
   * @default 'NavigateUser'
   */
  navigate?: string | false | undefined;
}

/** The same, with the defaults in place of what was not given. */
export interface FlutterChannelNames {
  readonly body: string;
  readonly id: string;
  readonly navigate: string | false;
}

/**
 * Flutter with two channels, as one app was shipped: the body of a request to one, and then its id to the other.
 * [seen] Requests have no server's name there, so that only those to PServer go; notices have no place but a
 * navigation's target, headers none.
 */
export function flutterChannelsShell({ body, id, navigate }: FlutterChannelNames): NativeShell {
  const navigation = createNavigation((target) => callSafely(() => navigateChannel()?.(target)));

  function navigateChannel(): ((target: string) => unknown) | undefined {
    return navigate ? attempt(() => flutterChannel(navigate)) : undefined;
  }

  return {
    bridge: `window.${body} with window.${id}`,
    // The app hands an answer over under the id that it got last.
    oneAtATime: true,
    takesHeaders: false,
    isThere: () => !!flutterChannel(body) && !!flutterChannel(id),
    takes: (name) => name === 'sendRequestToPServer' || (name === 'navigateToPage' && !!navigateChannel()),
    async postRequest({ requestData, requestId }) {
      const text = typeof requestData === 'string' ? requestData : toJson(requestData);
      const [postBody, postId] = [flutterChannel(body), flutterChannel(id)];
      // Neither is used without the other: the app must not keep a body whose id never comes.
      if (!postBody || !postId) throw new Error('A channel is gone');
      if (navigateChannel()) navigation.ofRequest(requestData);
      const [, answer] = await Promise.all([postBody(text), postId(requestId)]);
      return answer;
    },
    postNotice: (_name, data) => navigation.ofNotice(data),
  };
}
