import { vi } from 'vitest';

/** A request as native code reads it from what the page has posted. */
export interface NativeCall {
  readonly sender: string;
  readonly requestData: unknown;
  readonly requestId: string;
  readonly requestHeaders: Readonly<Record<string, string>> | undefined;
}

/** The native side of one shell, as far as a page sees it. */
export interface NativeApp {
  /** What the page has posted, as it was: the text, or the name of a Java function and its arguments. */
  readonly posted: readonly (readonly unknown[])[];
  /** The requests among it. */
  readonly calls: readonly NativeCall[];
  /** What else was posted. */
  readonly notices: readonly (readonly [name: string, requestData: unknown])[];
  /** The request that was posted last. */
  readonly last: NativeCall;
}

export type ShellName = 'ios' | 'android' | 'react-native' | 'flutter';

export const shellNames: readonly ShellName[] = ['ios', 'android', 'react-native', 'flutter'];

type Message = Omit<NativeCall, 'sender'> & { readonly name: string };

interface Shell {
  /** Puts on the window what native code puts there. */
  readonly inject: (post: (...args: unknown[]) => unknown) => void;
  readonly read: (args: readonly unknown[]) => Message;
}

/** Like the functions that engines make for native code, which refuse to be called without their object. */
export function postable(post: (...args: unknown[]) => unknown): object {
  const object = {
    postMessage(this: unknown, ...args: unknown[]) {
      if (this !== object) throw new TypeError('Illegal invocation');
      return post(...args);
    },
  };
  return object;
}

const NAMES = ['sendRequestToPServer', 'sendRequestToEnrichServer', 'sendRequestToOBServer'];

const HEARD = ['sessionEnded', 'sessionError', 'navigateToPage', 'personeticsEvent'];

function readNameFirst([json]: readonly unknown[]): Message {
  const { requestString: name, ...fields } = JSON.parse(json as string);
  return { name, ...fields };
}

const shells: Readonly<Record<ShellName, Shell>> = {
  ios: {
    inject: (post) => vi.stubGlobal('webkit', { messageHandlers: { personeticsApple: postable(post) } }),
    read([json]) {
      const { requestType: name, requestInformation } = JSON.parse(json as string);
      return { name, ...requestInformation };
    },
  },
  android: {
    inject(post) {
      const names = [...NAMES, ...HEARD];
      const java = Object.fromEntries(
        names.map((name) => [name, (...args: unknown[]) => void post(name, ...args)]),
      );
      vi.stubGlobal('PersoneticsAndroid', java);
    },
    read: ([name, requestData, requestId, requestHeaders]) => ({
      name: name as string,
      requestData,
      requestId: requestId as string,
      requestHeaders: requestHeaders === undefined ? undefined : JSON.parse(requestHeaders as string),
    }),
  },
  'react-native': {
    inject: (post) => vi.stubGlobal('ReactNativeWebView', postable(post)),
    read: readNameFirst,
  },
  flutter: {
    inject: (post) => vi.stubGlobal('PersoneticsFlutter', postable(post)),
    read: readNameFirst,
  },
};

interface NativeCode {
  /** What it returns is what the shell's function returns. */
  readonly onCall?: (call: NativeCall) => unknown;
  readonly onNotice?: (name: string, requestData: unknown) => unknown;
}

/** Stands in for the native side of a shell until the globals of the test are put back. */
export function standIn(shell: ShellName, { onCall, onNotice }: NativeCode = {}): NativeApp {
  const { inject, read } = shells[shell];
  const posted: unknown[][] = [];
  const calls: NativeCall[] = [];
  const notices: [string, unknown][] = [];
  inject((...args) => {
    posted.push(args);
    const { name, ...fields } = read(args);
    if (!NAMES.includes(name)) {
      notices.push([name, fields.requestData]);
      return onNotice?.(name, fields.requestData);
    }
    const call = { ...fields, sender: name };
    calls.push(call);
    return onCall?.(call);
  });
  return {
    posted,
    calls,
    notices,
    get last() {
      const last = calls.at(-1);
      if (!last) throw new Error('Nothing was posted');
      return last;
    },
  };
}

/** As native code hands a reply over: Base64 of UTF-8 JSON. */
export function base64(reply: unknown): string {
  return Buffer.from(JSON.stringify(reply)).toString('base64');
}
